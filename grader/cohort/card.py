"""The card: what the last simulation found, read and checked before a page shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from grader.cohort.trainee import COHORTS
from grader.errors import FileError
from grader.library.files import explain

PLACE = Path("grader") / "cohort" / "card.json"
"""Where a simulation writes the card, below the root of the project."""
COMMAND = "python -m grader exam simulate --card"
_REMEDY = f"Simulate the cohorts again with `{COMMAND}`: it writes this file"
READY, ALL = MAIN = ("ready-or-not", "finishers")
"""The two cohorts of which everything is told."""
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Rate(_Part):
    """A share as a count, with the range in which it would lie with other trainees of the same kind."""

    of: Count
    count: Count
    low: Share
    high: Share

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @model_validator(mode="after")
    def _fits(self) -> Rate:
        if self.count > self.of or not self.low - 1e-6 <= self.value <= self.high + 1e-6:
            raise ValueError("its count, share and range do not fit together")
        return self


class Rates(_Part):
    """How often decisions were right and wrong."""

    competent: Rate
    passed: Rate
    false_pass: Rate
    false_fail: Rate
    wrong: Rate
    wrong_codes: Rate
    wrong_far: Rate
    near: Rate
    passed_of_competent: Rate
    competent_of_passed: Rate


class Group(_Part):
    """A part of a cohort."""

    share: Share
    mean: float
    spread: float


class Told(_Part):
    """What is told of every cohort; ``quartiles`` are of the true shares of codes, and None is what too few do not tell."""

    groups: tuple[Group, ...]
    quartiles: tuple[Share, Share, Share]
    rates: Rates
    reliability: Share | None
    error_at_mark: Share | None
    correlation: Annotated[float, Field(ge=-1, le=1)]


class Wrong(_Part):
    """Wrong decisions under one condition."""

    false_pass: Rate
    false_fail: Rate
    wrong: Rate


class Allowed(Wrong):
    """With so many invalid codes, and so many uncertain diagnoses, allowed."""

    allowed: Count


class Mark(Wrong):
    """With another mark for the codes of a sitting."""

    mark: Share


class Seed(Wrong):
    """With other trainees."""

    seed: int


class Bin(_Part):
    """How many passed whose true share lies between two edges."""

    start: Share = Field(alias="from")
    end: Share = Field(alias="to")
    passed: Rate


class Length(_Part):
    """A form of another length."""

    encounters: Annotated[int, Field(gt=0)]
    codes: Annotated[float, Field(gt=0)]
    reliability: Share | None
    wrong: Rate


class Turned(_Part):
    """Which part of decisions turns on another form, and which on the same form on another day."""

    other_form: Share
    other_day: Share


class Causes(_Part):
    """What wrong decisions are due to; one may have several causes."""

    false_fail: Mapping[str, Count]
    false_pass: Mapping[str, Count]


class Whole(_Part):
    """What is told of the two main cohorts alone; ``together`` takes in the trainees of all seeds."""

    parallel: Annotated[float, Field(ge=-1, le=1)]
    bins: tuple[Bin, ...]
    causes: Causes
    turned: Turned
    lengths: tuple[Length, ...]
    allowed: tuple[Allowed, ...]
    marks: tuple[Mark, ...]
    seeds: Annotated[tuple[Seed, ...], Field(min_length=1)]
    together: Rates


class Forms(_Part):
    """How far forms differ for somebody at the mark, beside the luck of one sitting."""

    spread: Share
    luck: Share
    lowest: Share
    highest: Share


class Kept(_Part):
    """A sitting that can be made anew and compared."""

    trainee: str
    form: Count
    id: str
    codes: Share
    points: Annotated[float, Field(ge=0)]


class Card(_Part):
    """All numbers of a simulation."""

    schema_: Annotated[str, Field(alias="schema", pattern="^cohort/1$")]
    blueprint: Digest
    pool: Digest
    exam: str
    title: str
    minutes: Annotated[int, Field(gt=0)]
    standard: Mapping[str, float | None]
    trainees: Annotated[int, Field(gt=0)]
    seed: int
    drawn: Annotated[int, Field(gt=0)]
    encounters: Annotated[int, Field(gt=0)]
    questions: float
    codes: float
    cohorts: Mapping[str, Told]
    forms: Forms
    parts: Mapping[str, Whole]
    sample: Annotated[tuple[Kept, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Card:
        missing = [name for name in COHORTS if name not in self.cohorts]
        missing += [name for name in MAIN if name not in self.parts]
        if missing:
            raise ValueError(f"the cohort {missing[0]} is missing")
        return self


def read_card(path: Path) -> Card:
    """Read a card and check that nothing is missing that the page shows.

    Raises
    ------
    FileError
        When there is no card, or it lacks something; says what, and the command that writes it.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileError(path, "", "there is no such file", _REMEDY) from None
    except ValueError:
        raise FileError(path, "", "it is not valid JSON", _REMEDY) from None
    try:
        return Card.model_validate(data)
    except ValidationError as error:
        field, problem, _ = explain(error)
        raise FileError(path, field, problem, _REMEDY) from None
