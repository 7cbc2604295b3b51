"""The model card: what it says is counted from predictions, and it is about the notes and the model that are here."""

import json
from pathlib import Path

import pytest

from grader.evaluation.corpus import LabelledNote, read_corpus, writers_of
from grader.evaluation.heldout import card
from grader.evaluation.predictions import Prediction
from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation import model as module
from grader.scoring.documentation.evidence import ElementState
from tests.conftest import ROOT

SHIPPED = json.loads(Path(module.__file__).with_name("model_card.json").read_text("utf-8"))
MODEL = b'{"statement": {"weights": {"w:a": "", "w:b": ""}}}\n'


def predicted(note: LabelledNote, confidence: float = 0.9, **states: str) -> Prediction:
    """A prediction that agrees with the labels but for some elements."""
    read = dict(note.labels) | states
    return Prediction(note, {e: ElementState(read[e], "", confidence) for e in ELEMENTS}, ())


def test_a_card_counts_what_was_predicted(writer: Path) -> None:
    """One contradiction read where nothing was stated: every number follows from it."""
    first, second = read_corpus(writer)
    data = card([first, second], [predicted(first), predicted(second, 0.7, rom="contradicted")], MODEL)
    assert (data["notes"], data["writers"]) == (2, 1)
    assert data["held_out"]["x1"]["micro_f1"]["value"] == 1
    assert data["held_out"]["all"]["contradiction_f1"]["value"] == 0
    assert data["elements"]["severity"] == {
        "f1": 1,
        "precision": 1,
        "recall": 1,
        "contradiction_f1": 1,
        "n": 1,
    }
    by_range = {each["from"]: (each["n"], each["right"]) for each in data["calibration"]}
    assert by_range == {0.7: (17, pytest.approx(16 / 17, abs=1e-4)), 0.9: (17, 1)}
    assert data["model"]["features"] == 2 and data["model"]["bytes"] == len(MODEL)


def test_the_shipped_card_is_about_the_notes_that_are_here() -> None:
    """Card, notes and writers belong together: a note more or less asks for a new card."""
    notes = read_corpus(ROOT / "tests" / "data" / "notes")
    assert SHIPPED["digests"] == sorted(note.digest for note in notes)
    assert [each["writer"] for each in SHIPPED["trained_on"]] == writers_of(notes)
    assert set(writers_of(notes)) < set(SHIPPED["held_out"])


def test_the_shipped_model_keeps_what_was_reached_on_writers_it_never_saw() -> None:
    """The card that is published holds what the project promises; a model that reads worse may not be shipped."""
    shared, everyone = SHIPPED["held_out"]["shared"], SHIPPED["held_out"]["all"]
    for group in (shared, everyone):
        assert group["micro_f1"]["value"] >= 0.9
        assert group["qwk"]["value"] >= 0.93
        assert group["mae"]["value"] <= 1
        assert group["honest_flagged"]["value"] < 0.05
    assert shared["precision"]["value"] >= 0.93


def test_confidence_is_what_it_says() -> None:
    """In every range of confidence with enough readings, about as many are right as it says."""
    for each in SHIPPED["calibration"]:
        if each["n"] >= 100:
            assert abs(each["said"] - each["right"]) < 0.12, each
