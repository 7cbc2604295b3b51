"""Small books: a few pages built with the book's own directives, in a second."""

from __future__ import annotations

import io
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.conftest import ROOT

EXTENSIONS = ROOT / "book" / "_ext"
_CONFIGURATION = """
import sys
sys.path.insert(0, {path!r})
extensions = ["myst_parser", *{extensions!r}]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
nitpicky = True
"""


class SmallBook:
    """A book of a few pages.

    Parameters
    ----------
    folder
        Where it is written and built.
    extensions
        The extensions of the course that its pages need.
    """

    def __init__(self, folder: Path, *extensions: str) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        text = _CONFIGURATION.format(path=str(EXTENSIONS), extensions=extensions)
        (folder / "conf.py").write_text(text)

    def write(self, **pages: str) -> None:
        """Write lessons by name; ``index`` lists them in the order given.

        A page that did not change is left alone, so that the next build reads only what did.
        """
        lessons = self.folder / "book" / "lessons"
        lessons.mkdir(parents=True, exist_ok=True)
        listed = []
        for name, text in pages.items():
            if name == "index":
                continue
            _write(lessons / f"{name}.md", text)
            listed.append(f"book/lessons/{name}")
        toc = "\n".join(listed)
        start = f"{pages.get('index', '# Start')}\n\n```{{toctree}}\n{toc}\n```\n"
        _write(self.folder / "index.md", start)

    def build(self) -> str:
        """Build, and return the warnings."""
        warnings = io.StringIO()
        with docutils_namespace():
            app = Sphinx(
                self.folder,
                self.folder,
                self.folder / "out",
                self.folder / "doctrees",
                "html",
                status=None,
                warning=warnings,
            )
            app.build()
        return warnings.getvalue()

    def page(self, name: str) -> BeautifulSoup:
        """Return a built page: ``index``, or the name of a lesson."""
        path = self.folder / "out" / ("index.html" if name == "index" else f"book/lessons/{name}.html")
        return BeautifulSoup(path.read_text(), "html.parser")


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
