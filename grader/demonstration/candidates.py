"""The three who sit the sample exam, and what they answer: made from the key, as each of them goes about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.answers import Answer, Answers, CodesAnswer, to_data
from grader.exam.form import Form
from grader.exam.roster import Trainee
from grader.library.encounter import Case
from grader.library.item_keys import FAILS, CodesKey
from grader.lint.exemplar import exemplar

INVALID = "invalid_code"
_RETIRED = "M54.5"
"""A heading since 1 October 2021, which many guides still teach (ICD-10-CM Tabular List, M54.5)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the three."""

    who: Trainee
    about: str
    habit: str  # right | careless | outdated | silent


CANDIDATES = (
    Candidate(
        Trainee("candidate-1", "Žofia Sample-Đặng", "candidate-1@example.org"),
        "answers as the charts say",
        "right",
    ),
    Candidate(Trainee("candidate-2", "Benoît Sample", ""), "makes a slip in every other chart", "careless"),
    Candidate(
        Trainee("candidate-3", "Mei Sample 梅", ""), "reports a code that was retired years ago", "outdated"
    ),
)


def answers_of(form: Form, habit: str) -> Mapping[str, Any]:
    """Return the answers of somebody to a form, by item, as data."""
    given: dict[str, Answer] = {}
    for case in form.cases:
        key = form.keys[case.id]
        given |= {case.item_key(item): exemplar(key.items[item.id], case) for item in case.items}
    if habit == "careless":
        given |= dict(_slips(form))
    elif habit == "outdated":
        given |= dict(_outdated(form))
    elif habit == "silent":
        given = dict(_slips(form))
    items: Mapping[str, Any] = to_data(Answers(form.id, given))["items"]
    return items


def _coded(form: Form) -> Iterator[tuple[str, CodesKey, Case]]:
    for case in form.cases:
        for item in case.items:
            key = form.keys[case.id].items[item.id]
            if isinstance(key, CodesKey):
                yield case.item_key(item), key, case


def _slips(form: Form) -> Iterator[tuple[str, Answer]]:
    """Yield in every other chart a mistake that its key foresees, none that fails a whole case."""
    for place, (name, key, _) in enumerate(_coded(form)):
        plain = [wrong for wrong in key.wrong if wrong.error not in (*FAILS, INVALID)]
        if place % 2 == 0 and plain:
            yield name, CodesAnswer(plain[0].codes)


def _outdated(form: Form) -> Iterator[tuple[str, Answer]]:
    """Yield a retired code in the chart that asks for the fewest codes."""
    name, key, _ = min(_coded(form), key=lambda coded: (len(coded[1].expected), coded[0]))
    yield name, CodesAnswer((_RETIRED, *(expected.code for expected in key.expected[1:])))
