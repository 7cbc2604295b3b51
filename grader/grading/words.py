"""What a graded notebook shows: the trainee's answer and the findings, as HTML in which every word is escaped."""

from __future__ import annotations

from html import escape

import nh3
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from grader import codeset
from grader.answers import Answer, ChoiceAnswer, CodesAnswer, NoteAnswer
from grader.codeset.tabular import normalize
from grader.feedback import as_html, points
from grader.grading.scores import Question
from grader.scoring.findings import Score
from grader.scoring.score import ItemScore

NO_ANSWER = "No answer was given."
_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}


def clean_markdown(source: str) -> str:
    """Render Markdown for feedback and formgrader without anything that could run or load from elsewhere."""
    return nh3.clean(markdown2html_mistune(source), tags=set(_TAGS), url_schemes={"http", "https", "mailto"})


def answered(question: Question, answer: Answer | None, score: ItemScore) -> str:
    """Return the HTML of one graded item: the question, the answer as it was read, and the findings."""
    asked = f"<p><strong>{escape(question.item.stem)}</strong></p>"
    if not isinstance(score, Score) and score.blank:
        return f"{asked}<p>0 of {points(score.possible)} points. {NO_ANSWER}</p>"
    given = echo(question, answer)
    if not isinstance(score, Score):
        return f"{asked}{given}{refused(score.reason)}"
    return f"{asked}{given}{as_html(score)}"


def suggestion(question: Question, answer: Answer | None, score: ItemScore) -> str:
    """Return the Markdown of a documentation item: the note, then the automatic score as a suggestion.

    It is one line of HTML: a blank line inside would turn the rest of a trainee's note back into Markdown.
    """
    asked = f"<p><strong>{escape(question.item.stem)}</strong></p>"
    if not isinstance(score, Score) and score.blank:
        html = f"{asked}<p>0 of {points(score.possible)} points. {NO_ANSWER}</p>"
    elif not isinstance(score, Score):
        html = f"{asked}{echo(question, answer)}{refused(score.reason)}"
    else:
        lead = (
            "<p><em>Automatic suggestion with its evidence; your instructor decides on the points.</em></p>"
        )
        html = f"{asked}{echo(question, answer)}{lead}{as_html(score)}"
    return f"<div>{_one_line(html)}</div>"


def refused(reason: str) -> str:
    """Return the HTML that says why something has no score yet."""
    return f"<p><strong>Not scored.</strong> {escape(reason)} Your instructor will look at it.</p>"


def echo(question: Question, answer: Answer | None) -> str:
    """Return the HTML of an answer as the grader read it."""
    match answer:
        case CodesAnswer(codes) if codes:
            return f"<p>Your codes, in order:</p><ol>{''.join(_code(code) for code in codes)}</ol>"
        case NoteAnswer(text) if text.strip():
            return f"<p>Your note:</p><pre>{escape(text)}</pre>"
        case ChoiceAnswer(choice) if choice:
            texts = {option.id: option.text for option in question.item.choices}
            return f"<p>Your choice: <q>{escape(texts.get(choice, choice))}</q></p>"
    return ""


def _code(code: str) -> str:
    title = codeset.load().title(normalize(code))
    return f"<li><code>{escape(code)}</code> {escape(title)}</li>"


def _one_line(html: str) -> str:
    return html.replace("\r", "").replace("\n", "&#10;")
