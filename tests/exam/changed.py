"""A short blueprint with something changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from grader.exam.blueprint import BlueprintFile
from tests.conftest import ROOT

Change = tuple[str, Any]
SHORT = ROOT / "tests" / "data" / "exam" / "short.yml"


def changed(*changes: Change, path: Path = SHORT) -> dict[str, Any]:
    """Return a blueprint as data with some fields set, each named as ``content.parts.0.count``."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for field, value in changes:
        *way, last = field.split(".")
        inner: Any = data
        for name in way:
            inner = inner[int(name)] if isinstance(inner, list) else inner.setdefault(name, {})
        inner[int(last) if last.isdecimal() else last] = value  # a place in a list, or a difficulty
    return data


def blueprint(*changes: Change, path: Path = SHORT) -> BlueprintFile:
    """Return a blueprint with some fields set."""
    return BlueprintFile.model_validate(changed(*changes, path=path))


def written(path: Path, *changes: Change) -> Path:
    """Write a blueprint with some fields set, and return its path."""
    path.write_text(yaml.safe_dump(changed(*changes), sort_keys=False), encoding="utf-8")
    return path
