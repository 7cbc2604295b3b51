"""Excludes1 notes that name a condition and no code, with the codes that they mean.

"Current injury – see injury of spine by body region" stands at M50–M54 and elsewhere and means chapter 19.  Whether it
is the same part of the body decides: an injury elsewhere is another condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.scoring.edits.claim import GUIDELINES, TABULAR, Claim, Reported, finding, title_words
from grader.scoring.findings import Finding

RULE = f"{GUIDELINES}I.A.12.a"
UNRELATED = (
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
        "S30.0, S32.0-S32.2, S33.0-S33.3, S33.5-S33.6, S33.8-S33.9, S34.0-S34.4, S39.002, S39.012, S39.022, S39.092, S39.82, "
        "S39.92",
    ),
)  # fmt: skip
"""What "injury of spine by body region" means, from the titles of chapter 19; conditions of no stated region
(M54.9, M54.10, M54.89 …) belong to all."""
SPINAL_PLACES = ("M50-M54", "M43.6", "M48.5")


@dataclass(frozen=True, slots=True)
class Worded:
    """A note without code: where it stands, what it means, and how sure the codes make it.

    ``same_part`` asks that both titles name one joint or limb; ``phase`` that the other code has that 7th character.
    """

    at: str
    but: str
    means: str
    says: str
    same_part: bool = False
    phase: str = ""
    severity: str = "error"


_JOINTS = "S03, S43, S53, S63, S73, S83, S93"
_FRACTURES = (
    "S02, S12, S22, S32, S42, S49.0-S49.1, S52, S59.0-S59.2, S62, S72, S79.0-S79.1, S82, S89.0-S89.3, S92, S99.0-S99.2, M80, "
    "M84.3-M84.6, M48.4-M48.5"
)
_SUBSEQUENT = "subsequent"
WORDED = (
    Worded("M24", "", _JOINTS, "current injury", same_part=True),
    Worded("M25.0", "", _JOINTS, "current injury", same_part=True),
    Worded("M12.5", "", _JOINTS, "current injury", same_part=True),
    Worded("M65", "", "S46, S56, S66, S76, S86, S96", "current injury", same_part=True),
    Worded("G56.0", "", "S44.1, S54.1, S64.1", "current traumatic nerve disorder"),
    Worded("G56.1", "", "S44.1, S54.1, S64.1", "current traumatic nerve disorder"),
    Worded("G56.2", "", "S44.0, S54.0, S64.0", "current traumatic nerve disorder"),
    Worded("G56.3", "", "S44.2, S54.2, S64.2", "current traumatic nerve disorder"),
    Worded("G57.0", "", "S74.0", "current traumatic nerve disorder"),
    Worded("G57.2", "", "S74.1", "current traumatic nerve disorder"),
    Worded("G57.3", "", "S84.1", "current traumatic nerve disorder"),
    Worded("G57.4", "", "S84.0", "current traumatic nerve disorder"),
    Worded("Z47", "Z47.1", _FRACTURES, "aftercare for healing fracture", phase=_SUBSEQUENT),
    Worded("Z47.1", "", _FRACTURES, "aftercare for healing fracture", phase=_SUBSEQUENT, severity="advice"),
    Worded("Z48", "", "S00-S99, T07, T14, T20-T34", "aftercare", phase=_SUBSEQUENT, severity="advice"),
    Worded("Z94.0", "", "T86.1", "complications of transplanted organ"),
    Worded("Z94.1", "", "T86.2", "complications of transplanted organ"),
    Worded("Z94.2", "", "T86.81", "complications of transplanted organ"),
    Worded("Z94.3", "", "T86.3", "complications of transplanted organ"),
    Worded("Z94.4", "", "T86.4", "complications of transplanted organ"),
    Worded("Z94.81", "", "T86.0", "complications of transplanted organ"),
    Worded("Z94.82", "", "T86.85", "complications of transplanted organ"),
    Worded("Z94.84", "", "T86.5", "complications of transplanted organ"),
)
"""Notes of words with their codes, from the titles of the tabular list.  Aftercare of an injury is its own code with the
7th character D (Guidelines I.C.21.c.7)."""
_PARTS = frozenset(
    ("shoulder", "elbow", "wrist", "hand", "finger", "hip", "knee", "ankle", "foot", "toe", "thumb", "jaw")
)


def in_words(claim: Claim, one: Reported) -> Iterator[Finding]:
    """Find what the notes of words above one code keep apart from it."""
    at = next((place for place in SPINAL_PLACES if place in one.lineage), "")
    if at:
        yield from _current_injury(claim, one, at)
    for row in WORDED:
        if row.at in one.lineage and row.but not in one.lineage:
            for other in claim.among(claim.family(row.means), but=one):
                if _means(claim, row, one, other):
                    yield _pair(claim, one, other, row)


def _means(claim: Claim, row: Worded, one: Reported, other: Reported) -> bool:
    if (other.phase != row.phase) if row.phase else (other.phase == "sequela"):
        return False
    mine, theirs = claim.sides(one), claim.sides(other)
    if mine and theirs and mine.isdisjoint(theirs):
        return False
    codes = claim.codeset
    return not row.same_part or bool(title_words(one.base, codes) & title_words(other.base, codes) & _PARTS)


def _pair(claim: Claim, one: Reported, other: Reported, row: Worded) -> Finding:
    place, words = _note(claim, one, row.says)
    message = (
        f"{one.code} and {other.code} are not reported together: the tabular list at {place} excludes “{words}”. {UNRELATED}"
        if row.severity == "error"
        else f"The tabular list at {place} excludes “{words}”. Report {one.code} with {other.code} only if it is for "
        "something else."
    )
    return finding("excludes1", row.severity, [one, other], message, f"{TABULAR}Excludes1 at {place}; {RULE}")


def _note(claim: Claim, one: Reported, says: str) -> tuple[str, str]:
    """Return where the note stands and its words as the tabular list has them."""
    for place in one.lineage:
        for note in claim.notes.at(place, "excludes1"):
            if says in note.text and not note.named:
                return place, note.text
    return one.base, says


def _current_injury(claim: Claim, one: Reported, at: str) -> Iterator[Finding]:
    mine = [region for region in REGIONS if one.among(claim.family(region.conditions))]
    cite = f"{TABULAR}Excludes1 at {at}; {RULE}"
    for region in REGIONS:
        for other in claim.among(claim.family(region.injuries), but=one):
            if other.phase == "sequela":
                continue
            if region in mine or not mine:
                message = (
                    f"{one.code} is not reported with {other.code}, a current injury of the {region.name}: the tabular list "
                    f"at {at} sends current injuries of the spine to chapter 19. {UNRELATED}"
                )
                yield finding("excludes1", "error", [one, other], message, f"{cite} and I.C.13.b")
            else:
                message = (
                    f"{other.code} is an injury of the {region.name}, and {one.code} is of another region. Report both only "
                    f"if the pain does not come from the injury (note at {at})."
                )
                yield finding("excludes1", "advice", [one, other], message, cite)
