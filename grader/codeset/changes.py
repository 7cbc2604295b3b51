"""Dated changes of the code set that touch this course, each with its source.

The table in ``changes.json`` is written by hand from the official release files; the tabular list itself knows one
release only, and whether a code may be reported depends on the date of the encounter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "changes.json"


@dataclass(frozen=True, slots=True)
class Change:
    """From ``on``, ``code`` is billable (``added``) or no longer is; ``replaced_by`` names its successors."""

    on: date
    code: str
    added: bool
    title: str
    parent: str
    replaced_by: tuple[str, ...]
    source: str


@cache
def load_changes() -> tuple[Change, ...]:
    """Read the table in order of date."""
    rows = json.loads(TABLE.read_text(encoding="utf-8"))["changes"]
    changes = (
        Change(
            on=date.fromisoformat(row["on"]),
            code=row["code"],
            added=row["change"] == "added",
            title=row["title"],
            parent=row.get("parent", ""),
            replaced_by=tuple(row.get("replaced_by", ())),
            source=row["source"],
        )
        for row in rows
    )
    return tuple(sorted(changes, key=lambda change: (change.on, change.code)))


def in_words(day: date) -> str:
    """Return a date as a sentence says it: 1 October 2026."""
    return f"{day.day} {day:%B %Y}"
