"""The reading speaks where an element is stated, and stays silent where it is only mentioned."""

import pytest

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.find import find_elements
from tests.scoring.documentation.chart import ABSENT, FACTS, state

STATED = {
    "location": ["Back pain all over, she cannot point to one spot.", "Diffuse back pain on both sides."],
    "quality": ["The back pain is dull and aching.", "She describes a dull ache across the back."],
    "severity": ["Back pain rated 5/10.", "Her back pain is five out of ten."],
    "timing": ["Back pain for three weeks, on and off.", "Intermittent back ache x 3 wks."],
    "modifiers": ["Back pain worse with standing, better lying down.", "Bending aggravates her back and heat eases it."],
    "function": ["Because of her back she cannot lift boxes at work.", "Back pain; she gave up her evening walks."],
    "observation": ["Guarded posture and slow gait; back without deformity.", "Back: no swelling. She walks slowly."],
    "palpation": ["Generalized paraspinal tenderness of the back.", "TTP over both sides of the back."],
    "rom": ["Back: flexion limited to 60 degrees.", "Spine ROM reduced in flexion."],
    "prior_tx": ["She tried ibuprofen for her back.", "Took Advil for a week for the back pain."],
    "tx_response": ["Ibuprofen gave partial relief of the back pain.", "Took ibuprofen for the back; it wore off after a few hours."],
    "comorbid": ["Back pain. PMH: HTN.", "Back pain. She has high blood pressure."],
    "followup": ["Back pain. Return in two weeks.", "Back pain. RTC 2 wks."],
    "careplan": ["Back pain. Plan: physical therapy.", "Back pain. Continue ibuprofen and start PT."],
    "rationale": [
        "M54.9 is used because neither the site nor the cause of the back pain is documented.",
        "A more specific code is not supported, since no spinal region and no cause is documented.",
        "Back pain, cause undetermined, not localized.",
        "Back pain with no single site, cause not known.",
        "Neither site nor cause of the back pain can be named today.",
        "Back pain, cause unclear, no specific site.",
        "Back pain of undetermined cause, not confined to one region.",
        "Back pain. It cannot be placed in one region, and no etiology is established.",
        "Back pain. M54.9, because it is not localized to one area and the cause is not known.",
        "Back pain. Cause: unknown. Site: not localized.",
    ],
    "quote": ['Of her back she says, "I can\'t point to one spot."', "“My back just aches, all of it,” she said."],
    "education": ["Back pain. Educated on safe lifting; goal is full duty.", "Back pain. Taught body mechanics; her goal is to return to her walks."],
}  # fmt: skip

SILENT = {
    "location": ["Back pain.", "Back pain. The code depends on the region."],
    "quality": ["Back ache.", "Back pain without burning."],
    "severity": ["Back pain. DOB 5/10/1980.", "Back pain. Strength 5/5."],
    "timing": ["Back pain. Return in three weeks.", "Back pain in a 46-year-old woman."],
    "modifiers": ["Back pain. Return if worse.", "Back pain: aggravating and relieving factors."],
    "function": ["Back pain. She cannot point to one spot.", "Back pain. Works as a clerk."],
    "observation": ["Back pain. Gait not assessed today.", "Back pain. Observation: [ ]"],
    "palpation": ["Back pain. Palpation was not done.", "Back pain. Palpation:"],
    "rom": ["Back pain worse with bending.", "Back pain. Will assess range of motion next visit."],
    "prior_tx": ["Back pain. Her husband takes ibuprofen.", "Back pain. Consider a trial of ibuprofen."],
    "tx_response": ["Back pain. X-ray if no improvement.", "Back pain for three weeks."],
    "comorbid": ["Back pain. Her father has hypertension.", "Back pain. No diabetes, no cancer."],
    "followup": ["Back pain for two weeks.", "Back pain began two weeks ago."],
    "careplan": ["Back pain. Consider physical therapy if it lasts.", "Back pain. She took ibuprofen last week."],
    "rationale": [
        "Back pain. M54.9.",
        "Back pain. Rationale for the unspecified code is documented.",
        "Diffuse back pain, not localized to one region.",
        "Back pain. No cause for concern, no site of infection.",
    ],
    "quote": ['Back pain is "diffuse".', "Back pain. She says that it aches."],
    "education": ["Back pain. She went to college.", "Back pain. Education: [ ]"],
}  # fmt: skip

