"""Validity depends on the date of the encounter."""

from datetime import date

import pytest

from grader.codeset.validity import validity


@pytest.mark.parametrize(
    ("code", "day", "kind"),
    [
        ("M54.9", "2026-11-02", "billable"),
        ("M54.5", "2021-09-30", "billable"),
        ("M54.5", "2021-10-01", "retired"),
        ("M54.50", "2021-09-30", "not_yet_valid"),
        ("M54.50", "2021-10-01", "billable"),
        ("M51.36", "2024-09-30", "billable"),
        ("M51.36", "2024-10-01", "retired"),
        ("M51.360", "2024-09-30", "not_yet_valid"),
        ("M51.379", "2024-10-01", "billable"),
        ("Z68.1", "2026-09-30", "billable"),
        ("Z68.1", "2026-10-01", "retired"),
        ("Z68.18", "2026-10-01", "billable"),
        ("M72.2", "2026-10-01", "retired"),
        ("M72.20", "2026-10-01", "billable"),
        ("S23.420A", "2026-09-30", "billable"),
        ("S23.420A", "2026-10-01", "retired"),
        ("S23.420", "2026-10-01", "retired"),
        ("M48.06", "2026-11-02", "not_billable"),
        ("M54", "2026-11-02", "not_billable"),
        ("S39.012", "2026-11-02", "missing_7th"),
        ("S39.012A", "2026-11-02", "billable"),
        ("S39.012B", "2026-11-02", "wrong_7th"),
        ("W01.0", "2026-11-02", "missing_7th"),
        ("W01.0A", "2026-11-02", "missing_7th"),
        ("W01.0XXA", "2026-11-02", "billable"),
        ("T07.XXXA", "2026-11-02", "billable"),
        ("S06.1X7D", "2026-11-02", "wrong_7th"),
        ("M54.9A", "2026-11-02", "unknown_code"),
        ("ZZZ", "2026-11-02", "unknown_code"),
        ("M48.5XXA", "2026-11-02", "not_billable"),
        ("S39.012XA", "2026-11-02", "missing_7th"),
    ],
)
def test_the_date_decides(codes, code, day, kind):
    """Each code is judged on the day of the encounter, a day earlier or later where it changed."""
    assert validity(codes, code, date.fromisoformat(day)).kind == kind


def test_what_is_not_billable_says_what_to_use_and_why(codes):
    """Every refusal has a reason, a citation and, where the rule names one, the way out."""
    on = date(2026, 11, 2)
    retired = validity(codes, "M54.5", on)
    assert (
        retired.instead == ("M54.50", "M54.51", "M54.59")
        and "1 October 2021" in retired.reason
        and retired.cite
    )
    assert validity(codes, "M48.06", on).instead == ("M48.061", "M48.062")
    assert validity(codes, "W01.0A", on).instead == ("W01.0XXA",)
    assert "M48.5 is a heading" in validity(codes, "M48.5XXA", on).reason
    assert "too many characters" in validity(codes, "S39.012XA", on).reason
    assert "S23.420" not in validity(codes, "S23.42", on).instead


def test_the_number_of_billable_codes_is_the_official_one(codes):
    """On the day of the tabular release, 74,719 codes are billable, as CMS counts."""
    from tests.codeset.test_tabular import official_codes

    spelled = {code[:3] + "." + code[3:] if len(code) > 3 else code for code in official_codes()}
    assert sum(validity(codes, code, date(2026, 4, 2)).billable for code in spelled) == 74_719
