"""Real nbgrader from release to export, with the submissions that real classes hand in."""

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from grader import codeset
from grader.answers import read_answers
from grader.errors import CourseError, NotFoundError
from grader.grading.course import Course
from grader.grading.demonstration import SCRIPT
from grader.grading.run import How, grade_assignment
from grader.library.case import load_cases
from grader.library.key import load_keys
from grader.scoring.score import score_case
from tests.conftest import ROOT

pytestmark = pytest.mark.nbgrader
SAMPLES = ROOT / "exercises" / "unit-1" / "sample_class"


def grades(root, trainee: str) -> dict[str, tuple[float | None, float | None, bool]]:
    """Automatic score, manual score and whether it waits, by grade cell."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook("unit-1", "unit-1", trainee)
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for grade in notebook.grades
        }


def expected(sample: str) -> dict[str, float]:
    """What the scorer itself gives each item that is not a note."""
    cases = load_cases(ROOT / "cases")
    unit = json.loads((ROOT / "tests/golden/release-unit-1/cases.json").read_text())
    cases = {case["id"]: cases[case["id"]] for case in unit["cases"]}
    keys = load_keys(ROOT / "cases", cases)
    answers = read_answers(SAMPLES / sample).items
    scores = {}
    for case_id, case in cases.items():
        scored = score_case(case, answers, keys[case_id], codeset.load())
        for item in case.items:
            if item.kind != "documentation":
                scores[f"{case_id}-{item.id}"] = getattr(scored.items[case.item_key(item)], "points", 0.0)
    return scores


def status(table) -> dict[str, str]:
    """Status by trainee."""
    return {row.trainee: row.status for row in table.rows}


@pytest.mark.parametrize(
    ("trainee", "sample"),
    [
        ("trainee-1", "complete.json"),
        ("trainee-2", "partial.json"),
        ("trainee-3", "empty.json"),
        ("trainee-6", "complete.json"),
        ("trainee-7", "partial.json"),
        ("trainee-8", "script.json"),
    ],
)
def test_the_gradebook_holds_what_the_scorer_gives(demonstration, trainee, sample):
    """Partial credit reaches nbgrader's gradebook unchanged, whatever was done to the notebook."""
    course, _ = demonstration
    recorded = grades(course.root, trainee)
    for name, points in expected(sample).items():
        assert recorded[name] == (pytest.approx(points), None, False), name


def test_notes_wait_for_the_instructor(demonstration):
    """A written note has no score until confirmed; none written is 0 with nbgrader's 'No response'."""
    course, _ = demonstration
    assert grades(course.root, "trainee-1")["enc-0001-note"] == (None, None, True)
    assert grades(course.root, "trainee-3")["enc-0001-note"] == (0, None, False)
    shown = (course.root / "feedback/trainee-1/unit-1/unit-1.html").read_text()
    assert "Suggested by the automatic reading" in shown and "Heavy ache, rated 5/10" in shown


@pytest.mark.parametrize(
    ("trainee", "reason"), [("trainee-4", "there is no such file"), ("trainee-5", "not valid JSON")]
)
def test_what_cannot_be_scored_waits_with_its_reason(demonstration, trainee, reason):
    """Without readable answers nothing is recorded as 0: every item waits, and table and feedback say why."""
    course, table = demonstration
    assert all(grade == (None, None, True) for grade in grades(course.root, trainee).values())
    row = next(row for row in table.rows if row.trainee == trainee)
    assert row.status == "missing" and row.earned is None and reason in row.reason
    assert reason in (course.root / f"feedback/{trainee}/unit-1/unit-1.html").read_text()


def test_one_bad_submission_stops_no_other(demonstration):
    """Six are graded, two wait, none is lost."""
    _, table = demonstration
    assert sorted(status(table).values()) == ["graded"] * 6 + ["missing"] * 2


