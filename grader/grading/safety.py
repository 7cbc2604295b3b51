"""Words that people wrote, made harmless before they reach a page."""

from __future__ import annotations

from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.filters.markdown import markdown2html

_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Render Markdown and take out of the HTML whatever could run or load something."""
    return nh3.clean(
        markdown2html(source),
        tags=_TAGS,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
