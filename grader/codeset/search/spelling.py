"""Slips of the keys: which words are meant by one that is not in the vocabulary."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence


def slips(word: str) -> int:
    """Return how many slips a word may have: short words are too alike, numbers are never guessed."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 2 if len(word) >= 8 else 1


def letters(word: str) -> int:
    """Return the letters of a word as bits, for a quick look at whether two words can be near."""
    bits = 0
    for letter in word:
        if "a" <= letter <= "z":
            bits |= 1 << (ord(letter) - 97)
    return bits


class Speller:
    """Finds the words of a vocabulary that a misspelt word may mean.

    Parameters
    ----------
    vocabulary
        The words there are, sorted.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._words = vocabulary
        self._letters = [letters(word) for word in vocabulary]
        self._by_length: dict[int, list[int]] = {}
        for at, word in enumerate(vocabulary):
            self._by_length.setdefault(len(word), []).append(at)

    def near(self, word: str, unfinished: bool) -> list[str]:
        """Return the words fewest slips away from ``word``, none beyond what its length allows.

        ``unfinished`` says that the word may be the beginning of a longer one; then the first letter must be right.
        """
        most, own = slips(word), letters(word)
        if not most:
            return []
        lengths = range(len(word) - most, len(word) + most + 1)
        alike = (
            at
            for length in lengths
            for at in self._by_length.get(length, ())
            if (own & ~self._letters[at]).bit_count() <= most
            and (self._letters[at] & ~own).bit_count() <= most
        )
        found = _fewest(word, (self._words[at] for at in sorted(alike)), most, False)
        if found or not unfinished:
            return found
        start, end = bisect_left(self._words, word[0]), bisect_left(self._words, word[0] + "~")
        begun = (
            self._words[at] for at in range(start, end) if (own & ~self._letters[at]).bit_count() <= most
        )
        return _fewest(word, begun, most, True)


def _fewest(word: str, others: Iterable[str], most: int, beginning: bool) -> list[str]:
    found: list[str] = []
    counted: dict[str, int] = {}
    for other in others:
        if len(other) < len(word) - most:
            continue
        start = other[: len(word) + most]
        if start not in counted:
            row = distances(word, start, most)
            counted[start] = (min(row) if beginning else row[-1]) if row else most + 1
        apart = counted[start]
        if apart < most:
            found, most = [other], apart
        elif apart == most:
            found.append(other)
    return found


def distances(word: str, other: str, most: int) -> list[int]:
    """Return the slips between ``word`` and each beginning of ``other``, the last being all of it.

    A slip is a letter too many, too few, wrong, or two neighbours swapped.  Nothing is returned as soon as it is
    sure that there are more than ``most``.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word):
        last, row = row, [i + 1]
        left = i + 1
        for j, second in enumerate(other):
            best = last[j] if letter == second else 1 + min(last[j], last[j + 1], left)
            if i and j and letter == other[j - 1] and word[i - 1] == second and before[j - 1] < best:
                best = before[j - 1] + 1
            row.append(best)
            left = best
        # A swap looks back two letters, so both of the last rows must be beyond help.
        if min(row) > most and min(last) > most:
            return []
        before = last
    return row
