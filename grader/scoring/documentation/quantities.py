"""Lengths of time, pain scores and doses in a normalized text, however they are written."""

from __future__ import annotations

import re

Span = tuple[float, float]
"""From and to, in days."""

_DAYS = {"h": 1 / 24, "d": 1.0, "n": 1.0, "w": 7.0, "f": 14.0, "m": 30.4, "y": 365.0}
_SPAN = re.compile(
    r"(?:(better part of|most of|close to|nearly|almost|over|more than|half|quarter of|third of)\s+)?"
    r"(?:(\d+(?:\.\d+)?)(?:\s?(?:-|to|or)\s?(\d+(?:\.\d+)?))?(?:\sand a half)?|(an?|several|few|couple(?: of)?|many|half an?|dozen))"
    r"[\s-]{0,2}(?:full |long |solid |whole |odd |good )?"
    r"(hours?|hrs?|h|days?|d|nights?|weeks?|wks?|wk|w|fortnights?|months?|mos?|mths?|years?|yrs?|y|decades?)(?![a-z])"
    r"|(yesterday|this morning|today|last night|tomorrow|overnight)"
    r"|(?:since|on|from|started|last|past|this) (?:last )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues|mon|wed|thurs|fri|week|weekend)"
    r"|(?:since|last|past|previous) (month|year|season|summer|winter|spring|autumn|fall|christmas|easter)"
)
_VAGUE = {"a": (1, 1), "an": (1, 1), "few": (2, 6), "dozen": (12, 12), "several": (3, 9), "many": (3, 9)}
_SHARES = {"half": 0.5, "quarter of": 0.25, "third of": 1 / 3}
_NEARLY = ("better part of", "most of", "nearly", "almost", "close to")


def spans(norm: str) -> list[Span]:
    """Return the lengths of time in a text, each as the days between which it lies."""
    return [_span(match) for match in _SPAN.finditer(norm)]


def _span(match: re.Match[str]) -> Span:
    about, low, high, word, unit, near, day, long_ago = match.groups()
    if near:
        return 0.3, 2.0
    if day:
        return 1.0, 12.0
    if long_ago:
        return (20.0, 90.0) if long_ago == "month" else (60.0, 500.0)
    first, last = (float(low), float(high or low)) if low else _counted(word)
    if about in _SHARES:
        first, last = first * _SHARES[about], last * _SHARES[about]
    elif about in _NEARLY:
        first *= 0.65
    elif about:
        last *= 1.5
    if "and a half" in match[0]:
        first, last = first + 0.5, last + 0.5
    days = 3650.0 if unit.startswith("decade") else _DAYS[unit[0]]
    return first * days, last * days


def _counted(word: str) -> Span:
    if word.startswith("half"):
        return 0.5, 0.5
    if word.startswith("couple"):
        return 2.0, 3.0
    return _VAGUE[word]


def meet(one: Span, other: Span) -> bool:
    """Whether two lengths of time may be the same, the way people round."""
    return one[0] * 0.8 <= other[1] * 1.2 and other[0] * 0.8 <= one[1] * 1.2


_SCORE = re.compile(r"(?<![\d/.])(\d{1,2}(?:\.\d)?) ?(?:/|out of|of) ?10(?!\d)")
_MILLIMETRES = re.compile(r"(?<![\d/.])(\d{1,3}) ?(?:mm|millimetres?|millimeters?)\b")
_OF_HUNDRED = 11  # a bare number from here on is one of a hundred
_NUMBER = re.compile(
    r"(?<![\d/.])(\d{1,3}(?:\.\d)?)(?!\d|/(?!10)|\.\d| ?(?:mg|weeks?|days?|months?|years?|%|degrees?|cm|min|hours?|kg|lb|visits?|times|sessions?|tablets|y|yo))"
)


def scores(norm: str, hundred: bool = False) -> frozenset[float]:
    """Return the pain scores in a text that is about one, out of ten.

    Those written as scores, on a scale of ten or on a line of 100 mm; where there are none, any bare number up to ten, or
    with ``hundred`` up to a hundred.
    """
    found = {float(match[1]) for match in _SCORE.finditer(norm)}
    found |= {float(match[1]) / 10 for match in _MILLIMETRES.finditer(norm)}
    if not found:
        bare = [float(match[1]) for match in _NUMBER.finditer(norm)]
        found = {number for number in bare if number < _OF_HUNDRED}
        if hundred:
            found = {number if number < _OF_HUNDRED else number / 10 for number in bare if number <= 100}
    return frozenset(score for score in found if score <= 10)


def numbers(norm: str) -> frozenset[str]:
    """Return every whole number in a text, as written."""
    return frozenset(re.findall(r"\d+", norm))


def doses(norm: str) -> frozenset[str]:
    """Return the amounts of drugs in a text, without their unit."""
    return frozenset(re.findall(r"(\d+(?:\.\d+)?) ?(?:mg|g\b|milli)", norm))
