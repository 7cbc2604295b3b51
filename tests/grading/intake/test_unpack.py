"""Submissions from a zip are put in place one by one, and nothing is lost however that ends."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.grading.intake import unpack as unpacking
from grader.grading.intake.unpack import unpack
from grader.grading.lock import alone
from tests.conftest import ROOT
from tests.grading.intake.handing_in import SAMPLE, TIME, UNIT
from tests.grading.intake.packing import EARLIER, EVE, LATER, NOTEBOOK, by, entry, files, packed


@pytest.fixture
def course(tmp_path) -> Path:
    """An empty course root."""
    root = tmp_path / "course"
    root.mkdir()
    return root


def test_what_is_unpacked_is_private(tmp_path, course):
    """Nobody else of the machine can read what was handed in, whatever the archive says."""
    unpack(packed(tmp_path / "class.zip", EVE, entry("a/b", mode=0o100777)), course, UNIT)
    for path in (course / "submitted", *(course / "submitted").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize(
    ("there", "comes", "is_taken"),
    [(EARLIER, TIME, True), (TIME, TIME, False), (LATER, TIME, False), ("", TIME, True), (TIME, "", False), ("", "soon", False),
     ("2026-11-02 11:00:00 +3600", "2026-11-02 10:30:00 UTC", True)],
)  # fmt: skip
def test_only_a_newer_submission_takes_the_place_of_another(tmp_path, course, there, comes, is_taken):
    """What was handed in later stays, whenever it is unpacked; what has no time is older than what has one."""
    unpack(packed(tmp_path / "first.zip", by("eve", there), entry("first")), course, UNIT)
    found = unpack(packed(tmp_path / "second.zip", by("eve", comes), entry("second")), course, UNIT)
    assert (found.taken, found.skipped) == ((("eve",), ()) if is_taken else ((), ("eve",)))
    assert ("eve/unit-1/second" in files(course / "submitted")) == is_taken
    assert ("eve/unit-1/first" in files(course / "submitted")) != is_taken


@pytest.mark.parametrize("name", ["received.txt", "RECEIVED.txt", "received.txt/in"])
def test_an_archive_says_nothing_of_the_time_of_arrival(tmp_path, course, name):
    """Only collecting from the exchange knows it: a note of it that somebody packed is left out."""
    unpack(packed(tmp_path / "class.zip", EVE, entry(name), entry("more/received.txt")), course, UNIT)
    found = files(course / "submitted/eve/unit-1")
    assert found == ["answers.json", "more/received.txt", "timestamp.txt", "unit-1.ipynb"]


@pytest.mark.parametrize("place", ["submitted/eve", "submitted/eve/unit-1"])
def test_no_link_in_submitted_is_written_through(tmp_path, course, place):
    """A link in place of a trainee's folder is told, and what it leads to stays as it is."""
    outside = tmp_path / "outside"
    (outside / UNIT).mkdir(parents=True)
    (course / place).parent.mkdir(parents=True)
    (course / place).symlink_to(outside)
    found = unpack(packed(tmp_path / "class.zip", EVE, by("ana")), course, UNIT)
    assert found.taken == ("ana",) and "link" in found.refused["eve"] and not files(outside)


def test_the_whole_archive_is_bounded(tmp_path, course, monkeypatch):
    """What was put in place before the bound was reached stays; the others are told."""
    bound = 2 * (len(NOTEBOOK) + len(SAMPLE) + len(TIME)) + 1
    monkeypatch.setattr(unpacking, "MAX_ARCHIVE", bound)
    found = unpack(packed(tmp_path / "class.zip", *map(by, ("ana", "bob", "eve", "zoe"))), course, UNIT)
    assert (
        found.taken == ("ana", "bob") and f"archive holds more than {bound:,} bytes" in found.refused["eve"]
    )


def test_a_full_disk_stops_everything_in_words(tmp_path, course, monkeypatch):
    """When there is no room, what is in place stays, nothing half is left, and the command says so."""
    write = unpacking._Work._write

    def full(self, path: Path, *of: object) -> None:
        if "zoe" in path.parts:
            raise OSError(28, "No space left on device")
        write(self, path, *of)

    monkeypatch.setattr(unpacking._Work, "_write", full)
    with pytest.raises(CourseError, match="Unpacking stopped: No space left on device"):
        unpack(packed(tmp_path / "class.zip", EVE, by("zoe")), course, UNIT)
    assert len(files(course / "submitted/eve")) == 3 and not (course / "submitted/zoe").exists()
    assert [*files(course / "graded")] == [f"{UNIT}/.lock"]


