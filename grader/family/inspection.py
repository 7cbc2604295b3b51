"""Inspecting many drawn cases: what is wrong with each, and which are nearly the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.codeset.tabular import CodeSet
from grader.family.consistency import contradictions, misfits, tells_in
from grader.family.draw import Drawn, draw
from grader.family.prose import FEWEST_WORDS
from grader.family.similarity import near_duplicates
from grader.family.source import Family

MOST_WORDS = 400
MOST_ALIKE = 0.02
"""Share of cases that may have a near-duplicate."""
_ANSWER_IN_TITLE = (
    "problem",
    "area",
    "region",
    "side",
    "condition",
    "certainty",
    "pain_term",
    "purpose",
    "event",
    "healing",
    "bone",
)
_SENTENCE = re.compile(r"[^.\n?\"]+")
_CODE = re.compile(r"\b[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")


@dataclass(slots=True)
class Report:
    """What was found in the cases drawn from one family."""

    family: str
    drawn: int = 0
    faults: list[str] = field(default_factory=list)
    alike: int = 0

    @property
    def rate(self) -> float:
        """Share of cases that have a near-duplicate."""
        return self.alike / self.drawn if self.drawn else 0.0

    @property
    def clean(self) -> bool:
        """Whether there is no fault and few enough near-duplicates."""
        return not self.faults and self.rate < MOST_ALIKE


def inspect(family: Family, seeds: range, codeset: CodeSet) -> tuple[Report, list[Drawn]]:
    """Draw a case for each seed and return what is wrong, with the cases for further checks."""
    report = Report(family.name)
    cases: list[Drawn] = []
    for seed in seeds:
        drawn = draw(family, str(seed), codeset)
        report.faults.extend(f"{family.name} --seed {seed}: {fault}" for fault in case_faults(drawn, family))
        cases.append(drawn)
    report.drawn = len(cases)
    report.alike = len({place for pair in near_duplicates([case.text for case in cases]) for place in pair})
    return report, cases


def case_faults(drawn: Drawn, family: Family) -> Iterator[str]:
    """Yield what is wrong with one drawn case: contradictions, its length, codes in the text, the answer in the title."""
    yield from contradictions(drawn.text, drawn.facts, family)
    words = len(drawn.text.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield f"it has {words} words"
    if code := _CODE.search(drawn.text):
        yield f"the text shows {code[0]}, which looks like a code"
    title = str(drawn.case["title"])
    yield from (f"the title {title!r} tells {told}" for told in tells_in(title, family, _ANSWER_IN_TITLE))
    yield from (f"the title {title!r}: {fault}" for fault in misfits(title, drawn.facts, family))
    for paper in drawn.case["documents"]:
        yield from (f"it says twice {sentence!r}" for sentence in _doubled(str(paper["text"])))
    if "{" in drawn.text or "}" in drawn.text:
        yield "a slot was not filled"


def _doubled(text: str) -> list[str]:
    """Return the sentences that stand twice in one document."""
    said = [part.strip().lower() for part in _SENTENCE.findall(text)]
    words = [part for part in said if " " in part]
    return sorted({part for part in words if words.count(part) > 1})
