"""Putting right one slip in the long words that are looked for."""

from __future__ import annotations

from functools import cache, lru_cache

_WORDS = ["generalized", "diffuse", "intermittent", "constant", "aching", "aggravated", "aggravating", "relieved", "relieving", "relieves", "relief", "prolonged", "standing", "bending", "hypertension", "diabetes", "obesity", "osteoporosis", "osteoarthritis", "hypothyroidism", "ibuprofen", "naproxen", "acetaminophen", "diclofenac", "methocarbamol", "duloxetine", "tenderness", "tender", "guarded", "posture", "flexion", "extension", "rotation", "limited", "restricted", "reduced", "decreased", "palpation", "paraspinal", "paraspinals", "muscles", "physical", "therapy", "physiotherapy", "referral", "follow", "education", "educated", "instructed", "localized", "localize", "specific", "unspecified", "rationale", "unable", "difficulty", "throbbing", "cramping", "gnawing", "stiffness", "stiff", "weeks", "months", "severity", "partial", "benefit", "temporary", "exercises", "stretching", "asthma", "migraine", "examination", "discomfort", "activities", "medication"]  # fmt: skip


def _shorter(word: str) -> set[str]:
    """Return the word and every form of it with one letter left out."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for word in _WORDS:
        for form in _shorter(word):
            index.setdefault(form, word)
    return index


_KNOWN = frozenset(_WORDS) | frozenset(
    [
        "tenders",
        "stiffly",
        "therapist",
        "therapies",
        "muscle",
        "week",
        "month",
        "weekly",
        "monthly",
        "limit",
        "limits",
        "localizes",
        "specifics",
        "specify",
        "exercise",
        "reliefs",
        "relieve",
        "activity",
        "stiffer",
        "stiffs",
        "extensions",
        "rotations",
        "guards",
        "pain",
        "paint",
        "benefits",
        "followed",
        "follows",
        "fellow",
        "hollow",
        "postures",
        "reducer",
        "reduces",
        "restricts",
        "instructs",
        "instructor",
        "educate",
        "educates",
        "difficult",
        "stranding",
        "sanding",
        "pending",
        "lending",
        "mending",
        "sending",
        "vending",
        "tending",
        "standings",
        "aches",
        "caching",
        "teaching",
        "wrecked",
        "weeds",
        "weekend",
        "fallow",
        "stuff",
        "staff",
        "stuffy",
    ]
)


@lru_cache(maxsize=4096)
def _lookup(word: str) -> str:
    index = _index()
    for form in sorted(_shorter(word)):
        candidate = index.get(form)
        if candidate is not None and abs(len(candidate) - len(word)) <= 1 and candidate[0] == word[0]:
            return candidate
    return word


def corrected(word: str) -> str:
    """Return the known word that ``word`` misspells by one slip, or ``word`` itself."""
    if word == "pian":
        return "pain"
    if not 5 <= len(word) <= 18 or word in _KNOWN:
        return word
    return _lookup(word)
