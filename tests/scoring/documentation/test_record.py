"""The facts of a case are understood: what kind of finding, what was tried, what makes it worse."""

import pytest

from grader.scoring.documentation.conditions import conditions
from grader.scoring.documentation.record import Record, kind_of
from grader.scoring.documentation.substances import substances
from tests.scoring.documentation.chart import ABSENT, FACTS

RECORD = Record(FACTS, ABSENT)


@pytest.mark.parametrize(
    ("element", "fact", "kind"),
    [
        ("rom", "full in all directions without pain", "well"), ("rom", "flexion stops at the knees, extension halved", "ill"),
        ("rom", "flexion full, extension half of normal", "mixed"), ("observation", "stooped, short slow steps with a cane", "ill"),
        ("observation", "upright, normal gait", "well"), ("palpation", "no tenderness along spine or muscles", "well"),
        ("palpation", "muscles sore on both sides; midline not tender", "ill"), ("palpation", "midline not tender", ""),
        ("tx_response", "no benefit", "ill"), ("tx_response", "halved the pain for a few hours", "well"),
        ("timing", "four days; constant, day and night", "constant"), ("timing", "three weeks; comes and goes", "intermittent"),
        ("quality", "sharp, catching", "sharp"), ("quality", "burning pull", "burning"), ("quality", "dull ache", "dull"),
        ("comorbid", "asthma", ""),
    ],
)  # fmt: skip
def test_kinds_of_findings(element: str, fact: str, kind: str) -> None:
    """Findings that exclude each other are told apart; what is said of the bones decides nothing about the muscles."""
    assert kind_of(element, fact) == kind


def test_triggers_and_reliefs_are_kept_apart() -> None:
    """What makes it worse is before 'better', what eases it is after."""
    assert {"stand", "bend"} <= RECORD.worse and not RECORD.worse & RECORD.better
    assert "pad" not in RECORD.worse and "ly" not in RECORD.worse


def test_drugs_go_by_one_name() -> None:
    """A brand is the drug; a kind of drug is no name."""
    assert substances("took advil and aleve") == {"ibuprofen", "naproxen"}
    assert substances("a gel, some nsaid and a patch") == frozenset()
    assert RECORD.substances("prior_tx") == {"ibuprofen"}


def test_diseases_go_by_one_name() -> None:
    """However a disease is put, it is one; what is none is not taken for one."""
    assert set(conditions("htn and type 2 dm")) == {"hypertension", "diabetes"}
    assert conditions("walks slowly with a stoop") == {}


def test_an_element_without_a_fact_is_empty() -> None:
    """A record that says nothing of an element has an empty fact to compare with."""
    assert Record({}, ()).fact("rom").text == ""
