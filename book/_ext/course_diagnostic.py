"""The diagnostic quiz: one question a lesson, which tells a reader what to take and what to skip.

    ```{question} m54-family
    ? How many codes report low back pain with sciatica on the right?
    - Two, M54.50 and M54.31
    + One, M54.41
    ! The combination code holds both, and the side.
    ```

Without JavaScript a reader opens the answers one by one.  With it, the page asks first and answers at the end.
"""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath
from typing import Any

from course_codeindex import codes_in, named
from course_outline import lessons
from course_pages import forget_with_page, lessons_in_order, noted, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

_ASKED, _PAGES = "course_diagnostic_lessons", "course_diagnostic_pages"
_COUNT = "course_diagnostic_count"
_LOG = logging.getLogger(__name__)


class QuestionDirective(SphinxDirective):
    """One question about one lesson: ``{question} m54-family``."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Read the lines by their first character."""
        self.assert_has_content()
        parts: dict[str, list[str]] = {mark: [] for mark in "?-+!"}
        choices: list[str] = []
        for line in filter(None, (line.strip() for line in self.content)):
            mark, text = line[0], line[1:].strip()
            if mark not in parts or not text:
                raise self.error("Begin each line with ? (question), - (wrong), + (right) or ! (why).")
            parts[mark].append(text)
            choices += [text] * (mark in "-+")
        if [len(parts[mark]) for mark in "?+!"] != [1, 1, 1] or len(choices) < 3:
            raise self.error("A question has one ?, one +, one ! and at least two -.")
        lesson = self.arguments[0].strip()
        number = self.env.temp_data[_COUNT] = self.env.temp_data.get(_COUNT, 0) + 1
        pages_noted(self.env, _PAGES).add(self.env.docname)
        noted(self.env, _ASKED, dict).setdefault(self.env.docname, []).append(lesson)
        right = choices.index(parts["+"][0])
        named(self.env).setdefault(self.env.docname, set()).update(
            codes_in(" ".join([*parts["?"], *choices, *parts["!"]]))
        )
        html = _html(number, lesson, parts["?"][0], choices, right, parts["!"][0])
        return [nodes.raw("", html, format="html")]


class ResultDirective(SphinxDirective):
    """Where the page's script says which lessons to take: ``{diagnostic-result}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place empty."""
        html = '<div class="diagnostic-result" hidden></div>'
        return [nodes.raw("", html, format="html")]


def _html(number: int, lesson: str, stem: str, choices: list[str], right: int, why: str) -> str:
    options = "".join(
        f'<label><input type="radio" name="question-{number}" value="{place}"> <span>{escape(text)}</span></label>\n'
        for place, text in enumerate(choices)
    )
    return (
        f'<fieldset class="question" data-lesson="{escape(lesson)}" data-right="{right}">\n'
        f"<legend>{number}. {escape(stem)}</legend>\n{options}"
        f'<label><input type="radio" name="question-{number}" value="unsure"> <span>I am not sure</span></label>\n'
        f'<details class="check"><summary>Answer to question {number}</summary><div class="check-answer">'
        f"<p><strong>{escape(choices[right])}</strong> {escape(why)}</p></div></details>\n</fieldset>\n"
    )


def _again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the quiz anew: it holds the titles of all lessons."""
    return sorted(pages_noted(env, _PAGES))


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of questions about no lesson, and of lessons without a question."""
    if not pages_noted(env, _PAGES):
        return
    asked = {lesson for names in noted(env, _ASKED, dict).values() for lesson in names}
    names = {PurePosixPath(page).name for page in lessons_in_order(env)}
    for name in sorted(asked - names):
        _LOG.warning("The diagnostic quiz asks about %r, which is no lesson.", name)
    for name in sorted(names - asked):
        _LOG.warning("The diagnostic quiz has no question about the lesson %r.", name)


def _add_titles(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the page's script the lessons' titles and addresses."""
    if page in pages_noted(app.env, _PAGES):
        listed = "".join(
            f'<li data-lesson="{escape(lesson.name)}"><a href="{escape(app.builder.get_relative_uri(page, lesson.page))}">'
            f"{escape(lesson.title)}</a></li>"
            for lesson in lessons(app.env).values()
        )
        context["body"] += f'<template class="diagnostic-lessons"><ol>{listed}</ol></template>'


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("course_codeindex")
    app.setup_extension("course_outline")
    app.add_directive("question", QuestionDirective)
    app.add_directive("diagnostic-result", ResultDirective)
    app.connect("env-updated", _again)
    app.connect("env-check-consistency", _check)
    app.connect("html-page-context", _add_titles)
    forget_with_page(app, _ASKED, _PAGES)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
