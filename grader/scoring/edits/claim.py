"""A claim as the rules see it: every code with its place in the tabular list, and the circumstances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from grader.codeset.notes import Instruction, NoteIndex
from grader.codeset.tabular import CodeSet
from grader.codeset.validity import Validity, validity
from grader.codeset.words import words_of
from grader.scoring.findings import Finding

GUIDELINES = "ICD-10-CM Official Guidelines, Section "
TABULAR = "ICD-10-CM Tabular List, "
PHASES = {"initial": "initial encounter", "subsequent": "subsequent encounter", "sequela": "sequela"}
"""What the meaning of a 7th character says about the encounter."""
SIDES = frozenset(("right", "left"))
_SECTIONS = re.compile(r"\bSection (?=\S+ and )")
_REMEMBERED = 4096  # codes; what a course or a day of claims uses, and little memory


@dataclass(frozen=True, slots=True, eq=False)
class Reported:
    """One code of a claim.

    Parameters
    ----------
    code
        Dotted, in capitals.
    base, seventh
        The entry it belongs to and its 7th character; ``""`` when it has none.
    phase
        ``initial``, ``subsequent`` or ``sequela`` as the 7th character says, else ``""``.
    bare
        The code without its dot.
    lineage
        The base and everything above it; empty when the code is in no release known.
    beginnings
        What notes may name it by.
    """

    code: str
    base: str
    seventh: str
    phase: str
    bare: str
    lineage: tuple[str, ...]
    beginnings: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether the tabular list has its entry."""
        return bool(self.lineage)

    @property
    def external(self) -> bool:
        """Whether it is an external cause code (chapter 20)."""
        return self.code[0] in "VWXY"

    def among(self, family: frozenset[str]) -> bool:
        """Tell whether it belongs to a family given by beginnings."""
        return not self.beginnings.isdisjoint(family)


@lru_cache(maxsize=_REMEMBERED)
def _reported(code: str, codes: CodeSet) -> Reported:
    base, seventh = codes.split(code)
    meaning = codes.seventh_characters(base).get(seventh, "") if seventh else ""
    phase = next((phase for phase, words in PHASES.items() if words in meaning), "")
    bare = code.replace(".", "")
    lineage = (base, *codes.ancestors(base)) if base in codes else ()
    beginnings = frozenset(bare[:length] for length in range(3, len(bare) + 1))
    return Reported(code, base, seventh, phase, bare, lineage, beginnings)


@lru_cache(maxsize=_REMEMBERED)
def _verdict(code: str, on: date, codes: CodeSet) -> Validity:
    return validity(codes, code, on)


@lru_cache(maxsize=2)
def index_of(codes: CodeSet) -> NoteIndex:
    """Return the parsed notes of a code set, the same for every claim."""
    return NoteIndex(codes)


@lru_cache(maxsize=1024)
def _family(names: str, codes: CodeSet) -> frozenset[str]:
    return index_of(codes).family(names)


@lru_cache(maxsize=_REMEMBERED)
def title_words(code: str, codes: CodeSet) -> frozenset[str]:
    """Return the words of a code's title that count; none for a code in no release known."""
    entry = codes.get(code)
    return frozenset(words_of(entry.title)) if entry else frozenset()


class Claim:
    """The codes of one encounter, in order, each once.

    Parameters
    ----------
    codes
        Normalized codes in the order reported, repeats included.
    on
        Date of the encounter; of discharge, for an inpatient stay.
    codeset
        The tabular list.
    care
        ``outpatient`` or ``inpatient``.
    encounter
        ``initial``, ``subsequent`` or ``sequela`` where it is known, else None.
    """

    def __init__(
        self, codes: Sequence[str], on: date, codeset: CodeSet, care: str, encounter: str | None
    ) -> None:
        self.listed = tuple(codes)
        self.on = on
        self.codeset = codeset
        self.care = care
        self.encounter = encounter
        self.notes = index_of(codeset)
        self.codes = tuple(_reported(code, codeset) for code in dict.fromkeys(codes))
        self.known = tuple(one for one in self.codes if one.known)
        by_beginning: dict[str, list[Reported]] = {}
        for one in self.known:
            for beginning in one.beginnings:
                by_beginning.setdefault(beginning, []).append(one)
        self._by_beginning: Mapping[str, list[Reported]] = by_beginning
        self._places = {one.code: place for place, one in enumerate(self.codes)}

    @property
    def beginnings(self) -> Set[str]:
        """What notes may name the codes of this claim by."""
        return self._by_beginning.keys()

    @property
    def first(self) -> Reported | None:
        """The first-listed or principal diagnosis."""
        return self.codes[0] if self.codes else None

    @property
    def first_named(self) -> str:
        """What the first code is called in this setting."""
        return "principal diagnosis" if self.care == "inpatient" else "first-listed diagnosis"

    def verdict(self, one: Reported) -> Validity:
        """Judge one code on the date of the encounter."""
        return _verdict(one.code, self.on, self.codeset)

    def title(self, one: Reported) -> str:
        """Return a code with its title, as in ``M54.9 (Dorsalgia, unspecified)``."""
        return f"{one.code} ({self.codeset.title(one.code)})"

    def sides(self, one: Reported) -> frozenset[str]:
        """Return the sides that a code's title names."""
        return title_words(one.base, self.codeset) & SIDES

    def place(self, one: Reported) -> int:
        """Return where a code stands, from 0."""
        return self._places[one.code]

    def before(self, one: Reported, other: Reported) -> bool:
        """Tell whether ``one`` stands before ``other``."""
        return self._places[one.code] < self._places[other.code]

    def family(self, names: str) -> frozenset[str]:
        """Return the beginnings of the codes that a list names, such as ``M45, M47.81-, S12-S14``."""
        return _family(names, self.codeset)

    def among(self, family: frozenset[str], but: Reported | None = None) -> list[Reported]:
        """Return the codes of a family in the order reported, without one of them."""
        common = self._by_beginning.keys() & family
        found = {one.code: one for beginning in common for one in self._by_beginning[beginning]}
        return sorted((one for one in found.values() if one is not but), key=self.place)

    def named_by(self, note: Instruction, but: Reported) -> list[Reported]:
        """Return the codes that a note names, in the order reported, without the one that it stands at."""
        common = self._by_beginning.keys() & note.named.keys()
        found = {one.code: one for beginning in common for one in self._by_beginning[beginning]}
        return sorted(
            (one for one in found.values() if one is not but and note.names(one.bare)), key=self.place
        )

    def instructions(self, one: Reported, kind: str) -> Iterable[Instruction]:
        """Yield the notes of one kind that bind a code: its own and those above it."""
        for place in one.lineage:
            yield from self.notes.at(place, kind)


def intent(bare: str) -> str:
    """Return the character of a drug or chemical code that tells the intent: 1-4 poisoning, 5 adverse effect, 6 underdosing."""
    return bare[5:6] if bare[5:6] not in ("", "X") else bare[4:5]


def tabular(note: Instruction, name: str) -> str:
    """Return the citation of a note."""
    return f"{TABULAR}{name} note at {note.place}"


def finding(kind: str, severity: str, codes: Iterable[Reported], message: str, cite: str) -> Finding:
    """Return a finding about some codes of a claim."""
    return Finding(
        kind, severity, tuple(one.code for one in codes), message, _SECTIONS.sub("Sections ", cite)
    )


def pairs_of(findings: Iterable[Finding]) -> frozenset[frozenset[str]]:
    """Return the pairs of codes that findings are about."""
    return frozenset(frozenset(found.subject) for found in findings if len(found.subject) == 2)
