"""Spelling of case and key files: English, the words of the tabular list, and what the library adds in ``words.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from spellchecker import SpellChecker

from grader.codeset import CodeSet
from grader.errors import FileError
from grader.library.item_keys import ELEMENTS

# Words with a digit beside them, codes and abbreviations in capitals are no matter of spelling.
_WORD = re.compile(r"(?<![\w@.-])[A-Za-z]?[a-z]+(?:['’][a-z]+)?(?![\w@])")
WORDS = "words.txt"
"""The file beside the cases with the words that a library adds."""
_COURSE = Path(__file__).resolve().parents[2] / "cases" / WORDS
_SHORT = 4
_FORMAT = frozenset((*ELEMENTS, "preauthorization", "unreviewed"))
"""Words of the files' own format."""
_UUID = re.compile(r"^canary:.*$", re.MULTILINE)


@cache
def _english() -> SpellChecker:
    return SpellChecker()


@cache
def _official(codeset: CodeSet) -> frozenset[str]:
    titles = " ".join(entry.title for entry in codeset.entries())
    return frozenset(match[0].lower() for match in re.finditer(r"[A-Za-z]{4,}", titles))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


class Speller:
    """Knows English and the words of a library.

    Parameters
    ----------
    words
        A text file with a word a line; a line that begins with ``#`` is a comment.  It need not exist: the words of the
        course's own library are known in any case.
    codeset
        The tabular list, whose own words are known.
    """

    def __init__(self, words: Path, codeset: CodeSet) -> None:
        self.words = words
        self._official = _official(codeset)

    @cached_property
    def _own(self) -> frozenset[str]:
        lines = [line for path in {self.words, _COURSE} if path.exists() for line in _lines(path)]
        return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))

    def faults(self, path: Path) -> Iterator[FileError]:
        """Yield one fault for each word of a file that is not known, with its line."""
        seen: set[str] = set()
        text = _UUID.sub("", path.read_text(encoding="utf-8"))
        for number, line in enumerate(text.splitlines(), start=1):
            for word in self.unknown(line):
                if word not in seen:
                    seen.add(word)
                    remedy = f"Correct it, or add it to {self.words.name} beside the cases"
                    yield FileError(path, f"line {number}", f"the word {word!r} is not known", remedy)

    def unknown(self, text: str) -> list[str]:
        """Return the words of a text that are not known, in lower case."""
        words = [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
        return [word for word in words if not self._knows(word)]

    def _knows(self, word: str) -> bool:
        if len(word) < _SHORT:
            return True
        stem = word.removesuffix("'s")
        known = (self._own, _english(), self._official, _FORMAT)
        return any(form in words for form in (word, stem) for words in known)
