"""Feedback is held back until it is confirmed: real nbgrader, as a command and as formgrader's button."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from nbgrader.utils import notebook_hash

from grader.errors import CourseError
from grader.grading.release import _up_to_date
from tests.grading.instructor import UNIT, enter

pytestmark = pytest.mark.nbgrader


def nbgrader(root, *command):
    """Run a stock command in a course."""
    environment = {**os.environ, "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )


def released(root) -> set[str]:
    """The trainees whose feedback is in the exchange."""
    names = set()
    for folder in (root / "feedback").glob(f"*/{UNIT}"):
        secret = (folder / "submission_secret.txt").read_text()
        page = f"{notebook_hash(secret=secret, notebook_id=UNIT)}.html"
        if (root / "exchange/coding-back-pain/feedback" / page).exists():
            names.add(folder.parent.name)
    return names


def test_only_confirmed_feedback_is_released(copied):
    """While an answer waits its feedback stays, and the instructor reads whose and why; the others get theirs."""
    done = nbgrader(copied.root, "release_feedback", UNIT)
    assert done.returncode == 0 and released(copied.root) == {"trainee-3"}
    assert "Not released to trainee-2: 1 answer waits for confirmation (enc-0001-note)." in done.stderr
    assert "Not released to trainee-4: 12 answers wait" in done.stderr and "and 7 more" in done.stderr
    assert "held back from 7 of 8" in done.stderr and "trainee-3:" not in done.stderr


def test_confirmed_and_written_again_it_is_released(copied):
    """After the instructor's points it goes out with them; a page from before is held back, and the reason given."""
    enter(copied, "trainee-1", 12)
    done = nbgrader(copied.root, "release_feedback", UNIT, "--student", "trainee-1")
    assert done.returncode != 0 and not released(copied.root)
    assert "Not released to trainee-1: the page was written before" in done.stderr
    assert nbgrader(copied.root, "generate_feedback", UNIT, "--force").returncode == 0
    done = nbgrader(copied.root, "release_feedback", UNIT)
    assert done.returncode == 0 and released(copied.root) == {"trainee-1", "trainee-3"}
    page = (copied.root / "feedback/trainee-1" / UNIT / f"{UNIT}.html").read_text()
    assert "(Score: 12.0 / 17.0)" in page


def test_one_of_several_answers_is_not_enough(copied):
    """A submission of which one answer still waits is held back."""
    enter(copied, "trainee-1", 12, "enc-0001-note", "enc-0004-note")
    copied.stage("generate_feedback", UNIT, "trainee-1")
    with pytest.raises(CourseError, match="held back from 1 of 1"):
        copied.stage("release_feedback", UNIT, "trainee-1")
    assert not released(copied.root)


def test_nothing_to_confirm_is_released_at_once(copied):
    """A submission without a free answer needs nobody, by command, for one trainee and for a class."""
    copied.stage("release_feedback", UNIT, "trainee-3")
    assert released(copied.root) == {"trainee-3"}


def test_students_that_nbgrader_excludes_stay_excluded(copied):
    """nbgrader's own way to leave somebody out works as before, and nobody is told of them."""
    done = nbgrader(
        copied.root, "release_feedback", UNIT, "--CourseDirectory.student_id_exclude=trainee-3,trainee-1"
    )
    assert not released(copied.root) and "trainee-1:" not in done.stderr
    assert "held back from 6 of 6" in done.stderr


def test_feedback_without_a_record_is_held_back(copied):
    """Pages of somebody whom the gradebook does not know go nowhere."""
    shutil.copytree(copied.root / "feedback/trainee-3", copied.root / "feedback/stranger")
    done = nbgrader(copied.root, "release_feedback", UNIT)
    assert "Not released to stranger: the gradebook has no record" in done.stderr


def test_a_page_that_is_not_there_is_not_up_to_date(tmp_path):
    """Without its page a notebook has no feedback that could be released."""
    assert not _up_to_date(tmp_path, SimpleNamespace(name=UNIT, grades=[]))
    (tmp_path / f"{UNIT}.html").write_text("<html></html>")
    assert _up_to_date(tmp_path, SimpleNamespace(name=UNIT, grades=[]))
