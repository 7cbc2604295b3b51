"""What was decided as a table: for a terminal, and for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.decision.file import Change
from grader.decision.judged import FAILURES
from grader.decision.outcome import OUTCOMES, PASSED, Criterion, Outcome
from grader.decision.standard import is_short
from grader.decision.words import CRITERIA, SHARES, SHORT_FORM, counted, is_share, other_reasons, percent
from grader.decision.words import OUTCOMES as TITLES
from grader.grading.reports.spreadsheet import Cell, private_table
from grader.visible import one_line

FILE = "decisions.csv"
_COLUMNS = (
    "trainee", "name", "form", "attempt", "outcome", "handed_in", "minutes",
    *(f"{name}_percent" for name in SHARES), *(f"{name}_cases" for name in FAILURES), "near_the_mark", "reasons",
)  # fmt: skip
_WIDE = 9


def as_text(outcomes: Sequence[Outcome]) -> str:
    """Return the decisions for a terminal."""
    width = max([12, *(len(one_line(outcome.trainee)) for outcome in outcomes)])
    heads = "".join(f" {name:>{_WIDE}}" for name in ("Codes", "First", "Notes", "Tasks"))
    lines = [f"{'Trainee':<{width}} {'Try':>3} {'Outcome':<16}{heads}  Reasons"]
    for outcome in outcomes:
        parts = {each.name: each for each in outcome.criteria}
        shares = "".join(f" {_share(parts.get(name)):>{_WIDE}}" for name in SHARES)
        near = "(near the mark) " if outcome.near else ""
        lines.append(
            f"{one_line(outcome.trainee):<{width}} {outcome.attempt:>3} {TITLES[outcome.outcome]:<16}{shares}"
            f"  {near}{one_line(' '.join(other_reasons(outcome)))}".rstrip()
        )
    counts = Counter(outcome.outcome for outcome in outcomes)
    said = [f"{counts[name]} {TITLES[name].lower()}" for name in OUTCOMES if counts[name]]
    legend = "* misses what is asked; ? an instructor has to confirm it first."
    short = [SHORT_FORM] if any(map(is_short, outcomes)) else []
    return "\n".join([*lines, "", legend, *short, f"{counted(len(outcomes), 'form')}: {', '.join(said)}."])


def _share(criterion: Criterion | None) -> str:
    if criterion is None:
        return "–"
    return percent(criterion.value) + {True: " ", False: "*", None: "?"}[criterion.met]


def changes_as_text(changes: Sequence[Change]) -> str:
    """Return what is decided otherwise than before, before and after; empty where nothing is."""
    told = [change for change in changes if change.before is not None]
    if not told:
        return ""
    other = [change for change in told if _said(change.before) != _said(change.after)]
    same = [change for change in told if change not in other]
    lines = ["Decided otherwise than before:"] if other else []
    lines += [f"{_whose(change)}: {_said(change.before)} → {_said(change.after)}" for change in other]
    lines += ["The outcome stays, but parts have changed:"] if same else []
    lines += [f"{_whose(change)}: {_said(change.after)}; {_parts(change)}" for change in same]
    if any(_no_pass_any_more(change) for change in told):
        lines.append(
            "A certificate that was issued for a pass holds until you revoke it: see `python -m grader revoke --help`."
        )
    return "\n".join(lines)


def _whose(change: Change) -> str:
    return f"  {one_line(change.form.trainee)} ({change.form.form})"


def _parts(change: Change) -> str:
    """Return the parts of the standard that came out otherwise, before and after."""
    old, new = (
        {each.name: _part(each) for each in (outcome.criteria if outcome else ())}
        for outcome in (change.before, change.after)
    )
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    told = [f"{CRITERIA[name].lower()} {old.get(name, '–')} → {new.get(name, '–')}" for name in names]
    return ", ".join(told) or "another number of codes, points or cases was counted"


def _part(criterion: Criterion) -> str:
    reached = percent(criterion.value) if is_share(criterion) else f"{criterion.value:.0f}"
    met = {True: "met", False: "not met", None: "to confirm"}[criterion.met]
    return f"{reached} ({met})"


def _no_pass_any_more(change: Change) -> bool:
    before, after = (outcome and outcome.outcome for outcome in (change.before, change.after))
    return before == PASSED and after != PASSED


def _said(outcome: Outcome | None) -> str:
    if outcome is None:
        return "there is no such form any more"
    codes = next((percent(each.value) for each in outcome.criteria if each.name == "codes"), "")
    return TITLES[outcome.outcome].lower() + (f" with {codes} of codes" if codes else "")


def write_table(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the decisions as CSV, for its owner's eyes alone; no cell is a formula.

    Raises
    ------
    CourseError
        When it cannot be written.
    """
    with private_table(path, _COLUMNS) as write:
        for outcome in outcomes:
            write([*_row(outcome)])


def _row(outcome: Outcome) -> Sequence[Cell]:
    parts: Mapping[str, Criterion] = {each.name: each for each in outcome.criteria}
    shares = [100 * parts[name].value if name in parts else None for name in SHARES]
    fails = [int(parts[name].value) if name in parts else None for name in FAILURES]
    return (
        outcome.trainee,
        outcome.name,
        outcome.form,
        outcome.attempt,
        outcome.outcome,
        outcome.sat.isoformat() if outcome.sat else None,
        outcome.minutes,
        *shares,
        *fails,
        "yes" if outcome.near else "no",
        " ".join(outcome.reasons),
    )
