"""Questions made from changes of the code set: a record with a new code, and claims dated on both sides of a change.

Everything that is asked and every reason comes from the dated changes and their official source; nothing is made up but
dates, and the words around a diagnosis that say nothing about it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from grader.codeset.changes import Change, in_words
from grader.codeset.tabular import CodeSet
from grader.codeset.validity import validity
from grader.exam.renewal.changed import Group
from grader.scoring.edits import check_codes

CODE_POINTS = 8.0
CLAIMS = 5
"""How many claims one question lists."""
_FEWEST_CLAIMS = 3
_LONGEST = 180  # days after a change that an encounter may be of
_SATURDAY = 5
# Codes of chapters 20 and 21 tell of causes and circumstances, never of what was found.
_CIRCUMSTANCES = "VWXYZ"
_OPENINGS = (
    "Return visit. The findings of the last visit were gone through again, and nothing was added to them.",
    "Seen to go over results. The questions of the patient were answered.",
    "Follow-up as planned. The complaint is the same as before.",
)
_PLANS = (
    "Goes on as agreed. Return in six weeks.",
    "No change of treatment. Return in three months, sooner if it gets worse.",
    "Printed information handed over. Call in two weeks.",
)
GOES, OVER, EARLY = "goes", "over", "early"
_CHOICES = {
    GOES: "The code may be reported for that day",
    OVER: "The code could no longer be reported on that day",
    EARLY: "The code could not be reported yet on that day",
}


@dataclass(frozen=True, slots=True)
class Question:
    """An encounter in the shape of ``case.yml``, without id, and the items of its key in that of ``key.yml``."""

    case: dict[str, Any]
    items: dict[str, Any]


def record_question(group: Group, codes: CodeSet, until: date, rng: random.Random) -> Question | None:
    """Return a record whose diagnosis has one of the group's new codes; None where it has none to ask for."""
    fitting = [change for change in group.added if _can_be_asked(change, codes, until)]
    if not fitting:
        return None
    asked = rng.choice(fitting)
    on = _day(group.on, until, rng)
    item = {
        "sequence": "any",
        "expected": [
            {
                "code": asked.code, "points": CODE_POINTS,
                "why": f"The diagnosis has a code of its own, valid since {in_words(asked.on)}.",
                "cite": asked.source,
            }
        ],
        "wrong": list(_wrong(asked, group, codes, on)),
    }  # fmt: skip
    text = f"{rng.choice(_OPENINGS)}\n\nASSESSMENT:\n{asked.title}.\n\nPLAN:\n{rng.choice(_PLANS)}\n"
    stem = "Assign the ICD-10-CM code for this visit."
    return Question(
        _case(
            "Seen again", "primary care", "coding", on,
            {"kind": "progress-note", "title": f"Progress note, {in_words(on)}", "text": text},
            {"id": "codes", "kind": "assign-codes", "stem": stem, "points": CODE_POINTS},
        ),
        {"codes": item},
    )  # fmt: skip


def claims_question(
    groups: Sequence[Group], codes: CodeSet, since: date, until: date, rng: random.Random
) -> Question | None:
    """Return a list of claims with codes dated on both sides of changes; None where too few can be made."""
    claims = _claims(groups, codes, since, until, rng)
    if len(claims) < _FEWEST_CLAIMS or len({verdict for *_, verdict in claims}) == 1:
        return None
    lines = [
        f"Claim {place}: encounter of {in_words(on)}, diagnosis {code}"
        for place, (code, on, _) in enumerate(claims, 1)
    ]
    item = {
        "id": "days", "kind": "match", "stem": "What holds for the code of each claim on the day of its encounter?",
        "points": float(len(claims)),
        "prompts": [{"id": f"p{place}", "text": f"Claim {place}"} for place in range(1, len(claims) + 1)],
        "choices": [{"id": name, "text": text} for name, text in _CHOICES.items()],
    }  # fmt: skip
    key = {
        "pairs": {f"p{place}": verdict for place, (*_, verdict) in enumerate(claims, 1)},
        "reasons": {f"p{place}": _reason(codes, code, on) for place, (code, on, _) in enumerate(claims, 1)},
        "cite": "; ".join(dict.fromkeys(validity(codes, code, on).cite for code, on, _ in claims)),
    }
    case = _case(
        "Claims waiting to go out", "billing office", "denial", max(on for _, on, _ in claims),
        {"kind": "worklist", "title": "Claims held by the clearinghouse check", "text": "\n".join(lines) + "\n"},
        item,
    )  # fmt: skip
    return Question(case, {"days": key})


