"""What a build knows of the lessons as a whole: how long each is, how many cases it has, and where it stands.

```{lesson-facts}```       under a lesson's title: its number, its reading time and its cases
```{path} name name …```   lessons in an order of their own, with the time that they take together
```{progress}```           every lesson in a list in which the page's script shows how far the reader is
```{course-facts}```       what the course holds, in numbers
```{sheet-facts}```        under a cheat sheet's title
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

from course_cases import WorkbenchNode
from course_corrections import COUNT as CORRECTIONS
from course_pages import LESSONS, forget_with_page, is_lesson, lessons_in_order, noted, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from grader import codeset
from grader.codeset.changes import in_words
from grader.codeset.diff import newest_day
from grader.library.case import load_cases

WORDS_A_MINUTE = 180
"""Adults read plain English silently at about 238 words a minute (Brysbaert 2019); rules and codes are read more slowly."""
_LESSONS, _LISTS = "course_lessons", "course_lesson_lists"
_NOT_READ = (nodes.raw, nodes.literal_block, nodes.comment)
"""HTML that a cell made, its code, and remarks."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is known of one lesson.

    Parameters
    ----------
    page
        Its name among the pages of the book.
    title
        Its title.
    words
        Words of its text, without the cases.
    cases
        Ids of the cases that stand in it.
    """

    page: str
    title: str
    words: int
    cases: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """Reading time without the cases."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def name(self) -> str:
        """Its name in paths, in the browser's memory and in files of progress."""
        return PurePosixPath(self.page).name


class FactsNode(nodes.General, nodes.Element):
    """Stands for a lesson's facts until all lessons are read; ``page`` is the lesson's."""


class LessonsNode(nodes.General, nodes.Element):
    """Stands for a list of lessons; ``names`` in their order, ``form`` is ``path``, ``progress`` or ``facts``."""


class FactsDirective(SphinxDirective):
    """The line under the title of a lesson: ``{lesson-facts}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place open: the number depends on the contents."""
        if not is_lesson(self.env.docname):
            raise self.error(f"{{lesson-facts}} stands in lessons, the pages of {LESSONS}.")
        pages_noted(self.env, _LISTS).add(self.env.docname)
        return [FactsNode(page=self.env.docname)]


class SheetFactsDirective(SphinxDirective):
    """The line under the title of a cheat sheet: ``{sheet-facts}``."""

    def run(self) -> list[nodes.Node]:
        """Say how it is used."""
        text = "One page to keep at your desk. Print it with your browser: only the sheet itself is printed."
        return [nodes.paragraph("", text, classes=["lesson-facts", "sheet-facts"])]


class CourseFactsDirective(SphinxDirective):
    """What the course holds, in numbers: ``{course-facts}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place open: lessons and cases come and go without this page."""
        pages_noted(self.env, _LISTS).add(self.env.docname)
        return [LessonsNode(names=[], form="facts")]


class PathDirective(SphinxDirective):
    """Lessons in an order: ``{path} m54-family three-scenarios``; names may stand on several lines."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Leave the place open: titles and times come from the lessons."""
        names = " ".join((*self.arguments, *self.content)).split()
        pages_noted(self.env, _LISTS).add(self.env.docname)
        found = LessonsNode(names=names, form="path")
        self.set_source_info(found)
        return [found]


class ProgressDirective(SphinxDirective):
    """Every lesson, with a place for what the reader has done: ``{progress}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place open."""
        pages_noted(self.env, _LISTS).add(self.env.docname)
        return [LessonsNode(names=[], form="progress")]


def lessons(env: BuildEnvironment) -> dict[str, Lesson]:
    """Return the lessons by name, in the order of the contents."""
    kept: dict[str, Lesson] = noted(env, _LESSONS, dict)
    return {kept[page].name: kept[page] for page in lessons_in_order(env) if page in kept}


def _note(app: Sphinx, doctree: nodes.document) -> None:
    page = app.env.docname
    if not is_lesson(page):
        return
    title = next(iter(doctree.findall(nodes.title)), None)
    cases = tuple(node["case"]["id"] for node in doctree.findall(WorkbenchNode))
    read = (text for text in doctree.findall(nodes.Text) if not isinstance(text.parent, _NOT_READ))
    words = sum(len(re.findall(r"\w[\w.’'-]*", text.astext())) for text in read)
    noted(app.env, _LESSONS, dict)[page] = Lesson(page, title.astext() if title else page, words, cases)


