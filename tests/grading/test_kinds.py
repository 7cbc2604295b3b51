"""Every kind of question through real nbgrader: released, handed in, graded, shown in feedback."""

import html
import json

import pytest
import yaml
from nbgrader.api import Gradebook

from grader.answers import Answers, NoteAnswer, to_data
from grader.grading.demonstration import SCRIPT, run_demonstration
from grader.grading.echo import said
from grader.library.item_keys import KEY_TYPES
from grader.lint import exemplar
from tests.conftest import ROOT

pytestmark = pytest.mark.nbgrader
UNIT = "every-kind"


@pytest.fixture(scope="module")
def chosen(cases):
    """As few practice cases as hold every kind of question."""
    missing, found = set(KEY_TYPES), []
    practice = [case for case in cases.values() if case.pool == "practice"]
    while missing:
        best = max(practice, key=lambda case: len({item.kind for item in case.items} & missing))
        missing -= {item.kind for item in best.items}
        found.append(best)
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory, chosen, keys):
    """The demonstration class on an assignment of those cases: everything right, in part, hostile, damaged."""
    project = tmp_path_factory.mktemp("project")
    (project / "cases").symlink_to(ROOT / "cases")
    exercises = project / "exercises"
    samples = exercises / UNIT / "sample_class"
    samples.mkdir(parents=True)
    assignment = {
        "schema": "assignment/1", "id": UNIT, "title": "Every kind", "introduction": "Answer.",
        "cases": [case.id for case in chosen],
    }  # fmt: skip
    (exercises / UNIT / "assignment.yml").write_text(yaml.safe_dump(assignment))
    right = {
        case.item_key(i): exemplar(keys[case.id].items[i.id], case) for case in chosen for i in case.items
    }
    hostile = {
        name: NoteAnswer(f"{answer.text} {SCRIPT}") if isinstance(answer, NoteAnswer) else answer
        for name, answer in right.items()
    }
    files = {"complete": right, "partial": dict(list(right.items())[::2]), "empty": {}, "script": hostile}
    for name, answers in files.items():
        (samples / f"{name}.json").write_text(json.dumps(to_data(Answers(UNIT, answers))))
    (samples / "malformed.json").write_text("{")
    out = tmp_path_factory.mktemp("class")
    run_demonstration(out, exercises, UNIT, lambda line: None)
    return out


def grades(root, trainee):
    """Automatic score and whether it waits, by grade cell."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, trainee)
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}


def test_right_answers_earn_every_point_and_texts_wait(graded, chosen):
    """What is not free text is graded in full; notes and messages wait for the instructor."""
    recorded = grades(graded, "trainee-1")
    for case in chosen:
        for item in case.items:
            wanted = (None, True) if item.is_free_text else (pytest.approx(item.points), False)
            assert recorded[f"{case.id}-{item.id}"] == wanted, (case.id, item.id)


def test_unanswered_questions_earn_nothing(graded, chosen):
    """A question left open is 0 and does not wait."""
    assert set(grades(graded, "trainee-3").values()) == {(0, False)}


def test_feedback_shows_the_answer_in_words_and_nothing_runs(graded, chosen, keys):
    """Options, fields and passages are shown by their texts, not their ids; script tags stay text."""
    shown = html.unescape((graded / f"feedback/trainee-1/{UNIT}/{UNIT}.html").read_text())
    for case in chosen:
        for item in case.items:
            if not item.is_free_text:
                words = said(exemplar(keys[case.id].items[item.id], case), item, case)
                assert words and words in shown, words
    hostile = (graded / f"feedback/trainee-8/{UNIT}/{UNIT}.html").read_text()
    assert "taken over" in hostile and SCRIPT not in hostile


def test_nothing_of_a_key_is_released(graded, chosen, keys):
    """Neither reasons nor models are in source, release or what trainees fetch."""
    for stage in ("source", "release", "exchange/coding-back-pain/outbound"):
        released = "".join(
            path.read_text(errors="replace") for path in (graded / stage).rglob("*") if path.is_file()
        )
        assert chosen[0].title in released
        for case in chosen:
            for item in keys[case.id].items.values():
                for secret in _secrets(item):
                    assert secret not in released and json.dumps(secret)[1:-1] not in released, secret


def _secrets(item) -> list[str]:
    reasons = list(getattr(item, "reasons", {}).values())
    parts = [*getattr(item, "expected", ()), *getattr(item, "wrong", ()), *getattr(item, "repairs", ())]
    parts += [*getattr(item, "verdicts", ()), *getattr(item, "passages", ())]
    return [*reasons, *(part.why for part in parts), *filter(None, [getattr(item, "exemplar", "")])]
