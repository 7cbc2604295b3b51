"""Labelled notes: one folder a writer, with ``case-N.yaml`` (the charts) and ``notes.jsonl`` (one note a line)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError
from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.evidence import STATES


@dataclass(frozen=True, slots=True)
class Chart:
    """What is true of one patient: facts by element, what is denied, and the record's text."""

    facts: Mapping[str, str]
    absent: tuple[str, ...]
    vignette: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a note that state an element, as a person marked them."""

    element: str
    state: str
    quote: str


@dataclass(frozen=True, slots=True)
class LabelledNote:
    """A note with the labels that a person gave it; none where it is only to be read."""

    writer: str
    id: str
    case: str
    text: str
    chart: Chart
    labels: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    flags: tuple[str, ...]
    style: str = ""

    @property
    def digest(self) -> str:
        """A short name of the text, by which a model card tells that a model was trained on it."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:10]

    @property
    def is_marked(self) -> bool:
        """Whether a person marked the words that each label rests on."""
        return bool(self.evidence) or set(self.labels.values()) == {"absent"}


def read_corpus(folder: Path) -> list[LabelledNote]:
    """Read the notes of one writer, or of every writer below a folder, in order of their names.

    Raises
    ------
    CourseError
        When there are no notes, or a file does not have the shape that is needed; it names file, line and field.
    """
    if (folder / "notes.jsonl").exists():
        return _read_writer(folder)
    writers = sorted(path.parent for path in folder.glob("*/notes.jsonl"))
    if not writers:
        raise CourseError(f"{folder}: no notes.jsonl here or in a folder below. A writer's folder needs one.")
    return [note for writer in writers for note in _read_writer(writer)]


def _read_writer(folder: Path) -> list[LabelledNote]:
    charts = {path.stem: _chart(path) for path in sorted(folder.glob("case-*.yaml"))}
    path = folder / "notes.jsonl"
    notes = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            notes.append(_note(folder.name, line, charts, f"{path}, line {number}"))
    return notes


def _chart(path: Path) -> Chart:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CourseError(f"{path}: this is no YAML: {error}") from error
    facts = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(facts, dict):
        raise CourseError(f"{path}: `facts` is missing. Give what the chart says of each element.")
    unknown = sorted(set(facts) - set(ELEMENTS))
    if unknown:
        raise CourseError(f"{path}: facts: {', '.join(unknown)}: no element has this name.")
    denied = data.get("none") or data.get("absent") or []
    if not isinstance(denied, list):
        raise CourseError(f"{path}: none: give a list of what the chart denies, one a line.")
    return Chart(
        {element: str(fact) for element, fact in facts.items() if fact is not None},
        tuple(map(str, denied)),
        str(data.get("vignette", "")),
    )


def _note(writer: str, line: str, charts: Mapping[str, Chart], where: str) -> LabelledNote:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise CourseError(f"{where}: this is no JSON: {error}") from error
    for field in ("id", "case", "text"):
        if not isinstance(data, dict) or not isinstance(data.get(field), str):
            raise CourseError(f"{where}: `{field}` is missing or no text.")
    if data["case"] not in charts:
        raise CourseError(f"{where}: case: there is no {data['case']}.yaml beside it.")
    return LabelledNote(
        writer,
        data["id"],
        data["case"],
        data["text"],
        charts[data["case"]],
        _labels(data.get("labels") or {}, where),
        tuple(_evidence(each, where) for each in _listed(data, "evidence", where)),
        tuple(map(str, _listed(data, "flags", where))),
        str(data.get("style", "")),
    )


def _listed(data: Mapping[str, Any], field: str, where: str) -> list[Any]:
    found = data.get(field) or []
    if not isinstance(found, list):
        raise CourseError(f"{where}: {field}: this must be a list.")
    return found


def _evidence(data: Any, where: str) -> Evidence:
    fields = ("element", "state", "quote")
    if not isinstance(data, dict) or not all(isinstance(data.get(field), str) for field in fields):
        raise CourseError(f"{where}: evidence: each needs element, state and quote, as text.")
    return Evidence(data["element"], data["state"], data["quote"])


def _labels(data: Any, where: str) -> dict[str, str]:
    if not isinstance(data, dict):
        raise CourseError(f"{where}: labels: give a state for each element.")
    for element, state in data.items():
        if element not in ELEMENTS or state not in STATES:
            raise CourseError(f"{where}: labels: {element}: {state}: no such element or state.")
    if data and len(data) != len(ELEMENTS):
        raise CourseError(f"{where}: labels: all {len(ELEMENTS)} elements need one, or none.")
    return dict(data)


def writers_of(notes: Iterable[LabelledNote]) -> list[str]:
    """Return the names of the writers, each once, in order."""
    return list(dict.fromkeys(note.writer for note in notes))
