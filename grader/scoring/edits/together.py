"""What one diagnosis already says: symptoms that belong to it, and two codes where one combination code says both.

The tabular list is silent on most of these pairs, so the tables are made by hand, each row with its citation.  Where
an Excludes1 note keeps a pair apart, `exclusions` has spoken already and these rules are silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.scoring.edits.claim import GUIDELINES, TABULAR, Claim, Reported, finding
from grader.scoring.findings import Finding

_SYMPTOM_RULE = f"{GUIDELINES}I.B.5"
_COMBINATION_RULE = f"{GUIDELINES}I.B.9"

_NECK, _UPPER, _LOWER = "M54.2", "M54.6", "M54.5"
_ANY_BACK = "M54.5, M54.6, M54.89, M54.9, R52"


@dataclass(frozen=True, slots=True)
class Integral:
    """Symptoms that are part of a diagnosis, both as lists of families."""

    symptoms: str
    diagnoses: str
    why: str
    cite: str = _SYMPTOM_RULE


def _spinal(name: str, family: str, cite: str = _SYMPTOM_RULE) -> tuple[Integral, ...]:
    """Rows for a disease of the spine whose fifth character tells the region: pain of the same region is part of it."""
    regions = ((_NECK, "123"), (_UPPER, "45"), (_LOWER, "5678"), ("M54.9, M54.89, R52", "0123456789"))
    return tuple(
        Integral(pain, ", ".join(f"{family}{digit}" for digit in digits), f"pain is part of {name}", cite)
        for pain, digits in regions
    )


INTEGRAL = (
    Integral("M54.9, M54.89, M54.5, R52", "M51.362, M51.372, M51.360, M51.370", "the disc code says that the back hurts",
             f"{TABULAR}M51.36 and M51.37; Official Guidelines, Section I.B.5"),
    Integral("M79.604, M79.605, M79.606, M79.661, M79.662", "M51.361, M51.362, M51.371, M51.372",
             "the disc code says that the leg hurts", f"{TABULAR}M51.36 and M51.37; Official Guidelines, Section I.B.5"),
    Integral("M54.9, M54.89, R52", "M51.04-M51.06, M51.14-M51.17, M51.24-M51.27, M51.A", "pain is part of the disc disorder"),
    Integral(_UPPER, "M47.24, M47.25", "pain is part of spondylosis"),
    Integral(_LOWER, "M51.06, M51.15-M51.17", "pain is part of the disc disorder"),
    Integral("M54.9, M54.89, R52", "M50.0-M50.3", "pain is part of the disc disorder"),
    *_spinal("spondylosis", "M47.81"),
    *_spinal("spondylosis", "M47.89"),
    *_spinal("spondylosis", "M47.2"),
    *_spinal("spondylolisthesis", "M43.1"),
    *_spinal("spinal stenosis", "M48.0"),
    *_spinal("ankylosing spondylitis", "M45."),
    *_spinal("osteomyelitis of vertebra", "M46.2"),
    *_spinal("discitis", "M46.3"),
    *_spinal("discitis", "M46.4"),
    *_spinal("a collapsed vertebra", "M48.5"),
    *_spinal("a fatigue fracture of vertebra", "M48.4"),
    Integral("M54.5, M54.9, M54.89, R52", "M46.1, M96.1", "pain is part of the diagnosis"),
    Integral("M54.2, M54.5, M54.6, M54.9, M54.89, R52", "M80.08, M80.88, M84.48, M84.58, M84.68", "pain is part of a fracture of vertebra"),
    Integral("M54.5, M54.6, M54.9, M54.89", "M62.830", "pain is part of the spasm"),
    Integral("M54.2", "M54.11-M54.13", "neck pain is part of the cervical radiculopathy"),
    Integral("M79.604-M79.606", "M54.3, M54.4", "leg pain is part of sciatica"),
    Integral("M54.5, M54.6, M54.9, M54.89, R52, M79.1", "M79.7", "widespread pain is what fibromyalgia means"),
    Integral("R50.9", "M46.2-M46.4, N10, J12-J18, A40-A41, N39.0, K35, L03, A49", "fever is part of the infection"),
    Integral("M54.5, M54.9, R10.A, N23", "N20, N13.2, N13.6, N10", "the pain is part of the disease of the kidney or ureter"),
    Integral("M54.5, M54.6, M54.9", "I71", "the pain is part of the aneurysm"),
    Integral("M54.5, M54.6, M54.9, R10.1", "K85", "the pain is part of pancreatitis"),
    Integral("M54.2, M54.5, M54.6, M54.9, R21", "B02", "pain and rash are part of shingles"),
    Integral("R52", "M16-M19, S00-S99, M80, M84.3-M84.6", "pain is part of the diagnosis"),
    Integral("M25.55", "M16, S72.0-S72.2", "hip pain is part of the diagnosis"),
    Integral("M25.56", "M17", "knee pain is part of osteoarthritis of the knee"),
    Integral("M25.51", "M19.01, M19.11, M19.21, M75.0-M75.4", "shoulder pain is part of the diagnosis"),
    Integral("R05", "J12-J18, J20-J22, J10-J11", "cough is part of the diagnosis"),
    Integral("R06.0", "J12-J18, J44, J45.901, I50, J96.0", "short breath is part of the diagnosis"),
    Integral("R07", "I21, I20", "chest pain is part of the diagnosis"),
    Integral("R30.0, R35.0", "N30, N39.0", "the complaint is part of the infection of the bladder or urinary tract"),
    Integral("R10.3, R10.81, R10.9", "K35, K57.2-K57.9", "the pain is part of the diagnosis"),
    Integral("R11", "A08-A09, K52", "nausea and vomiting are part of the diagnosis"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Combination:
    """Two codes that one combination code says together, in the same region or side where that shows."""

    one: str
    other: str
    instead: str
    what: str
    cite: str
    severity: str = "error"


_DISC = f"{TABULAR}M51.1; {_COMBINATION_RULE}"
_WITH = "; Official Guidelines, Section I.A.15"

COMBINATIONS = (
    Combination("M54.5", "M54.3", "M54.40 to M54.42", "low back pain with sciatica",
                f"{TABULAR}M54.4; {_COMBINATION_RULE}"),
    Combination("M51.24, M51.34, M51.84, M51.9", "M54.14", "M51.14", "a disc disorder with radiculopathy", _DISC),
    Combination("M51.25, M51.35, M51.85, M51.9", "M54.15", "M51.15", "a disc disorder with radiculopathy", _DISC),
    Combination("M51.26, M51.36, M51.86, M51.9", "M54.16, M54.3, M54.4", "M51.16", "a disc disorder with radiculopathy", _DISC),
    Combination("M51.27, M51.37, M51.87, M51.9", "M54.17, M54.3, M54.4", "M51.17", "a disc disorder with radiculopathy", _DISC),
    Combination("M50.2, M50.3, M50.8, M50.9", "M54.11-M54.13", "M50.11 to M50.13", "a cervical disc disorder with radiculopathy",
                f"{TABULAR}M50.1; {_COMBINATION_RULE}"),
    *(
        Combination(f"M47.81{region}, M47.89{region}", f"M54.1{region}", f"M47.2{region}", "spondylosis with radiculopathy",
                    f"{TABULAR}M47.2; {_COMBINATION_RULE}")
        for region in "12345678"
    ),
    Combination("M51.360", "M51.361", "M51.362", "disc degeneration with pain of back and leg", f"{TABULAR}M51.362; {_COMBINATION_RULE}"),
    Combination("M51.370", "M51.371", "M51.372", "disc degeneration with pain of back and leg", f"{TABULAR}M51.372; {_COMBINATION_RULE}"),
    Combination("N20", "N13.3", "N13.2", "a stone with hydronephrosis", f"{TABULAR}N13.2; {_COMBINATION_RULE}"),
    Combination("I10", "N18", "I12.-", "hypertension with chronic kidney disease", f"{GUIDELINES}I.C.9.a.2", "warning"),
    Combination("I10", "I50", "I11.0", "hypertension with heart failure", f"{GUIDELINES}I.C.9.a.1", "warning"),
    Combination("I11", "N18", "I13.-", "hypertension with disease of heart and kidney", f"{GUIDELINES}I.C.9.a.3", "warning"),
    Combination("I12", "I50", "I13.-", "hypertension with disease of heart and kidney", f"{GUIDELINES}I.C.9.a.3", "warning"),
    *(
        Combination(f"{diabetes}.9", complication, f"{diabetes}.{digits}", f"diabetes with {what}", f"{TABULAR}{diabetes}.{digits}{_WITH}", "warning")
        for diabetes in ("E08", "E09", "E10", "E11", "E13")
        for complication, digits, what in (
            ("N18", "22", "chronic kidney disease"), ("G62.9, G63", "42", "polyneuropathy"), ("L97", "621", "ulcer of the foot or skin"),
        )
    ),
)  # fmt: skip
"""Pairs for one combination code.  "With" in the index presumes the link, so those are warnings: the record may say otherwise."""


def symptom_with_diagnosis(claim: Claim, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    """Find symptoms beside the diagnosis that they are part of.

    Parameters
    ----------
    claim
        The claim.
    apart
        Pairs that a stronger rule has spoken of.
    """
    said = {code for pair in apart for code in pair}  # once is enough for one symptom
    for row in INTEGRAL:
        for symptom in claim.among(claim.family(row.symptoms)):
            for diagnosis in claim.among(claim.family(row.diagnoses), but=symptom):
                if (
                    symptom.code in said
                    or _is_sequela(symptom, diagnosis)
                    or not _one_side(claim, symptom, diagnosis)
                ):
                    continue
                said.add(symptom.code)
                message = (
                    f"{symptom.code} beside {diagnosis.code}: {row.why}, so the symptom is not coded as well, unless the "
                    "record says that it comes from something else."
                )
                yield finding("symptom_with_diagnosis", "warning", [symptom, diagnosis], message, row.cite)
    yield from _pain_with_cause(claim)


def _is_sequela(one: Reported, other: Reported) -> bool:
    return "sequela" in (one.phase, other.phase)  # the pain that an old injury left is coded before it


def _one_side(claim: Claim, one: Reported, other: Reported) -> bool:
    """Whether nothing tells that the two are of different sides."""
    sides = [
        {side for side in ("right", "left") if side in claim.codeset.title(code.base).lower().split()}
        for code in (one, other)
    ]
    return not (sides[0] and sides[1] and sides[0].isdisjoint(sides[1]))


_CHRONIC_PAIN = "G89.11, G89.21, G89.29"
_CAUSES = "M43.0-M43.2, M45-M48, M50-M51, M80, M84.4-M84.6, S12, S22, S32, M16-M19"


def _pain_with_cause(claim: Claim) -> Iterator[Finding]:
    for pain in claim.among(claim.family(_CHRONIC_PAIN)):
        for cause in claim.among(claim.family(_CAUSES))[:1]:
            message = (
                f"{pain.code} beside {cause.code}: where the cause is known, G89 is reported only if the encounter is for "
                "pain control."
            )
            yield finding(
                "symptom_with_diagnosis", "advice", [pain, cause], message, f"{GUIDELINES}I.C.6.b.1"
            )


def combination(claim: Claim, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    """Find two codes for which one combination code stands; ``apart`` as in `symptom_with_diagnosis`."""
    for row in COMBINATIONS:
        for one in claim.among(claim.family(row.one)):
            for other in claim.among(claim.family(row.other), but=one):
                if frozenset((one.code, other.code)) not in apart:
                    message = f"{one.code} with {other.code}: one code says both, {row.instead} ({row.what})."
                    if row.severity == "warning":
                        message += " Only a record that says they are unrelated changes that."
                    yield finding("combination", row.severity, [one, other], message, row.cite)
