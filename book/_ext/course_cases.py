"""Put a case of the library on a page: ```{case} enc-0001```.

A reader without JavaScript gets the chart and the questions as plain HTML.  With JavaScript, ``page.js`` puts the
workbench in their place; it reads the public part of the case from a JSON element beside them.  Cases of the exam
pool are refused: what a page shows is published.
"""

from __future__ import annotations

import filecmp
import json
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from course_pages import forget_with_page, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from grader.errors import CourseError
from grader.library.case import load_case
from grader.library.encounter import Case, Document
from grader.library.passages import HEADING

ASSETS = Path("build") / "course"
"""Where ``python -m grader pack`` writes what the pages fetch, below the root of the project."""
NEEDED = (
    "page.js", "workbench.css", "worker.js", "verify.js", "verify-pdf.js", "codes.bin", "grader.bin", "pyodide", "keys",
)  # fmt: skip
PUBLISHED = "_static/course/"
ABBREVIATIONS = "book/abbreviations"
"""The page that explains what charts shorten."""
_PAGES = "course_case_pages"
_CARE = {"outpatient": "Outpatient", "inpatient": "Inpatient"}


class WorkbenchNode(nodes.General, nodes.Element):
    """One case on a page; ``case`` is its public part."""


class CaseDirective(SphinxDirective):
    """Show a practice case: ``{case} enc-0001``."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Read the case and note the files that the page depends on."""
        case_id = self.arguments[0].strip()
        folder = Path(self.env.srcdir) / "cases" / case_id
        self.env.note_dependency(str(folder / "case.yml"))
        try:
            case = load_case(folder)
        except CourseError as error:
            raise self.error(str(error)) from error
        if case.pool != "practice":
            raise self.error(
                f"{case_id} belongs to the {case.pool} pool and must not be published. Show a case of the practice pool."
            )
        pages_with_cases(self.env).add(self.env.docname)
        node = WorkbenchNode(case=case.public(), html=reader_html(case))
        self.set_source_info(node)
        return [node]


def reader_html(case: Case) -> str:
    """Return the chart and the questions as HTML for a reader without JavaScript."""
    public = case.public()
    facts = f"{_CARE[case.care]} · {case.setting} · {_day(case)}"
    parts = [f'<p class="cbp-reader-facts">{escape(facts)}</p>']
    parts += [_document_html(document) for document in case.documents]
    parts.append('<ol class="cbp-reader-items">')
    for item in public["items"]:
        points = "1 point" if item["points"] == 1 else f"{item['points']:g} points"
        parts.append(f'<li><p>{escape(item["stem"])} <span class="cbp-reader-points">({points})</span></p>')
        parts += [_list_html(name, texts) for name, texts in _lists(item)]
        parts.append("</li>")
    parts.append("</ol>")
    parts.append(
        '<p class="cbp-reader-note">Answering and checking need JavaScript. Reading and printing do not.</p>'
    )
    return "\n".join(parts)


def _lists(item: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield what a question lists, each with its name: prompts, options, the fields of a claim, another coder's codes."""
    yield "To match", [prompt["text"] for prompt in item.get("prompts", ())]
    yield "Choices", [choice["text"] for choice in item["choices"]]
    yield "The claim", [f"{field['label']}: {field['value'] or 'blank'}" for field in item.get("fields", ())]
    yield "The coder's codes", item.get("coded", [])


def _list_html(name: str, texts: list[str]) -> str:
    lines = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<p>{escape(name)}:</p><ul class="cbp-reader-choices">{lines}</ul>' if texts else ""


def _day(case: Case) -> str:
    return f"{case.encounter_date.day} {case.encounter_date:%B %Y}"


def _document_html(document: Document) -> str:
    body = "\n".join(_blocks(document.text))
    return f'<article class="cbp-reader-document">\n<h3>{escape(document.title)}</h3>\n{body}\n</article>'


def _blocks(text: str) -> Iterator[str]:
    """Yield headings (a line in capitals ending in a colon) and paragraphs (ended by an empty line)."""
    lines: list[str] = []
    for line in [*text.strip().splitlines(), ""]:
        heading = HEADING.fullmatch(line.strip())
        if line.strip() and not heading:
            lines.append(line.strip())
            continue
        if lines:
            yield f"<p>{'<br>'.join(escape(each) for each in lines)}</p>"
            lines = []
        if heading:
            yield f"<h4>{escape(line.strip().rstrip(':').capitalize())}</h4>"


def script_json(data: Any) -> str:
    """Return JSON that no text in it can end early inside a script element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _visit_html(translator: Any, node: WorkbenchNode) -> None:
    page = translator.builder.get_target_uri(translator.builder.current_docname)
    case = node["case"]
    abbreviations = translator.builder.get_relative_uri(translator.builder.current_docname, ABBREVIATIONS)
    translator.body.append(
        f'<p class="cbp-help"><a href="{escape(abbreviations)}">Abbreviations in charts</a></p>\n'
        f'<section class="cbp-workbench" aria-label="{escape("Case: " + case["title"])}" '
        f'data-case="{escape(case["id"])}" data-base="{escape(relative_uri(page, PUBLISHED))}">\n'
        f'<div class="cbp-reader">\n{node["html"]}\n</div>\n'
        f'<script type="application/json" class="cbp-case">{script_json(case)}</script>\n</section>\n'
    )
    raise nodes.SkipNode


def _visit_text(translator: Any, node: WorkbenchNode) -> None:
    raise nodes.SkipNode


def pages_with_cases(env: BuildEnvironment) -> set[str]:
    """Return the pages that hold a case."""
    return pages_noted(env, _PAGES)


def _note_sources(app: Sphinx, docname: str, source: list[str]) -> None:
    for name in app.config.course_page_sources.get(docname, ()):
        app.env.note_dependency(str(Path(app.srcdir) / name))


def _publish(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Copy the assets before pages are written, and write pages with a case anew when an asset changed.

    Pages name ``page.js`` together with its checksum, so that a browser never keeps an old one.
    """
    pages = sorted(pages_with_cases(env))
    if app.builder.format != "html" or not pages:
        return []
    source = Path(app.srcdir) / ASSETS
    missing = [name for name in NEEDED if not (source / name).exists()]
    if missing:
        raise ExtensionError(
            f"{ASSETS.as_posix()} lacks {', '.join(missing)}, which pages with a case fetch. "
            f"Run `make assets` and `python -m grader pack {ASSETS.as_posix()}`, then build the book again."
        )
    return pages if _mirror(source, Path(app.outdir) / PUBLISHED) else []


def _mirror(source: Path, target: Path) -> bool:
    """Make ``target`` the same as ``source``; tell whether anything had to be done."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    present = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
    changed = [
        name for name in sorted(wanted) if name not in present or not _same(source / name, target / name)
    ]
    for name in sorted(present - wanted):
        (target / name).unlink()
    for name in changed:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    return bool(changed or present - wanted)


def _same(first: Path, second: Path) -> bool:
    return filecmp.cmp(first, second, shallow=False)


def _add_assets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if page in pages_with_cases(app.env):
        app.add_js_file("course/page.js", type="module")
        app.add_css_file("course/workbench.css")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its assets."""
    app.add_config_value("course_page_sources", {}, "env", [dict])
    app.add_node(
        WorkbenchNode,
        html=(_visit_html, None),
        latex=(_visit_text, None),
        text=(_visit_text, None),
    )
    app.add_directive("case", CaseDirective)
    app.connect("source-read", _note_sources)
    forget_with_page(app, _PAGES)
    app.connect("env-updated", _publish)
    app.connect("html-page-context", _add_assets)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
