"""Telling a text of one's own from one that was copied: honest texts share few runs of words with what they rest on."""

from __future__ import annotations

import re

_COPIED = 0.5
_RUN = 6  # words


def signs_of_copying(text: str, exemplar: str, record: str, kind: str = "message") -> list[str]:
    """Return what a person should know of a text that mostly repeats the model or the record; it costs nothing.

    Parameters
    ----------
    text
        What the trainee wrote.
    exemplar, record
        The model answer, and the documents of the case.
    kind
        What to call the text.
    """
    runs = _runs(text)
    sources = (("model " + kind, exemplar), ("record", record))
    return [
        f"Much of this {kind} stands word for word in the {name}."
        for name, source in sources
        if runs and len(runs & _runs(source)) / len(runs) >= _COPIED
    ]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
