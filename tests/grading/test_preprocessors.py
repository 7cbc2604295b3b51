"""What stands in the grade cell of an answer in one's own words."""

from dataclasses import replace

import nbformat
import pytest

from grader.answers import Answers, NoteAnswer
from grader.grading.preprocessors import ScoreAnswers
from grader.scoring.findings import Finding, Score
from tests.conftest import ROOT

NAMES = (
    "Location",
    "Severity",
    "Palpation",
    "Follow-up",
    "Plan of care",
    "Observation",
    "Education and goals",
)
KINDS = ("location", "severity", "palpation", "followup", "careplan", "observation", "education")


@pytest.fixture
def cell(monkeypatch, tmp_path):
    """Return what the grade cell of a note shows for these findings."""

    def shown(*findings: Finding) -> str:
        answers = Answers("unit-1", {"enc-0001/note": NoteAnswer("Dull *ache*.")})
        monkeypatch.setattr(ScoreAnswers, "_answers", lambda self, submission: (answers, ""))
        monkeypatch.setattr(ScoreAnswers, "_score", lambda self, case, item, answer: Score(4, 17, findings))
        graded = {"grade": True, "solution": True, "grade_id": "enc-0001-note", "schema_version": 3}
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("", metadata={"nbgrader": graded})]
        )
        scorer = ScoreAnswers(cases=str(ROOT / "cases"), assignments=str(ROOT / "exercises"))
        place = {"assignment": "unit-1", "student": "trainee-1", "notebook": "unit-1"}
        path = str(tmp_path / "autograded" / "trainee-1" / "unit-1")
        scorer.preprocess(notebook, {"nbgrader": place, "metadata": {"path": path}})
        return notebook.cells[0].source

    return shown


def test_an_instructor_sees_first_what_the_reading_is_least_sure_of(cell) -> None:
    """One line above the findings names the five least sure, the least sure first, in plain words."""
    findings = [
        Finding(kind, "ok", (name,), f"{name}: stated.", confidence=sure)
        for kind, name, sure in zip(KINDS, NAMES, (0.7, 0.5, 0.75, 0.45, 0.95, 0.79, 0.65), strict=True)
    ]
    line = (
        "<p>The reading is least sure of: Follow-up (not sure); Severity (not sure); Education and goals (fairly sure); "
        "Location (fairly sure); Palpation (fairly sure); and 1 more.</p><p><strong>4 of 17 points</strong></p>"
    )
    assert line in cell(*findings)


def test_a_criterion_of_a_message_is_named_in_its_own_words(cell) -> None:
    """Ids of criteria mean nothing to a reader, and advice to the trainee does not belong in the line."""
    missed = Finding(
        "missed", "warning", ("asks",), "Not found – check: it asks. A query asks.", confidence=0.5
    )
    assert "least sure of: Not found – check: it asks (not sure).</p>" in cell(missed)


def test_a_reading_that_is_sure_adds_no_line(cell) -> None:
    """Where nothing is in doubt, and where nothing was read, there is no line of doubts."""
    sure = Finding("rom", "ok", ("Range of motion",), "Range of motion: stated.", confidence=0.8)
    assert "least sure" not in cell(sure, replace(sure, confidence=None))


def test_the_cell_is_one_line_in_which_markdown_finds_nothing(cell) -> None:
    """Words of the note and of the record stay what they are: no emphasis, no link, no markup."""
    said = Finding(
        "rom",
        "error",
        ("Range of motion",),
        "x",
        evidence="[a](b) *c*",
        confidence=0.5,
        record="<u>_d_</u>\ne",
    )
    shown = cell(said)
    assert "\n" not in shown and not set(shown) & set("[]*_`")
    assert "&lt;u&gt;&#95;d&#95;&lt;/u&gt; e" in shown and "Suggested by the automatic reading" in shown
