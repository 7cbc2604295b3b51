"""Cohorts that sit: the same seed gives the same, the able pass, and forms can be made longer and shorter."""

from __future__ import annotations

import pytest

from grader.cohort.forms import codes_of, form_spread, turned
from grader.cohort.rates import verdict
from grader.cohort.sitting import sit
from grader.cohort.trainee import FINISHERS, Cohort, Group
from grader.cohort.world import Sitter, draw_forms, make_world, resized, seat
from grader.errors import BlueprintFileError
from tests.cohort.conftest import trainee
from tests.exam.changed import blueprint


def silent(line: str) -> None:
    """Nobody is told how far it is."""


def test_a_small_cohort_is_the_same_every_time(world):
    """Trainees, answers and decisions depend on the seed alone; more trainees begin with the same."""
    some = seat(world, FINISHERS, 20, 3, silent)
    assert seat(world, FINISHERS, 20, 3, silent) == some == seat(world, FINISHERS, 24, 3, silent)[:20]
    assert [s.cells for s in seat(world, FINISHERS, 20, 4, silent)] != [s.cells for s in some]


def test_forms_depend_on_their_number_alone(world, pool, codes):
    """A form that is drawn alone is the one that was drawn among others."""
    assert draw_forms(world.blueprint, pool, codes, [2], silent) == (world.forms[2],)
    assert len({form.id for form in world.forms}) == 4


def test_the_very_able_pass_and_the_very_weak_fail(world):
    """By the real draw, the real scorer and the real rule."""
    for ability, passes in ((12.0, True), (-2.0, False)):
        somebody = trainee(ability)
        truth = world.domain.truths([somebody])[0]
        for form in world.forms:
            found = verdict(truth, sit(somebody, form, world.marking, 1), world.blueprint.standard)
            assert found.passed is passes is found.competent


def test_scores_follow_abilities(world):
    """Over all forms, who is abler has more codes right."""
    means = [
        sum(
            codes_of(sit(trainee(ability), form, world.marking, day))
            for form in world.forms
            for day in range(5)
        )
        for ability in (-1.0, 0.5, 2.0, 3.5, 6.0)
    ]
    assert means == sorted(means) and len(set(means)) == 5


def test_everybody_can_sit_three_times(world):
    """The second sitting is of another form, the third of the same one with other answers."""
    for each in seat(world, Cohort("weak", (Group(1, 0.5, 0.1),)), 12, 1, silent, thrice=True):
        first, other, again = (
            {cell.case for cell in cells} for cells in (each.cells, each.other, each.again)
        )
        assert first == again and first != other and each.cells != each.again


@pytest.fixture(scope="module")
def sitter(world) -> Sitter:
    """One trainee with three sittings."""
    return seat(world, FINISHERS, 1, 1, silent, thrice=True)[0]


def charts(cells) -> set[str]:
    """The cases that ask for codes and nothing else."""
    return {cell.case for cell in cells} - {cell.case for cell in cells if not cell.counts_codes}


def test_a_form_of_the_same_length_is_the_form_itself(sitter):
    """Nothing is left out or added."""
    assert set(resized(sitter, 1.0, 1)) == set(sitter.cells)


def test_a_shorter_form_leaves_out_charts_and_nothing_else(sitter):
    """Messages and claims stay, for the standard asks for them; half of the charts go."""
    half = resized(sitter, 0.5, 1)
    assert set(half) < set(sitter.cells) and len(charts(half)) == round(len(charts(sitter.cells)) / 2)
    assert {cell for cell in sitter.cells if not cell.counts_codes} <= set(half)


def test_a_longer_form_adds_charts_of_another(sitter):
    """Twice as many charts, none of them twice."""
    double = resized(sitter, 2.0, 1)
    added = charts(double) - charts(sitter.cells)
    assert added <= charts(sitter.other) and added and set(sitter.cells) < set(double)
    assert len(double) == len({(cell.case, cell.item) for cell in double})


def test_what_the_form_does_is_told_apart_from_luck(world):
    """Forms differ less than sittings of one form do, and the extremes lie around the mark of their means."""
    found = form_spread(world)
    assert 0 <= found["spread"] < found["luck"] and found["lowest"] < found["highest"] <= 1


def test_turned_decisions_are_counted(world):
    """Nobody turns among the very able; some do among those close to the mark."""
    able = seat(world, Cohort("able", (Group(1, 12, 0.1),)), 8, 1, silent, thrice=True)
    close = seat(world, Cohort("close", (Group(1, 3.2, 0.3),)), 40, 1, silent, thrice=True)
    standard = world.blueprint.standard
    assert turned(able, standard) == {"other_form": 0, "other_day": 0}
    assert 0 < turned(close, standard)["other_day"] < 1


def test_an_exam_without_codes_cannot_be_simulated(pool, codes):
    """It is told with the field and what to do, not with a traceback."""
    part = {"name": "claims", "from": "library", "count": 1, "kinds": ["denial"], "asks": ["claim-repair"]}
    bare = blueprint(
        ("content.parts", [part]), ("content.difficulty", {2: 1}), ("content.points", 13),
        ("content.kinds", {"claim-repair": 1, "assign-codes": 0}), ("standard.documentation", None),
    )  # fmt: skip
    with pytest.raises(BlueprintFileError, match=r"content: no form asks for codes"):
        make_world(bare, pool, codes, silent, forms=1, sample=1)
