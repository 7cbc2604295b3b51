"""Which codes may stand first, and which must."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("W01.0XXA S39.012A", [("sequence", "error")]),
        ("S39.012A W01.0XXA", []),
        ("B96.20 N10", [("sequence", "error")]),
        ("Z68.36 E66.812", [("sequence", "error")]),
        ("E66.812 Z68.36", []),
        ("M54.50 Z68.36", [("code_first", "warning")]),
        ("Z59.71 M54.50", [("sequence", "error")]),
        ("Z57.8 M54.50", [("sequence", "error")]),
        ("M48.062 Z01.818", [("sequence", "error")]),
        ("Z01.818 M48.062", []),
        ("M54.50 Z00.6", []),
        ("Z51.11 Z51.0 C61", []),
        ("S29.012S M54.6", [("sequence", "error")]),
        ("M54.6 S29.012S", []),
        ("M54.50 O99.891", [("sequence", "error")]),
        ("S39.012A Z33.1", []),
        ("G89.29 M54.50", [("sequence", "advice")]),
        ("M54.50 G89.29", []),
        ("R40.20 T40.2X1A", [("sequence", "warning")]),
        ("T40.2X1A R40.20", []),
        ("T46.5X6A I10", [("sequence", "error")]),
        ("I10 T46.5X6A Z91.148", []),
        ("N81.4 O94", []),
        ("T81.12XA T81.44XA", [("sequence", "error")]),
    ],
)  # fmt: skip
def test_the_first_place(weights, reported, found):
    """Codes that only add never lead, some always do, and pain control decides about G89."""
    assert weights(reported) == set(found)


def test_the_setting_counts(weights):
    """What Medicare's editor refuses as principal diagnosis is a fault of inpatient claims alone."""
    assert weights("Z66 C61", "inpatient") == {("sequence", "error")}
    assert weights("Z66 C61") == set()
