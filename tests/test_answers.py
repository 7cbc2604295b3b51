"""Trainees' answers are data within hard bounds."""

import json
import os
from pathlib import Path

import pytest

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
        (answers_json({"a": {"text": "\0"}}), "items.a: it holds half a character, or a NUL"),
        (answers_json({"a": {"fields": {"\udc00": "x"}}}), "items.a: it holds half a character"),
        (answers_json({"a\ud83d": {"choice": "c1"}}), "items.a\\ud83d: it holds half a character"),
        (answers_json({"x" * 81: {"choice": "c1"}}), "items: it must list at most 500 answers by names of"),
        (answers_json({"a": {"choice": True}}), "items.a.choice: it must be the name of an option"),
        (answers_json({"a": {"choice": 77}}).replace(b"77", b"7" * 5000), "items.a.choice"),
        (answers_json({"a": {"text": float("nan")}}), "items.a.text: it must be a text"),
        (answers_json({"a": {"text": float("inf")}}), "items.a.text: it must be a text"),
        (
            b'{"schema": "answers/1", "assignment": "unit-1", "items": {"a": 1e999}}',
            "items.a: it must be one of",
        ),
        (b"NaN", "exactly schema, assignment and items"),
        (b"9" * 100_000, "exactly schema, assignment and items"),
        (answers_json({}, schema="answers/2"), "schema: it must be 'answers/1'"),
        (answers_json({}, schema=["answers/1"]), "schema: it must be 'answers/1'"),
        (answers_json({}, assignment="x" * 201), "assignment: it must be the assignment's name"),
        (answers_json({}, assignment=1), "assignment: it must be the assignment's name"),
        (answers_json({}, assignment="\ud83d"), "assignment: it must be the assignment's name"),
        (answers_json({}).decode().encode("utf-16"), "UTF-8"),
        (answers_json({}).decode().encode("utf-16-le"), "line 1, column 2: it is not valid JSON"),
        (answers_json({}) + b"\0", "it is not valid JSON"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"items": {"a/b": {}, "a/b": {}}}', 'it gives "a/b" twice'),
        (b'{"schema": "answers/1", "schema": "answers/1"}', 'it gives "schema" twice'),
        (b'{"\\u202e\\n": 1, "\\u202e\\n": 2}', 'it gives "⟦U+202E⟧⟦U+000A⟧" twice'),
        (answers_json({"\u202e\n\x1b[31m": 3}), "items.⟦U+202E⟧⟦U+000A⟧⟦U+001B⟧[31m: it must be one of"),
    ],
)
def test_bad_input_names_the_place(data, says):
    """What is wrong is named, with the file and what to do."""
    with pytest.raises(AnswersFileError) as caught:
        parse_answers(data, "answers.json")
    told = str(caught.value)
    assert says in told and "answers.json" in told
    assert told.isprintable() and len(told) < 400


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


def test_a_mark_at_the_beginning_is_passed_over():
    """Some editors put a mark before the text; the answers are the same."""
    data = answers_json({"a": {"choice": "c1"}})
    assert parse_answers(b"\xef\xbb\xbf" + data, "answers.json") == parse_answers(data, "answers.json")


@pytest.mark.parametrize("brackets", [(b"[", b"]"), (b'{"a":', b"}")])
def test_depth_is_bounded_wherever_the_stack_ends(brackets):
    """However deep it goes, nesting that is just read, or just not, is told and nothing else happens."""
    opening, closing = brackets
    for levels in range(900, 1010):
        nested = opening * levels + b"1" + closing * levels
        with pytest.raises(AnswersFileError):
            parse_answers(answers_json({"a": "?"}).replace(b'"?"', nested), "answers.json")


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_ordinary_file_is_not_read(tmp_path, make):
    """A pipe that nobody writes to, a folder and a link to a device keep nobody waiting."""
    make(tmp_path / "answers.json")
    with pytest.raises(AnswersFileError, match="no ordinary file"):
        read_answers(tmp_path / "answers.json")


def test_a_file_without_end_is_read_up_to_its_bound(tmp_path):
    """100 MB of answers are refused after the first million bytes."""
    path = tmp_path / "answers.json"
    path.write_bytes(answers_json({}))
    os.truncate(path, 1 << 40)
    with pytest.raises(AnswersFileError, match="larger than 1,000,000 bytes"):
        read_answers(path)
