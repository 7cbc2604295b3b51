"""The model card: what a model reads of writers whom it never saw, one writer held out at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from itertools import pairwise
from typing import Any

from grader.evaluation.corpus import LabelledNote, writers_of
from grader.evaluation.measures import counts, f1
from grader.evaluation.predictions import Prediction, measured, predict
from grader.evaluation.samples import Sample, samples
from grader.evaluation.training import SEED, train
from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.model import Model

Progress = Callable[[str], None]
_SHARED = "w"  # writers whose notes come from elsewhere; those of the project are p1, p2, …
_BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_DIGITS = 4
_VOICES = 5


def held_out(notes: Sequence[LabelledNote], progress: Progress) -> list[Prediction]:
    """Read the notes of every writer with a model trained on all the others; on every core, for each takes a while."""
    writers = writers_of(notes)
    found: list[Prediction] = []
    start = partial(_prepare, notes)
    with ProcessPoolExecutor(initializer=start) as pool:
        for number, predictions in enumerate(pool.map(_without, writers), 1):
            progress(f"  {number} of {len(writers)}: without {writers[number - 1]}")
            found += predictions
    return found


_read: list[Sample] = []  # of this process: the notes are read once, not for every writer


def _prepare(notes: Sequence[LabelledNote]) -> None:
    _read[:] = samples(notes)


def _without(writer: str) -> list[Prediction]:
    model = Model.from_data(train([sample for sample in _read if sample.note.writer != writer]))
    return predict([sample.note for sample in _read if sample.note.writer == writer], model)


def model_bytes(data: Mapping[str, Any]) -> bytes:
    """Return the file of a model: the same bytes for the same model."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode() + b"\n"


def card(notes: Sequence[LabelledNote], predictions: Sequence[Prediction], model: bytes) -> dict[str, Any]:
    """Return the model card as plain data."""
    groups: dict[str, list[Prediction]] = {"all": list(predictions), "shared": [], "own": []}
    for prediction in predictions:
        writer = prediction.note.writer
        groups["shared" if writer.startswith(_SHARED) else "own"].append(prediction)
        groups.setdefault(writer, []).append(prediction)
    return {
        "schema": "model-card/1",
        "notes": len(notes),
        "writers": len(writers_of(notes)),
        "seed": SEED,
        "trained_on": [_writer(name, notes) for name in writers_of(notes)],
        "held_out": {name: _rounded(measured(group)) for name, group in groups.items() if group},
        "elements": {element: _element(element, predictions) for element in ELEMENTS},
        "calibration": _calibration(predictions),
        "model": {
            "bytes": len(model),
            "features": len(json.loads(model)["statement"]["weights"]),
            "sha256": hashlib.sha256(model).hexdigest(),
        },
        "failures": list(FAILURES),
        "digests": sorted(note.digest for note in notes),
    }


FAILURES = (
    "Wit and rare comparisons: a tablet that “might as well have been peppermint” is often not read as no relief.",
    "What makes it worse and better, when both are told without a word for worse or better, or swapped in a long sentence.",
    "Two facts in one long sentence, of which one is wrong: the sentence is quoted, and the wrong part may be missed.",
    "Observation and response to treatment, told as what the patient did next.",
    "A note without any punctuation is read in pieces of 250 characters; what stands in different pieces is not joined.",
    "Charts whose site is known: whether the cause is named is judged by a simple rule, not by the model.",
    "Languages other than English.",
)
"""What is known to go wrong, in words."""


def _writer(name: str, notes: Sequence[LabelledNote]) -> dict[str, Any]:
    own = [note for note in notes if note.writer == name]
    states = [state for note in own for state in note.labels.values()]
    voices = sorted({note.style.replace("_", " ") for note in own if note.style})
    return {
        "writer": name,
        "voices": ", ".join(voices) if len(voices) <= _VOICES else "mixed",
        "notes": len(own),
        "cases": len({note.case for note in own}),
        "present": states.count("present"),
        "partial": states.count("partial"),
        "contradicted": states.count("contradicted"),
    }


def _rounded(found: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    return {
        name: {part: round(value, _DIGITS) for part, value in asdict(each).items()}
        for name, each in found.items()
    }


def _element(element: str, predictions: Sequence[Prediction]) -> dict[str, float]:
    pairs = [prediction.pair for prediction in predictions]
    both, read, labelled = counts(pairs, "present", (element,))
    return {
        "f1": round(f1(both, read, labelled), _DIGITS),
        "precision": round(both / (both + read), _DIGITS) if both + read else 1.0,
        "recall": round(both / (both + labelled), _DIGITS) if both + labelled else 1.0,
        "contradiction_f1": round(f1(*counts(pairs, "contradicted", (element,))), _DIGITS),
        "n": both + labelled,
    }


def _calibration(predictions: Sequence[Prediction]) -> list[dict[str, float]]:
    """Return for each range of confidences what was said and how often it was right."""
    said = [
        (found.confidence, found.state == prediction.note.labels[element])
        for prediction in predictions
        for element, found in prediction.states.items()
    ]
    bins = []
    for low, high in pairwise(_BINS):
        inside = [each for each in said if low <= each[0] < high or (high == 1.0 and each[0] == 1.0)]
        if inside:
            bins.append(
                {
                    "from": low,
                    "to": high,
                    "said": round(sum(confidence for confidence, _ in inside) / len(inside), _DIGITS),
                    "right": round(sum(right for _, right in inside) / len(inside), _DIGITS),
                    "n": len(inside),
                }
            )
    return bins
