"""Checks that hold for any list of codes."""

from datetime import date

import pytest

from grader.scoring.edits import check_codes, names

ON = date(2026, 11, 2)


def kinds(codes, *reported: str) -> set[str]:
    """The kinds of findings on these codes."""
    return {finding.kind for finding in check_codes(reported, ON, codes)}


@pytest.mark.parametrize(
    ("reported", "kind"),
    [
        (["M54.5"], "retired"),
        (["M48.06"], "not_billable"),
        (["S39.012"], "missing_7th"),
        (["S39.012Q"], "wrong_7th"),
        (["M54.77"], "unknown_code"),
        (["M54.9", "M54.9"], "duplicate"),
        (["W01.0XXA", "S39.012A"], "sequence"),
        (["S39.012A", "M54.50"], "excludes1"),
        (["M54.50", "M54.41"], "excludes1"),
        (["M54.41", "M54.50"], "excludes1"),
        (["M54.89", "M54.6"], "excludes1"),
        (["M80.08XA", "M81.0"], "excludes1"),
        (["M54.16", "M51.16"], "excludes1"),
    ],
)
def test_it_speaks(codes, reported, kind):
    """Each mistake is found, whatever the order of the codes."""
    assert kinds(codes, *reported) == {kind}


@pytest.mark.parametrize(
    "reported",
    [
        ["M54.9"],
        ["M54.2", "M54.6", "M54.50"],
        ["S39.012A", "W01.0XXA", "Y92.010", "Y99.8"],
        ["M54.50", "G89.29"],
        ["M47.814", "M47.816"],
        ["M54.9", "M15.0"],
        ["S33.5XXA", "S39.012A"],
        ["S39.012A", "Y99.8"],
        [],
    ],
)
def test_it_stays_silent(codes, reported):
    """Clean lists bring no finding: Excludes2 and unrelated codes are no fault."""
    assert kinds(codes, *reported) == set()


@pytest.mark.parametrize(
    ("note", "code", "named"),
    [
        ("radiculopathy with lumbar disc disorder (M51.1-)", "M51.16", True),
        ("radiculopathy with lumbar disc disorder (M51.1-)", "M51.26", False),
        ("injury (S00-T88)", "S39.012A", True),
        ("injury (S00-T88)", "V00.01XA", False),
        ("x (M45.-, M50.12)", "M50.121", True),
        ("low back strain (S39.012)", "S39.012A", True),
        ("low back strain (S39.012)", "S39.011A", False),
        ("current injury - see injury of spine by body region", "S39.012A", False),
    ],
)
def test_codes_named_in_notes(note, code, named):
    """Families, lists and ranges name their codes, and words alone name none."""
    assert names(note, code) is named
