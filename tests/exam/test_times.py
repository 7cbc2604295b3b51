"""When one form is sat, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grader.errors import CourseError
from grader.exam.attempts import Sitting, at_times
from grader.exam.forms import FormEntry
from grader.exam.roster import Trainee
from grader.exam.times import as_sat, check_times, is_over, read_moment, times_of
from grader.sitting.record import Sitting as Record
from grader.sitting.timing import judge_time
from tests.exam.changed import blueprint

OPENS, CLOSES = datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 3, 1, 17, tzinfo=UTC)
EXAM = blueprint(("window.opens", OPENS), ("window.closes", CLOSES), ("time.minutes", 60))
ENTRY = FormEntry("short-1", "ann", "Ann", "", 1, 80, ())
ANN = Sitting(Trainee("ann", "Ann", ""), 1)
DAY = timedelta(days=1)


def test_a_form_without_times_of_its_own_has_those_of_the_blueprint():
    """To the minute, with the rules on lateness."""
    own = times_of(EXAM, ENTRY)
    assert (own.minutes, own.opens, own.closes) == (60, OPENS, CLOSES)
    assert (own.grace, own.over, own.late, own.warnings) == (2, "void", "void", (15, 5))
    assert as_sat(EXAM, ENTRY) == EXAM


def test_a_form_with_times_of_its_own_keeps_the_other_rules():
    """Both times, or one of them; what is said of the form says the same."""
    later = replace(ENTRY, opens=(OPENS + DAY).isoformat(), closes=(CLOSES + DAY).isoformat())
    own = times_of(EXAM, later)
    assert (own.opens, own.closes, own.minutes) == (OPENS + DAY, CLOSES + DAY, 60)
    assert as_sat(EXAM, later).window.closes == CLOSES + DAY and as_sat(EXAM, later).standard == EXAM.standard
    one = times_of(EXAM, replace(ENTRY, closes=(CLOSES + DAY).isoformat()))
    assert (one.opens, one.closes) == (OPENS, CLOSES + DAY)


def test_extra_minutes_lengthen_a_sitting():
    """The window only as far as somebody who starts with the others would lack time."""
    assert times_of(EXAM, replace(ENTRY, extra=45)).minutes == 105
    assert times_of(EXAM, replace(ENTRY, extra=45)).closes == CLOSES
    tight = replace(ENTRY, closes=(OPENS + timedelta(minutes=70)).isoformat(), extra=45)
    assert times_of(EXAM, tight).closes == OPENS + timedelta(minutes=105)
    short = replace(ENTRY, closes=(OPENS + timedelta(minutes=10)).isoformat(), extra=5)
    assert times_of(EXAM, short).closes == OPENS + timedelta(minutes=15)


@pytest.mark.parametrize(("extra", "void"), [(0, True), (45, False)])
def test_time_is_judged_by_the_times_of_the_form(extra, void):
    """Ninety minutes are too many for sixty, and not for somebody who has 45 more."""
    own = times_of(EXAM, replace(ENTRY, extra=extra))
    end = OPENS + timedelta(minutes=90)
    assert judge_time(Record(OPENS, end, end, 3, True, ()), end, end, own, own).void is void


def test_a_form_that_nobody_could_open_is_refused():
    """It says since when, and what to add; with times of its own it is drawn."""
    over = CLOSES + DAY
    with pytest.raises(CourseError, match=r"closed on 1 March 2027, 17:00 UTC\. Give .*--opens .*--closes"):
        check_times(EXAM, [ANN], over)
    check_times(EXAM, [ANN], CLOSES - timedelta(seconds=1))
    check_times(EXAM, at_times([ANN], over, over + DAY), over)
    check_times(EXAM, [], over)
    with pytest.raises(CourseError, match="before they open"):
        check_times(EXAM, at_times([ANN], over + DAY, over + DAY), over)


def test_a_form_is_over_when_its_own_window_and_the_grace_are():
    """Not before, and not by the blueprint's window where the form has a later one."""
    grace = timedelta(minutes=2)
    assert not is_over(EXAM, ENTRY, CLOSES + grace)
    assert is_over(EXAM, ENTRY, CLOSES + grace + timedelta(seconds=1))
    assert not is_over(EXAM, replace(ENTRY, closes=(CLOSES + DAY).isoformat()), CLOSES + DAY)


def test_a_moment_says_its_offset():
    """A time without one would be another time elsewhere."""
    assert read_moment("2027-03-01T09:00-05:00") == datetime(2027, 3, 1, 14, tzinfo=UTC)
    assert read_moment(" 2027-03-01 09:00Z ") == OPENS
    for text in ("2027-03-01T09:00", "2027-03-01", "soon", ""):
        with pytest.raises(ValueError):
            read_moment(text)
