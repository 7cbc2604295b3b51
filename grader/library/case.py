"""Reading ``case.yml``, the part of a case that a trainee sees."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from grader.errors import CaseFileError, NotFoundError
from grader.library.encounter import Case, Choice, Document, Item
from grader.library.files import FileModel, read_model

CASE_ID = r"^enc-\d{4}$"
Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class _Document(FileModel):
    kind: Literal[
        "progress-note", "emergency-note", "telehealth-note", "remittance-advice", "claim", "interview", "referral",
        "imaging-report",
    ]  # fmt: skip
    title: Text
    text: Text


class _Choice(FileModel):
    id: Name
    text: Text


class _Item(FileModel):
    id: Name
    kind: Literal["assign-codes", "documentation", "choice"]
    stem: Text
    points: Annotated[float, Field(gt=0, le=100)]
    choices: tuple[_Choice, ...] = ()

    @model_validator(mode="after")
    def _choices_where_they_belong(self) -> Self:
        if (self.kind == "choice") != (len(self.choices) >= 2):
            raise ValueError("a choice item needs at least two choices, and no other item has any")
        if len({choice.id for choice in self.choices}) < len(self.choices):
            raise ValueError("two choices have the same id")
        return self


class _CaseFile(FileModel):
    schema_: Annotated[Literal["case/1"], Field(alias="schema")]
    id: Annotated[str, Field(pattern=CASE_ID)]
    title: Text
    pool: Literal["practice", "exam"]
    kind: Literal["coding", "documentation", "query", "denial", "preauthorization", "communication", "audit"]
    setting: Text
    care: Literal["outpatient", "inpatient"]
    encounter_date: date
    difficulty: Annotated[int, Field(ge=1, le=4)]
    skills: Annotated[tuple[Name, ...], Field(min_length=1)]
    documents: Annotated[tuple[_Document, ...], Field(min_length=1)]
    items: Annotated[tuple[_Item, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _items_have_names_of_their_own(self) -> Self:
        if len({item.id for item in self.items}) < len(self.items):
            raise ValueError("two items have the same id")
        return self


def load_case(folder: Path) -> Case:
    """Read and check the ``case.yml`` of one case folder.

    Raises
    ------
    CaseFileError
        Names the file, the field and what to do.
    """
    path = folder / "case.yml"
    data = read_model(path, _CaseFile, CaseFileError)
    if data.id != folder.name:
        raise CaseFileError(
            path, "id", f"it says {data.id} in the folder {folder.name}", "Make the two the same"
        )
    items = tuple(
        Item(i.id, i.kind, i.stem, i.points, tuple(Choice(c.id, c.text) for c in i.choices))
        for i in data.items
    )
    return Case(
        id=data.id,
        title=data.title,
        pool=data.pool,
        kind=data.kind,
        setting=data.setting,
        care=data.care,
        encounter_date=data.encounter_date,
        difficulty=data.difficulty,
        skills=data.skills,
        documents=tuple(Document(d.kind, d.title, d.text) for d in data.documents),
        items=items,
    )


def case_folders(root: Path) -> list[Path]:
    """Return the case folders below ``root`` in order of id."""
    return sorted(path for path in root.glob("enc-*") if path.is_dir())


def load_cases(root: Path) -> dict[str, Case]:
    """Read every case below ``root``, by id; the first wrong file raises `CaseFileError`."""
    return {folder.name: load_case(folder) for folder in case_folders(root)}


def find_case(root: Path, case_id: str) -> Case:
    """Read one case by its id.

    Raises
    ------
    NotFoundError
        When the library has no such case.
    """
    folder = root / case_id
    if folder not in case_folders(root):
        raise NotFoundError(f"There is no case {case_id!r} in {root}. List the folders there to see the ids.")
    return load_case(folder)
