"""The data: reproducible, valid on its dates, and consistent in itself."""

import csv
import io
from datetime import date

import pytest

from grader.claims_year import as_csv, generate, story
from grader.claims_year.claim import AFTER_APPEAL, AFTER_CORRECTION, DENIED, PAID, REJECTED
from grader.codeset.validity import validity
from tests.test_cli import run

RULED_OUT = story.OLD_CODE.words


def test_the_same_seed_makes_the_same_bytes(claims):
    """A year can be made again, byte for byte."""
    assert as_csv(generate(2026)) == as_csv(claims)


def test_another_seed_makes_another_year(claims):
    """Instructors can hand out years of their own."""
    assert as_csv(generate(7)) != as_csv(claims)


@pytest.mark.parametrize("seed", [1, 7, 42, 2026])
def test_a_year_has_about_2400_claims_from_january_to_december(seed):
    """The size stays the same whatever the seed, and the claims stand in the order of the visits."""
    days = [claim.day for claim in generate(seed)]
    assert 2300 <= len(days) <= 2500 and days == sorted(days)
    assert {day.month for day in days} == set(range(1, 13)) and {day.year for day in days} == {story.YEAR}
    assert not any(day.weekday() == 6 or day in story.CLOSED for day in days)


@pytest.mark.parametrize("seed", [1, 2026])
def test_every_code_is_valid_on_its_date_but_the_marked_ones(codes, seed):
    """A code that is over is rejected for that reason, and no other claim carries one."""
    for claim in generate(seed):
        assert validity(codes, claim.code, claim.day).billable == (claim.reason != RULED_OUT), claim
        assert claim.reason != RULED_OUT or claim.first_answer == REJECTED, claim


def test_a_code_that_begins_later_is_not_drawn_before(codes, monkeypatch):
    """Codes are drawn from what is valid on the day: Z68.18 began on 1 October 2026."""
    monkeypatch.setattr(story, "CODES", dict.fromkeys(("Z68.18", *story.CODES), 1))
    days = [claim.day for claim in generate(3, codes) if claim.code == "Z68.18"]
    assert days and min(days) >= date(2026, 10, 1)


def test_answer_outcome_reason_and_payment_agree(claims):
    """No line of the log contradicts itself."""
    ends = {
        PAID: {PAID},
        REJECTED: {REJECTED, AFTER_CORRECTION},
        DENIED: {DENIED, AFTER_CORRECTION, AFTER_APPEAL},
    }
    reasons = {reason.words: reason for reason in story.REASONS}
    for claim in claims:
        assert claim.outcome in ends[claim.first_answer], claim
        assert (claim.days_to_payment is None) == (claim.outcome in (REJECTED, DENIED)), claim
        assert bool(claim.reason) == claim.came_back == (claim.first_answer != PAID), claim
        if claim.reason:
            assert (claim.first_answer, claim.carc) == (
                reasons[claim.reason].answer,
                reasons[claim.reason].carc,
            )
    assert {claim.outcome for claim in claims} == set().union(*ends.values())


def test_medicare_pays_no_claim_before_its_fourteenth_day_and_denies_none_as_late(claims):
    """Rules that a reader may know are kept: Medicare's waiting time, and its year for filing."""
    medicare = [claim for claim in claims if claim.payer == "Medicare"]
    assert min(claim.days_to_payment for claim in medicare if claim.paid_in_the_end) > 14
    assert not any(claim.reason == story.TOO_LATE.words for claim in medicare)


def test_the_file_opens_as_a_table(claims):
    """Each line has every column, and the complete notes are those with every point."""
    rows = list(csv.DictReader(io.StringIO(as_csv(claims))))
    assert len(rows) == len(claims) and all(None not in row.values() for row in rows)
    assert {row["documentation_complete"] for row in rows} == {"yes", "no"}
    assert all((row["documentation_complete"] == "yes") == (row["elements_in_note"] == "10") for row in rows)


def test_the_command_writes_the_year(capsys, tmp_path, claims):
    """`claims-year` writes what the lesson reads, and says how much."""
    code, out, _ = run(capsys, "claims-year", "--out", str(tmp_path / "claims.csv"))
    assert code == 0 and f"{len(claims):,} claims" in out
    assert (tmp_path / "claims.csv").read_bytes() == as_csv(claims).encode()


def test_the_command_says_where_it_cannot_write(capsys, tmp_path):
    """A folder that is not there is named, with what to do."""
    code, _, errors = run(capsys, "claims-year", "--out", str(tmp_path / "no" / "claims.csv"))
    assert code == 2 and "no/claims.csv" in errors and "--out" in errors
