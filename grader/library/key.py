"""Reading ``key.yml``, the reference answers of a case.  Nothing that builds a release may import this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationError

from grader.errors import KeyFileError
from grader.library.case import CASE_ID, Text
from grader.library.encounter import Case, Choice, Item
from grader.library.files import FileModel, explain, read_model
from grader.library.item_keys import (
    AuditKey,
    ChoiceKey,
    ChoicesKey,
    CodesKey,
    EvidenceKey,
    ItemKey,
    MatchKey,
    MessageKey,
    NoteKey,
    OrderKey,
    RepairKey,
    item_key,
)
from grader.library.reference import Change, Key
from grader.library.shapes import SHAPES

EXAMPLE_CANARY = UUID("00000000-0000-4000-8000-000000000000")


class _Review(FileModel):
    status: Literal["unreviewed", "second-coder"]
    note: str = ""


class _Change(FileModel):
    version: Annotated[int, Field(ge=2)]
    date: date
    what: Text


class _KeyFile(FileModel):
    schema_: Annotated[Literal["key/1"], Field(alias="schema")]
    case: Annotated[str, Field(pattern=CASE_ID)]
    canary: UUID
    version: Annotated[int, Field(ge=1)] = 1
    changes: tuple[_Change, ...] = ()
    items: dict[str, dict[str, Any]]
    review: _Review


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
    if list(data.changes) != sorted(data.changes, key=lambda change: change.date):
        raise KeyFileError(path, "changes", "its dates run backwards", "List the changes from old to new")
    if [change.version for change in data.changes] != list(range(2, data.version + 1)):
        problem = f"version {data.version} needs one entry for each version from 2 on, in order"
        raise KeyFileError(path, "changes", problem, "Say for each version what was corrected and when")
    names = {item.id for item in case.items}
    for name in sorted(names ^ set(data.items)):
        problem = "the case has this item, the key has not" if name in names else "the case has no such item"
        raise KeyFileError(path, f"items.{name}", problem, "Give every item of case.yml its reference here")
    return Key(
        case=case.id,
        canary=str(data.canary),
        items={item.id: _item_key(path, item, data.items[item.id]) for item in case.items},
        review_status=data.review.status,
        review_note=data.review.note,
        version=data.version,
        changes=tuple(Change(c.version, c.date.isoformat(), c.what) for c in data.changes),
    )


def _item_key(path: Path, item: Item, raw: dict[str, Any]) -> ItemKey:
    field = f"items.{item.id}"
    try:
        data = SHAPES[item.kind].model_validate(raw)
    except ValidationError as error:
        where, problem, remedy = explain(error)
        raise KeyFileError(path, f"{field}.{where}", problem, remedy) from None
    reference = item_key(item.kind, data.model_dump())
    _check_points(path, field, item, reference)
    for part, problem, remedy in _misfits(item, reference):
        raise KeyFileError(path, f"{field}.{part}", problem, remedy)
    return _as_shown(item, reference)


def _as_shown(item: Item, reference: ItemKey) -> ItemKey:
    """Return a key with the ids that options have where they are shown, in place of those in the files."""
    shown = {choice.written: choice.id for choice in item.choices}

    def named(table: Mapping[str, str]) -> dict[str, str]:
        return {shown[name]: value for name, value in table.items()}

    match reference:
        case ChoiceKey(correct, reasons, cite, fails):
            return ChoiceKey(shown[correct], named(reasons), cite, named(fails))
        case ChoicesKey(several, reasons, cite, fails):
            return ChoicesKey(tuple(shown[name] for name in several), named(reasons), cite, named(fails))
        case MatchKey(pairs, reasons, cite):
            return MatchKey({prompt: shown[choice] for prompt, choice in pairs.items()}, reasons, cite)
        case OrderKey(order, reasons, cite):
            return OrderKey(tuple(shown[step] for step in order), named(reasons), cite)
    return reference


def _check_points(path: Path, field: str, item: Item, reference: ItemKey) -> None:
    part: str
    entries: Iterable[Any]
    match reference:
        case CodesKey():
            part, entries = "expected", reference.expected
        case NoteKey() | MessageKey():
            part, entries = "rubric", reference.rubric
        case RepairKey():
            part, entries = "repairs", reference.repairs
        case EvidenceKey():
            part, entries = "passages", reference.passages
        case _:
            return
    total = sum(entry.points for entry in entries)
    if abs(total - item.points) > 1e-9:
        problem = f"its points add up to {total:g}, the item is worth {item.points:g}"
        raise KeyFileError(path, f"{field}.{part}", problem, "Make the two the same")


def _misfits(item: Item, reference: ItemKey) -> Iterable[tuple[str, str, str]]:
    """Yield where a key does not fit the names in its item: field, problem and remedy."""
    options = {choice.written for choice in item.choices}
    match reference:
        case ChoiceKey() | ChoicesKey():
            correct = (reference.correct,) if isinstance(reference, ChoiceKey) else reference.correct
            yield from _same("reasons", reference.reasons, options)
            yield from _among("correct", correct, options)
            yield from _among("fails", reference.fails, options - set(correct))
        case MatchKey():
            yield from _same("pairs", reference.pairs, _names(item.prompts))
            yield from _same("reasons", reference.reasons, _names(item.prompts))
            yield from _among("pairs", reference.pairs.values(), options)
        case OrderKey():
            yield from _same("order", reference.order, options)
            yield from _same("reasons", reference.reasons, options)
        case RepairKey():
            fields = {field.id for field in item.fields}
            yield from _among("repairs", [repair.field for repair in reference.repairs], fields)
            yield from _among("wrong", [wrong.field for wrong in reference.wrong], fields)
        case AuditKey():
            yield from _same("verdicts", [verdict.code for verdict in reference.verdicts], set(item.coded))


def _names(choices: Iterable[Choice]) -> set[str]:
    return {choice.id for choice in choices}


def _same(part: str, named: Iterable[str], wanted: set[str]) -> Iterable[tuple[str, str, str]]:
    found = list(named)
    if len(found) != len(set(found)) or set(found) != wanted:
        problem = "every one of the item's must be here once, and no other"
        yield part, problem, f"They are {', '.join(sorted(wanted))}"


def _among(part: str, named: Iterable[str], wanted: set[str]) -> Iterable[tuple[str, str, str]]:
    for name in named:
        if name not in wanted:
            yield part, f"the item has no {name!r}", f"They are {', '.join(sorted(wanted))}"


def load_keys(root: Path, cases: Mapping[str, Case]) -> dict[str, Key]:
    """Read the keys of ``cases`` below ``root``, which need not be the folder that the cases came from."""
    return {case_id: load_key(root / case_id, case) for case_id, case in cases.items()}
