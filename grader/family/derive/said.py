"""Facts in English, for the reasons of a key."""

from __future__ import annotations

from grader.family.facts import Facts

PAIN_AT = {
    "cervical": "neck pain", "thoracic": "pain in the mid-back", "lumbar": "low back pain", "whole": "back pain of no particular part",
}  # fmt: skip
DIAGNOSES = {
    "pain": "pain", "vertebrogenic": "vertebrogenic low back pain", "sciatica": "sciatica",
    "lumbago with sciatica": "low back pain with sciatica", "radiculopathy": "radiculopathy",
    "displacement": "disc displacement", "degeneration": "disc degeneration", "spondylosis": "spondylosis",
    "stenosis": "spinal stenosis", "strain": "a strain", "sprain": "a sprain", "strain and sprain": "a strain and a sprain",
    "vertebral fracture": "a traumatic fracture of a vertebra", "osteoporotic fracture": "an osteoporotic fracture of a vertebra",
    "osteoporosis": "osteoporosis", "flank pain": "flank pain", "renal colic": "renal colic", "kidney stone": "a stone in the kidney",
    "ureter stone": "a stone in the ureter", "both stones": "stones in kidney and ureter",
    "stone with hydronephrosis": "a stone with hydronephrosis", "osteomyelitis": "vertebral osteomyelitis",
    "discitis": "discitis", "pyelonephritis": "acute pyelonephritis",
}  # fmt: skip
SIDES = {"right": "the right side", "left": "the left side", "both": "both sides", "unstated": "no side"}


def diagnosis(facts: Facts) -> str:
    """Return the provider's diagnosis in a few words, with its region where it has one."""
    if facts.problem == "pain":
        return pain(facts.region)
    name = DIAGNOSES[facts.problem]
    if facts.problem in (
        "displacement",
        "degeneration",
        "spondylosis",
        "stenosis",
        "radiculopathy",
        "osteomyelitis",
        "discitis",
    ):
        spinal = name.removeprefix("spinal ").removeprefix("vertebral ")
        return f"{facts.region} {spinal}"
    return name


def pain(region: str) -> str:
    """Return pain of a region as a provider would say it."""
    return PAIN_AT.get(region, PAIN_AT["lumbar"])


def certainty(facts: Facts) -> str:
    """Return the provider's word for a diagnosis that is not established, as it stands before the diagnosis."""
    return {"consistent with": "consistent with"}.get(facts.certainty, facts.certainty)


def capital(text: str) -> str:
    """Return a sentence with a capital letter."""
    return text[:1].upper() + text[1:]
