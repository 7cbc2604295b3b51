"""Who gets a form: everybody once, and who sits again when they may."""

from __future__ import annotations

import pytest

from grader.errors import CourseError
from grader.exam.attempts import first_sittings, retakes
from grader.exam.forms import FormEntry
from grader.exam.roster import Trainee
from tests.exam.changed import blueprint

ANN, BO = Trainee("ann", "Ann", "", 0), Trainee("bo", "Bo", "bo@example.org", 30)


def entry(who: Trainee, attempt: int) -> FormEntry:
    """Return a form that was drawn."""
    return FormEntry(
        f"e-{who.trainee}{attempt}", who.trainee, who.name, who.email, attempt, 80, (), extra=who.extra
    )


def again(names, entries, *, came_back=True, attempt=None, most=3, over=False, timed=False):
    """Ask for retakes, with all forms handed in or none."""
    exam = blueprint(("retake.attempts", most))
    found = retakes(names, entries, exam, lambda _: came_back, attempt, lambda _: over, timed)
    return [(each.who, each.attempt) for each in found]


def test_who_has_a_form_gets_no_second_one_by_the_roster():
    """Drawing again for a longer roster draws for the new names alone."""
    assert [each.who for each in first_sittings([ANN, BO], [entry(ANN, 1)])] == [BO]


def test_a_retake_is_the_attempt_after_the_last():
    """Name, address and extra minutes stay as they were; naming somebody twice changes nothing."""
    assert again(["bo", "bo"], [entry(ANN, 1), entry(BO, 2), entry(BO, 1)]) == [(BO, 3)]


def test_nobody_sits_more_often_than_the_blueprint_says():
    """The message names the trainee and the field of the blueprint."""
    with pytest.raises(
        CourseError, match=r"ann cannot sit short again: it can be sat once \(retake.attempts"
    ):
        again(["ann"], [entry(ANN, 1)], most=1)
    with pytest.raises(CourseError, match="it can be sat 2 times"):
        again(["ann"], [entry(ANN, 2)], most=2)


def test_nobody_sits_again_who_did_not_sit_before():
    """Without a form, it says where to name them."""
    with pytest.raises(CourseError, match="cy has no form of short yet"):
        again(["cy"], [entry(ANN, 1)])


def test_a_form_that_did_not_come_back_is_asked_about():
    """The same command given twice draws once; what was lost counts as an attempt only when somebody says so."""
    with pytest.raises(
        CourseError, match=r"has not handed in e-ann1, attempt 1; .*exam collect short.*--attempt 2"
    ):
        again(["ann"], [entry(ANN, 1)], came_back=False)
    assert again(["ann"], [entry(ANN, 1)], came_back=False, attempt=2) == [(ANN, 2)]


def test_who_did_not_come_sits_again_with_times_of_their_own():
    """Once the window is over, setting times is enough; without them the refusal says what to add, and before it is over both."""
    assert again(["ann"], [entry(ANN, 1)], came_back=False, over=True, timed=True) == [(ANN, 2)]
    with pytest.raises(CourseError, match=r"did not come.*over for them: add --opens .*--closes .*counts as"):
        again(["ann"], [entry(ANN, 1)], came_back=False, over=True)
    with pytest.raises(CourseError, match=r"The exam is not over for them.*add --attempt 2"):
        again(["ann"], [entry(ANN, 1)], came_back=False, timed=True)
    with pytest.raises(CourseError, match="it can be sat once"):
        again(["ann"], [entry(ANN, 1)], came_back=False, over=True, timed=True, most=1)


def test_an_attempt_that_was_drawn_is_not_drawn_again():
    """Who has the attempt that was named gets nothing, and none is left out."""
    assert again(["ann"], [entry(ANN, 2)], attempt=2) == []
    with pytest.raises(CourseError, match="so the next is 2, not 3"):
        again(["ann"], [entry(ANN, 1)], attempt=3)
