"""Comparing what a note says with the facts of the record: words shared, numbers, lengths of time, drugs, diseases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from grader.scoring.documentation.rules import DRUGS, compile_parts
from grader.scoring.documentation.sentences import normalize

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
    "normal",
))  # fmt: skip
_DAYS = {"h": 1 / 24, "d": 1, "n": 1, "w": 7, "f": 14, "m": 30, "y": 365}
_LENGTH = re.compile(
    r"(?<![a-z0-9/.])(\d+(?:\.\d+)?(?=\s?-?\s?[a-z])|(?:an?|several|few|couple of)(?=[\s-]))[\s-]{0,2}(days?|d|nights?|weeks?|wks?|w|fortnights?|months?|mos?|mths?|years?|yrs?)(?![a-z])"
)
_SUFFIX = re.compile(r"(?:ings?|edly|ed|ly|es|s|e|ness|y)$")

DISEASES = {
    "hypertension": r"hypertensi\w+|htn|high (?:blood pressure|bp)|blood pressure (?:runs|is|problems|issues)|raised blood pressure|high-blood-pressure|blood pressure are",
    "obesity": r"obes\w+|overweight|heavy for (?:his|her)|weight (?:and|is|issues)|over ?weight",
    "diabetes": r"diabet\w+|dm ?2?|t2dm|type (?:2|ii) dm|dm ii|iddm|niddm|sugar disease|sugar diabetes|high sugar|metformin",
    "asthma": r"asthma\w*|inhaler",
    "hypothyroidism": r"hypothyroid\w*|under ?active thyroid|thyroid|levothyroxine|low thyroid",
    "osteoporosis": r"osteoporo\w+|alendronate|thin bones|brittle bones|t-score",
    "osteoarthritis": r"osteoarthrit\w+|oa|arthritis|djd|arthrosis",
    "migraine": r"migraine\w*",
    "kidney": r"ckd|kidney disease|egfr|chronic kidney|kidney function|renal (?:insufficiency|disease)",
    "copd": r"copd|emphysema|chronic bronchitis|lung disease",
    "heart": r"cad|coronary\w*|heart failure|chf|heart disease|afib|atrial fibrillation|angina",
    "mood": r"depressi\w+|anxiety|bipolar",
    "lipids": r"hyperlipid\w+|high cholesterol|hld|dyslipid\w+",
    "reflux": r"gerd|reflux",
    "cancer": r"cancer|malignan\w+|carcinoma",
    "stroke": r"stroke|cva(?! tender)",
    "rheumatic": r"rheumatoid|lupus|gout|fibromyalgia|ankylosing\w*",
    "anemia": r"anemia",
    "epilepsy": r"epilep\w+|seizure\w*",
    "apnea": r"sleep apnea|osa",
}
_DISEASES = {name: compile_parts(pattern) for name, pattern in DISEASES.items()}
_DRUGS = {name: compile_parts(pattern) for name, pattern in DRUGS.items()}
_KIN = {"nsaid": ("ibuprofen", "naproxen", "diclofenac", "meloxicam", "celecoxib", "aspirin")}


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
    words = re.findall(r"[a-z]{3,}|\d+", norm)
    return frozenset(
        stem(word)
        for word in words
        if word not in _COMMON and (len(word) > 3 or word.isdigit()) and not word.isdigit()
    )


class Record:
    """The facts of a record, prepared for comparing."""

    def __init__(self, facts: Mapping[str, str], absent: Iterable[str]) -> None:
        self.facts = {element: normalize(fact) for element, fact in facts.items()}
        self.absent = tuple(normalize(item) for item in absent)
        self.stems = {element: stems(fact) for element, fact in self.facts.items()}
        self.durations = lengths(self.facts.get("timing", ""))
        self.followups = lengths(self.facts.get("followup", ""))
        self.scores = scores(self.facts.get("severity", ""))
        self.diseases = named(self.facts.get("comorbid", ""), _DISEASES)
        self.tried = _with_kin(named(self.facts.get("prior_tx", ""), _DRUGS))
        self.planned = _with_kin(named(self.facts.get("careplan", ""), _DRUGS))
        halves = re.split(r";|\bbetter\b|\brelieved\b|\beased\b", self.facts.get("modifiers", ""), maxsplit=1)
        self.worse = stems(halves[0]) - {"wors", "aggravat", "aggravated", "prolong"}
        self.better = stems(halves[1]) - {"wors", "reliev"} if len(halves) > 1 else frozenset()

    def alone(self, element: str) -> frozenset[str]:
        """Return the stems that occur in the facts of this element and of no other."""
        others = frozenset[str]().union(*(s for name, s in self.stems.items() if name != element))
        return self.stems.get(element, frozenset()) - others

    def says(self, element: str, pattern: str) -> bool:
        """Whether the fact of an element matches a pattern."""
        return bool(compile_parts(pattern).search(self.facts.get(element, "")))


def _with_kin(names: frozenset[str]) -> frozenset[str]:
    """Add the family name of every drug: who took ibuprofen took an anti-inflammatory."""
    return names | {family for family, members in _KIN.items() if names & set(members)}


def named(norm: str, table: Mapping[str, re.Pattern[str]]) -> frozenset[str]:
    """Return the names whose pattern occurs in a normalized text."""
    return frozenset(name for name, pattern in table.items() if pattern.search(norm))


def drugs(norm: str) -> frozenset[str]:
    """Return the drugs named in a normalized text."""
    return named(norm, _DRUGS)


def diseases(norm: str) -> dict[str, int]:
    """Return the diseases named in a normalized text, each with its place."""
    found = ((name, pattern.search(norm)) for name, pattern in _DISEASES.items())
    return {name: match.start() for name, match in found if match}


def lengths(norm: str) -> frozenset[int]:
    """Return the lengths of time in a normalized text, in days."""
    return frozenset(round(_count(m[1]) * _DAYS[m[2][0]]) for m in _LENGTH.finditer(norm) if _count(m[1]))


def _count(word: str) -> float:
    if word[0].isdigit():
        return float(word)
    return 1.0 if word in ("a", "an") else 0.0


def close(days: int, others: frozenset[int]) -> bool:
    """Whether a length of time is one of the others, give or take how people round."""
    return any(abs(days - other) <= max(0.15 * other, 0) for other in others)


def scores(norm: str) -> frozenset[float]:
    """Return the pain scores out of ten in a normalized text."""
    return frozenset(float(m[1]) for m in re.finditer(r"(\d{1,2}(?:\.\d)?) ?(?:/|out of|of) ?10", norm))
