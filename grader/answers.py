"""A trainee's answers as data: parsed within hard bounds, never run.

``answers.json``::

    {"schema": "answers/1", "assignment": "unit-1",
     "items": {"enc-0001/codes": {"codes": ["M54.9"]}, "enc-0001/note": {"text": "…"}}}

An answer has one field, which says of what shape it is::

    {"codes": ["M54.9", "M15.0"]}             in the order reported
    {"text": "…"}                             a note or a message
    {"choice": "c1"}                          {"choices": ["c1", "c3"]}
    {"pairs": {"p1": "c2"}}                   {"order": ["c3", "c1", "c2"]}
    {"fields": {"box21a": "M54.50"}}          the fields of a claim that were changed
    {"passages": ["1.2", "1.7"]}              the passages of the chart that were marked
    {"audit": {"verdicts": {"M54.50": "right"}, "missing": ["I10"]}}
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from grader.errors import AnswersFileError

SCHEMA = "answers/1"
MAX_BYTES = 1_000_000
MAX_ITEMS = 500
MAX_CODES = 50
MAX_CODE_LENGTH = 40
MAX_NOTE_LENGTH = 20_000
MAX_PARTS = 200
MAX_NAME_LENGTH = 80
MAX_VALUE_LENGTH = 200
_RESTORE = "Open the assignment again, check your answers and save; the course writes this file for you"


@dataclass(frozen=True, slots=True)
class CodesAnswer:
    """Codes in the order reported, spelled as the trainee left them; the first is first-listed."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """A note or a message in the trainee's words."""

    text: str


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """The id of the option chosen."""

    choice: str


@dataclass(frozen=True, slots=True)
class ChoicesAnswer:
    """The ids of all options chosen."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairsAnswer:
    """For prompts the option that each was matched with, by id."""

    pairs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """The ids of steps in the order given to them."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldsAnswer:
    """The fields of a claim that were changed, by id, with their new values."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PassagesAnswer:
    """The ids of the passages of the chart that were marked."""

    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditAnswer:
    """``right`` or ``wrong`` for codes that another coder reported, and the codes that are missing there."""

    verdicts: Mapping[str, str]
    missing: tuple[str, ...]


Answer = (
    CodesAnswer
    | NoteAnswer
    | ChoiceAnswer
    | ChoicesAnswer
    | PairsAnswer
    | OrderAnswer
    | FieldsAnswer
    | PassagesAnswer
    | AuditAnswer
)


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
        raise _refused(path.name, "", "there is no such file") from None
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
        raise _refused(origin, "", "it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _refused(origin, place, "it is not valid JSON") from None
    except (RecursionError, ValueError):
        raise _refused(origin, "", "it is nested too deeply or holds absurd numbers") from None
    return answers_from_data(tree, origin)


def _refused(origin: str, field: str, problem: str) -> AnswersFileError:
    return AnswersFileError(origin, field, problem, _RESTORE)


def answers_from_data(tree: Any, origin: str) -> Answers:
    """Check parsed JSON and turn it into `Answers`; errors as in `parse_answers`."""
    try:
        json.dumps(tree, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise _refused(origin, "items", "it holds half a character that cannot be written") from None
    if not isinstance(tree, dict) or set(tree) != {"schema", "assignment", "items"}:
        raise _refused(origin, "", "it needs exactly schema, assignment and items")
    if tree["schema"] != SCHEMA:
        raise _refused(origin, "schema", f"it must be {SCHEMA!r}")
    if not isinstance(tree["assignment"], str) or len(tree["assignment"]) > 200:
        raise _refused(origin, "assignment", "it must be the assignment's name")
    items = tree["items"]
    if not isinstance(items, dict) or len(items) > MAX_ITEMS:
        raise _refused(origin, "items", f"it must list at most {MAX_ITEMS} answers by name")
    return Answers(
        tree["assignment"],
        {name: _answer(value, f"items.{name[:80]}", origin) for name, value in items.items()},
    )


def _text(longest: int) -> Callable[[Any], bool]:
    return lambda content: isinstance(content, str) and len(content) <= longest


def _list(most: int, longest: int) -> Callable[[Any], bool]:
    entry = _text(longest)
    return lambda content: isinstance(content, list) and len(content) <= most and all(map(entry, content))


def _table(longest: int) -> Callable[[Any], bool]:
    name, value = _text(MAX_NAME_LENGTH), _text(longest)
    return lambda content: (
        isinstance(content, dict)
        and len(content) <= MAX_PARTS
        and all(name(key) and value(entry) for key, entry in content.items())
    )


def _is_audit(content: Any) -> bool:
    return (
        isinstance(content, dict)
        and set(content) == {"verdicts", "missing"}
        and _table(MAX_NAME_LENGTH)(content["verdicts"])
        and _list(MAX_CODES, MAX_CODE_LENGTH)(content["missing"])
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one shape of answer is recognized, built, and described when it is wrong."""

    fits: Callable[[Any], bool]
    build: Callable[[Any], Answer]
    rule: str


