"""What a trainee sees of a case: frozen data without any trace of the key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from grader.library.passages import chart, passages

FREE_TEXT = ("documentation", "message")
"""Kinds of items answered in one's own words; an instructor confirms their points."""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of the chart; ``text`` is plain text with blank lines between paragraphs."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of an item, one step to put in order, or one prompt to match.

    ``written`` is the id in the files of the library.  It never leaves them: authors number options as they think of them,
    so that their ids would tell the order of steps or the partner of a prompt.
    """

    id: str
    text: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class ClaimField:
    """One field of a claim as it was sent."""

    id: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question about an encounter.

    Parameters
    ----------
    kind
        ``assign-codes``, ``documentation``, ``choice``, ``choices``, ``match``, ``order``, ``claim-repair``, ``evidence``,
        ``audit`` or ``message``.
    choices
        Options, steps to put in order, or what prompts are matched with.
    prompts
        What is matched, in a ``match`` item.
    fields
        The claim of a ``claim-repair`` item.
    coded
        The codes another coder reported, in an ``audit`` item.
    to
        Who reads a ``message``: ``provider``, ``payer`` or ``patient``.
    """

    id: str
    kind: str
    stem: str
    points: float
    choices: tuple[Choice, ...] = ()
    prompts: tuple[Choice, ...] = ()
    fields: tuple[ClaimField, ...] = ()
    coded: tuple[str, ...] = ()
    to: str = ""

    @property
    def is_free_text(self) -> bool:
        """Whether it is answered in one's own words, so that an instructor confirms the points."""
        return self.kind in FREE_TEXT


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

    def passages(self) -> dict[str, str]:
        """Return the passages of the chart that can be marked, by id."""
        return passages(self._papers())

    def _papers(self) -> list[tuple[str, str]]:
        return [(document.title, document.text) for document in self.documents]

    def _public_item(self, item: Item) -> dict[str, Any]:
        public: dict[str, Any] = {
            "id": self.item_key(item),
            "kind": item.kind,
            "stem": item.stem,
            "points": item.points,
            "choices": _texts(item.choices),
        }
        if item.kind == "match":
            public["prompts"] = _texts(item.prompts)
        elif item.kind == "claim-repair":
            public["fields"] = [{"id": f.id, "label": f.label, "value": f.value} for f in item.fields]
        elif item.kind == "audit":
            public["coded"] = list(item.coded)
        elif item.kind == "message":
            public["to"] = item.to
        elif item.kind == "evidence":
            public["chart"] = chart(self._papers())
        return public


def _texts(choices: Iterable[Choice]) -> list[dict[str, str]]:
    return [{"id": choice.id, "text": choice.text} for choice in choices]


def neutral_order(item_key: str, choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return choices in the order in which they are shown, with ids by their place.

    The order depends on the texts alone, and with it the ids: neither tells anything.
    """

    def digest(choice: Choice) -> str:
        return hashlib.sha256(f"{item_key}/{choice.text}".encode()).hexdigest()

    shown = sorted(choices, key=digest)
    return tuple(
        Choice(f"c{place}", choice.text, choice.written or choice.id) for place, choice in enumerate(shown, 1)
    )


def case_from_public(data: Mapping[str, Any]) -> Case:
    """Rebuild a case from `Case.public`; what is private there is empty here."""
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
        items=tuple(_item_from_public(item) for item in data["items"]),
    )


def _item_from_public(data: Mapping[str, Any]) -> Item:
    return Item(
        id=data["id"].rpartition("/")[2],
        kind=data["kind"],
        stem=data["stem"],
        points=float(data["points"]),
        choices=tuple(Choice(c["id"], c["text"]) for c in data["choices"]),
        prompts=tuple(Choice(p["id"], p["text"]) for p in data.get("prompts", ())),
        fields=tuple(ClaimField(f["id"], f["label"], f["value"]) for f in data.get("fields", ())),
        coded=tuple(data.get("coded", ())),
        to=data.get("to", ""),
    )
