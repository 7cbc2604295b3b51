"""Kinds of mistakes, signs and items in plain words, for whoever reads a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from grader.library.mistakes import MISTAKES
from grader.scoring.documentation.names import NAMES
from grader.scoring.edits.kinds import KINDS

_OF_ANSWERS = {
    "missing": "Code missing",
    "unsupported": "Code that the record does not support",
    "wrong_choice": "Wrong option chosen",
    "missed": "Something left out that belongs to the answer",
    "wrong_match": "Wrong match",
    "wrong_place": "Step in the wrong place",
    "wrong_change": "Wrong change to a claim",
    "wrong_passage": "Passage that does not prove it",
    "wrong_verdict": "Wrong verdict on another coder's code",
    "fault": "Message says what it must not say",
}
_ERRORS = {
    **{kind.name: kind.title for kind in KINDS},
    **MISTAKES,
    **{name: f"Note: {title} missing, or not as in the record" for name, title in NAMES.items()},
    **_OF_ANSWERS,
}
_FLAGS = {
    "stuffing": "Row of key words",
    "rubric_copy": "Tells what should be said instead of saying it",
    "vignette_copy": "Copied from the record",
    "record_copy": "Copied from the record",
    "model_copy": "Copied from the model answer",
    "template": "Empty form",
    "off_topic": "About something else",
    "bare": "Says very little",
    "check_by_hand": "Somebody should look at it",
}


def error_in_words(kind: str) -> str:
    """Return what a kind of finding is called."""
    return _ERRORS.get(kind) or _spelled_out(kind)


def flag_in_words(sign: str) -> str:
    """Return what a sign that somebody should look at is called."""
    return _FLAGS.get(sign) or _spelled_out(sign)


def errors_in_words(errors: Mapping[str, int]) -> list[str]:
    """Return kinds of mistakes with their numbers, the most frequent first."""
    return _numbered((error_in_words(kind), number) for kind, number in errors.items())


def flags_in_words(flags: Mapping[str, int]) -> list[str]:
    """Return signs with their numbers, the most frequent first."""
    return _numbered((flag_in_words(sign), number) for sign, number in flags.items())


def totals(numbers: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return names with their numbers, the most frequent first; those of the same name are added up."""
    found: Counter[str] = Counter()
    for words, number in numbers:
        found[words] += number
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _numbered(numbers: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{words} ({number:,})" for words, number in totals(numbers)]


def _spelled_out(kind: str) -> str:
    words = kind.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
