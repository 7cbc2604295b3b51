"""Pages made from the case library: practice by skill, what the library trains, and corrections of keys.

```{practice} disc-disorders nerve-root-pain```   every practice case whose first skill is one of these, folded
```{coverage}```                                  how often each skill and mistake occurs in each pool
```{errata}```                                    corrections of keys, newest first
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from course_cases import WorkbenchNode, pages_with_cases, reader_html
from course_pages import forget_with_page, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from grader import coverage as trained
from grader.coverage import Table, coverage
from grader.dispute import Erratum, errata
from grader.errors import CourseError
from grader.library.case import load_cases
from grader.library.encounter import Case
from grader.library.key import load_keys
from grader.library.reference import Key
from grader.library.skills import SKILLS

_PAGES = "course_library_pages"


class FoldNode(nodes.General, nodes.Element):
    """A case behind its title: opened, it shows the chart and its questions."""


class LibraryDirective(SphinxDirective):
    """What the directives share: the library, and what the page depends on."""

    has_content = False

    def cases(self) -> dict[str, Case]:
        """Read the cases; the page is made anew when one of them, or a key, changes, comes or goes."""
        root = Path(self.env.srcdir) / "cases"
        for path in root.glob("*/*.yml"):
            self.env.note_dependency(str(path))
        library_pages(self.env).add(self.env.docname)
        try:
            return load_cases(root)
        except CourseError as error:
            raise self.error(str(error)) from error

    def keys(self, cases: dict[str, Case]) -> dict[str, Key]:
        """Read the keys that are here: those of an exam may be kept elsewhere."""
        root = Path(self.env.srcdir) / "cases"
        present = {
            case_id: case
            for case_id, case in cases.items()
            if case.pool == "practice" or (root / case_id / "key.yml").exists()
        }
        try:
            return load_keys(root, present)
        except CourseError as error:
            raise self.error(str(error)) from error


class PracticeDirective(LibraryDirective):
    """List practice cases by their first skill: ``{practice} disc-disorders``."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Fold each case behind its title, the easier ones first."""
        skills = self.arguments[0].split()
        unknown = [skill for skill in skills if skill not in SKILLS]
        if unknown:
            raise self.error(f"The course has no skill {', '.join(unknown)}. It has {', '.join(SKILLS)}.")
        found = [c for c in self.cases().values() if c.pool == "practice" and c.skills[0] in skills]
        found.sort(key=lambda case: (case.difficulty, case.id))
        pages_with_cases(self.env).add(self.env.docname)
        return [self._fold(case) for case in found]

    def _fold(self, case: Case) -> FoldNode:
        fold = FoldNode(case=case.id, title=case.title, facts=_facts(case))
        workbench = WorkbenchNode(case=case.public(), html=reader_html(case))
        self.set_source_info(workbench)
        fold += workbench
        return fold


def _facts(case: Case) -> str:
    """Return where, how much and how hard; the skills would tell what to look for."""
    count = len(case.items)
    questions = "1 question" if count == 1 else f"{count} questions"
    return f"{case.setting} · {questions} · {trained.DIFFICULTIES[str(case.difficulty)][2:].lower()}"


class CoverageDirective(LibraryDirective):
    """Show what the library trains: ``{coverage}``."""

    def run(self) -> list[nodes.Node]:
        """Count, and build a table for each way to look at the library."""
        cases = self.cases()
        keys = self.keys(cases)
        tables = coverage(cases, keys)
        pools = {pool: sum(case.pool == pool for case in cases.values()) for pool in trained.POOLS}
        total = (
            f"{len(cases)} cases: {pools['practice']} for practice, {pools['exam']} in the sample exam pool."
        )
        whole = set(keys) == set(cases)
        return [
            nodes.paragraph("", total),
            *(_section(table, whole or not table.from_keys) for table in tables),
        ]


def _section(table: Table, whole: bool) -> nodes.section:
    """Build one table; what only the keys tell of the exam pool is left open where they are not here."""
    section = nodes.section(ids=[nodes.make_id(f"coverage-{table.title}")], names=[table.title.lower()])
    section += nodes.title("", table.title)
    rows = [(row.title, str(row.practice), str(row.exam) if whole else "–") for row in table.rows]
    section += _grid(("", "Practice", "Exam"), rows, (60, 20, 20))
    return section


class ErrataDirective(LibraryDirective):
    """Show the corrections of keys: ``{errata}``."""

    def run(self) -> list[nodes.Node]:
        """Build the table, or say that there is nothing to correct."""
        cases = self.cases()
        found = errata(cases, self.keys(cases).values())
        return [errata_node(found)]


def errata_node(found: Iterable[Erratum]) -> nodes.Element:
    """Return the table of corrections, or a sentence when there are none."""
    rows = [
        (e.change.date, f"{e.title} ({e.case})" if e.title else e.case, str(e.change.version), e.change.what)
        for e in found
    ]
    if not rows:
        return nodes.paragraph("", "No key has been corrected since its first release.")
    return _grid(("Date", "Case", "Version", "What was corrected"), rows, (15, 30, 10, 45))


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], widths: tuple[int, ...]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(head))
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group)


def _row(texts: tuple[str, ...]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", text)) for text in texts))


def _visit_fold(translator: Any, node: FoldNode) -> None:
    translator.body.append(
        f'<details class="cbp-fold" id="{escape(node["case"])}">\n'
        f'<summary><span class="cbp-fold-title">{escape(node["title"])}</span> '
        f'<span class="cbp-fold-facts">{escape(node["facts"])}</span></summary>\n'
    )


def _depart_fold(translator: Any, node: FoldNode) -> None:
    translator.body.append("</details>\n")


def _visit_text(translator: Any, node: FoldNode) -> None:
    raise nodes.SkipNode


def library_pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that are made from the library."""
    return pages_noted(env, _PAGES)


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages to read anew because a case came or went: no file that they depend on tells of a new one."""
    folders = sorted(path.name for path in (Path(env.srcdir) / "cases").iterdir() if path.is_dir())
    known = getattr(env, "course_library_folders", None)
    env.course_library_folders = folders  # type: ignore[attr-defined]  # kept on the environment, typed without it
    return sorted(library_pages(env) - removed) if known is not None and known != folders else []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("course_cases")
    app.add_node(
        FoldNode, html=(_visit_fold, _depart_fold), text=(_visit_text, None), latex=(_visit_text, None)
    )
    for name, directive in (
        ("practice", PracticeDirective),
        ("coverage", CoverageDirective),
        ("errata", ErrataDirective),
    ):
        app.add_directive(name, directive)
    app.connect("env-get-outdated", _outdated)
    forget_with_page(app, _PAGES)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
