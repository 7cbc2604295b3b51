"""An exam through real nbgrader: released sealed, submitted, collected and graded by the keys of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.cli import main
from grader.errors import CourseError, NotFoundError
from grader.exam.attempts import Sitting
from grader.exam.drawing import draw_exam, open_exam
from grader.exam.folder import exam_folder
from grader.exam.forms import FormEntry, read_forms
from grader.exam.pool import load_pool
from grader.exam.roster import Trainee
from grader.exam.stored import load_form
from grader.exam.writing import Libraries
from grader.grading import record
from grader.grading.course import Course
from grader.grading.examforms import (
    collect_exam,
    exam_states,
    grade_exam,
    opening_codes,
    release_exam,
    strangers,
)
from grader.grading.newcourse import new_course
from grader.grading.review import review_assignment, review_exam
from grader.grading.suggestion import Reader
from grader.library.item_keys import CodesKey
from grader.sitting.sealing import unseal
from tests.conftest import ROOT
from tests.exam.changed import SHORT

SEED = "a seed for tests, which nobody needs to keep"
pytestmark = pytest.mark.nbgrader


def quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def draw(course: Course, codes) -> None:
    """Draw the short exam for two trainees; Bo sits it at another time, and has longer."""
    cases = ROOT / "cases"
    pool = load_pool(cases, cases, cases / "families", codes)
    own = [datetime(2090, 1, 1, hour, tzinfo=UTC) for hour in (14, 17)]
    sittings = [Sitting(Trainee("ann", "Ann", ""), 1), Sitting(Trainee("bo", "Bo", "", 15), 1, *own)]
    exam = open_exam(course.root, SHORT, SEED)
    draw_exam(exam, sittings, SEED, pool, Libraries(cases, cases), codes, quiet)


def answers(course: Course, entry: FormEntry) -> dict[str, object]:
    """Return the codes of every key of a form, a few words for each message, and nothing for its other questions."""
    form = load_form(exam_folder(course.root, "short"), entry)
    items: dict[str, object] = {
        f"{name}/{item}": {"codes": [each.code for each in found.expected]}
        for name, key in form.keys.items()
        for item, found in key.items.items()
        if isinstance(found, CodesKey)
    }
    items |= {
        case.item_key(item): {"text": "Dear doctor, I have a question about this visit."}
        for case in form.cases
        for item in case.items
        if item.kind == "message"
    }
    return {"schema": "answers/1", "assignment": entry.form, "items": items}


def sit(course: Course, entry: FormEntry, trainee: str) -> None:
    """Fetch a form, answer it, and submit it."""
    from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit

    home = course.root / "trainees" / trainee
    home.mkdir(parents=True, exist_ok=True)
    coursedir = course.api.coursedir
    coursedir.assignment_id, coursedir.student_id = entry.form, trainee
    parts = {"coursedir": coursedir, "authenticator": course.api.authenticator, "parent": course.api}
    ExchangeFetchAssignment(assignment_dir=str(home), **parts).start()
    (home / entry.form / "answers.json").write_text(json.dumps(answers(course, entry)), encoding="utf-8")
    ExchangeSubmit(assignment_dir=str(home), cache=str(home / ".cache"), **parts).start()
    coursedir.assignment_id, coursedir.student_id = "", ""


@pytest.fixture(scope="module")
def held(tmp_path_factory, codes) -> Iterator[SimpleNamespace]:
    """An exam that was held: both forms released, Ann's handed in by her, and by Bo as well."""
    before = os.umask(0o022)
    root = tmp_path_factory.mktemp("exam")
    new_course(root / "class", ROOT / "exercises", root / "exchange")
    course = Course(root / "class")
    draw(course, codes)
    ann, bo = read_forms(exam_folder(course.root, "short"))
    released = release_exam(course, "short", quiet)
    again = release_exam(course, "short", quiet)
    for trainee in ("ann", "bo"):
        sit(course, ann, trainee)
    collected = collect_exam(course, "short", quiet)
    graded = grade_exam(course, "short", quiet)
    yield SimpleNamespace(
        course=course,
        ann=ann,
        bo=bo,
        counts=(released, again, collected),
        graded=graded,
        exchange=root / "exchange",
        inbound=root / "exchange" / "coding-back-pain" / "inbound",
    )
    os.umask(before)


