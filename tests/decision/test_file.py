"""decisions.json: written and read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grader.decision.file import changes, decided_at, read_decisions, write_decisions
from grader.decision.outcome import ABSENT, FAILED, PASSED, Criterion, Outcome
from grader.errors import CourseError, DecisionsFileError
from grader.exam.blueprint import BlueprintFile
from grader.exam.folder import ExamFolder
from tests.decision.made import BLUEPRINT, LATER

PASS = Outcome(
    trainee="ana",
    name="Žofia Łukasiewicz-Đặng",
    form="sample-aaaaaaaa",
    attempt=1,
    outcome=PASSED,
    sat=datetime(2026, 11, 3, 9, 40, tzinfo=UTC),
    minutes=40.0,
    criteria=(Criterion("codes", 0.97, 0.95, True, 100.0), Criterion("red_flag", 0.0, 0.0, True, 20.0)),
    reasons=(),
    near=True,
    codeset=("FY2026", "FY2027"),
)
NOBODY = Outcome(
    "bo", "Bo", "sample-bbbbbbbb", 1, ABSENT, None, None, (), ("Nothing was handed in.",), False, ()
)
RULES = BlueprintFile.model_validate(BLUEPRINT)


@pytest.fixture
def folder(tmp_path) -> ExamFolder:
    """The folder of an exam."""
    return ExamFolder(tmp_path)


def test_what_is_written_is_read(folder):
    """Outcomes come back as they were, with the award and the time beside them."""
    write_decisions(folder, RULES, (PASS, NOBODY), LATER)
    assert read_decisions(folder) == (PASS, NOBODY)
    assert decided_at(folder) == LATER
    data = json.loads(folder.decisions.read_text(encoding="utf-8"))
    assert (data["schema"], data["exam"], data["title"]) == ("decisions/1", "sample", "Sample exam")
    assert data["award"] == {"name": "Back pain coder", "description": "Codes back pain.", "months": 24}


def test_nobody_else_reads_it_and_nothing_is_left_beside_it(folder):
    """The file has mode 600 and is put in place in one step."""
    write_decisions(folder, RULES, (PASS,), LATER)
    assert folder.decisions.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.root.iterdir()] == ["decisions.json"]


def test_a_decision_that_changes_is_told(folder):
    """Before and after are returned for another outcome or share, for a form that is new or gone, and for nothing else."""
    assert [change.before for change in write_decisions(folder, RULES, (PASS, NOBODY), LATER)] == [None, None]
    assert write_decisions(folder, RULES, (NOBODY, PASS), LATER) == ()
    other = replace(PASS, outcome=FAILED)
    (change,) = write_decisions(folder, RULES, (other, NOBODY), LATER)
    assert (change.before, change.after) == (PASS, other)
    (gone,) = changes((PASS, NOBODY), (PASS,))
    assert (gone.before, gone.after, gone.form) == (NOBODY, None, NOBODY)
    share = replace(PASS, criteria=(replace(PASS.criteria[0], value=0.96), PASS.criteria[1]))
    assert len(changes((PASS,), (share,))) == 1
    assert changes((PASS,), (replace(PASS, name="Ana"),)) == ()


def test_without_a_file_the_command_is_named(folder):
    """Nobody reads decisions that were never taken."""
    with pytest.raises(DecisionsFileError, match=f"exam decide {folder.root.name}` first"):
        read_decisions(folder)


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", '{"schema": "decisions/2"}', '{"schema": "decisions/1"}', '{"schema": "decisions/1", "outcomes": [{}]}',
        '{"schema": "decisions/1", "outcomes": 7}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_and_kept(folder, text):
    """What is not as it was written is told with a remedy, and deciding does not write over it."""
    folder.decisions.write_text(text)
    with pytest.raises(DecisionsFileError):
        read_decisions(folder)
    with pytest.raises(DecisionsFileError):
        write_decisions(folder, RULES, (PASS,), LATER)
    assert folder.decisions.read_text() == text


def test_an_unknown_outcome_is_refused(folder):
    """A word that no decision has is no decision."""
    write_decisions(folder, RULES, (PASS,), LATER)
    folder.decisions.write_text(folder.decisions.read_text().replace('"passed"', '"PASSED"'))
    with pytest.raises(DecisionsFileError, match="unknown outcome"):
        read_decisions(folder)


def test_a_place_that_cannot_be_written_is_told(folder):
    """The folder is named, in words."""
    with pytest.raises(CourseError, match="cannot be written"):
        write_decisions(ExamFolder(folder.root / "none"), RULES, (PASS,), LATER)
