"""What a search query may mean: its words, and the other ways to say the same."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MAX_WORDS = 8
MAX_READINGS = 8
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "my",
        "nec",
        "nos",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)
_LIGHT = frozenset(("other", "site", "unspecified"))
_WORD = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for; ``unfinished`` when it may still be being typed."""

    text: str
    unfinished: bool = False


Reading = tuple[Word, ...]


def words_of(text: str) -> list[str]:
    """Return the words of a text that count, each once: small letters, no accents, singular."""
    found = dict.fromkeys(_singular(word) for word in _raw(text) if word not in _STOP)
    return list(found)


def weight_of(text: str) -> int:
    """Return how long a phrase counts: without what stands in brackets, and without words that say nothing."""
    return len([word for word in words_of(re.sub(r"\([^)]*\)", " ", text)) if word not in _LIGHT])


def readings(query: str) -> list[Reading]:
    """Return the query's words, and the same with each known expression replaced by what the code set calls it."""
    words = words_of(query)[:MAX_WORDS]
    unfinished = bool(words) and re.search(r"[A-Za-z0-9]\Z", query) is not None
    return [tuple(dict.fromkeys(reading)) for reading in _readings(words, 0, unfinished)]


def _readings(words: list[str], at: int, unfinished: bool) -> list[list[Word]]:
    if at == len(words):
        return [[]]
    word = Word(words[at], unfinished and at == len(words) - 1)
    found = [[word, *rest] for rest in _readings(words, at + 1, unfinished)]
    length, meanings = _expression(words, at, unfinished)
    if length:
        rests = _readings(words, at + length, unfinished)
        found += [[*(Word(other) for other in meaning), *rest] for rest in rests for meaning in meanings]
    return found[:MAX_READINGS]


def _expression(words: list[str], at: int, unfinished: bool) -> tuple[int, list[list[str]]]:
    """Return the length of the longest known expression at a place and what it means."""
    best: tuple[int, list[list[str]]] = (0, [])
    for said, meanings in _synonyms().items():
        length = len(said)
        if length > best[0] and _says(
            words[at : at + length], said, unfinished and at + length == len(words)
        ):
            best = (length, meanings)
    return best


def _says(words: list[str], said: tuple[str, ...], unfinished: bool) -> bool:
    if tuple(words) == said:
        return True
    last = words[-1] if len(words) == len(said) else ""
    return unfinished and len(last) > 3 and tuple(words[:-1]) == said[:-1] and said[-1].startswith(last)


@cache
def _synonyms() -> dict[tuple[str, ...], list[list[str]]]:
    data = json.loads((Path(__file__).parent / "synonyms.json").read_text(encoding="utf-8"))
    return {tuple(words_of(said)): [words_of(meaning) for meaning in means] for said, means in data.items()}


def _raw(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return _WORD.findall(_POSSESSIVE.sub("", plain))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
