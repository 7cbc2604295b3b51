"""Reading ``case.yml``, the part of a case that a trainee sees."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from grader.errors import CaseFileError, NotFoundError
from grader.library.encounter import Case, Choice, ClaimField, Document, Item, neutral_order
from grader.library.files import FileModel, read_model
from grader.library.skills import SKILLS

CASE_ID = r"^(enc-\d{4}|var-[0-9a-f]{10})$"
"""Cases written by hand, and variants drawn from a family."""
Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


def _of_the_course(skill: str) -> str:
    if skill not in SKILLS:
        raise ValueError(f"the course has no skill {skill!r}; it has {', '.join(SKILLS)}")
    return skill


Skill = Annotated[Name, AfterValidator(_of_the_course)]


class _Document(FileModel):
    kind: Literal[
        "audit-sheet", "claim", "consultation", "discharge-summary", "email", "emergency-note", "imaging-report",
        "intake-form", "interview", "laboratory-report", "nursing-note", "operative-note", "orders", "payer-letter",
        "phone-log", "policy", "portal-message", "problem-list", "progress-note", "query", "referral",
        "remittance-advice", "superbill", "telehealth-note", "therapy-note", "transcript", "worklist",
    ]  # fmt: skip
    title: Text
    text: Text


class _Choice(FileModel):
    id: Name
    text: Text


class _ClaimField(FileModel):
    id: Name
    label: Text
    value: str = ""


class _Item(FileModel):
    id: Name
    kind: Literal[
        "assign-codes", "documentation", "choice", "choices", "match", "order", "claim-repair", "evidence", "audit",
        "message",
    ]  # fmt: skip
    stem: Text
    points: Annotated[float, Field(gt=0, le=100)]
    choices: tuple[_Choice, ...] = ()
    prompts: tuple[_Choice, ...] = ()
    fields: tuple[_ClaimField, ...] = ()
    coded: tuple[Text, ...] = ()
    to: Literal["", "provider", "payer", "patient"] = ""

    @model_validator(mode="after")
    def _parts_of_its_kind(self) -> Self:
        parts = {
            "choices": (self.choices, ("choice", "choices", "match", "order")),
            "prompts": (self.prompts, ("match",)),
            "fields": (self.fields, ("claim-repair",)),
            "coded": (self.coded, ("audit",)),
            "to": (self.to, ("message",)),
        }
        for name, (given, kinds) in parts.items():
            needed = self.kind in kinds
            if bool(given) != needed:
                article = "an" if self.kind[0] in "aeo" else "a"
                verb = "needs" if needed else "has no"
                raise ValueError(f"{article} {self.kind} item {verb} {name}")
        if len(self.choices) == 1:
            raise ValueError("there must be at least two choices")
        if len(set(self.coded)) < len(self.coded):
            raise ValueError("a code is coded twice")
        for named in (self.choices, self.prompts, self.fields):
            if len({entry.id for entry in named}) < len(named):
                raise ValueError("two of its parts have the same id")
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
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]
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
        items=tuple(_item(data.id, item) for item in data.items),
    )


def _item(case_id: str, data: _Item) -> Item:
    return Item(
        id=data.id,
        kind=data.kind,
        stem=data.stem,
        points=data.points,
        choices=neutral_order(f"{case_id}/{data.id}", (Choice(c.id, c.text) for c in data.choices)),
        prompts=tuple(Choice(p.id, p.text) for p in data.prompts),
        fields=tuple(ClaimField(f.id, f.label, f.value) for f in data.fields),
        coded=data.coded,
        to=data.to,
    )


def case_folders(root: Path) -> list[Path]:
    """Return the case folders below ``root`` in order of id."""
    return sorted(path for kind in ("enc-*", "var-*") for path in root.glob(kind) if path.is_dir())


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
    # The folder alone is looked at: that of an exam's forms holds thousands.
    if not re.fullmatch(CASE_ID, case_id) or not folder.is_dir():
        raise NotFoundError(f"There is no case {case_id!r} in {root}. List the folders there to see the ids.")
    return load_case(folder)
