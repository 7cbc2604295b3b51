"""What comes in through the exchange is private and followed nowhere; what goes out can be read."""

import json
import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from nbgrader.api import Base

from grader.grading.course import Course
from grader.grading.intake.received import RECEIVED, read_received
from grader.grading.newcourse import new_course
from tests.conftest import ROOT

pytestmark = pytest.mark.nbgrader
UNIT = "unit-1"
TIME = "2026-11-02 10:00:00.123456 UTC"
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@pytest.fixture
def course(tmp_path) -> Course:
    """A class with an exchange into which one honest trainee has handed in."""
    new_course(tmp_path / "class", ROOT / "exercises", tmp_path / "exchange")
    # nbgrader calls alembic for a gradebook without tables, which takes seconds.
    engine = sa.create_engine(f"sqlite:///{tmp_path}/class/gradebook.db")
    Base.metadata.create_all(engine)
    engine.dispose()
    (tmp_path / "class/gradebook.db").chmod(0o600)
    hand_in(tmp_path, "honest")
    return Course(tmp_path / "class")


def hand_in(place: Path, trainee: str) -> Path:
    """Do what `nbgrader submit` does, with its modes."""
    folder = place / "exchange/coding-back-pain/inbound" / f"{trainee}+{UNIT}+{TIME}+Rnd"
    folder.mkdir(parents=True)
    for name, text in (
        ("answers.json", json.dumps(trainee)),
        (f"{UNIT}.ipynb", "{}"),
        ("timestamp.txt", TIME),
    ):
        (folder / name).write_text(text)
        (folder / name).chmod(0o644)
    folder.chmod(0o777)
    return folder


def collected(course: Course, trainee: str) -> Path:
    """Where a submission comes to."""
    return course.root / "submitted" / trainee / UNIT


def assert_private(root: Path) -> None:
    """Nobody but its owner can open any of it."""
    for path in (root, *root.rglob("*")):
        assert path.is_symlink() or not path.stat().st_mode & OTHERS, path


def test_what_is_collected_is_private(course, tmp_path):
    """A folder that is open to everybody on its way is closed when it is there, and folders in it."""
    inner = hand_in(tmp_path, "ana") / "more"
    inner.mkdir()
    (inner / "file").touch(mode=0o666)
    inner.chmod(0o777)
    course.stage("collect", UNIT)
    assert json.loads((collected(course, "honest") / "answers.json").read_text()) == "honest"
    assert (collected(course, "ana") / "more/file").is_file()
    assert_private(course.root)


def test_links_are_not_followed(course, tmp_path):
    """A link to another's answers, or a whole folder that is a link, would be read with the instructor's rights."""
    target = tmp_path / "key.yml"
    target.write_text("secret")
    linked = hand_in(tmp_path, "bob")
    (linked / "answers.json").unlink()
    (linked / "answers.json").symlink_to(target)
    (linked / "folder").symlink_to(tmp_path)
    folder = hand_in(tmp_path, "cy")
    shutil.move(folder, tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    mode = target.stat().st_mode
    course.stage("collect", UNIT)
    assert (collected(course, "bob") / "answers.json").is_symlink() and (
        collected(course, "bob") / "folder"
    ).is_symlink()
    assert not collected(course, "cy").exists() and target.stat().st_mode == mode
    assert (collected(course, "honest") / "answers.json").is_file()


def test_nothing_that_is_handed_in_stops_the_others(course, tmp_path):
    """Pipes, endless folders and too much of everything: the honest one is collected, and the rest of a bad one."""
    os.mkfifo(hand_in(tmp_path, "alf") / "pipe")
    deep = hand_in(tmp_path, "bea")
    for _ in range(600):
        deep /= "x"
        deep.mkdir()
    course.api.coursedir.max_dir_size = 1
    (hand_in(tmp_path, "cam") / "large").write_bytes(bytes(2000))
    course.stage("collect", UNIT)
    assert (collected(course, "honest") / "answers.json").is_file()
    assert (collected(course, "alf") / "answers.json").is_file()
    assert not (collected(course, "alf") / "pipe").exists()
    assert not collected(course, "bea").exists() and not collected(course, "cam").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_what_cannot_be_read_is_left_out(course, tmp_path):
    """A file that its owner closed is left out, and everything else is collected."""
    (hand_in(tmp_path, "ana") / "answers.json").chmod(0)
    course.stage("collect", UNIT)
    assert not (collected(course, "ana") / "answers.json").exists()
    assert (collected(course, "ana") / f"{UNIT}.ipynb").is_file()


def test_a_newer_submission_takes_the_place_of_an_older_one(course, tmp_path):
    """As with nbgrader's own collect."""
    course.stage("collect", UNIT)
    newer = hand_in(tmp_path, "honest+more").rename(
        tmp_path / "exchange/coding-back-pain/inbound" / f"honest+{UNIT}+{TIME.replace('2026', '2027')}+Rnd"
    )
    (newer / "answers.json").write_text('"newer"')
    (newer / "timestamp.txt").write_text(TIME.replace("2026", "2027"))
    course.stage("collect", UNIT)
    assert (collected(course, "honest") / "answers.json").read_text() == '"newer"'
    assert_private(course.root)


def test_the_time_of_arrival_is_that_of_the_computer(course, tmp_path):
    """Files dated back, and a note of arrival that was handed in, change nothing."""
    before = datetime.now(UTC) - timedelta(minutes=1)
    forged = hand_in(tmp_path, "ana")
    (forged / RECEIVED).write_text(TIME)
    for path in (*forged.iterdir(), forged):
        os.utime(path, (0, 0))
    (hand_in(tmp_path, "bob") / RECEIVED / "in").mkdir(parents=True)
    (hand_in(tmp_path, "cy") / RECEIVED).symlink_to(tmp_path / "elsewhere")
    course.stage("collect", UNIT)
    for trainee in ("honest", "ana", "bob", "cy"):
        arrived = read_received(collected(course, trainee))
        assert arrived is not None and before < arrived < before + timedelta(minutes=10)
    assert not (tmp_path / "elsewhere").exists()
    assert_private(course.root)


def test_what_is_changed_in_the_exchange_arrives_later(course, tmp_path):
    """A trainee still owns the files there."""
    path = next((tmp_path / "exchange/coding-back-pain/inbound").glob("honest+*")) / "answers.json"
    first = path.stat().st_ctime_ns
    while path.stat().st_ctime_ns == first:
        path.write_text('"more"')
    course.stage("collect", UNIT)
    arrived = read_received(collected(course, "honest"))
    assert arrived is not None and arrived > datetime.fromtimestamp(first / 1e9, UTC)
