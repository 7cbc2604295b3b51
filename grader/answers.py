"""A trainee's answers as data: parsed within hard bounds, never run.

``answers.json``::

    {"schema": "answers/1", "assignment": "unit-1",
     "items": {"enc-0001/codes": {"codes": ["M54.9"]}, "enc-0001/note": {"text": "…"}}}
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import AnswersFileError

SCHEMA = "answers/1"
MAX_BYTES = 1_000_000
MAX_ITEMS = 500
MAX_CODES = 50
MAX_CODE_LENGTH = 40
MAX_NOTE_LENGTH = 20_000
_RESTORE = "Open the assignment again, check your answers and save; the course writes this file for you"


@dataclass(frozen=True, slots=True)
class CodesAnswer:
    """Codes in the order reported, spelled as the trainee left them; the first is first-listed."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """A note in the trainee's words."""

    text: str


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """The id of the option chosen."""

    choice: str


Answer = CodesAnswer | NoteAnswer | ChoiceAnswer


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a trainee answered in one assignment."""

    assignment: str
    items: Mapping[str, Answer]


def read_answers(path: Path) -> Answers:
    """Read one ``answers.json``, following no link.

    Raises
    ------
    AnswersFileError
        When the file is missing, a link, too large or not in the format.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise AnswersFileError(path.name, "", "there is no such file", _RESTORE) from None
    except OSError:
        raise AnswersFileError(
            path.name, "", "it is a link or cannot be opened", "Hand in the file itself"
        ) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise AnswersFileError(path.name, "", "it is not an ordinary file", "Hand in the file itself")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return parse_answers(stream.read(MAX_BYTES + 1), path.name)
    finally:
        os.close(descriptor)


def parse_answers(data: bytes, origin: str) -> Answers:
    """Parse the bytes of an ``answers.json``.

    Parameters
    ----------
    data
        The file's content.
    origin
        What to call the file in an error.

    Raises
    ------
    AnswersFileError
        Names the field that is wrong and what to do.
    """
    if len(data) > MAX_BYTES:
        raise AnswersFileError(
            origin, "", f"it is larger than {MAX_BYTES:,} bytes", "Shorten the notes in it"
        )
    try:
        tree = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise AnswersFileError(origin, "", "it is not UTF-8 text", _RESTORE) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise AnswersFileError(origin, place, "it is not valid JSON", _RESTORE) from None
    except (RecursionError, ValueError):
        raise AnswersFileError(
            origin, "", "it is nested too deeply or holds absurd numbers", _RESTORE
        ) from None
    return answers_from_data(tree, origin)


def answers_from_data(tree: Any, origin: str) -> Answers:
    """Check parsed JSON and turn it into `Answers`; errors as in `parse_answers`."""
    try:
        json.dumps(tree, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise AnswersFileError(
            origin, "items", "it holds half a character that cannot be written", _RESTORE
        ) from None
    if not isinstance(tree, dict) or set(tree) != {"schema", "assignment", "items"}:
        raise AnswersFileError(origin, "", "it needs exactly schema, assignment and items", _RESTORE)
    if tree["schema"] != SCHEMA:
        raise AnswersFileError(origin, "schema", f"it must be {SCHEMA!r}", _RESTORE)
    if not isinstance(tree["assignment"], str) or len(tree["assignment"]) > 200:
        raise AnswersFileError(origin, "assignment", "it must be the assignment's name", _RESTORE)
    items = tree["items"]
    if not isinstance(items, dict) or len(items) > MAX_ITEMS:
        raise AnswersFileError(origin, "items", f"it must list at most {MAX_ITEMS} answers by name", _RESTORE)
    return Answers(
        tree["assignment"],
        {name: _answer(value, f"items.{name[:80]}", origin) for name, value in items.items()},
    )


def _answer(value: Any, field: str, origin: str) -> Answer:
    if isinstance(value, dict) and len(value) == 1:
        ((shape, content),) = value.items()
        if shape == "codes" and _is_codes(content):
            return CodesAnswer(tuple(content))
        if shape == "text" and isinstance(content, str) and len(content) <= MAX_NOTE_LENGTH:
            return NoteAnswer(content)
        if shape == "choice" and isinstance(content, str) and len(content) <= 80:
            return ChoiceAnswer(content)
    problem = (
        f"it must be one of codes (a list of at most {MAX_CODES} codes of at most {MAX_CODE_LENGTH} characters), "
        f"text (at most {MAX_NOTE_LENGTH:,} characters) or choice"
    )
    raise AnswersFileError(origin, field, problem, _RESTORE)


def _is_codes(content: Any) -> bool:
    return (
        isinstance(content, list)
        and len(content) <= MAX_CODES
        and all(isinstance(code, str) and len(code) <= MAX_CODE_LENGTH for code in content)
    )


def to_data(answers: Answers) -> dict[str, Any]:
    """Return answers as the JSON data of ``answers.json``."""
    items: dict[str, Any] = {}
    for name, answer in answers.items.items():
        match answer:
            case CodesAnswer(codes):
                items[name] = {"codes": list(codes)}
            case NoteAnswer(text):
                items[name] = {"text": text}
            case ChoiceAnswer(choice):
                items[name] = {"choice": choice}
    return {"schema": SCHEMA, "assignment": answers.assignment, "items": items}
