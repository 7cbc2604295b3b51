"""``decisions.json`` of an exam: what was decided, written in one step and for its owner's eyes alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.decision.outcome import OUTCOMES, Criterion, Outcome
from grader.errors import DecisionsFileError
from grader.exam.blueprint import BlueprintFile
from grader.exam.folder import ExamFolder
from grader.grading.reports.spreadsheet import private_file

SCHEMA = "decisions/1"


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that is another one than before.

    Parameters
    ----------
    before
        None for a form about which nothing had been decided.
    after
        None for a form that is there no more.
    """

    before: Outcome | None
    after: Outcome | None

    @property
    def form(self) -> Outcome:
        """The form that it is about, as it is or was."""
        known = self.after or self.before
        if known is None:
            raise ValueError("a change is about some form")
        return known


def write_decisions(
    folder: ExamFolder, blueprint: BlueprintFile, outcomes: Sequence[Outcome], now: datetime
) -> tuple[Change, ...]:
    """Write what was decided, and return what is another decision than before.

    Raises
    ------
    DecisionsFileError
        When the decisions that are there cannot be read: they may have been told to somebody.
    CourseError
        When the file cannot be written; the one that was there stays.
    """
    before = read_decisions(folder) if folder.decisions.exists() else ()
    data = {
        "schema": SCHEMA,
        "exam": blueprint.id,
        "title": blueprint.title,
        "decided": now.isoformat(timespec="seconds"),
        "award": blueprint.award.model_dump(mode="json"),
        "outcomes": [_to_json(outcome) for outcome in outcomes],
    }
    with private_file(folder.decisions) as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return changes(before, outcomes)


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[Change, ...]:
    """Return the forms whose outcome is another one, or whose share of codes is."""
    old, new = ({outcome.form: outcome for outcome in each} for each in (before, after))
    found = (Change(old.get(form), new.get(form)) for form in sorted(old.keys() | new.keys()))
    return tuple(change for change in found if _decided(change.before) != _decided(change.after))


def _decided(outcome: Outcome | None) -> object:
    return outcome and (outcome.outcome, outcome.criteria)


def read_decisions(folder: ExamFolder) -> tuple[Outcome, ...]:
    """Return what was decided about an exam.

    Raises
    ------
    DecisionsFileError
        When nothing was, or the file is not as it was written.
    """
    data = _data(folder.decisions)
    try:
        return tuple(_outcome(each) for each in data["outcomes"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DecisionsFileError(
            folder.decisions, "outcomes", f"it is not as it was written ({error})", _again(folder.decisions)
        ) from None


def decided_at(folder: ExamFolder) -> datetime:
    """Return when an exam was decided.

    Raises
    ------
    DecisionsFileError
        As `read_decisions`.
    """
    try:
        return datetime.fromisoformat(_data(folder.decisions)["decided"])
    except (KeyError, TypeError, ValueError) as error:
        raise DecisionsFileError(
            folder.decisions, "decided", f"it is no time ({error})", _again(folder.decisions)
        ) from None


def _data(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise DecisionsFileError(path, "", "there is no such file", f"Run `{_command(path)}` first") from None
    except (ValueError, OSError) as error:
        raise DecisionsFileError(path, "", f"it cannot be read ({error})", _again(path)) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise DecisionsFileError(path, "schema", f"it is not {SCHEMA}", _again(path))
    return data


def _command(path: Path) -> str:
    return f"python -m grader exam decide {path.parent.name}"


def _again(path: Path) -> str:
    return f"Run `{_command(path)}` again; it is written anew"


def _to_json(outcome: Outcome) -> dict[str, Any]:
    return {**asdict(outcome), "sat": outcome.sat.isoformat() if outcome.sat else None}


def _outcome(data: Mapping[str, Any]) -> Outcome:
    if data["outcome"] not in OUTCOMES:
        raise ValueError(f"unknown outcome {data['outcome']!r}")
    lists = {name: tuple(data[name]) for name in ("reasons", "codeset")}
    sat = datetime.fromisoformat(data["sat"]) if data["sat"] else None
    criteria = tuple(Criterion(**each) for each in data["criteria"])
    return Outcome(**{**data, **lists, "sat": sat, "criteria": criteria})
