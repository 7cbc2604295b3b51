"""What the forms of an exam are made of: the part ``content`` of a ``blueprint.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from grader.library.case import Name, Skill, Text
from grader.library.files import FileModel

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Difficulty = Annotated[int, Field(ge=1, le=4)]
ItemKind = Literal[
    "assign-codes", "documentation", "choice", "choices", "match", "order", "claim-repair", "evidence", "audit",
    "message",
]  # fmt: skip
CaseKind = Literal["coding", "documentation", "query", "denial", "preauthorization", "communication", "audit"]


class Bounds(FileModel):
    """``{min: 2, max: 4}``, either of them, or a number: exactly so many."""

    min: Count = 0
    max: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _exactly(cls, value: Any) -> Any:
        return {"min": value, "max": value} if isinstance(value, int) else value


class Part(FileModel):
    """So many encounters of one sort; one that fits several parts belongs to the first of them.

    ``library`` gives encounters of the pool, each at most once in a form; ``families`` gives draws that nobody has seen.
    An empty list asks for nothing.  ``each`` bounds how many draws come from one family; spread evenly when not given.
    ``kinds`` are those of encounters, ``asks`` kinds of questions of which an encounter has one.  ``points`` fixes the points
    of the part.
    """

    name: Text
    source: Annotated[Literal["library", "families"], Field(alias="from")]
    count: Annotated[int, Field(ge=1, le=200)]
    points: Annotated[float, Field(gt=0)] | None = None
    kinds: tuple[CaseKind, ...] = ()
    asks: tuple[ItemKind, ...] = ()
    difficulty: tuple[Difficulty, ...] = ()
    skills: tuple[Skill, ...] = ()
    families: tuple[Name, ...] = ()
    each: Bounds | None = None


class Content(FileModel):
    """What every form has, whoever gets it.

    ``pool`` says which encounters of the library are taken: those of the exam pool, or for an exam that counts for nothing
    those of practice, which everybody may know.  ``points`` are those of a whole form, ``difficulty`` says how many encounters
    there are of each, ``kinds`` bounds the number of questions by kind, ``skills`` the number of encounters that ask for a
    skill.  ``overlap`` is the largest share of its points that a form may have in common with another.
    """

    pool: Literal["exam", "practice"] = "exam"
    points: Annotated[float, Field(gt=0)]
    difficulty: Mapping[Difficulty, Count]
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    kinds: Mapping[ItemKind, Bounds] = {}
    skills: Mapping[Skill, Bounds] = {}
    overlap: Share = 0.5

    @property
    def count(self) -> int:
        """How many encounters a form has."""
        return sum(part.count for part in self.parts)
