"""A record that the tests of notes share."""

from grader.library.item_keys import ELEMENTS, NoteKey, RubricElement
from grader.scoring.documentation.evidence import ElementState
from grader.scoring.documentation.find import find_elements

FACTS = {
    "location": "whole back, cannot point to one spot",
    "quality": "dull ache",
    "severity": "5/10",
    "timing": "three weeks; comes and goes",
    "modifiers": "worse with standing and bending; better lying down and with a heating pad",
    "function": "cannot lift boxes at work; gave up evening walks",
    "observation": "guarded posture, slow walk, no deformity",
    "palpation": "general tenderness on both sides, no midline tenderness",
    "rom": "flexion limited to 60 degrees, extension slightly reduced",
    "prior_tx": "ibuprofen 400 mg for one week",
    "tx_response": "partial relief that wore off after a few hours",
    "comorbid": "hypertension",
    "followup": "return in two weeks",
    "careplan": "physical therapy, continue ibuprofen",
    "rationale": "no single region and no cause documented; M54.9",
    "quote": "I can't point to one spot.",
    "education": "lifting mechanics; goal full duty",
}
ABSENT = ("injury", "leg pain", "numbness", "fever", "imaging")
EXEMPLAR = """\
HISTORY:
Diffuse back pain for three weeks, intermittent, a dull ache rated 5/10. She says, "I can't point to one spot." Worse with
standing, better lying down. She cannot lift boxes at work. Tried ibuprofen 400 mg with partial relief. Hypertension.
EXAM:
Guarded posture. Generalized paraspinal tenderness. Flexion limited to 60 degrees.
PLAN:
Physical therapy. Follow-up in two weeks. Educated on lifting mechanics; goal is full duty.
M54.9 is chosen because neither a site nor a cause is documented.
"""
KEY = NoteKey(
    facts=FACTS,
    absent=ABSENT,
    rubric=tuple(RubricElement(element, 1.0, element == "severity") for element in ELEMENTS),
    exemplar=EXEMPLAR,
)


def state(note: str, element: str) -> ElementState:
    """What the rules say of one element of a note about this record."""
    return find_elements(note, FACTS, ABSENT)[element]
