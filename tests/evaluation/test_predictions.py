"""Predictions of a folder: one line a note, measures where there are labels, and an honest word on training notes."""

import json
from pathlib import Path

from grader.cli import main
from grader.evaluation.corpus import read_corpus
from grader.evaluation.predictions import measured, predict, write
from grader.library.item_keys import ELEMENTS
from tests.conftest import ROOT


def test_a_line_a_note_with_all_that_was_read(writer: Path, tmp_path: Path) -> None:
    """Id, states of the 17 elements, flags, total, confidence and evidence are there."""
    path = tmp_path / "predictions.jsonl"
    write(predict(read_corpus(writer)), path)
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    assert first["id"] == "x1-1" and first["labels"]["severity"] == "present" and first["total"] == 1
    assert (
        first["evidence"]["severity"] in "Her back pain is 5/10." and 0 < first["confidence"]["severity"] <= 1
    )
    assert set(second["labels"]) == set(ELEMENTS) and second["flags"] == ["bare"] and second["total"] == 0


def test_the_command_prints_measures_and_writes_predictions(writer: Path, tmp_path: Path, capsys) -> None:
    """Any folder in the form of the labelled notes is read from its facts alone."""
    path = tmp_path / "p.jsonl"
    assert main(["documentation", "evaluate", str(writer), "--predictions", str(path)]) == 0
    said = capsys.readouterr().out
    assert "micro f1" in said and "contradiction f1" in said and "x1: 2 notes" in said
    assert len(path.read_text().splitlines()) == 2


def test_notes_without_labels_are_read_and_not_measured(writer: Path, capsys) -> None:
    """Where there is nothing to compare with, that is said, and nothing is made up."""
    (writer / "notes.jsonl").write_text(
        json.dumps({"id": "a", "case": "case-1", "text": "Back pain."}) + "\n"
    )
    assert main(["documentation", "evaluate", str(writer)]) == 0
    assert "no labels" in capsys.readouterr().out
    assert measured(predict(read_corpus(writer))) == {}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys) -> None:
    """A wrong folder ends with a sentence, not a traceback."""
    assert main(["documentation", "evaluate", str(tmp_path / "none")]) == 2
    assert "no notes.jsonl" in capsys.readouterr().err


def test_notes_that_the_model_was_trained_on_are_told(capsys) -> None:
    """Numbers on training notes flatter: whoever sees them is told so."""
    assert main(["documentation", "evaluate", str(ROOT / "tests" / "data" / "notes" / "w0")]) == 0
    assert "trained on 44 of these notes" in capsys.readouterr().out


def test_what_is_read_today_is_what_the_model_learned() -> None:
    """A change of the code that reads, and not only of the model, is noticed on notes of every writer."""
    notes = read_corpus(ROOT / "tests" / "data" / "notes")[::20]
    found = measured(predict(notes))
    assert found["micro_f1"].value > 0.96 and found["contradiction_f1"].value > 0.85
    assert found["mae"].value < 0.4
