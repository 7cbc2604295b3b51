"""The two sides of one condition, where one code says bilateral (Guidelines I.B.13).

Read off the titles of the tabular list: the codes for right, left and both sides differ in those words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from grader.codeset.tabular import CodeSet
from grader.codeset.words import words_of
from grader.scoring.edits.claim import GUIDELINES, SIDES, Claim, finding, title_words
from grader.scoring.findings import Finding

_SIDE_OR_BOTH = SIDES | {"bilateral"}
_PAIRED = _SIDE_OR_BOTH | {"unilateral"}
_ON_A_SIDE = re.compile(r"\b(?:right|left) (\w+)", re.IGNORECASE)
_OTHER_EAR = re.compile(r",? with (un)?restricted hearing on the contralateral side")


def laterality(claim: Claim) -> Iterator[Finding]:
    """Find both sides of a condition, or a side and both, where one code says bilateral."""
    codes = claim.codeset
    for one, other in combinations(claim.known, 2):
        if one.bare[:3] != other.bare[:3] or one.seventh != other.seventh:
            continue
        mine, theirs = _side(one.base, codes), _side(other.base, codes)
        if not (mine and theirs) or mine == theirs:
            continue
        both = next(
            (
                b
                for b in _bilaterals(one.bare[:3], codes)
                if _fits(one.base, b, codes) and _fits(other.base, b, codes)
            ),
            "",
        )
        if both:
            rest = next((each for each in (one, other) if each.base != both), one)
            message = (
                f"{both} already covers both sides; leave {rest.code} out."
                if both in (one.base, other.base)
                else f"{one.code} and {other.code} are the two sides of one condition: report {both} instead."
            )
            yield finding("laterality", "error", [one, other], message, f"{GUIDELINES}I.B.13")


@lru_cache(maxsize=1024)
def _bilaterals(category: str, codes: CodeSet) -> tuple[str, ...]:
    """Return the codes of a category that say bilateral."""
    found: list[str] = []
    waiting = [category]
    while waiting:
        entry = codes.get(waiting.pop())
        if entry is not None:
            waiting.extend(entry.children)
            if entry.leaf and _side(entry.code, codes) == "bilateral":
                found.append(entry.code)
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def _side(base: str, codes: CodeSet) -> str:
    sides = title_words(base, codes) & _SIDE_OR_BOTH
    return next(iter(sides)) if len(sides) == 1 else ""


@lru_cache(maxsize=4096)
def _fits(base: str, bilateral: str, codes: CodeSet) -> bool:
    """Tell whether a code is one side of what a bilateral code says.

    The part of the body may stand with the side alone: "impacted cerumen, right ear" and "impacted cerumen, bilateral".
    """
    entry, both = codes.get(base), codes.get(bilateral)
    if entry is None or both is None:
        return False
    said = frozenset(words_of(_OTHER_EAR.sub("", both.title))) - _PAIRED
    title = _OTHER_EAR.sub("", entry.title)
    mine = frozenset(words_of(title)) - _PAIRED
    part = frozenset(words_of(" ".join(_ON_A_SIDE.findall(title)))) - said
    return mine - part == said
