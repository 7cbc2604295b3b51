"""An unspecified code beside a more specific one of the same family (Guidelines I.B.2, I.B.18).

Read off the titles of the tabular list: an unspecified code repeats the title of the family above it and adds
"unspecified".  A few families whose titles do not repeat are in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from grader.codeset.tabular import CodeSet
from grader.codeset.words import words_of
from grader.scoring.edits.claim import GUIDELINES, SIDES, Claim, Reported, finding, title_words
from grader.scoring.findings import Finding

_LIGHT = frozenset(
    (
        "unspecified", "site", "side", "type", "region", "elsewhere", "classified", "not", "organism", "without",
        "uncomplicated", "complication",
    )
)  # fmt: skip
_RESIDUAL = frozenset(("other",))
_FAMILIES = {
    "E08.9": "E08.0-E08.8", "E09.9": "E09.0-E09.8", "E10.9": "E10.1-E10.8", "E11.9": "E11.0-E11.8", "E13.9": "E13.0-E13.8",
    "E78.5": "E78.0-E78.3, E78.49",
    "I50.9": "I50.1-I50.4",
    "M47.9": "M47.0-M47.8",
    "M51.9": "M51.0-M51.3",
    "R10.9": "R10.0-R10.3",
}  # fmt: skip
"""Codes that say the least of their family without repeating its title (Tabular List), with the rest of it."""
_OTHER_THINGS = {"M54.9": "M54.1-M54.3, M54.81", "R40.20": "R40.2"}
"""What is of the same family but says something else: neck pain, radiculopathy and sciatica are no kinds of "back pain
NOS", and a coma scale goes with a coma."""
_OPEN = re.compile(r"\bunspecified (\w+)", re.IGNORECASE)
_JOINT_TITLE = re.compile(r"^other and unspecified ", re.IGNORECASE)

Level = tuple[str, str]


def unspecified_with_specific(claim: Claim, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    """Find unspecified codes beside a more specific one; ``apart`` are pairs that a stronger rule has spoken of."""
    for vague in claim.known:
        if vague.external or not _is_vague(vague.base, claim.codeset):
            continue
        fuller = [
            other
            for other in claim.known
            if other is not vague
            and vague.phase == other.phase
            and frozenset((vague.code, other.code)) not in apart
            and _says_more(claim, vague, other)
        ]
        if fuller:
            other = min(fuller, key=lambda one: one.code)  # whatever the order of the claim
            message = (
                f"{claim.title(vague)} says less than {claim.title(other)}, which is of the same family. Keep the "
                "specific code alone, unless the record tells of two conditions."
            )
            cite = f"{GUIDELINES}I.B.2 and I.B.18"
            yield finding("unspecified_with_specific", "warning", [vague, other], message, cite)


def _is_vague(base: str, codes: CodeSet) -> bool:
    return base in _FAMILIES or "unspecified" in title_words(base, codes)


def _says_more(claim: Claim, vague: Reported, other: Reported) -> bool:
    """Whether ``other`` says all that ``vague`` says, and more, about the same side."""
    codes = claim.codeset
    mine, theirs = title_words(vague.base, codes), title_words(other.base, codes)
    if mine & SIDES and theirs & SIDES and mine & SIDES != theirs & SIDES:
        return False
    if other.among(claim.family(_OTHER_THINGS.get(vague.base, ""))):
        return False
    if other.among(claim.family(_FAMILIES.get(vague.base, ""))):
        return True
    if _is_the_side_of(vague, other, mine, theirs):
        return True
    return any(_is_below(codes, level, vague, other) for level in _vague_levels(vague.base, codes))


def _is_the_side_of(vague: Reported, other: Reported, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether they differ in nothing but that one leaves the side open."""
    if vague.bare[:3] != other.bare[:3] or mine & SIDES or not theirs & SIDES:
        return False
    return mine - _LIGHT == theirs - _LIGHT - SIDES


@lru_cache(maxsize=4096)
def _vague_levels(base: str, codes: CodeSet) -> tuple[Level, ...]:
    """Return each entry of a lineage that only adds "unspecified" to the family above it, with that family."""
    lineage = (base, *codes.ancestors(base))
    return tuple(
        (entry, family)
        for entry, family in pairwise(lineage)
        if _is_category(family) and _only_adds_unspecified(entry, family, codes)
    )


def _only_adds_unspecified(entry: str, family: str, codes: CodeSet) -> bool:
    mine, theirs = codes.get(entry), codes.get(family)
    if mine is None or theirs is None:
        return False
    # "Other and unspecified X" is the unspecified branch of X, and itself the family of "X, unspecified".
    joint = _JOINT_TITLE.match(mine.title) is not None
    left_open = mine.title.lower().count("unspecified")
    if left_open <= _JOINT_TITLE.sub("", theirs.title).lower().count("unspecified"):
        return False
    said = (
        title_words(entry, codes) - _LIGHT - _left_open(entry, codes) - (_RESIDUAL if joint else frozenset())
    )
    return said <= title_words(family, codes)


def _left_open(code: str, codes: CodeSet) -> frozenset[str]:
    """Return what a title leaves open: "ligament" in "sprain of unspecified ligament"."""
    entry = codes.get(code)
    return frozenset(words_of(" ".join(_OPEN.findall(entry.title)))) if entry else frozenset()


def _is_category(place: str) -> bool:
    return len(place) >= 3 and "-" not in place


def _is_below(codes: CodeSet, level: Level, vague: Reported, other: Reported) -> bool:
    """Whether ``other`` is of the family, not of its unspecified branch, and says all that the vague code says."""
    entry, family = level
    if family not in other.lineage or entry in other.lineage:
        return False
    said = title_words(vague.base, codes) - _LIGHT
    known = frozenset[str]().union(
        *(title_words(place, codes) for place in other.lineage[: other.lineage.index(family)])
    )
    if said == title_words(family, codes) - _LIGHT - _RESIDUAL:
        known |= said
    return said <= known
