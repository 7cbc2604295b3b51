"""Whether a blueprint can be met by the pool, and in words which of its demands cannot."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from grader.exam.assembly import NO_MOST, Demand, Exhausted, Stratum, assemble, reach
from grader.exam.blueprint import BlueprintFile
from grader.exam.demands import task_of
from grader.exam.parts import refused
from grader.exam.pool import Pool

_ANY = 0  # which of the forms is found does not matter


def check_possible(blueprint: BlueprintFile, pool: Pool, known: Collection[str] = ()) -> None:
    """Make sure that there is a form, or say which demand cannot be met and what the pool has.

    Parameters
    ----------
    blueprint
        What every form has.
    pool
        What is drawn from.
    known
        Ids of encounters that a trainee had before.

    Raises
    ------
    BlueprintFileError
        When no form meets the blueprint, or none was found in a reasonable time.
    """
    task = task_of(blueprint, pool, known)
    span = reach(task.strata, task.demands)
    for demand, least, most in zip(task.demands, span.low, span.high, strict=True):
        if most < demand.low or demand.high < least:
            has = f"the parts can give {_range(least, most, demand)}"
            problem = f"it asks for {_asked(demand)} {demand.words}, and {has}"
            raise refused(blueprint, demand.field, problem, "Change this number, or the parts")
    if _found(task.strata, task.demands, known):
        return
    culprits = [each for each in task.demands if _found(task.strata, _without(task.demands, each), known)]
    names = ", ".join(f"{each.field} ({_asked(each)} {each.words})" for each in culprits)
    remedy = f"There are forms without any one of these: {names}" if names else "Loosen two or more of them"
    raise refused(blueprint, "content", "no form was found that meets all its demands together", remedy)


def _without(demands: Sequence[Demand], one: Demand) -> list[Demand]:
    return [each for each in demands if each is not one]


def _found(strata: Sequence[Stratum], demands: Sequence[Demand], known: Collection[str]) -> bool:
    try:
        return assemble(strata, demands, random.Random(_ANY), known) is not None
    except Exhausted:
        return False


def _asked(demand: Demand) -> str:
    if demand.high >= NO_MOST:
        return f"at least {_number(demand.low, demand)}"
    return _range(demand.low, demand.high, demand)


def _range(least: int, most: int, demand: Demand) -> str:
    low, high = _number(least, demand), _number(most, demand)
    return low if low == high else f"{low} to {high}"


def _number(amount: int, demand: Demand) -> str:
    return f"{amount / demand.scale:g}"
