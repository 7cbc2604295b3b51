"""Scoring notes: points, findings, signs for a person to look at, and what holds for any text."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.library.item_keys import ELEMENTS, NoteKey, RubricElement
from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.note import LONGEST_NOTE, NAMES, score_note
from grader.scoring.documentation.sentences import LONGEST, clauses
from tests.scoring.documentation.chart import ABSENT, EXEMPLAR, FACTS, KEY

CASES = Path(__file__).parents[3] / "cases"


def exemplars() -> list[tuple[str, NoteKey]]:
    """Every note item of the library with its key, read as plain data."""
    found = []
    for path in sorted(CASES.glob("*/key.yml")):
        items = yaml.safe_load(path.read_text("utf-8"))["items"]
        for name, item in items.items():
            if "facts" in item:
                rubric = tuple(
                    RubricElement(r["element"], r["points"], r["required"]) for r in item["rubric"]
                )
                key = NoteKey(item["facts"], tuple(item["absent"]), rubric, item["exemplar"])
                found.append((f"{path.parent.name}/{name}", key))
    return found


def signs(note: str, source: str = "") -> list[str]:
    """The messages of a note that ask for a person."""
    return [f.message for f in score_note(note, KEY, source).findings if f.kind == "check_by_hand"]


@pytest.mark.parametrize("key", [key for _, key in exemplars()], ids=[name for name, _ in exemplars()])
def test_every_exemplar_earns_every_point(key: NoteKey) -> None:
    """The model note of a case scores full marks against its own key."""
    score = score_note(key.exemplar, key)
    assert [f for f in score.findings if f.severity != "ok" and f.kind != "check_by_hand"] == []
    assert score.points == score.possible


def test_points_follow_the_state() -> None:
    """Stated earns all, half stated half, absent and contradicted nothing; each with its own severity."""
    rubric = tuple(RubricElement(e, 2.0, True) for e in ("location", "timing", "rom", "severity"))
    key = NoteKey(FACTS, ABSENT, rubric, EXEMPLAR)
    score = score_note("Diffuse back pain for three weeks, rated 9/10.", key)
    assert (score.points, score.possible) == (3.0, 8.0)
    assert [f.severity for f in score.findings[:4]] == ["ok", "advice", "warning", "error"]
    assert score.findings[3].evidence == "Diffuse back pain for three weeks, rated 9/10."


def test_every_element_has_a_name_for_people() -> None:
    """No trainee reads a bare identifier such as prior_tx."""
    assert set(NAMES) == set(ELEMENTS)


def rationale(note: str, fact: str) -> tuple[str, str]:
    """How the element is judged, and what is said of it, for a note beside one fact."""
    key = NoteKey(FACTS | {"rationale": fact}, ABSENT, (RubricElement("rationale", 1.0, True),), EXEMPLAR)
    finding = score_note(note, key).findings[0]
    return finding.severity, finding.message


def test_what_is_not_known_is_asked_for_in_words_that_tell_what() -> None:
    """Who left it out, or said half, reads that site and cause are meant; no code number is asked for."""
    open_fact = "the pain has no single site and the cause is not known"
    severity, message = rationale("Back pain for three weeks.", open_fact)
    assert severity == "warning" and message.startswith("What is not known yet: not found – check")
    assert "the site of the pain, its cause, or both are not known" in message
    assert "of the site and of the cause" in rationale("Back pain, cause unclear.", open_fact)[1]
    assert rationale("Back pain. No single site, and the cause is not known yet.", open_fact)[0] == "ok"


def test_where_the_site_is_known_the_cause_decides() -> None:
    """With a site, an open cause is all there is to say; with both known, the cause must be named."""
    thoracic = "the provider places the pain in the thoracic spine and the cause is not established; M54.6"
    assert rationale("Thoracic back pain. The cause is not established.", thoracic)[0] == "ok"
    assert rationale("Thoracic back pain.", thoracic)[0] == "warning"
    disc = "degeneration of the lumbar L4-L5 disc is named as the cause, with axial back pain only; M51.360"
    severity, message = rationale("Back pain for two years.", disc)
    assert severity == "warning" and message.startswith("Site and cause: not found")
    assert rationale("Axial back pain caused by degeneration of the L4-L5 disc.", disc)[0] == "ok"
    assert rationale("Back pain. MRI: degenerated L4-L5 disc.", disc)[0] == "warning"


def test_findings_come_one_for_each_element_of_the_rubric_in_its_order() -> None:
    """The rubric decides what is told, and in which order."""
    findings = score_note(EXEMPLAR, KEY).findings[: len(KEY.rubric)]
    assert [f.subject for f in findings] == [(NAMES[r.element],) for r in KEY.rubric]


def test_a_copy_of_the_model_note_is_shown_to_a_person_and_keeps_its_points() -> None:
    """Copying is a sign, not a verdict: the points stay."""
    assert any("model note" in sign for sign in signs(EXEMPLAR))
    assert score_note(EXEMPLAR, KEY).points == score_note("", KEY).possible


def test_a_copy_of_the_record_is_shown_to_a_person() -> None:
    """A note that repeats the documents word for word is flagged."""
    record = (
        "She comes to the clinic because her back has hurt for about three weeks and she recalls no injury at all. "
        * 2
    )
    assert any("word for word in the record" in sign for sign in signs(record, record))


def test_a_list_of_key_words_is_shown_to_a_person() -> None:
    """A keyword list is flagged, and has no elements because it asserts nothing."""
    note = (
        "back pain dull ache sharp radiating intermittent constant standing bending heat lying guarded posture gait tenderness "
        "stiffness flexion extension ibuprofen partial relief hypertension obesity imaging prognosis unspecified cause site"
    )
    assert any("row of key words" in sign for sign in signs(note))
    assert score_note(note, KEY).points == 0


def test_an_overlong_note_is_read_in_part_and_shown_to_a_person() -> None:
    """What fits the limit is scored in full; what follows is not read, and the trainee is told."""
    long = EXEMPLAR + "The weather was fine that day and nobody complained. " * 500
    assert len(long) > LONGEST_NOTE
    assert any("only the beginning was read" in sign for sign in signs(long))
    assert score_note(long, KEY).points == score_note(EXEMPLAR, KEY).points


def test_an_honest_note_raises_no_sign() -> None:
    """Signs are for what a person should look at, not for ordinary notes."""
    note = (
        "46-year-old with three weeks of intermittent, dull pain over her entire back, 5/10. Standing makes it worse and a "
        "heating pad helps. She is unable to lift boxes. Gait slow. Diffuse tenderness. Plan: PT, recheck in two weeks."
    )
    assert signs(note) == []


WORDS = st.sampled_from(
    [
        "back",
        "pain",
        "no",
        "not",
        "denies",
        "dull",
        "5/10",
        "for",
        "3",
        "weeks",
        "worse",
        "better",
        "with",
        "lying",
        "standing",
        "ibuprofen",
        "relief",
        "partial",
        '"',
        "'",
        "“",
        "”",
        ".",
        ";",
        ":",
        ",",
        "|",
        "Plan:",
        "S:",
        "O:",
        "Quality:",
        "if",
        "should",
        "her",
        "father",
        "tender",
        "flexion",
        "60",
        "degrees",
        "M54.9",
        "because",
        "site",
        "cause",
        "unknown",
        "<b>",
        "é",
        "ß",
        "İ",
        "\n",
        "\t",
        "(",
        ")",
        "[",
        "]",
        "?",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join)))
def test_any_text_has_a_score(text: str) -> None:
    """No text crashes the scorer, earns less than nothing or more than all, or is quoted in words it does not contain."""
    score = score_note(text, KEY)
    assert 0 <= score.points <= score.possible == 17
    assert all(finding.evidence in text for finding in score.findings)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=3000))
def test_clauses_are_pieces_of_the_note_and_never_long(text: str) -> None:
    """Bounded clauses, each a substring of the note, are what keeps evidence exact and time linear."""
    for clause in clauses(text):
        assert clause.text in text
        assert len(clause.text) <= LONGEST


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        ".",
        '"',
        "no, or ",
        "the back s: ",
        "the code cannot ",
        "m54.9 because ",
        "for 3 weeks of it ",
        "0 0/",
        "'a b c d e ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Ten times the text takes about ten times as long, whatever it is: no pattern runs away."""

    def spent(size: int) -> float:
        text = "The back " + (piece * size)[:size]
        start = time.process_time()
        find_elements(text, FACTS, ABSENT)
        return time.process_time() - start

    spent(2_000)
    assert spent(200_000) < 40 * max(spent(20_000), 0.02)


