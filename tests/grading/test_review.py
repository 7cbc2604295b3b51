"""What an instructor is asked to look at, and in which order."""

import shutil

import pytest
import yaml

from grader.answers import Answers, NoteAnswer
from grader.cli import main
from grader.errors import CourseError, NotFoundError
from grader.grading import suggestion
from grader.grading.course import Course
from grader.grading.material import Places
from grader.grading.review import ReviewRow, review_assignment
from grader.grading.suggestion import Reader
from grader.scoring.findings import Finding, Score
from grader.scoring.score import score_item
from tests.conftest import ROOT
from tests.grading.instructor import UNIT, enter, hand_in

nbgrader = pytest.mark.nbgrader
NOTES = ("enc-0001/note", "enc-0004/note", "enc-0010/note")


def row(item: str, suggested: float | None, doubt: float | None, flagged: bool = False) -> ReviewRow:
    """A row that differs from others in what decides its place."""
    return ReviewRow("ana", item, suggested, 10.0, doubt, flagged, (), "")


def test_most_doubtful_first():
    """Points in doubt decide; without them signs come first, then what could not tell, the furthest from full first."""
    rows = [
        row("sure", 9, 0.0),
        row("message, nearly full", 8, None),
        row("a little", 5, 0.5),
        row("message, far from full", 2, None),
        row("much", 9, 3.0),
        row("copied", 10, None, flagged=True),
        row("not read", None, 10.0),
    ]
    assert [each.item for each in sorted(rows, key=lambda each: each.place)] == [
        "not read", "much", "a little", "copied", "message, far from full", "message, nearly full", "sure",
    ]  # fmt: skip


@nbgrader
def test_all_that_waits_is_listed_and_nothing_else(demonstration):
    """Every free-text item that waits, with its suggestion; neither codes nor what was left open."""
    course, _ = demonstration
    review = review_assignment(course, UNIT)
    by_trainee = {
        name: [each for each in review.rows if each.trainee == f"trainee-{name}"] for name in range(1, 9)
    }
    assert sorted(each.item for each in by_trainee[1]) == list(NOTES)
    assert [each.item for each in by_trainee[2]] == ["enc-0001/note"] and by_trainee[3] == []
    assert sum(each.suggested for each in by_trainee[1]) == pytest.approx(
        next(each.suggested for each in demonstration[1].rows if each.trainee == "trainee-1")
    )
    assert all(each.confirmed is None for each in by_trainee[1])
    assert review.newer == ()


@nbgrader
def test_what_could_not_be_read_comes_first_with_its_reason(demonstration):
    """Answers that cannot be read have no suggestion, and all their points are in doubt."""
    review = review_assignment(demonstration[0], UNIT)
    first = review.rows[:6]
    assert {each.trainee for each in first} == {"trainee-4", "trainee-5"}
    assert all(each.suggested is None and each.doubt == each.possible for each in first)
    shown = str(review)
    assert "– of 17" in shown and "there is no such file" in shown and "not valid JSON" in shown


@nbgrader
def test_the_least_sure_elements_are_named(demonstration, monkeypatch):
    """Doubt of the scorer orders the list, and the two least sure findings are told in plain words; lessons are not."""

    def doubtful(case, item, answer, key, codes):
        findings = (
            Finding("location", "ok", ("Location",), "", confidence=0.98),
            Finding("severity", "warning", ("Severity",), "", confidence=0.52),
            Finding("timing", "advice", ("Duration and frequency",), "", confidence=0.7),
            Finding("teaching", "advice", ("Severity",), "A payer asks how bad it is."),
        )
        return Score(4.0, item.points, findings, doubt=2.5 if case.id == "enc-0010" else 1.0)

    monkeypatch.setattr(suggestion, "score_openly", doubtful)
    review = review_assignment(demonstration[0], UNIT)
    read = [each for each in review.rows if each.suggested is not None]
    assert [each.item for each in read[:3]] == ["enc-0010/note"] * 3 and read[3].item != "enc-0010/note"
    assert read[0].look_at == (
        "Severity: not found (52% sure)",
        "Duration and frequency: found in part (70% sure)",
    )
    assert "2.5  Severity: not found" in str(review)


