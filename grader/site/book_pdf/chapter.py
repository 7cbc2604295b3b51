"""A page of the site, made into a chapter: what only a screen can do is gone, and what was folded stands open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from grader.errors import CourseError

_SCREEN_ONLY = (
    "script, style, template, button, dialog, iframe, .headerlink, [hidden], .cbp-reader-note, .cbp-unseen,"
    " .mark-read-line, .progress-buttons, .progress-bar, .diagnostic-result, .sheet-facts, noscript, details.hide"
)
_LISTS = ".word-index a, .taught-in a, .path a, .question-lesson a, #code-index td a"
"""Links in lists of places, where a reader of paper needs the page."""
_SHORT_CELL, _SHORT_CHOICE = 14, 26
"""Letters that a cell has when it must not break, and a choice when others fit beside it."""
HEADINGS = re.compile(r"h[1-6]")
NUMBERED = "data-numbered"
"""Marks links that tell the page they lead to."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The article of one page.

    Parameters
    ----------
    page
        The page's name without ``.html``.
    body
        Its article.
    ids
        What can be linked to on it.
    """

    page: str
    body: Tag
    ids: frozenset[str]

    @property
    def name(self) -> str:
        """Its id in the book."""
        return self.page.replace("/", "-")

    @property
    def heading(self) -> str:
        """The text of its first heading."""
        found = self.body.find(HEADINGS)
        return " ".join(found.get_text().split()) if found else self.page

    def id_of(self, anchor: str) -> str:
        """Return the id in the book of an anchor of this page; of the chapter when the page has no such anchor."""
        return f"{self.name}--{anchor}" if anchor in self.ids else self.name


def read_chapter(site: Path, page: str) -> Chapter:
    """Read a built page and leave out what only a screen can do.

    Raises
    ------
    CourseError
        When the site has no such page.
    """
    path = site / f"{page}.html"
    if not path.is_file():
        raise CourseError(f"There is no page {page} in {site}. Run `make book`.")
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    body = soup.find("article")
    if not isinstance(body, Tag):
        raise CourseError(f"{path} has no article to print.")
    if body.select(".sheet-facts"):
        _mark(body, "sheet")
    for step in _STEPS:
        step(body)
    return Chapter(page, body, frozenset(str(tag["id"]) for tag in body.find_all(id=True)))


def _mark(tag: Tag, name: str) -> None:
    tag["class"] = " ".join((*tag.get_attribute_list("class"), name))


def _drop_screen_only(body: Tag) -> None:
    for element in body.select(_SCREEN_ONLY):
        element.decompose()
    for figure in body.find_all("figure"):
        figure["role"] = "group"  # the drawing in it has the words that stand for it
    for box in body.select(".pst-scrollable-table-container"):
        for attribute in ("role", "tabindex", "aria-label"):
            del box[attribute]


def _open_cases(body: Tag) -> None:
    """Give every case its title as a heading: a folded one from what folds it, another one from its label."""
    for fold in body.select("details.cbp-fold"):
        fold.name = "section"
        summary = fold.find("summary")
        if summary is not None:
            summary.name = "div"
            summary["class"] = "cbp-fold-head"
            for title in summary.select(".cbp-fold-title"):
                title.name = "h2"
    for case in body.select(".cbp-workbench[aria-label]"):
        reader = case.select_one(".cbp-reader")
        if reader is not None and case.find_parent(class_="cbp-fold") is None:
            title = BeautifulSoup("", "html.parser").new_tag("p", attrs={"class": "cbp-case-title"})
            title.string = str(case["aria-label"])
            reader.insert(0, title)
        for heading in case.find_all(("h3", "h4")):
            depth = len([above for above in case.find_parents("section") if above is not case])
            heading.name = f"h{min(6, depth + int(heading.name[1]) - 2)}"


def _open_answers(body: Tag) -> None:
    for folded in body.find_all("details"):
        folded.name = "div"
    for title in body.find_all("summary"):
        title.name = "p"
        title["class"] = "opened"


def _tell_lessons(body: Tag) -> None:
    """Name the lesson of each question of the quiz below its answer, as the page's script does at the end."""
    links = {
        str(line["data-lesson"]): line.find("a")
        for listed in body.find_all("template")
        for line in listed.find_all("li", attrs={"data-lesson": True})
    }
    for question in body.select("fieldset.question[data-lesson]"):
        link = links.get(str(question["data-lesson"]))
        if link is not None:
            line = BeautifulSoup(f'<p class="question-lesson">Lesson: {link}</p>', "html.parser")
            question.append(line)


def _mark_lists(body: Tag) -> None:
    for link in body.select(_LISTS):
        link[NUMBERED] = ""


def _empty_boxes(body: Tag) -> None:
    """Make what is ticked on a screen a box to tick on paper."""
    for group in body.find_all("fieldset"):
        group.name = "div"
    for stem in body.find_all("legend"):
        stem.name = "p"
        stem["class"] = "question-stem"
    for label in body.select("label:has(input)"):
        label.name = "p"
        label["class"] = "choice"
        for control in label.find_all("input"):
            control.decompose()


def _mark_what_is_short(body: Tag) -> None:
    """Keep codes and the like on one line, however narrow their column, and set short choices side by side."""
    for cell in body.find_all(("th", "td")):
        if len(cell.get_text(strip=True)) <= _SHORT_CELL:
            _mark(cell, "short")
    for choices in body.select(".cbp-reader-choices"):
        if all(len(choice.get_text()) <= _SHORT_CHOICE for choice in choices.find_all("li")):
            _mark(choices, "short")


def _lower_headings(body: Tag) -> None:
    """Make room for the parts above the chapters; a line of the source ends no line of a heading."""
    for heading in body.find_all(HEADINGS):
        for text in heading.find_all(string=re.compile(r"\n")):
            text.replace_with(re.sub(r"\s*\n\s*", " ", text))
        heading.name = f"h{min(6, int(heading.name[1]) + 1)}"


_STEPS: tuple[Callable[[Tag], None], ...] = (
    _tell_lessons,
    _mark_lists,
    _drop_screen_only,
    _open_cases,
    _open_answers,
    _empty_boxes,
    _mark_what_is_short,
    _lower_headings,
)
