"""Reading ``key.yml``, the reference answers of a case.  Nothing that builds a release may import this module."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationError

from grader.errors import KeyFileError
from grader.library.case import CASE_ID, Text
from grader.library.encounter import Case, Item
from grader.library.files import FileModel, explain, read_model
from grader.library.reference import ChoiceKey, CodesKey, Element, ItemKey, Key, NoteKey, item_key

Code = Annotated[str, Field(pattern=r"^[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?$")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
EXAMPLE_CANARY = UUID("00000000-0000-4000-8000-000000000000")
ErrorType = Literal[
    "invalid_code", "missing_7th", "wrong_7th", "unspecified_when_specific", "unsupported_specificity", "uncertain_dx",
    "wrong_setting_rule", "symptom_with_diagnosis", "injury_vs_m_code", "excludes1", "excludes2_misread",
    "external_cause_first", "external_cause_misuse", "laterality", "sequencing", "combination_missed",
    "comorbidity_missed", "under_coded", "history_vs_current", "wrong_site_or_type", "wrong_chapter",
    "aftercare_misuse", "g89_misuse", "medical_necessity", "conflict_unresolved",
]  # fmt: skip


class _Expected(FileModel):
    code: Code
    points: Annotated[float, Field(gt=0)]
    why: Text
    cite: Text


class _Optional(FileModel):
    code: Code
    when: Text


class _Alternative(FileModel):
    codes: Codes
    credit: Annotated[float, Field(gt=0, le=1)]
    when: Text


class _Wrong(FileModel):
    codes: Codes
    error: ErrorType
    why: Text
    cite: Text


class _CodesKey(FileModel):
    sequence: Literal["first_listed", "any"]
    encounter: Literal["initial", "subsequent", "sequela"] | None = None
    expected: Annotated[tuple[_Expected, ...], Field(min_length=1)]
    optional: tuple[_Optional, ...] = ()
    alternatives: tuple[_Alternative, ...] = ()
    wrong: tuple[_Wrong, ...] = ()


class _RubricElement(FileModel):
    element: Element
    points: Annotated[float, Field(gt=0)]
    required: bool = False


class _NoteKey(FileModel):
    facts: dict[Element, Text]
    absent: tuple[Text, ...] = ()
    rubric: Annotated[tuple[_RubricElement, ...], Field(min_length=1)]
    exemplar: Text


class _ChoiceKey(FileModel):
    correct: Text
    reasons: dict[str, Text]
    cite: Text


class _Review(FileModel):
    status: Literal["unreviewed", "second-coder"]
    note: str = ""


class _KeyFile(FileModel):
    schema_: Annotated[Literal["key/1"], Field(alias="schema")]
    case: Annotated[str, Field(pattern=CASE_ID)]
    canary: UUID
    items: dict[str, dict[str, Any]]
    review: _Review


_SHAPES: dict[str, type[FileModel]] = {
    "assign-codes": _CodesKey,
    "documentation": _NoteKey,
    "choice": _ChoiceKey,
}


def load_key(folder: Path, case: Case) -> Key:
    """Read and check the ``key.yml`` of one case folder against its case.

    Raises
    ------
    KeyFileError
        Names the file, the field and what to do.
    """
    path = folder / "key.yml"
    data = read_model(path, _KeyFile, KeyFileError)
    if data.canary == EXAMPLE_CANARY:
        raise KeyFileError(
            path, "canary", "it is the one of the example", "Make one of its own, see CONTRIBUTING.md"
        )
    if data.case != case.id:
        raise KeyFileError(path, "case", f"it is the key of {data.case}, not of {case.id}", "Correct the id")
    names = {item.id for item in case.items}
    for name in sorted(names ^ set(data.items)):
        problem = "the case has this item, the key has not" if name in names else "the case has no such item"
        raise KeyFileError(path, f"items.{name}", problem, "Give every item of case.yml its reference here")
    items = {item.id: _item_key(path, item, data.items[item.id]) for item in case.items}
    return Key(case.id, str(data.canary), items, data.review.status, data.review.note)


def _item_key(path: Path, item: Item, raw: dict[str, Any]) -> ItemKey:
    field = f"items.{item.id}"
    try:
        data = _SHAPES[item.kind].model_validate(raw)
    except ValidationError as error:
        where, problem, remedy = explain(error)
        raise KeyFileError(path, f"{field}.{where}", problem, remedy) from None
    reference = item_key(item.kind, data.model_dump())
    _check_points(path, field, item, reference)
    return reference


def _check_points(path: Path, field: str, item: Item, reference: ItemKey) -> None:
    match reference:
        case CodesKey():
            total, part = sum(code.points for code in reference.expected), "expected"
        case NoteKey():
            total, part = sum(element.points for element in reference.rubric), "rubric"
        case ChoiceKey():
            choices = {choice.id for choice in item.choices}
            if reference.correct not in choices or set(reference.reasons) != choices:
                problem = "correct must be one of the choices, and every choice needs its reason"
                raise KeyFileError(path, field, problem, f"The choices are {', '.join(sorted(choices))}")
            return
    if abs(total - item.points) > 1e-9:
        problem = f"its points add up to {total:g}, the item is worth {item.points:g}"
        raise KeyFileError(path, f"{field}.{part}", problem, "Make the two the same")


def load_keys(root: Path, cases: Mapping[str, Case]) -> dict[str, Key]:
    """Read the keys of ``cases`` below ``root``, which need not be the folder that the cases came from."""
    return {case_id: load_key(root / case_id, case) for case_id, case in cases.items()}
