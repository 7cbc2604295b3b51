"""Put the glossary of findings on a page: ```{findings}```.

Every kind becomes a section of its own, so that it stands in the contents, can be linked to and is found by the site's
search.  The example of each is checked while the page is made: what it says is what a trainee gets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from grader import codeset
from grader.codeset import CodeSet
from grader.codeset.tabular import ARTEFACT
from grader.feedback import MARKS
from grader.scoring import edits
from grader.scoring.edits import check_codes
from grader.scoring.edits.kinds import KINDS, Example, Kind
from grader.scoring.findings import Finding


class FindingsDirective(SphinxDirective):
    """Show every kind of finding with an example: ``{findings}``."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Check the examples and build a section for each kind."""
        for source in (*Path(edits.__file__).parent.glob("*.py"), ARTEFACT):
            self.env.note_dependency(str(source))  # a changed rule makes the page anew
        codes = codeset.load()
        return [_section(kind, codes) for kind in KINDS]


def _section(kind: Kind, codes: CodeSet) -> nodes.section:
    section = nodes.section(ids=[f"finding-{kind.name.replace('_', '-')}"], names=[kind.name])
    section += nodes.title("", kind.title)
    section += nodes.paragraph("", f"{kind.meaning} {kind.remedy}")
    section += nodes.paragraph("", f"Example, {_circumstances(kind.example)}:")
    section += _listed(kind.example, codes)
    section += [_answered(each) for each in _found(kind, codes)]
    section += nodes.paragraph(
        "", "Name for programs: ", nodes.literal("", kind.name), classes=["finding-name"]
    )
    return section


def _found(kind: Kind, codes: CodeSet) -> list[Finding]:
    example = kind.example
    found = check_codes(example.codes, example.on, codes, example.care, example.encounter)
    return [each for each in found if each.kind == kind.name]


def _circumstances(example: Example) -> str:
    day = f"{example.on.day} {example.on:%B %Y}"
    phase = f", {example.encounter} encounter" if example.encounter else ""
    return f"{example.care} visit of {day}{phase}"


def _listed(example: Example, codes: CodeSet) -> nodes.enumerated_list:
    listed = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
    for code in example.codes:
        title = codes.title(code) or "no such code"
        listed += nodes.list_item(
            "", nodes.paragraph("", "", nodes.strong("", code), nodes.Text(f" {title}"))
        )
    return listed


def _answered(found: Finding) -> nodes.paragraph:
    cite = nodes.inline("", f" {found.cite}", classes=["finding-cite"])
    return nodes.paragraph(
        "", "", nodes.strong("", f"{MARKS[found.severity]}:"), nodes.Text(f" {found.message}"), cite
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("findings", FindingsDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
