"""Training the model that reads notes, and writing it in whole numbers.

Three steps, each on what the one before says of writers whom it never saw:

1. *statement*: does a clause state an element, at all and in full (two logistic regressions an element);
2. *contrast*: does a clause contradict the fact of an element (one for all);
3. *weighing*: what a whole note says, from its strongest clauses (three small ones an element).

Every regression is fitted by coordinate descent on sparse data, one thread, a fixed seed and no linear-algebra library:
the same notes give the same model, byte for byte.
"""

from __future__ import annotations

import warnings
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from grader.errors import CourseError
from grader.evaluation.corpus import writers_of
from grader.evaluation.samples import Sample
from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.contrast import COMPARED, is_compared
from grader.scoring.documentation.find import LEAST_STATED, note_evidence, statements_of, strength
from grader.scoring.documentation.model import FAR, OFFSET, SCALE, Model

SEED = 1
FOLDS = 5
_SEEN = 3  # times that a feature must occur to be learned from
_STATEMENT_C, _CONTRAST_C, _WEIGHING_C = 2.0, 0.4, 5.0
_CONTRADICTION_WEIGHT = 2.0  # there are thirty agreeing clauses to a contradicting one
_LEAST_WEIGHT = 1  # of SCALE: what is smaller decides nothing

Rows = Sequence[Iterable[str]]
Truth = NDArray[np.bool_]


def train(read: Sequence[Sample]) -> dict[str, Any]:
    """Learn from labelled notes and return the model as plain data; see `Model.from_data`."""
    writers = writers_of(sample.note for sample in read)
    unlabelled = next((sample.note.id for sample in read if not sample.note.labels), None)
    if unlabelled or len(writers) < 2:
        lacking = f"{unlabelled} has no labels." if unlabelled else "There is one writer only."
        raise CourseError(f"Training needs labels on every note, and two writers or more. {lacking}")
    for fold in range(FOLDS):
        held = set(writers[fold::FOLDS])
        model = _statement_model([sample for sample in read if sample.note.writer not in held])
        _state(model, [sample for sample in read if sample.note.writer in held])
    contrasts = _contrast_rows(read)
    weighing = _weighing(read, contrasts, writers)
    return {
        "schema": "model/1",
        "statement": _fit_statement(read),
        "contrast": _fit_contrast(contrasts),
        "weighing": weighing,
    }


def _state(model: Model, read: Iterable[Sample]) -> None:
    for sample in read:
        sample.statements = statements_of(sample.seen, model)


def _statement_model(read: Sequence[Sample]) -> Model:
    return Model.from_data(
        {"statement": _fit_statement(read), "contrast": {"weights": {}, "bias": 0}, "weighing": {}}
    )


def _fit_statement(read: Sequence[Sample]) -> dict[str, Any]:
    marked = [sample for sample in read if sample.note.is_marked]
    rows = [clause.features for sample in marked for clause in sample.seen]
    states = [found for sample in marked for found in sample.states]
    vocabulary = _vocabulary(rows)
    matrix = _matrix(rows, vocabulary)
    truths = [np.array([element in found for found in states]) for element in ELEMENTS]
    truths += [
        np.array([found.get(element) in ("present", "contradicted") for found in states])
        for element in ELEMENTS
    ]
    fitted = [_fit(matrix, truth, _STATEMENT_C) for truth in truths]
    weights = np.clip(np.rint(np.array([w for w, _ in fitted]) * SCALE), -OFFSET, OFFSET - 1).astype(int)
    kept = {
        name: b64encode(bytes((weights[:, column] + OFFSET).tolist())).decode()
        for name, column in vocabulary.items()
        if np.abs(weights[:, column]).max() > _LEAST_WEIGHT
    }
    return {"bias": [_whole(bias) for _, bias in fitted], "weights": kept}


class _Contrasts:
    """Features of every clause beside a fact that it may contradict, and whether it does."""

    def __init__(self) -> None:
        self.rows: list[frozenset[str]] = []
        self.truth: list[bool] = []
        self.writers: list[str] = []
        self.marked: list[bool] = []

    def chosen(self, writers: set[str]) -> tuple[list[frozenset[str]], Truth]:
        """Return rows and truth of some writers whose evidence is marked."""
        places = [
            place for place, writer in enumerate(self.writers) if writer in writers and self.marked[place]
        ]
        return [self.rows[place] for place in places], np.array([self.truth[place] for place in places])


def _contrast_rows(read: Iterable[Sample]) -> _Contrasts:
    found = _Contrasts()
    for sample in read:
        for at, (states, statement) in enumerate(zip(sample.states, sample.statements, strict=True)):
            for place, element in enumerate(ELEMENTS):
                said = statement.stated[place]
                if element not in COMPARED or (said < LEAST_STATED and element not in states):
                    continue
                found.rows.append(sample.contrast(at, element) | strength(element, said))
                found.truth.append(states.get(element) == "contradicted")
                found.writers.append(sample.note.writer)
                found.marked.append(sample.note.is_marked)
    return found


