"""Search over all codes by words or by code.

``workbench/src/search.js`` is the same algorithm, and both give the same hits in the same order (the phrases of
``tests/data/search_phrases.json`` and ``realistic_phrases.json`` hold them to it).  Change one and you change the
other.

Every title and every inclusion term is a *phrase*; besides, the title with all terms of a code and of the codes
above it is one long phrase, so that words scattered over them still find it.  Phrases are numbered best first: what
can be reported before headings, short before long.  `Matcher` finds the phrases for a query's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.codeset.search.matching import Matcher
from grader.codeset.search.postings import Postings
from grader.codeset.search.query import Word, thesaurus, typed_words, weight_of
from grader.codeset.words import words_about

LONGEST = 200
_FEW = 5
_ENCOUNTER = frozenset(("encounter", "visit"))
_STAGES = frozenset(("initial", "subsequent", "sequela"))
_STAGES_OF_A_FRACTURE = 6
_DOTTED = re.compile(r"[A-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}")
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z]{0,5}")


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
        self.rows = list(rows)
        self._at = {_bare(row.code): number for number, row in enumerate(self.rows)}
        self._bare = sorted(self._at)
        phrases = sorted(self._phrases())
        self._owner = [number for *_, number, _, _ in phrases]
        self._name = [name for *_, name, _ in phrases]
        self._matcher = Matcher(Postings(words for *_, words in phrases), thesaurus())

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
        while not (asked or below) and len(bare) > 3 and _DOTTED.fullmatch(query.strip().upper()):
            bare = bare[:-1]  # a code that is not in the list leads to the nearest above it, never to words
            asked, below = self._by_code(bare, limit)
        # "L5" begins many codes and is also a vertebra; three characters that begin a code are a code.
        named = [] if len(bare) > 2 and (asked or below) else self._by_words(query, limit)
        below = below[: limit - min(len(named), limit // 3)]
        unique = {hit.code: hit for hit in reversed(asked + below + named)}
        ordered = dict.fromkeys(hit.code for hit in asked + below + named)
        return [unique[code] for code in ordered][: max(limit, len(asked))]

    def _phrases(self) -> Iterator[tuple[int, int, str, int, str, list[str]]]:
        """Yield sort key (class, length, code), row, the name to show, and words."""
        for number, row in enumerate(self.rows):
            heading = int(row.flag == "h")
            for name in ("", *row.terms):
                text = name or row.title
                words = words_about(text)
                yield heading, weight_of(text, words), row.code, number, name, words
            bare = _bare(row.code)
            above = [self._at[bare[:end]] for end in range(3, len(bare)) if bare[:end] in self._at]
            names = [*row.terms, *(term for at in above for term in self.rows[at].terms)]
            if names:
                text = ", ".join((row.title, *names))
                words = words_about(text)
                yield 2 + heading, weight_of(text, words), row.code, number, "", words

    def _by_code(self, bare: str, limit: int) -> tuple[list[Hit], list[Hit]]:
        """Return what is asked for by its code, and what begins with it."""
        if not _CODE.fullmatch(bare):
            return [], []
        asked = self._show(_Found(self._at[bare], ""), True) if bare in self._at else []
        for end in range(3, len(bare)):
            row = self.rows[self._at[bare[:end]]] if bare[:end] in self._at else None
            for char, _ in row.seventh if row else ():
                full = bare[:end].ljust(6, "X") + char
                if row and (full.startswith(bare) or bare == bare[:end] + char):
                    asked.append(_variant(row, char))
        start, end = bisect_left(self._bare, bare), bisect_left(self._bare, bare + "~")
        numbers = [self._at[other] for other in self._bare[start:end] if other != bare]
        numbers.sort(key=lambda n: (self.rows[n].flag == "h", len(self.rows[n].code)))
        few = self._are_few(numbers, limit)
        return asked, [hit for n in numbers[:limit] for hit in self._show(_Found(n, ""), few)]

    def _by_words(self, query: str, limit: int) -> list[Hit]:
        words = typed_words(query)
        missing, found = self._best(words, limit)
        stage = next((word.text for word in words if word.text in _STAGES), "")
        if stage and (missing or not found):
            # Titles do not hold the 7th character's words: look without them, then show only those variants.
            rest = [Word(word.text) for word in words if word.text not in _STAGES | _ENCOUNTER]
            _, staged = self._best(rest, limit)
            hits = [hit for each in staged for hit in self._show(each, True) if stage in hit.title]
            if hits:
                return hits[:limit]
        return self._listed(found, limit)

    def _best(self, words: list[Word], limit: int) -> tuple[int, list[_Found]]:
        """Return how many words had to be left out, and the rows found, best first."""
        missing = len(words)
        found: dict[int, _Found] = {}
        for lost, phrase in self._matcher.best(words):
            if not found:
                missing = lost
            # Where few codes have all the words, those with one word less follow.
            if len(found) >= (limit if lost == missing else min(_FEW, limit)) or lost > missing + 1:
                break
            row = self._owner[phrase]
            found.setdefault(row, _Found(row, self._name[phrase]))
        return missing, list(found.values())

    def _listed(self, found: list[_Found], limit: int) -> list[Hit]:
        """Return the hits of the rows, headings last; 7th characters are spelt out as far as there is room."""
        few = self._are_few([each.row for each in found], limit)
        hits: list[Hit] = []
        for each in sorted(found, key=lambda each: self.rows[each.row].flag == "h"):
            count = len(hits) + len(self.rows[each.row].seventh)
            best = not hits and count <= max(limit, _STAGES_OF_A_FRACTURE)
            hits += self._show(each, few or best or count <= limit // 2)
        return hits[:limit]

    def _are_few(self, numbers: list[int], limit: int) -> bool:
        """Whether there is room for the 7th-character variants of each row."""
        return sum(len(self.rows[number].seventh) or 1 for number in numbers) <= limit

    def _show(self, found: _Found, variants: bool) -> list[Hit]:
        row = self.rows[found.row]
        if row.flag == "7" and variants:
            return [_variant(row, char, found.why) for char, _ in row.seventh]
        lack = {"b": "", "h": "heading, not complete", "7": "needs a 7th character"}[row.flag]
        why = "; ".join(part for part in (found.why, lack) if part)
        return [Hit(row.code, row.title, row.flag == "b", why)]


def _variant(row: SearchRow, char: str, why: str = "") -> Hit:
    bare = _bare(row.code).ljust(6, "X")
    return Hit(f"{bare[:3]}.{bare[3:]}{char}", f"{row.title}, {dict(row.seventh)[char]}", True, why)


def _bare(code: str) -> str:
    return re.sub(r"[\s.\-]", "", code)