def test_no_code_of_a_trainee_leaves_a_trace(demonstration):
    """Neither code nor markup that a trainee added is in what was graded; what was handed in stays as it was."""
    course, _ = demonstration
    for trainee in ("trainee-7", "trainee-8"):
        graded = (course.root / f"autograded/{trainee}/unit-1/unit-1.ipynb").read_text()
        assert "rglob" not in graded and "<script" not in graded
    assert "rglob" in (course.root / "submitted/trainee-7/unit-1/unit-1.ipynb").read_text()
    assert (
        SCRIPT
        in json.loads((course.root / "submitted/trainee-8/unit-1/answers.json").read_text())["items"][
            "enc-0001/note"
        ]["text"]
    )


def test_feedback_runs_nothing_and_asks_no_other_host(demonstration):
    """A trainee's markup is shown as text, and the page loads nothing."""
    course, _ = demonstration
    for page in (course.root / "feedback").rglob("*.html"):
        shown = page.read_text()
        assert "<script" not in shown.replace('<script type="text/x-mathjax-config">', "")
        assert "src=x" not in shown.replace("img src=x onerror", "") and "<img" not in shown
        assert "//cdn" not in shown and 'src="http' not in shown and "@import" not in shown
    assert "&lt;script&gt;" in (course.root / "feedback/trainee-8/unit-1/unit-1.html").read_text()


def test_feedback_explains_in_words(demonstration):
    """A wrong pick is answered with its reason and a citation."""
    course, _ = demonstration
    shown = (course.root / "feedback/trainee-2/unit-1/unit-1.html").read_text()
    assert "ICD-10-CM Tabular List" in shown and "Traceback (most recent" not in shown and "M54.50" in shown


def test_nothing_of_an_exam_key_reaches_a_trainee(demonstration, cases, keys):
    """Release, exchange and feedback hold no canary, and no reason or code that only an exam key knows."""
    course, _ = demonstration
    public = [
        path
        for folder in ("release", "exchange", "feedback", "trainees")
        for path in (course.root / folder).rglob("*")
    ]
    text = "".join(path.read_text(errors="replace") for path in public if path.is_file())
    assert not any(key.canary in text for key in keys.values())
    unit = {case_id for case_id in cases if f'"{case_id}"' in text}
    exam = [keys[case_id].items["codes"] for case_id in unit if cases[case_id].pool == "exam"]
    assert exam
    for key in exam:
        assert not any(entry.why in text for entry in (*key.expected, *key.wrong))


def test_exports_tell_missing_from_zero(demonstration):
    """The class table leaves points empty where nothing was scored; nbgrader's own export works too."""
    course, _ = demonstration
    rows = {row["trainee"]: row for row in csv.DictReader((course.root / "grades.csv").open())}
    assert rows["trainee-4"]["points"] == "" and rows["trainee-4"]["reason"]
    assert float(rows["trainee-3"]["points"]) == 0 and rows["trainee-3"]["status"] == "graded"
    assert len(list(csv.DictReader((course.root / "nbgrader-export.csv").open()))) == 8


def test_the_release_is_the_golden_one(demonstration):
    """What trainees fetch changes only when somebody means it to (renew: see tests/golden/README.md)."""
    course, _ = demonstration
    golden = ROOT / "tests" / "golden" / "release-unit-1"
    released = {path.name: path.read_text() for path in (course.root / "release" / "unit-1").iterdir()}
    assert released == {path.name: path.read_text() for path in golden.iterdir()}


def test_stock_autograde_gives_the_same_gradebook(copied):
    """`nbgrader autograde`, as installed, records the same grades and runs nothing of the trainees."""
    before = {f"trainee-{n}": grades(copied.root, f"trainee-{n}") for n in range(1, 9)}
    (copied.root / "gradebook.db").unlink()
    shutil.rmtree(copied.root / "autograded")
    environment = {**os.environ, "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1"}
    for command in (["generate_assignment", "unit-1", "--force"], ["autograde", "unit-1"]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=copied.root,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-2000:]
    assert {trainee: grades(copied.root, trainee) for trainee in before} == before


