"""Grading one submission from its bytes."""

import json
import pickle
from dataclasses import replace

import pytest

from grader import codeset
from grader.grading.graded import grade, grade_all, state
from grader.grading.intake.submission import HandedIn
from grader.grading.material import Places, load_material
from grader.scoring.score import score_case
from tests.conftest import ROOT

UNIT = "unit-1"
SAMPLES = ROOT / "exercises" / UNIT / "sample_class"
COMPLETE = (SAMPLES / "complete.json").read_bytes()
NOTE = "Dull ache across the whole back since three weeks, five of ten, worse when she sits, better when she walks."


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """The material of unit 1, with its golden release."""
    root = tmp_path_factory.mktemp("class")
    (root / "release").mkdir()
    (root / "release" / UNIT).symlink_to(ROOT / "tests" / "golden" / "release-unit-1")
    return load_material(Places(root, ROOT / "exercises", ROOT / "cases", ROOT / "cases"), UNIT)


def handed_in(answers: bytes | None = COMPLETE, **more) -> HandedIn:
    """A submission of Ana's."""
    return HandedIn("ana", "2026-11-02 10:00:00 UTC", answers, **more)


def answering(**items: object) -> bytes:
    """An answers.json with these items."""
    named = {name.replace("__", "/").replace("_", "-"): answer for name, answer in items.items()}
    return json.dumps({"schema": "answers/1", "assignment": UNIT, "items": named}).encode()


def test_points_are_those_of_the_scorer(material, cases, keys):
    """Every cell gets what scoring its item gives, a note as a suggestion alone."""
    graded = grade(material, handed_in())
    from grader.answers import parse_answers

    answers = parse_answers(COMPLETE, "answers.json").items
    for name, question in material.questions.items():
        scored = score_case(question.case, answers, keys[question.case.id], codeset.load()).items[
            question.name
        ]
        cell = next(cell for cell in graded.cells if cell.name == name)
        assert graded.record.cells[name].points == pytest.approx(scored.points)
        assert cell.score == (None if cell.free_text else pytest.approx(scored.points))


def test_a_refused_submission_touches_nothing(material):
    """No cell, no notebook; the reason is on record."""
    graded = grade(material, handed_in(None, refused="It contains a link."))
    assert graded.cells == () and graded.notebook == "" and graded.record.cells == {}
    assert graded.record.reason == "It contains a link."


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (None, "there is no such file"),
        (b"{", "not valid JSON"),
        (COMPLETE.replace(b"unit-1", b"unit-2"), "unit-2"),
    ],
)
def test_answers_that_cannot_be_read_wait_with_their_reason(material, answers, reason):
    """No cell has points, none counts as 0, and record and notebook say why."""
    graded = grade(material, handed_in(answers))
    assert all(cell.score is None and cell.comment is None for cell in graded.cells) and graded.cells
    assert reason in graded.record.reason
    assert reason in graded.notebook


def test_answers_to_other_questions_are_left_out(material):
    """Answers that the assignment does not ask for change nothing, and a remark counts them."""
    known = grade(material, handed_in(answering(enc_0001__codes={"codes": ["M54.9"]})))
    more = answering(
        enc_0001__codes={"codes": ["M54.9"]}, enc_0999__codes={"codes": ["I10"]}, nothing={"text": "x"}
    )
    graded = grade(material, handed_in(more))
    assert graded.cells == known.cells and known.record.remarks == ()
    assert graded.record.remarks == ("2 answers were left out: their questions are not in this assignment.",)


def test_the_same_note_has_the_same_digest_and_a_short_one_none(material):
    """Case, spacing and punctuation do not hide a copied note; a few words are nobody's own."""

    def copied(text: str) -> str:
        return (
            grade(material, handed_in(answering(enc_0001__note={"text": text})))
            .record.cells["enc-0001-note"]
            .copied
        )

    assert copied(NOTE) and copied(NOTE) == copied(NOTE.upper().replace(", ", "  ; "))
    assert copied(NOTE) != copied(NOTE.replace("three", "four"))
    assert copied("Back pain, no red flags.") == ""


def test_an_exam_shows_nothing_of_its_key_and_keeps_all_on_record(material):
    """What a trainee of an exam may see is concealed; what went wrong is on record for the instructor."""
    name = next(
        name
        for name, q in material.questions.items()
        if q.case.pool == "exam" and q.item.kind == "assign-codes"
    )
    question = material.questions[name]
    wrong = question.key.wrong[0]
    answers = {
        "schema": "answers/1",
        "assignment": UNIT,
        "items": {question.name: {"codes": list(wrong.codes)}},
    }
    graded = grade(material, handed_in(json.dumps(answers).encode()))
    assert wrong.why not in graded.notebook and not any(
        e.why in graded.notebook for e in question.key.expected
    )
    assert wrong.error in graded.record.cells[name].errors


def test_the_state_tells_every_change(material):
    """Other answers, another time, another remark or refusal, another key: each is another state, and nothing else is."""
    plain = state(material, handed_in())
    assert plain == state(material, handed_in())
    others = [
        handed_in(COMPLETE + b" "),
        handed_in(None),
        handed_in(b""),
        replace(handed_in(), timestamp="2026-11-03 10:00:00 UTC"),
        handed_in(remarks=("odd",)),
        handed_in(refused="no"),
    ]
    states = {state(material, other) for other in others} | {
        state(replace(material, digest="x"), handed_in())
    }
    assert len(states) == len(others) + 1 and plain not in states


def test_it_travels_and_says_nothing_of_the_trainee(material):
    """A result can be sent between processes, and what a log may show of it holds no word of an answer."""
    graded = grade(material, handed_in(answering(enc_0001__note={"text": NOTE})))
    assert pickle.loads(pickle.dumps(graded)) == graded
    assert "Dull" not in repr(graded) and "ana" not in repr(graded)
    assert "Dull" not in repr(handed_in(answering(enc_0001__note={"text": NOTE})))
    assert "Dull" not in json.dumps({name: cell.copied for name, cell in graded.record.cells.items()})


def test_a_batch_is_graded_in_order(material):
    """Several at once give what each gives alone."""
    batch = [handed_in(), replace(handed_in(b"{"), trainee="bo")]
    assert grade_all(material, batch) == [grade(material, each) for each in batch]
