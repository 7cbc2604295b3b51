"""What each kind of reference answer looks like in ``key.yml``, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from grader.library.case import Name, Text
from grader.library.files import FileModel
from grader.library.item_keys import Element, Failure
from grader.library.mistakes import MISTAKES

Code = Annotated[str, Field(pattern=r"^[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?$")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
Points = Annotated[float, Field(gt=0)]
Signs = Annotated[tuple[Text, ...], Field(min_length=1)]


def _known(error: str) -> str:
    if error not in MISTAKES:
        raise ValueError(f"there is no error type {error!r}; there are {', '.join(MISTAKES)}")
    return error


ErrorType = Annotated[str, AfterValidator(_known)]


class Expected(FileModel):
    code: Code
    points: Points
    why: Text
    cite: Text


class Optional(FileModel):
    code: Code
    when: Text


class Alternative(FileModel):
    codes: Codes
    credit: Annotated[float, Field(gt=0, le=1)]
    when: Text


class Wrong(FileModel):
    codes: Codes
    error: ErrorType
    why: Text
    cite: Text


class AssignCodes(FileModel):
    sequence: Literal["first_listed", "any"]
    encounter: Literal["initial", "subsequent", "sequela"] | None = None
    expected: Annotated[tuple[Expected, ...], Field(min_length=1)]
    optional: tuple[Optional, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    wrong: tuple[Wrong, ...] = ()


class RubricElement(FileModel):
    element: Element
    points: Points
    required: bool = False


class Documentation(FileModel):
    facts: dict[Element, Text]
    absent: tuple[Text, ...] = ()
    rubric: Annotated[tuple[RubricElement, ...], Field(min_length=1)]
    exemplar: Text


class Choice(FileModel):
    correct: Text
    reasons: dict[str, Text]
    fails: Annotated[dict[str, Failure], Field(default_factory=dict)]
    cite: Text


class Choices(FileModel):
    correct: Annotated[tuple[Text, ...], Field(min_length=1)]
    reasons: dict[str, Text]
    fails: Annotated[dict[str, Failure], Field(default_factory=dict)]
    cite: Text


class Match(FileModel):
    pairs: dict[str, Text]
    reasons: dict[str, Text]
    cite: Text


class Order(FileModel):
    order: Annotated[tuple[Text, ...], Field(min_length=3)]
    reasons: dict[str, Text]
    cite: Text


class Repair(FileModel):
    field: Name
    accept: Annotated[tuple[str, ...], Field(min_length=1)]
    points: Points
    why: Text
    cite: Text


class WrongRepair(FileModel):
    field: Name
    value: str | None = None
    error: ErrorType
    why: Text
    cite: Text


class ClaimRepair(FileModel):
    repairs: Annotated[tuple[Repair, ...], Field(min_length=1)]
    wrong: tuple[WrongRepair, ...] = ()


class Support(FileModel):
    quote: Text
    points: Points
    why: Text


class Distraction(FileModel):
    quote: Text
    why: Text


class Evidence(FileModel):
    passages: Annotated[tuple[Support, ...], Field(min_length=1)]
    neutral: tuple[Text, ...] = ()
    wrong: tuple[Distraction, ...] = ()
    cite: Text


class Verdict(FileModel):
    code: Code
    verdict: Literal["right", "wrong"]
    error: ErrorType | None = None
    why: Text
    cite: Text


class Missing(FileModel):
    code: Code
    why: Text
    cite: Text


class Audit(FileModel):
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=1)]
    missing: tuple[Missing, ...] = ()


class Criterion(FileModel):
    id: Name
    says: Text
    points: Points
    signs: Signs
    need: Annotated[int, Field(ge=1)] = 1
    why: Text
    fails: Failure | None = None


class Fault(FileModel):
    id: Name
    says: Text
    signs: Signs
    why: Text
    cite: Text


class Message(FileModel):
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    faults: tuple[Fault, ...] = ()
    cite: Text
    exemplar: Text
    counterexample: Text


SHAPES: dict[str, type[FileModel]] = {
    "assign-codes": AssignCodes,
    "documentation": Documentation,
    "choice": Choice,
    "choices": Choices,
    "match": Match,
    "order": Order,
    "claim-repair": ClaimRepair,
    "evidence": Evidence,
    "audit": Audit,
    "message": Message,
}