def test_grading_again_keeps_what_the_instructor_entered(copied):
    """A manual score survives, the automatic ones stay the same."""
    with copied.gradebook() as gradebook:
        grade = gradebook.find_grade("enc-0001-note", "unit-1", "unit-1", "trainee-1")
        grade.manual_score, grade.needs_manual_grade = 15, False
        gradebook.db.commit()
    before = grades(copied.root, "trainee-2")
    shutil.rmtree(copied.root / "autograded" / "trainee-3")
    table = grade_assignment(copied, "unit-1", lambda done, of: None, How(force=True))
    assert grades(copied.root, "trainee-1")["enc-0001-note"][1] == 15
    assert grades(copied.root, "trainee-2") == before and status(table)["trainee-3"] == "graded"


def test_another_answer_is_looked_at_again(copied):
    """A confirmed note that the trainee has replaced waits for the instructor again."""
    with copied.gradebook() as gradebook:
        grade = gradebook.find_grade("enc-0001-note", "unit-1", "unit-1", "trainee-1")
        grade.manual_score, grade.needs_manual_grade = 15, False
        gradebook.db.commit()
    grade_assignment(copied, "unit-1", lambda done, of: None)
    assert grades(copied.root, "trainee-1")["enc-0001-note"] == (None, 15, False)
    path = copied.root / "submitted/trainee-1/unit-1/answers.json"
    data = json.loads(path.read_text())
    data["items"]["enc-0001/note"]["text"] = "Back pain, another note."
    path.write_text(json.dumps(data))
    grade_assignment(copied, "unit-1", lambda done, of: None)
    assert grades(copied.root, "trainee-1")["enc-0001-note"] == (None, 15, True)


def test_links_are_refused_and_damaged_notebooks_are_not_needed(copied):
    """A link is missing with its reason; a missing or unreadable notebook costs nothing and is remarked on."""
    submitted, before = copied.root / "submitted", grades(copied.root, "trainee-2")
    (submitted / "trainee-1/unit-1/answers.json").unlink()
    (submitted / "trainee-1/unit-1/answers.json").symlink_to(ROOT / "cases/enc-0001/key.yml")
    (submitted / "trainee-2/unit-1/unit-1.ipynb").unlink()
    (submitted / "trainee-3/unit-1/unit-1.ipynb").write_text("{")
    rows = {row.trainee: row for row in grade_assignment(copied, "unit-1", lambda done, of: None).rows}
    assert "link" in rows["trainee-1"].reason and rows["trainee-1"].earned is None
    assert [rows[f"trainee-{number}"].status for number in (1, 2, 3, 6)] == ["missing", *["graded"] * 3]
    assert rows["trainee-2"].remarks == ("The notebook is missing; the released one was graded.",)
    assert "damaged" in rows["trainee-3"].remarks[0] and grades(copied.root, "trainee-2") == before


def test_a_broken_configuration_stops_everything(copied):
    """Neither our command nor stock nbgrader, set up as README says, goes on without the configuration."""
    config = copied.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.foo(\n")
    with pytest.raises(CourseError, match="does not work"):
        Course(copied.root)
    marker = copied.root / "ran"
    path = copied.root / "submitted/trainee-1/unit-1/unit-1.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = f"open({str(marker)!r}, 'w')"
    path.write_text(json.dumps(notebook))
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "unit-1", "--force"],
        cwd=copied.root,
        env={**os.environ, "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0 and not marker.exists()


def test_wrong_names_are_explained(copied):
    """An assignment or a folder of keys that does not exist is named."""
    with pytest.raises(NotFoundError, match="unit-7"):
        grade_assignment(copied, "unit-7", lambda done, of: None)
    with pytest.raises(NotFoundError, match="no folder"):
        Course(copied.root, copied.root / "nowhere")
