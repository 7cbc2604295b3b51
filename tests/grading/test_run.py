"""Grading a class: what is new is graded, and whatever ends it in between, the next run finishes."""

import json
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import time

import pytest

from benchmarks.classes import NAME, hand_in_again, make_class
from grader.cli import main
from grader.errors import CourseError, NotFoundError
from grader.grading import record
from grader.grading.course import Course
from grader.grading.lock import alone
from grader.grading.reports.classtable import ClassTable
from grader.grading.run import How, grade_assignment
from tests.grading import crashes

pytestmark = pytest.mark.nbgrader
FEW = 7
MANY = 30
LEAST = 3  # one of them late, one with a damaged file


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A class that nobody has graded, in which some hand in late and some damaged files."""
    root = tmp_path_factory.mktemp("few") / "class"
    make_class(root, FEW, seed=3, late=0.3, broken=0.3)
    return root


@pytest.fixture
def fresh(few, tmp_path):
    """The same class, to be graded."""
    root = tmp_path / "class"
    shutil.copytree(few, root)
    return root


def another(few, root, count, **kinds):
    """Make a class of other people in the same course, whose gradebook takes nbgrader seconds to make."""
    shutil.copytree(few, root)
    shutil.rmtree(root / "submitted")
    (root / "submitted").mkdir()
    make_class(root, count, **kinds)


def grade(root, how: How | None = None) -> ClassTable:
    """Grade the class."""
    return grade_assignment(Course(root), NAME, lambda done, of: None, how)


def times(root) -> dict[str, int]:
    """When each record was written."""
    return {path.stem: path.stat().st_mtime_ns for path in (root / "graded" / NAME).glob("*.json")}


def test_what_is_unchanged_is_left_alone(fresh):
    """A second run grades nothing, and a class table comes out all the same."""
    first = grade(fresh)
    before = times(fresh), crashes.everything(fresh)
    assert grade(fresh) == first
    assert (times(fresh), crashes.everything(fresh)) == before


def test_who_hands_in_again_is_graded_again(fresh):
    """A resubmission is graded, with its own answers and time, and nobody else is."""
    grade(fresh)
    before, rows = times(fresh), crashes.rows(fresh)
    (again,) = hand_in_again(fresh, FEW, 1 / FEW)
    grade(fresh)
    after = times(fresh)
    assert {name for name in after if after[name] != before[name]} == {again}
    changed = {row[0] for row in set(crashes.rows(fresh)) ^ set(rows)}
    assert changed == {again}


def test_a_later_time_alone_is_a_resubmission(fresh):
    """The same answers handed in at another time are graded for that time."""
    grade(fresh)
    trainee = next(each for each in record.read_all(fresh, NAME) if not each.reason).trainee
    before = times(fresh)
    (fresh / "submitted" / trainee / NAME / "timestamp.txt").write_text("2026-11-28 10:00:00 UTC")
    grade(fresh)
    after = times(fresh)
    assert {name for name in after if after[name] != before[name]} == {trainee}


def test_force_grades_everything(fresh):
    """With --force every submission is graded again, to the same end."""
    grade(fresh)
    before, whole = times(fresh), crashes.everything(fresh)
    grade(fresh, How(force=True))
    after = times(fresh)
    assert all(after[name] != before[name] for name in before)
    assert crashes.everything(fresh) == whole


def test_a_corrected_key_grades_everything_again(fresh):
    """Grades never rest on a key that has been corrected since."""
    grade(fresh)
    before = times(fresh)
    key = fresh / "cases" / "enc-0001" / "key.yml"
    key.write_text(f"{key.read_text()}# looked at again\n")
    grade(fresh)
    assert all(times(fresh)[name] != before[name] for name in before)


@pytest.mark.parametrize("gone", ["autograded", "gradebook", "records"])
def test_what_somebody_removed_is_made_again(fresh, gone):
    """Folders, rows or records that are gone come back with the next run."""
    grade(fresh)
    whole = crashes.everything(fresh)
    if gone == "autograded":
        shutil.rmtree(fresh / "autograded")
    elif gone == "records":
        shutil.rmtree(fresh / "graded")
    else:
        (fresh / "gradebook.db").unlink()
        Course(fresh).stage("generate_assignment", NAME)
        from benchmarks.course import DUE

        with Course(fresh).gradebook() as gradebook:
            gradebook.find_assignment(NAME).duedate = DUE.replace(tzinfo=None)
            gradebook.db.commit()
    grade(fresh)
    assert crashes.everything(fresh) == whole


def test_a_record_damaged_by_a_power_cut_is_made_again(fresh):
    """A record that is empty counts as none: the submission is graded again."""
    grade(fresh)
    whole = crashes.everything(fresh)
    next((fresh / "graded" / NAME).glob("*.json")).write_text("")
    grade(fresh)
    assert crashes.everything(fresh) == whole


def test_ended_at_every_step_and_finished_by_the_next_run(few, tmp_path, capsys):
    """Killed right before each single thing that a run changes, everything is whole, and a rerun ends as if nothing was."""
    least, reference = tmp_path / "least", tmp_path / "reference"
    another(few, least, LEAST, seed=12, late=0.3, broken=0.3)
    shutil.copytree(least, reference)
    grade(reference)
    expected = crashes.everything(reference)
    steps = 0
    while True:
        root = tmp_path / f"class-{steps}"
        shutil.copytree(least, root)
        if not crashes.ended_at(root, steps + 1):
            break
        steps += 1
        crashes.check(root)
        grade(root)
        assert crashes.everything(root) == expected, f"killed before step {steps}"
        shutil.rmtree(root)
    assert steps > 8 * LEAST
    with capsys.disabled():
        print(
            f"\n{LEAST} submissions: killed before each of {steps} steps; every rerun gave the same {len(expected['rows'])} grades"
        )


def test_ended_at_random_and_finished_by_the_next_run(few, tmp_path, capsys):
    """Killed 30 times at random moments, no grade is lost, doubled or half written."""
    root = tmp_path / "class"
    another(few, root, MANY, seed=4, late=0.2, broken=0.1)
    reference = tmp_path / "reference"
    shutil.copytree(root, reference)
    begun = time.monotonic()
    grade(reference)
    lasted = time.monotonic() - begun
    draw, at_work, finished = random.Random(7), 0, 0
    for _ in range(30):
        how = How(force=True) if finished else None
        if crashes.ended_after(root, draw.uniform(0.02, 0.5) * lasted, how):
            at_work += 1
        else:
            finished += 1
        crashes.check(root)
    grade(root)
    assert crashes.everything(root) == crashes.everything(reference)
    assert at_work >= 20
    with capsys.disabled():
        print(
            f"\n{MANY} submissions: killed {at_work} times at work, {finished} runs had ended before; all grades once"
        )


def test_several_processes_give_the_same(fresh):
    """Whether one process grades or two, everything that is written is the same."""
    other = fresh.parent / "other"
    shutil.copytree(fresh, other)
    grade(fresh)
    grade(other, How(processes=2))
    assert crashes.everything(other) == crashes.everything(fresh)


def test_two_gradings_at_once(fresh, capsys):
    """A second grading of the same assignment is refused in words and changes nothing; another course does not matter."""
    with alone(fresh, NAME):
        assert main(["grade", NAME, "--course", str(fresh)]) == 2
    assert "being graded right now" in capsys.readouterr().err
    assert crashes.rows(fresh) == []


def test_two_machines_with_one_gradebook(few, tmp_path):
    """Two gradings that share a gradebook, and no lock, write every grade once."""
    reference, one, two = (tmp_path / name for name in ("reference", "one", "two"))
    for root in (reference, one, two):
        shutil.copytree(few, root)
    grade(reference)
    (two / "gradebook.db").unlink()
    (two / "gradebook.db").symlink_to(one / "gradebook.db")
    command = [sys.executable, "-m", "grader", "grade", NAME, "--force", "--course"]
    for _ in range(2):
        both = [subprocess.Popen([*command, str(root)], stdout=subprocess.DEVNULL) for root in (one, two)]
        assert [each.wait(120) for each in both] == [0, 0]
    assert crashes.rows(one) == crashes.rows(reference)


def test_confirmed_points_stay(fresh):
    """What an instructor gave outlives a regrade, and waits again when the answer is another one."""
    grade(fresh)
    course = Course(fresh)
    trainee = next(
        each.trainee
        for each in record.read_all(fresh, NAME)
        if any(cell.kind == "documentation" and cell.points for cell in each.cells.values())
    )
    with course.gradebook() as gradebook:
        given = gradebook.find_grade("enc-0001-note", NAME, NAME, trainee)
        given.manual_score, given.needs_manual_grade = 11.5, False
        gradebook.db.commit()
    grade(fresh, How(force=True))
    row = {row[1]: row for row in crashes.rows(fresh) if row[0] == trainee}["enc-0001-note"]
    assert row[3:5] == (11.5, 0)
    path = fresh / "submitted" / trainee / NAME / "answers.json"
    answers = json.loads(path.read_text())
    answers["items"]["enc-0001/note"]["text"] += " She sleeps badly."
    path.write_text(json.dumps(answers))
    grade(fresh)
    row = {row[1]: row for row in crashes.rows(fresh) if row[0] == trainee}["enc-0001-note"]
    assert row[3:5] == (11.5, 1)


def test_a_full_disk_is_told_and_loses_nothing(few, tmp_path):
    """On a disk that fills up the command says so; with room again it finishes what is left."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap makes the small disk; this machine has none")
    mount, out = tmp_path / "disk", tmp_path / "out"
    mount.mkdir()
    out.mkdir()
    size = 2 * sum(path.stat().st_size for path in few.rglob("*") if path.is_file())
    script = f"""
        cp -r {few} {mount}/class
        dd if=/dev/zero of={mount}/filler bs=1024 count=1000000 2>/dev/null
        dd if=/dev/zero of={mount}/filler bs=1024 count=$(($(stat -c %s {mount}/filler) / 1024 - $1)) 2>/dev/null
        {sys.executable} -m grader grade {NAME} --course {mount}/class 2>{out}/said; echo $? >{out}/code
        cp -r {mount}/class {out}/then
        rm {mount}/filler
        {sys.executable} -m grader grade {NAME} --course {mount}/class >/dev/null 2>&1; echo $? >>{out}/code
        cp -r {mount}/class {out}/after
    """
    shown = []
    reference = tmp_path / "reference"
    shutil.copytree(few, reference)
    grade(reference)
    for room in (4, 80):
        command = ["bwrap", "--dev-bind", "/", "/", "--size", str(size), "--tmpfs", str(mount)]
        subprocess.run([*command, "sh", "-c", script, "sh", str(room)], check=True)
        assert (out / "code").read_text().split() == ["2", "0"]
        shown.append((out / "said").read_text())
        assert "The disk is full" in shown[-1] and "Traceback" not in shown[-1]
        crashes.check(out / "then")
        assert crashes.everything(out / "after") == crashes.everything(reference)
        shutil.rmtree(out)
        out.mkdir()