def test_an_instructor_sees_what_an_exam_hides(tmp_path, cases, keys, codes):
    """What the trainee of an exam is not told, whoever confirms the points is; the points are the same."""
    case = next(
        case
        for case in cases.values()
        if case.pool == "exam" and any(i.kind == "message" for i in case.items)
    )
    item = next(item for item in case.items if item.kind == "message")
    folder = tmp_path / "exam"
    folder.mkdir()
    about = {
        "schema": "assignment/1",
        "id": "exam",
        "title": "Exam",
        "introduction": "Answer.",
        "cases": [case.id],
    }
    (folder / "assignment.yml").write_text(yaml.safe_dump(about))
    places = Places(tmp_path, tmp_path, ROOT / "cases", ROOT / "cases")
    answer = NoteAnswer("Dear doctor, I have a question about this visit.")
    name = f"{case.id}-{item.id}"
    shown = Reader(places, "exam").suggestion(name, Answers("exam", {case.item_key(item): answer}))
    hidden = score_item(case, item, answer, keys[case.id].items[item.id], codes)
    assert shown.points == hidden.points
    assert {f.subject for f in hidden.findings if f.kind == "missed"} == {()}
    assert all(f.subject for f in shown.findings if f.kind == "missed")


@nbgrader
def test_confirmed_answers_are_listed_when_asked_for(copied):
    """What is confirmed leaves the list, and comes back with its number when everything is asked for."""
    (waits,) = [each for each in review_assignment(copied, UNIT).rows if each.trainee == "trainee-2"]
    enter(copied, "trainee-2", 3, "enc-0001-note")
    assert "trainee-2" not in {each.trainee for each in review_assignment(copied, UNIT).rows}
    everything = review_assignment(copied, UNIT, everything=True)
    (confirmed,) = [each for each in everything.rows if each.trainee == "trainee-2"]
    assert confirmed.confirmed == 3 and confirmed.suggested == waits.suggested
    assert "[confirmed: 3]" in str(everything)


@nbgrader
def test_another_answer_since_the_grading_is_said(copied):
    """What formgrader shows is what is scored; a newer answer, or a link, is not looked at before it is graded."""
    before = review_assignment(copied, UNIT).rows
    hand_in(copied, "trainee-1", "enc-0001/note", "Back pain.")
    path = copied.root / "submitted/trainee-2" / UNIT / "answers.json"
    path.unlink()
    path.symlink_to(ROOT / "cases/enc-0001/key.yml")
    after = review_assignment(copied, UNIT)
    assert after.rows == before and after.newer == ("trainee-1",)
    assert "Handed in again since the last grading: trainee-1" in str(after)


@nbgrader
def test_keys_may_live_elsewhere(copied, tmp_path):
    """With a folder of keys the suggestions rest on those; a folder without them is named."""
    exam = tmp_path / "keys"
    for name in ("enc-0001", "enc-0004", "enc-0010"):
        shutil.copytree(ROOT / "cases" / name, exam / name)
    assert review_assignment(Course(copied.root, exam), UNIT) == review_assignment(copied, UNIT)
    (exam / "enc-0001/key.yml").unlink()
    with pytest.raises(CourseError, match="enc-0001"):
        review_assignment(Course(copied.root, exam), UNIT)


@nbgrader
def test_the_command_lists_and_records(copied, capsys):
    """`review` prints the list with where to confirm, and writes the agreement once something is confirmed."""
    assert main(["review", UNIT, "--course", str(copied.root)]) == 0
    out = capsys.readouterr().out
    assert "/formgrader/submissions/" in out and "#enc-0010-note" in out and "no suggestion" in out
    for number in range(1, 9):
        enter(copied, f"trainee-{number}", 2.0)
    assert main(["review", UNIT, "--course", str(copied.root)]) == 0
    out = capsys.readouterr().out
    assert "No note or message of unit-1 waits" in out and "11 confirmed" in out and "agreement.csv" in out
    assert (copied.root / "agreement.csv").exists()


@nbgrader
def test_wrong_names_are_explained(copied, capsys):
    """An assignment that does not exist, or was never graded, is named without a traceback."""
    with pytest.raises(NotFoundError, match="unit-7"):
        review_assignment(copied, "unit-7")
    assert main(["review", "unit-7", "--course", str(copied.root)]) == 2
    assert "unit-7" in capsys.readouterr().err
    (copied.root / "gradebook.db").unlink()
    with pytest.raises(NotFoundError, match="has been graded"):
        review_assignment(copied, UNIT)
