"""Words that people wrote, made harmless before they reach a page.

Every command reads this; nbconvert, which takes two seconds to import, is needed for pages alone.
"""

from __future__ import annotations

import re
import sys
from functools import cache, partial
from typing import Any

import nh3

from grader.visible import visible

# An image would be asked of another host, and <bdo> turns letters around.
_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area", "bdo"}
_OTHER_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(_TAGS))})[\s/>])", re.IGNORECASE)


def clean_html(html: str) -> str:
    """Take out of HTML whatever could run, load something or pass for another part of the page.

    Links lead to other sites or nowhere: what begins with ``files/`` would become another link later, in nbconvert's
    ``strip_files_prefix``.
    """
    clean = nh3.clean(
        # The parser drops some of these characters, and entities stand for others: before and after.
        visible(html),
        tags=_TAGS,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
    return visible(clean)


def markdown_to_html(source: str) -> str:
    """Render Markdown as harmless HTML; a tag that is not allowed is shown as it was typed."""
    return clean_html(_markdown().render(visible(source)))


@cache
def _markdown() -> Any:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    renderer.inline_html = renderer.block_html = lambda html: _OTHER_TAG.sub("&lt;", html)
    renderer.image = lambda text, url, title=None: text
    return MarkdownWithMath(renderer=renderer)


def escape_formgrader() -> None:
    """Have formgrader escape names in its lists; call this in ``nbgrader_config.py``, which formgrader reads first.

    Without it an address such as ``/formgrader/manage_students/<script>…`` runs what it holds, for whoever follows a link
    to it, and no setting of nbgrader 0.9.6 stops that.  Where formgrader is not running there is nothing to do.
    """
    module: Any = sys.modules.get("nbgrader.server_extensions.formgrader.formgrader")
    if module is not None:
        module.Environment = partial(module.Environment, finalize=_between_quotes)


def _between_quotes(value: object) -> str:
    # These templates put names into HTML and, as they are, into scripts: an apostrophe has to stay one, O'Neil has a page.
    return str(value).translate({ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&#34;"})
