"""What is found of one element of a note."""

from __future__ import annotations

from dataclasses import dataclass

SHARES = {"present": 1.0, "partial": 0.5, "absent": 0.0, "contradicted": 0.0}
"""What part of an element's points each state earns."""
STATES = tuple(SHARES)


@dataclass(frozen=True, slots=True)
class ElementState:
    """Whether a note states an element.

    Parameters
    ----------
    state
        One of `STATES`.
    quote
        The words of the note that say so, exactly as written.
    confidence
        How likely the state is right, from 0 to 1.
    chart
        What the record says, where the note says otherwise.
    parts
        Which parts of an element of two parts the note has, wherever they stand.
    """

    state: str
    quote: str = ""
    confidence: float = 1.0
    chart: str = ""
    parts: frozenset[str] = frozenset()
