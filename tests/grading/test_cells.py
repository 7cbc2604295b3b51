"""What stands in a grade cell, and what nbgrader takes from it."""

from dataclasses import replace

import pytest

from grader.answers import CodesAnswer, NoteAnswer
from grader.grading.cells import automatic, automatic_comment, graded_cell, suggestion_in_short
from grader.scoring.findings import Finding, Score, Unscorable

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


EMPTY = {"cell_type": "markdown", "metadata": {}, "source": "Nothing to do here."}
BLANK = Unscorable("No note was written.", 17, blank=True)
UNREADABLE = Unscorable("answers.json: it is not valid JSON", 17, blank=False)


@pytest.fixture
def note(cases):
    """A case with a note, and the item."""
    case = cases["enc-0001"]
    return case, next(item for item in case.items if item.id == "note")


@pytest.fixture
def codes_item(cases):
    """A case with codes, and the item."""
    case = cases["enc-0001"]
    return case, next(item for item in case.items if item.id == "codes")


@pytest.fixture
def cell(note):
    """Return what the grade cell of a note shows for these findings."""

    def shown(*findings: Finding) -> str:
        return graded_cell(EMPTY, *note, NoteAnswer("Dull *ache*."), Score(4, 17, findings))["source"]

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


ALL_STATES = (
    Finding("location", "ok", ("Location",), "Location: stated.", evidence="<b>whole back</b>"),
    Finding("severity", "error", ("Severity",), "Severity: otherwise.", evidence="9/10", record="5/10"),
    Finding("timing", "advice", ("Duration and frequency",), "In part."),
    Finding("rom", "warning", ("Range of motion",), "Not found."),
    Finding("teaching", "advice", ("Range of motion",), "A payer asks …", from_key=True),
    Finding("check_by_hand", "advice", (), "Much of this note …"),
)


def test_a_comment_says_what_to_look_at() -> None:
    """Points, doubt, and the elements by what was found of them; lessons and flags have their own place."""
    assert suggestion_in_short(Score(11.5, 17, ALL_STATES, doubt=2.13)) == (
        "The program suggested 11.5 of 17 points, 2.13 of them in doubt. Otherwise than the record: Severity. Not found: Range of"
        " motion. In part: Duration and frequency. The words that this rests on stand in the answer."
    )


def test_a_comment_holds_no_word_of_the_trainee() -> None:
    """nbgrader shows comments as they are: what a trainee wrote stays in the cell, where it is escaped."""
    said = suggestion_in_short(Score(11.5, 17, ALL_STATES))
    assert "whole back" not in said and "9/10" not in said and "doubt" not in said


def test_what_was_not_answered_stays_as_it_was(note) -> None:
    """nbgrader gives an untouched answer 0 with 'No response.', and so does the record of it."""
    assert graded_cell(EMPTY, *note, None, BLANK) == EMPTY
    assert automatic(note[1], BLANK) == 0 and automatic_comment(note[1], BLANK) == "No response."


def test_what_could_not_be_read_waits(note, codes_item) -> None:
    """Without readable answers there are no points and no result for nbgrader to take, and the cell says why."""
    shown = graded_cell(EMPTY, *note, None, UNREADABLE)["source"]
    assert "not valid JSON" in shown and automatic(note[1], UNREADABLE) is None
    assert automatic_comment(note[1], UNREADABLE) is None
    outputs = graded_cell({**EMPTY, "outputs": []}, *codes_item, None, UNREADABLE)["outputs"]
    assert [output["output_type"] for output in outputs] == ["display_data"]
    assert "not valid JSON" in outputs[0]["data"]["text/html"]


def test_points_of_codes_are_the_result_of_the_cell(codes_item) -> None:
    """nbgrader reads the points where code would have printed them, within what the item is worth."""
    answer = CodesAnswer(("M54.9", "<b>"))
    for points, result in ((5.25, "5.25"), (-1.0, "0.0"), (9.5, repr(codes_item[1].points))):
        outputs = graded_cell({**EMPTY, "outputs": []}, *codes_item, answer, Score(points, 8, ()))["outputs"]
        assert outputs[1]["data"]["text/plain"] == result
        assert "M54.9, &lt;b&gt;" in outputs[0]["data"]["text/html"]
    assert automatic_comment(codes_item[1], Score(1, 8, ())) is None


def test_a_note_is_only_suggested(note) -> None:
    """However many points the reading suggests, they count when an instructor has given them."""
    assert automatic(note[1], Score(17, 17, ())) is None
