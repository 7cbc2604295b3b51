"""Excludes1 notes of words alone: current injuries, aftercare, transplants."""

import pytest

from grader.scoring.edits import check_codes
from grader.scoring.edits.claim import index_of
from grader.scoring.edits.worded import SPINAL_PLACES, WORDED
from tests.scoring.edits.conftest import ON


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M54.6 S39.012A", [("excludes1", "advice")]),
        ("M54.9 S32.010A", [("excludes1", "error")]),
        ("M51.26 S33.0XXA", [("excludes1", "error")]),
        ("M54.2 S13.4XXA", [("excludes1", "error")]),
        ("M54.2 S93.401A", []),
        ("M54.50 S33.5XXD", [("excludes1", "error")]),
        ("M43.6 S16.1XXA", [("excludes1", "error")]),
        ("M54.6 S29.012S", []),
        ("S72.001D Z47.89", [("excludes1", "error")]),
        ("S72.001A Z47.89", []),
        ("Z47.1 Z96.641 S72.001D", [("excludes1", "advice")]),
        ("Z48.815 S72.001D", [("excludes1", "advice")]),
        ("Z47.1 Z96.651", []),
        ("G56.01 S64.11XA", [("excludes1", "error")]),
        ("G56.02 S64.11XA", []),
        ("G56.01 S54.01XA", []),
        ("M24.411 S43.004A", [("excludes1", "error")]),
        ("M24.411 S83.104A", []),
        ("T86.11 Z94.0", [("excludes1", "error")]),
        ("T86.11 Z94.4", []),
    ],
)  # fmt: skip
def test_what_the_words_mean(weights, reported, found):
    """The same part of the body and the phase of care decide; elsewhere the note only advises or is silent."""
    assert weights(reported) == set(found)


@pytest.mark.parametrize(
    ("at", "says"),
    [*((place, "current injury") for place in SPINAL_PLACES), *((row.at, row.says) for row in WORDED)],
)
def test_the_tabular_list_has_the_note(codes, at, says):
    """Every note judged by its words stands in the tabular list, at its place or above, and names no code."""
    notes = [note for place in (at, *codes.ancestors(at)) for note in index_of(codes).at(place, "excludes1")]
    assert any(says in note.text and not note.named for note in notes)


def test_the_note_is_quoted_as_it_stands(codes):
    """What stands between quotation marks is the tabular list's own."""
    (found,) = [f for f in check_codes(["Z47.89", "S72.001D"], ON, codes) if f.kind == "excludes1"]
    quoted = found.message.split("“")[1].split("”")[0]
    assert quoted in codes.get("Z47").notes["excludes1"]
