"""What asserts nothing: lists of terms, blank forms, questions, and talk about documenting."""

from __future__ import annotations

import re

_NAMES = (
    r"(?:pain )?(?:location|quality|severity|frequency|duration|onset|timing|function(?:al impact)?|observation|inspection|palpation|range of motion|rom|"
    r"treatments?|response|comorbidit(?:y|ies)|follow-?up|diagnostics|care plan|prognosis|rationale|education|goals?|quote|factors)"
)
_TALK = re.compile(
    rf"{_NAMES}\b[^.]{{0,60}}\b(?:is|are|was|were|has been|have been|should be|must be|to be)\s(?:\w+\s)?(?:documented|recorded|included|noted|described|addressed|"
    rf"present in|covered|stated|provided|listed|mentioned|in the (?:note|chart|record))"
)
_HEADINGS = re.compile(
    r"(?:(?:pain|relevant|previous|past|prior|patient|planned|physical|functional|the|any|to|for|of|or|and|on|a|an|scale|0-10|aggravating|relieving|observation|inspection|"
    r"palpation|range|motion|findings?|factors?|impact|activities|work|mobility|treatments?|response|comorbidities|follow-?up|diagnostics|care|plan|"
    r"prognosis|rationale|choosing|unspecified|code|education|goals?|treatment|quality|severity|location|frequency|duration|onset|timing|descriptor|"
    r"explicit|statement|that|explains?|describes?|identifies|states|includes?|note|documented|documentation|element|elements)[^a-z0-9-]+){2,}$"
)
_TELLING = re.compile(
    r"\b(?:explicit statement|quality descriptor|the note (?:identifies|states|describes|gives|includes|records|says|explains|should|must|lists)|a (?:complete|good) note)\b"
)
_RUBRIC_WORD = re.compile(
    r"\b(?:location|quality|severity|frequency|duration|timing|modif\w+|function\w*|observation|inspection|palpation|range of motion|rom|"
    r"treatments?|response|comorbidit\w+|follow-?up|diagnostics|care plan|plan|rationale|education|goals?|quote)\b(?! ?:? ?\d)"
)
_SPOKEN = re.compile(r"[a-z0-9]")
_DENIED = re.compile(r"\b(?:no|not|none)\b")  # that nothing was taught is told of this patient
_SMALL = frozenset((
    "a", "an", "the", "is", "are", "was", "were", "be", "has", "have", "had", "with", "of", "for",
    "to", "in", "on", "at", "by", "from", "and", "or", "but", "not", "no", "she", "he", "her",
    "his", "it", "they", "that", "which", "who", "can", "cannot", "could", "will", "would", "does",
    "did", "do", "says", "said", "states", "reports", "rates", "denies", "gave", "takes", "took",
    "tried", "since", "because", "after", "before", "when", "while", "due", "as", "than", "over",
    "per", "x", "w", "c", "s", "p", "o", "y", "yo", "f", "m", "pt", "c/o", "hx",
))  # fmt: skip
_OPPOSED = (
    ("dull", "sharp"), ("constant", "intermittent"), ("dull", "burning"), ("aching", "stabbing"), ("sharp", "aching"),
    ("dull", "stabbing"), ("acute", "chronic"), ("mild", "severe"), ("aggravating", "relieving"),
)  # fmt: skip


def is_silent(norm: str) -> bool:
    """Whether a clause asserts nothing: a list of terms, a blank form, a question, or talk about documenting."""
    if norm.endswith("?") or not _SPOKEN.search(norm):
        return True
    if _TALK.search(norm) and not _DENIED.search(norm):
        return True
    if len(set(_RUBRIC_WORD.findall(norm))) >= 5:
        return True
    if _HEADINGS.match(norm + " ") or _TELLING.search(norm):
        return True
    if re.search(r"\[\s{0,3}\]|_{2,}|\.{4,}", norm):
        return True
    words = re.findall(r"[a-z0-9/]+", norm)
    if len(words) < 8:
        return False
    small = sum(word in _SMALL for word in words) / len(words)
    opposed = sum(one in words and other in words for one, other in _OPPOSED)
    commas = norm.count(",") / len(words)
    return (small < 0.12 and len(words) >= 20 and commas < 0.05) or (small < 0.1 and opposed >= 2)