@pytest.fixture
def ann_again(held) -> Iterator[Path]:
    """The time of Ann's submission; afterwards submission and exchange are as they were."""
    there = set(held.inbound.iterdir())
    submitted = held.course.root / "submitted" / "ann" / held.ann.form
    kept = submitted.with_name("kept")
    shutil.copytree(submitted, kept)
    yield submitted / "timestamp.txt"
    for path in set(held.inbound.iterdir()) - there:
        shutil.rmtree(path)
    shutil.rmtree(submitted)
    kept.rename(submitted)


def test_each_form_goes_out_once(held):
    """The command that was given twice releases what was not released, and one trainee has handed in the own form."""
    assert held.counts == (2, 0, 1)


def test_a_release_is_the_notebook_and_the_sealed_form(held):
    """Nothing else goes out, no chart can be read in it, and the opening code of the table opens it."""
    folder = held.exchange / "coding-back-pain" / "outbound" / held.ann.form
    assert {path.name for path in folder.iterdir()} == {"exam.json", f"{held.ann.form}.ipynb"}
    form = load_form(exam_folder(held.course.root, "short"), held.ann)
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    for case in form.cases:
        assert case.title not in text and form.keys[case.id].canary not in text
    sealed = json.loads((folder / "exam.json").read_text(encoding="utf-8"))
    code = opening_codes(exam_folder(held.course.root, "short"))[held.ann.form]
    opened = json.loads(unseal(sealed, code))
    assert [case["id"] for case in opened["cases"]] == list(held.ann.cases)


def test_the_gradebook_knows_when_the_exam_closes(held):
    """nbgrader's due date is the end of the form's own window and of the grace, in UTC as nbgrader keeps it."""
    with held.course.gradebook() as gradebook:
        assert gradebook.find_assignment(held.ann.form).duedate == datetime(2099, 12, 31, 0, 2)
        assert gradebook.find_assignment(held.bo.form).duedate == datetime(2090, 1, 1, 17, 2)


def test_a_form_goes_out_with_its_own_times(held):
    """Bo's later window and extra minutes stand in what is released; Ann has those of the blueprint."""
    told = [
        json.loads((held.exchange / "coding-back-pain" / "outbound" / form / "exam.json").read_text("utf-8"))
        for form in (held.ann.form, held.bo.form)
    ]
    assert [each["minutes"] for each in told] == [60, 75]
    assert told[0]["closes"] == "2099-12-31T00:00:00+00:00"
    assert (told[1]["opens"], told[1]["closes"]) == ("2090-01-01T14:00:00+00:00", "2090-01-01T17:00:00+00:00")


def test_a_form_is_graded_by_its_own_keys(held):
    """Right codes earn every point that codes have; what was left out earns none."""
    form = load_form(exam_folder(held.course.root, "short"), held.ann)
    cells = record.read(held.course.root, held.ann.form, "ann").cells
    assert set(cells) == {f"{case.id}-{item.id}" for case in form.cases for item in case.items}
    for cell in cells.values():
        right = cell.kind == "assign-codes"
        assert cell.blank != (right or cell.kind == "message")
        assert not right or cell.points == cell.possible
    assert (held.graded.now, held.graded.count, held.graded.troubles) == (1, 1, {})
    again = grade_exam(held.course, "short", quiet)
    assert (again.now, again.count, again.waiting) == (0, 1, held.graded.waiting)


def test_stock_nbgrader_comes_to_the_same(held):
    """``nbgrader autograde`` finds the keys of the form as well."""
    result = held.course.api.autograde(held.ann.form, "ann")
    assert result["success"], result.get("log")
    with held.course.gradebook() as gradebook:
        submission = gradebook.find_submission(held.ann.form, "ann")
        points = {grade.name: grade.auto_score for book in submission.notebooks for grade in book.grades}
    cells = record.read(held.course.root, held.ann.form, "ann").cells
    assert all(points[name] == cell.points for name, cell in cells.items() if cell.kind == "assign-codes")


def test_an_instructor_reads_its_messages(held):
    """The list of what waits for confirmation, and the reading of a message, find the form's own encounters."""
    assert review_assignment(held.course, held.ann.form).assignment == held.ann.form
    items = Reader(held.course.places, held.ann.form).items
    assert [item.kind for _, item in items.values()] == ["message"]


def test_the_list_tells_whose_form_it_is(held):
    """A form counts as handed in by the trainee it was drawn for alone."""
    ann, bo = exam_states(held.course, "short")
    assert (ann.released, ann.handed_in, ann.graded) == (True, True, True)
    assert (bo.released, bo.handed_in, bo.graded) == (True, False, False)
    assert ann.remarks == ("handed in by bo, whose form it is not",) and bo.remarks == ()


