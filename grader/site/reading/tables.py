"""The tables of the page, and the numbers that its sentences name; each comes from the card."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.scoring.documentation.names import NAMES
from grader.site.reading.card import ALL, OWN, SHARED, Bin, Card, Measure, counted

NOTHING = "–"
"""What stands where there was nothing to measure."""
_DIGEST = 12
"""Letters of a digest that tell one model from another."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the lines.

    Parameters
    ----------
    caption
        What it is.
    head
        The names of its columns.
    rows
        Its lines, as they are shown.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def percent(value: float | None) -> str:
    """Write a share: ``93.1%``."""
    return NOTHING if value is None else f"{100 * value:.1f}%"


def _ratio(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


Write = Callable[[float | None], str]
SHOWN: dict[str, tuple[str, Write]] = {
    "micro_f1": ("Elements found (F1)", percent),
    "macro_f1": ("The same, each element equal", percent),
    "precision": ("Found, and rightly so", percent),
    "recall": ("There, and found", percent),
    "kappa": ("Agreement (kappa)", _ratio),
    "qwk": ("Agreement on points (weighted kappa)", _ratio),
    "mae": ("Points apart", _ratio),
    "contradiction_f1": ("Contradictions (F1)", percent),
    "contradiction_precision": ("Contradictions called rightly", percent),
    "contradiction_recall": ("Contradictions noticed", percent),
    "honest_flagged": ("Honest notes flagged", percent),
}
"""What each measure is called, and how it is written."""


def measured(name: str, measure: Measure) -> str:
    """Write a measure with its range, where it has one: ``93.1% (92.0–94.2)``."""
    write = SHOWN[name][1]
    if None in (measure.value, measure.low, measure.high) or measure.low == measure.high:
        return write(measure.value)
    low, high = (write(end).removesuffix("%") for end in (measure.low, measure.high))
    return f"{write(measure.value)} ({low}–{high})"


def held_out(card: Card) -> Table:
    """Show every measure for all writers and for both sets."""
    groups = (ALL, SHARED, OWN)
    rows = [
        (shown, *(measured(name, card.held_out[group][name]) for group in groups))
        for name, (shown, _) in SHOWN.items()
    ]
    return Table(
        "Measured on writers whose notes the program had not seen",
        ("Measure", "All writers", "First set", "Added set"),
        tuple(rows),
    )


def writers(card: Card) -> Table:
    """Show how well each writer's notes are read by a program that has never seen them."""
    names = ("micro_f1", "contradiction_f1", "mae")
    rows = [
        (writer, *(measured(name, card.held_out[writer][name]) for name in names)) for writer in card.tested
    ]
    return Table("By writer", ("Writer", *(SHOWN[name][0] for name in names)), tuple(rows))


def elements(card: Card) -> Table:
    """Show how well each element is read."""
    rows = [
        (
            f"{name} ({found.n:,})",
            *(percent(share) for share in (found.f1, found.precision, found.recall)),
        )
        for element, name in NAMES.items()
        for found in (card.elements[element],)
    ]
    names = ("micro_f1", "precision", "recall")
    head = ("Element (notes that say it)", *(SHOWN[name][0] for name in names))
    return Table("By element, over all writers", head, tuple(rows))


def contradictions(card: Card) -> Table:
    """Show how well contradictions of each element are noticed, the hardest first."""
    shares = {name: card.elements[element].contradiction_f1 for element, name in NAMES.items()}
    unmeasured = [name for name, share in shares.items() if share is None]
    hardest = [name for name, _ in _ranked(shares.items())]
    rows = [(name, percent(shares[name])) for name in (*hardest, *unmeasured)]
    return Table("Contradictions by element", ("Element", SHOWN["contradiction_f1"][0]), tuple(rows))


def training(card: Card) -> Table:
    """Show whose notes the program learned from, and how they write, where the card tells."""
    told = any(each.voices for each in card.trained_on)
    rows = []
    for each in sorted(card.trained_on, key=lambda each: counted(each.writer)):
        how = (each.voices or NOTHING,) if told else ()
        rows.append((each.writer, *how, f"{each.notes} ({each.cases})", f"{each.contradicted}"))
    head = ("Writer", *(("How they write",) if told else ()), "Notes (charts)", "Contradictions")
    return Table("The notes that the program learned from", head, tuple(rows))


def model(card: Card) -> Table:
    """Show what tells this model from another."""
    rows = [
        ("Size", f"{card.model.bytes / 1e6:.1f} MB"),
        ("Signs that it weighs", f"{card.model.features:,}"),
        ("Seed of the training", f"{card.seed}"),
        ("Its SHA-256 digest begins with", card.model.sha256[:_DIGEST]),
    ]
    names = {"p50": "Time for a note, half of them within", "p95": "Time for a note, 95 of 100 within"}
    times = card.ms_per_note or {}
    rows += [(shown, f"{times[name]:.1f} ms") for name, shown in names.items() if name in times]
    return Table("The model", ("Fact", "Value"), tuple(rows))


def calibration(card: Card) -> Table:
    """Show what was said and what was right, by confidence."""
    rows = [(band(each), percent(each.said), percent(each.right), f"{each.n:,}") for each in card.bins]
    head = ("Confidence", "Said", "Right", "Answers")
    return Table("Confidence, and how much of it was right", head, tuple(rows))


def band(each: Bin) -> str:
    """Write the confidence that a bin holds: ``50–60%``."""
    return f"{100 * each.start:.0f}–{100 * each.end:.0f}%"


TABLES: dict[str, Callable[[Card], Table]] = {
    "held-out": held_out,
    "writers": writers,
    "elements": elements,
    "contradictions": contradictions,
    "training": training,
    "model": model,
}
"""The tables that a page may ask for."""


def numbers(card: Card) -> dict[str, str]:
    """Return every number that the sentences of the page may name, written as the page shows it."""
    told = {
        "notes": f"{card.notes:,}",
        "writers": f"{card.writers}",
        "charts": f"{sum(each.cases for each in card.trained_on)}",
        "contradictions": f"{sum(each.contradicted for each in card.trained_on):,}",
        "elements": f"{len(NAMES)}",
        "answers": f"{sum(each.n for each in card.bins):,}",
        "confidence-gap": f"{100 * gap(card):.1f}",
    }
    for name, measure in card.held_out[ALL].items():
        if name in SHOWN:
            told[name.replace("_", "-")] = SHOWN[name][1](measure.value)
    return told | _extremes(card) | _sure(card)


def gap(card: Card) -> float:
    """Return how far confidence and the share that was right are apart, on average over all answers."""
    apart = sum(each.n * abs((each.said or 0) - (each.right or 0)) for each in card.bins)
    return apart / sum(each.n for each in card.bins)


def _extremes(card: Card) -> dict[str, str]:
    """Return the writers and the elements that are read worst and best."""
    voices = {each.writer: each.voices for each in card.trained_on}
    by_writer = _ranked((name, card.held_out[name]["micro_f1"].value) for name in card.tested)
    by_element = _ranked((name, card.elements[element].f1) for element, name in NAMES.items())
    told: dict[str, str] = {}
    for end, place in (("lowest", 0), ("highest", -1)):
        writer, value = by_writer[place]
        how = f" ({voices[writer]})" if voices.get(writer) else ""
        told |= {f"{end}-writer": f"{writer}{how}", f"{end}-writer-f1": percent(value)}
        element, value = by_element[place]
        told |= {f"{end}-element": element.lower(), f"{end}-element-f1": percent(value)}
    return told


def _ranked(values: Iterable[tuple[str, float | None]]) -> list[tuple[str, float]]:
    """Return those that have a value, the lowest first."""
    return sorted(((name, value) for name, value in values if value is not None), key=lambda each: each[1])


def _sure(card: Card) -> dict[str, str]:
    """Return what the surest and the least sure answers are worth."""
    told: dict[str, str] = {}
    for end, each in (("unsure", card.bins[0]), ("sure", card.bins[-1])):
        told |= {f"{end}-band": band(each), f"{end}-right": percent(each.right), f"{end}-answers": f"{each.n:,}"}  # fmt: skip
    return told
