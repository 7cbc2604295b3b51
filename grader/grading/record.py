"""What grading keeps of each submission beside nbgrader's gradebook, which has no place for it.

One file a trainee, ``graded/<assignment>/<trainee>.json``, put in place in one step as the last act of grading: a submission
whose file names its present state is finished, and any other is graded (again).  It holds no word of the trainee's.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from grader.scoring import message_gaming
from grader.scoring.documentation import gaming
from grader.scoring.findings import CodeAccuracy, Finding, Score
from grader.scoring.score import ItemScore

FOLDER = "graded"
PRIVATE = 0o600
UNFINISHED = ".new"
"""How the name of a record ends that is not in place yet."""
_BY_HAND = "check_by_hand"
_SIGNS = {sentence: name for name, sentence in (*gaming.SIGNS.items(), *message_gaming.SIGNS.items())}


@dataclass(frozen=True, slots=True)
class CellRecord:
    """What one grade cell got.

    Parameters
    ----------
    item
        Case and item, ``enc-0001/codes``.
    kind
        Kind of the item, such as ``assign-codes``.
    possible
        Points at most.
    points
        Automatic points; for answers in one's own words the suggestion.  None where nothing could be scored.
    blank
        Whether nothing was answered.
    digest
        Of what the cell shows: an answer that an instructor confirmed stays confirmed while it is the same.
    correct, reference, extra, first_listed
        As in `grader.scoring.findings.CodeAccuracy`; the first three are 0, and the last None, where no codes are counted.
    errors
        Kinds of what was wrong, each once.
    flags
        Kinds of signs that a person should look at, such as ``rubric_copy``.
    failed
        Why the whole case fails whatever its points.
    copied
        Of a note, a digest of its words: two trainees with the same one wrote the same.  Empty for a short note.
    """

    item: str
    kind: str
    possible: float
    points: float | None
    blank: bool
    digest: str
    correct: int = 0
    reference: int = 0
    extra: int = 0
    first_listed: bool | None = None
    errors: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    copied: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One graded submission.

    Parameters
    ----------
    trainee
        nbgrader's name of the student.
    state
        Digest of all that the grading rests on: what was handed in and when, cases, keys, and the released notebook.
    timestamp
        When it was handed in, as nbgrader wrote it; empty where it did not.
    reason
        Why it could not be graded, in words; empty when it was.
    remarks
        What was odd about it and did not matter, in words.
    cells
        By name of the grade cell; empty where nbgrader's gradebook got nothing.
    """

    trainee: str
    state: str
    timestamp: str
    reason: str
    remarks: tuple[str, ...] = ()
    cells: Mapping[str, CellRecord] = field(default_factory=dict)


def tally(item: str, kind: str, score: ItemScore, digest: str, copied: str = "") -> CellRecord:
    """Return what is kept of the score of one item."""
    if not isinstance(score, Score):
        return CellRecord(item, kind, score.possible, None, score.blank, digest)
    counted = score.accuracy or CodeAccuracy(0, 0, 0, None)
    wrong = [found.kind for found in score.findings if found.severity in ("warning", "error")]
    signs = [_sign(found) for found in score.findings if found.kind == _BY_HAND]
    return CellRecord(
        item,
        kind,
        score.possible,
        score.points,
        False,
        digest,
        counted.correct,
        counted.reference,
        counted.extra,
        counted.first_listed,
        tuple(dict.fromkeys(wrong)),
        tuple(dict.fromkeys(signs)),
        score.failed,
        copied,
    )


def _sign(found: Finding) -> str:
    """Return the name of the sign that a finding tells of; of one that has no name, that somebody should look."""
    return next((name for sentence, name in _SIGNS.items() if found.message.startswith(sentence)), found.kind)


def path_of(course: Path, assignment: str, trainee: str) -> Path:
    """Return where the record of one submission stands."""
    return course / FOLDER / assignment / f"{trainee}.json"


def write(course: Path, assignment: str, record: Record) -> None:
    """Put a record in place in one step, for its owner's eyes alone."""
    path = path_of(course, assignment, record.trainee)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, new = mkstemp(dir=path.parent, prefix=".", suffix=UNFINISHED)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(record), file)
    Path(new).replace(path)


def read(course: Path, assignment: str, trainee: str) -> Record | None:
    """Return the record of one submission; None where it was never graded.

    A file that cannot be read, after a power cut say, is as good as none: the submission is graded again.
    """
    try:
        return _record(json.loads(path_of(course, assignment, trainee).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return None


def read_all(course: Path, assignment: str) -> Iterator[Record]:
    """Yield the records of an assignment by name of trainee, one at a time."""
    folder = course / FOLDER / assignment
    names = sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []
    for name in names:
        record = read(course, assignment, name)
        if record is not None:
            yield record


def _record(data: dict[str, Any]) -> Record:
    cells = {name: _cell(cell) for name, cell in data["cells"].items()}
    return Record(**{**data, "remarks": tuple(data["remarks"]), "cells": cells})


def _cell(data: dict[str, Any]) -> CellRecord:
    lists = {name: tuple(data[name]) for name in ("errors", "flags", "failed")}
    return CellRecord(**{**data, **lists})
