"""The tables of the page, and the numbers that its sentences name; each comes from the card."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.cohort.card import ALL, MAIN, READY, Card, Rate, Wrong
from grader.cohort.names import COHORT_NAMES, PART_NAMES
from grader.site.reading.tables import Table, percent

_SHORT = {READY: "Ready, or not yet", ALL: "All who finish"}
_KINDS = ("false_pass", "false_fail", "wrong")
_HEAD = ("Passes, but should not", "Fails, but should not", "Both")


def ranged(rate: Rate) -> str:
    """Write a share with its range: ``7.4% (6.4–8.5)``."""
    return f"{percent(rate.value)} ({100 * rate.low:.1f}–{100 * rate.high:.1f})"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def results(card: Card) -> Table:
    """Show wrong decisions of the two main cohorts, over all seeds."""
    rows = [
        ("Truly reach the standard", "competent"),
        ("Pass", "passed"),
        ("Pass, but should not (false pass)", "false_pass"),
        ("Fail, but should not (false fail)", "false_fail"),
        ("Decided wrongly, both together", "wrong"),
        ("Wrong, and more than two points from the mark", "wrong_far"),
        ("Of those who should pass: pass", "passed_of_competent"),
        ("Of those who pass: should pass", "competent_of_passed"),
    ]
    shown = [
        (label, *(ranged(getattr(card.parts[name].together, field)) for name in MAIN))
        for label, field in rows
    ]
    return Table("How often the exam decides wrongly", ("Trainees", *_SHORT.values()), tuple(shown))


def cohorts(card: Card) -> Table:
    """Show every cohort: who they are, and how often decisions about them are wrong; the main ones over all seeds."""
    rows = []
    for name, told in card.cohorts.items():
        rates = card.parts[name].together if name in card.parts else told.rates
        quartiles = " · ".join(f"{100 * value:.0f}" for value in told.quartiles)
        cells = (quartiles, percent(rates.competent.value), ranged(rates.wrong), _ratio(told.reliability))
        rows.append((COHORT_NAMES[name], *cells))
    head = (
        "Cohort",
        "True shares of codes at a quarter, half, three quarters",
        "Should pass",
        "Decided wrongly",
        "Reliability",
    )
    return Table("Other people, other numbers", head, tuple(rows))


def by_true_share(card: Card) -> Table:
    """Show how many pass by the true share of codes."""
    rows = []
    for places in zip(*(card.parts[name].bins for name in MAIN), strict=True):
        band = f"{100 * places[0].start:.0f}–{100 * places[0].end:.0f}%"
        rows.append((band, *(_of(place.passed) for place in places)))
    return Table("Passes by true share of codes", ("True share", *_SHORT.values()), tuple(rows))


def _of(rate: Rate) -> str:
    return f"{percent(rate.value)} ({rate.count} of {rate.of})" if rate.of else "–"


def causes(card: Card) -> Table:
    """Show what wrong decisions are due to."""
    rows = []
    for part, label in PART_NAMES.items():
        counts = [getattr(card.parts[name].causes, kind).get(part, 0) for name in MAIN for kind in _KINDS[:2]]
        rows.append((label, *map(str, counts)))
    head = (
        "Part of the standard",
        *(f"{short}: {kind}" for short in _SHORT.values() for kind in ("false pass", "false fail")),
    )
    return Table(
        f"What wrong decisions are due to, of {card.trainees} trainees in each cohort", head, tuple(rows)
    )


def lengths(card: Card) -> Table:
    """Show what a shorter or a longer exam would do."""
    pairs = zip(*(card.parts[name].lengths for name in MAIN), strict=True)
    rows = [
        (
            f"{one.encounters}",
            f"{one.codes:.0f}",
            ranged(one.wrong),
            ranged(other.wrong),
            _ratio(one.reliability),
        )
        for one, other in pairs
    ]
    head = ("Encounters", "Codes", *(f"{short}: wrong" for short in _SHORT.values()), "Reliability")
    return Table("Shorter and longer exams", head, tuple(rows))


def allowed(card: Card) -> Table:
    """Show what the allowance of automatic fails does."""
    return _under(
        "How many invalid codes, and how many uncertain diagnoses, a pass may have", "Allowed of each",
        {name: {f"{each.allowed}": each for each in card.parts[name].allowed} for name in MAIN},
    )  # fmt: skip


def marks(card: Card) -> Table:
    """Show what another mark does, while who should pass stays the same."""
    return _under(
        "Another mark on the sitting", "Mark",
        {name: {percent(each.mark): each for each in card.parts[name].marks} for name in MAIN},
    )  # fmt: skip


def seeds(card: Card) -> Table:
    """Show how far the numbers move with other trainees."""
    return _under(
        f"Other trainees, {card.trainees} each time", "Seed",
        {name: {f"{each.seed}": each for each in card.parts[name].seeds} for name in MAIN},
    )  # fmt: skip


def _under(caption: str, first: str, found: dict[str, dict[str, Wrong]]) -> Table:
    """Return a table of the three kinds of wrong decisions under several conditions, cohort by cohort."""
    rows = [
        (f"{condition}, {_SHORT[name].lower()}", *(percent(getattr(each, kind).value) for kind in _KINDS))
        for name in MAIN
        for condition, each in found[name].items()
    ]
    return Table(caption, (f"{first}, cohort", *_HEAD), tuple(rows))


def made_from(card: Card) -> Table:
    """Show what was simulated."""
    rows = [
        ("Exam", card.title),
        ("Encounters, codes of a form", f"{card.encounters}, {card.codes:.0f} on average"),
        ("Time", f"{card.minutes} minutes"),
        ("Forms drawn", f"{card.drawn}"),
        ("Trainees in each cohort", f"{card.trainees}"),
        ("Seed", f"{card.seed}"),
        ("Digest of the blueprint begins with", card.blueprint[:12]),
        ("Digest of the pool begins with", card.pool[:12]),
    ]
    return Table("What was simulated", ("Fact", "Value"), tuple(rows))


TABLES: dict[str, Callable[[Card], Table]] = {
    "results": results,
    "cohorts": cohorts,
    "causes": causes,
    "lengths": lengths,
    "allowed": allowed,
    "marks": marks,
    "seeds": seeds,
    "made-from": made_from,
}
"""The tables that a page may ask for."""


def numbers(card: Card) -> dict[str, str]:
    """Return every number that the sentences of the page may name, written as the page shows it."""
    told = {
        "encounters": f"{card.encounters}",
        "codes": f"{card.codes:.0f}",
        "hours": _hours(card.minutes),
        "trainees": f"{card.trainees}",
        "runs": f"{len(card.parts[READY].seeds)}",
        "together": f"{card.parts[READY].together.wrong.of:,}",
        "drawn": f"{card.drawn}",
        "mark": f"{100 * (card.standard['codes'] or 0):.0f}",
        "form-spread": f"{100 * card.forms.spread:.1f}",
        "form-luck": f"{100 * card.forms.luck:.1f}",
        "narrow-wrong": percent(card.cohorts["narrow"].rates.wrong.value),
    }
    for name, short in ((READY, "ready"), (ALL, "all")):
        told |= {f"{short}-{kind}": value for kind, value in _of_cohort(card, name)}
    return told


def _of_cohort(card: Card, name: str) -> Iterable[tuple[str, str]]:
    whole, told = card.parts[name], card.cohorts[name]
    for field in ("wrong", "false_pass", "false_fail", "wrong_far", "near", "competent_of_passed"):
        yield field.replace("_", "-"), percent(getattr(whole.together, field).value)
    yield "reliability", _ratio(told.reliability)
    yield "parallel", f"{whole.parallel:.2f}"
    yield "correlation", f"{told.correlation:.2f}"
    yield "error", "–" if told.error_at_mark is None else f"{100 * told.error_at_mark:.1f}"
    yield "other-form", percent(whole.turned.other_form)
    yield "other-day", percent(whole.turned.other_day)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} hours" + (f" and {rest} minutes" if rest else "")
