"""What Chromium leaves open in the PDF: who made it, and bookmarks that fit a window.

The print's own bytes stay as they are, and with them its tags; what is changed is added at the end of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

_SHOWN = 2
"""Levels of bookmarks that are open at first: parts and chapters."""
_KEPT = 3
"""Levels of bookmarks at all: sections, too, but not the headings of every chart."""


def finish(printed: bytes, author: str, subject: str) -> bytes:
    """Return the PDF with its author and subject, showing bookmarks of parts and chapters."""
    writer = PdfWriter(PdfReader(BytesIO(printed)), incremental=True)
    writer.add_metadata({"/Author": author, "/Subject": subject, "/Creator": "python -m grader book pdf"})
    root = writer.root_object
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    outline = root.get("/Outlines")
    if outline is not None:
        outline = outline.get_object()
        outline[NameObject("/Count")] = NumberObject(_fold(outline, 0))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _fold(above: DictionaryObject, level: int) -> int:
    """Cut and close the bookmarks below one, and return how many are shown."""
    shown = 0
    for bookmark in _below(above):
        inner = _fold(bookmark, level + 1)
        if level + 1 >= _KEPT:
            for name in ("/First", "/Last", "/Count"):
                bookmark.pop(name, None)
        elif "/First" in bookmark:
            closed = level + 1 >= _SHOWN
            bookmark[NameObject("/Count")] = NumberObject(-inner if closed else inner)
            shown += 0 if closed else inner
        shown += 1
    return shown


def _below(above: DictionaryObject) -> Iterator[DictionaryObject]:
    bookmark = above.get("/First")
    while bookmark is not None:
        found = bookmark.get_object()
        yield found
        bookmark = found.get("/Next")
