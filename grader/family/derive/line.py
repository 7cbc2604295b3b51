"""What the rules hand on: a code with its reason, and the whole answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A code of the answer: the fact that decides it, in words, and the rule."""

    code: str
    why: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class May:
    """A code that may be reported, and on what terms."""

    code: str
    when: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another complete answer with its share of the points."""

    codes: tuple[str, ...]
    credit: float
    when: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules make of the facts.

    Parameters
    ----------
    expected
        In the order reported.
    optional, others
        What may be added, and other complete answers.
    ordered
        Whether the first code must be first; not so where two conditions are equals.
    main
        How many codes at the beginning belong to the problem of the visit itself.
    """

    expected: tuple[Line, ...]
    optional: tuple[May, ...] = ()
    others: tuple[Other, ...] = ()
    ordered: bool = True
    main: int = 1

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(line.code for line in self.expected)


def cited(*parts: str) -> tuple[str, ...]:
    """Return what a reason rests on: ``M54.5`` is a place of the tabular list, ``I.B.4`` a section of the guidelines."""
    return parts


def citation(parts: Sequence[str]) -> str:
    """Return a citation in words, the tabular list first."""
    sections = [part for part in parts if part.split(".")[0] in ("I", "II", "III", "IV")]
    places = [part for part in parts if part not in sections]
    said = []
    if places:
        said.append(f"ICD-10-CM Tabular List, {_listed(places)}")
    if sections:
        said.append(f"ICD-10-CM Official Guidelines, Section{'s' * (len(sections) > 1)} {_listed(sections)}")
    return "; ".join(said)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
