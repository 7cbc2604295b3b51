"""Excludes1: notes with codes, notes of words, and what they do not forbid."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M54.50 S39.012A", [("excludes1", "error")]),
        ("S39.012A M54.50", [("excludes1", "error")]),
        ("M54.50 S39.012S", []),
        ("M54.6 S39.012A", [("excludes1", "advice")]),
        ("M54.9 S32.010A", [("excludes1", "error")]),
        ("M51.26 S33.0XXA", [("excludes1", "error")]),
        ("M54.2 S13.4XXA", [("excludes1", "error")]),
        ("M54.2 S93.401A", []),
        ("M54.50 S33.5XXD", [("excludes1", "error")]),
        ("M43.6 S16.1XXA", [("excludes1", "error")]),
        ("M54.89 M54.6", [("excludes1", "error")]),
        ("F45.41 M54.50", [("excludes1", "error")]),
        ("M54.50 G89.29", []),
        ("M80.08XA M81.0", [("excludes1", "error")]),
        ("S33.5XXA S39.012A", []),
        ("E11.9 E10.9", [("excludes1", "error")]),
        ("S72.001D Z47.89", [("excludes1", "error")]),
        ("Z47.1 Z96.651", []),
        ("G56.01 S64.11XA", [("excludes1", "error")]),
        ("G56.02 S64.11XA", []),
    ],
)  # fmt: skip
def test_what_is_kept_apart_and_what_is_not(weights, reported, found):
    """Both directions, ancestors and regions count; sequelae and other regions do not."""
    assert weights(reported) == set(found)
