"""What a graded cell shows: the answer, the findings, and for free text the suggestion with its evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from grader.answers import Answer
from grader.feedback import as_html, points, sureness
from grader.grading.echo import said
from grader.library.encounter import Case, Item
from grader.scoring.documentation.names import NAMES
from grader.scoring.findings import Finding, Score
from grader.scoring.score import ItemScore
from grader.visible import visible

NO_RESPONSE = "No response."
"""nbgrader's comment on an answer in one's own words that was left empty."""
_SUGGESTED = "Suggested by the automatic reading; the points that an instructor gives count."
_LOOKED_AT = 5
_WORTH_TELLING = 0.05  # points
_STATES = {"error": "Otherwise than the record", "warning": "Not found", "advice": "In part"}


def graded_cell(
    cell: Mapping[str, Any], case: Case, item: Item, answer: Answer | None, score: ItemScore
) -> dict[str, Any]:
    """Return a grade cell of the released notebook with what its answer got.

    A code cell gets the points as its result, from which nbgrader takes them; without a result it waits for the
    instructor.  A cell for one's own words gets the answer in place of its text, which nbgrader leaves to the instructor;
    left as it is, nbgrader gives it 0.
    """
    blank = not isinstance(score, Score) and score.blank
    if item.is_free_text:
        return dict(cell) if blank else {**cell, "source": _suggestion(case, item, answer, score)}
    answered = escape(said(answer, item, case)) or "(none)"
    shown = visible(f"<p>Your answer: <strong>{answered}</strong></p>{as_html(score)}")
    outputs: list[dict[str, Any]] = [
        {
            "output_type": "display_data",
            "data": {"text/html": shown, "text/plain": " "},
            "metadata": {},
        }
    ]
    earned = automatic(item, score)
    if earned is not None:
        result = {"text/plain": repr(earned)}
        outputs.append(
            {"output_type": "execute_result", "data": result, "metadata": {}, "execution_count": None}
        )
    return {**cell, "outputs": outputs}


def automatic(item: Item, score: ItemScore) -> float | None:
    """Return the points that count without an instructor; None where one has to look."""
    if not isinstance(score, Score):
        return 0.0 if score.blank else None
    return None if item.is_free_text else min(max(score.points, 0.0), item.points)


def automatic_comment(item: Item, score: ItemScore) -> str | None:
    """Return what stands in formgrader's comment box until an instructor writes there."""
    if not item.is_free_text:
        return None
    if isinstance(score, Score):
        return suggestion_in_short(score)
    return NO_RESPONSE if score.blank else None


def suggestion_in_short(score: Score) -> str:
    """Return the suggestion in a few lines.

    It names elements of a note and none of the trainee's words, which stand with their evidence in the answer above it.
    """
    doubt = f", {points(score.doubt)} of them in doubt" if score.doubt >= _WORTH_TELLING else ""
    told = [f"The program suggested {points(score.points)} of {points(score.possible)} points{doubt}."]
    for severity, words in _STATES.items():
        named = [
            f.subject[0] for f in score.findings if f.severity == severity and f.kind in NAMES and f.subject
        ]
        if named:
            told.append(f"{words}: {', '.join(named)}.")
    return " ".join([*told, "The words that this rests on stand in the answer."])


def _suggestion(case: Case, item: Item, answer: Answer | None, score: ItemScore) -> str:
    lines = "<br>".join(escape(line) or "&nbsp;" for line in said(answer, item, case).splitlines())
    head = f"<p><em>{_SUGGESTED}</em></p>{_least_sure(score)}" if isinstance(score, Score) else ""
    shown = visible(f"<blockquote>{lines}</blockquote>{head}{as_html(score)}")
    # The cell is Markdown: on one line, with its special characters as entities, it stays what it is here.
    return re.sub(r"[][!$`*_\\]", lambda mark: f"&#{ord(mark[0])};", re.sub(r"\s+", " ", shown))


def _least_sure(score: Score) -> str:
    """Return what to look at first: what the reading is least sure of, in one line."""
    unsure = sorted((f for f in score.findings if sureness(f)), key=lambda f: f.confidence or 0.0)
    if not unsure:
        return ""
    named = "; ".join(f"{escape(_about(finding))} ({sureness(finding)})" for finding in unsure[:_LOOKED_AT])
    more = f"; and {len(unsure) - _LOOKED_AT} more" if len(unsure) > _LOOKED_AT else ""
    return f"<p>The reading is least sure of: {named}{more}.</p>"


def _about(finding: Finding) -> str:
    """Return the name of an element of a note; what a message is searched for is told by its first sentence."""
    if finding.kind in NAMES and finding.subject:
        return finding.subject[0]
    return finding.message.split(". ")[0].rstrip(".")
