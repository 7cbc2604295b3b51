"""The record against what a note says of examination, treatment and plan."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from grader.scoring.documentation.compare_history import INTENT, Comparison
from grader.scoring.documentation.evidence import Hit
from grader.scoring.documentation.facts import Record, diseases, drugs, stems
from grader.scoring.documentation.rules import compile_parts
from grader.scoring.documentation.sentences import Clause

_QUOTED = re.compile(
    r'"([^"\n]{6,300})"|(?:^|[\s(])\'([^\'\n]{8,300}(?:\'[a-z]{1,2}\s[^\'\n]{1,300}){0,3})\'(?=[\s.,;)]|$)'
)


def _observation(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("observation", "")
    odd = bool(
        re.search(r"slow|guard|stoop|antalgic|limp|short steps|carefully|gingerly", fact)
    ) and not re.search(r"normal gait|gait (?:is )?normal|walks? normally", fact)
    normal = compile_parts(
        r"(?:gait|posture|ambulation)(?: is| was|,|:)* (?:normal|wnl|brisk|steady|upright|unremarkable)|normal (?:gait|posture)|posture upright|walks? (?:normally|briskly|easily|without difficulty)|moves? easily"
    )
    wrong = [hit for hit in hits if normal.search(hit.clause.norm)]
    if (
        odd
        and wrong
        and not any(
            re.search(r"slow|guard|stoop|antalgic|careful|stiff|gingerly|cane", hit.clause.norm)
            for hit in hits
        )
    ):
        return [replace(wrong[0], state="contradicted")]
    return hits


def _palpation(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("palpation", "")
    if not re.search(r"tender|sore", fact):
        return [replace(hit, state="present") for hit in hits]
    bony = compile_parts(
        r"(?:tender\w*|ttp)(?: (?:over|at|to|of|on|along))+ (?:the )?(?:l\d|t\d|midline|spinous|bon\w+)[^.]{0,20}|(?:midline|bony|spinous process|point|focal) tender\w*"
    )
    plain = re.compile(
        r"\b(?:no|not|without|non|denies|t\d+ ?(?:to|-))\b|diffuse|general|both|bilat|paraspin|muscl"
    )
    denied = re.search(r"not tender|no |without", fact)
    for hit in hits:
        match = bony.search(hit.clause.norm)
        if (
            match
            and denied
            and not hit.clause.is_negated(match.start())
            and not plain.search(hit.clause.norm)
        ):
            return [replace(hit, state="contradicted")]
    return hits


def _rom(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("rom", "")
    limited = bool(re.search(r"limit|reduc|degree|stop|less|slight|stiff|quarter|halv|knee|shin|cm", fact))
    full = [hit for hit in hits if hit.part == "full"]
    others = [hit for hit in hits if hit.part != "full" and hit.clause not in {f.clause for f in full}]
    if full and limited and not others:
        return [replace(full[0], state="contradicted", part="")]
    angle = re.search(r"flexion[^.;,]{0,20}?(\d+)", fact)
    if angle:
        for hit in others:
            said = re.search(r"\bflex(?:ion)?[^.;,]{0,25}?(\d+) ?(?:deg|°)", hit.clause.norm)
            if said and abs(int(said[1][:4]) - int(angle[1][:4])) >= 15:
                return [replace(hit, state="contradicted", part="")]
    return [replace(hit, part="") for hit in hits]


def _prior(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    if "prior_tx" not in record.facts:
        return hits
    known = record.tried | record.planned
    good = [
        hit
        for hit in hits
        if hit.state == "present"
        and (drugs(hit.clause.norm) & record.tried or stems(hit.clause.norm) & record.stems["prior_tx"])
    ]
    wrong = [
        hit
        for hit in hits
        if hit.part == "agent"
        and not (drugs(hit.clause.norm) & known)
        and not stems(hit.clause.norm) & record.stems["prior_tx"]
    ]
    if wrong and not good:
        named = [
            hit
            for hit in wrong
            if drugs(hit.clause.norm) - {"nsaid"}
            or re.search(r"therapy|inject|surg|chiro|acupunct", hit.value)
        ]
        if named:
            return [replace(named[0], state="contradicted")]
    if not good:
        own = record.alone("prior_tx") - {"week", "day"}
        for clause in heard:
            if (
                clause.section != "plan"
                and stems(clause.norm) & own
                and not clause.others
                and not INTENT.search(clause.norm)
                and not clause.is_hypothetical(len(clause.norm) // 2)
            ):
                good.append(Hit("present", clause))
    denied = [hit for hit in hits if hit.state == "contradicted" and not good]
    return denied + good + [hit for hit in hits if hit not in wrong and hit.state != "contradicted"]


def _response(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("tx_response", "")
    means = compile_parts(
        r"{drug}|{care}|took|taken|tried|treat\w*|pills?|tablets?|meds?|medic\w*|response|resp|(?:wore|wears) off|edge off|otc|pain ?killers?|analgesics?|dose|it"
    )
    about = [
        hit
        for i, hit in enumerate(hits)
        if hit.clause.section != "plan"
        and (means.search(hit.clause.norm) or hit.clause.element in ("prior_tx", "tx_response"))
    ]
    if not fact or not about:
        return about
    kinds = {hit.part for hit in about}
    expects_none = bool(
        re.search(r"no (?:\w+ )?(?:relief|benefit|difference|help|improvement|effect)|nothing", fact)
    )
    expects_some = bool(
        re.search(r"partial|half|third|edge|hours|some|slight|short|down to|little|to \d", fact)
    )
    if kinds == {"well"} and not re.search(r"good|complete|well", fact):
        return [replace(about[0], state="contradicted")]
    if kinds == {"none"} and expects_some and not expects_none:
        return [replace(about[0], state="contradicted")]
    if kinds <= {"partly", "well"} and expects_none and not expects_some:
        return [replace(about[0], state="contradicted")]
    return [replace(hit, part="") for hit in about]


_BARE = compile_parts(r"(?:bmi|bp|blood pressure|hr|wt|weight)(?:[^a-z0-9]+(?:is|of|was))?[^a-z0-9]+\d\S*")

_MEASURED = re.compile(r"\bfoot exam|a1c")


def _comorbid(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    found: list[Hit] = []
    for clause in heard:
        if clause.others or clause.not_done:
            continue
        for name, at in diseases(clause.norm).items():
            if clause.is_negated(at) or clause.is_hypothetical(at) or _is_reasoning(clause.norm):
                continue
            known = name in record.diseases or not record.diseases
            found.append(Hit("present" if known else "contradicted", clause, value=name))
        own = record.alone("comorbid")
        if (
            not found
            and stems(clause.norm) & own
            and not clause.is_negated(len(clause.norm) // 2)
            and clause.section != "plan"
        ):
            found.append(Hit("present", clause))
        match = _BARE.search(clause.norm)
        if match:
            found.append(Hit("partial", clause))
        none = re.search(
            r"\b(?:no (?:significant |relevant |other )?(?:pmh|past medical|medical (?:history|problems|conditions)|comorbid\w*|chronic \w+)|otherwise healthy|(?:pmh|comorbidit\w+|medical history|past medical history):? (?:none|negative|unremarkable|nil|noncontributory|non-contributory)|previously healthy)",
            clause.norm,
        )
        if none and record.facts.get("comorbid"):
            found.append(Hit("contradicted", clause))
    if any(hit.state == "present" for hit in found):
        found = [
            hit
            for hit in found
            if hit.state != "contradicted" or hit.value not in ("osteoarthritis", "cancer", "mood")
        ]
    return found


def _is_reasoning(norm: str) -> bool:
    return bool(
        re.search(r"m54|m47|code|support|rather than|rule|spine arthritis|arthritis of the spine", norm)
    )


def _followup(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    return hits


def _careplan(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    kept = list(hits)
    own = record.alone("careplan")
    for clause in heard:
        if (
            clause.section == "plan"
            and stems(clause.norm) & own
            and clause.element not in ("education",)
            and not clause.is_negated(len(clause.norm) // 2)
        ):
            kept.append(Hit("present", clause))
    for hit in kept:
        alien = drugs(hit.clause.norm) & {"opioid", "steroid"} - record.planned - record.tried
        if (
            alien
            and record.facts.get("careplan")
            and hit.state == "present"
            and not re.search(r"\b(?:no|not|avoid|without|hold)\b", hit.clause.norm)
        ):
            return [replace(hit, state="contradicted")]
    return kept


_STRAIGHT = str.maketrans("“”’‘", "\"\"''")


def _quote(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    """Find the patient's own words in quotation marks; scare quotes of one or two words are none."""
    found, starts, joined = [], [], ""
    for clause in heard:
        starts.append(len(joined))
        joined += clause.text.translate(_STRAIGHT) + " "
    for match in _QUOTED.finditer(joined):
        said = (match[1] or match[2] or "").lower()
        enough = len(said.split()) >= 3 or len(stems(said) & record.stems.get("quote", frozenset())) >= 2
        if enough and not re.search(r"unspecified|m54|specif", said):
            found.append(Hit("present", heard[bisect_right(starts, match.start(match.lastindex or 0)) - 1]))
    return found


COMPARISONS: dict[str, Comparison] = {
    "observation": _observation,
    "palpation": _palpation,
    "rom": _rom,
    "prior_tx": _prior,
    "tx_response": _response,
    "comorbid": _comorbid,
    "followup": _followup,
    "careplan": _careplan,
    "quote": _quote,
}
