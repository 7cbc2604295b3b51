"""Words of a note: their stems, and the telling ones among them."""

from __future__ import annotations

import re
from functools import lru_cache

_COMMON = frozenset((
    "a", "about", "after", "all", "an", "and", "another", "any", "are", "as", "at", "away", "back",
    "because", "been", "before", "being", "better", "between", "both", "but", "by", "can", "cannot",
    "case", "code", "day", "days", "dose", "down", "during", "each", "end", "every", "few", "for",
    "from", "gave", "get", "give", "given", "had", "half", "has", "have", "he", "hers", "him",
    "his", "home", "hour", "hours", "how", "if", "in", "increase", "into", "is", "it", "its",
    "just", "last", "left", "less", "like", "limit", "limited", "low", "lower", "many", "mg",
    "mild", "month", "months", "more", "morning", "mornings", "most", "much", "my", "near", "need",
    "neither", "new", "no", "none", "normal", "normally", "not", "now", "off", "on", "once", "one",
    "only", "or", "other", "our", "out", "over", "pain", "part", "past", "patient", "per", "point",
    "pound", "right", "same", "says", "seen", "she", "side", "sides", "since", "single", "slight",
    "slightly", "so", "some", "spine", "spot", "still", "stop", "take", "taken", "than", "that",
    "the", "their", "them", "then", "there", "they", "this", "three", "through", "time", "times",
    "to", "today", "too", "top", "took", "toward", "two", "under", "until", "up", "upper", "upto",
    "use", "used", "was", "week", "weeks", "well", "were", "what", "when", "where", "which",
    "while", "who", "whole", "will", "with", "within", "without", "work", "worse", "year", "years",
    "yesterday", "relief", "partial", "tablets", "first", "visit", "goal", "full", "twice", "level",
))  # fmt: skip
_SUFFIX = re.compile(r"(?:ings?|edly|ed|ly|es|s|e|ness|y)$")
_TELLING = re.compile(r"[a-z]{4,}")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a word without its ending, so that 'bending' and 'bends' meet."""
    for _ in range(2):
        shorter = _SUFFIX.sub("", word)
        if len(shorter) < 4:
            break
        word = shorter
    return word


def stems(norm: str) -> frozenset[str]:
    """Return the stems of the telling words of a normalized text."""
    return frozenset(stem(word) for word in _TELLING.findall(norm) if word not in _COMMON)
