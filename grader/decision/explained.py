"""Figures of an exam, each with what it means in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.decision.figures import Sureness
from grader.exam.forms import FormEntry
from grader.feedback import points


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it means, in one sentence."""

    name: str
    value: str
    meaning: str


def figures(sure: Sureness, mark: str) -> tuple[Figure, ...]:
    """Return the figures of a whole exam with what each means; those that cannot be told are left out.

    Parameters
    ----------
    mark
        The pass mark in words.
    """
    told = (
        _figure("Mean share of codes", sure.mean, "On average over all sittings; the mark is " + mark + "."),
        _figure(
            "Spread",
            sure.spread,
            "Standard deviation: about two of three sittings lie within so much of the mean.",
        ),
        _ratio(
            "Reliability",
            sure.reliable,
            "Which part of the differences between people is real and would show again on another"
            " form; 0.85 and more is asked of an exam that certifies. Generalizability coefficient, cases within people"
            " and by difficulty (Brennan 2001); KR-20 would ask for the same questions in all forms.",
        ),
        _figure(
            "Standard error of measurement",
            sure.error,
            "So far a share lies from what the same person would reach over many forms, on average.",
        ),
        _figure(
            "The same at the pass mark",
            sure.error_at_mark,
            "For somebody whose true share is the mark (Keats 1957).",
        ),
        *_consistency(sure),
    )
    return tuple(figure for figure in told if figure is not None)


def _consistency(sure: Sureness) -> Iterator[Figure | None]:
    found = sure.consistent
    if found is None:
        return
    yield _figure(
        "Decision consistency",
        found.same,
        "So many would get the same decision on another form, by codes alone"
        " (Livingston and Lewis 1995, two-parameter beta).",
    )
    yield _ratio("The same beyond chance", found.kappa, "Cohen's kappa: 0 is chance, 1 is always the same.")
    yield _figure(
        "Decision accuracy", found.right, "So many get the decision that their true share deserves."
    )
    yield _figure(
        "False passes", found.false_pass, "So many of all pass although their true share is below the mark."
    )
    yield _figure(
        "False fails", found.false_fail, "So many of all fail although their true share reaches the mark."
    )


def _figure(name: str, value: float | None, meaning: str) -> Figure | None:
    return None if value is None else Figure(name, f"{value * 100:.1f} %", meaning)


def _ratio(name: str, value: float | None, meaning: str) -> Figure | None:
    return None if value is None else Figure(name, f"{value:.2f}".replace("-", "−"), meaning)


def form_figures(entries: Sequence[FormEntry], hard: Sequence[float]) -> tuple[Figure, ...]:
    """Return how far the forms of an exam are equal.

    Parameters
    ----------
    hard
        How hard each form is, where enough is known; see `grader.decision.figures.form_difficulties`.
    """
    told = [
        Figure(
            "Points of a form", _span([entry.points for entry in entries]), "Every form should have the same."
        ),
        Figure(
            "Cases in a form",
            _span([len(entry.cases) for entry in entries]),
            "Every form should have as many.",
        ),
    ]
    if len(hard) >= 2:
        told.append(
            Figure(
                "Difficulty of forms",
                f"{min(hard) * 100:.1f} to {max(hard) * 100:.1f} %",
                f"Mean share that others reached on the questions of a form; so far apart are the hardest and the easiest of"
                f" {len(hard)} forms.",
            )
        )
    return tuple(told)


def _span(numbers: Sequence[float]) -> str:
    if not numbers:
        return "–"
    low, high = points(min(numbers)), points(max(numbers))
    return low if low == high else f"{low} to {high}"
