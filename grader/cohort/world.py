"""What a cohort meets: forms drawn by the blueprint, what is known of them, and the sittings of made-up trainees."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.codeset.tabular import CodeSet
from grader.cohort.sitting import Marking, sit
from grader.cohort.trainee import Cohort, Trainee, make_trainees
from grader.cohort.truth import Domain, Truth, explore
from grader.decision.judged import CODES, Judged
from grader.errors import BlueprintFileError
from grader.exam.blueprint import BlueprintFile
from grader.exam.draw import draw_form
from grader.exam.form import Form
from grader.exam.pool import Pool

FORMS = 50
"""How many forms are drawn; trainees share them, so that what a form does and what a trainee does can be told apart."""
SAMPLE = 30
"""How many of the forms the true values rest on."""
REPEATS = 3
"""How often each of their encounters is answered at each step of ability."""
Cells = tuple[Judged, ...]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class World:
    """All that cohorts need that is the same for each of them.

    Parameters
    ----------
    blueprint
        What the forms were drawn by.
    forms
        The forms.
    domain
        What all that could be drawn brings at each ability.
    marking
        The scorer.
    """

    blueprint: BlueprintFile
    forms: tuple[Form, ...]
    domain: Domain
    marking: Marking


@dataclass(frozen=True, slots=True)
class Sitter:
    """One made-up trainee with true values and sittings.

    Parameters
    ----------
    form
        Place of the form among those of the world.
    cells
        The sitting that decides.
    other, again
        What the same trainee would have handed in on another form, and on the same form on another day; empty where that is
        not asked.
    """

    trainee: Trainee
    truth: Truth
    form: int
    cells: Cells
    other: Cells = ()
    again: Cells = ()


def draw_forms(
    blueprint: BlueprintFile, pool: Pool, codeset: CodeSet, numbers: Sequence[int], tell: Tell
) -> tuple[Form, ...]:
    """Draw forms by number; a form depends on its number, the blueprint and the pool, and on nothing else.

    Raises
    ------
    BlueprintFileError
        When no form can be made by the blueprint.
    """
    forms = []
    for done, number in enumerate(numbers, start=1):
        forms.append(draw_form(blueprint, _SEED, f"form-{number}", 1, pool, codeset))
        tell(f"forms: {done} of {len(numbers)}")
    return tuple(forms)


_SEED = "of the simulated cohort alone"
"""No secret: no real form is drawn with it."""
_OFTEN = 50


def make_world(
    blueprint: BlueprintFile,
    pool: Pool,
    codeset: CodeSet,
    tell: Tell,
    forms: int = FORMS,
    sample: int = SAMPLE,
) -> World:
    """Draw the forms and work out the true values.

    Raises
    ------
    BlueprintFileError
        When no form can be made by the blueprint, or its forms do not ask for codes.
    """
    drawn = draw_forms(blueprint, pool, codeset, range(forms), tell)
    if not any(item.kind == CODES for form in drawn for case in form.cases for item in case.items):
        problem, remedy = (
            "no form asks for codes, and the standard does",
            "Give it encounters that ask for codes",
        )
        raise BlueprintFileError(f"{blueprint.id}/blueprint.yml", "content", problem, remedy)
    marking = Marking(codeset)
    return World(blueprint, drawn, explore(drawn[:sample], marking, 0, REPEATS, tell), marking)


def seat(
    world: World, cohort: Cohort, count: int, seed: int, tell: Tell, thrice: bool = False
) -> tuple[Sitter, ...]:
    """Let a cohort sit; the same seed gives the same trainees and the same answers.

    ``thrice`` lets everybody sit another form, and the same form on another day, as well.
    """
    trainees = make_trainees(cohort, count, seed)
    sitters = []
    for number, (trainee, truth) in enumerate(zip(trainees, world.domain.truths(trainees), strict=True)):
        place, other = _places(number, len(world.forms))
        days = ((place, 1), (other, 1), (place, 2)) if thrice else ((place, 1),)
        taken = [sit(trainee, world.forms[form], world.marking, seed, day) for form, day in days]
        sitters.append(Sitter(trainee, truth, place, *taken))
        if (number + 1) % _OFTEN == 0:
            tell(f"{cohort.name}: {number + 1} of {count} trainees")
    return tuple(sitters)


def _places(number: int, forms: int) -> tuple[int, int]:
    """Return the form of a trainee and another one, each other form in turn."""
    place, turn = number % forms, number // forms
    return place, (place + 1 + turn % max(1, forms - 1)) % forms


def resized(sitter: Sitter, factor: float, seed: int) -> Cells:
    """Return the sitting as it would be with fewer or more charts that ask for codes alone, ``factor`` times as many.

    Charts left out are drawn by chance; charts added are those of the sitter's other form.
    """
    own, more = _charts(sitter.cells), _charts(sitter.other)
    charts = sorted(own) + sorted(more - {cell.case for cell in sitter.cells})
    kept = round(factor * len(own))
    rng = random.Random(f"{seed}/{sitter.trainee.name}/length")
    first = rng.sample(sorted(own), min(kept, len(own)))
    chosen = {*first, *charts[len(own) : len(own) + kept - len(first)]}
    rest = tuple(cell for cell in sitter.cells if cell.case not in own or cell.case in chosen)
    return (*rest, *(cell for cell in sitter.other if cell.case in chosen - own))


def _charts(cells: Cells) -> set[str]:
    """Return the cases that ask for codes and for nothing else."""
    return {cell.case for cell in cells} - {cell.case for cell in cells if cell.kind != CODES}