def _listed(
    build: Callable[[tuple[str, ...]], Answer],
    what: str,
    most: int = MAX_PARTS,
    longest: int = MAX_NAME_LENGTH,
) -> _Shape:
    rule = f"a list of at most {most} {what} of at most {longest} characters"
    return _Shape(_list(most, longest), lambda entries: build(tuple(entries)), rule)


def _tabled(build: Callable[[Mapping[str, str]], Answer], what: str, longest: int) -> _Shape:
    rule = f"at most {MAX_PARTS} {what}, each with a text of at most {longest} characters"
    return _Shape(_table(longest), lambda entries: build(dict(entries)), rule)


_SHAPES: dict[str, _Shape] = {
    "codes": _listed(CodesAnswer, "codes", MAX_CODES, MAX_CODE_LENGTH),
    "text": _Shape(_text(MAX_NOTE_LENGTH), NoteAnswer, f"at most {MAX_NOTE_LENGTH:,} characters"),
    "choice": _Shape(_text(MAX_NAME_LENGTH), ChoiceAnswer, "the name of an option"),
    "choices": _listed(ChoicesAnswer, "names"),
    "pairs": _tabled(PairsAnswer, "prompts", MAX_NAME_LENGTH),
    "order": _listed(OrderAnswer, "names"),
    "fields": _tabled(FieldsAnswer, "fields", MAX_VALUE_LENGTH),
    "passages": _listed(PassagesAnswer, "names"),
    "audit": _Shape(
        _is_audit,
        lambda audit: AuditAnswer(dict(audit["verdicts"]), tuple(audit["missing"])),
        f"verdicts (right or wrong for each code) and missing (at most {MAX_CODES} codes)",
    ),
}


def _answer(value: Any, field: str, origin: str) -> Answer:
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in _SHAPES:
        problem = f"it must be one of {', '.join(_SHAPES)}"
        raise _refused(origin, field, problem)
    ((name, content),) = value.items()
    shape = _SHAPES[name]
    if not shape.fits(content):
        raise _refused(origin, f"{field}.{name}", f"it must be {shape.rule}")
    return shape.build(content)


def to_data(answers: Answers) -> dict[str, Any]:
    """Return answers as the JSON data of ``answers.json``."""
    items = {name: _data(answer) for name, answer in answers.items.items()}
    return {"schema": SCHEMA, "assignment": answers.assignment, "items": items}


def _data(answer: Answer) -> dict[str, Any]:
    """Return an answer under the name of its shape, which is the name of its only field."""
    parts = {part.name: _plain(getattr(answer, part.name)) for part in fields(answer)}
    return {"audit": parts} if isinstance(answer, AuditAnswer) else parts


def _plain(content: Any) -> Any:
    if isinstance(content, Mapping):
        return dict(content)
    return list(content) if isinstance(content, tuple) else content
