"""Code first: order, and consequences without a cause."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("N18.31 E11.22", [("sequence", "error")]),
        ("E11.22 N18.31 I12.9", [("sequence", "warning")]),
        ("G30.9 F02.80", []),
        ("F02.80 G30.9", [("sequence", "error")]),
        ("F02.80", [("sequence", "error"), ("code_first", "warning")]),
        ("M54.50 D63.1", [("code_first", "warning")]),
        ("N18.4 D63.1", []),
        ("I50.22", []),
        ("I50.22 I11.0", [("sequence", "error")]),
        ("M40.04 M54.6", [("sequence", "advice")]),
        ("T38.0X5A M80.88XA", [("sequence", "error")]),
        ("M80.88XA T38.0X5A", []),
        ("R21 T36.0X5A", []),
        ("T36.0X5A L27.0", [("sequence", "error")]),
        ("T36.0X5A", [("sequence", "error"), ("code_first", "warning")]),
        ("K74.00 K76.0", [("sequence", "warning")]),
        ("O99.891 M54.50 Z3A.24", []),
        ("Z34.82 Z3A.20", []),
        ("M48.02 G99.2", []),
        ("M54.50 G99.2", [("code_first", "warning")]),
    ],
)  # fmt: skip
def test_order_and_absence(weights, reported, found):
    """A manifestation never leads, a title that tells of a cause warns, and a reaction may be a symptom."""
    assert weights(reported) == set(found)
