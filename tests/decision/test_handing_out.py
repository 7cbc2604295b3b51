"""What of an exam is handed out, what is not, and who can read it."""

from __future__ import annotations

import shutil

from grader.decision.publish import REPORT, results, write_report, write_results
from grader.grading.course import Course
from tests.decision.made import EXAM, LATER
from tests.decision.test_publish import decide


def test_the_report_is_not_among_the_pages_to_hand_out(exam, tmp_path):
    """It stands one folder up, and one that an earlier version left among the pages is removed by either command."""
    shutil.copytree(exam.root, tmp_path / "class")
    course = Course(tmp_path / "class")
    folder = decide(course)
    folder.results.mkdir()
    old = folder.results / REPORT
    for write in (
        lambda: write_report(course, EXAM, LATER),
        lambda: write_results(folder, results(course, EXAM, LATER)),
    ):
        old.write_text("cases and what was right in them")
        write()
        assert not old.exists() and (folder.root / REPORT).is_file()


def test_only_the_owner_can_read_them(exam, tmp_path):
    """Pages and decisions have mode 600, their folder 700."""
    shutil.copytree(exam.root, tmp_path / "class")
    course = Course(tmp_path / "class")
    folder = decide(course)
    write_results(folder, results(course, EXAM, LATER))
    write_report(course, EXAM, LATER)
    private = (*folder.results.iterdir(), folder.decisions, folder.root / REPORT)
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    assert folder.results.stat().st_mode & 0o777 == 0o700
