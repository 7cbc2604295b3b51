"""The words that people use for the same thing, in groups: what generalizes from the notes that were read to the next.

``lexicon.json`` holds the groups by name, each with its words and phrases separated by commas.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from grader.scoring.documentation.words import stem

_LONGEST = 4  # words of a phrase
_WORD = re.compile(r"[a-z][a-z0-9/.'+]*[a-z0-9]|[a-z↑↓]")
_STEMMED = 5  # letters: shorter words stand for themselves

Groups = frozenset[str]


@cache
def _phrases() -> dict[tuple[str, ...], Groups]:
    groups = json.loads(Path(__file__).with_name("lexicon.json").read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], Groups] = {}
    for name, words in groups.items():
        for phrase in words.split(", "):
            key = tuple(phrase.split())
            found[key] = found.get(key, frozenset()) | {name}
    return found


@cache
def _stems() -> dict[str, Groups]:
    found: dict[str, Groups] = {}
    for phrase, names in _phrases().items():
        if len(phrase) == 1 and len(phrase[0]) >= _STEMMED:
            found[stem(phrase[0])] = found.get(stem(phrase[0]), frozenset()) | names
    return found


def named(norm: str) -> list[tuple[int, Groups]]:
    """Return the groups that the words of a normalized text belong to, each with the number of its first word.

    The longest phrase wins: 'no relief' is one thing, and not 'no' beside 'relief'.
    """
    words = _WORD.findall(norm.replace("-", " "))
    found = []
    at = 0
    while at < len(words):
        size, names = _longest(words, at)
        if names:
            found.append((at, names))
        at += size
    return found


def _longest(words: list[str], at: int) -> tuple[int, Groups | None]:
    phrases = _phrases()
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        names = phrases.get(tuple(words[at : at + size]))
        if names:
            return size, names
    word = words[at]
    return 1, _stems().get(stem(word)) if len(word) >= _STEMMED else None


def group_names(norm: str) -> Groups:
    """Return the names of all groups that a normalized text has words of."""
    return frozenset[str]().union(*(names for _, names in named(norm)))
