"""Drawing a form: the same seed, exam, trainee and attempt give the same form, byte for byte, on any machine.

It depends on nobody else who sits the exam.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader.codeset.tabular import CodeSet
from grader.exam.assembly import Exhausted, assemble
from grader.exam.blueprint import BlueprintFile
from grader.exam.demands import task_of
from grader.exam.form import Form
from grader.exam.likeness import ALIKE, Answer, Chart, answer_of, chart_of, likeness
from grader.exam.parts import refused
from grader.exam.pool import Candidate, Pool
from grader.exam.possible import check_possible
from grader.exam.secret import Source
from grader.family.draw import Drawn, draw
from grader.library.encounter import Case, Document, Item
from grader.library.item_keys import item_key
from grader.library.reference import Key

_MOST_DRAWS = 100
"""How often a family is drawn from for one place before it is said to have too few different encounters."""


class Made(Protocol):
    """An encounter that was made for a form, in the shape of ``case.yml`` and ``key.yml``."""

    @property
    def case(self) -> dict[str, Any]:
        """What a trainee sees."""

    @property
    def key(self) -> dict[str, Any]:
        """The reference answers."""


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """A form, with what was made for it as it is written to files, by id of the encounter."""

    form: Form
    drawn: Mapping[str, Made]


def draw_form(
    blueprint: BlueprintFile,
    seed: str,
    trainee: str,
    attempt: int,
    pool: Pool,
    codeset: CodeSet,
    avoid: Collection[Case] = (),
) -> Form:
    """Draw the form of one trainee at one attempt.

    Parameters
    ----------
    blueprint
        What every form has.
    seed
        The secret; who has it can draw every form.
    trainee
        nbgrader's name of the student.
    attempt
        1 for the first sitting.
    pool
        What is drawn from.
    codeset
        The tabular list.
    avoid
        Encounters of the trainee's earlier forms: they make up no more of this one than ``retake.new`` leaves.

    Raises
    ------
    BlueprintFileError
        When no form can be made by the blueprint: says which demand cannot be met.
    """
    return draw_whole(blueprint, Source(seed, blueprint.id, trainee, attempt), pool, codeset, avoid).form


def draw_whole(
    blueprint: BlueprintFile, source: Source, pool: Pool, codeset: CodeSet, avoid: Collection[Case] = ()
) -> DrawnForm:
    """Draw a form as `draw_form` does, and keep what its encounters are written from."""
    rng = source.randomness()
    chosen = _chosen(blueprint, rng, pool, frozenset(case.id for case in avoid))
    places = sorted(each.name for each in chosen)
    rng.shuffle(places)
    by_name = {each.name: each for each in chosen}
    charts = [chart_of(case) for case in avoid]
    drawer = _Drawer(blueprint, source, pool, codeset, charts)
    cases, keys = [], {}
    for name in places:
        case, key = drawer.take(by_name[name])
        cases.append(case)
        keys[case.id] = key
    form = Form(source.form, source.exam, source.trainee, source.attempt, tuple(cases), keys)
    return DrawnForm(form, drawer.drawn)


def _chosen(
    blueprint: BlueprintFile, rng: random.Random, pool: Pool, known: Collection[str]
) -> tuple[Candidate, ...]:
    task = task_of(blueprint, pool, known)
    try:
        chosen = assemble(task.strata, task.demands, rng, known)
    except Exhausted:
        chosen = None
    if chosen is None:
        check_possible(blueprint, pool, known)
        problem = "a form that meets all of its demands is too hard to find"
        raise refused(
            blueprint, "content", problem, "Loosen some of them: wider bounds, or parts with more encounters"
        )
    return chosen


@dataclass(slots=True)
class _Drawer:
    """Draws what was chosen, so that no two encounters of the form are alike."""

    blueprint: BlueprintFile
    source: Source
    pool: Pool
    codeset: CodeSet
    known: list[Chart]
    drawn: dict[str, Drawn] = field(default_factory=dict)
    answers: dict[str, set[Answer]] = field(default_factory=dict)

    def take(self, each: Candidate) -> tuple[Case, Key]:
        """Return the encounter of one place."""
        if not each.family:
            return self.pool.cases[each.name], self.pool.keys[each.name]
        given = self.answers.setdefault(each.family, set())
        for again in range(_MOST_DRAWS):
            drawn = draw(
                self.pool.families[each.family],
                self.source.family_seed(each.name, again),
                self.codeset,
                "exam",
            )
            case, key = case_of(drawn), key_of(drawn)
            chart, answer = chart_of(case), answer_of(key)
            if answer not in given and all(likeness(chart, other) < ALIKE for other in self.known):
                given.add(answer)
                self.known.append(chart)
                self.drawn[case.id] = drawn
                return case, key
        problem = f"the family {each.family} has too few different encounters for {each.name.rpartition('#')[2]} in a form"
        raise refused(self.blueprint, "content.parts", problem, "Take fewer from it: see `each`")


def case_of(drawn: Drawn) -> Case:
    """Return what a trainee sees of a draw, as it is read back from its file."""
    data = drawn.case
    return Case(
        id=data["id"],
        title=data["title"],
        pool=data["pool"],
        kind=data["kind"],
        setting=data["setting"],
        care=data["care"],
        encounter_date=data["encounter_date"],
        difficulty=data["difficulty"],
        skills=tuple(data["skills"]),
        documents=tuple(
            Document(**{name: paper[name].strip() for name in _PAPER}) for paper in data["documents"]
        ),
        items=tuple(Item(each["id"], each["kind"], each["stem"], each["points"]) for each in data["items"]),
    )


_PAPER = ("kind", "title", "text")


def key_of(drawn: Drawn) -> Key:
    """Return the key of a draw, as it is read back from its file."""
    data = drawn.key
    kinds = {each["id"]: each["kind"] for each in drawn.case["items"]}
    items = {name: item_key(kinds[name], each) for name, each in data["items"].items()}
    return Key(data["case"], data["canary"], items, data["review"]["status"], data["review"]["note"])
