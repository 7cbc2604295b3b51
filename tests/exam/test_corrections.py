"""A roster that was corrected after forms were drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.errors import CourseError
from grader.exam.attempts import first_sittings
from grader.exam.corrections import correct
from grader.exam.forms import FormEntry
from grader.exam.roster import Trainee

ANN = FormEntry("e-ann1", "ann", "An", "an@example.org", 1, 80, ())
AGAIN = replace(ANN, form="e-ann2", attempt=2)
BO = FormEntry("e-bo1", "bo", "Bo", "", 1, 80, (), extra=20)


def corrected(*roster: Trainee, out: bool = False):
    """Correct three forms of two trainees."""
    return correct(roster, [ANN, AGAIN, BO], lambda _: out)


def test_a_corrected_name_and_address_reach_every_form():
    """Of that trainee alone, and it is told what was and what is."""
    found = corrected(Trainee("ann", "Ann", "ann@example.org"))
    new = {"name": "Ann", "email": "ann@example.org"}
    assert found.forms == (replace(ANN, **new), replace(AGAIN, **new), BO)
    assert found.words == ("ann: name was An, is Ann", "ann: email was an@example.org, is ann@example.org")


def test_a_roster_that_says_the_same_changes_nothing():
    """Nor does one without the column of extra minutes take any away, nor a new name."""
    found = corrected(
        Trainee("bo", "Bo", ""), Trainee("ann", "An", "an@example.org", 0), Trainee("cy", "Cy", "")
    )
    assert found.forms == (ANN, AGAIN, BO) and found.words == ()


def test_extra_minutes_can_be_given_until_a_form_goes_out():
    """To the latest form; afterwards its clock cannot be changed, and it is said what can be done."""
    found = corrected(Trainee("ann", "An", "an@example.org", 60))
    assert found.forms == (ANN, replace(AGAIN, extra=60), BO)
    assert found.words == ("ann: extra_minutes was 0, is 60",)
    with pytest.raises(CourseError, match=r"has gone out with 20: .*rulings\.yml"):
        corrected(Trainee("bo", "Bo", "", 0), out=True)
    assert corrected(Trainee("bo", "Bo", "", 20), out=True).words == ()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (Trainee("Ann", "Ann", ""), "names Ann, and ann has a form already: the two differ by capitals"),
        (Trainee("cy", "Cy", "AN@example.org"), "ann and cy have one address, AN@example.org"),
        (Trainee("bo", "Bo", "an@example.org"), "ann and bo have one address"),
    ],
)
def test_nobody_new_is_taken_for_somebody_known(new, said):
    """Capitals alone make no other trainee, and two have no address in common."""
    with pytest.raises(CourseError, match=said):
        first_sittings([new], [ANN, AGAIN, BO])


def test_addresses_may_change_hands_on_one_roster():
    """What the roster says counts, not what it said before; nobody is refused for having no address."""
    swapped = [Trainee("ann", "An", ""), Trainee("cy", "Cy", "an@example.org"), Trainee("dee", "Dee", "")]
    assert [each.who.trainee for each in first_sittings(swapped, [ANN, BO])] == ["cy", "dee"]
