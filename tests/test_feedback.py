"""Findings in words: nothing lost, nothing run as markup, doubt and the record's words where they belong."""

import json

from hypothesis import given
from hypothesis import strategies as st

from grader.feedback import as_html, as_text, result, sureness
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.score import CaseScore

STATED = Finding(
    "location", "ok", ("Location",), "Location: stated.", "Course rubric", "Pain all over.", confidence=0.94
)
CONTRADICTED = Finding(
    "quality",
    "error",
    ("Quality of the pain",),
    "Quality of the pain: your note says otherwise than the record.",
    "Course rubric",
    "It is <b>sharp</b>.",
    confidence=0.52,
    record="dull <i>ache</i>",
)
NOT_FOUND = Finding("rom", "warning", ("Range of motion",), "Range of motion: not found.", confidence=0.7)
SIGN = Finding("check_by_hand", "advice", (), "Half of this note is copied.", "Course rubric")
LESSON = Finding(
    "teaching",
    "advice",
    ("Quality of the pain",),
    "An auditor asks what the pain feels like. For example: “A dull <ache>.”",
    "Course rubric",
    "It is sharp.",
    from_key=True,
)
NOTE = Score(6.5, 17, (STATED, CONTRADICTED, NOT_FOUND, SIGN, LESSON))

TEXT = """\
6.5 of 17 points
  Right: Location: stated. [Course rubric]
  Not right (not sure): Quality of the pain: your note says otherwise than the record. [Course rubric]
    You wrote: “It is <b>sharp</b>.”
    The record: “dull <i>ache</i>”
  Check (fairly sure): Range of motion: not found.
  Advice: Half of this note is copied. [Course rubric]
  What a payer would ask:
    Quality of the pain: An auditor asks what the pain feels like. For example: “A dull <ache>.”"""

HTML = (
    "<p><strong>6.5 of 17 points</strong></p><ul>"
    "<li><strong>Right:</strong> Location: stated. <q>Pain all over.</q> <small>Course rubric</small></li>"
    "<li><strong>Not right (not sure):</strong> Quality of the pain: your note says otherwise than the record."
    "<br>You wrote: <q>It is &lt;b&gt;sharp&lt;/b&gt;.</q>"
    "<br>The record: <q>dull &lt;i&gt;ache&lt;/i&gt;</q> <small>Course rubric</small></li>"
    "<li><strong>Check (fairly sure):</strong> Range of motion: not found.</li>"
    "<li><strong>Advice:</strong> Half of this note is copied. <small>Course rubric</small></li>"
    "</ul><p><strong>What a payer would ask</strong></p><ul>"
    "<li><strong>Quality of the pain:</strong> An auditor asks what the pain feels like. "
    "For example: “A dull &lt;ache&gt;.”</li></ul>"
)


def test_a_note_as_text() -> None:
    """Doubt stands beside the mark, the record's words below the note's, the lessons under a heading of their own."""
    assert as_text(NOTE) == TEXT


def test_a_note_as_html() -> None:
    """The same as HTML, with every word of note, record and key escaped."""
    assert as_html(NOTE) == HTML


def test_what_was_not_read_looks_as_ever() -> None:
    """Findings on codes have no doubt, no record and no lessons, and their evidence stands behind the message."""
    invalid = Finding("invalid", "error", ("M54.5",), "M54.5 is not valid.", "Tabular M54.5", "M54.5")
    score = Score(0, 8, (invalid,))
    assert as_text(score) == "0 of 8 points\n  Not right: M54.5 is not valid. [Tabular M54.5]"
    assert as_html(score) == (
        "<p><strong>0 of 8 points</strong></p><ul><li><strong>Not right:</strong> M54.5 is not valid. "
        "<q>M54.5</q> <small>Tabular M54.5</small></li></ul>"
    )
    assert "ul" not in as_html(Score(8, 8, ())) and "ul" not in as_html(Unscorable("Empty.", 8, True))


def test_a_contradiction_without_words_of_the_note() -> None:
    """Where the note has no words to show, the record's are shown alone."""
    silent = Score(0, 1, (Finding("rom", "error", (), "Otherwise.", record="full"),))
    assert as_text(silent) == "0 of 1 points\n  Not right: Otherwise.\n    The record: “full”"
    assert as_html(silent).endswith("Otherwise.<br>The record: <q>full</q></li></ul>")


def test_how_sure_in_words() -> None:
    """Not sure below .6, fairly sure from there, no word from .8 on or where nothing was read."""
    words = {
        None: "", 0.0: "not sure", 0.59: "not sure", 0.6: "fairly sure", 0.79: "fairly sure", 0.8: "", 1.0: "",
    }  # fmt: skip
    assert {sure: sureness(Finding("rom", "ok", (), "x", confidence=sure)) for sure in words} == words


def test_programs_get_confidence_and_record_where_there_are_some() -> None:
    """The JSON of a note says how sure each reading is and what the record says; other findings have no such field."""
    data = result(CaseScore("enc-0001", {"enc-0001/note": NOTE}))
    assert json.loads(json.dumps(data)) == data
    stated, contradicted, not_found, sign, lesson = data["items"]["enc-0001/note"]["findings"]
    assert contradicted["confidence"] == 0.52 and contradicted["record"] == "dull <i>ache</i>"
    assert stated["confidence"] == 0.94 and not_found["confidence"] == 0.7
    assert "record" not in stated and "record" not in not_found
    assert not {"confidence", "record"} & {*sign, *lesson}


@given(st.text(), st.text(), st.text(), st.text(), st.sampled_from(("rom", "teaching")))
def test_no_word_becomes_markup(message: str, evidence: str, record: str, subject: str, kind: str) -> None:
    """Whatever note, record and key say, only the tags of the feedback itself are in its HTML."""
    finding = Finding(kind, "error", (subject,), message, subject, evidence, confidence=0.5, record=record)
    shown = as_html(Score(0, 1, (finding,)))
    for tag in ("p", "strong", "ul", "li", "q", "br", "small"):
        shown = shown.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in shown and ">" not in shown
