"""A class of every kind of submission that real classes hand in, as far as nbgrader itself can open it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.course import DUE, NAME, Submission, as_file, hand_in, make_course, released, the_answering
from grader.answers import MAX_BYTES, MAX_NOTE_LENGTH
from grader.grading.course import Course

Change = Callable[[Submission], Submission]

# Folders that people are named by; nbgrader takes them as they are.
NAMES = ("josé.núñez", "o'brien", "anna+retake", "d.de-la-cruz", "zoë_ångström", "李.伟", "müller.k+2")
ABSENT = ("never-came", "never.came+2")
"""They are in the gradebook and hand in nothing."""
NOTE, CODES, CHOICE = "enc-0001/note", "enc-0001/codes", "enc-0130/cause"
_EXTENSIONS = {"late, with an extension": 3, "late, with too short an extension": 1}
"""Days, by kind of submission."""


def _items(change: Callable[[dict[str, Any]], object]) -> Change:
    """Change the answers, which stay in their format."""

    def changed(submission: Submission) -> Submission:
        data = json.loads(submission.files["answers.json"])
        change(data["items"])
        return submission.having(answers=as_file(data))

    return changed


def _answered(items: Mapping[str, Any]) -> Change:
    return _items(lambda given: given.update(items))


def _noted(text: str) -> Change:
    return _answered({NOTE: {"text": text}})


def _coded(*codes: str) -> Change:
    return _answered({CODES: {"codes": list(codes)}})


def _every_other(items: dict[str, Any]) -> None:
    for name in list(items)[::2]:
        del items[name]


def _whole(change: Callable[[bytes], bytes | None]) -> Change:
    return lambda submission: submission.having(answers=change(submission.files["answers.json"]))


def _data(**fields: Any) -> Change:
    return _whole(lambda content: as_file({**json.loads(content), **fields}))


_HALF = {"items": {NOTE: {"text": "dull ache \ud83d"}}}
DAMAGES: dict[str, Change] = {
    "answers missing": _whole(lambda content: None),
    "answers empty": _whole(lambda content: b""),
    "answers cut off": _whole(lambda content: content[: len(content) // 2]),
    "answers not in UTF-8": _whole(lambda content: content + b"\xff"),
    "answers a list": _whole(lambda content: b"[1, 2]"),
    "answers nested deeply": _whole(lambda content: b"[" * 100_000),
    "answers too large": _whole(lambda content: content + b" " * MAX_BYTES),
    "answers with half a character": _whole(
        lambda content: json.dumps({**json.loads(content), **_HALF}).encode()
    ),
    "answers of another assignment": _data(assignment="unit-1"),
    "answers of another version": _data(schema="answers/9"),
    "answers of no shape": _answered({CODES: {"codes": 5}}),
}
"""What befalls an ``answers.json`` so that nothing in it can be scored."""

_MARKUP = (
    "<script>alert(1)</script> **bold** `code` $x$ [link](javascript:alert(1)) ![](http://127.0.0.1/x.png)"
)
_ODD = "dull ache\u202eback\u202c \u0007 5/10\t&amp; <b>whole back</b>\r\n\r\n  three weeks  \u2028 end"
_NOT_OFFERED = {
    CHOICE: {"choice": "c99"},
    "enc-0130/support": {"passages": ["9.9"]},
    "enc-0130/repair": {"fields": {"box99": "x"}},
}
ANSWERS: dict[str, Change] = {
    "complete": lambda submission: submission,
    # Editors of Windows put one there; whether it matters is the grader's to say, and every way of grading says the same.
    "behind a byte order mark": _whole(lambda content: b"\xef\xbb\xbf" + content),
    "partial": _items(_every_other),
    "blank": _items(lambda items: items.clear()),
    "blank answers": _answered({CODES: {"codes": []}, NOTE: {"text": " \n "}}),
    "answers of the wrong kind": _answered({CODES: {"text": "M54.9"}, NOTE: {"codes": ["M54.9"]}}),
    "items that nobody asked for": _answered({"enc-9999/codes": {"codes": ["M54.9"]}}),
    "choices that nobody offered": _answered(_NOT_OFFERED),
    "codes that are none": _coded("m549", "M54.9 ", "", "back pain", "M54.9", "<b>", "Z99.ZZZ"),
    "markup in codes": _coded("<b>M54.9</b>", "*x*", "$1$"),
    "markup in the note": _noted(_MARKUP),
    "odd characters": _noted(_ODD),
    "a very long note": _noted(("dull ache, whole back. " * 1000)[:MAX_NOTE_LENGTH]),
}


def _cells(change: Callable[[dict[str, Any], list[dict[str, Any]]], object]) -> Change:
    """Change the notebook; ``change`` gets it and its grade cells."""

    def changed(submission: Submission) -> Submission:
        notebook = json.loads(submission.files[f"{NAME}.ipynb"])
        graded = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
        change(notebook, graded)
        return submission.having(notebook=json.dumps(notebook).encode())

    return changed


_FULL = {
    "output_type": "execute_result",
    "data": {"text/plain": ["8.0"]},
    "metadata": {},
    "execution_count": 1,
}
_MUCH = {"output_type": "stream", "name": "stdout", "text": ["back pain\n"] * 50_000}
_R = {"name": "ir", "display_name": "R", "language": "R"}


def _code_added(source: str, *outputs: dict[str, Any]) -> Change:
    cell = {"cell_type": "code", "execution_count": 1, "id": "mine", "metadata": {}, "source": source}
    return _cells(lambda notebook, _: notebook["cells"].insert(1, {**cell, "outputs": list(outputs)}))


def _twice(**changes: str) -> Change:
    return _cells(lambda notebook, graded: notebook["cells"].append({**copy.deepcopy(graded[0]), **changes}))


def _forge(_: dict[str, Any], graded: list[dict[str, Any]]) -> None:
    for cell in graded:
        cell["metadata"]["nbgrader"].update(points=1000, checksum="0" * 32)
    graded[0]["outputs"] = [_FULL]


def _without_ids(notebook: dict[str, Any], _: list[dict[str, Any]]) -> None:
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)


def _with_files(files: Mapping[str, bytes]) -> Change:
    return lambda submission: replace(submission, files={**submission.files, **files})


def _with_a_copy(submission: Submission) -> Submission:
    return _with_files({"copy.ipynb": submission.files[f"{NAME}.ipynb"]})(submission)


NOTEBOOKS: dict[str, Change] = {
    "cells changed": _cells(lambda _, graded: [cell.update(source="8.0") for cell in graded]),
    "a grade cell deleted": _cells(lambda notebook, graded: notebook["cells"].remove(graded[1])),
    "all cells deleted": _cells(lambda notebook, _: notebook["cells"].clear()),
    "a grade cell twice": _twice(id="twice"),
    "one cell id twice": _twice(),
    "a cell added": _code_added("while True:\n    pass"),
    "much output": _code_added("1", _MUCH),
    "points forged": _cells(_forge),
    "a task made of a cell": _cells(
        lambda _, graded: graded[0]["metadata"]["nbgrader"].update(grade=False, task=True)
    ),
    "no word of nbgrader": _cells(lambda _, graded: [cell["metadata"].pop("nbgrader") for cell in graded]),
    "another kernel": _cells(lambda notebook, _: notebook["metadata"].update(kernelspec=_R)),
    "an older format": _cells(_without_ids),
    "more files": _with_files({"notes/draft.txt": b"mine", "photo.png": b"\x89PNG"}),
    "one more notebook": _with_a_copy,
}


def _handed_in_after(**late: float) -> Change:
    return lambda submission: replace(submission, at=DUE + timedelta(**late))


def _late_and_cut_off(submission: Submission) -> Submission:
    return DAMAGES["answers cut off"](_handed_in_after(hours=1)(submission))


TIMES: dict[str, Change] = {
    "late by minutes": _handed_in_after(minutes=4, seconds=3.5),
    "late by days": _handed_in_after(days=6),
    "at the last moment": _handed_in_after(minutes=0),
    "late, with an extension": _handed_in_after(days=2),
    "late, with too short an extension": _handed_in_after(days=2),
    "late and answers cut off": _late_and_cut_off,
    "without a time": lambda submission: replace(submission, at=None),
}

KINDS: dict[str, Change] = {**ANSWERS, **DAMAGES, **NOTEBOOKS, **TIMES}
"""Every kind of submission, by what it is called."""


def mixed_class(root: Path, count: int = 200, seed: int = 1, penalty: str = "zero") -> dict[str, str]:
    """Make a course of the assignment ``six`` in which ``count`` trainees hand in all kinds of things.

    Parameters
    ----------
    root
        The course root, which is made.
    count
        How many hand in; from the number of `KINDS` on, every kind is there.
    seed
        The same seed gives the same class.
    penalty
        What nbgrader does about late submissions: ``none``, or ``zero`` points for them.

    Returns
    -------
    dict[str, str]
        The kind of submission of each trainee, by name.
    """
    make_course(root, penalty)
    answering, files = the_answering(), released(root)
    kinds: dict[str, str] = {}
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        name = _name(number)
        right = 1.0 if kind == "complete" else None
        content = {**files, "answers.json": as_file(answering.answers(f"{seed} {number}", right))}
        at = DUE - timedelta(hours=number % 100, minutes=7)
        hand_in(root, KINDS[kind](Submission(name, content, at)))
        kinds[name] = kind
    _grant_extensions(root, kinds)
    return kinds


def _name(number: int) -> str:
    """Return a name; every fourth is one that needs care, and each is there once."""
    if number % 4:
        return f"trainee-{number:03d}"
    round_, place = divmod(number // 4, len(NAMES))
    return f"{NAMES[place]}{round_ or ''}"


def _grant_extensions(root: Path, kinds: Mapping[str, str]) -> None:
    with Course(root).gradebook() as gradebook:
        for name in ABSENT:
            gradebook.add_student(name)
        for name, kind in kinds.items():
            if kind in _EXTENSIONS:
                gradebook.add_student(name)
                gradebook.add_submission(NAME, name)
                gradebook.grant_extension(NAME, name, days=_EXTENSIONS[kind])
