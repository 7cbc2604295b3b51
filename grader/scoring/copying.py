"""Telling a text of one's own from one that was copied: honest texts share few runs of words with what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_RUN = 4  # words; a text changed in every fifth word still shares most of its words in such runs
_LEAST = 20  # words; a short text has little choice of words
_COPIED = 0.5  # honest notes: a third at most
_WORD = re.compile(r"[a-z0-9]+(?:['/.+-][a-z0-9]+)*")
_QUOTES = 3
_QUOTED = re.compile(r'"[^"\n]{1,200}"')


def is_copied(text: str, source: str, share: float = _COPIED) -> bool:
    """Tell whether most words of a text stand in runs that it shares with another, its first quotations left out.

    Parameters
    ----------
    text, source
        Both in lower case with straight quotation marks.
    share
        How much of the text makes it a copy.
    """
    words = _WORD.findall(_QUOTED.sub(" ", text, count=_QUOTES))
    known = _known(source)
    copied: set[int] = set()
    for at, run in enumerate(_runs(words)):
        if run in known:
            copied.update(range(at, at + _RUN))
    return len(copied) >= _LEAST and len(copied) >= share * len(words)


@lru_cache(maxsize=256)
def _known(source: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of a source, which many texts are held against."""
    return frozenset(_runs(_WORD.findall(source)))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
