"""Findings in words: for the workbench as JSON data, for nbgrader as HTML, for a terminal as text."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from grader import codeset
from grader.answers import answers_from_data
from grader.library.encounter import case_from_public
from grader.library.reference import key_from_dict
from grader.scoring.findings import Finding, Score
from grader.scoring.score import CaseScore, ItemScore, score_case

MARKS = {"ok": "Right", "advice": "Advice", "warning": "Check", "error": "Not right"}


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
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "subject": list(finding.subject),
        "message": finding.message,
        "cite": finding.cite,
        "evidence": finding.evidence,
    }


def _failure(score: ItemScore) -> str:
    if isinstance(score, Score) and score.failed:
        return f"This case is failed whatever its points: {'; '.join(score.failed)}."
    return ""


def as_text(score: ItemScore) -> str:
    """Return the findings of one item as lines of plain text."""
    lines = [summary(score), *filter(None, [_failure(score)])]
    if isinstance(score, Score):
        for finding in score.findings:
            source = f" [{finding.cite}]" if finding.cite else ""
            lines.append(f"  {MARKS[finding.severity]}: {finding.message}{source}")
    return "\n".join(lines)


def as_html(score: ItemScore) -> str:
    """Return the findings of one item as HTML; every word is escaped, whoever wrote it."""
    parts = [f"<p><strong>{escape(summary(score))}</strong></p>"]
    if _failure(score):
        parts.append(f"<p>{escape(_failure(score))}</p>")
    if isinstance(score, Score) and score.findings:
        parts.append("<ul>")
        for finding in score.findings:
            parts.append(f"<li><strong>{MARKS[finding.severity]}:</strong> {escape(finding.message)}")
            if finding.evidence:
                parts.append(f" <q>{escape(finding.evidence)}</q>")
            if finding.cite:
                parts.append(f" <small>{escape(finding.cite)}</small>")
            parts.append("</li>")
        parts.append("</ul>")
    return "".join(parts)


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
