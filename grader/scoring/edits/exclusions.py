"""Excludes1: codes that are not reported together (Guidelines I.A.12.a).  Excludes2 forbids nothing.

The notes bind every code below the place where they stand and hold in both directions.  What they say in words
alone, without a code, is in `worded`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset.notes import Instruction
from grader.scoring.edits.claim import TABULAR, Claim, Reported, finding
from grader.scoring.edits.worded import RULE, UNRELATED, in_words
from grader.scoring.findings import Finding

_SPINE = re.compile(
    r"(?P<neck>cervic|occipito|neck)|(?P<upper>thoracic)|(?P<lower>lumb|sacr|low back|sciatica)",
    re.IGNORECASE,
)
_BOTH = {"cervicothoracic": {"neck", "upper"}, "thoracolumbar": {"upper", "lower"}}


def excludes1(claim: Claim) -> Iterator[Finding]:
    """Find the pairs that an Excludes1 note keeps apart, each pair once."""
    seen: set[frozenset[str]] = set()
    for one in claim.known:
        for found in (*_by_code(claim, one), *in_words(claim, one)):
            pair = frozenset(found.subject)
            if pair not in seen:
                seen.add(pair)
                yield found


def _by_code(claim: Claim, one: Reported) -> Iterator[Finding]:
    for place in one.lineage:
        excluded = claim.notes.excluded(place)
        for beginning in sorted(claim.beginnings & excluded.keys()):
            for note in excluded[beginning]:
                for other in claim.named_by(note, but=one):
                    if not note.names(one.bare) and not _apart_in_time(one, other):
                        yield _pair(claim, one, other, note)


def _pair(claim: Claim, one: Reported, other: Reported, note: Instruction) -> Finding:
    cite = f"{TABULAR}Excludes1 at {note.place}; {RULE}"
    words = note.line_naming(other.bare)
    if _in_other_regions(claim, one, other):
        message = (
            f"The tabular list at {note.place} excludes “{words}”, but {one.code} and {other.code} are of different parts of "
            "the spine. Report both only if they have nothing to do with each other."
        )
        return finding("excludes1", "advice", [one, other], message, cite)
    message = (
        f"{one.code} and {other.code} are not reported together: the tabular list at {note.place} excludes “{words}”. "
        f"{UNRELATED}"
    )
    return finding("excludes1", "error", [one, other], message, cite)


def _apart_in_time(one: Reported, other: Reported) -> bool:
    """Whether one is the late effect of what the other would be: a sequela stands with the condition it left."""
    return (one.phase == "sequela") != (other.phase == "sequela")


def _in_other_regions(claim: Claim, one: Reported, other: Reported) -> bool:
    """Whether both are diseases of the spine, of parts that do not touch: the plain case of unrelated conditions."""
    if one.bare[0] != "M" or other.bare[0] != "M":
        return False
    mine, theirs = (_regions(claim.codeset.title(each.base)) for each in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _regions(title: str) -> set[str]:
    for word, regions in _BOTH.items():
        if word in title.lower():
            return regions
    return {match.lastgroup or "" for match in _SPINE.finditer(title)}