def _fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    known = lessons(app.env)
    for place in list(doctree.findall(FactsNode)):
        place.replace_self(_facts(known, place["page"]))
    for place in list(doctree.findall(LessonsNode)):
        unknown = [name for name in place["names"] if name not in known]
        for name in unknown:
            _LOG.warning("There is no lesson %r.", name, location=place)
        chosen = [known[name] for name in place["names"] or known if name in known]
        place.replace_self(_FORMS[place["form"]](app, page, chosen, place))


def _facts(known: dict[str, Lesson], page: str) -> nodes.paragraph:
    names = list(known)
    lesson = known[PurePosixPath(page).name]
    facts = [
        f"Lesson {names.index(lesson.name) + 1} of {len(names)}",
        f"about {_minutes(lesson.minutes)} to read",
    ]
    if lesson.cases:
        facts.append(_count(len(lesson.cases), "case", "to work on"))
    return nodes.paragraph("", " · ".join(facts), classes=["lesson-facts"])


def _path(app: Sphinx, page: str, chosen: list[Lesson], place: LessonsNode) -> list[nodes.Node]:
    listed = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".", classes=["path"])
    for lesson in chosen:
        link = nodes.reference(
            "", lesson.title, refuri=app.builder.get_relative_uri(page, lesson.page), internal=True
        )
        facts = nodes.inline(
            "", f" {_minutes(lesson.minutes)}, {_count(len(lesson.cases), 'case')}", classes=["path-facts"]
        )
        listed += nodes.list_item("", nodes.paragraph("", "", link, facts))
    minutes = sum(lesson.minutes for lesson in chosen)
    total = f"{_count(len(chosen), 'lesson')}: {_hours(minutes)} of reading, {_count(sum(len(each.cases) for each in chosen), 'case')}."
    return [listed, nodes.paragraph("", total, classes=["path-total"])]


def _progress(app: Sphinx, page: str, chosen: list[Lesson], place: LessonsNode) -> nodes.raw:
    rows = "".join(_progress_row(app, page, number, lesson) for number, lesson in enumerate(chosen, start=1))
    html = (
        '<table class="progress-table"><caption>Lessons</caption>\n<thead><tr><th>Lesson</th><th>Read</th>'
        f"<th>Cases checked</th></tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )
    return nodes.raw("", html, format="html")


def _progress_row(app: Sphinx, page: str, number: int, lesson: Lesson) -> str:
    uri = app.builder.get_relative_uri(page, lesson.page)
    return (
        f'<tr data-lesson="{escape(lesson.name)}" data-cases="{" ".join(lesson.cases)}"><td>{number}. '
        f'<a href="{escape(uri)}">{escape(lesson.title)}</a></td><td class="progress-read">–</td>'
        f'<td class="progress-cases">{len(lesson.cases)}</td></tr>\n'
    )


def _course_facts(app: Sphinx, page: str, chosen: list[Lesson], place: LessonsNode) -> nodes.raw:
    hours = round(sum(lesson.minutes for lesson in chosen) / 60)
    cases = load_cases(Path(app.srcdir) / "cases").values()
    facts = (
        (str(len(chosen)), f"lessons, about {_count(hours, 'hour')} of reading"),
        (str(sum(case.pool == "practice" for case in cases)), "practice cases, each answer explained"),
        (str(CORRECTIONS), "beliefs corrected, with the rule"),
        (in_words(newest_day(codeset.load())), "newest code changes taught"),
    )
    items = "".join(f"<li><strong>{escape(number)}</strong> {escape(what)}</li>" for number, what in facts)
    return nodes.raw("", f'<ul class="course-facts">{items}</ul>', format="html")


_FORMS = {"path": _path, "progress": _progress, "facts": _course_facts}


def _minutes(count: int) -> str:
    return _count(count, "minute")


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts: Iterator[str] = (
        text for text in (_count(hours, "hour") if hours else "", _minutes(rest) if rest else "") if text
    )
    return " ".join(parts) or _minutes(0)


def _count(number: int, what: str, rest: str = "") -> str:
    return f"{number} {what}{'s' * (number != 1)}{' ' + rest if rest else ''}"


def _lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write anew what speaks of lessons: one of them may have changed."""
    return sorted(pages_noted(env, _LISTS))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.add_node(FactsNode)
    app.add_node(LessonsNode)
    for name, directive in (
        ("course-facts", CourseFactsDirective),
        ("lesson-facts", FactsDirective),
        ("sheet-facts", SheetFactsDirective),
        ("path", PathDirective),
        ("progress", ProgressDirective),
    ):
        app.add_directive(name, directive)
    app.connect("doctree-read", _note)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _lists)
    forget_with_page(app, _LESSONS, _LISTS)
    # A former build's pages do not fit: raise env_version with what `Lesson` and the nodes hold.
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
