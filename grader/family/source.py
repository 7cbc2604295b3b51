"""Reading ``cases/families/*.yml``: the axes of a family, its wordings, and what all families share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import CaseFileError, CourseError, NotFoundError
from grader.family import shapes
from grader.family.facts import check_value, split
from grader.library.files import Model, read_model

FAMILIES = Path(__file__).resolve().parent.parent.parent / "cases" / "families"
SHARED = "_shared.yml"


@dataclass(frozen=True, slots=True)
class Limit:
    """When something is possible: every axis of ``when`` has one of its values, and not all of ``unless``."""

    when: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]

    def allows(self, values: Mapping[str, str]) -> bool:
        """Tell whether drawn values meet the condition; of conditions joined by ``+`` one is enough."""
        if not all(_meets(values, axis, wanted) for axis, wanted in self.when.items()):
            return False
        return not (self.unless and all(_meets(values, axis, wanted) for axis, wanted in self.unless.items()))


def _meets(values: Mapping[str, str], axis: str, wanted: frozenset[str]) -> bool:
    value = values.get(axis, "")
    return value in wanted or ("+" in value and not wanted.isdisjoint(split(value)))


ALWAYS = Limit({}, {})


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that varies, with its values and when each is possible; conditions look at axes before it."""

    name: str
    values: tuple[tuple[str, Limit], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of a form: kind, title and text with slots."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """A layout of papers; ``style`` is plain, or terse with abbreviations."""

    name: str
    style: str
    limit: Limit
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """How the values of one axis show in a text: patterns by value.

    Parameters
    ----------
    values
        Patterns for each value.
    must
        Whether the value that is true must be said.
    alone
        Whether no other value may be said.
    negatable
        Whether a clause with "no" or "without" does not count as saying it.
    """

    values: Mapping[str, tuple[re.Pattern[str], ...]]
    must: bool
    alone: bool
    negatable: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What a chart never says, or always says in one way or other, where a condition holds."""

    limit: Limit
    patterns: tuple[re.Pattern[str], ...]


Group = tuple[tuple[Limit, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A family as read: identity, axes, and everything that turns facts into a chart."""

    name: str
    about: str
    skills: tuple[str, ...]
    difficulty: int
    ages: tuple[int, int]
    axes: tuple[Axis, ...]
    titles: Group
    forms: tuple[Form, ...]
    phrases: Mapping[str, Group]
    abbreviations: Mapping[str, str]
    tells: Mapping[str, Tell]
    never: tuple[Rule, ...]
    always: tuple[Rule, ...]


def family_names(folder: Path = FAMILIES) -> list[str]:
    """Return the names of the families, in order."""
    return sorted(path.stem for path in folder.glob("[a-z]*.yml"))


@lru_cache(maxsize=64)
def read_family(name: str, folder: Path = FAMILIES) -> Family:
    """Read one family together with what all share.

    Raises
    ------
    NotFoundError
        When there is no family of that name; it lists those that exist.
    CaseFileError
        When a file is wrong: names file, field and remedy.
    """
    names = family_names(folder)
    if name not in names:
        raise NotFoundError(
            f"There is no family {name!r}. The families are {', '.join(names) or 'none yet'}."
        )
    path = folder / f"{name}.yml"
    data = _read(path, shapes.FamilyFile)
    shared = _read_shared(folder)
    forms = [shapes.Value(value=form) if isinstance(form, str) else form for form in data.forms]
    unknown = sorted({form.value for form in forms} - set(shared.forms))
    if unknown:
        raise CaseFileError(path, "forms", f"{SHARED} has no form {unknown[0]}", "Correct the name")
    phrases = {**shared.phrases, **data.phrases}
    return Family(
        name=name,
        about=data.about,
        skills=data.skills,
        difficulty=data.difficulty,
        ages=(data.ages.min, data.ages.max),
        axes=tuple(_axis(path, axis, values) for axis, values in data.axes.items()),
        titles=_group(path, "titles", list(data.titles)),
        forms=tuple(_form(use, shared.forms[use.value]) for use in forms),
        phrases={group: _group(path, group, spec) for group, spec in phrases.items()},
        abbreviations=shared.abbreviations,
        tells=_tells(folder),
        never=_rules(shared.never),
        always=_rules(shared.always),
    )


@lru_cache(maxsize=4)
def _read_shared(folder: Path) -> shapes.SharedFile:
    return _read(folder / SHARED, shapes.SharedFile)


@lru_cache(maxsize=4)
def _tells(folder: Path) -> Mapping[str, Tell]:
    return {
        axis: Tell(
            {
                value: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
                for value, patterns in tell.values.items()
            },
            tell.must,
            tell.alone,
            tell.negatable,
        )
        for axis, tell in _read_shared(folder).tells.items()
    }


def _rules(rules: tuple[shapes.Rule, ...]) -> tuple[Rule, ...]:
    return tuple(
        Rule(_limit(rule.when, {}), tuple(re.compile(say, re.IGNORECASE) for say in rule.say))
        for rule in rules
    )


def _read(path: Path, model: type[Model]) -> Model:
    return read_model(path, model, CaseFileError)


def _limit(when: Mapping[str, Any], unless: Mapping[str, Any]) -> Limit:
    def wanted(condition: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        return {axis: frozenset([v] if isinstance(v, str) else v) for axis, v in condition.items()}

    return Limit(wanted(when), wanted(unless)) if when or unless else ALWAYS


def _axis(path: Path, name: str, values: Sequence[Any]) -> Axis:
    read = [shapes.Value(value=v) if isinstance(v, str) else shapes.Value.model_validate(v) for v in values]
    for each in read:
        try:
            check_value(name, "" if each.value == "-" else each.value)
        except CourseError as error:
            raise CaseFileError(path, f"axes.{name}", str(error), "Correct the value") from None
    return Axis(name, tuple(("" if v.value == "-" else v.value, _limit(v.when, v.unless)) for v in read))


def _form(use: shapes.Value, form: shapes.Form) -> Form:
    """Return a layout as a family uses it: its own condition, and that of the family."""
    documents = tuple(Document(d.kind, d.title, d.text) for d in form.documents)
    limit = _both(_limit(form.when, {}), _limit(use.when, use.unless))
    return Form(use.value, form.style, limit, documents)


def _group(path: Path, name: str, spec: Any) -> Group:
    found = tuple(_texts(spec, ALWAYS))
    if not found:
        raise CaseFileError(path, f"phrases.{name}", "it says nothing", "Give it at least one wording")
    return found


def _texts(spec: Any, above: Limit) -> Iterator[tuple[Limit, str]]:
    """Yield the wordings of a group: a text, a list, ``{by: axis, value: …}`` or ``{when: …, unless: …, say: …}``."""
    if isinstance(spec, str):
        yield above, spec
    elif isinstance(spec, list):
        for part in spec:
            yield from _texts(part, above)
    elif "by" in spec:
        for value, part in spec.items():
            if value != "by":
                wanted = {spec["by"]: [v.strip() for v in str(value).split("|")]}
                yield from _texts(part, _both(above, _limit(wanted, {})))
    else:
        yield from _texts(spec["say"], _both(above, _limit(spec.get("when", {}), spec.get("unless", {}))))


def _both(one: Limit, other: Limit) -> Limit:
    when = {axis: one.when.get(axis, other.when.get(axis, frozenset())) for axis in (*one.when, *other.when)}
    for axis in one.when.keys() & other.when.keys():
        when[axis] = one.when[axis] & other.when[axis]
    return Limit(when, {**one.unless, **other.unless})
