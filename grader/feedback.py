"""Findings in words: for the workbench as JSON data, for nbgrader as HTML, for a terminal as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from grader import codeset
from grader.answers import answers_from_data
from grader.library.encounter import case_from_public
from grader.library.reference import key_from_dict
from grader.scoring.findings import Finding, Score
from grader.scoring.score import CaseScore, ItemScore, score_case

MARKS = {"ok": "Right", "advice": "Advice", "warning": "Check", "error": "Not right"}
LESSON = "teaching"
"""Kind of the findings that teach what to add to a note; they stand apart from what was found."""
LESSONS = "What a payer would ask"
"""What the lessons are called."""
# The workbench has the same bounds in `findings.js`.
_UNSURE, _SURE = 0.6, 0.8


def points(value: float) -> str:
    """Return points as a person writes them: 6, 4.5, 2.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def summary(score: ItemScore) -> str:
    """Return one line on an item."""
    if isinstance(score, Score):
        return f"{points(score.points)} of {points(score.possible)} points{_accuracy(score)}"
    return f"Not scored: {score.reason}"


def _accuracy(score: Score) -> str:
    if score.accuracy is None:
        return ""
    first = {True: "; first-listed right", False: "; first-listed wrong", None: ""}[
        score.accuracy.first_listed
    ]
    return f" (code level {score.accuracy.code_level:.0%}{first})"


def sureness(finding: Finding) -> str:
    """Return how sure the reading is of a finding in plain words; nothing where it is sure, or nothing was read."""
    if finding.confidence is None or finding.confidence >= _SURE:
        return ""
    return "not sure" if finding.confidence < _UNSURE else "fairly sure"


def parted(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return what was found, and apart from it the lessons."""
    found = [finding for finding in findings if finding.kind != LESSON]
    return found, [finding for finding in findings if finding.kind == LESSON]


def result(scored: CaseScore) -> dict[str, Any]:
    """Return a case's scores as the JSON data that the workbench paints."""
    return {
        "points": round(scored.points, 4),
        "possible": scored.possible,
        "failed": list(scored.failed),
        "items": {name: _item(score) for name, score in scored.items.items()},
    }


def _item(score: ItemScore) -> dict[str, Any]:
    if not isinstance(score, Score):
        return {
            "state": "unscorable",
            "points": 0.0,
            "possible": score.possible,
            "summary": summary(score),
            "findings": [],
        }
    item: dict[str, Any] = {
        "state": "scored",
        "points": round(score.points, 4),
        "possible": score.possible,
        "summary": summary(score),
        "findings": [_finding(finding) for finding in score.findings],
    }
    if score.accuracy is not None:
        item["accuracy"] = {
            "code_level": round(score.accuracy.code_level, 4),
            "first_listed": score.accuracy.first_listed,
        }
    return item


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": finding.kind,
        "severity": finding.severity,
        "subject": list(finding.subject),
        "message": finding.message,
        "cite": finding.cite,
        "evidence": finding.evidence,
    }
    if finding.confidence is not None:
        data["confidence"] = round(finding.confidence, 4)
    if finding.record:
        data["record"] = finding.record
    return data


def _failure(score: ItemScore) -> str:
    if isinstance(score, Score) and score.failed:
        return f"This case is failed whatever its points: {'; '.join(score.failed)}."
    return ""


def as_text(score: ItemScore) -> str:
    """Return the findings of one item as lines of plain text."""
    lines = [summary(score), *filter(None, [_failure(score)])]
    if isinstance(score, Score):
        found, lessons = parted(score.findings)
        lines += [line for finding in found for line in _lines(finding)]
        lines += [f"  {LESSONS}:"] if lessons else []
        lines += [f"    {_mark(lesson)} {lesson.message}" for lesson in lessons]
    return "\n".join(lines)


def _lines(finding: Finding) -> Iterator[str]:
    source = f" [{finding.cite}]" if finding.cite else ""
    yield f"  {_mark(finding)} {finding.message}{source}"
    if finding.record:
        if finding.evidence:
            yield f"    You wrote: “{finding.evidence}”"
        yield f"    The record: “{finding.record}”"


def _mark(finding: Finding) -> str:
    """Return what a finding begins with: its weight, or for a lesson what it is about."""
    if finding.kind == LESSON and finding.subject:
        return f"{finding.subject[0]}:"
    sure = sureness(finding)
    return f"{MARKS[finding.severity]} ({sure}):" if sure else f"{MARKS[finding.severity]}:"


def as_html(score: ItemScore) -> str:
    """Return the findings of one item as HTML; every word is escaped, whoever wrote it."""
    parts = [f"<p><strong>{escape(summary(score))}</strong></p>"]
    if _failure(score):
        parts.append(f"<p>{escape(_failure(score))}</p>")
    if isinstance(score, Score):
        found, lessons = parted(score.findings)
        if found:
            parts.append(f"<ul>{''.join(map(_found_as_html, found))}</ul>")
        if lessons:
            parts.append(
                f"<p><strong>{LESSONS}</strong></p><ul>{''.join(map(_lesson_as_html, lessons))}</ul>"
            )
    return "".join(parts)


def _found_as_html(finding: Finding) -> str:
    evidence = f" <q>{escape(finding.evidence)}</q>" if finding.evidence else ""
    if finding.record:
        # Side by side, it has to be told whose words are whose.
        yours = f"<br>You wrote:{evidence}" if evidence else ""
        evidence = f"{yours}<br>The record: <q>{escape(finding.record)}</q>"
    cite = f" <small>{escape(finding.cite)}</small>" if finding.cite else ""
    return f"<li><strong>{escape(_mark(finding))}</strong> {escape(finding.message)}{evidence}{cite}</li>"


def _lesson_as_html(lesson: Finding) -> str:
    # The words of the note stand with what was found of it, and the source is the same.
    return f"<li><strong>{escape(_mark(lesson))}</strong> {escape(lesson.message)}</li>"


def check(case_json: str, answers_json: str, key_json: str) -> str:
    """Score one case from JSON to JSON: what the reader's browser and the notebook call on Check.

    Parameters
    ----------
    case_json
        As `Case.public` gives it.
    answers_json
        The ``items`` of an ``answers.json``.
    key_json
        A key of the practice pack.

    Returns
    -------
    str
        The JSON of `result`.
    """
    case = case_from_public(json.loads(case_json))
    tree = {"schema": "answers/1", "assignment": case.id, "items": json.loads(answers_json)}
    answers = answers_from_data(tree, "your answers")
    return json.dumps(
        result(score_case(case, answers.items, key_from_dict(json.loads(key_json)), codeset.load()))
    )