def test_what_is_written_is_private(fresh):
    """Gradebook, records, tables and autograded files are for their owner's eyes alone."""
    (fresh / "gradebook.db").chmod(0o644)
    assert main(["grade", NAME, "--course", str(fresh)]) == 0
    written = [
        fresh / "gradebook.db",
        fresh / "grades.csv",
        *(path for folder in ("autograded", "graded") for path in (fresh / folder).rglob("*")),
    ]
    for path in written:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_an_interrupted_command_says_how_to_go_on(fresh):
    """Ctrl+C ends the command with a sentence and no traceback, and what was graded is kept."""
    grading = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED, str(fresh)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    _, said = grading.communicate(timeout=120)
    assert grading.returncode == 130 and "goes on where it stopped" in said and "Traceback" not in said


_INTERRUPTED = f"""
import sys
from grader.cli import main
from grader.grading import run

def interrupted(*_):
    raise KeyboardInterrupt

run.take_in = interrupted
raise SystemExit(main(["grade", {NAME!r}, "--course", sys.argv[1]]))
"""


def test_wrong_names_are_explained(fresh, tmp_path, capsys):
    """No such assignment, no submission, no release, no course: each is told with what to do."""
    with pytest.raises(NotFoundError, match="unit-7"):
        grade_assignment(Course(fresh), "unit-7", lambda done, of: None)
    assert main(["grade", NAME, "--course", str(tmp_path / "nowhere")]) == 2
    assert "nbgrader_config.py" in capsys.readouterr().err
    shutil.rmtree(fresh / "submitted")
    with pytest.raises(NotFoundError, match="Nobody has submitted"):
        grade(fresh)
    shutil.rmtree(fresh / "release")
    with pytest.raises(NotFoundError, match="generate_assignment"):
        grade(fresh)


