"""Labelled notes are read whole, and what is wrong with a file is said where it stands."""

import json
from pathlib import Path

import pytest

from grader.errors import CourseError
from grader.evaluation.corpus import read_corpus, writers_of
from grader.library.item_keys import ELEMENTS
from tests.conftest import ROOT

NOTES = ROOT / "tests" / "data" / "notes"


def test_a_writers_notes_come_with_their_charts(writer: Path) -> None:
    """Text, labels, evidence, flags and the chart of each note are there."""
    first, second = read_corpus(writer)
    assert (first.writer, first.id, first.case) == ("x1", "x1-1", "case-1")
    assert first.labels["severity"] == "present" and first.evidence[0].quote == "5/10"
    assert first.chart.facts["severity"] == "5/10" and first.chart.absent == ("injury", "leg pain")
    assert second.flags == ("bare",) and second.is_marked


def test_a_folder_of_writers_is_read_in_order() -> None:
    """Every writer of the project's notes is read, and every note has all labels and its own words as evidence."""
    notes = read_corpus(NOTES)
    assert writers_of(notes) == sorted(path.parent.name for path in NOTES.glob("*/notes.jsonl"))
    for note in notes:
        assert set(note.labels) == set(ELEMENTS)
        assert all(evidence.quote in note.text for evidence in note.evidence)


def test_notes_without_labels_can_be_read(writer: Path) -> None:
    """Notes that are only to be scored need no labels."""
    line = json.dumps({"id": "a", "case": "case-1", "text": "Back pain."})
    (writer / "notes.jsonl").write_text(line + "\n\n")
    assert read_corpus(writer)[0].labels == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: this is no JSON"),
        ("[]", "`id` is missing"),
        ('{"id": "a", "case": "case-1"}', "`text` is missing"),
        ('{"id": "a", "case": "case-9", "text": "x"}', "there is no case-9.yaml"),
        (
            '{"id": "a", "case": "case-1", "text": "x", "labels": {"mood": "present"}}',
            "mood: present: no such",
        ),
        ('{"id": "a", "case": "case-1", "text": "x", "labels": {"rom": "present"}}', "all 17 elements"),
        ('{"id": "a", "case": "case-1", "text": "x", "labels": [1]}', "give a state for each element"),
        ('{"id": "a", "case": "case-1", "text": "x", "flags": "bare"}', "flags: this must be a list"),
        (
            '{"id": "a", "case": "case-1", "text": "x", "evidence": [{"element": "rom"}]}',
            "element, state and quote",
        ),
    ],
)
def test_a_bad_line_is_named(writer: Path, line: str, said: str) -> None:
    """File, line and field of what is wrong are in the message."""
    (writer / "notes.jsonl").write_text(line + "\n")
    with pytest.raises(CourseError, match=r"notes\.jsonl, line 1") as error:
        read_corpus(writer)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        ("facts: [", "no YAML"),
        ("id: case-1", "`facts` is missing"),
        ("facts: {mood: good}", "mood: no element"),
        ("facts: {rom: full}\nnone: injury", "a list of what"),
    ],
)
def test_a_bad_chart_is_named(writer: Path, chart: str, said: str) -> None:
    """A chart that cannot be used is told by its file."""
    (writer / "case-1.yaml").write_text(chart)
    with pytest.raises(CourseError, match=r"case-1\.yaml") as error:
        read_corpus(writer)
    assert said in str(error.value)


def test_a_folder_without_notes_is_told(tmp_path: Path) -> None:
    """Whoever gives the wrong folder reads what is missing there."""
    with pytest.raises(CourseError, match=r"no notes\.jsonl"):
        read_corpus(tmp_path)
