"""Search over all codes by words or by code.

``workbench/src/search.js`` is the same algorithm, and both give the same hits in the same order (the phrases of
``tests/data/search_phrases.json`` hold them to it).  Change one and you change the other.

Every title and every inclusion term is a *phrase*; besides, the title with all terms of a code and of the codes
above it is one long phrase, so that words scattered over them still find it.  Phrases are numbered best first:
before headings what can be reported, before long phrases short ones.  A query's words must all stand in a phrase, exactly,
as a beginning (the last word), or with a slip of the keys where nothing else fits; a hit is as good as its worst word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.codeset.spelling import letters, near, near_beginning

MAX_WORDS = 8
MAX_READINGS = 8
FEW = 3
"""So many codes are few enough to show each with all its 7th characters."""
_STOP = frozenset("a an and as at by for from in is my nec nos of on or the to with".split())
_ENCOUNTER = frozenset("encounter visit".split())
_STAGES = frozenset("initial subsequent sequela".split())
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z]{0,5}")
_WORD = re.compile(r"[a-z0-9]+")


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
    """One code found; ``why`` says which other name matched, or that the code is not complete."""

    code: str
    title: str
    billable: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    unfinished: bool = False


_Reading = tuple[_Word, ...]
_Found = list[tuple[int, str]]


def parse_rows(text: str) -> Iterator[SearchRow]:
    """Yield the rows of the search text, ``codes.bin`` unpacked."""
    for line in text.split("\n")[1:]:
        if line:
            code, flag, title, terms, seventh = line.split("\t")
            pairs = (pair.split("=", 1) for pair in seventh.split(";") if pair)
            yield SearchRow(
                code, flag, title, tuple(filter(None, terms.split("|"))), tuple((c, m) for c, m in pairs)
            )


class CodeIndex:
    """An index over rows, built once and asked often.

    Parameters
    ----------
    rows
        The codes in tabular order.
    """

    def __init__(self, rows: Iterable[SearchRow]) -> None:
        self._rows = list(rows)
        self._bare = [row.code.replace(".", "") for row in self._rows]
        self._at = {bare: number for number, bare in enumerate(self._bare)}
        phrases = sorted(self._phrases())
        self._owner = [number for _, _, _, number, _, _ in phrases]
        self._name = [name for _, _, _, _, name, _ in phrases]
        self._postings: dict[str, list[int]] = {}
        for phrase, (_, _, _, _, _, words) in enumerate(phrases):
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
        by_code = self._by_code(re.sub(r"[\s.\-]", "", query).upper())
        words = _words(query)[:MAX_WORDS]
        last_is_open = bool(re.search(r"[^\W_]$", query))
        found = self._by_words(words, last_is_open, limit)
        stage = next((word for word in words if word in _STAGES), "")
        if stage and (not found or found[0][0] > 0):
            rest = [word for word in words if word not in _STAGES | _ENCOUNTER]
            staged = self._by_words(rest, False, limit)
            hits = [hit for _, n, why in staged for hit in self._variants(n, why, stage)]
            if hits:
                return _unique(by_code + hits)[: max(limit, len(by_code))]
        few = len(found) <= FEW
        hits = [hit for _, n, why in found for hit in self._show(n, why, few)]
        room = max(len(by_code) if by_code and by_code[0].billable else 0, limit - min(len(hits), limit // 3))
        return _unique(by_code[: max(room, self._asked(by_code))] + hits)[: max(limit, len(by_code))]
