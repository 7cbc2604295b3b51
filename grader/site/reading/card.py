"""The model card: what training measured of the reading of notes, on writers whose notes it had not seen."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from grader.errors import FileError
from grader.library.files import explain
from grader.library.item_keys import ELEMENTS

PLACE = Path("grader") / "scoring" / "documentation" / "model_card.json"
"""Where training writes the card, below the root of the project."""
ALL, SHARED, OWN = GROUPS = ("all", "shared", "own")
"""Groups of writers: all of them, those of the first set of notes, and those whose notes were added."""
MEASURES = (
    "micro_f1", "macro_f1", "precision", "recall", "kappa", "qwk", "mae",
    "contradiction_f1", "contradiction_precision", "contradiction_recall", "honest_flagged",
)  # fmt: skip
_BOUNDS = {"mae": (0, len(ELEMENTS)), "kappa": (-1, 1), "qwk": (-1, 1)}
"""Measures that are no shares: points apart, and agreement, which is negative where luck would do better."""
_REMEDY = "Train the reading of notes again: training measures it and writes this file"
_COUNT = re.compile(r"(\d+)")
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """A part of the card; what the page does not show is left alone, for others read the card as well."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Measure(_Part):
    """What was measured, and the range in which it would lie with other notes; None where there was no contradiction."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Measure:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("its range ends before it begins")
        return self


class Writer(_Part):
    """Whose notes were used, how they write where that is told, and how much there is of it."""

    writer: Text
    voices: str = ""
    notes: Count
    cases: Count
    contradicted: Count


class ElementMeasures(_Part):
    """How well one element is read, over all writers; ``n`` is how many notes state it in full."""

    f1: Share
    precision: Share
    recall: Share
    contradiction_f1: Share | None
    n: Count


class Bin(_Part):
    """All answers that were given with about the same confidence: what was said, and what share was right."""

    start: Share = Field(alias="from")
    end: Share = Field(alias="to")
    said: Share | None
    right: Share | None
    n: Count

    @model_validator(mode="after")
    def _told(self) -> Bin:
        if self.n and (self.said is None or self.right is None):
            raise ValueError("answers were counted, but not what was said and what was right")
        return self


class Model(_Part):
    """The trained model itself."""

    bytes: Annotated[int, Field(gt=0)]
    features: Annotated[int, Field(gt=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Card(_Part):
    """All that the page shows."""

    notes: Annotated[int, Field(gt=0)]
    writers: Annotated[int, Field(gt=0)]
    seed: int
    trained_on: Annotated[tuple[Writer, ...], Field(min_length=1)]
    held_out: Mapping[str, Mapping[str, Measure]]
    elements: Mapping[str, ElementMeasures]
    calibration: Annotated[tuple[Bin, ...], Field(min_length=1)]
    model: Model
    ms_per_note: Mapping[str, float] | None = None
    failures: tuple[Text, ...]

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bins that hold answers, from unsure to sure."""
        return tuple(sorted((each for each in self.calibration if each.n), key=lambda each: each.start))

    @property
    def tested(self) -> tuple[str, ...]:
        """The writers whose notes were held out, in the order in which people count."""
        return tuple(sorted((name for name in self.held_out if name not in GROUPS), key=counted))


def counted(name: str) -> list[str | int]:
    """Return what puts p2 before p10."""
    return [int(part) if part.isdecimal() else part for part in _COUNT.split(name)]


def read_card(path: Path) -> Card:
    """Read a model card and check that nothing is missing that the page shows.

    Raises
    ------
    FileError
        When there is no card, or it lacks something; says what.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileError(path, "", "there is no such file", _REMEDY) from None
    except ValueError:
        raise FileError(path, "", "it is not valid JSON", _REMEDY) from None
    if not isinstance(data, dict):
        raise FileError(path, "", "it does not hold fields", _REMEDY)
    try:
        card = Card.model_validate(data)
    except ValidationError as error:
        field, problem, _ = explain(error)
        raise FileError(path, field, problem, _REMEDY) from None
    _check_whole(path, card)
    return card


def _check_whole(path: Path, card: Card) -> None:
    """Refuse a card whose parts do not fit together."""
    _check_names(path, "elements", ELEMENTS, card.elements)
    _check_names(path, "held_out", (*GROUPS, *(each.writer for each in card.trained_on)), card.held_out)
    for name, measures in card.held_out.items():
        _check_names(path, f"held_out.{name}", MEASURES, measures)
        for measure in MEASURES:
            _check_size(path, f"held_out.{name}.{measure}", measure, measures[measure])
    if not card.bins:
        raise FileError(path, "calibration", "it counts no answers", _REMEDY)
    trained = sum(each.notes for each in card.trained_on)
    for field, said, counted_ in (("notes", card.notes, trained), ("writers", card.writers, len(card.trained_on))):  # fmt: skip
        if said != counted_:
            raise FileError(path, field, f"it says {said}, but trained_on has {counted_}", _REMEDY)


def _check_size(path: Path, field: str, name: str, measure: Measure) -> None:
    """Refuse what cannot be, such as a share in percent, which the page would multiply by 100 again."""
    if measure.value is None and not name.startswith("contradiction"):
        raise FileError(path, field, "it has no value", _REMEDY)
    low, high = _BOUNDS.get(name, (0, 1))
    values = (value for value in (measure.value, measure.low, measure.high) if value is not None)
    if not all(low <= value <= high for value in values):
        raise FileError(path, field, "it is out of its bounds", _REMEDY)


def _check_names(path: Path, field: str, needed: tuple[str, ...], found: Mapping[str, object]) -> None:
    missing = [name for name in needed if name not in found]
    if missing:
        raise FileError(path, field, f"{', '.join(missing)} is missing", _REMEDY)
