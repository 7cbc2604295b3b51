"""What the notes of the tabular list say, read once: which codes a note names, and how binding its words are.

A note names single codes, families (``M51.1-``), ranges (``S00-T88``) and lists of them, sometimes narrowed to some
characters (``T36-T50 with fifth or sixth character 5``).  Named codes are kept as beginnings without the dot, so
that a claim is compared with all notes of an entry by one look at a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.codeset.tabular import CodeSet

_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_NAMED = re.compile(rf"\b({_CODE})(?:(?:\.?-)?\s*(?:-|\bto\b)\s*({_CODE})|\.?-)?")
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_LIMIT = re.compile(
    r"with (?P<which>[a-z0-9 -]*?)[ -]characters?\s+(?P<characters>[-.0-9A-Z]+(?:(?:,| or| and) [-.0-9A-Z]+)*)(?![a-z])"
)
_LIMITED = re.compile(r"with [a-z0-9 -]*?[ -]?7th character\b")
_PLACES = {
    "fifth": 4, "5th": 4, "sixth": 5, "six": 5, "6th": 5, "seventh": 6, "7th": 6,
}  # fmt: skip
_CONDITIONAL = re.compile(
    r"\b(if|any|when|where|complicating|due to|following|adverse effects?|in newborn|associated AIDS)\b"
)
_OPEN = re.compile(r"\bsuch as\b|\bto further\b")


@dataclass(frozen=True, slots=True)
class Limit:
    """The characters that a note asks for: at one of ``places`` (from 0), or as the end when there is no place."""

    places: tuple[int, ...]
    characters: tuple[str, ...]

    def holds(self, bare: str) -> bool:
        """Tell whether a code without dot has the characters.

        "Fifth or sixth character" is the one that tells the intent: the last before the 7th that is no placeholder.
        """
        if not self.places:
            return bare.endswith(self.characters)
        places = self.places
        if len(places) == 2:
            places = places[1:] if bare[5:6] not in ("", "X") else places[:1]
        return bare.startswith(self.characters, places[0])


@dataclass(frozen=True, slots=True)
class Named:
    """How a note names some codes: in which of its lines, and narrowed to which characters."""

    line: str
    limit: Limit | None


@dataclass(frozen=True, slots=True)
class Instruction:
    """One note with the codes it names.

    Parameters
    ----------
    at
        The code, block or chapter where the note stands.
    kind
        ``excludes1``, ``code_first``, ``use_additional`` or ``code_also``.
    text
        The note's own words; a list has one line an entry.
    named
        Beginnings of the codes it names.
    """

    at: str
    kind: str
    text: str
    named: Mapping[str, Named] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the note stands, in words: chapters have numbers for names."""
        return f"chapter {self.at}" if self.at.isdigit() else self.at

    @property
    def head(self) -> str:
        """The first line, which says what the note asks for."""
        return self.text.partition("\n")[0]

    @property
    def listing(self) -> bool:
        """Whether a list follows the head, as with ``code to identify:``."""
        return "\n" in self.text

    @property
    def conditional(self) -> bool:
        """Whether it binds only if something is so that the codes alone do not tell."""
        return _CONDITIONAL.search(self.head) is not None

    @property
    def open(self) -> bool:
        """Whether other codes than those named would do: only examples are named, or none."""
        return not self.named or _OPEN.search(self.head) is not None

    def names(self, bare: str) -> bool:
        """Tell whether the note names a code, given without dot."""
        return self._naming(bare) is not None

    def line_naming(self, bare: str) -> str:
        """Return the line that names a code, for a quotation; the head when none does."""
        naming = self._naming(bare)
        return naming.line if naming else self.head

    def _naming(self, bare: str) -> Named | None:
        for length in range(3, len(bare) + 1):
            named = self.named.get(bare[:length])
            if named and (named.limit is None or named.limit.holds(bare)):
                return named
        return None


class NoteIndex:
    """The notes of a code set, each parsed when it is first asked for; never more than the list has entries."""

    def __init__(self, codes: CodeSet) -> None:
        self._codes = codes
        self._parsed: dict[tuple[str, str], tuple[Instruction, ...]] = {}
        self._excluded: dict[str, Mapping[str, tuple[Instruction, ...]]] = {}

    @cached_property
    def _bare(self) -> list[str]:
        return sorted(name.replace(".", "") for name in self._codes.names())

    def at(self, place: str, kind: str) -> tuple[Instruction, ...]:
        """Return the notes of one kind that stand at a place itself, not above it."""
        entry = self._codes.get(place)
        texts = entry.notes.get(kind) if entry else None
        if texts is None:
            return ()  # most places: not worth remembering
        key = (place, kind)
        if key not in self._parsed:
            self._parsed[key] = tuple(self.parse(place, kind, text) for text in texts)
        return self._parsed[key]

    def excluded(self, place: str) -> Mapping[str, tuple[Instruction, ...]]:
        """Return beginnings of codes that the Excludes1 notes at a place name, each with those notes."""
        if not self.at(place, "excludes1"):
            return {}
        if place not in self._excluded:
            table: dict[str, tuple[Instruction, ...]] = {}
            for note in self.at(place, "excludes1"):
                for beginning in note.named:
                    table[beginning] = (*table.get(beginning, ()), note)
            self._excluded[place] = table
        return self._excluded[place]

    def parse(self, place: str, kind: str, text: str) -> Instruction:
        """Read one note."""
        named: dict[str, Named] = {}
        for line in text.split("\n"):
            if _LIMITED.search(line) and not _LIMIT.search(line):
                continue  # "with open fracture 7th character": nothing that characters alone can decide
            how = Named(line, _limit(line))
            for first, last in _pairs(line):
                for beginning in self.span(first, last):
                    named[beginning] = how
        return Instruction(place, kind, text, named)

    def family(self, names: str) -> frozenset[str]:
        """Return the beginnings of codes in a list such as ``M45, M47.81-, S12-S14``."""
        return frozenset(b for first, last in _NAMED.findall(names) for b in self.span(first, last or first))

    def span(self, first: str, last: str) -> Iterable[str]:
        """Return the shortest beginnings that cover every code from ``first`` to ``last``."""
        low, high = first.replace(".", ""), last.replace(".", "")
        if low == high:
            return (low,)
        found: list[str] = []
        for bare in self._bare[bisect_left(self._bare, low) :]:
            if bare[: len(high)] > high:
                break
            if not (found and bare.startswith(found[-1])):
                found.append(bare)
        return found


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield first and last code of each reference in a line: those in brackets, or else those in the words."""
    inside = [pair for part in _BRACKETS.findall(line) for pair in _NAMED.findall(part)]
    outside = [] if inside else _NAMED.findall(line)
    for first, last in inside or outside:
        yield first, last or first


def _limit(line: str) -> Limit | None:
    found = _LIMIT.search(line)
    if found is None:
        return None
    places = tuple(sorted({_PLACES[word] for word in re.findall(r"\w+", found["which"]) if word in _PLACES}))
    characters: list[str] = []
    for part in re.split(r",\s*|\s+or\s+|\s+and\s+", found["characters"]):
        bounds = re.fullmatch(r"(\d)-(\d)", part)
        if bounds:
            characters += [str(digit) for digit in range(int(bounds[1]), int(bounds[2]) + 1)]
        else:
            characters.append(part.strip(".-"))
    if "final" in found["which"] and all(len(one) == 1 for one in characters):
        places = (4, 5)  # of a drug or chemical, where the final character before the 7th tells the intent
    if " to " in found["which"]:
        places = places[:1]  # "fifth to sixth characters 51" begins at the fifth
    return Limit(places, tuple(characters))
