"""What one clause contributes to one element."""

from __future__ import annotations

from dataclasses import dataclass

from grader.scoring.documentation.sentences import Clause

STATES = ("present", "partial", "absent", "contradicted")


@dataclass(frozen=True, slots=True)
class ElementState:
    """Whether a note states an element, with the words that say so, exactly as written."""

    state: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired on a clause."""

    state: str
    clause: Clause
    part: str = ""
    value: str = ""
