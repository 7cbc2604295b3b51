"""Penalties for handing in late."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from traitlets.config import Config

from grader.errors import CourseError
from grader.grading.late import penalty_of, seconds_late

DUE = datetime(2026, 11, 2, 12)


def submission(minutes: float | None, extension: timedelta | None = None) -> SimpleNamespace:
    """A submission so many minutes after it was due."""
    at = None if minutes is None else DUE + timedelta(minutes=minutes)
    return SimpleNamespace(timestamp=at, extension=extension)


@pytest.mark.parametrize(
    ("minutes", "extension", "late"),
    [
        (10, None, 600),
        (-10, None, 0),
        (None, None, 0),
        (10, timedelta(minutes=5), 300),
        (10, timedelta(days=1), 0),
    ],
)
def test_lateness_counts_extensions(minutes, extension, late):
    """Late is what comes after the due date and an extension; without a time, nothing is late."""
    assert seconds_late(submission(minutes, extension), DUE) == late


def test_without_a_due_date_nothing_is_late():
    """An assignment that is never due takes answers at any time."""
    assert seconds_late(submission(10**6), None) == 0


def test_nbgrader_s_own_methods():
    """'zero' takes everything off what is late and nothing off the rest; without a method nothing is taken off."""
    zero = penalty_of(Config({"LateSubmissionPlugin": {"penalty_method": "zero"}}))
    assert zero("ana", 12.5, 60) == 12.5 and zero("ana", 12.5, 0) is None
    assert penalty_of(Config())("ana", 12.5, 60) is None


PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class ByTheHour(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {"spared": None, "thanked": -3.0}.get(
            student_id, total_seconds_late / (None if student_id == "broken" else 3600)
        )
"""


def test_a_plugin_of_somebody_else_is_asked(tmp_path, monkeypatch):
    """A penalty plugin in nbgrader's configuration decides, within the points there are."""
    (tmp_path / "by_the_hour.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path)
    penalty = penalty_of(Config({"AssignLatePenalties": {"plugin_class": "by_the_hour.ByTheHour"}}))
    assert penalty("ana", 10.0, 7200) == 2.0
    assert penalty("ana", 10.0, 3600 * 50) == 10.0
    assert penalty("thanked", 10.0, 7200) == 0.0
    assert penalty("spared", 10.0, 7200) is None
    with pytest.raises(CourseError, match=r"does not work for broken \(TypeError\)"):
        penalty("broken", 10.0, 7200)
