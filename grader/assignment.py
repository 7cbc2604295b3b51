"""An assignment: a list of cases with a title, in ``assignment.yml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from grader.errors import AssignmentFileError
from grader.library.case import CASE_ID, Name, Text, find_case
from grader.library.encounter import Case, Item
from grader.library.files import FileModel, read_model


class _AssignmentFile(FileModel):
    schema_: Annotated[Literal["assignment/1"], Field(alias="schema")]
    id: Name
    title: Text
    introduction: Text
    cases: Annotated[tuple[Annotated[str, Field(pattern=CASE_ID)], ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment with its cases in the order they are shown."""

    id: str
    title: str
    introduction: str
    cases: tuple[Case, ...]


def load_assignment(path: Path, cases_root: Path) -> Assignment:
    """Read an ``assignment.yml`` and the cases it names.

    Raises
    ------
    AssignmentFileError
        Names the file, the field and what to do.
    NotFoundError
        When a case it names does not exist.
    """
    data = read_model(path, _AssignmentFile, AssignmentFileError)
    if data.id != path.parent.name:
        problem = f"it says {data.id} in the folder {path.parent.name}"
        raise AssignmentFileError(path, "id", problem, "Make the two the same")
    if len(set(data.cases)) < len(data.cases):
        raise AssignmentFileError(path, "cases", "a case is listed twice", "List each case once")
    cases = tuple(find_case(cases_root, case_id) for case_id in data.cases)
    return Assignment(data.id, data.title, data.introduction, cases)


def grade_id(item_key: str) -> str:
    """Return the nbgrader name of an item: ``enc-0001/codes`` is ``enc-0001-codes``."""
    return item_key.replace("/", "-")


def by_grade_id(cases: Sequence[Case]) -> Mapping[str, tuple[Case, Item]]:
    """Return case and item of every grade cell."""
    return {grade_id(case.item_key(item)): (case, item) for case in cases for item in case.items}
