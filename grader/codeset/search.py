"""Search over all codes by words or by code.

``workbench/src/search.js`` is the same algorithm, and both give the same hits in the same order (the phrases of
``tests/data/search_phrases.json`` hold them to it).  Change one and you change the other.

Every title and every inclusion term is a *phrase*; besides, the title with all terms of a code and of the codes
above it is one long phrase, so that words scattered over them still find it.  Phrases are numbered best first: what
can be reported before headings, short before long.  A query's words must all stand in a phrase, exactly, as a
beginning (the last word), or with a slip of the keys where nothing else fits; a hit is as good as its worst word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.codeset.query import Reading, Word, readings, weight_of, words_of
from grader.codeset.spelling import letters, near

LONGEST = 200
_ENCOUNTER = frozenset(("encounter", "visit"))
_STAGES = frozenset(("initial", "subsequent", "sequela"))
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z]{0,5}")
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One line of the search text: ``flag`` is ``b`` billable, ``h`` heading, ``7`` needs a 7th character."""

    code: str
    flag: str
    title: str
    terms: tuple[str, ...] = ()
    seventh: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One code found; ``why`` says which other name matched, or what the code lacks."""

    code: str
    title: str
    billable: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Found:
    row: int
    why: str


def parse_rows(text: str) -> Iterator[SearchRow]:
    """Yield the rows of the search text, ``codes.bin`` unpacked."""
    for line in text.split("\n")[1:]:
        if line:
            code, flag, title, terms, seventh = line.split("\t")
            pairs = [pair.split("=", 1) for pair in seventh.split(";") if pair]
            names = tuple(term for term in terms.split("|") if term)
            yield SearchRow(code, flag, title, names, tuple((char, meaning) for char, meaning in pairs))


class CodeIndex:
    """An index over rows, built once and asked often.

    Parameters
    ----------
    rows
        The codes, headings before the codes below them.
    """

    def __init__(self, rows: Iterable[SearchRow]) -> None:
        self._rows = list(rows)
        self._at = {_bare(row.code): number for number, row in enumerate(self._rows)}
        self._bare = sorted(self._at)
        phrases = sorted(self._phrases())
        self._owner = [number for *_, number, _, _ in phrases]
        self._name = [name for *_, name, _ in phrases]
        self._postings: dict[str, list[int]] = {}
        for phrase, (*_, words) in enumerate(phrases):
            for word in words:
                self._postings.setdefault(word, []).append(phrase)
        self._vocabulary = sorted(self._postings)
        self._letters = [letters(word) for word in self._vocabulary]

    def search(self, query: str, limit: int = 12) -> list[Hit]:
        """Return the best hits for a query of words or a code, best first.

        Parameters
        ----------
        query
            As typed; code spelling, case, plural and small slips do not matter.
        limit
            How many; the 7th-character variants of a code asked for by name come all, even beyond.
        """
        query = query[:LONGEST]
        bare = _bare(query).upper()
        asked, below = self._by_code(bare, limit)
        # "L5" begins many codes and is also a vertebra; three characters that begin a code are a code.
        named = [] if len(bare) > 2 and (asked or below) else self._by_words(query, limit)
        below = below[: limit - min(len(named), limit // 3)]
        unique = {hit.code: hit for hit in reversed(asked + below + named)}
        ordered = dict.fromkeys(hit.code for hit in asked + below + named)
        return [unique[code] for code in ordered][: max(limit, len(asked))]

    def _phrases(self) -> Iterator[tuple[int, int, str, int, str, list[str]]]:
        """Yield sort key (class, length, code), row, the name to show, and words."""
        for number, row in enumerate(self._rows):
            heading = int(row.flag == "h")
            for name in ("", *row.terms):
                text = name or row.title
                yield heading, weight_of(text), row.code, number, name, words_of(text)
            bare = _bare(row.code)
            above = [self._at[bare[:end]] for end in range(3, len(bare)) if bare[:end] in self._at]
            names = [*row.terms, *(term for at in above for term in self._rows[at].terms)]
            if names:
                text = " ".join((row.title, *names))
                yield 2 + heading, weight_of(text), row.code, number, "", words_of(text)

    def _by_code(self, bare: str, limit: int) -> tuple[list[Hit], list[Hit]]:
        """Return what is asked for by its code, and what begins with it."""
        if not _CODE.fullmatch(bare):
            return [], []
        asked = self._show(_Found(self._at[bare], ""), True) if bare in self._at else []
        for end in range(3, len(bare)):
            row = self._rows[self._at[bare[:end]]] if bare[:end] in self._at else None
            for char, _ in row.seventh if row else ():
                full = bare[:end].ljust(6, "X") + char
                if row and (full.startswith(bare) or bare == bare[:end] + char):
                    asked.append(_variant(row, char))
        start, end = bisect_left(self._bare, bare), bisect_left(self._bare, bare + "~")
        numbers = [self._at[other] for other in self._bare[start:end] if other != bare]
        numbers.sort(key=lambda n: (self._rows[n].flag == "h", len(self._rows[n].code)))
        few = self._are_few(numbers, limit)
        return asked, [hit for n in numbers[:limit] for hit in self._show(_Found(n, ""), few)]

    def _by_words(self, query: str, limit: int) -> list[Hit]:
        missing, found = self._best(readings(query), limit)
        words = words_of(query)
        stage = next((word for word in words if word in _STAGES), "")
        if stage and (missing or not found):
            # Titles do not hold the 7th character's words: look without them, then show only those variants.
            rest = " ".join(word for word in words if word not in _STAGES | _ENCOUNTER)
            _, staged = self._best(readings(f"{rest} "), limit)
            hits = [hit for each in staged for hit in self._show(each, True) if stage in hit.title]
            if hits:
                return hits[:limit]
        few = self._are_few([each.row for each in found], limit)
        return [hit for each in found for hit in self._show(each, few)][:limit]

    def _best(self, queries: list[Reading], limit: int) -> tuple[int, list[_Found]]:
        """Return how many words had to be left out, and the rows found, best first."""
        each = {word: self._levels(word) for word in {word for reading in queries for word in reading}}
        levels = [[each[word] for word in reading if each[word][-1]] for reading in queries]
        kept = [(len(queries[i]) - len(reading), reading) for i, reading in enumerate(levels) if reading]
        longest = max((len(reading) + lost for lost, reading in kept), default=0)
        for missing in range(longest):
            found: dict[int, _Found] = {}
            for level in range(_LEVELS):
                numbers: set[int] = set()
                for lost, reading in kept:
                    need = len(reading) + lost - missing
                    if 0 < need <= len(reading):
                        numbers |= _standing_in([word[level] for word in reading], need)
                for phrase in sorted(numbers):
                    row = self._owner[phrase]
                    found.setdefault(row, _Found(row, self._name[phrase]))
                    if len(found) >= limit:
                        return missing, list(found.values())
            if found:
                return missing, list(found.values())
        return longest, []

    def _levels(self, word: Word) -> list[set[int]]:
        """Return the phrases with the word: exactly; also as a beginning; also with slips if there is no other."""
        exact = set(self._postings.get(word.text, ()))
        begun = exact
        if word.unfinished and len(word.text) > 1:
            start = bisect_left(self._vocabulary, word.text)
            end = bisect_left(self._vocabulary, word.text + "~")
            begun = exact.union(*(self._postings[other] for other in self._vocabulary[start:end]))
        if begun:
            return [exact, begun, begun]
        positions = near(word.text, self._vocabulary, self._letters, word.unfinished)
        return [exact, begun, set().union(*(self._postings[self._vocabulary[at]] for at in positions))]

    def _are_few(self, numbers: list[int], limit: int) -> bool:
        """Whether there is room for the 7th-character variants of each row."""
        return sum(len(self._rows[number].seventh) or 1 for number in numbers) <= limit

    def _show(self, found: _Found, variants: bool) -> list[Hit]:
        row = self._rows[found.row]
        if row.flag == "7" and variants:
            return [_variant(row, char, found.why) for char, _ in row.seventh]
        lack = {"b": "", "h": "heading, not complete", "7": "needs a 7th character"}[row.flag]
        why = "; ".join(part for part in (found.why, lack) if part)
        return [Hit(row.code, row.title, row.flag == "b", why)]


def _standing_in(words: list[set[int]], need: int) -> set[int]:
    """Return the phrases with at least ``need`` of the words."""
    if need == len(words):
        return set.intersection(*sorted(words, key=len))
    counts = Counter[int]()
    for numbers in words:
        counts.update(numbers)
    return {phrase for phrase, count in counts.items() if count >= need}


def _variant(row: SearchRow, char: str, why: str = "") -> Hit:
    bare = _bare(row.code).ljust(6, "X")
    return Hit(f"{bare[:3]}.{bare[3:]}{char}", f"{row.title}, {dict(row.seventh)[char]}", True, why)


def _bare(code: str) -> str:
    return re.sub(r"[\s.\-]", "", code)
