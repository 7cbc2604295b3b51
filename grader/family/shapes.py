"""What the files of ``cases/families`` look like, field by field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from grader.library.case import Name, Skill, Text
from grader.library.files import FileModel

Condition = dict[str, str | list[str]]


class Value(FileModel):
    value: Text
    when: Condition = Field(default_factory=dict)
    unless: Condition = Field(default_factory=dict)


class Document(FileModel):
    kind: Text
    title: Text
    text: Text


class Form(FileModel):
    style: Literal["plain", "terse"] = "plain"
    when: Condition = Field(default_factory=dict)
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]


class Ages(FileModel):
    min: Annotated[int, Field(ge=20)]
    max: Annotated[int, Field(le=95)]


class FamilyFile(FileModel):
    about: Text
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]
    difficulty: Annotated[int, Field(ge=1, le=4)]
    ages: Ages
    axes: Annotated[dict[str, Any], Field(min_length=1)]
    titles: Annotated[tuple[Any, ...], Field(min_length=1)]
    forms: Annotated[tuple[Name | Value, ...], Field(min_length=3)]
    phrases: dict[str, Any]


class Tell(FileModel):
    values: dict[str, list[Text]]
    must: bool = True
    alone: bool = True
    negatable: bool = False


class Rule(FileModel):
    when: Condition = Field(default_factory=dict)
    say: Annotated[list[Text], Field(min_length=1)]


class SharedFile(FileModel):
    phrases: dict[str, Any]
    abbreviations: dict[str, str]
    forms: dict[str, Form]
    tells: dict[str, Tell]
    never: tuple[Rule, ...] = ()
    always: tuple[Rule, ...] = ()
