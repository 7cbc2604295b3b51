"""Reading any folder of notes with the model that comes with the course, or with another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.evaluation.corpus import LabelledNote
from grader.evaluation.measures import Measured, Pair, measure, total
from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation import model as model_module
from grader.scoring.documentation.evidence import ElementState
from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.gaming import flags
from grader.scoring.documentation.model import Model

GAMING = frozenset(("stuffing", "rubric_copy", "vignette_copy", "model_copy", "template", "off_topic"))
"""The flags that an honest note must not have; ``bare`` says only that there is little."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was read of one note."""

    note: LabelledNote
    states: Mapping[str, ElementState]
    flags: tuple[str, ...]

    @property
    def pair(self) -> Pair:
        """The labels of the note beside the states that were read."""
        return self.note.labels, {element: found.state for element, found in self.states.items()}


def predict(notes: Iterable[LabelledNote], model: Model | None = None) -> list[Prediction]:
    """Read notes, each beside its chart."""
    return [
        Prediction(
            note,
            find_elements(note.text, note.chart.facts, note.chart.absent, model),
            flags(note.text, note.chart.vignette),
        )
        for note in notes
    ]


def write(predictions: Iterable[Prediction], path: Path) -> None:
    """Write one JSON line a note: its id, the states of the 17 elements, flags and total."""
    lines = []
    for prediction in predictions:
        states = {element: prediction.states[element].state for element in ELEMENTS}
        line = {
            "id": prediction.note.id,
            "writer": prediction.note.writer,
            "labels": states,
            "flags": list(prediction.flags),
            "total": total(states),
            "confidence": {e: round(prediction.states[e].confidence, 3) for e in ELEMENTS},
            "evidence": {e: prediction.states[e].quote for e in ELEMENTS if prediction.states[e].quote},
        }
        lines.append(json.dumps(line, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measured(predictions: Sequence[Prediction]) -> dict[str, Measured]:
    """Return the measures of labelled notes, and the share of honest ones that were flagged."""
    labelled = [prediction for prediction in predictions if prediction.note.labels]
    if not labelled:
        return {}
    found = measure([prediction.pair for prediction in labelled])
    honest = [p for p in labelled if not set(p.note.flags) & GAMING]
    flagged = sum(bool(set(p.flags) & GAMING) for p in honest) / len(honest) if honest else 0.0
    found["honest_flagged"] = Measured(flagged, flagged, flagged)
    return found


def trained_on(notes: Iterable[LabelledNote]) -> int:
    """Return how many of the notes the model that comes with the course was trained on."""
    card = json.loads(Path(model_module.__file__).with_name("model_card.json").read_text(encoding="utf-8"))
    digests = frozenset(card["digests"])
    return sum(note.digest in digests for note in notes)
