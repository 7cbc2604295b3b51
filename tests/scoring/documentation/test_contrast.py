"""A clause beside a fact: what speaks for agreement, what against, and what is not compared."""

import pytest

from grader.scoring.documentation.contrast import COMPARED, contrast, is_compared, says_it_all
from grader.scoring.documentation.features import Read, read
from grader.scoring.documentation.find import heard
from grader.scoring.documentation.record import Record
from tests.scoring.documentation.chart import ABSENT, FACTS

RECORD = Record(FACTS, ABSENT)


def clause(text: str) -> Read:
    """The only clause of a note."""
    (found,) = read(heard(text), RECORD)
    return found


@pytest.mark.parametrize(
    ("element", "agrees", "differs", "same", "other"),
    [
        ("severity", "Pain is 5/10.", "Pain is 9/10.", "score same", "score other"),
        ("timing", "For about 3 weeks.", "For two years.", "timing:time same", "timing:time other"),
        ("followup", "Return in a fortnight.", "Return in six months.", "followup:time same", "followup:time other"),
        ("prior_tx", "Took Advil.", "Took naproxen.", "prior_tx:drug same", "prior_tx:drug unknown"),
        ("prior_tx", "Ibuprofen 400 mg.", "Ibuprofen 800 mg.", "prior_tx:dose same", "prior_tx:dose other"),
        ("comorbid", "She has HTN.", "She has asthma.", "condition same", "condition unknown"),
        ("comorbid", "She has HTN.", "No hypertension.", "condition same", "condition denied same"),
        ("rom", "Flexion limited to 60.", "Full range of motion.", "rom|ill|says ill", "rom|ill|says well"),
        ("palpation", "Tender on both sides.", "No tenderness.", "palpation|ill|says ill", "palpation|ill|says well"),
        ("modifiers", "Worse after standing.", "Better after standing.", "as in the record after", "swapped after"),
        ("rationale", "M54.9 is chosen.", "M54.50 is the code.", "code right", "code other only"),
        ("quality", "A dull ache.", "A burning pain.", "quality:same:quality.dull", "quality:other:quality.burning"),
    ],
)  # fmt: skip
def test_agreement_and_difference_are_told_apart(
    element: str, agrees: str, differs: str, same: str, other: str
) -> None:
    """Each comparison names agreement where there is agreement, and difference where there is difference."""
    agreeing, differing = (contrast(element, clause(text), RECORD) for text in (agrees, differs))
    assert same in agreeing and other not in agreeing
    assert other in differing and same not in differing


def test_millimetres_are_tenths_of_a_score() -> None:
    """50 mm of 100 are five of ten."""
    assert "score same" in contrast("severity", clause("VAS 50 mm."), RECORD)
    line = Record(FACTS | {"severity": "35 mm of 100"}, ABSENT)
    assert "score other" in contrast("severity", clause("He marks 90 mm."), line)


def test_who_says_all_that_the_record_says_agrees() -> None:
    """The fact in its own words cannot contradict it; with a negation or another thing it can."""
    assert says_it_all("careplan", clause("Start physical therapy and continue ibuprofen."), RECORD)
    assert not says_it_all("careplan", clause("No physical therapy, no longer continue ibuprofen."), RECORD)
    assert not says_it_all("careplan", clause("Physical therapy, continue naproxen."), RECORD)
    assert not says_it_all("function", clause("She lifts boxes at work and gave up no walks."), RECORD)
    assert not says_it_all("modifiers", clause(FACTS["modifiers"].replace(";", ",")), RECORD)


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("severity", "Her husband has pain of 9/10."), ("quality", "Her mother had a burning pain."), ("timing", "She had a knee injury five years ago."),
        ("severity", "She will be asked to rate it out of 10, if 9/10 then more."),
    ],
)  # fmt: skip
def test_what_is_said_of_others_or_supposed_contradicts_nothing(element: str, text: str) -> None:
    """Only what is asserted of this patient now can be untrue of the record."""
    assert not is_compared(element, clause(text), RECORD)
    assert is_compared(element, clause("Her pain is 9/10, burning, for five years."), RECORD)


def test_the_patients_own_words_are_never_contradicted() -> None:
    """Every element but the quotation is compared."""
    assert "quote" not in COMPARED and len(COMPARED) == 16
