"""The form that was released to a trainee: what can be read of it, and its encounters once it is opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.errors import SittingFileError
from grader.sitting.rules import Rules, TimeRule, WindowRule
from grader.sitting.sealing import EXAM, unseal

SCHEMA = "exam-form/1"
MAX_BYTES = 20_000_000
_TEXTS = ("assignment", "exam", "title", "introduction")
_FETCH = "Fetch the exam again; your answers stay where they are"


@dataclass(frozen=True, slots=True)
class SealedForm:
    """One released form.

    Parameters
    ----------
    id
        nbgrader's name of the assignment.
    exam, title, introduction
        Of which exam, and what it tells its trainees.
    rules
        Time and window.
    data
        The whole content of the file.
    """

    id: str
    exam: str
    title: str
    introduction: str
    rules: Rules
    data: Mapping[str, Any]

    def opened(self, code: str) -> tuple[dict[str, Any], ...]:
        """Return the public part of the encounters.

        Raises
        ------
        CourseError
            When the code does not open it.
        SittingFileError
            When the file is damaged or was changed.
        """
        try:
            return tuple(json.loads(unseal(self.data, code))["cases"])
        except (ValueError, KeyError, TypeError):
            raise _damaged("sealed") from None


def readable(
    form_id: str, exam: str, title: str, introduction: str, time: TimeRule, window: WindowRule
) -> dict[str, Any]:
    """Return what can be read of a form before it is opened, as JSON data."""
    return {
        "schema": SCHEMA,
        "assignment": form_id,
        "exam": exam,
        "title": title,
        "introduction": introduction,
        "minutes": time.minutes,
        "warnings": list(time.warnings),
        "grace": time.grace,
        "over": time.over,
        "opens": window.opens.isoformat(),
        "closes": window.closes.isoformat(),
        "late": window.late,
    }


def read_form(folder: Path) -> SealedForm:
    """Read the form beside a notebook.

    Raises
    ------
    SittingFileError
        When it is missing or damaged.
    """
    path = folder / EXAM
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _damaged("")
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SittingFileError(EXAM, "", "it is not beside this notebook", _FETCH) from None
    except OSError as error:
        raise SittingFileError(EXAM, "", f"it cannot be read ({error.strerror})", _FETCH) from None
    except (ValueError, RecursionError):
        raise _damaged("") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise _damaged("schema")
    for name in _TEXTS:
        if not isinstance(data.get(name), str):
            raise _damaged(name)
    return SealedForm(
        data["assignment"], data["exam"], data["title"], data["introduction"], _rules(data), data
    )


def _rules(data: Mapping[str, Any]) -> Rules:
    warnings = data.get("warnings")
    if not isinstance(warnings, list):
        raise _damaged("warnings")
    return Rules(
        minutes=_number(data.get("minutes"), "minutes"),
        warnings=tuple(_number(minutes, "warnings") for minutes in warnings[:50]),
        grace=_number(data.get("grace"), "grace"),
        over=_rule(data, "over"),
        opens=_moment(data, "opens"),
        closes=_moment(data, "closes"),
        late=_rule(data, "late"),
    )


def _number(value: object, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000:
        return value
    raise _damaged(name)


def _rule(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value in ("void", "count"):
        return str(value)
    raise _damaged(name)


def _moment(data: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(data[name])
        if moment.tzinfo is not None:
            return moment
    except (KeyError, TypeError, ValueError):
        pass
    raise _damaged(name)


def _damaged(field: str) -> SittingFileError:
    return SittingFileError(EXAM, field, "it is damaged, or was changed after it was released", _FETCH)
