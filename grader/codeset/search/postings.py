"""Which phrases hold a word: sets of phrases as the bits of one number, so that joining them is quick."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from grader.codeset.words import root_of

# A word in more than one phrase of so many is kept as bits, a rarer one as a list.
_RARE = 256
_SOME = re.compile(rb"[^\0]")
_PLACES = tuple(tuple(place for place in range(8) if byte >> place & 1) for byte in range(256))


class Postings:
    """The words of numbered phrases.

    Parameters
    ----------
    phrases
        The words of each phrase; the first phrase is number 0.
    """

    def __init__(self, phrases: Iterable[Iterable[str]]) -> None:
        lists: dict[str, list[int]] = {}
        number = 0
        for number, words in enumerate(phrases):
            for word in words:
                lists.setdefault(word, []).append(number)
        self._bytes = number // 8 + 1
        self.vocabulary = sorted(lists)
        self._bits = {word: self._packed(own) for word, own in lists.items() if len(own) * _RARE > number}
        self._lists = {word: own for word, own in lists.items() if word not in self._bits}
        self._kin: dict[str, list[str]] = {}
        for word in self.vocabulary:
            self._kin.setdefault(root_of(word), []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._bits or word in self._lists

    def having(self, words: Iterable[str]) -> int:
        """Return the phrases with any of the words."""
        bits = 0
        rare: list[int] = []
        for word in words:
            if word in self._bits:
                bits |= self._bits[word]
            else:
                rare += self._lists.get(word, ())
        return bits | self._packed(rare) if rare else bits

    def having_all(self, words: Iterable[str]) -> int:
        """Return the phrases with all of the words."""
        bits = -1
        for word in words:
            bits &= self.having((word,))
        return max(bits, 0)

    def beginning(self, text: str) -> list[str]:
        """Return the words that begin with a text."""
        return self.vocabulary[bisect_left(self.vocabulary, text) : bisect_left(self.vocabulary, text + "~")]

    def kin(self, word: str) -> list[str]:
        """Return the words with the same root."""
        return self._kin.get(root_of(word), [])

    def numbers(self, bits: int) -> Iterator[int]:
        """Yield the numbers of the phrases in a set, lowest first."""
        packed = bits.to_bytes(self._bytes, "little")
        for found in _SOME.finditer(packed):
            at = found.start()
            for place in _PLACES[packed[at]]:
                yield at * 8 + place

    def _packed(self, numbers: list[int]) -> int:
        packed = bytearray(self._bytes)
        for number in numbers:
            packed[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(packed, "little")
