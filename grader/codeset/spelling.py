"""Slips of the keys: which words are meant by one that is not in the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence


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


def near(word: str, vocabulary: Sequence[str], bits: Sequence[int], unfinished: bool) -> list[int]:
    """Return the positions of the words fewest slips away from ``word``, none beyond what its length allows.

    Parameters
    ----------
    word
        As typed.
    vocabulary, bits
        The words there are, and `letters` of each.
    unfinished
        Whether the word may be the beginning of a longer one; then the first letter must be right.
    """
    most, own = slips(word), letters(word)
    if not most:
        return []
    alike = [at for at, other in enumerate(bits) if (own ^ other).bit_count() <= 2 * most]
    found = _fewest(word, vocabulary, alike, most, False)
    if found or not unfinished:
        return found
    alike = [at for at, other in enumerate(bits) if (own & ~other).bit_count() <= most]
    return _fewest(word, vocabulary, [at for at in alike if vocabulary[at][0] == word[0]], most, True)


def _fewest(word: str, vocabulary: Sequence[str], alike: list[int], most: int, beginning: bool) -> list[int]:
    found: list[int] = []
    for at in alike:
        other = vocabulary[at]
        if len(other) < len(word) - most or (not beginning and len(other) > len(word) + most):
            continue
        row = distances(word, other[: len(word) + most])
        apart = min(row) if beginning else row[-1]
        if apart < most:
            found, most = [at], apart
        elif apart == most:
            found.append(at)
    return found


def distances(word: str, other: str) -> list[int]:
    """Return the slips between ``word`` and each beginning of ``other``, the last being all of it.

    A slip is a letter too many, too few, wrong, or two neighbours swapped.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word):
        last, row = row, [i + 1]
        for j, second in enumerate(other):
            best = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter != second))
            if i and j and letter == other[j - 1] and word[i - 1] == second:
                best = min(best, before[j - 1] + 1)
            row.append(best)
        before = last
    return row
