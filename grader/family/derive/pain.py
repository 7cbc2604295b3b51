"""Pain as a condition of its own (G89): when it is added to a site or a cause, and when it comes first (I.C.6.b)."""

from __future__ import annotations

from collections.abc import Sequence

from grader.family.derive.find import Finder
from grader.family.derive.line import Line, Other, cited
from grader.family.facts import Facts

SYMPTOMS = ("pain", "vertebrogenic", "sciatica", "lumbago with sciatica", "flank pain")
"""Problems that are pain and no cause of it."""
_HALF_TOLD = 0.7
_TERMS = {"chronic": "chronic pain", "syndrome": "chronic pain syndrome"}


def pain_term_code(term: str, find: Finder) -> str:
    """Return the code of chronic pain, or of chronic pain syndrome."""
    return find.below("G89.4") if term == "syndrome" else find.below("G89.2", "Other chronic pain")


def with_chronic_pain(facts: Facts, lines: Sequence[Line], find: Finder) -> list[Line]:
    """Put G89 first for pain control, after the site otherwise, and leave it out where a known cause is treated."""
    if not facts.pain_term:
        return list(lines)
    code = pain_term_code(facts.pain_term, find)
    term = _TERMS[facts.pain_term]
    if facts.purpose == "pain control":
        why = f"The provider writes {term}, and control of the pain is what this visit is for, so it comes first."
        return [
            Line(code, why, cited(code, "I.C.6.b.1.a" if facts.problem not in SYMPTOMS else "I.C.6.b.1.b")),
            *lines,
        ]
    if facts.problem in SYMPTOMS:
        why = f"The provider writes {term}, which the code for the site does not say. The visit is not for pain control, so it comes second."
        return [*lines, Line(code, why, cited(code, "I.C.6.b.1.b"))]
    return list(lines)


def without_the_word(facts: Facts, lines: Sequence[Line], answer: Sequence[Line]) -> list[Other]:
    """Accept, for part of the points, the site alone where G89 would only add that the pain is chronic."""
    if len(answer) != len(lines) + 1 or facts.purpose == "pain control" or facts.pain_term != "chronic":
        return []
    when = (
        "The site without the word chronic: G89 may be added for what it tells, and here it tells something."
    )
    return [Other(tuple(line.code for line in lines), _HALF_TOLD, when)]


def opioids(facts: Facts, find: Finder) -> list[Line]:
    """Add long-term use of opioids where the provider manages it (Z79.891)."""
    if facts.opioid == "no":
        return []
    code = find.below("Z79.891")
    return [
        Line(
            code,
            "The provider documents long-term opioid therapy and manages it at this visit.",
            cited(code, "I.C.21.c.3"),
        )
    ]
