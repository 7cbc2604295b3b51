"""Two codes where one code says both (Guidelines I.B.9), or where one of the two contradicts the other.

The table is made by hand, each row with its citation.  An *error* is a pair that one code always covers; a *warning* is
one that the classification presumes to be linked ("with", I.A.15), which the record may deny.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.scoring.edits.claim import GUIDELINES, TABULAR, Claim, Reported, finding
from grader.scoring.findings import Finding

_RULE = f"{GUIDELINES}I.B.9"
_WITH = f"{GUIDELINES}I.A.15 and I.B.9"
_HYPERTENSION = f"{GUIDELINES}I.C.9.a"
_EARLY, _LATE = "N18.1-N18.4, N18.9", "N18.5-N18.6"


@dataclass(frozen=True, slots=True)
class Combination:
    """Two codes and the one to report instead; silent where a code of ``unless`` is on the claim."""

    one: str
    other: str
    instead: str
    what: str
    cite: str
    severity: str = "warning"
    unless: str = ""


def _disc(families: str, roots: str, instead: str, note: str) -> Combination:
    return Combination(
        families, roots, instead, "a disc disorder with radiculopathy", f"{TABULAR}{note}; {_WITH}"
    )


COMBINATIONS = (
    *(
        Combination("M54.5", f"M54.3{side}", f"M54.4{side}", "low back pain with sciatica", f"{TABULAR}M54.4; {_RULE}", "error")
        for side in "012"
    ),
    *(
        Combination("M54.9", f"M54.3{side}", f"M54.4{side}", "low back pain with sciatica, if it is the low back that hurts",
                    f"{TABULAR}M54.4; {_RULE}", "advice")
        for side in "012"
    ),
    _disc("M51.24, M51.34, M51.84", "M54.14", "M51.14", "M51.1"),
    _disc("M51.25, M51.35, M51.85", "M54.15", "M51.15", "M51.1"),
    _disc("M51.26, M51.36, M51.86", "M54.16, M54.3, M54.4", "M51.16", "M51.1"),
    _disc("M51.27, M51.37, M51.87", "M54.17, M54.3, M54.4", "M51.17", "M51.1"),
    _disc("M51.9", "M54.14-M54.17", "a code such as M51.16", "M51.1"),
    _disc("M50.2, M50.3, M50.8, M50.9", "M54.11-M54.13", "a code of M50.1-", "M50.1"),
    *(
        Combination(f"M47.81{region}, M47.89{region}", f"M54.1{region}", f"M47.2{region}", "spondylosis with radiculopathy",
                    f"{TABULAR}M47.2; {_WITH}")
        for region in "12345678"
    ),
    Combination("M51.360", "M51.361", "M51.362", "disc degeneration with pain of back and leg", f"{TABULAR}M51.362; {_RULE}", "error"),
    Combination("M51.370", "M51.371", "M51.372", "disc degeneration with pain of back and leg", f"{TABULAR}M51.372; {_RULE}", "error"),
    *(
        Combination(f"{disc}{said}", pain, f"{disc}{instead}", f"disc degeneration with {what}", f"{TABULAR}{disc}{instead}; {_WITH}")
        for disc in ("M51.36", "M51.37")
        for said, pain, instead, what in (
            ("9", "M54.5, M54.9", "0", "back pain"),
            ("9", "M79.604-M79.606", "1", "pain of the leg"),
            ("0", "M79.604-M79.606", "2", "pain of back and leg"),
            ("1", "M54.5, M54.9", "2", "pain of back and leg"),
        )
    ),
    Combination("A41.02, J15.212", "B95.62", "the code with the organism alone", "it names the organism", f"{GUIDELINES}I.C.1.e.1.a"),
    Combination("A41.01, J15.211", "B95.61", "the code with the organism alone", "it names the organism", _RULE),
    Combination("A41.51, J15.5", "B96.2", "the code with the organism alone", "it names the organism", _RULE),
    Combination("N20", "N13.3", "N13.2", "a stone with hydronephrosis", f"{TABULAR}N13.2; {_RULE}", unless="N13.6"),
    Combination("I10", "N18", "a code of I12.-", "hypertension with chronic kidney disease", f"{_HYPERTENSION}.2", unless="I11-I13"),
    Combination("I10", "I50", "I11.0", "hypertension with heart failure", f"{_HYPERTENSION}.1", unless="I11-I13"),
    Combination("I10", "I11-I13", "the code with heart or kidney disease alone", "it includes the hypertension", _HYPERTENSION, "error"),
    Combination("I11", "N18", "a code of I13.-", "hypertension with disease of heart and kidney", f"{_HYPERTENSION}.3", unless="I12"),
    Combination("I12", "I50", "a code of I13.-", "hypertension with disease of heart and kidney", f"{_HYPERTENSION}.3", unless="I11"),
    Combination("I11", "I12", "a code of I13.-", "hypertension with disease of heart and kidney", f"{_HYPERTENSION}.3", "error"),
    Combination("I11.9", "I50", "I11.0", "hypertensive heart disease with heart failure", f"{_HYPERTENSION}.1"),
    Combination("I12.9", _LATE, "I12.0", "the kidney disease has reached stage 5", f"{TABULAR}I12.0; {_HYPERTENSION}.2", "error"),
    Combination("I12.0", _EARLY, "I12.9", "the kidney disease has not reached stage 5", f"{TABULAR}I12.9; {_HYPERTENSION}.2", "error"),
    Combination("I13.10, I13.11", "I50", "I13.0 or I13.2", "with heart failure", f"{TABULAR}I13; {_HYPERTENSION}.3"),
    Combination("I13.0, I13.10", _LATE, "I13.2 or I13.11", "the kidney disease has reached stage 5", f"{TABULAR}I13; {_HYPERTENSION}.3", "error"),
    Combination("I13.2, I13.11", _EARLY, "I13.0 or I13.10", "the kidney disease has not reached stage 5", f"{TABULAR}I13; {_HYPERTENSION}.3", "error"),
    *(
        Combination(f"{diabetes}.9", complication, f"{diabetes}.{digits}", f"diabetes with {what}", f"{TABULAR}{diabetes}.{digits}; {_WITH}")
        for diabetes in ("E08", "E09", "E10", "E11", "E13")
        for complication, digits, what in (
            ("N18", "22", "chronic kidney disease"), ("G62.9, G63", "42", "polyneuropathy"),
            ("L97.4-L97.5", "621", "a foot ulcer"), ("L97.1-L97.3, L97.8-L97.9, L98.4", "622", "a skin ulcer"),
        )
    ),
)  # fmt: skip


def combination(claim: Claim, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    """Find pairs for which one code stands; ``apart`` are pairs that a stronger rule has spoken of."""
    for row in COMBINATIONS:
        for one in claim.among(claim.family(row.one)):
            for other in claim.among(claim.family(row.other), but=one):
                if _stands(claim, row, one, other) and frozenset((one.code, other.code)) not in apart:
                    message = f"{one.code} with {other.code}: report {row.instead} instead ({row.what})."
                    if row.severity == "warning":
                        message += " Only a record that says they are unrelated changes that."
                    yield finding("combination", row.severity, [one, other], message, row.cite)


def _stands(claim: Claim, row: Combination, one: Reported, other: Reported) -> bool:
    """Whether nothing else on the claim explains the pair: a leg ulcer may be that of a varicose vein."""
    if row.unless and claim.among(claim.family(row.unless), but=one):
        return False
    if row.severity != "warning":
        return True
    family = claim.family(row.one)
    others = (each for each in claim.known if each is not other and not each.among(family))
    return not any(
        note.names(other.bare) for each in others for note in claim.instructions(each, "use_additional")
    )
