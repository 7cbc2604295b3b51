"""Reading a drawn chart again: is every deciding fact said, and nothing that contradicts one?

It knows the facts and how values show in a text (``tells`` in ``_shared.yml``), and nothing of how the text was written:
a contradiction is found whoever put it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset.changes import in_words
from grader.family.facts import Facts
from grader.family.prose import expand
from grader.family.source import Family, Rule, Tell
from grader.family.truth import AREAS, true_values
from grader.family.values import short, values_of

_CLAUSE = re.compile(r"[.;:\n]|\bbut\b")
_NEGATION = re.compile(
    r"\b(no|not|without|denie[ds]|deny|denying|never|nor|neither|negative|none|excludes?|excluded|free of)\b"
)
_AGE = re.compile(r"\b(\d{1,3})[ -]?(?:year[- ]old|y/?o\b|yo\b|yrs? old|years old|[FM]\b)")
_LEVEL = re.compile(r"\b[CTL]\d{1,2}(?:-[CTLS]\d{1,2})?\b")
_DAY = re.compile(r"\b\d{1,2} (?:January|February|March|October|November|December) \d{4}\b")
_SHORT_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/20\d\d\b")
_ASSESSMENT = re.compile(r"^.*(?:ASSESSMENT|DIAGNOSIS).*:$", re.MULTILINE)
_NUMBERED = re.compile(r"^[2-9]\. .*$", re.MULTILINE)
_INDEX = re.compile(r"\bBMI (\d+)")
_SEX = {
    "female": re.compile(r"\b(she|her|hers|herself|woman|female|lady)\b|(\d ?|\by/?o )F\b", re.IGNORECASE),
    "male": re.compile(r"\b(he|him|his|himself|man|male|gentleman)\b|(\d ?|\by/?o )M\b", re.IGNORECASE),
}


def contradictions(text: str, facts: Facts, family: Family) -> list[str]:
    """Return what a chart leaves unsaid or says against its facts, in words; empty when they agree.

    Parameters
    ----------
    text
        All documents of the case.
    facts
        What is true.
    family
        Where the tells come from.
    """
    plain = expand(text, family.abbreviations)
    found = [*_about_the_patient(plain, facts), *_about_levels(plain, facts), *_about_the_day(plain, facts)]
    found.extend(_about_order(plain, facts, family))
    found.extend(_about_what_is_managed(plain, facts, family.tells["condition"]))
    found.extend(_about_what_fits(plain, facts, family))
    for axis, tell in family.tells.items():
        held = true_values(axis, facts)
        if held is not None:
            found.extend(_about_axis(axis, tell, *held, plain))
    return found


def misfits(text: str, facts: Facts, family: Family) -> list[str]:
    """Return what a text says that never fits such an encounter: a phrase of another setting, part of the body or age."""
    values = values_of(facts)
    return [
        f"never: {match[0]!r} does not fit {_in_words(rule)}"
        for rule in family.never
        if rule.limit.allows(values)
        for pattern in rule.patterns
        if (match := pattern.search(text))
    ]


def _about_what_fits(text: str, facts: Facts, family: Family) -> Iterator[str]:
    """Compare a chart with the rules of what never and what always stands in such a one."""
    yield from misfits(text, facts, family)
    values = values_of(facts)
    for rule in family.always:
        if rule.limit.allows(values) and not any(pattern.search(text) for pattern in rule.patterns):
            yield f"always: {_in_words(rule)} needs {' or '.join(repr(p.pattern) for p in rule.patterns)}"


def _in_words(rule: Rule) -> str:
    """Return the condition of a rule in words."""
    wanted = (f"{axis} {' or '.join(sorted(values)) or 'none'}" for axis, values in rule.limit.when.items())
    return ", ".join(wanted) or "any chart"


def tells_in(text: str, family: Family, axes: tuple[str, ...]) -> list[str]:
    """Return the tells of some axes that a text has, whatever the facts: what a title must not give away."""
    plain = expand(text, family.abbreviations)
    return [
        f"{axis}: {value}"
        for axis in axes
        for value in family.tells[axis].values
        if says(plain, family.tells[axis], value)
    ]


def says(text: str, tell: Tell, value: str) -> bool:
    """Tell whether a text says a value; a denial does not count where the axis can be denied."""
    for pattern in tell.values[value]:
        for match in pattern.finditer(text):
            if not (tell.negatable and _denied(text, match.start())):
                return True
    return False


def _denied(text: str, at: int) -> bool:
    """Tell whether a denial stands before a place in the same clause."""
    before = _CLAUSE.split(text[max(0, at - 200) : at])[-1]
    return _NEGATION.search(before.lower()) is not None


def _about_axis(
    axis: str, tell: Tell, needed: frozenset[str], allowed: frozenset[str], text: str
) -> Iterator[str]:
    for value in sorted(tell.values):
        said = says(text, tell, value)
        if said and tell.alone and value not in needed | allowed:
            yield f"{axis}: the text says {value}, and the facts do not"
        if not said and tell.must and value in needed:
            yield f"{axis}: the text does not say {value}"


def _about_the_patient(text: str, facts: Facts) -> Iterator[str]:
    ages = {int(age) for age in _AGE.findall(text)}
    if ages != {facts.age}:
        yield f"age: the text says {', '.join(map(str, sorted(ages))) or 'none'}, and the facts say {facts.age}"
    for sex, pattern in _SEX.items():
        said = pattern.search(text)
        if sex == facts.sex and not said:
            yield f"sex: the text does not say {sex}"
        if sex != facts.sex and said:
            yield f"sex: the text says {said[0]!r}, and the patient is {facts.sex}"


def _about_the_day(text: str, facts: Facts) -> Iterator[str]:
    days = {*_DAY.findall(text), *_SHORT_DAY.findall(text)}
    if in_words(facts.on) not in days:
        yield f"date: the text does not say {in_words(facts.on)}"
    for day in sorted(days - {in_words(facts.on), short(facts.on)}):
        yield f"date: the text says {day}, and the facts do not"


def _about_order(text: str, facts: Facts, family: Family) -> Iterator[str]:
    """Compare the order of two regions in the assessment with the facts: the first one is the chief problem."""
    if facts.second == "none":
        return
    assessment = _ASSESSMENT.split(text)[-1]
    first, second = (_place(assessment, region, family) for region in (facts.region, facts.second))
    if first is None or second is None or second < first:
        yield f"order: the assessment does not name {facts.region} before {facts.second}"


def _place(text: str, region: str, family: Family) -> int | None:
    """Return where a region, or the part of the back that it is, is first named."""
    patterns = list(family.tells["region"].values[region])
    for area in AREAS[region]:
        patterns.extend(family.tells["area"].values[area])
    return min((match.start() for p in patterns if (match := p.search(text))), default=None)


def _about_what_is_managed(text: str, facts: Facts, tell: Tell) -> Iterator[str]:
    """Compare the numbered problem list with what is managed; a condition only mentioned is not on it."""
    listed = "\n".join(_NUMBERED.findall(text))
    for name in facts.managed:
        if not says(listed, tell, name):
            yield f"managed: {name} is not on the list of problems"
    for name in facts.mentioned:
        if says(listed, tell, name):
            yield f"mentioned: {name} is on the list of problems"
    indexes = {int(index) for index in _INDEX.findall(text)}
    if indexes != ({int(facts.bmi)} if facts.bmi else set()):
        yield f"bmi: the text says {sorted(indexes)}, and the facts say {facts.bmi or 'nothing'}"


def _about_levels(text: str, facts: Facts) -> Iterator[str]:
    said = set(_LEVEL.findall(text))
    levels = {level for level in facts.level.split(" and ") if level}
    for level in sorted(said - levels):
        yield f"level: the text says {level}, and the facts do not"
    for level in sorted(levels - said):
        yield f"level: the text does not say {level}"
