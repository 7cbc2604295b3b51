"""True values: what a trainee would reach if everything could be asked."""

import numpy as np
import pytest

from grader.cohort.sitting import sit
from grader.cohort.trainee import COHORTS, FINISHERS, Cohort, Group, make_trainees
from grader.cohort.truth import Truth, explore
from grader.decision.figures import counted
from grader.exam.blueprint import Standard
from tests.cohort.conftest import trainee

NONE = {"uncertain_dx": 0.0, "medical_necessity": 0.0, "red_flag": 0.0, "invalid_code": 0.0}


def test_true_shares_rise_with_ability(world):
    """Every true share rises from the weak to the able, and stays a share; failing cases become fewer."""
    truths = world.domain.truths([trainee(ability) for ability in (-1.0, 1.0, 3.0, 7.0)])
    for name in truths[0].shares:
        shares = [each.shares[name] for each in truths]
        assert shares == sorted(shares) and 0 <= shares[0] < shares[-1] <= 1
    assert truths[0].failing["invalid_code"] > truths[-1].failing["invalid_code"]


def test_a_true_share_is_the_mean_of_many_sittings(world):
    """What a trainee reaches on average over the forms that the true values rest on is the true share."""
    able = [trainee(2.0, f"trainee-{number}") for number in range(40)]
    cells = [sit(each, form, world.marking, 5) for each in able for form in world.forms[:3]]
    shares = [counted(found, {cell.case: "" for cell in found}) for found in cells]
    mean = sum(sum(one.right) for one in shares if one) / sum(sum(one.of) for one in shares if one)
    domain = explore(world.forms[:3], world.marking, 3, 20, lambda line: None)
    assert domain.truths(able[:1])[0].shares["codes"] == pytest.approx(mean, abs=0.02)


def test_who_reaches_all_marks_is_short_of_nothing():
    """The mark itself is enough; a hair below it is not."""
    standard = Standard(codes=0.95, first_listed=0.9)
    assert Truth({"codes": 0.95, "first_listed": 0.9}, NONE).short_of(standard) == ()
    assert Truth({"codes": 0.9499, "first_listed": 0.9}, NONE).short_of(standard) == ("codes",)


def test_a_part_that_is_not_asked_for_is_not_missed():
    """Without a mark for notes, poor notes do not matter."""
    truth = Truth({"codes": 1.0, "documentation": 0.1}, NONE)
    assert truth.short_of(Standard()) == ()
    assert truth.short_of(Standard(documentation=0.7)) == ("documentation",)


@pytest.mark.parametrize(("mean", "allowed", "short"), [(0.5, 0, False), (0.8, 0, True), (0.8, 1, False), (2.0, 1, True)])  # fmt: skip
def test_automatic_fails_count_where_most_forms_would_have_too_many(mean, allowed, short):
    """With a mean of 0.8 cases, over half of forms have one or more, and less than half two or more."""
    truth = Truth({"codes": 1.0}, {**NONE, "invalid_code": mean})
    assert truth.short_of(Standard(invalid_code=allowed)) == (("invalid_code",) if short else ())


def test_cohorts_are_what_they_say():
    """Shares of groups add up to one, the same seed gives the same people, and more people begin with the same."""
    assert all(sum(group.share for group in cohort.groups) == pytest.approx(1) for cohort in COHORTS.values())
    assert make_trainees(FINISHERS, 5, 1) == make_trainees(FINISHERS, 8, 1)[:5]
    assert make_trainees(FINISHERS, 5, 1) != make_trainees(FINISHERS, 5, 2)


def test_groups_have_their_means_and_shares():
    """Of two groups far apart, each has its part of the cohort and its own mean."""
    apart = Cohort("apart", (Group(0.25, -5, 0.5), Group(0.75, 5, 0.5)))
    abilities = np.asarray([each.ability for each in make_trainees(apart, 800, 1)])
    low = abilities[abilities < 0]
    assert len(low) / 800 == pytest.approx(0.25, abs=0.05) and low.mean() == pytest.approx(-5, abs=0.15)
