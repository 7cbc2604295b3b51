"""Labelled notes as the model sees them: clauses with their features, and what each clause states by its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.evaluation.corpus import LabelledNote
from grader.scoring.documentation.contrast import contrast
from grader.scoring.documentation.features import Read, read
from grader.scoring.documentation.find import heard
from grader.scoring.documentation.model import Statement
from grader.scoring.documentation.record import Record

_ENOUGH = 6  # letters of a quote in a clause
_MOST = 0.6  # or this share of it


@dataclass(slots=True)
class Sample:
    """A labelled note, read; ``states`` tells for each clause which elements it states and how.

    ``statements`` is filled by a model that never saw the note's writer.
    """

    note: LabelledNote
    record: Record
    seen: list[Read]
    states: Sequence[Mapping[str, str]]
    statements: list[Statement] = field(default_factory=list)
    _contrasts: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)

    def contrast(self, at: int, element: str) -> frozenset[str]:
        """Return the features of a clause beside the fact of an element; they are worked out once."""
        found = self._contrasts.get((at, element))
        if found is None:
            found = frozenset(contrast(element, self.seen[at], self.record))
            self._contrasts[at, element] = found
        return found


def samples(notes: Iterable[LabelledNote]) -> list[Sample]:
    """Read notes; those of one chart share its record."""
    records: dict[int, Record] = {}
    found = []
    for note in notes:
        if id(note.chart) not in records:
            records[id(note.chart)] = Record(note.chart.facts, note.chart.absent)
        record = records[id(note.chart)]
        seen = read(heard(note.text), record)
        found.append(Sample(note, record, seen, _states(note, seen)))
    return found


def _states(note: LabelledNote, seen: list[Read]) -> list[dict[str, str]]:
    states: list[dict[str, str]] = []
    end = 0
    for clause in seen:
        text = clause.clause.text
        start = max(note.text.find(text, end), 0)
        end = start + len(text)
        found: dict[str, str] = {}
        for evidence in note.evidence:
            if _covers(note.text, evidence.quote, start, end):
                found.setdefault(evidence.element, evidence.state)
        states.append(found)
    return states


def _covers(text: str, quote: str, start: int, end: int) -> bool:
    """Whether enough of any occurrence of a quote lies between two places of a text."""
    at = text.find(quote)
    while at >= 0:
        common = min(at + len(quote), end) - max(at, start)
        if common >= min(len(quote), _ENOUGH) or common >= _MOST * len(quote):
            return True
        at = text.find(quote, at + 1)
    return False
