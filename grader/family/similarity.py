"""Near-duplicates among many texts: word 5-shingles, compared by MinHash in bands, then exactly."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

SHINGLE, THRESHOLD = 5, 0.8
_BANDS, _ROWS = 16, 4
_PRIME = (1 << 31) - 1
_FACTORS = tuple(
    (zlib.crc32(f"a{i}".encode()) % _PRIME | 1, zlib.crc32(f"b{i}".encode()) % _PRIME)
    for i in range(_BANDS * _ROWS)
)
_WORD = re.compile(r"[a-z0-9]+")


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of every five words that follow each other."""
    words = _WORD.findall(text.lower())
    spans = range(max(1, len(words) - SHINGLE + 1))
    return frozenset(zlib.crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in spans)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of shingles that two texts have in common."""
    return len(one & other) / len(one | other) if one or other else 1.0


def near_duplicates(texts: Sequence[str], threshold: float = THRESHOLD) -> list[tuple[int, int]]:
    """Return the pairs of texts that are nearly the same, by their places.

    Parameters
    ----------
    texts
        Any number; time grows with it, not with its square.
    threshold
        Pairs at or above this Jaccard similarity count.
    """
    sets = [shingles(text) for text in texts]
    pairs = {pair for bucket in _buckets(sets) for pair in _pairs(bucket)}
    return sorted(pair for pair in pairs if jaccard(sets[pair[0]], sets[pair[1]]) >= threshold)


def _buckets(sets: Sequence[frozenset[int]]) -> Iterator[list[int]]:
    signatures = [_signature(each) for each in sets]
    for band in range(_BANDS):
        found: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for place, signature in enumerate(signatures):
            found[signature[band * _ROWS : (band + 1) * _ROWS]].append(place)
        yield from (bucket for bucket in found.values() if len(bucket) > 1)


def _signature(each: frozenset[int]) -> tuple[int, ...]:
    return tuple(min((a * x + b) % _PRIME for x in each) for a, b in _FACTORS)


def _pairs(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((one, other) for at, one in enumerate(bucket) for other in bucket[at + 1 :])