def _can_be_asked(change: Change, codes: CodeSet, until: date) -> bool:
    """Tell whether a new code can stand alone as what a record says."""
    if change.code[0] in _CIRCUMSTANCES or codes.seventh_characters(change.code):
        return False
    if not validity(codes, change.code, until).billable:
        return False
    return all(
        finding.severity == "ok" or finding.severity == "advice"
        for finding in check_codes((change.code,), until, codes)
    )


def _wrong(asked: Change, group: Group, codes: CodeSet, on: date) -> Iterable[dict[str, Any]]:
    for code, _title in group.ended:
        verdict = validity(codes, code, on)
        if asked.code.startswith(code) and not verdict.billable:
            yield {"codes": [code], "error": "invalid_code", "why": verdict.reason, "cite": verdict.cite}
    for other in group.added:
        beside = other.code != asked.code and other.parent == asked.parent
        if not beside or not validity(codes, other.code, on).billable:
            continue
        vague = "unspecified" in other.title.lower()
        error = "unspecified_when_specific" if vague else "wrong_site_or_type"
        why = f"{other.code} says: {other.title}. The record says something else."
        yield {"codes": [other.code], "error": error, "why": why, "cite": other.source}


def _claims(
    groups: Sequence[Group], codes: CodeSet, since: date, until: date, rng: random.Random
) -> list[tuple[str, date, str]]:
    """Return claims as code, day and verdict, about as many that may go out as that may not."""
    found: list[tuple[str, date, str]] = []
    for group in groups:
        names = [change.code for change in group.added] + [code for code, _ in group.ended]
        for code in names:
            for start, end in ((since, group.on - timedelta(days=1)), (group.on, until)):
                if start < end:
                    on = _day(start, end, rng)
                    found.append((code, on, _verdict(codes, code, on)))
    rng.shuffle(found)
    chosen: list[tuple[str, date, str]] = []
    for verdict in (OVER, EARLY, GOES, OVER, GOES, EARLY):
        fitting = [c for c in found if c[2] == verdict and c[0] not in {code for code, *_ in chosen}]
        chosen.extend(fitting[:1])
    chosen = chosen[:CLAIMS]
    rng.shuffle(chosen)
    return chosen


def _verdict(codes: CodeSet, code: str, on: date) -> str:
    kind = validity(codes, code, on).kind
    return GOES if kind == "billable" else EARLY if kind == "not_yet_valid" else OVER


def _reason(codes: CodeSet, code: str, on: date) -> str:
    said = validity(codes, code, on).reason
    return said or f"{code} was valid on {in_words(on)}."


def _day(first: date, last: date, rng: random.Random) -> date:
    """Return a working day from ``first`` to ``last``, not long after the first."""
    span = min((last - first).days, _LONGEST)
    on = first + timedelta(days=rng.randint(0, span))
    return (
        on - timedelta(days=on.weekday() - _SATURDAY + 1)
        if on.weekday() >= _SATURDAY and on - timedelta(days=2) >= first
        else on
    )


def _case(
    title: str, setting: str, kind: str, on: date, document: dict[str, Any], item: dict[str, Any]
) -> dict[str, Any]:
    return {
        "title": title, "pool": "exam", "kind": kind, "setting": setting, "care": "outpatient", "encounter_date": on,
        "difficulty": 1, "skills": ["code-validity"], "documents": [document], "items": [item],
    }  # fmt: skip
