"""Symptoms beside the diagnosis that they are a usual part of (Guidelines I.B.5).

The tabular list is silent on most of these pairs, so the table is made by hand, each row with its citation.  Where an
Excludes1 note keeps a pair apart, `exclusions` has spoken already and this rule is silent.  A row is *advice* where
the symptom often has another cause than the diagnosis beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.scoring.edits.claim import GUIDELINES, TABULAR, Claim, Reported, finding
from grader.scoring.findings import Finding

_RULE = f"{GUIDELINES}I.B.5"
_DISC_PAIN = f"{TABULAR}M51.36 and M51.37; {_RULE}"
_BACK = "M54.5, M54.6, M54.9, M54.89"
_SOMEWHERE = "M54.9, M54.89, R52"


@dataclass(frozen=True, slots=True)
class Integral:
    """Symptoms that are part of a diagnosis, both as lists of families, and what the sentence says of it."""

    symptoms: str
    diagnoses: str
    why: str
    cite: str = _RULE
    severity: str = "warning"


def _spinal(name: str, family: str) -> tuple[Integral, ...]:
    """Rows for a disease of the spine whose last character tells the region: pain of the same region is part of it."""
    regions = (("M54.2", "123"), ("M54.6", "45"), ("M54.5", "5678"), (_SOMEWHERE, "12345678"))
    return tuple(
        Integral(pain, ", ".join(f"{family}{digit}" for digit in digits), f"pain is part of {name}")
        for pain, digits in regions
    )


INTEGRAL = (
    Integral("M54.9, M54.89, M54.5, R52", "M51.360, M51.362, M51.370, M51.372", "the disc code says that the back hurts", _DISC_PAIN),
    Integral("M79.604-M79.606, M79.66", "M51.361, M51.362, M51.371, M51.372", "the disc code says that the leg hurts", _DISC_PAIN),
    Integral(_SOMEWHERE, "M50.0-M50.3, M51.0-M51.2, M51.A", "pain is part of the disc disorder"),
    Integral("M54.5", "M51.06, M51.15-M51.17", "pain is part of the disc disorder"),
    *_spinal("spondylosis", "M47.81"),
    *_spinal("spondylosis", "M47.89"),
    *_spinal("spondylosis", "M47.2"),
    *_spinal("spondylolisthesis", "M43.1"),
    *_spinal("spinal stenosis", "M48.0"),
    *_spinal("ankylosing spondylitis", "M45."),
    *_spinal("osteomyelitis of the spine", "M46.2"),
    *_spinal("infection of the disc", "M46.3"),
    *_spinal("discitis", "M46.4"),
    *_spinal("a collapsed vertebra", "M48.5"),
    *_spinal("a fatigue fracture of a vertebra", "M48.4"),
    Integral("M54.5, M54.9, M54.89, R52", "M46.1", "pain is part of sacroiliitis"),
    Integral("M54.5, M54.9, M54.89, R52", "M96.1", "pain is what postlaminectomy syndrome means"),
    Integral(f"{_BACK}, R52", "M80.08, M80.88, M84.48, M84.58, M84.68", "pain is part of a fracture of a vertebra"),
    Integral("M79.604-M79.606", "M54.3, M54.4", "leg pain is part of sciatica"),
    Integral("M79.604-M79.606", "M54.15-M54.17", "leg pain may be part of the radiculopathy", severity="advice"),
    Integral("M54.2", "M54.11-M54.13", "neck pain may be part of the cervical radiculopathy", severity="advice"),
    Integral(_BACK, "M62.830", "the pain may be that of the spasm", severity="advice"),
    Integral(f"{_BACK}, R52, M79.1", "M79.7", "the pain may be that of fibromyalgia", severity="advice"),
    Integral(_BACK, "N20, N13.2, N13.6, N10", "the pain may be that of the kidney or ureter", severity="advice"),
    Integral(_BACK, "I71", "the pain may be that of the aneurysm", severity="advice"),
    Integral(f"{_BACK}, R10.1", "K85", "the pain may be that of pancreatitis", severity="advice"),
    Integral(f"M54.2, {_BACK}", "B02", "the pain may be that of shingles", severity="advice"),
    Integral("N23, R10.A", "N20, N13.2", "colic and flank pain are how a stone hurts"),
    Integral("R21", "B02", "the rash is part of shingles"),
    Integral("R50.9", "M46.2-M46.4, N10, J12-J18, A40-A41", "fever is part of the infection"),
    Integral("R52", "M16-M19", "pain is part of osteoarthritis"),
    Integral("R52", "S00-S99", "pain is part of the injury"),
    Integral("R52", "M80, M84.3-M84.6", "pain is part of the fracture"),
    Integral("M25.55", "M16", "hip pain is part of osteoarthritis of the hip"),
    Integral("M25.55", "S72.0-S72.2", "hip pain is part of the fracture"),
    Integral("M25.56", "M17", "knee pain is part of osteoarthritis of the knee"),
    Integral("M25.51", "M19.01, M19.11, M19.21, M75.0-M75.4", "shoulder pain is part of the disease of the shoulder"),
    Integral("R05.1-R05.3, R05.8-R05.9", "J10-J11, J12-J18, J20-J22", "cough is part of the infection"),
    Integral("R06.0", "J12-J18, J44, J45.901, I50, J96.0", "shortness of breath is part of the diagnosis"),
    Integral("R07.2, R07.8-R07.9", "I20-I21", "chest pain is part of the heart disease"),
    Integral("R30.0, R35.0", "N30, N39.0", "the complaint is part of the infection of the urinary tract"),
    Integral("R10.3, R10.81, R10.9", "K35", "the pain is part of appendicitis"),
    Integral("R10.3, R10.81, R10.9", "K57.02-K57.03, K57.12-K57.13, K57.20-K57.21, K57.32-K57.33, K57.52-K57.53, K57.92-K57.93",
             "the pain is part of diverticulitis"),
    Integral("R11", "A08-A09, K52", "nausea and vomiting are part of the diagnosis"),
)  # fmt: skip


def symptom_with_diagnosis(claim: Claim, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    """Find symptoms beside their diagnosis; ``apart`` are pairs that a stronger rule has spoken of."""
    said = {code for pair in apart for code in pair}  # once is enough for one symptom
    for row in INTEGRAL:
        for symptom in claim.among(claim.family(row.symptoms)):
            diagnosis = _diagnosis(claim, symptom, row)
            if diagnosis is None or symptom.code in said:
                continue
            if row.severity == "warning":
                said.add(symptom.code)
            message = f"{symptom.code} beside {diagnosis.code}: {row.why}" + (
                ", so the symptom is not coded as well, unless the record says that it comes from something else."
                if row.severity == "warning"
                else ". Where the record says so, the symptom is not coded as well."
            )
            yield finding("symptom_with_diagnosis", row.severity, [symptom, diagnosis], message, row.cite)
    yield from _pain_with_cause(claim)


def _diagnosis(claim: Claim, symptom: Reported, row: Integral) -> Reported | None:
    """Return the diagnosis of a row that the symptom is part of: the first by code, so that order makes no difference."""
    fitting = [
        diagnosis
        for diagnosis in claim.among(claim.family(row.diagnoses), but=symptom)
        # The pain that an old injury left is coded before it.
        if diagnosis.phase != "sequela" and _one_side(claim, symptom, diagnosis)
    ]
    return min(fitting, key=lambda one: one.code, default=None)


def _one_side(claim: Claim, one: Reported, other: Reported) -> bool:
    """Whether nothing tells that the two are of different sides."""
    mine, theirs = (claim.sides(one), claim.sides(other))
    return not (mine and theirs and mine.isdisjoint(theirs))


_CHRONIC_PAIN = "G89.11, G89.21, G89.29"
_CAUSES = "M43.0-M43.2, M45-M48, M50-M51, M80, M84.4-M84.6, S12, S22, S32, M16-M19"


def _pain_with_cause(claim: Claim) -> Iterator[Finding]:
    causes = claim.among(claim.family(_CAUSES))
    for pain in claim.among(claim.family(_CHRONIC_PAIN)) if causes else ():
        cause = min(causes, key=lambda one: one.code)
        message = (
            f"{pain.code} beside {cause.code}: where the cause is known, G89 is reported only if the encounter is for "
            "pain control."
        )
        yield finding("symptom_with_diagnosis", "advice", [pain, cause], message, f"{GUIDELINES}I.C.6.b.1")
