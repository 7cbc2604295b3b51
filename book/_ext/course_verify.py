"""Where a certificate is checked: ```{verify}```.

The page's script puts the check in this place; a reader without JavaScript is told of the other ways.  The script is
published by ``course_cases``, like all that pages fetch.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from course_cases import ASSETS, PUBLISHED
from course_pages import forget_with_page, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

ISSUER = "issuer/"
"""Where ``grader book publish --issuer`` puts what an issuer publishes, within the site."""
SCRIPT, PDF_SCRIPT = "verify.js", "verify-pdf.js"
_PAGES = "course_verify_pages"


class VerifyNode(nodes.General, nodes.Element):
    """The place of the check; ``editions`` are digests of its scripts."""


class VerifyDirective(SphinxDirective):
    """The place of the check: ``{verify}``."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Note the scripts, with which the page is made anew."""
        editions = {}
        for name in (SCRIPT, PDF_SCRIPT):
            path = Path(self.env.srcdir) / ASSETS / name
            self.env.note_dependency(str(path))
            if not path.exists():
                raise self.error(
                    f"{ASSETS.as_posix()} lacks {name}. Run `make assets` and `python -m grader pack {ASSETS.as_posix()}`."
                )
            editions[name] = sha256(path.read_bytes()).hexdigest()[:8]
        pages_noted(self.env, _PAGES).add(self.env.docname)
        node = VerifyNode(editions=editions)
        self.set_source_info(node)
        return [node]


def _visit_html(translator: Any, node: VerifyNode) -> None:
    page = translator.builder.get_target_uri(translator.builder.current_docname)
    pdf = f"{relative_uri(page, PUBLISHED)}{PDF_SCRIPT}?v={node['editions'][PDF_SCRIPT]}"
    translator.body.append(
        f'<div class="verify" data-issuer="{escape(relative_uri(page, ISSUER))}" data-pdf="{escape(pdf)}">\n'
        '<p class="verify-reader">Checking here needs JavaScript. Without it, '
        '<a href="#check-it-without-this-page">check the file without this page</a>.</p>\n</div>\n'
    )
    raise nodes.SkipNode


def _visit_other(translator: Any, node: VerifyNode) -> None:
    raise nodes.SkipNode


def _add_assets(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    if page in pages_noted(app.env, _PAGES):
        app.add_js_file(f"course/{SCRIPT}", type="module")
        app.add_css_file("verify.css")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its assets."""
    app.setup_extension("course_cases")
    app.add_node(VerifyNode, html=(_visit_html, None), latex=(_visit_other, None), text=(_visit_other, None))
    app.add_directive("verify", VerifyDirective)
    forget_with_page(app, _PAGES)
    app.connect("html-page-context", _add_assets)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
