"""Symptoms beside the diagnosis that they are part of."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M51.360 M54.9", [("symptom_with_diagnosis", "warning")]),
        ("M47.816 M54.50", [("symptom_with_diagnosis", "warning")]),
        ("M47.816 M54.6", []),
        ("M47.816 M54.2", []),
        ("M48.061 M54.16", []),
        ("M43.16 M48.061", []),
        ("M25.561 M17.11", [("symptom_with_diagnosis", "warning")]),
        ("M25.562 M17.11", []),
        ("M54.50 R33.9", []),
        ("M54.50 R50.9", []),
        ("N10 B96.20 R50.9", [("symptom_with_diagnosis", "warning")]),
        ("M51.17 G89.29", [("symptom_with_diagnosis", "advice")]),
        ("I71.43 M54.50", [("symptom_with_diagnosis", "advice")]),
        ("K57.30 R10.32", []),
        ("K57.32 R10.32", [("symptom_with_diagnosis", "warning")]),
        ("I21.4 R07.0", []),
        ("I21.4 R07.9", [("symptom_with_diagnosis", "warning")]),
        ("M54.6 G89.21 S29.012S", []),
    ],
)  # fmt: skip
def test_what_a_diagnosis_includes(weights, reported, found):
    """The pair is found in the same region and side; where the symptom often has another cause it is advice."""
    assert weights(reported) == set(found)