def test_a_changed_assignment_is_not_graded_with_the_old_release(fresh):
    """Where the cases have other questions now than the notebook that was released, grading stops and says so."""
    path = fresh / "exercises" / NAME / "assignment.yml"
    path.write_text(path.read_text().replace("- enc-0003\n", ""))
    with pytest.raises(CourseError, match="assignment build"):
        grade(fresh)


def test_a_damaged_time_counts_as_no_time(fresh):
    """Who handed in late and hands in again with a damaged time is on time, as the remark says; no old time stays."""
    grade(fresh)
    trainee = next(row[0] for row in crashes.rows(fresh) if row[6])
    (fresh / "submitted" / trainee / NAME / "timestamp.txt").write_text("yesterday")
    table = grade(fresh)
    assert {row[6] for row in crashes.rows(fresh) if row[0] == trainee} == {None}
    (row,) = (row for row in table.rows if row.trainee == trainee)
    assert row.remarks == ("timestamp.txt does not hold a time; the submission counts as on time.",)


def test_penalties_follow_due_dates_and_extensions(few, tmp_path):
    """A due date that is moved, and an extension granted after grading, count with the next run without --force."""
    root = tmp_path / "class"
    another(few, root, 4, seed=9, late=1.0)
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("penalty_method = 'none'", "penalty_method = 'zero'"))
    grade(root)
    late = {row[0] for row in crashes.rows(root) if row[5]}
    assert len(late) >= 2
    spared = min(late)
    with Course(root).gradebook() as gradebook:
        gradebook.grant_extension(NAME, spared, days=30)
    before = times(root)
    grade(root)
    assert {row[0] for row in crashes.rows(root) if row[5]} == late - {spared} and times(root) == before
    with Course(root).gradebook() as gradebook:
        gradebook.find_assignment(NAME).duedate = None
        gradebook.db.commit()
    grade(root)
    assert not any(row[5] for row in crashes.rows(root))


