"""Trainees' answers are data within hard bounds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import (
    MAX_BYTES,
    MAX_NOTE_LENGTH,
    AuditAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    CodesAnswer,
    FieldsAnswer,
    NoteAnswer,
    OrderAnswer,
    PairsAnswer,
    PassagesAnswer,
    parse_answers,
    read_answers,
    to_data,
)
from grader.errors import AnswersFileError


def answers_json(items: object, **other: object) -> bytes:
    """An answers.json with these items."""
    return json.dumps({"schema": "answers/1", "assignment": "unit-1", "items": items, **other}).encode()


def test_each_shape_is_read():
    """Codes keep their order, a text its words, options their ids, fields their values."""
    items = {
        "a/codes": {"codes": ["M54.9", "M15.0"]},
        "a/note": {"text": "<b>x</b>"},
        "a/why": {"choice": "c1"},
        "a/which": {"choices": ["c1", "c3"]},
        "a/sort": {"pairs": {"p1": "c2"}},
        "a/steps": {"order": ["c2", "c1"]},
        "a/claim": {"fields": {"box21a": "M54.50"}},
        "a/marks": {"passages": ["1.2"]},
        "a/audit": {"audit": {"verdicts": {"M54.50": "right"}, "missing": ["I10"]}},
    }
    answers = parse_answers(answers_json(items), "answers.json")
    assert answers.items == {
        "a/codes": CodesAnswer(("M54.9", "M15.0")),
        "a/note": NoteAnswer("<b>x</b>"),
        "a/why": ChoiceAnswer("c1"),
        "a/which": ChoicesAnswer(("c1", "c3")),
        "a/sort": PairsAnswer({"p1": "c2"}),
        "a/steps": OrderAnswer(("c2", "c1")),
        "a/claim": FieldsAnswer({"box21a": "M54.50"}),
        "a/marks": PassagesAnswer(("1.2",)),
        "a/audit": AuditAnswer({"M54.50": "right"}, ("I10",)),
    }
    assert to_data(answers)["items"] == items


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1, column 1: it is not valid JSON"),
        (b'{"schema": "answers/1",\n "items" 3}', "line 2"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "exactly schema, assignment and items"),
        (answers_json({}, extra=1), "exactly schema, assignment and items"),
        (answers_json([]), "items"),
        (answers_json({"a": 3}), "items.a"),
        (answers_json({"a": {"codes": "M54.9"}}), "items.a"),
        (answers_json({"a": {"codes": [1]}}), "items.a"),
        (answers_json({"a": {"codes": ["M"] * 51}}), "items.a"),
        (answers_json({"a": {"text": "x" * (MAX_NOTE_LENGTH + 1)}}), "items.a.text"),
        (answers_json({"a": {"choices": {"c1": "c2"}}}), "items.a.choices"),
        (answers_json({"a": {"pairs": {"p1": 3}}}), "items.a.pairs"),
        (answers_json({"a": {"pairs": {str(n): "c1" for n in range(201)}}}), "items.a.pairs"),
        (answers_json({"a": {"order": ["c1", None]}}), "items.a.order"),
        (answers_json({"a": {"fields": {"box21a": "x" * 201}}}), "items.a.fields"),
        (answers_json({"a": {"passages": ["x" * 81]}}), "items.a.passages"),
        (answers_json({"a": {"audit": {"verdicts": {}}}}), "items.a.audit"),
        (answers_json({"a": {"audit": {"verdicts": [], "missing": []}}}), "items.a.audit"),
        (answers_json({"a": {"codes": [], "text": ""}}), "it must be one of codes, text"),
        (answers_json({"a": {"colour": "red"}}), "it must be one of codes, text"),
        (answers_json({str(n): {"choice": "a"} for n in range(501)}), "items"),
        (b"x" * (MAX_BYTES + 1), "larger than"),
        (answers_json({"a": {"text": "\ud83d"}}), "half a character"),
    ],
)
def test_bad_input_names_the_place(data, says):
    """What is wrong is named, with the file and what to do."""
    with pytest.raises(AnswersFileError) as caught:
        parse_answers(data, "answers.json")
    assert says in str(caught.value) and "answers.json" in str(caught.value)


def test_no_link_is_followed(tmp_path):
    """A link handed in as answers.json is refused, whatever it points at."""
    secret = tmp_path / "key.yml"
    secret.write_bytes(answers_json({}))
    link = tmp_path / "answers.json"
    link.symlink_to(secret)
    with pytest.raises(AnswersFileError, match="link"):
        read_answers(link)
    with pytest.raises(AnswersFileError, match="no such file"):
        read_answers(tmp_path / "none.json")
    with pytest.raises(AnswersFileError, match=r"not an ordinary file|link"):
        read_answers(tmp_path)


@given(
    st.binary(max_size=400)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(lambda x: json.dumps(x).encode())
)
def test_anything_is_answered_with_an_error_of_ours(data):
    """No input whatever brings another exception than the one that explains itself."""
    with pytest.raises(AnswersFileError):
        parse_answers(data, "answers.json")
