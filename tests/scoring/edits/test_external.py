"""External causes: once, at the first encounter, with something to tell."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("S39.012A W01.0XXA Y92.010 Y93.01 Y99.8", []),
        ("S39.012D X50.0XXD Y92.63 Y99.0", [("external_cause_misuse", "warning")]),
        ("S39.012A X50.0XXA Y93.01 Y93.02", [("external_cause_misuse", "error")]),
        ("S39.012A W19.XXXA Y92.9", [("external_cause_misuse", "warning")]),
        ("S39.012A Y99.8", [("external_cause_misuse", "warning")]),
        ("S39.012A Y92.010", [("external_cause_misuse", "advice")]),
        ("S39.012A Y92.010 W01.0XXA", [("sequence", "warning")]),
        ("T40.2X1A Y93.01 Y99.8", [("external_cause_misuse", "warning")]),
        ("M54.9 W01.0XXA Y92.010", []),
        ("S39.012D X50.0XXA", [("wrong_7th", "warning")]),
    ],
)  # fmt: skip
def test_place_activity_and_status(weights, reported, found):
    """Each is reported once, at the initial encounter, with a cause, and only if it is known."""
    assert weights(reported) == set(found)


def test_the_encounter_counts(weights):
    """At a later encounter place, activity and status are faults, and 7th characters must agree."""
    assert weights("M54.50 W01.0XXD Y92.010", encounter="subsequent") == {("external_cause_misuse", "error")}
    assert weights("S39.012D", encounter="initial") == {("wrong_7th", "error")}
    assert weights("S39.012D", encounter="subsequent") == set()


def test_a_second_place_in_hospital(weights):
    """A new injury during a stay may bring a second place, so that is a warning there."""
    claim = "S39.012A W01.0XXA W06.XXXA Y92.010 Y92.230"
    assert ("external_cause_misuse", "error") in weights(claim)
    assert ("external_cause_misuse", "warning") in weights(claim, "inpatient")
