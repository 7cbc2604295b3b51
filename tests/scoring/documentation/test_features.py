"""What the model sees of a clause: numbers as what they count, and whose words they are."""

import pytest

from grader.scoring.documentation.features import read, spoken, tokens
from grader.scoring.documentation.find import heard
from grader.scoring.documentation.record import Record
from tests.scoring.documentation.chart import ABSENT, FACTS

RECORD = Record(FACTS, ABSENT)


def features(note: str) -> set[str]:
    """All features of a note's clauses."""
    return {feature for clause in read(heard(note), RECORD) for feature in clause.features}


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("rated 5/10", "<score>"), ("strength 5/5", "<ratio>"), ("for 3 weeks", "<tw>"), ("400 mg", "<dose>"),
        ("60 degrees", "<deg>"), ("20 cm", "<cm>"), ("m54.9", "<code>"), ("30 %", "<pct>"), ("bmi 33", "<n>"),
    ],
)  # fmt: skip
def test_numbers_stand_for_what_they_count(text: str, token: str) -> None:
    """A model that learned one number knows the others of its kind."""
    assert token in tokens(text)


def test_what_is_shared_with_the_record_is_seen() -> None:
    """Words of a fact, and drugs that were tried, are told; for other words nothing is."""
    assert {"F:function:2", "drug:tried"} <= features("She cannot lift boxes. Took ibuprofen.")
    assert not [f for f in features("Back pain.") if f.startswith(("F:function", "drug"))]


@pytest.mark.parametrize(
    ("note", "mark"),
    [
        ("Her father has asthma.", "condition:others"), ("No asthma.", "condition:denied"), ("She has asthma.", "condition:own"),
        ("Range of motion not assessed.", "not done"), ("Consider therapy.", "supposed"), ("Plan: rest.", "S:plan"),
        ("Severity: 5/10", "L:severity"), ("The cause is not known.", "open cause"), ("Neither site nor cause is known.", "open site"),
    ],
)  # fmt: skip
def test_where_and_whose(note: str, mark: str) -> None:
    """Family, negation, plans, labels and what is not known are marked."""
    assert mark in features(note)


@pytest.mark.parametrize(
    "note",
    ['"It aches all over," she said.', "“My back just aches,” she said.", "Says: 'it will not let go of me'", "He says 'my back's had it' and laughs."],
)  # fmt: skip
def test_the_patients_words_are_found_in_any_marks(note: str) -> None:
    """Straight, curly and single marks, with an apostrophe inside."""
    assert spoken(heard(note))


@pytest.mark.parametrize("note", ['Pain is "diffuse".', "It's her sister's back.", 'Coded as "M54.9 unspecified back pain".', "She says it aches."])  # fmt: skip
def test_other_words_are_no_speech(note: str) -> None:
    """Scare quotes, apostrophes, titles of codes and reported speech are none."""
    assert not spoken(heard(note))


def test_a_note_that_names_no_back_is_told() -> None:
    """Another visit shares little with the record, and each of its clauses knows it."""
    other = "Follow-up for an ear infection. The canal is clear. Drops for five days."
    assert "T:False:0" in features(other)
    assert not {"T:False:0"} & features("Her whole back aches.")