def test_names_and_links_that_lead_nowhere_stop_nobody(fresh):
    """A link to nowhere, and a name that no gradebook keeps, are missing with their reason; all others are graded."""
    nowhere, long = fresh / "submitted" / "nowhere" / NAME, fresh / "submitted" / ("x" * 252) / NAME
    nowhere.parent.mkdir()
    nowhere.symlink_to(fresh / "gone")
    long.mkdir(parents=True)
    rows = {row.trainee: row for row in grade(fresh).rows}
    assert "link" in rows["nowhere"].reason and "128" in rows["x" * 252].reason
    assert sum(row.status == "graded" for row in rows.values()) > 2


def test_a_gradebook_of_other_questions_is_told(fresh):
    """Where the gradebook lacks a question of the release nothing is graded, and the command to run is named."""
    connection = sqlite3.connect(fresh / "gradebook.db")
    connection.execute("update base_cell set name = 'other' where name = 'enc-0001-codes'")
    connection.commit()
    connection.close()
    with pytest.raises(CourseError, match="generate_assignment six --force"):
        grade(fresh)
    assert not (fresh / "autograded").exists()


def test_a_damaged_gradebook_is_told(fresh, capsys):
    """A file that is no database is told in words, without a traceback."""
    (fresh / "gradebook.db").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    assert main(["grade", NAME, "--course", str(fresh)]) == 2
    assert "The gradebook cannot be used: file is not a database" in capsys.readouterr().err


def test_what_a_killed_unpacking_had_moved_aside_is_graded(fresh):
    """A submission that waits beside its place, because a zip was being taken in, is put back and graded."""
    (aside,) = sorted((fresh / "submitted").glob("trainee-*"))[:1]
    old = fresh / "graded" / f".unpacking-{NAME}" / "old" / aside.name
    old.parent.mkdir(parents=True)
    (aside / NAME).rename(old)
    rows = {row.trainee: row for row in grade(fresh).rows}
    assert rows[aside.name].reason != "Nothing was handed in." and (aside / NAME).is_dir()


def test_stock_grading_keeps_out_of_a_running_one(fresh):
    """Formgrader's button, or `nbgrader autograde`, is refused while the command is at work."""
    course = Course(fresh)
    trainee = min(course.trainees(NAME))
    with alone(fresh, NAME):
        result = course.api.autograde(NAME, trainee)
    assert not result["success"] and "being graded right now" in f"{result.get('log')}{result.get('error')}"


def test_without_a_gradebook_the_next_step_is_told(fresh, capsys):
    """A gradebook that is gone is told with the command that makes it, without a traceback."""
    (fresh / "gradebook.db").unlink()
    assert main(["grade", NAME, "--course", str(fresh)]) == 2
    assert "nbgrader generate_assignment six" in capsys.readouterr().err
