"""What a search query may mean: its words, and the expressions among them that the code set calls otherwise."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.codeset.words import root_of, words_about, words_of

MAX_WORDS = 8
_LIGHT = frozenset(("other", "site", "unspecified", "without"))
_BRACKETS = re.compile(r"\([^)]*\)")
# Words of a sentence that say nothing about what is looked for.
_FILLERS = frozenset(
    (
        "another", "because", "been", "being", "can", "down", "due", "felt", "got", "had", "has", "have", "i", "into", "it",
        "me", "off", "onto", "patient", "pt", "that", "this", "up", "was", "when", "while",
    )
)  # fmt: skip
# Words that many codes do without: which side, how long, how bad.
_MODIFIERS = frozenset(
    (
        "acute", "area", "bilateral", "chronic", "left", "level", "mild", "moderate", "region", "right", "severe", "side",
        "sided",
    )
)  # fmt: skip
_SHORTEST_BEGINNING = 4
# Words that say nothing, unless they are all there is.
_ABBREVIATIONS = frozenset(("as",))
# "L4-5" and "L4/5" are the levels L4 and L5.
_LEVELS = re.compile(r"\b([clts])([0-9]{1,2}) ?[-/] ?([0-9]{1,2})\b", re.ASCII)
_WITHOUT = re.compile(r"\bw/o\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for; ``unfinished`` when it may still be being typed."""

    text: str
    unfinished: bool = False

    @property
    def counts(self) -> bool:
        """Whether something is lost without the word; a number alone says nothing."""
        return not (self.text in _MODIFIERS or self.text.isdecimal())


@dataclass(frozen=True, slots=True)
class Expression:
    """What people say (the roots of its words, in any order), and what the code set calls it.

    A ``wider`` one means no more than what has the words themselves, and comes after that.
    """

    number: int
    wider: bool
    roots: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An expression found in a query: the places of its words, and the level at which they stand there."""

    places: tuple[int, ...]
    level: int
    expression: Expression


class Thesaurus:
    """The expressions people use, by the roots of their words."""

    def __init__(self, table: dict[str, dict[str, list[str]]]) -> None:
        self._by_root: dict[str, list[Expression]] = {}
        words: set[str] = set()
        entries = [(kind, said, means) for kind, part in table.items() for said, means in part.items()]
        for number, (kind, said, means) in enumerate(entries):
            own = _content(said)
            words.update(own)
            roots = tuple(dict.fromkeys(map(root_of, own)))
            meanings = tuple(tuple(words_of(meaning)) for meaning in means)
            expression = Expression(number, kind == "wider", roots, meanings)
            for root in roots:
                self._by_root.setdefault(root, []).append(expression)
        self.words = sorted(words)

    def knows(self, root: str) -> bool:
        """Whether a word of this root stands in an expression."""
        return root in self._by_root

    def beginning(self, text: str) -> list[str]:
        """Return the words of expressions that begin with ``text``, if it is long enough to tell."""
        if len(text) < _SHORTEST_BEGINNING:
            return []
        return self.words[bisect_left(self.words, text) : bisect_left(self.words, text + "~")]

    def said(self, roots: Sequence[Sequence[frozenset[str]]]) -> list[Said]:
        """Return the expressions in a query, the longest first.

        Parameters
        ----------
        roots
            For each word of the query and each level of likeness, the roots it may have.
        """
        levels = len(roots[0]) if roots else 0
        found: dict[int, Said] = {}
        for level in range(levels):
            # A root that two words may have is the first one's.
            at = {root: place for place in reversed(range(len(roots))) for root in roots[place][level]}
            for expression in [each for root in at for each in self._by_root.get(root, ())]:
                places = [at[root] for root in expression.roots if root in at]
                if len(set(places)) == len(expression.roots):
                    found.setdefault(expression.number, Said(tuple(sorted(places)), level, expression))
        return sorted(found.values(), key=lambda s: (-len(s.places), s.level, s.expression.number))


def weight_of(text: str, words: list[str]) -> int:
    """Return how long a phrase counts: without brackets, what is absent, and words that say nothing."""
    counted = words_about(_BRACKETS.sub(" ", text)) if "(" in text else words
    return sum(word not in _LIGHT and word[0] != "-" for word in counted)


def typed_words(query: str) -> list[Word]:
    """Return the words of a query; the last may still be being typed."""
    plain = _WITHOUT.sub("without", _LEVELS.sub(r"\1\2 \1\3", query.lower()))
    texts = _content(plain)[:MAX_WORDS]
    unfinished = re.search(r"[A-Za-z0-9]\Z", query) is not None
    return [Word(text, unfinished and at == len(texts) - 1) for at, text in enumerate(texts)]


def _content(text: str) -> list[str]:
    words = words_about(text) or [word for word in (text.strip(" "),) if word in _ABBREVIATIONS]
    return [word for word in words if word not in _FILLERS] or words


@cache
def thesaurus() -> Thesaurus:
    """Return the expressions of ``synonyms.json``."""
    return Thesaurus(json.loads((Path(__file__).parent / "synonyms.json").read_text(encoding="utf-8")))
