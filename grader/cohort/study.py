"""The whole study: cohorts sit, and what came of it is put into one card that the page is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from grader.cohort.forms import codes_of, form_spread, turned
from grader.cohort.rates import Share, Verdict, causes, rates, share, verdict
from grader.cohort.trainee import ABLE, BEGINNERS, FINISHERS, NARROW, READY_OR_NOT, Cohort
from grader.cohort.world import Cells, Sitter, Tell, World, resized, seat
from grader.decision.figures import counted
from grader.decision.statistics import error_at_mark, reliability
from grader.exam.blueprint import BlueprintFile, Standard
from grader.exam.form import Form
from grader.library.item_keys import CodesKey

MAIN = (READY_OR_NOT, FINISHERS)
OTHERS = (BEGINNERS, ABLE, NARROW)
LENGTHS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
MARKS = (0.93, 0.94, 0.95, 0.96, 0.97)
ALLOWED = (0, 1, 2)
OTHER_SEEDS = 4
EDGES = (0.0, 0.8, 0.85, 0.9, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 1.0)
KEPT = 3
"""How many sittings the card keeps, so that they can be compared with sittings made anew."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Seated:
    """A cohort that has sat, with what was decided by the standard of the blueprint."""

    cohort: Cohort
    sitters: tuple[Sitter, ...]
    verdicts: tuple[Verdict, ...]


def study(world: World, count: int, seed: int, tell: Tell) -> dict[str, Any]:
    """Run every part of the study and return its numbers as JSON data; the same arguments give the same bytes."""
    standard = world.blueprint.standard
    main = [_seated(world, cohort, count, seed, tell, thrice=True) for cohort in MAIN]
    others = [_seated(world, cohort, count, seed, tell) for cohort in OTHERS]
    found = {
        **_about(world.blueprint, world.forms, count, seed),
        "cohorts": {each.cohort.name: _told(each, standard) for each in (*main, *others)},
        "forms": form_spread(world),
        "parts": {each.cohort.name: _parts(world, each, seed, tell) for each in main},
        "sample": [_kept(each, world.forms) for each in main[0].sitters[:KEPT]],
    }
    rounded: dict[str, Any] = _rounded(found)
    return rounded


def _seated(world: World, cohort: Cohort, count: int, seed: int, tell: Tell, thrice: bool = False) -> Seated:
    sitters = seat(world, cohort, count, seed, tell, thrice)
    return Seated(cohort, sitters, tuple(_decided(sitters, world.blueprint.standard)))


def _decided(
    sitters: Iterable[Sitter], standard: Standard, true: Standard | None = None
) -> Iterable[Verdict]:
    return (verdict(each.truth, each.cells, standard, true) for each in sitters)


def _about(blueprint: BlueprintFile, forms: Sequence[Form], count: int, seed: int) -> dict[str, Any]:
    keys = [key for form in forms for each in form.keys.values() for key in each.items.values()]
    codes = sum(len(key.expected) for key in keys if isinstance(key, CodesKey))
    return {
        "exam": blueprint.id,
        "title": blueprint.title,
        "minutes": blueprint.time.minutes,
        "standard": blueprint.standard.model_dump(),
        "trainees": count,
        "seed": seed,
        "drawn": len(forms),
        "encounters": len(forms[0].cases),
        "questions": len(keys) / len(forms),
        "codes": codes / len(forms),
    }


def _told(each: Seated, standard: Standard) -> dict[str, Any]:
    """Return what is told of every cohort."""
    true = [one.true_codes for one in each.verdicts]
    seen = [one.codes for one in each.verdicts]
    shares = [counted(sitter.cells, _strata(sitter.cells)) for sitter in each.sitters]
    sittings = [one for one in shares if one is not None]
    return {
        "groups": [asdict(group) for group in each.cohort.groups],
        "quartiles": [float(value) for value in np.quantile(true, (0.25, 0.5, 0.75))],
        "rates": _counts(each.verdicts, standard),
        "reliability": reliability(sittings),
        "error_at_mark": error_at_mark(sittings, standard.codes),
        "correlation": float(np.corrcoef(true, seen)[0, 1]),
    }


def _strata(cells: Cells) -> dict[str, str]:
    """Return parts of a form: charts that ask for codes alone, and those that ask for more."""
    several = {cell.case for cell in cells if not cell.counts_codes}
    return {cell.case: "several" if cell.case in several else "codes" for cell in cells}


