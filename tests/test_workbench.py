"""The workbench in the notebook: answers are kept, nothing is lost, no key crosses."""

import json
import stat

import pytest

from grader.errors import CourseError, NotFoundError
from grader.practice import open_case
from grader.workbench import AnswersFile, open_assignment
from tests.conftest import ROOT

CASE = {"id": "enc-0001", "items": [{"id": "enc-0001/codes"}]}


@pytest.fixture
def folder(tmp_path, cases):
    """A released assignment of two cases."""
    released = [cases[case_id].public() for case_id in ("enc-0001", "enc-0003")]
    (tmp_path / "cases.json").write_text(
        json.dumps({"schema": "cases/1", "assignment": "unit-1", "cases": released})
    )
    return tmp_path


def test_every_change_is_saved_and_restored(folder):
    """Answers stand in answers.json after each change and are there on reopening."""
    unit = open_assignment(folder)
    first, second = unit.show("enc-0001"), unit.show("enc-0003")
    first.answers = {"enc-0001/codes": {"codes": ["M54.9"]}}
    second.answers = {"enc-0003/codes": {"codes": ["S39.012A"]}}
    saved = json.loads((folder / "answers.json").read_text())
    assert saved["items"] == {**first.answers, **second.answers} and saved["assignment"] == "unit-1"
    assert stat.S_IMODE((folder / "answers.json").stat().st_mode) == 0o644
    assert open_assignment(folder).show("enc-0001").answers == first.answers
    assert first.status == "Your answers are saved."
    assert {path.name for path in folder.iterdir()} == {"answers.json", "cases.json"}


def test_a_grading_run_writes_nothing(folder, monkeypatch):
    """Under nbgrader the trainee's answers are left as they are."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    open_assignment(folder).show("enc-0001").answers = {"enc-0001/codes": {"codes": ["M54.9"]}}
    assert not (folder / "answers.json").exists()


def test_unreadable_answers_are_kept_aside(folder):
    """A damaged answers.json is set aside under a new name, said so, and never overwritten."""
    (folder / "answers.json").write_text("{broken")
    shown = open_assignment(folder).show("enc-0001")
    assert "answers-unreadable-1.json" in shown.status
    assert (folder / "answers-unreadable-1.json").read_text() == "{broken"


def test_only_the_public_part_crosses(folder, keys):
    """No synced trait holds anything of the key, and the graded workbench has no Check."""
    shown = open_assignment(folder).show("enc-0001")
    state = json.dumps(
        {name: repr(value) for name, value in shown.get_state().items() if not name.startswith("_")}
    )
    assert keys["enc-0001"].canary not in state and "M54.50" not in state
    assert shown.mode == "graded"
    shown.check += 1
    assert shown.result is None


def test_practice_checks_with_reasons(tmp_path):
    """A practice case answers Check with points and findings, and never shows its canary."""
    shown = open_case("enc-0001", ROOT / "cases", tmp_path)
    shown.answers = {"enc-0001/codes": {"codes": ["M54.5"]}}
    shown.check = 1
    item = shown.result["items"]["enc-0001/codes"]
    assert shown.result["check"] == 1 and item["points"] == 0 and item["findings"]
    shown.answers = {"enc-0001/codes": {"codes": ["x" * 99]}}
    shown.check = 2
    assert "codes" in shown.result["error"]


def test_exam_cases_are_not_for_practice(cases, tmp_path):
    """The key of an exam case is refused to practice."""
    exam = next(case_id for case_id, case in cases.items() if case.pool == "exam")
    with pytest.raises(CourseError, match="not for practice"):
        open_case(exam, ROOT / "cases", tmp_path)


def test_two_open_cases_share_one_file(tmp_path):
    """Answers to one practice case do not push out those to another."""
    first, second = (open_case(case_id, ROOT / "cases", tmp_path) for case_id in ("enc-0001", "enc-0002"))
    first.answers = {"enc-0001/codes": {"codes": ["M54.9"]}}
    second.answers = {"enc-0002/codes": {"codes": ["M54.9"]}}
    saved = json.loads((tmp_path / "practice-answers.json").read_text())["items"]
    assert set(saved) == {"enc-0001/codes", "enc-0002/codes"}


def test_a_failed_save_is_said(folder, monkeypatch):
    """When the disk refuses, the trainee is told that nothing was saved."""
    shown = open_assignment(folder).show("enc-0001")

    def refuse(self, target):
        raise OSError("No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    shown.answers = {"enc-0001/codes": {"codes": ["M54.9"]}}
    assert shown.status.startswith("NOT saved: No space left")


def test_the_file_of_another_assignment_is_set_aside(folder):
    """Answers to something else are neither mixed in nor overwritten."""
    other = json.dumps({"schema": "answers/1", "assignment": "unit-9", "items": {}})
    (folder / "answers.json").write_text(other)
    assert "unit-9" in open_assignment(folder).show("enc-0001").status
    assert (folder / "answers-unreadable-1.json").read_text() == other


def test_a_missing_or_damaged_release_is_explained(tmp_path, folder):
    """Without its cases the assignment says what to do."""
    with pytest.raises(NotFoundError, match="enc-0404"):
        open_assignment(folder).show("enc-0404")
    with pytest.raises(NotFoundError, match="Fetch the assignment again"):
        open_assignment(tmp_path / "elsewhere")
    (folder / "cases.json").write_text("[]")
    with pytest.raises(CourseError, match="damaged"):
        open_assignment(folder)


def test_answers_of_one_case_only(tmp_path):
    """A workbench is given the answers of its own case."""
    file = AnswersFile(tmp_path / "answers.json", "unit-1")
    file.save({"items": []}, {"enc-0001/codes": {"codes": []}, "enc-0002/codes": {"codes": []}})
    assert set(file.of(CASE)) == {"enc-0001/codes"}


def test_an_answer_taken_back_is_gone(folder):
    """When the last mark is taken away the earlier answer is neither kept nor graded; other cases keep theirs."""
    unit = open_assignment(folder)
    first, second = unit.show("enc-0001"), unit.show("enc-0003")
    second.answers = {"enc-0003/codes": {"codes": ["S39.012A"]}}
    first.answers = {"enc-0001/codes": {"codes": ["M54.9"]}, "enc-0001/note": {"text": "x"}}
    first.answers = {"enc-0001/note": {"text": "x"}}
    saved = json.loads((folder / "answers.json").read_text())["items"]
    assert set(saved) == {"enc-0001/note", "enc-0003/codes"}
