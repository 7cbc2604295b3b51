"""Conditions beside the reason for the visit: reported when they are managed, optional when only mentioned (IV.J)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import CourseError
from grader.family.derive import bone
from grader.family.derive.find import Finder
from grader.family.derive.line import Line, May, cited
from grader.family.facts import Facts

_RANGE = re.compile(r"(\d+)\.0-(\d+)\.9")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its name, where its code stands, and the words that find it there."""

    name: str
    place: str
    words: tuple[str, ...] = ()
    without: str = ""


CONDITIONS = {
    "diabetes": Condition("type 2 diabetes", "E11", ("without complications",), "remission"),
    "hypertension": Condition("hypertension", "I10"),
    "hypothyroidism": Condition("hypothyroidism", "E03.9"),
    "depression": Condition("depression", "F32.A"),
    "obesity": Condition("obesity", "E66"),
    "osteoporosis": Condition("osteoporosis", bone.WITHOUT),
    "reflux": Condition("reflux disease", "K21.9"),
    "lipids": Condition("hyperlipidemia", "E78.5"),
    "smoking": Condition("nicotine dependence, cigarettes", "F17.21", ("uncomplicated",)),
    "asthma": Condition("asthma", "J45.90", ("uncomplicated",)),
}


def condition(name: str) -> Condition:
    """Return a condition by its name in the families.

    Raises
    ------
    CourseError
        When there is none of that name.
    """
    try:
        return CONDITIONS[name]
    except KeyError:
        raise CourseError(f"There is no condition {name!r}; known are {', '.join(CONDITIONS)}.") from None


def managed(facts: Facts, find: Finder) -> list[Line]:
    """Code every condition that is managed at this visit, with what its notes ask for (IV.J)."""
    return [line for name in facts.managed for line in _managed(name, facts, find)]


def _managed(name: str, facts: Facts, find: Finder) -> Iterator[Line]:
    if name == "obesity":
        yield from _obesity(facts, find)
        return
    code = code_of(name, find)
    why = f"{condition(name).name.capitalize()} is assessed and treated at this visit, so it is reported."
    yield Line(code, why, cited(code, "IV.J"))
    if name == "diabetes":
        drug = find.below("Z79.84")
        yield Line(
            drug,
            "Metformin by mouth is what controls the diabetes, and the note at E11 asks for it.",
            cited("E11 Use additional code", "I.C.4.a.3"),
        )
    if name == "osteoporosis":
        yield from bone.healed(facts, find)


def code_of(name: str, find: Finder) -> str:
    """Return the code of a condition; obesity whose class is not named."""
    if name == "obesity":
        return find.below("E66.9")
    row = condition(name)
    return find.below(row.place, *row.words, without=row.without)


def obesity_class(bmi: int) -> str:
    """Return the class of obesity that the provider writes for a body mass index."""
    return "1" if bmi < 35 else "2" if bmi < 40 else "3"


def _obesity(facts: Facts, find: Finder) -> Iterator[Line]:
    level = obesity_class(int(facts.bmi))
    code = find.below("E66.81", f"class {level}")
    yield Line(
        code,
        f"The provider diagnoses class {level} obesity and treats it at this visit.",
        cited(code, "IV.J"),
    )
    index = body_mass_index(int(facts.bmi), find)
    why = f"The BMI of {facts.bmi} goes with the provider's diagnosis of the weight, after it."
    yield Line(index, why, cited("E66 Use additional code", "I.B.14"))


def body_mass_index(bmi: int, find: Finder) -> str:
    """Return the adult code whose title holds a body mass index."""
    for code in (*find.leaves("Z68.2"), *find.leaves("Z68.3"), *find.leaves("Z68.4")):
        span = _RANGE.search(find.title(code))
        if span and int(span[1]) <= bmi <= int(span[2]):
            return code
    raise CourseError(f"There is no code for a body mass index of {bmi}.")


def mentioned(facts: Facts, find: Finder) -> Iterator[May]:
    """Leave free what is only on a list: some practices report chronic conditions at every visit (IV.J)."""
    for name in facts.mentioned:
        what = condition(name).name
        when = f"{what.capitalize()} is only on the history list and was not managed at this visit, so the visit does not call for it (Section IV.J). It neither earns nor costs points."
        yield May(code_of(name, find), when)