HALF = {
    "severity": "Moderate back pain.",
    "timing": "Back pain for three weeks.",
    "modifiers": "Back pain worse with standing.",
    "function": "Back pain affects her daily life.",
    "followup": "Back pain. Follow up as needed.",
    "comorbid": "Back pain. BMI 33.",
    "education": "Back pain. Educated on body mechanics.",
    "rationale": "Back pain, cause unclear.",
}

DENIED = {
    "location": "Left-sided low back pain.",
    "quality": "Burning back pain.",
    "severity": "Back pain rated 9/10.",
    "timing": "Back pain for two years.",
    "modifiers": "Back pain. Denies any aggravating or relieving factors.",
    "function": "Back pain. Works without restriction.",
    "observation": "Back pain. Gait normal.",
    "palpation": "Back pain. No tenderness to palpation.",
    "rom": "Back pain. Full range of motion.",
    "prior_tx": "Back pain. No prior treatment.",
    "tx_response": "Back pain. Ibuprofen provided no relief.",
    "comorbid": "Back pain. She has asthma.",
    "followup": "Back pain. Follow-up not required.",
    "rationale": "Diagnosis: M54.50 is the code for this back pain.",
}


@pytest.mark.parametrize(("element", "note"), [(e, n) for e, notes in STATED.items() for n in notes])
def test_what_is_stated_is_found(element: str, note: str) -> None:
    """A note that states an element has it, with its own words as evidence."""
    found = state(note, element)
    assert found.state == "present"
    assert found.quote and found.quote in note


@pytest.mark.parametrize(("element", "note"), [(e, n) for e, notes in SILENT.items() for n in notes])
def test_what_is_only_mentioned_is_not_found(element: str, note: str) -> None:
    """Negated, supposed, other people's, left blank, or about something else: none of it states the element."""
    assert state(note, element).state not in ("present", "partial")


@pytest.mark.parametrize(("element", "note"), HALF.items())
def test_half_a_statement_is_partial(element: str, note: str) -> None:
    """An element of two parts with one of them, or in vague words, is partial."""
    assert state(note, element).state == "partial"


@pytest.mark.parametrize(("element", "note"), DENIED.items())
def test_what_the_record_denies_is_contradicted(element: str, note: str) -> None:
    """A note that says otherwise than the record is told so, with the words that do."""
    found = state(note, element)
    assert found.state == "contradicted"
    assert found.quote in note


def test_every_element_is_tested_both_ways() -> None:
    """No element can be added without notes that state it and notes that do not."""
    assert set(STATED) == set(SILENT) == set(ELEMENTS)


@pytest.mark.parametrize(
    "note",
    [
        "back pain dull ache sharp radiating 5/10 intermittent constant three weeks standing bending heat lying down lift "
        "work walks guarded posture gait tenderness stiffness flexion extension ROM ibuprofen partial relief hypertension",
        "Location is documented. Quality is documented as dull. Severity is documented on the 0-10 scale. Palpation of "
        "the back is documented. Range of motion is documented.",
        "Back pain. Location: [ ] Quality: [ ] Severity (0-10): [ ] Palpation: [ ] ROM: [ ] Plan: [ ]",
        "Back. Aggravating and relieving factors; palpation findings; range of motion; previous treatments; care plan.",
        "",
        "Back pain NOS.",
    ],
    ids=["keywords", "documented", "blank form", "rubric", "nothing", "bare"],
)
def test_notes_that_assert_nothing_earn_nothing(note: str) -> None:
    """Lists of terms, blank forms, copied rubrics and notes about something else state no element."""
    found = find_elements(note, FACTS, ABSENT)
    assert {element for element, it in found.items() if it.state in ("present", "partial")} == set()


def test_one_slip_in_a_long_word_is_forgiven() -> None:
    """Misspelling is not what the rubric marks."""
    note = "Genralized back pain, intermitent for 3 weeks, agravated by standing, releived by lying down. Flexion limted."
    found = find_elements(note, FACTS, ABSENT)
    assert {found[e].state for e in ("location", "timing", "modifiers", "rom")} == {"present"}


def test_markup_is_text() -> None:
    """HTML in a note is neither executed, removed nor changed: evidence is the note's own characters."""
    note = "<script>alert(1)</script> Back pain <b>rated 5/10</b>."
    found = state(note, "severity")
    assert found.state == "present"
    assert found.quote in note
