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
import re
import stat
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from grader.errors import AnswersFileError
from grader.visible import short

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
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


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


_Picked = ChoiceAnswer | ChoicesAnswer | PairsAnswer | OrderAnswer | PassagesAnswer
Answer = CodesAnswer | NoteAnswer | FieldsAnswer | AuditAnswer | _Picked


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
        # A pipe that nobody writes to would keep an ordinary opening waiting for ever.
        only = os.O_NOFOLLOW | os.O_NONBLOCK
        with open(path, "rb", opener=lambda name, how: os.open(name, how | only)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError
            return parse_answers(file.read(MAX_BYTES + 1), path.name)
    except FileNotFoundError:
        raise _refused(path.name, "", "there is no such file") from None
    except OSError:
        problem = "it is a link, no ordinary file, or cannot be opened"
        raise AnswersFileError(path.name, "", problem, "Hand in the file itself") from None


def parse_answers(data: bytes, origin: str) -> Answers:
    """Parse the bytes of an ``answers.json`` that an error calls ``origin``.

    Raises
    ------
    AnswersFileError
        Names the field that is wrong and what to do.
    """
    if len(data) > MAX_BYTES:
        raise AnswersFileError(origin, "", f"it is larger than {MAX_BYTES:,} bytes", "Shorten its notes")
    try:
        # Some editors begin a file with a mark and mean nothing by it.  No answer is a number, so that none is read:
        # whatever stands there, even NaN, becomes what the field that it stands in does not take.
        text, once = data.decode("utf-8-sig"), partial(_once, origin)
        tree = json.loads(text, object_pairs_hook=once, parse_int=bool, parse_float=bool, parse_constant=bool)
    except UnicodeDecodeError:
        raise _refused(origin, "", "it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise _refused(origin, f"line {error.lineno}, column {error.colno}", "it is not valid JSON") from None
    except RecursionError:
        raise _refused(origin, "", "it is nested too deeply") from None
    return answers_from_data(tree, origin)


def _once(origin: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object; of a name given twice JSON would let the last win in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        ((name, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise _refused(origin, "", f'it gives "{short(name)}" twice, and only one of the two can count')
    return found


def _refused(origin: str, field: str, problem: str) -> AnswersFileError:
    return AnswersFileError(origin, field, problem, _RESTORE)


def answers_from_data(tree: Any, origin: str) -> Answers:
    """Check parsed JSON and turn it into `Answers`; errors as in `parse_answers`."""
    if not isinstance(tree, dict) or set(tree) != {"schema", "assignment", "items"}:
        raise _refused(origin, "", "it needs exactly schema, assignment and items")
    if tree["schema"] != SCHEMA:
        raise _refused(origin, "schema", f"it must be {SCHEMA!r}")
    if not _text(MAX_VALUE_LENGTH)(tree["assignment"]) or not _storable(tree["assignment"]):
        raise _refused(origin, "assignment", "it must be the assignment's name")
    items = tree["items"]
    if not isinstance(items, dict) or len(items) > MAX_ITEMS or not all(map(_text(MAX_NAME_LENGTH), items)):
        rule = f"at most {MAX_ITEMS} answers by names of at most {MAX_NAME_LENGTH} characters"
        raise _refused(origin, "items", f"it must list {rule}")
    return Answers(tree["assignment"], {name: _answer(value, name, origin) for name, value in items.items()})


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


_Shape = tuple[Callable[[Any], bool], Callable[[Any], Answer], str]
"""Whether something is an answer of this shape, how it is built, and what it must be when it is not."""


def _listed(build: Callable[[tuple[str, ...]], Answer], what: str, most: int, longest: int) -> _Shape:
    rule = f"a list of at most {most} {what} of at most {longest} characters"
    return _list(most, longest), lambda entries: build(tuple(entries)), rule


def _tabled(build: Callable[[Mapping[str, str]], Answer], what: str, longest: int) -> _Shape:
    rule = f"at most {MAX_PARTS} {what}, each with a text of at most {longest} characters"
    return _table(longest), lambda entries: build(dict(entries)), rule


_SHAPES: dict[str, _Shape] = {
    "codes": _listed(CodesAnswer, "codes", MAX_CODES, MAX_CODE_LENGTH),
    "text": (_text(MAX_NOTE_LENGTH), NoteAnswer, f"a text of at most {MAX_NOTE_LENGTH:,} characters"),
    "choice": (_text(MAX_NAME_LENGTH), ChoiceAnswer, "the name of an option"),
    "choices": _listed(ChoicesAnswer, "names", MAX_PARTS, MAX_NAME_LENGTH),
    "pairs": _tabled(PairsAnswer, "prompts", MAX_NAME_LENGTH),
    "order": _listed(OrderAnswer, "names", MAX_PARTS, MAX_NAME_LENGTH),
    "fields": _tabled(FieldsAnswer, "fields", MAX_VALUE_LENGTH),
    "passages": _listed(PassagesAnswer, "names", MAX_PARTS, MAX_NAME_LENGTH),
    "audit": (
        _is_audit,
        lambda audit: AuditAnswer(dict(audit["verdicts"]), tuple(audit["missing"])),
        f"verdicts (right or wrong for each code) and missing (at most {MAX_CODES} codes)",
    ),
}


def _answer(value: Any, name: str, origin: str) -> Answer:
    field = f"items.{short(name)}"
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in _SHAPES:
        raise _refused(origin, field, f"it must be one of {', '.join(_SHAPES)}")
    ((kind, content),) = value.items()
    fits, build, rule = _SHAPES[kind]
    if not fits(content):
        raise _refused(origin, f"{field}.{kind}", f"it must be {rule}")
    if not _storable([name, content]):
        raise _refused(origin, field, "it holds half a character, or a NUL, that cannot be written")
    return build(content)


def _storable(content: Any) -> bool:
    """Tell whether all texts can be written to files and gradebooks."""
    if isinstance(content, str):
        return not _UNSTORABLE.search(content)
    return all(map(_storable, content)) and (isinstance(content, list) or _storable([*content.values()]))


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
