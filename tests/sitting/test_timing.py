"""Judging the time of a sitting by the rules of its exam."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from grader.sitting.record import read_sitting
from grader.sitting.timing import judge_time
from tests.sitting.forms import FORM, OPENS, RULES, write_record

WHOLE = [(1, "start"), (50, "save"), (55, "finish")]


def at(minutes):
    """A moment so many minutes after the opening."""
    return OPENS + timedelta(minutes=minutes)


def of(folder, submitted, received, rules=RULES):
    """Judge what stands in a folder."""
    times = [None if minutes is None else at(minutes) for minutes in (submitted, received)]
    return judge_time(read_sitting(folder, FORM), *times, rules, rules)


def judged(folder, happened, submitted, rules=RULES):
    """Judge an honest record."""
    write_record(folder, happened)
    return of(folder, submitted, submitted, rules)


def test_work_in_time_has_nothing_to_say(tmp_path):
    """Minutes run from the start to handing over; handing in somewhat later is no matter."""
    timing = judged(tmp_path, WHOLE, 200)
    assert timing.minutes == 54 and timing.reasons == ()
    assert not (timing.late or timing.over or timing.void or timing.unknown)


def test_a_time_without_zone_is_utc(tmp_path):
    """As nbgrader writes it."""
    write_record(tmp_path, WHOLE)
    naive = at(56).astimezone(UTC).replace(tzinfo=None)
    assert judge_time(read_sitting(tmp_path, FORM), naive, at(56), RULES, RULES).reasons == ()


@pytest.mark.parametrize(("last", "over"), [(61, False), (63, False), (63.1, True), (90, True)])
def test_the_time_limit_with_its_grace(tmp_path, last, over):
    """60 minutes and 2 of grace from the start at minute 1: up to minute 63 and no further."""
    timing = judged(tmp_path, [(1, "start"), (last, "save"), (last, "finish")], last + 1)
    assert (timing.over, timing.void) == (over, over) and bool(timing.reasons) == over


def test_over_time_is_counted_where_the_rule_says_so(tmp_path):
    """It is told and does not void."""
    timing = judged(tmp_path, [(1, "start"), (90, "save")], 91, replace(RULES, over="count"))
    assert timing.over and not timing.void and "counted all the same" in timing.reasons[0]


@pytest.mark.parametrize(("submitted", "late"), [(8 * 60, False), (8 * 60 + 2, False), (8 * 60 + 3, True)])
def test_handing_in_after_the_window(tmp_path, submitted, late):
    """By nbgrader's time of submission, with the grace."""
    for rule, void in (("void", late), ("count", False)):
        timing = judged(tmp_path, WHOLE, submitted, replace(RULES, late=rule))
        assert (timing.late, timing.void) == (late, void)


def test_a_record_that_ends_before_the_submission_is_no_proof_when_answers_differ(tmp_path):
    """Answers edited after handing over: the time of submission stands in for the record."""
    write_record(tmp_path, WHOLE)
    (tmp_path / "answers.json").write_text("{}")
    late = of(tmp_path, 200, 200)
    assert late.over and late.void and late.minutes == 199 and "does not show" in late.reasons[0]
    soon = of(tmp_path, 60, 60)
    assert not (soon.over or soon.void or soon.unknown) and "not those" in soon.reasons[0]


def test_a_broken_record_is_judged_by_the_submission(tmp_path):
    """A dropped event proves nothing, so that dropping one gains nothing."""
    path = write_record(tmp_path, [(1, "start"), (50, "save"), (120, "save")])
    path.write_bytes(
        b"".join(path.read_bytes().splitlines(keepends=True)[:1])
        + path.read_bytes().splitlines(keepends=True)[2]
    )
    timing = of(tmp_path, 121, 121)
    assert timing.over and timing.void


def test_a_start_moved_later_runs_into_the_saves(tmp_path):
    """Even with hashes made anew, the times run backwards."""
    timing = judged(tmp_path, [(100, "start"), (50, "save"), (150, "finish")], 151)
    assert timing.unknown and any("backwards" in reason for reason in timing.reasons)


@pytest.mark.parametrize(
    ("happened", "submitted", "says"),
    [
        ([(-10, "start"), (40, "save")], 45, "before the exam opened"),
        ([(500, "start"), (510, "save")], 511, "after the exam had closed"),
        (WHOLE, 30, "after the time of submission"),
    ],
)
def test_a_record_that_contradicts_the_window_or_the_submission_is_remarked_on(
    tmp_path, happened, submitted, says
):
    """The clock was wrong, or the record was changed: it is not counted until the instructor has looked."""
    for rules in (RULES, replace(RULES, over="count", late="count")):
        timing = judged(tmp_path, happened, submitted, rules)
        assert any(says in reason for reason in timing.reasons)
        assert timing.unknown or timing.void
    assert timing.unknown and not timing.void


def test_clocks_differ_by_a_minute(tmp_path):
    """That is nothing to remark on."""
    assert judged(tmp_path, [(-1, "start"), (50, "save"), (55, "finish")], 54.5).reasons == ()


def test_what_cannot_be_known_is_said(tmp_path):
    """Without a record a submission long after the opening may have taken any time: an instructor decides."""
    timing = of(tmp_path, 300, 300)
    assert timing.unknown and timing.minutes is None and not timing.void
    assert any("Decide whether it counts" in reason for reason in timing.reasons)


def test_what_must_have_been_in_time_is_known_without_a_record(tmp_path):
    """Handed in an hour after the opening, it took no more than an hour."""
    timing = of(tmp_path, 60, 60)
    assert not timing.unknown and not timing.void


def test_without_a_time_of_arrival_a_sound_record_is_judged(tmp_path):
    """An archive brings none; a record that is not sound cannot be made good by the trainee's own time."""
    write_record(tmp_path, WHOLE)
    assert not of(tmp_path, 56, None).unknown
    (tmp_path / "sitting.jsonl").unlink()
    assert of(tmp_path, 56, None).unknown and not of(tmp_path, 56, 56).unknown


def test_without_a_time_of_submission_the_time_is_not_known(tmp_path):
    """nbgrader always writes one: somebody took it away."""
    write_record(tmp_path, WHOLE)
    for received in (None, 56):
        timing = of(tmp_path, None, received)
        assert timing.unknown and any("no time of submission" in reason for reason in timing.reasons)


@pytest.mark.parametrize(("received", "known"), [(57.9, True), (58.1, False), (236, False), (40, False)])
def test_a_time_of_submission_that_is_not_that_of_the_arrival_is_not_believed(tmp_path, received, known):
    """A clock that was set back writes an early time of submission; the class's computer has another one."""
    write_record(tmp_path, WHOLE)
    timing = of(tmp_path, 56, received)
    told = any("did not arrive" in reason for reason in timing.reasons)
    assert told is not known and timing.unknown is not known and not timing.void


def test_the_later_of_both_times_decides_whether_it_is_late(tmp_path):
    """In either order."""
    write_record(tmp_path, WHOLE)
    for submitted, received in ((56, 9 * 60), (9 * 60, 56)):
        timing = of(tmp_path, submitted, received)
        assert timing.late and timing.void
