"""The words of a text that count when texts are compared: small letters, no accents, singular."""

from __future__ import annotations

import re
import unicodedata

_STOP = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "my", "nec", "nos", "of", "on", "or", "the", "to", "with")
)  # fmt: skip
# The endings that make other words of the same root, longest first: a root keeps four letters.
_ENDINGS = (
    "atic", "asis", "osis", "otic", "ancy", "ence", "ance", "ness", "ful", "ing", "ion", "ive", "ant", "ent", "ed", "er",
    "or", "al", "ic", "is", "um", "ae", "a", "e", "y",
)  # fmt: skip
_ROOT = 4
_ROOTLESS = frozenset(("number",))  # not the kin of numb
_WORD = re.compile(r"[a-z0-9]+")
_ABSENT = re.compile(r"(?<!or )\bwithout\b(.*?)(?=,| of | with |\Z)", re.IGNORECASE | re.ASCII | re.DOTALL)
_POSSESSIVE = re.compile(r"['’]s(?![a-z0-9])")


def words_of(text: str) -> list[str]:
    """Return the words of a text that count, each once: small letters, no accents, singular."""
    found = dict.fromkeys(singular(word) for word in _raw(text) if word not in _STOP)
    return list(found)


def words_about(text: str) -> list[str]:
    """Return the words of a text; those that it says are absent ("without radiculopathy") have a minus before them."""
    if "ithout" not in text:
        return words_of(text)
    absent = [f"-{word}" for clause in _ABSENT.findall(text) for word in words_of(clause)]
    return [*words_of(_ABSENT.sub(" without ", text)), *dict.fromkeys(absent)]


def root_of(word: str) -> str:
    """Return what a word shares with its kin: ``herniated`` and ``herniation``, ``spine`` and ``spinal``."""
    if not word.isalpha() or word in _ROOTLESS:
        return word
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _ROOT), "")
    root = word[: len(word) - len(ending)]
    return root[:-1] if len(root) > _ROOT and root[-1] == root[-2] else root


def _raw(text: str) -> list[str]:
    plain = text.lower()
    # Most titles are plain ASCII, and normalizing is what costs time here.
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return _WORD.findall(_POSSESSIVE.sub("", plain))


def singular(word: str) -> str:
    """Return a word without the ending of a plural, where it has one."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