def _fit_contrast(contrasts: _Contrasts, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    rows, truth = contrasts.chosen(set(contrasts.writers) - without)
    vocabulary = _vocabulary(rows)
    weights, bias = _fit(_matrix(rows, vocabulary), truth, _CONTRAST_C, _CONTRADICTION_WEIGHT)
    whole = {name: _whole(weights[column]) for name, column in vocabulary.items()}
    return {
        "bias": _whole(bias),
        "weights": {name: w for name, w in whole.items() if abs(w) >= _LEAST_WEIGHT},
    }


def _weighing(read: Sequence[Sample], contrasts: _Contrasts, writers: Sequence[str]) -> dict[str, Any]:
    against = _held_out_contrasts(read, contrasts, writers)
    weighing = {}
    for place, element in enumerate(ELEMENTS):
        labels = np.array([sample.note.labels[element] for sample in read])
        evidence = np.array([_evidence(sample, place, element) for sample in read], dtype=float) / SCALE
        said = labels != "absent"
        weighing[element] = {
            "stated": _small(evidence, said),
            "in_full": _small(evidence[said], labels[said] != "partial"),
            "contradicted": _small(against[:, [place]], labels == "contradicted"),
        }
    return weighing


def _evidence(sample: Sample, place: int, element: str) -> list[int]:
    stated = [statement.stated[place] for statement in sample.statements]
    in_full = [statement.in_full[place] for statement in sample.statements]
    return [max(-FAR, min(FAR, value)) for value in note_evidence(element, sample.seen, stated, in_full)]


def _held_out_contrasts(
    read: Sequence[Sample], contrasts: _Contrasts, writers: Sequence[str]
) -> NDArray[np.float64]:
    """Return for each note and element how strongly it contradicts, by a model that never saw its writer."""
    against = np.full((len(read), len(ELEMENTS)), -FAR / SCALE)
    for fold in range(FOLDS):
        held = frozenset(writers[fold::FOLDS])
        data = {"statement": {"weights": {}, "bias": []}, "contrast": _fit_contrast(contrasts, held)}
        model = Model.from_data({**data, "weighing": {}})
        for row, sample in enumerate(read):
            if sample.note.writer in held:
                for place, element in enumerate(ELEMENTS):
                    against[row, place] = _strongest(sample, place, element, model) / SCALE
    return against


def _strongest(sample: Sample, place: int, element: str, model: Model) -> int:
    """Return how strongly a note contradicts a fact, as `find.strongest_contrast` does, from what is worked out."""
    if element not in COMPARED or not sample.record.fact(element).text:
        return -FAR
    compared = [
        model.contrast(sample.contrast(at, element) | strength(element, statement.stated[place]))
        for at, statement in enumerate(sample.statements)
        if statement.stated[place] >= LEAST_STATED and is_compared(element, sample.seen[at], sample.record)
    ]
    return max(-FAR, min(FAR, max(compared, default=-FAR)))


def _small(values: NDArray[np.float64], truth: Truth) -> list[int]:
    """Return the weights of a few values and a constant, in whole numbers."""
    if truth.all() or not truth.any():
        return [0] * values.shape[1] + [FAR if truth.all() else -FAR]
    weights, bias = _fit(csr_matrix(values), truth, _WEIGHING_C)
    return [*map(_whole, weights), _whole(bias)]


def _vocabulary(rows: Rows) -> dict[str, int]:
    counted = Counter(name for row in rows for name in row)
    return {name: column for column, name in enumerate(sorted(n for n, k in counted.items() if k >= _SEEN))}


def _matrix(rows: Rows, vocabulary: dict[str, int]) -> csr_matrix:
    columns, starts = [], [0]
    for row in rows:
        columns += sorted(vocabulary[name] for name in row if name in vocabulary)
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(vocabulary)))


def _fit(
    matrix: csr_matrix, truth: Truth, c: float, weight: float = 1.0
) -> tuple[NDArray[np.float64], float]:
    """Return weights and constant of a logistic regression."""
    regression = LogisticRegression(
        solver="liblinear",
        dual=True,
        C=c,
        max_iter=300,
        tol=1e-3,
        random_state=SEED,
        class_weight={False: 1.0, True: weight},
    )
    with warnings.catch_warnings():
        # After 300 rounds nothing that matters moves; the weights are rounded to 1/32 in any case.
        warnings.simplefilter("ignore", ConvergenceWarning)
        regression.fit(matrix, truth)
    return regression.coef_[0], float(regression.intercept_[0])


def _whole(value: float) -> int:
    return round(float(value) * SCALE)