@pytest.mark.parametrize(
    "note", ["Flex ½ w/ pain. Gait slow.", "İ say: back pain. Gait slow.", "Ext ⅓. Gait slow."]
)
def test_a_sign_of_another_length_does_not_hide_the_sentences(note: str) -> None:
    """Fractions and letters that grow in lower case leave a note in its sentences."""
    assert clauses(note)[-1].text == "Gait slow."


def test_a_wrapped_line_is_one_sentence() -> None:
    """A long line goes on in the next; a short one is a line of its own."""
    wrapped = "Her back has hurt for about three weeks now, and it is worse with\nstanding at the counter."
    assert len(clauses(wrapped)) == 1
    assert len(clauses("dull ache\nworse standing\nbetter lying")) == 3


def test_dictated_marks_end_a_sentence() -> None:
    """Who dictates 'period' twice means it; once, it is a word."""
    assert len(clauses("back pain for three weeks period rated five of ten period")) == 2
    assert len(clauses("she noticed it after her period last week")) == 1


def test_an_exam_flag_that_rests_on_the_key_is_marked() -> None:
    """That a note stands in the model note must not be shown where the key is secret."""
    marked = {
        f.message: f.from_key
        for f in score_note(EXEMPLAR, KEY, EXEMPLAR).findings
        if f.kind == "check_by_hand"
    }
    assert {of_key for sign, of_key in marked.items() if "model note" in sign} == {True}
    assert {of_key for sign, of_key in marked.items() if "in the record" in sign} == {False}


def test_doubt_is_what_the_reading_is_not_sure_of() -> None:
    """Every element has a confidence, and the doubt is the points that may be wrong."""
    score = score_note(EXEMPLAR, KEY)
    elements = score.findings[: len(KEY.rubric)]
    assert all(f.confidence is not None and 0.25 <= f.confidence <= 1 for f in elements)
    assert score.doubt == pytest.approx(sum(1 - (f.confidence or 0) for f in elements), abs=0.2)


def test_a_contradiction_shows_the_words_of_the_record() -> None:
    """Beside what the note says stands what the record says; elsewhere nothing does."""
    findings = score_note("Back pain all over, rated 9/10.", KEY).findings[: len(KEY.rubric)]
    assert {f.kind: f.record for f in findings if f.record} == {"severity": "5/10"}
