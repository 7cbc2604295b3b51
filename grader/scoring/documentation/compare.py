"""What the facts of the record add to the rules, and where they overrule them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.scoring.documentation.evidence import Hit
from grader.scoring.documentation.facts import Record, close, diseases, drugs, lengths, stems
from grader.scoring.documentation.rules import compile_parts
from grader.scoring.documentation.sentences import Clause

Comparison = Callable[[list[Hit], list[Clause], Record], list[Hit]]

_QUOTED = re.compile(
    r'"([^"\n]{6,300})"|(?:^|[\s(])\'([^\'\n]{8,300}(?:\'[a-z]{1,2}\s[^\'\n]{1,300}){0,3})\'(?=[\s.,;)]|$)'
)
_LATER = compile_parts(
    r"follow\w*|f/u|fu|rtc|return\w*|recheck|review\w*|reassess\w*|re-?eval\w*|goal\w*|will|plan\w*|refer\w*|in \d+ (?:days|weeks)"
)
_WORST = compile_parts(
    r"worst|best|peak\w*|down to|goal\w*|after|brings?|brought|relief|target|or less|reduce\w*|to (?:a )?\d+|from|low\w*|highest|up to|reach\w*|at (?:its|rest)|with"
)
_INTENT = compile_parts(r"goal\w*|plan\w*|will|educat\w*|hopes? to|wants? to|target|aim\w*")


def compare(element: str, hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    """Return the hits of an element after comparing with the record."""
    special = _COMPARISONS.get(element)
    if special:
        hits = special(hits, heard, record)
    if element in _SHARED:
        hits = hits + list(_shared(element, heard, record))
    return hits


# How many telling words of the fact a clause must share before it counts as stating the element.
_SHARED = {
    "location": 3,
    "function": 2,
    "observation": 2,
    "palpation": 3,
    "rom": 3,
    "careplan": 3,
    "education": 3,
}


def _shared(element: str, heard: list[Clause], record: Record) -> Iterator[Hit]:
    """Yield clauses that say the fact in its own words, whether or not a rule knows the phrase."""
    fact, own = record.stems.get(element, frozenset()), record.alone(element)
    for clause in heard:
        if clause.not_done or (clause.others and element != "function"):
            continue
        if element not in ("careplan", "education") and _INTENT.search(clause.norm):
            continue
        common = stems(clause.norm) & fact
        if (
            len(common) >= _SHARED[element]
            and common & own
            and not clause.is_hypothetical(len(clause.norm) // 2)
        ):
            yield Hit("present", clause, "education" if element == "education" else "")


def _location(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    spread = record.says(
        "location",
        r"whole|entire|both sides|diffuse|all over|across|upper{gap}lower|single|one spot|everywhere",
    )
    return hits if spread else [hit for hit in hits if hit.state != "contradicted"]


def _quality(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("quality", "")
    own = [hit for hit in hits if hit.part != "alien" or (hit.value and hit.value[:4] in fact)]
    alien = [hit for hit in hits if hit.part == "alien" and hit.value[:4] not in fact]
    if alien and not own and fact:
        return [replace(alien[0], state="contradicted")]
    return [replace(hit, part="") for hit in own]


def _severity(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    numbers = [hit for hit in hits if hit.part == "number"]
    values = {float(hit.value) for hit in numbers if hit.value.replace(".", "", 1).isdigit()}
    stated = [hit for hit in numbers if not _INTENT.search(hit.clause.norm)]
    if not stated:
        return [hit for hit in hits if hit.part != "number"]
    everything = {
        float(m[1])
        for hit in stated
        for m in re.finditer(r"(?<![\d.])(\d{1,2}(?:\.\d)?)(?![\d.])", hit.clause.norm)
    }
    if record.scores and not record.scores & (values | everything):
        low, high = min(values, default=0.0), max(values, default=0.0)
        bracketed = any(low <= score <= high for score in record.scores)
        if not bracketed and not all(_WORST.search(hit.clause.norm) for hit in stated):
            return [replace(stated[0], state="contradicted", part="")]
    return [replace(stated[0], part="")]


def _timing(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    kept = list(hits)
    for clause in heard:
        if (
            (
                clause.section != "plan"
                and not _LATER.search(clause.norm)
                and not drugs(clause.norm)
                and not clause.others
            )
            and lengths(clause.norm) & record.durations
            and re.search(
                r"pain|ache|back|hurt|sore|\bit\b|symptom|\bsx\b|\bx ?\d|onset|started|bother|since|duration|present",
                clause.norm,
            )
            and not re.search(r"\d+ \w+ (?:after|before) (?:his|her|a|the) (?:flu|shot|surgery)", clause.norm)
        ):
            kept.append(Hit("present", clause, "duration"))
    said = [hit for hit in kept if hit.part == "duration"]
    days = {length for hit in said for length in lengths(hit.clause.norm)}
    if days and record.durations and not any(close(length, record.durations) for length in days):
        wrong = [
            hit
            for hit in said
            if lengths(hit.value)
            and re.search(r"pain|ache|lbp|symptoms|began|started|onset|c/o|duration", hit.clause.norm)
        ]
        if wrong:
            return [replace(wrong[0], state="contradicted")]
    if record.says(
        "timing",
        r"comes and goes|on and off|intermittent\w*|times a|pain-free|out of|clear\w*|waves|episod\w*",
    ) and not record.says("timing", "constant"):
        for hit in kept:
            if (
                hit.part == "frequency"
                and re.search(
                    r"\b(?:constant(?:ly)?|all the time|nonstop|unremitting|continuous)\b", hit.value
                )
                and not hit.clause.is_negated(hit.clause.norm.find(hit.value))
            ) and not any(h.part == "frequency" and h.value != hit.value for h in kept):
                return [replace(hit, state="contradicted")]
    return kept


def _modifiers(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    kept = list(hits)
    only_worse, only_better = record.worse - record.better, record.better - record.worse
    worse_said = {hit.clause for hit in hits if hit.part == "aggravating"}
    better_said = {hit.clause for hit in hits if hit.part == "relieving"}
    for clause in worse_said - better_said:
        said = stems(clause.norm)
        if len(said & only_better) >= 1 and not said & only_worse and len(clause.norm) < 90:
            return [Hit("contradicted", clause)]
    for clause in worse_said & better_said:
        first, second = _halves(clause.norm)
        if stems(first) & only_better and stems(second) & only_worse and not stems(first) & only_worse:
            return [Hit("contradicted", clause)]
    for clause in heard:
        if clause.section in ("plan", "exam") or _INTENT.search(clause.norm) or clause.others:
            continue
        said = stems(clause.norm)
        if len(said & only_worse) >= 2:
            kept.append(Hit("present", clause, "aggravating"))
        if len(said & only_better) >= 2:
            kept.append(Hit("present", clause, "relieving"))
    return kept


_EASING = re.compile(r"\b(?:better|reliev|eas(?:e|ed|es)|allev|improv)")


def _halves(norm: str) -> tuple[str, str]:
    """Cut a clause where the talk turns from what aggravates to what relieves."""
    turn = _EASING.search(norm)
    return (norm[: turn.start()], norm[turn.start() :]) if turn else (norm, "")


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
                and not _INTENT.search(clause.norm)
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


_OTHER_CODE = re.compile(r"\bm(?!54\.?9)\d\d\.?\w{0,4}|\bs\d\d\.\w{3,4}")


def _rationale(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    code = re.search(r"\b[a-z]\d\d(?:\.\w{1,4})?\b", record.facts.get("rationale", ""))
    right = code[0] if code else "m54.9"
    for clause in heard:
        other = _OTHER_CODE.search(clause.norm)
        if (
            other
            and right not in clause.norm
            and clause.section in ("", "assessment", "plan")
            and not re.search(
                r"\b(?:not|cannot|can't|rather|instead|no|nor|neither|without|would|instead|more specific|excludes?|if|unless|lack\w*|than|ruled|only|require[sd]?|insufficient|isn't|needs?|avoid|over)\b",
                clause.norm,
            )
        ):
            return [Hit("contradicted", clause)]
    return hits


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


_COMPARISONS: dict[str, Comparison] = {
    "location": _location, "quality": _quality, "severity": _severity, "timing": _timing, "modifiers": _modifiers,
    "observation": _observation, "palpation": _palpation, "rom": _rom, "prior_tx": _prior, "tx_response": _response,
    "comorbid": _comorbid, "followup": _followup, "careplan": _careplan, "rationale": _rationale, "quote": _quote,
}  # fmt: skip
