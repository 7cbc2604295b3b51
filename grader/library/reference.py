"""The reference answer of a case, as frozen data.  Standard library alone: the reader's browser runs it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Element = Literal[
    "location", "quality", "severity", "timing", "modifiers", "function", "observation", "palpation", "rom",
    "prior_tx", "tx_response", "comorbid", "followup", "careplan", "rationale", "quote", "education",
]  # fmt: skip
ELEMENTS: tuple[str, ...] = get_args(Element)
"""The 17 elements of a back-pain note that a documentation rubric may ask for."""


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
    optional: tuple[OptionalCode, ...]
    alternatives: tuple[Alternative, ...]
    wrong: tuple[WrongPick, ...]
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
    """Reference of a choice item with one reason for every option."""

    correct: str
    reasons: Mapping[str, str]
    cite: str


ItemKey = CodesKey | NoteKey | ChoiceKey


@dataclass(frozen=True, slots=True)
class Key:
    """The reference answers of one case."""

    case: str
    canary: str
    items: Mapping[str, ItemKey]
    review_status: str
    review_note: str


_KINDS: dict[type[ItemKey], str] = {CodesKey: "assign-codes", NoteKey: "documentation", ChoiceKey: "choice"}


def key_to_dict(key: Key) -> dict[str, Any]:
    """Return a key as plain JSON data for the practice pack; the canary stays behind."""
    items = {name: {"kind": _KINDS[type(item)], **asdict(item)} for name, item in key.items.items()}
    return {
        "case": key.case,
        "items": items,
        "review": {"status": key.review_status, "note": key.review_note},
    }


def key_from_dict(data: Mapping[str, Any]) -> Key:
    """Read back what `key_to_dict` wrote."""
    return Key(
        case=data["case"],
        canary=data.get("canary", ""),
        items={name: item_key(item["kind"], item) for name, item in data["items"].items()},
        review_status=data["review"]["status"],
        review_note=data["review"]["note"],
    )


def item_key(kind: str, data: Mapping[str, Any]) -> ItemKey:
    """Build the reference of one item from plain data of a known shape.

    Raises
    ------
    ValueError
        When ``kind`` is none of the item kinds.
    """
    if kind == "assign-codes":
        return CodesKey(
            sequence=data["sequence"],
            expected=tuple(
                ExpectedCode(e["code"], float(e["points"]), e["why"], e["cite"]) for e in data["expected"]
            ),
            optional=tuple(OptionalCode(o["code"], o["when"]) for o in data["optional"]),
            alternatives=tuple(
                Alternative(tuple(a["codes"]), float(a["credit"]), a["when"]) for a in data["alternatives"]
            ),
            wrong=tuple(WrongPick(tuple(w["codes"]), w["error"], w["why"], w["cite"]) for w in data["wrong"]),
            encounter=data["encounter"],
        )
    if kind == "documentation":
        rubric = tuple(RubricElement(r["element"], float(r["points"]), r["required"]) for r in data["rubric"])
        return NoteKey(dict(data["facts"]), tuple(data["absent"]), rubric, data["exemplar"])
    if kind == "choice":
        return ChoiceKey(data["correct"], dict(data["reasons"]), data["cite"])
    raise ValueError(f"unknown item kind {kind!r}")
