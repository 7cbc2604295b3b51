"""A class with an exam that was decided, written as `exam draw` and `exam decide` write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from grader.decision.outcome import FAILED, PASSED, WAITING, Outcome
from tests.certificate.making import CRITERIA, HOLDER

EXAM = "certification"
AWARD = {
    "name": "Certified Back Pain Coder",
    "description": "Assigns ICD-10-CM codes for back pain.",
    "months": 24,
}


def outcome(
    trainee: str, sat: datetime, result: str = PASSED, name: str = HOLDER, attempt: int = 1
) -> Outcome:
    """Return a decision about one sitting."""
    number = sum(trainee.encode()) * 100 + attempt
    form = f"{EXAM}-{number:08x}"
    reasons = () if result == PASSED else ("Codes: 90 % reached, at least 95 % asked.",)
    return Outcome(
        trainee, name, form, attempt, result, sat, 97.0, CRITERIA, reasons, False, ("FY2026", "FY2027")
    )


def make_class(root: Path, outcomes: list[Outcome], emails: Mapping[str, str] | None = None) -> Path:
    """Write decisions and forms of an exam; return the folder of the class."""
    folder = root / "exams" / EXAM
    folder.mkdir(parents=True, exist_ok=True)
    decisions = {
        "schema": "decisions/1",
        "exam": EXAM,
        "title": "Certification exam",
        "decided": "2026-11-26T12:00:00+00:00",
        "award": AWARD,
        "outcomes": [{**asdict(each), "sat": each.sat and each.sat.isoformat()} for each in outcomes],
    }
    (folder / "decisions.json").write_text(json.dumps(decisions))
    forms = [
        {
            "form": each.form,
            "trainee": each.trainee,
            "name": each.name,
            "email": (emails or {}).get(each.trainee, ""),
            "attempt": each.attempt,
            "points": 100.0,
            "cases": ["exam-0001"],
            "drawn": "2026-11-20T12:00:00+00:00",
        }
        for each in outcomes
    ]
    listed = {
        "schema": "exam-forms/1",
        "exam": EXAM,
        "blueprint": "",
        "seed": "",
        "forms": forms,
        "overlap": {},
    }
    (folder / "forms.json").write_text(json.dumps(listed))
    return root


def three(sat: datetime) -> list[Outcome]:
    """Return three decisions: passed, failed and not decided yet."""
    return [
        outcome("trainee-1", sat),
        outcome("trainee-2", sat, FAILED, "Second Trainee"),
        outcome("trainee-3", sat, WAITING, "Third Trainee"),
    ]


def renamed(one: Outcome, name: str) -> Outcome:
    """Return a decision about a person of another name."""
    return replace(one, name=name)
