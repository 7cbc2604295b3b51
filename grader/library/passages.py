"""A chart cut into passages, the pieces that a trainee can mark as evidence: a sentence, or a line of a list.

The cut is made here and nowhere else: pages and notebooks get the passages with their ids, and answers name the ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

HEADING = re.compile(r"[^a-z\n]*[A-Z][^a-z\n]*:")
"""A line that is a heading: capitals, ending in a colon."""

# A sentence ends at its mark and a space, unless what stands before is an abbreviation, an initial or a list number.
_END = re.compile(
    r"(?<![\s.(][A-Za-z])(?<!^[A-Za-z])(?<!\bDr)(?<!\bvs)(?<!\bapprox)(?<!\bno)(?<!\bpt)(?<!\bNo)(?<!^\d)(?<![\s,]\d)"
    r"[.?!]+[\"')\]]*\s+(?=[A-Z0-9\"'(\[])"
)


def chart(documents: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return documents cut into headings and passages, as JSON data.

    Parameters
    ----------
    documents
        Title and text of each.

    Returns
    -------
    list
        ``{"title": …, "blocks": [{"heading": …} | {"passages": [{"id": "1.2", "text": …}]}]}``; a passage's id is the
        number of its document and its own number there.
    """
    cut = []
    for number, (title, text) in enumerate(documents, start=1):
        blocks: list[dict[str, Any]] = []
        count = 0
        for line in filter(None, (line.strip() for line in text.splitlines())):
            if HEADING.fullmatch(line):
                blocks.append({"heading": line.rstrip(":").capitalize()})
                continue
            texts = list(_sentences(line))
            passages = [{"id": f"{number}.{count + at}", "text": t} for at, t in enumerate(texts, start=1)]
            count += len(texts)
            blocks.append({"passages": passages})
        cut.append({"title": title, "blocks": blocks})
    return cut


def passages(documents: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the passages of a chart by id, in order."""
    blocks = [block for document in chart(documents) for block in document["blocks"]]
    return {p["id"]: p["text"] for block in blocks for p in block.get("passages", ())}


def holding(quote: str, found: dict[str, str]) -> list[str]:
    """Return the ids of the passages that hold a quote."""
    return [name for name, text in found.items() if quote in text]


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        yield line[start : end.end()].strip()
        start = end.end()
    if line[start:].strip():
        yield line[start:].strip()