def test_what_is_refused_takes_no_room(tmp_path, course, monkeypatch):
    """What was inflated before a submission was refused is gone before the next one is."""
    build, there = unpacking._Work._build, []

    def building(self, new: Path, entries: object) -> None:
        there.append([*new.parent.iterdir()])
        build(self, new, entries)

    monkeypatch.setattr(unpacking._Work, "_build", building)
    found = unpack(packed(tmp_path / "class.zip", EVE, entry("x", CRC=1), by("zoe")), course, UNIT)
    assert [*found.refused] == ["eve"] and there == [[], []]


def test_nothing_is_unpacked_while_the_assignment_is_graded(tmp_path, course):
    """Grading and unpacking keep out of each other's way."""
    with alone(course, UNIT), pytest.raises(CourseError, match="is being graded"):
        unpack(packed(tmp_path / "class.zip", EVE), course, UNIT)


@pytest.mark.parametrize("assignment", ["", ".", "..", "a/b", "/etc", ".unit-1"])
def test_an_assignment_is_one_folder(tmp_path, course, assignment):
    """What names no folder of the course is refused before anything is written."""
    with pytest.raises(CourseError, match="no name of an assignment"):
        unpack(packed(tmp_path / "class.zip", EVE), course, assignment)
    assert not [*course.iterdir()]


STEPS = ("rename", "mkdir", "rmdir", "unlink", "open")


def killed_at(step: int, archive: Path, course: Path) -> bool:
    """Unpack in another process that is gone before its n-th change of the disk; tell whether it got so far."""
    child = os.fork()
    if child == 0:
        left = step

        def counted(does: Callable) -> Callable:
            def dying(*of: object, **more: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return does(*of, **more)

            return dying

        for name in STEPS:
            setattr(os, name, counted(getattr(os, name)))
        unpack(archive, course, UNIT)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def whole(folder: Path) -> str:
    """The time of a submission that has all its files."""
    assert files(folder) == ["answers.json", "timestamp.txt", "unit-1.ipynb"]
    assert (folder / "answers.json").read_bytes() == SAMPLE and (
        folder / "unit-1.ipynb"
    ).read_bytes() == NOTEBOOK
    return (folder / "timestamp.txt").read_text()


def test_a_kill_at_any_point_loses_nothing(tmp_path, course):
    """Old or new, a whole submission is there after every kill and the next run, which finishes."""
    old = packed(tmp_path / "old.zip", by("ana", EARLIER), by("eve", EARLIER))
    new, other = packed(tmp_path / "new.zip", by("ana"), by("eve")), packed(tmp_path / "other.zip", by("zoe"))
    unpack(old, course, UNIT)
    shutil.copytree(course, tmp_path / "before")
    step, seen = 0, set()
    while killed_at(step, new, course):
        for trainee in ("ana", "eve"):
            place = course / "submitted" / trainee / UNIT
            aside = course / "graded" / f".unpacking-{UNIT}" / "old" / trainee
            seen.add((trainee, whole(place if place.exists() else aside), place.exists()))
        last = unpack(new if step % 2 else other, course, UNIT)
        assert {whole(course / "submitted" / trainee / UNIT) for trainee in ("ana", "eve")} <= {EARLIER, TIME}
        assert not last.refused and [path.name for path in (course / "graded").iterdir()] == [UNIT]
        shutil.rmtree(course)
        shutil.copytree(tmp_path / "before", course)
        step += 1
    assert whole(course / "submitted/ana" / UNIT) == TIME and step > 20
    # The moment between the two renames was among them.
    assert ("ana", EARLIER, False) in seen and ("eve", TIME, True) in seen


def test_unpacking_starts_no_notebook_software():
    """Neither nbgrader nor nbformat, which take seconds to start, is imported to unpack."""
    code = (
        "import grader.grading.intake.unpack, sys; sys.exit(bool({'nbgrader', 'nbformat'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
