"""The reference answers of items, one shape a kind, as frozen data.  Standard library alone: the browser runs it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from grader.library.rebuild import rebuild

Element = Literal[
    "location", "quality", "severity", "timing", "modifiers", "function", "observation", "palpation", "rom",
    "prior_tx", "tx_response", "comorbid", "followup", "careplan", "rationale", "quote", "education",
]  # fmt: skip
ELEMENTS: tuple[str, ...] = get_args(Element)
"""The 17 elements of a back-pain note that a documentation rubric may ask for."""
Failure = Literal["uncertain_dx", "medical_necessity", "red_flag"]
FAILS: dict[str, str] = {
    "uncertain_dx": "an uncertain diagnosis was coded as certain",
    "medical_necessity": "a diagnosis was changed to obtain payment",
    "red_flag": "a red flag was missed",
}
"""Mistakes that fail a whole case whatever its points; an invalid code is the fourth."""


@dataclass(frozen=True, slots=True)
class ExpectedCode:
    """A code that the record supports, with the points it earns."""

    code: str
    points: float
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class OptionalCode:
    """A code that may be reported and neither earns nor costs anything."""

    code: str
    when: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another complete answer, worth ``credit`` (0 to 1) of the points."""

    codes: tuple[str, ...]
    credit: float
    when: str


@dataclass(frozen=True, slots=True)
class WrongPick:
    """A foreseen mistake and the reason that teaches why it is one."""

    codes: tuple[str, ...]
    error: str
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class CodesKey:
    """Reference of an assign-codes item; in ``first_listed`` the order of ``expected`` begins with that code.

    ``encounter`` is the phase of care (initial, subsequent, sequela) where it decides about 7th characters.
    """

    sequence: str  # first_listed | any
    expected: tuple[ExpectedCode, ...]
    optional: tuple[OptionalCode, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    wrong: tuple[WrongPick, ...] = ()
    encounter: str | None = None


@dataclass(frozen=True, slots=True)
class RubricElement:
    """One of the 17 elements with the points it is worth."""

    element: str
    points: float
    required: bool


@dataclass(frozen=True, slots=True)
class NoteKey:
    """Reference of a documentation item: the chart's facts, what it denies, and a model note."""

    facts: Mapping[str, str]
    absent: tuple[str, ...]
    rubric: tuple[RubricElement, ...]
    exemplar: str


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Reference of a choice item with one reason for every option.

    ``fails`` names options that fail the whole case, each with its reason from `FAILS`.
    """

    correct: str
    reasons: Mapping[str, str]
    cite: str
    fails: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoicesKey:
    """Reference of an item where several options may be right; ``fails`` as in `ChoiceKey`."""

    correct: tuple[str, ...]
    reasons: Mapping[str, str]
    cite: str
    fails: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatchKey:
    """Reference of a match item: for every prompt its choice and the reason."""

    pairs: Mapping[str, str]
    reasons: Mapping[str, str]
    cite: str


@dataclass(frozen=True, slots=True)
class OrderKey:
    """Reference of an order item: the steps in order, each with the reason for its place."""

    order: tuple[str, ...]
    reasons: Mapping[str, str]
    cite: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A field of a claim that is wrong, with every value that puts it right."""

    field: str
    accept: tuple[str, ...]
    points: float
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class WrongRepair:
    """A foreseen change that does harm; without a value it stands for any change of the field."""

    field: str
    error: str
    why: str
    cite: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class RepairKey:
    """Reference of a claim-repair item: what to change, and what not to touch."""

    repairs: tuple[Repair, ...]
    wrong: tuple[WrongRepair, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """Words of the chart that decide the answer."""

    quote: str
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Distraction:
    """Words of the chart that tempt and support nothing."""

    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class EvidenceKey:
    """Reference of an evidence item; a passage that holds a ``neutral`` quote may be marked or not."""

    passages: tuple[Support, ...]
    cite: str
    neutral: tuple[str, ...] = ()
    wrong: tuple[Distraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one code that another coder reported; ``error`` where it is wrong."""

    code: str
    verdict: str  # right | wrong
    why: str
    cite: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class MissingCode:
    """A code that the other coder left out."""

    code: str
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class AuditKey:
    """Reference of an audit item."""

    verdicts: tuple[Verdict, ...]
    missing: tuple[MissingCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a message must say.

    It is met where one of its ``signs`` is found, or as many of them as ``need`` says; see `grader.scoring.signs`.
    ``fails`` names the reason from `FAILS` for which a message without it fails the whole case.
    """

    id: str
    says: str
    points: float
    signs: tuple[str, ...]
    why: str
    need: int = 1
    fails: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a message must not say, with the signs that give it away."""

    id: str
    says: str
    signs: tuple[str, ...]
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class MessageKey:
    """Reference of a message: its rubric, a message that meets all of it, and one that shows how not to write."""

    rubric: tuple[Criterion, ...]
    cite: str
    exemplar: str
    counterexample: str
    faults: tuple[Fault, ...] = ()


ItemKey = (
    CodesKey
    | NoteKey
    | ChoiceKey
    | ChoicesKey
    | MatchKey
    | OrderKey
    | RepairKey
    | EvidenceKey
    | AuditKey
    | MessageKey
)
KEY_TYPES: dict[str, type[ItemKey]] = {
    "assign-codes": CodesKey,
    "documentation": NoteKey,
    "choice": ChoiceKey,
    "choices": ChoicesKey,
    "match": MatchKey,
    "order": OrderKey,
    "claim-repair": RepairKey,
    "evidence": EvidenceKey,
    "audit": AuditKey,
    "message": MessageKey,
}
"""The shape of the reference answer by kind of item."""


def item_key(kind: str, data: Mapping[str, Any]) -> ItemKey:
    """Build the reference of one item from plain data of a known shape.

    Raises
    ------
    ValueError
        When ``kind`` is none of the item kinds.
    """
    if kind not in KEY_TYPES:
        raise ValueError(f"unknown item kind {kind!r}")
    return rebuild(KEY_TYPES[kind], data)
