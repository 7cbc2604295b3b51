"""Drawing the facts of an encounter from the axes of a family, and counting how many encounters there are."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from grader.errors import CourseError
from grader.family.facts import Facts, facts_from
from grader.family.source import Axis, Family

FIRST_DAY, LAST_DAY = date(2026, 10, 1), date(2027, 3, 31)
_SATURDAY = 5
_OPEN_AT_WEEKENDS = ("emergency department", "urgent care", "hospital", "observation unit")
_HOLIDAYS = (date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1))
"""Thanksgiving, Christmas, New Year: offices are closed."""


def draw_values(family: Family, rng: random.Random) -> dict[str, str]:
    """Draw a value of each axis, in order, of those that the earlier ones allow.

    Raises
    ------
    CourseError
        When an axis has no value left: the family's conditions contradict each other.
    """
    values: dict[str, str] = {}
    for axis in family.axes:
        possible = _possible(axis, values)
        if not possible:
            raise CourseError(f"{family.name}: no value of {axis.name} is possible with {values}.")
        values[axis.name] = rng.choice(possible)
    return values


def draw_facts(family: Family, rng: random.Random) -> Facts:
    """Draw an encounter: its axes, the age of the patient and the date."""
    values = draw_values(family, rng)
    age = rng.randint(*family.ages)
    return facts_from(values, _day(rng, values.get("setting", "")), age)


def encounters(family: Family) -> Iterator[dict[str, str]]:
    """Yield every distinct encounter that the axes allow, without age, date and wording."""
    yield from _rest(family.axes, {})


def count(family: Family) -> int:
    """Return how many distinct encounters a family has, exactly; age, date and wording do not count."""
    return sum(1 for _ in encounters(family))


def _rest(axes: tuple[Axis, ...], values: Mapping[str, str]) -> Iterator[dict[str, str]]:
    if not axes:
        yield dict(values)
        return
    for value in dict.fromkeys(_possible(axes[0], values)):
        yield from _rest(axes[1:], {**values, axes[0].name: value})


def _possible(axis: Axis, values: Mapping[str, str]) -> list[str]:
    return [value for value, limit in axis.values if limit.allows(values)]


def _day(rng: random.Random, setting: str) -> date:
    """Return a day of the fiscal year on which that kind of place is open."""
    day = FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days + 1))
    if setting in _OPEN_AT_WEEKENDS:
        return day
    if day.weekday() >= _SATURDAY:
        day -= timedelta(days=day.weekday() - _SATURDAY + 1)
    return day - timedelta(days=1) if day in _HOLIDAYS else day
