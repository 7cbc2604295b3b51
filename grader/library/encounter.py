"""What a trainee sees of a case: frozen data without any trace of the key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of the chart; ``text`` is plain text with blank lines between paragraphs."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice item."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question about an encounter."""

    id: str
    kind: str  # assign-codes | documentation | choice
    stem: str
    points: float
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One encounter with its documents and items."""

    id: str
    title: str
    pool: str  # practice | exam
    kind: str
    setting: str
    care: str  # outpatient | inpatient: the guidelines differ
    encounter_date: date
    difficulty: int
    skills: tuple[str, ...]
    documents: tuple[Document, ...]
    items: tuple[Item, ...]

    def item_key(self, item: Item) -> str:
        """Name of an item in answers and results, ``enc-0001/codes``."""
        return f"{self.id}/{item.id}"

    def public(self) -> dict[str, Any]:
        """Return what may leave the instructor's machine, field by field.

        Fields are listed one by one so that a field added later is private until somebody decides otherwise.
        Choices are put in an order that depends on their text alone, so the order tells nothing.
        """
        return {
            "id": self.id,
            "title": self.title,
            "setting": self.setting,
            "care": self.care,
            "encounter_date": self.encounter_date.isoformat(),
            "documents": [{"kind": d.kind, "title": d.title, "text": d.text} for d in self.documents],
            "items": [self._public_item(item) for item in self.items],
        }

    def _public_item(self, item: Item) -> dict[str, Any]:
        choices = sorted(item.choices, key=lambda choice: _order(self.item_key(item), choice))
        return {
            "id": self.item_key(item),
            "kind": item.kind,
            "stem": item.stem,
            "points": item.points,
            "choices": [{"id": c.id, "text": c.text} for c in choices],
        }


def _order(item_key: str, choice: Choice) -> str:
    return hashlib.sha256(f"{item_key}/{choice.text}".encode()).hexdigest()


def case_from_public(data: Mapping[str, Any]) -> Case:
    """Rebuild a case from `Case.public`; what is private there is empty here."""
    items = tuple(
        Item(
            id=item["id"].rpartition("/")[2],
            kind=item["kind"],
            stem=item["stem"],
            points=float(item["points"]),
            choices=tuple(Choice(c["id"], c["text"]) for c in item["choices"]),
        )
        for item in data["items"]
    )
    return Case(
        id=data["id"],
        title=data["title"],
        pool="",
        kind="",
        setting=data["setting"],
        care=data["care"],
        encounter_date=date.fromisoformat(data["encounter_date"]),
        difficulty=0,
        skills=(),
        documents=tuple(Document(d["kind"], d["title"], d["text"]) for d in data["documents"]),
        items=items,
    )
