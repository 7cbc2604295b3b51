"""Wrong answers: each mistake is made where it can be made, named by its type, and never the right answer."""

import pytest

from grader.family.mistakes import MISTAKES
from grader.library.shapes import Wrong

STRAIN = {"problem": "strain", "region": "lumbar", "event": "boxes"}
BROKEN = {
    "problem": "vertebral fracture",
    "region": "lumbar",
    "level": "L1",
    "break_type": "wedge",
    "event": "roof",
}
FRAGILE = {
    "problem": "osteoporotic fracture",
    "region": "thoracic",
    "level": "T8",
    "bone": "senile",
    "phase": "initial",
    "healing": "active",
}


@pytest.mark.parametrize(
    ("values", "picked", "error"),
    [
        ({"problem": "pain"}, ("M54.5",), "invalid_code"),
        ({"problem": "pain"}, ("M54.9",), "unspecified_when_specific"),
        ({"problem": "pain", "duration": "months"}, ("M54.50", "G89.29"), "unsupported_specificity"),
        ({"problem": "pain", "region": "whole"}, ("R52",), "wrong_chapter"),
        ({"problem": "pain", "second": "cervical"}, ("M54.50",), "under_coded"),
        ({"problem": "pain", "second": "cervical"}, ("M54.2", "M54.50"), "sequencing"),
        ({"problem": "lumbago with sciatica", "side": "right"}, ("M54.42",), "laterality"),
        ({"problem": "lumbago with sciatica", "side": "right"}, ("M54.50", "M54.31"), "excludes1"),
        ({"problem": "sciatica", "side": "both"}, ("M54.31",), "laterality"),
        ({"problem": "sciatica", "side": "unstated"}, ("M54.31",), "unsupported_specificity"),
        ({"problem": "spondylosis", "region": "lumbar"}, ("M47.816", "M54.50"), "symptom_with_diagnosis"),
        ({"problem": "spondylosis", "region": "lumbar"}, ("M47.817",), "wrong_site_or_type"),
        ({"problem": "displacement", "region": "lumbar", "nerve": "radiculopathy"}, ("M51.26",), "combination_missed"),
        ({"problem": "displacement", "region": "lumbar"}, ("M51.16",), "unsupported_specificity"),
        ({"problem": "degeneration", "pattern": "back"}, ("M51.369",), "unspecified_when_specific"),
        ({"problem": "stenosis", "claudication": "with"}, ("M48.061",), "under_coded"),
        ({**STRAIN, "phase": "initial"}, ("S39.012",), "missing_7th"),
        ({**STRAIN, "phase": "initial"}, ("S39.012D",), "wrong_7th"),
        ({**STRAIN, "phase": "initial"}, ("X50.0XXA", "S39.012A"), "external_cause_first"),
        ({**STRAIN, "phase": "initial"}, ("M54.50",), "injury_vs_m_code"),
        ({**STRAIN, "phase": "subsequent"}, ("S39.012D", "Y92.59"), "external_cause_misuse"),
        ({**STRAIN, "phase": "subsequent"}, ("Z51.89",), "aftercare_misuse"),
        ({**BROKEN, "phase": "initial", "wound": "closed", "healing": "active"}, ("M80.08XA",), "injury_vs_m_code"),
        ({**BROKEN, "phase": "sequela"}, ("S32.010S", "M54.50"), "sequencing"),
        (FRAGILE, ("S22.060A",), "injury_vs_m_code"),
        (FRAGILE, ("M80.08XA", "M81.0"), "excludes1"),
        ({"problem": "osteoporosis", "healed_fracture": "past"}, ("M80.08XA",), "history_vs_current"),
        ({"problem": "pain", "managed": "hypertension"}, ("M54.50",), "comorbidity_missed"),
        ({"problem": "pain", "managed": "obesity", "bmi": "36"}, ("M54.50", "E66.812"), "under_coded"),
        ({"problem": "pain", "pain_term": "chronic", "purpose": "evaluation"}, ("G89.29", "M54.50"), "sequencing"),
        ({"problem": "spondylosis", "pain_term": "chronic", "purpose": "evaluation"}, ("M47.816", "G89.29"), "g89_misuse"),
        ({"problem": "flank pain", "side": "right"}, ("R10.A2",), "laterality"),
        ({"problem": "stone with hydronephrosis", "side": "left"}, ("N20.1", "N13.30"), "excludes1"),
        ({"problem": "pain", "suspected": "discitis", "certainty": "likely"}, ("M46.46",), "uncertain_dx"),
        ({"problem": "pain", "suspected": "discitis", "certainty": "likely", "care": "inpatient"}, ("M54.50",), "wrong_setting_rule"),
    ],
)  # fmt: skip
def test_the_mistake_is_foreseen(wrong, values, picked, error):
    """These facts invite this mistake, and it is called by its name."""
    assert wrong(**values)[picked].error == error


@pytest.mark.parametrize(
    ("values", "picked"),
    [
        ({"problem": "pain", "duration": "weeks"}, ("M54.50", "G89.29")),
        ({"problem": "pain", "region": "whole"}, ("M54.9",)),
        ({**STRAIN, "phase": "initial"}, ("S39.012A", "Y92.59")),
        ({"problem": "pain", "mentioned": "hypertension"}, ("M54.50",)),
        ({"problem": "pain", "suspected": "discitis", "certainty": "confirmed"}, ("M46.46",)),
        ({"problem": "stenosis", "region": "cervical"}, ("M48.061",)),
    ],
)
def test_what_is_no_mistake_is_not_called_one(wrong, values, picked):
    """Near facts that do not invite it."""
    assert picked not in wrong(**values)


def test_no_mistake_is_the_answer_and_each_has_its_reason(wrong, coded):
    """A wrong pick differs from the answer, or from its order where the order is the mistake, and teaches why."""
    for values in (
        {"problem": "sciatica", "side": "both"},
        {"problem": "pain", "managed": "diabetes"},
        FRAGILE,
    ):
        answer = set(coded(**values).codes)
        for each in wrong(**values).values():
            assert set(each.codes) != answer or each.error in ("sequencing", "external_cause_first")
            Wrong(codes=each.codes, error=each.error, why=each.why, cite="; ".join(each.cite))


def test_every_mistake_says_what_it_is():
    """Each is a function with a docstring of its own."""
    assert all(make.__doc__ for make in MISTAKES) and len(set(MISTAKES)) == len(MISTAKES)
