"""The key of a drawn case: what the rules derive, checked against the official edits, in the shape of ``key.yml``."""

from __future__ import annotations

from typing import Any

from grader.codeset.tabular import CodeSet
from grader.errors import CourseError
from grader.family.derive import Answer, derive
from grader.family.derive.find import Finder
from grader.family.derive.line import citation
from grader.family.facts import Facts
from grader.family.mistakes import Wrong, mistakes
from grader.scoring.edits import check_codes

POINTS = 8.0
"""What the item of every drawn case is worth, so that its points tell nothing about the number of codes."""
FEWEST_WRONG, MOST_WRONG = 4, 14
_HALF = 2


def codes_key(facts: Facts, codeset: CodeSet) -> dict[str, Any]:
    """Return the reference of the assign-codes item.

    Raises
    ------
    CourseError
        When the derived codes break a rule, or too few mistakes can be made: a rule or a family is wrong then.
    """
    find = Finder(codeset)
    answer = derive(facts, find)
    _check(facts, answer, codeset)
    wrong = mistakes(facts, answer, find)
    if len(wrong) < FEWEST_WRONG:
        raise CourseError(f"Only {len(wrong)} mistakes can be made with {facts}.")
    key: dict[str, Any] = {"sequence": "first_listed" if answer.ordered else "any"}
    if facts.phase:
        key["encounter"] = facts.phase
    shares = _shares(len(answer.expected))
    key["expected"] = [
        {"code": line.code, "points": points, "why": line.why, "cite": citation(line.cite)}
        for line, points in zip(answer.expected, shares, strict=True)
    ]
    key["optional"] = [{"code": may.code, "when": may.when} for may in answer.optional]
    key["alternatives"] = [
        {"codes": list(other.codes), "credit": other.credit, "when": other.when} for other in answer.others
    ]
    key["wrong"] = [_wrong(each) for each in wrong[:MOST_WRONG]]
    return key


def _wrong(wrong: Wrong) -> dict[str, Any]:
    return {"codes": list(wrong.codes), "error": wrong.error, "why": wrong.why, "cite": citation(wrong.cite)}


def _shares(count: int) -> list[float]:
    """Share the points: equal halves for the further codes, the rest for the first."""
    each = int(POINTS / count * _HALF) / _HALF
    return [POINTS - each * (count - 1), *[each] * (count - 1)]


def _check(facts: Facts, answer: Answer, codeset: CodeSet) -> None:
    lists = [answer.codes, (*answer.codes, *(may.code for may in answer.optional))]
    lists += [other.codes for other in answer.others]
    for codes in lists:
        for finding in check_codes(codes, facts.on, codeset, facts.care, facts.phase or None):
            if finding.severity in ("error", "warning"):
                raise CourseError(f"{', '.join(codes)} breaks a rule ({finding.message}) for {facts}.")
