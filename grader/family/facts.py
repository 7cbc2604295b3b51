"""What is true of one encounter, in a closed vocabulary: the one source of both the chart and its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from grader.errors import CourseError

REGIONS = ("cervical", "cervicothoracic", "thoracic", "thoracolumbar", "lumbar", "lumbosacral", "whole")
"""Parts of the spine as the tabular list names them; ``whole`` is a back that hurts in no particular part."""

VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "care": ("outpatient", "inpatient"),
    "setting": (
        "primary care", "urgent care", "emergency department", "telehealth", "spine clinic", "orthopedic clinic",
        "pain clinic", "physical therapy", "urology clinic", "observation unit", "hospital",
    ),
    "phase": ("", "initial", "subsequent", "sequela"),
    "sex": ("female", "male"),
    "duration": ("days", "weeks", "months"),
    "problem": (
        "pain", "vertebrogenic", "sciatica", "lumbago with sciatica", "radiculopathy", "displacement", "degeneration",
        "spondylosis", "stenosis", "strain", "sprain", "strain and sprain", "vertebral fracture", "osteoporotic fracture",
        "osteoporosis", "flank pain", "renal colic", "kidney stone", "ureter stone", "both stones", "stone with hydronephrosis",
        "osteomyelitis", "discitis", "pyelonephritis",
    ),
    "region": REGIONS,
    "second": ("none", *REGIONS),
    "side": ("", "right", "left", "both", "unstated"),
    "nerve": ("none", "radiculopathy", "myelopathy"),
    "second_nerve": ("none", "radiculopathy"),
    "pattern": ("", "back", "leg", "back and leg", "neither"),
    "claudication": ("", "with", "without", "unstated"),
    "break_type": ("", "wedge", "stable burst", "unstable burst", "unstated"),
    "wound": ("", "closed", "open", "unstated"),
    "healing": ("", "active", "routine", "delayed", "nonunion"),
    "bone": ("", "postmenopausal", "senile", "unstated"),
    "healed_fracture": ("no", "past"),
    "suspected": (
        "none", "displacement", "spondylosis", "stenosis", "osteomyelitis", "discitis", "ureter stone", "kidney stone",
        "pyelonephritis",
    ),
    "certainty": ("", "probable", "suspected", "likely", "possible", "consistent with", "ruled out", "confirmed"),
    "pain_term": ("", "chronic", "syndrome"),
    "purpose": ("", "evaluation", "pain control"),
    "opioid": ("no", "long term"),
}  # fmt: skip
"""Every axis with one value, and what it may be.  Levels, events and conditions have tables of their own."""

_SEVERAL = ("managed", "mentioned")
URINARY = (
    "flank pain", "renal colic", "kidney stone", "ureter stone", "both stones", "stone with hydronephrosis", "pyelonephritis",
)  # fmt: skip
"""Problems that stand outside the spine."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One encounter.

    Parameters
    ----------
    care, setting, phase
        Outpatient or inpatient, where, and the phase of care of an injury.
    on, age, sex, duration
        Date of the encounter, and the patient.
    problem, region, second, level, side
        What the provider diagnoses, where (a second region where there is one), at which vertebra or disc, on which side.
    nerve, second_nerve, pattern, claudication
        What the provider says of roots, cord and the pattern of pain.
    break_type, wound, healing, bone, healed_fracture
        Of fractures and osteoporosis.
    suspected, certainty
        A diagnosis that is not established, and the provider's word for that.
    event
        How an injury happened: a row of `grader.family.derive.external.EVENTS`; ``""`` when there was none.
    pain_term, purpose, opioid
        Whether the provider calls the pain chronic, what the visit is for, and long-term opioids.
    managed, mentioned, bmi
        Conditions treated at this visit, conditions that are only on a list, and the body mass index in whole numbers.
    """

    on: date
    age: int
    problem: str
    care: str = "outpatient"
    setting: str = "primary care"
    phase: str = ""
    sex: str = "female"
    duration: str = "weeks"
    region: str = "lumbar"
    second: str = "none"
    level: str = ""
    side: str = ""
    nerve: str = "none"
    second_nerve: str = "none"
    pattern: str = ""
    claudication: str = ""
    break_type: str = ""
    wound: str = ""
    healing: str = ""
    bone: str = ""
    healed_fracture: str = "no"
    suspected: str = "none"
    certainty: str = ""
    event: str = ""
    pain_term: str = ""
    purpose: str = ""
    opioid: str = "no"
    managed: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    bmi: str = ""


AXES = frozenset(field.name for field in fields(Facts)) - {"on", "age"}
"""What a family may draw."""


def facts_from(values: Mapping[str, str], on: date, age: int) -> Facts:
    """Build the facts from drawn values; several conditions are joined by `` + ``, and ``none`` is no condition.

    Raises
    ------
    CourseError
        When an axis or one of its values is not in the vocabulary.
    """
    data: dict[str, Any] = {}
    for axis, value in values.items():
        check_value(axis, value)
        data[axis] = split(value) if axis in _SEVERAL else value
    return Facts(on=on, age=age, **data)


def check_value(axis: str, value: str) -> None:
    """Raise `CourseError` where an axis, or its value, is not in the vocabulary."""
    if axis not in AXES:
        raise CourseError(f"There is no fact {axis!r}. The facts are {', '.join(sorted(AXES))}.")
    allowed = VOCABULARY.get(axis)
    if allowed is not None and value not in allowed:
        raise CourseError(f"{axis} cannot be {value!r}; it is one of {', '.join(map(repr, allowed))}.")


def split(value: str) -> tuple[str, ...]:
    """Split ``diabetes + hypertension`` into its parts."""
    return () if value == "none" else tuple(part.strip() for part in value.split("+"))
