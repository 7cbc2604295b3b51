"""One code for two, and codes that contradict each other."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M54.50 M54.31", [("combination", "error")]),
        ("M54.9 M54.31", [("combination", "advice")]),
        ("M54.6 M54.31", []),
        ("M54.41 M54.42", []),
        ("M51.26 M54.16", [("combination", "warning")]),
        ("M51.26 M54.12", []),
        ("M50.222 M54.12", [("combination", "warning")]),
        ("M47.816 M54.16", [("combination", "warning")]),
        ("M47.816 M54.12", []),
        ("M51.370 M51.371", [("combination", "error")]),
        ("M51.369 M54.50", [("combination", "warning")]),
        ("M51.369 M54.6", [("excludes1", "advice")]),
        ("M51.360 M79.604", [("combination", "warning")]),
        ("I10 N18.31", [("combination", "warning")]),
        ("I12.9 N18.31", []),
        ("I12.9 N18.6", [("combination", "error")]),
        ("I12.0 N18.6", []),
        ("E11.9 N18.31", [("combination", "warning")]),
        ("E11.9 L97.511", [("combination", "warning")]),
        ("E11.9 I83.012 L97.211", []),
        ("N20.1 N13.30", [("combination", "warning")]),
        ("I10 I12.9 N18.31", [("combination", "error")]),
    ],
)  # fmt: skip
def test_what_one_code_says(weights, reported, found):
    """The pair is found in the same region, and silent where something else on the claim explains it."""
    assert weights(reported) == set(found)
