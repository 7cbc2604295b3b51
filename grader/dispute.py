"""Disputes: a file in which somebody says why a key is wrong, with everything an instructor needs to decide.

A correction is a new version of the key with an entry under ``changes``; the book's errata page lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from grader.answers import Answer, Answers, to_data
from grader.codeset import CodeSet
from grader.errors import CourseError, NotFoundError
from grader.library.encounter import Case
from grader.library.reference import Change, Key
from grader.scoring.findings import Score
from grader.scoring.score import score_item

SCHEMA = "dispute/1"


@dataclass(frozen=True, slots=True)
class Dispute:
    """What somebody holds against the key of one item.

    Parameters
    ----------
    item
        The item's id within its case.
    why
        What is wrong, in the words of whoever disputes it.
    cite
        The rule they rely on; may be empty.
    answer
        Their answer, where they have one.
    """

    item: str
    why: str
    cite: str
    answer: Answer | None


def dispute_data(dispute: Dispute, case: Case, key: Key, codeset: CodeSet, on: date) -> dict[str, Any]:
    """Return the content of a dispute file.

    What the course said to the answer is part of it; for a case of the exam pool that tells nothing of the key.

    Raises
    ------
    NotFoundError
        When the case has no such item.
    CourseError
        When nothing is said against the key.
    """
    item = next((item for item in case.items if item.id == dispute.item), None)
    if item is None:
        names = ", ".join(item.id for item in case.items)
        raise NotFoundError(f"{case.id} has no item {dispute.item!r}. It has {names}.")
    if not dispute.why.strip():
        raise CourseError("A dispute needs its reason: say in --why what is wrong with the key.")
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "case": case.id,
        "item": item.id,
        "key_version": key.version,
        "code_set": codeset.release,
        "encounter_date": case.encounter_date,
        "filed": on,
        "why": dispute.why.strip(),
        "cite": dispute.cite.strip(),
    }
    if dispute.answer is not None:
        score = score_item(case, item, dispute.answer, key.items[item.id], codeset)
        name = case.item_key(item)
        data["answer"] = to_data(Answers(case.id, {name: dispute.answer}))["items"][name]
        data["points"] = round(score.points, 4) if isinstance(score, Score) else None
        data["possible"] = item.points
        data["course_said"] = (
            [finding.message for finding in score.findings] if isinstance(score, Score) else [score.reason]
        )
    return {**data, "status": "open", "decision": ""}


def write_dispute(path: Path, data: Mapping[str, Any]) -> None:
    """Write a dispute file; one that exists is left alone.

    Raises
    ------
    CourseError
        When there is a file of that name.
    """
    text = yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, width=110)
    head = (
        "# A dispute about a key. Give this file to your instructor or attach it to a report; who decides fills in\n"
        "# status (accepted or rejected) and decision. An accepted one becomes a new version of the key.\n"
    )
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(head + text)
    except FileExistsError:
        raise CourseError(f"{path} exists already. Name another file with --out.") from None
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}). Name another file with --out."
        ) from None


@dataclass(frozen=True, slots=True)
class Erratum:
    """One correction of one key; without a title where the case is one of an exam."""

    case: str
    title: str
    change: Change


def errata(cases: Mapping[str, Case], keys: Iterable[Key]) -> list[Erratum]:
    """Return the corrections of the keys given, newest first; of an exam case only that there was one."""
    found = []
    for key in keys:
        case = cases[key.case]
        for change in key.changes:
            shown = case.pool == "practice"
            what = change.what if shown else "The key of this exam case was corrected."
            title = case.title if shown else ""
            found.append(Erratum(case.id, title, Change(change.version, change.date, what)))
    return sorted(found, key=lambda e: (e.change.date, e.change.version, e.case), reverse=True)
