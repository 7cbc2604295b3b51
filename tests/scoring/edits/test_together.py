"""Symptoms beside their diagnosis, and combination codes."""

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
        ("M54.50 M54.31", [("combination", "error")]),
        ("M54.6 M54.31", []),
        ("M54.41 M54.42", []),
        ("M51.26 M54.16", [("combination", "error")]),
        ("M51.26 M54.12", []),
        ("M50.222 M54.12", [("combination", "error")]),
        ("M47.816 M54.16", [("combination", "error")]),
        ("M51.370 M51.371", [("combination", "error")]),
        ("I10 N18.31", [("combination", "warning")]),
        ("I12.9 N18.31", []),
        ("E11.9 N18.31", [("combination", "warning")]),
        ("M51.17 G89.29", [("symptom_with_diagnosis", "advice")]),
    ],
)  # fmt: skip
def test_what_one_code_already_says(weights, reported, found):
    """The pair is found in the same region and side, and nowhere else."""
    assert weights(reported) == set(found)
