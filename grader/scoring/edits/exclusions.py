"""Excludes1: codes that are not reported together (Guidelines I.A.12.a).  Excludes2 forbids nothing.

The notes bind every code below the place where they stand and hold in both directions.  Notes that send a
*condition* elsewhere without naming a code ("current injury – see injury of spine by body region") are in a table
here, with the codes that they mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.codeset.words import words_of
from grader.scoring.edits.claim import GUIDELINES, TABULAR, Claim, Reported, finding
from grader.scoring.findings import Finding

_RULE = "Official Guidelines, Section I.A.12.a"
_SIDES = frozenset(("right", "left"))
_UNRELATED = (
    "Only conditions that have nothing to do with each other are an exception; if in doubt, ask the provider."
)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the spine: the pain and disease codes of it, and the injuries of it."""

    name: str
    conditions: str
    injuries: str


REGIONS = (
    Region(
        "neck",
        "M50, M54.2, M54.11-M54.13, M53.0-M53.1, M54.81, M43.6, M48.51-M48.53, M43.11-M43.13",
        "S12, S13, S14.0-S14.3, S16, S10.83, S10.93, S17",
    ),
    Region(
        "upper back",
        "M51.04-M51.05, M51.14-M51.15, M51.24-M51.25, M51.34-M51.35, M51.44-M51.45, M51.84-M51.85, M54.14-M54.15, "
        "M54.6, M48.54-M48.55, M43.14-M43.15",
        "S20.22, S22.0, S23.0-S23.1, S23.3, S24.0-S24.2, S29.002, S29.012, S29.022, S29.092",
    ),
    Region(
        "lower back",
        "M51.06, M51.16-M51.17, M51.26-M51.27, M51.36-M51.37, M51.46-M51.47, M51.86-M51.87, M51.A, M53.2X6-M53.2X8, "
        "M53.3, M54.15-M54.18, M54.3-M54.5, M48.55-M48.58, M43.15-M43.18",
        "S30.0, S32.0-S32.2, S33.0-S33.3, S33.5-S33.6, S33.8-S33.9, S34.0-S34.4, S39.002, S39.012, S39.022, S39.092, S39.82, S39.92",
    ),
)  # fmt: skip
"""What "injury of spine by body region" means, from the tabular list's chapter 19; conditions of no stated region
(M54.9, M54.10, M54.89 …) belong to all."""

_SPINAL_INJURY = "current injury"
_SPINAL_PLACES = ("M50-M54", "M43.6", "M48.5")
_AFTERCARE = {
    "Z47": "S02, S12, S22, S32, S42, S49.0-S49.1, S52, S59.0-S59.2, S62, S72, S79.0-S79.1, S82, S89.0-S89.3, S92, "
    "S99.0-S99.2, M80, M84.3-M84.6, M48.4-M48.5",
    "Z48": "S00-S99, T07, T14, T20-T34",
}
"""Aftercare codes whose notes send a healing fracture or injury to its own code with the 7th character of aftercare
(Tabular List, Excludes1 at Z47 and Z48; Guidelines I.C.21.c.7)."""
_LIMBS = {
    "M24": "S03, S43, S53, S63, S73, S83, S93",
    "M25.0": "S03, S43, S53, S63, S73, S83, S93",
    "M12.5": "S03, S43, S53, S63, S73, S83, S93",
    "M65": "S46, S56, S66, S76, S86, S96",
    "G56": "S14.3, S44, S54, S64",
    "G57": "S34.4, S74, S84, S94",
}
"""Diseases of a joint, tendon or nerve whose notes send a current injury of the same part to chapter 19
(Tabular List, Excludes1 at each)."""
_PARTS = frozenset(
    ("shoulder", "elbow", "wrist", "hand", "finger", "hip", "knee", "ankle", "foot", "toe", "thumb", "jaw")
)


def excludes1(claim: Claim) -> Iterator[Finding]:
    """Find the pairs that an Excludes1 note keeps apart, each pair once."""
    seen: set[frozenset[str]] = set()
    for one in claim.known:
        for found in (*_by_code(claim, one), *_by_words(claim, one)):
            pair = frozenset(found.subject)
            if pair not in seen:
                seen.add(pair)
                yield found


def _by_code(claim: Claim, one: Reported) -> Iterator[Finding]:
    for place in one.lineage:
        excluded = claim.notes.excluded(place)
        for beginning in claim.beginnings & excluded.keys():
            for note in excluded[beginning]:
                for other in claim.named_by(note, but=one):
                    if not note.names(one.bare) and not _apart_in_time(one, other):
                        line = note.line_naming(other.bare)
                        yield _pair(one, other, note.at, line)


def _pair(one: Reported, other: Reported, at: str, words: str) -> Finding:
    message = (
        f"{one.code} and {other.code} are not reported together: the tabular list at {at} excludes “{words}”. "
        f"{_UNRELATED}"
    )
    return finding("excludes1", "error", [one, other], message, f"{TABULAR}Excludes1 at {at}; {_RULE}")


def _apart_in_time(one: Reported, other: Reported) -> bool:
    """Whether one is the late effect of what the other would be: a sequela stands with the condition it left."""
    return (one.phase == "sequela") != (other.phase == "sequela")


def _by_words(claim: Claim, one: Reported) -> Iterator[Finding]:
    at = next((place for place in _SPINAL_PLACES if place in one.lineage), "")
    if at:
        yield from _current_injury(claim, one, at)
    for category, injuries in _LIMBS.items():
        if category in one.lineage:
            for other in claim.among(claim.family(injuries), but=one):
                if other.phase != "sequela" and _of_one_part(claim, one, other):
                    yield _pair(one, other, category, "current injury: see the injury by body region")
    for category, injuries in _AFTERCARE.items():
        if category in one.lineage:
            for other in claim.among(claim.family(injuries), but=one):
                if other.phase == "subsequent":
                    words = (
                        "aftercare for an injury: code the injury with the 7th character for subsequent care"
                    )
                    yield _pair(one, other, category, words)


def _of_one_part(claim: Claim, one: Reported, other: Reported) -> bool:
    """Whether both are of one side and, for a joint or tendon, of one part of the body."""
    mine, theirs = (frozenset(words_of(claim.codeset.title(each.base))) for each in (one, other))
    sides = (mine & _SIDES, theirs & _SIDES)
    if sides[0] and sides[1] and sides[0] != sides[1]:
        return False
    return one.bare[0] == "G" or bool(mine & theirs & _PARTS)


def _current_injury(claim: Claim, one: Reported, at: str) -> Iterator[Finding]:
    mine = [region for region in REGIONS if one.among(claim.family(region.conditions))]
    for region in mine or REGIONS:
        for other in claim.among(claim.family(region.injuries), but=one):
            if other.phase != "sequela":
                message = (
                    f"{one.code} is not reported with {other.code}, a current injury of the {region.name}: the tabular list "
                    f"at {at} sends current injuries of the spine to chapter 19. {_UNRELATED}"
                )
                cite = f"{TABULAR}Excludes1 at {at}; {_RULE}; {GUIDELINES}I.C.13.b"
                yield finding("excludes1", "error", [one, other], message, cite)
    for region in REGIONS if mine else ():
        for other in claim.among(claim.family(region.injuries), but=one) if region not in mine else ():
            if other.phase != "sequela":
                message = (
                    f"{other.code} is an injury of the {region.name}, and {one.code} is of another region. Report both only "
                    f"if the pain does not come from the injury (note at {at})."
                )
                yield finding(
                    "excludes1", "advice", [one, other], message, f"{TABULAR}Excludes1 at {at}; {_RULE}"
                )