def test_a_form_from_somebody_else_is_told_of(held):
    """Whose it is and who sent it; a form that came from its trainee alone is not among them."""
    assert strangers(held.course, "short") == (("bo", held.ann),)


def test_all_that_waits_in_an_exam_is_listed_by_form(held, capsys):
    """Under the name that formgrader has for the form; what a stranger handed in is left out, as it does not count."""
    one = [row for row in review_assignment(held.course, held.ann.form).rows if row.trainee == "ann"]
    found = review_exam(held.course, "short")
    assert [(row.where, row.form) for row in found.rows] == [(row.where, held.ann.form) for row in one]
    assert held.graded.waiting == len(one) > 0
    assert main(["review", "short", "--course", str(held.course.root)]) == 0
    said = capsys.readouterr().out
    assert all(f"{held.ann.form} {row.where}" in said for row in one) and "Agreement" in said


def test_the_commands_say_what_came_of_them(held, capsys):
    """Where forms were released, who sent the form of somebody else, how many were graded now, and what comes next."""
    course = ("short", "--course", str(held.course.root))
    for verb, said in (
        ("release", f"0 forms released in {held.exchange / 'coding-back-pain' / 'outbound'}, sealed"),
        (
            "collect",
            f"1 form came from somebody whose form it is not: {held.ann.form} from bo (form of ann). It does not",
        ),
        ("grade", "0 graded now, 1 in all"),
    ):
        assert main(["exam", verb, *course]) == 0
        assert said in (out := capsys.readouterr().out)
    assert ("python -m grader review short, then" in out) == (held.graded.waiting > 0)


def submit_later(held, when: str) -> None:
    """Put a later submission of Ann's into the exchange."""
    path = held.inbound / f"ann+{held.ann.form}+{when} UTC+x"
    path.mkdir()
    (path / "timestamp.txt").write_text(f"{when} UTC", encoding="utf-8")


def test_a_submission_after_the_end_takes_no_place(held, ann_again):
    """What was handed in before the exam closed stays; a later submission is not collected over it, and is told of."""
    stamp = ann_again.read_text(encoding="utf-8")
    submit_later(held, "2099-12-31 00:02:01.000000")
    collect_exam(held.course, "short", quiet)
    assert ann_again.read_text(encoding="utf-8") == stamp and (ann_again.parent / "answers.json").is_file()
    said = "a later submission, of 31 December 2099, 00:02 UTC, was left aside: the exam had closed"
    assert said in exam_states(held.course, "short")[0].remarks


def test_a_submission_within_the_grace_is_collected(held, ann_again):
    """Until then the list says that it waits; bad names in the exchange are nothing to it."""
    (held.inbound / f"ann+{held.ann.form}+soon+x").mkdir()
    submit_later(held, "2099-12-31 00:01:59.000000")
    (remark,) = exam_states(held.course, "short")[0].remarks[1:]
    assert "is not collected yet: run `exam collect` again" in remark
    (held.inbound / f"ann+{held.ann.form}+soon+x").rmdir()
    collect_exam(held.course, "short", quiet)
    assert ann_again.read_text(encoding="utf-8").startswith("2099-12-31 00:01:59")
    assert len(exam_states(held.course, "short")[0].remarks) == 1


def test_where_late_work_counts_it_is_collected(held, ann_again):
    """The blueprint's rule decides: nothing is cut off, and the course's own setting is as before."""
    folder = exam_folder(held.course.root, "short")
    text = folder.blueprint.read_text(encoding="utf-8")
    folder.blueprint.write_text(text.replace("late: void", "late: count"), encoding="utf-8")
    submit_later(held, "2100-01-02 00:00:00.000000")
    try:
        collect_exam(held.course, "short", quiet)
        assert len(exam_states(held.course, "short")[0].remarks) == 1
    finally:
        folder.blueprint.write_text(text, encoding="utf-8")
    assert ann_again.read_text(encoding="utf-8").startswith("2100-01-02")
    assert not held.course.api.config.ExchangeCollect.get("before_duedate", False)


def test_a_form_is_never_built_open(held):
    """The command for assignments would write its charts unsealed: it says which one to use."""
    with pytest.raises(CourseError, match="Release it with `python -m grader exam release short`"):
        held.course.build(held.ann.form)


def test_an_exam_that_was_not_drawn_is_told_of(held):
    """Each stage says what to do."""
    for stage in (release_exam, collect_exam, grade_exam):
        with pytest.raises(NotFoundError, match="No exam 'final' was drawn"):
            stage(held.course, "final", quiet)
