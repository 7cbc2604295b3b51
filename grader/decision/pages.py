"""Pages that need nothing else: no script, no other file, no other host; whatever somebody wrote is text in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.visible import one_line

_TEMPLATES = Path(__file__).parent


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **shown: Any) -> str:
    """Return a page as HTML."""
    return _environment().get_template(template).render(**shown)


def _shown(value: Any) -> Any:
    """Make every text visible; what is not known is a dash."""
    if value is None:
        return "–"
    # What a macro made is done already, and a kind of its own.
    return one_line(value) if type(value) is str else value
