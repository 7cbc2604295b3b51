"""Grading one submission: from the bytes that were handed in to points, comments and the notebook that shows them.

Pure, so that it may run in another process or on another machine, and again after that one died.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader import codeset
from grader.answers import Answer, Answers, NoteAnswer, parse_answers
from grader.errors import AnswersFileError
from grader.grading.cells import automatic, automatic_comment, graded_cell
from grader.grading.intake.submission import HandedIn, those_of
from grader.grading.material import Material, Question, grade_name, is_graded
from grader.grading.record import CellRecord, Record, tally
from grader.scoring.findings import Unscorable
from grader.scoring.score import ItemScore, as_shown, score_openly

_ONE_OF_A_KIND = 12
"""Words of a note that two trainees do not write alike by chance."""


@dataclass(frozen=True, slots=True)
class CellGrade:
    """What nbgrader's gradebook gets for one grade cell; ``score`` is None where an instructor has to give it."""

    name: str
    score: float | None
    free_text: bool
    comment: str | None


@dataclass(frozen=True, slots=True, repr=False)
class Graded:
    """One graded submission.

    Parameters
    ----------
    cells
        In the order of the notebook; empty where nothing could be touched, so that the gradebook gets nothing.
    notebook
        The notebook with answers and findings, as JSON; empty as well.
    answers
        What was handed in as ``answers.json``; None where there was none.
    """

    record: Record
    cells: tuple[CellGrade, ...] = ()
    notebook: str = ""
    answers: bytes | None = None

    @property
    def trainee(self) -> str:
        """nbgrader's name of the student."""
        return self.record.trainee

    def __repr__(self) -> str:
        """Say nothing of what a trainee wrote: this may stand in a log."""
        return f"Graded({len(self.cells)} cells)"


def state(material: Material, handed_in: HandedIn) -> str:
    """Return the digest of all that the grade of a submission rests on."""
    answers = handed_in.answers
    parts = (
        material.digest.encode(),
        handed_in.timestamp.encode(),
        handed_in.refused.encode(),
        *(remark.encode() for remark in handed_in.remarks),
        b"none" if answers is None else b"some" + answers,
    )
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def grade(material: Material, handed_in: HandedIn) -> Graded:
    """Grade one submission against its keys; an answer that cannot be scored waits for the instructor."""
    if handed_in.refused:
        return Graded(_record(material, handed_in, handed_in.refused, {}))
    answers, reason = _answers(material, handed_in)
    cells: list[CellGrade] = []
    records: dict[str, CellRecord] = {}
    shown: dict[str, dict[str, Any]] = {}
    for cell in filter(is_graded, material.released["cells"]):
        name = grade_name(cell)
        question = material.questions[name]
        answer = answers.items.get(question.name) if answers else None
        openly = _score(question, answer, reason)
        score = as_shown(question.case, question.key, openly)
        shown[name] = graded_cell(cell, question.case, question.item, answer, score)
        digest = _digest(shown[name])
        records[name] = tally(question.name, question.item.kind, openly, digest, _copied(answer))
        points, comment = automatic(question.item, score), automatic_comment(question.item, score)
        cells.append(CellGrade(name, points, question.item.is_free_text, comment))
    return Graded(
        _record(material, handed_in, reason, records, answers),
        tuple(cells),
        _notebook(material.released, shown),
        handed_in.answers,
    )


def grade_all(material: Material, batch: Sequence[HandedIn]) -> Sequence[Graded]:
    """Grade a batch, as `grade` does each of it."""
    return [grade(material, handed_in) for handed_in in batch]


def _answers(material: Material, handed_in: HandedIn) -> tuple[Answers | None, str]:
    """Return the answers, or why there are none that count."""
    try:
        if handed_in.answers is None:
            raise AnswersFileError("answers.json", "", "there is no such file", _HAND_IN)
        return those_of(material.assignment, parse_answers(handed_in.answers, "answers.json")), ""
    except AnswersFileError as error:
        return None, str(error)


_HAND_IN = "Open the assignment again, check your answers and save; the course writes this file for you"


def _score(question: Question, answer: Answer | None, reason: str) -> ItemScore:
    if reason:
        return Unscorable(reason, question.item.points, blank=False)
    return score_openly(question.case, question.item, answer, question.key, codeset.load())


def _digest(cell: Mapping[str, Any]) -> str:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    shown = source + "".join(output["data"].get("text/html", "") for output in cell.get("outputs", []))
    return hashlib.sha256(shown.encode()).hexdigest()


def _copied(answer: Answer | None) -> str:
    """Return a digest of a note's words: their case, spacing and punctuation are soon changed."""
    words = re.findall(r"\w+", answer.text.casefold()) if isinstance(answer, NoteAnswer) else []
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if len(words) >= _ONE_OF_A_KIND else ""


def _record(
    material: Material,
    handed_in: HandedIn,
    reason: str,
    cells: Mapping[str, CellRecord],
    answers: Answers | None = None,
) -> Record:
    known = {question.name for question in material.questions.values()}
    unknown = sum(name not in known for name in answers.items) if answers else 0
    left_out = (f"{_count(unknown)} not in this assignment.",) if unknown else ()
    return Record(
        handed_in.trainee,
        state(material, handed_in),
        handed_in.timestamp,
        reason,
        (*handed_in.remarks, *left_out),
        cells,
    )


def _count(number: int) -> str:
    return (
        "1 answer was left out: its question is"
        if number == 1
        else (f"{number:,} answers were left out: their questions are")
    )


def _notebook(released: Mapping[str, Any], shown: Mapping[str, dict[str, Any]]) -> str:
    cells = [shown[grade_name(cell)] if is_graded(cell) else cell for cell in released["cells"]]
    return json.dumps({**released, "cells": cells}, ensure_ascii=False, sort_keys=True)
