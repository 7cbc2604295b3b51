"""A released form, small and made up, and a clock that is set by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from grader.sitting.event import SAVE, Event, digest, no_answers
from grader.sitting.form import readable
from grader.sitting.rules import Rules
from grader.sitting.sealing import seal

CODE = "ABCD-EFGH-IJKL-MN27"
FORM = "sample-0a1b2c3d"
OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
RULES = Rules(60, (30, 10, 5), 2, "void", OPENS, OPENS + timedelta(hours=8), "void")
NOTE, CODES, CAUSE = "enc-9001/note", "enc-9001/codes", "enc-9002/cause"
CASES = (
    {
        "id": "enc-9001",
        "title": "Ache <b>after</b> gardening",
        "setting": "primary care",
        "care": "outpatient",
        "encounter_date": "2026-11-02",
        "documents": [
            {"kind": "progress-note", "title": "Visit", "text": "Ache in the low back since Sunday."}
        ],
        "items": [
            {"id": CODES, "kind": "assign-codes", "stem": "Assign the codes.", "points": 8, "choices": []},
            {"id": NOTE, "kind": "documentation", "stem": "Write the note.", "points": 17, "choices": []},
        ],
    },
    {
        "id": "enc-9002",
        "title": "Stiff in the morning",
        "setting": "primary care",
        "care": "outpatient",
        "encounter_date": "2026-11-02",
        "documents": [{"kind": "progress-note", "title": "Visit", "text": "Stiff for an hour each morning."}],
        "items": [
            {
                "id": CAUSE,
                "kind": "choice",
                "stem": "What comes next?",
                "points": 2,
                "choices": [{"id": "c1", "text": "A query"}, {"id": "c2", "text": "A code"}],
            }
        ],
    },
)


class Hand:
    """A clock that is set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


def release(folder: Path, rules: Rules = RULES) -> Path:
    """Put a form into a folder, as the exchange does."""
    (folder / "exam.json").write_text(_sealed(rules))
    return folder


@cache
def _sealed(rules: Rules) -> str:
    public = json.dumps({"schema": "cases/1", "assignment": FORM, "cases": CASES}).encode()
    about = readable(FORM, "sample", "Sample exam", "Read with care.", rules, rules)
    return json.dumps(seal(public, about, CODE))


def write_record(
    folder: Path, happened: list[tuple[float, str]], answers: Mapping[str, Any] | None = None
) -> Path:
    """Write answers and an honest record: minutes after the opening, and what happened then."""
    content, there = no_answers(FORM), no_answers(FORM)
    if answers:
        content = json.dumps({"schema": "answers/1", "assignment": FORM, "items": answers}).encode()
    (folder / "answers.json").write_bytes(content)
    lines: list[bytes] = []
    saves = 0
    for minutes, event in happened:
        saves += event == SAVE
        there = content if saves else there
        before = digest(lines[-1]) if lines else ""
        at = OPENS + timedelta(minutes=minutes)
        lines.append(Event(at, event, saves, 0, digest(there), before).line())
    path = folder / "sitting.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path
