"""The forms that lessons are written in, so that each looks and works the same on every page.

```{goals}```                     what a reader can do afterwards
```{example} Words of a note```   a worked example
```{check} A question?```         a quick check: the answer opens below its question, without JavaScript
```{compare}```                   ```{poor}``` and ```{good}``` side by side
```{deeper}```                    where to read on
```{drawing} name```              a figure of ``book/figures``, inlined so that it follows the page's colours
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FIGURES = Path("book") / "figures"
_CHECKS = "course_checks"


class CheckNode(nodes.General, nodes.Element):
    """A quick check: its first child is the question."""


class QuestionNode(nodes.General, nodes.TextElement):
    """The question of a quick check; ``number`` counts on its page."""


class DrawingNode(nodes.General, nodes.Element):
    """A figure; ``drawing`` is its name, ``svg`` what is drawn, its children are the caption."""


class Form(SphinxDirective):
    """What the forms share: an optional title in one line, and text."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def title(self, default: str = "") -> list[nodes.Node]:
        """Read the title as text with markup."""
        found, messages = self.state.inline_text(
            self.arguments[0] if self.arguments else default, self.lineno
        )
        return [*found, *messages]

    def body(self) -> list[nodes.Node]:
        """Read the text, which must be there."""
        self.assert_has_content()
        return self.parse_content_to_nodes()

    def box(self, name: str, title: list[nodes.Node], body: list[nodes.Node]) -> nodes.admonition:
        """Return a box with a title."""
        box = nodes.admonition("", nodes.title("", "", *title), *body, classes=[name])
        self.set_source_info(box)
        return box


class GoalsDirective(Form):
    """What a reader can do after the lesson: ``{goals}``."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Build the box."""
        return [self.box("goals", self.title("After this lesson you can"), self.body())]


class ExampleDirective(Form):
    """A worked example; its title is what a note says: ``{example} "Low back pain for two weeks."``."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Build the box."""
        return [self.box("example", self.title(), self.body())]


class DeeperDirective(Form):
    """Where to read on: ``{deeper}``."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Build the box."""
        return [self.box("deeper", self.title("Go deeper"), self.body())]


class CheckDirective(Form):
    """A question with its answer folded: ``{check} How many codes?``."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Number the question on its page and fold the answer."""
        number = self.env.temp_data[_CHECKS] = self.env.temp_data.get(_CHECKS, 0) + 1
        check = CheckNode("", QuestionNode("", "", *self.title(), number=number), *self.body())
        self.set_source_info(check)
        return [check]


class CompareDirective(Form):
    """A poor and a good way side by side: ``{compare}`` around ``{poor}`` and ``{good}``."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Set the sides in one frame."""
        sides = self.body()
        if [set(side.get("classes", ())) & {"poor", "good"} for side in sides] != [{"poor"}, {"good"}]:
            raise self.error("{compare} holds one {poor} and one {good}, in this order, and nothing else.")
        return [nodes.container("", *sides, classes=["compare"])]


class SideDirective(Form):
    """One side of a comparison; its title says in words what the colour says."""

    names: ClassVar = {"poor": "Poor", "good": "Good"}

    def run(self) -> list[nodes.Node]:
        """Build the side."""
        kind = self.names[self.name]
        title = self.title()
        label = nodes.paragraph("", "", nodes.strong("", f"{kind}: " if title else kind), *title)
        label["classes"].append("compare-title")
        return [nodes.container("", label, *self.body(), classes=[self.name])]


class DrawingDirective(Form):
    """A figure of the book: ``{drawing} decision-tree`` with its caption as text."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Read the drawing, which the page then depends on."""
        name = self.arguments[0].strip()
        path = Path(self.env.srcdir) / FIGURES / f"{name}.svg"
        self.env.note_dependency(str(path))
        if not path.exists():
            raise self.error(f"There is no drawing {name!r} in {FIGURES}.")
        drawing = DrawingNode("", *self.body(), svg=path.read_text(encoding="utf-8").strip(), drawing=name)
        self.set_source_info(drawing)
        return [drawing]


def _visit_check(translator: Any, node: CheckNode) -> None:
    translator.body.append(translator.starttag(node, "details", CLASS="check"))


def _depart_check(translator: Any, node: CheckNode) -> None:
    translator.body.append("</div>\n</details>\n")


def _visit_question(translator: Any, node: QuestionNode) -> None:
    translator.body.append(f'<summary><span class="check-number">{node["number"]}.</span> <span>')


def _depart_question(translator: Any, node: QuestionNode) -> None:
    translator.body.append('</span></summary>\n<div class="check-answer">\n')


def _visit_drawing(translator: Any, node: DrawingNode) -> None:
    figure = translator.starttag(node, "figure", CLASS=f"drawing {node['drawing']}")
    translator.body.append(f"{figure}{node['svg']}\n<figcaption>\n")


def _depart_drawing(translator: Any, node: DrawingNode) -> None:
    translator.body.append("</figcaption>\n</figure>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the forms."""
    app.add_node(CheckNode, html=(_visit_check, _depart_check))
    app.add_node(QuestionNode, html=(_visit_question, _depart_question))
    app.add_node(DrawingNode, html=(_visit_drawing, _depart_drawing))
    for name, directive in (
        ("goals", GoalsDirective),
        ("example", ExampleDirective),
        ("deeper", DeeperDirective),
        ("check", CheckDirective),
        ("compare", CompareDirective),
        ("poor", SideDirective),
        ("good", SideDirective),
        ("drawing", DrawingDirective),
    ):
        app.add_directive(name, directive)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
