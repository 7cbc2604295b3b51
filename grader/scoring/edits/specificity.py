"""Unspecified beside specific, and the two sides of one condition.

Both rules are read off the titles of the tabular list: an unspecified code repeats the title of the family above it
with "unspecified" added, and the codes for right, left and both sides differ in those words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from grader.codeset.tabular import CodeSet
from grader.codeset.words import words_of
from grader.scoring.edits.claim import GUIDELINES, Claim, Reported, finding
from grader.scoring.findings import Finding

_LIGHT = frozenset(
    (
        "unspecified", "other", "site", "side", "type", "region", "elsewhere", "classified", "not", "organism",
        "without", "uncomplicated", "complication",
    )
)  # fmt: skip
_SIDES = frozenset(("right", "left"))
_FAMILIES = {
    "R10.9": "R10.0-R10.3",
    "E78.5": "E78.0-E78.4",
    "M47.9": "M47.0-M47.8",
    "M51.9": "M51.0-M51.3",
    "I50.9": "I50.1-I50.4",
}
"""Unspecified codes whose title does not repeat that of their family (Tabular List), with the family."""
_OTHER_THINGS = {"M54.9": "M54.2, M54.81"}
"""What is of the same family but another complaint: "back pain NOS" is not neck pain or neuralgia of the head."""
_PAIRED = frozenset(("right", "left", "bilateral", "unilateral"))
_OPEN = re.compile(r"\bunspecified (\w+)", re.IGNORECASE)
_ON_A_SIDE = re.compile(r"\b(?:right|left) (\w+)", re.IGNORECASE)
_OTHER_EAR = re.compile(r",? with (un)?restricted hearing on the contralateral side")


def unspecified_with_specific(claim: Claim, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    """Find unspecified codes beside a more specific one of the same family.

    Parameters
    ----------
    claim
        The claim.
    apart
        Pairs that a stronger rule has spoken of.
    """
    for vague in claim.known:
        levels = _vague_levels(vague.base, claim.codeset)
        for other in (
            claim.known if levels or _is_sideless(vague, claim.codeset) or vague.base in _FAMILIES else ()
        ):
            if other is vague or vague.external or vague.phase != other.phase:
                continue
            if frozenset((vague.code, other.code)) not in apart and _says_more(claim, vague, other, levels):
                message = (
                    f"{claim.title(vague)} says less than {claim.title(other)}, which is of the same family. Keep the "
                    "specific code alone, unless the record tells of two conditions."
                )
                cite = f"{GUIDELINES}I.B.2 and I.B.18"
                yield finding("unspecified_with_specific", "warning", [vague, other], message, cite)
                break


Level = tuple[str, str]


@lru_cache(maxsize=4096)
def _vague_levels(base: str, codes: CodeSet) -> tuple[Level, ...]:
    """Return each entry of a lineage that only adds "unspecified" to the family above it, with that family."""
    lineage = (base, *codes.ancestors(base))
    return tuple(
        (entry, family)
        for entry, family in pairwise(lineage)
        if _is_category(family)
        and "unspecified" in _words(entry, codes)
        and _words(entry, codes) - _LIGHT - _left_open(entry, codes) <= _words(family, codes)
    )


def _left_open(code: str, codes: CodeSet) -> frozenset[str]:
    """Return what a title leaves open: "ligament" in "sprain of unspecified ligament"."""
    entry = codes.get(code)
    return frozenset(words_of(" ".join(_OPEN.findall(entry.title)))) if entry else frozenset()


def _is_category(place: str) -> bool:
    return len(place) >= 3 and "-" not in place


@lru_cache(maxsize=8192)
def _words(code: str, codes: CodeSet) -> frozenset[str]:
    entry = codes.get(code)
    return frozenset(words_of(entry.title)) if entry else frozenset()


def _says_more(claim: Claim, vague: Reported, other: Reported, levels: tuple[Level, ...]) -> bool:
    codes = claim.codeset
    mine, theirs = _words(vague.base, codes), _words(other.base, codes)
    if mine & _SIDES and theirs & _SIDES and mine & _SIDES != theirs & _SIDES:
        return False
    if other.among(claim.family(_OTHER_THINGS.get(vague.base, ""))):
        return False
    if vague.bare[:3] == other.bare[:3] and _is_sideless(vague, codes) and theirs & _SIDES:
        same = mine - _LIGHT == theirs - _LIGHT - _SIDES
    else:
        same = False
    if other.among(claim.family(_FAMILIES.get(vague.base, ""))):
        return True
    return same or any(_is_below(codes, level, mine - _LIGHT, other) for level in levels)


def _is_sideless(vague: Reported, codes: CodeSet) -> bool:
    words = _words(vague.base, codes)
    return "unspecified" in words and not words & _SIDES


def _is_below(codes: CodeSet, level: Level, said: frozenset[str], other: Reported) -> bool:
    """Whether ``other`` is of the family, not of the unspecified branch, and says all that the vague code says."""
    entry, family = level
    if family not in other.lineage or entry in other.lineage:
        return False
    below = other.lineage[: other.lineage.index(family)]
    known = frozenset[str]().union(*(_words(place, codes) for place in below))
    if _words(entry, codes) - _LIGHT == _words(family, codes) - _LIGHT:
        known |= _words(family, codes)
    return said <= known


def laterality(claim: Claim) -> Iterator[Finding]:
    """Find both sides of a condition, or a side and both, where one code says bilateral."""
    codes = claim.codeset
    for one, other in combinations(claim.known, 2):
        if one.bare[:3] != other.bare[:3] or one.seventh != other.seventh:
            continue
        mine, theirs = _side(one.base, codes), _side(other.base, codes)
        if (
            mine
            and theirs
            and mine != theirs
            and _conditions(one.base, codes) & _conditions(other.base, codes)
        ):
            both = _bilateral(
                one.bare[:3], _conditions(one.base, codes) | _conditions(other.base, codes), codes
            )
            if both:
                message = f"{one.code} and {other.code} are one condition of both sides: {both} says it."
                yield finding("laterality", "error", [one, other], message, f"{GUIDELINES}I.B.13")


def _side(base: str, codes: CodeSet) -> str:
    sides = _words(base, codes) & frozenset(("right", "left", "bilateral"))
    return next(iter(sides)) if len(sides) == 1 else ""


@lru_cache(maxsize=4096)
def _conditions(base: str, codes: CodeSet) -> frozenset[frozenset[str]]:
    """Return what a title says without its side, with and without the part of the body that is on the side.

    "Impacted cerumen, right ear" and "Impacted cerumen, bilateral" are the same condition.
    """
    entry = codes.get(base)
    title = _OTHER_EAR.sub("", entry.title) if entry else ""
    words = frozenset(words_of(title)) - _PAIRED
    return frozenset((words, words - frozenset(words_of(" ".join(_ON_A_SIDE.findall(title))))))


@lru_cache(maxsize=1024)
def _bilateral(category: str, conditions: frozenset[frozenset[str]], codes: CodeSet) -> str:
    waiting = [category]
    while waiting:
        entry = codes.get(waiting.pop())
        if entry is None:
            continue
        waiting.extend(entry.children)
        if (
            entry.leaf
            and _side(entry.code, codes) == "bilateral"
            and _conditions(entry.code, codes) & conditions
        ):
            return entry.code
    return ""
