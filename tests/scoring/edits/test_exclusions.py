"""Excludes1 notes that name codes."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M54.50 S39.012A", [("excludes1", "error")]),
        ("S39.012A M54.50", [("excludes1", "error")]),
        ("M54.50 S39.012S", []),
        ("M54.89 M54.6", [("excludes1", "error")]),
        ("F45.41 M54.50", [("excludes1", "error")]),
        ("M54.50 G89.29", []),
        ("M80.08XA M81.0", [("excludes1", "error")]),
        ("S33.5XXA S39.012A", []),
        ("E11.9 E10.9", [("excludes1", "error")]),
        ("M54.16 M51.16", [("excludes1", "error")]),
        ("M54.16 M50.121", [("excludes1", "advice")]),
        ("M54.2 M46.46", [("excludes1", "advice")]),
        ("M54.50 M46.46", [("excludes1", "error")]),
        ("S02.0XXB S01.01XA", [("excludes1", "error")]),
        ("S02.0XXA S01.01XA", []),
        ("M54.6 W01.0XXS W18.30XS", [("excludes1", "error")]),
    ],
)  # fmt: skip
def test_what_is_kept_apart_and_what_is_not(weights, reported, found):
    """Both directions and all ancestors count; sequelae and other parts of the spine do not."""
    assert weights(reported) == set(found)