def _counts(verdicts: Sequence[Verdict], standard: Standard) -> dict[str, dict[str, Any]]:
    return {name: _count(found) for name, found in rates(verdicts, standard.codes).items()}


def _count(found: Share) -> dict[str, Any]:
    low, high = found.interval
    return {"of": found.of, "count": found.count, "low": low, "high": high}


def _parts(world: World, each: Seated, seed: int, tell: Tell) -> dict[str, Any]:
    """Return what is told of the main cohorts alone, over the trainees of several seeds."""
    standard = world.blueprint.standard
    runs = {seed: each}
    for other in range(seed + 1, seed + 1 + OTHER_SEEDS):
        runs[other] = _seated(world, each.cohort, len(each.sitters), other, tell)
    whole = _together(runs.values())
    tell(f"{each.cohort.name}: other rules and lengths")
    seen = [one.codes for one in each.verdicts]
    again = [codes_of(sitter.other) for sitter in each.sitters]
    return {
        "parallel": float(np.corrcoef(seen, again)[0, 1]),
        "bins": list(_bins(whole.verdicts)),
        "causes": causes(whole.verdicts),
        "turned": turned(each.sitters, standard),
        "lengths": [_length(whole if factor <= 1 else each, factor, seed, standard) for factor in LENGTHS],
        "allowed": [_allowing(whole, most, standard) for most in ALLOWED],
        "marks": [_at_mark(whole, mark, standard) for mark in MARKS],
        "seeds": [{"seed": number, **_both(run.verdicts)} for number, run in runs.items()],
        "together": _counts(whole.verdicts, standard),
    }


def _together(runs: Iterable[Seated]) -> Seated:
    """Return several runs as one."""
    found = tuple(runs)
    sitters = tuple(sitter for run in found for sitter in run.sitters)
    return Seated(found[0].cohort, sitters, tuple(one for run in found for one in run.verdicts))


def _bins(verdicts: Sequence[Verdict]) -> Iterable[dict[str, Any]]:
    """Yield how many passed by the true share of codes; the last bin takes in its upper edge."""
    for low, high in pairwise(EDGES):
        inside = [one for one in verdicts if low <= one.true_codes < high or (high == 1 == one.true_codes)]
        yield {"from": low, "to": high, "passed": _count(share(one.passed for one in inside))}


def _length(each: Seated, factor: float, seed: int, standard: Standard) -> dict[str, Any]:
    cells = [resized(sitter, factor, seed) for sitter in each.sitters]
    found = [verdict(one.truth, sat, standard) for one, sat in zip(each.sitters, cells, strict=True)]
    shares = [counted(sat, _strata(sat)) for sat in cells]
    return {
        "encounters": len({cell.case for cell in cells[0]}),
        "codes": float(np.mean([sum(cell.reference for cell in sat) for sat in cells])),
        "reliability": reliability([one for one in shares if one is not None]),
        "wrong": _count(share(one.wrong for one in found)),
    }


def _allowing(each: Seated, most: int, standard: Standard) -> dict[str, Any]:
    other = standard.model_copy(update={"invalid_code": most, "uncertain_dx": most})
    found = list(_decided(each.sitters, other))
    return {"allowed": most, **_both(found)}


def _at_mark(each: Seated, mark: float, standard: Standard) -> dict[str, Any]:
    """Return what another mark on the sitting does while competence is told by the standard as it is."""
    found = list(_decided(each.sitters, standard.model_copy(update={"codes": mark}), standard))
    return {"mark": mark, **_both(found)}


def _both(found: Sequence[Verdict]) -> dict[str, Any]:
    return {
        "false_pass": _count(share(one.false_pass for one in found)),
        "false_fail": _count(share(one.false_fail for one in found)),
        "wrong": _count(share(one.wrong for one in found)),
    }


def _kept(sitter: Sitter, forms: Sequence[Form]) -> dict[str, Any]:
    return {
        "trainee": sitter.trainee.name,
        "form": sitter.form,
        "id": forms[sitter.form].id,
        "codes": codes_of(sitter.cells),
        "points": sum(cell.points or 0.0 for cell in sitter.cells),
    }


def _rounded(found: Any) -> Any:
    """Return data with shares rounded: the last digits of a sum are not the same on every machine."""
    if isinstance(found, float):
        return round(found, _DIGITS)
    if isinstance(found, dict):
        return {name: _rounded(value) for name, value in found.items()}
    return [_rounded(value) for value in found] if isinstance(found, (list, tuple)) else found
