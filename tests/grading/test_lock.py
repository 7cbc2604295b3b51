"""One grading of an assignment at a time."""

import os

import pytest

from grader.errors import CourseError
from grader.grading.lock import alone, one_at_a_time


def test_a_second_grading_is_told_who_is_at_work(tmp_path):
    """While one grades, another is refused with the number of the process; another assignment is not."""
    with alone(tmp_path, "unit-1"):
        with pytest.raises(CourseError, match=f"process {os.getpid()}"), alone(tmp_path, "unit-1"):
            pass
        with alone(tmp_path, "unit-2"):
            pass


def test_the_lock_goes_with_its_process(tmp_path):
    """After the end of a grading, even by force, the next one may begin."""
    child = os.fork()
    if child == 0:
        with alone(tmp_path, "unit-1"):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    with alone(tmp_path, "unit-1"):
        pass


def test_what_the_course_shares_is_written_one_after_the_other(tmp_path):
    """Many who read, change and write the same file lose no change of another."""
    count = tmp_path / "count"
    count.write_text("0")
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            for _ in range(25):
                with one_at_a_time(tmp_path):
                    count.write_text(str(int(count.read_text()) + 1))
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert count.read_text() == "100"
