"""What two forms have in common: counted in points, near-duplicates as well, and bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.errors import CourseError
from grader.exam.draw import draw_form
from grader.exam.form import Form
from grader.exam.overlap import Overlap, check_overlap, overlap
from grader.library.encounter import Document
from tests.exam.conftest import SEED


@pytest.fixture(scope="module")
def forms(short, pool, codes) -> list[Form]:
    """The forms of four trainees."""
    return [draw_form(short, SEED, f"trainee-{number}", 1, pool, codes) for number in range(4)]


def with_case(form: Form, case, key) -> Form:
    """Return a form that has another encounter in the place of its first draw."""
    at = next(place for place, each in enumerate(form.cases) if each.id.startswith("var-"))
    cases = (*form.cases[:at], case, *form.cases[at + 1 :])
    return replace(form, cases=cases, keys={**form.keys, case.id: key})


def twin_of(form: Form, *, words: str, key=None):
    """Return a draw under another name whose chart ends with other words, and its key."""
    case = next(each for each in form.cases if each.id.startswith("var-"))
    paper = case.documents[0]
    papers = (Document(paper.kind, paper.title, f"{paper.text} {words}"), *case.documents[1:])
    other = replace(case, id="var-0123456789", documents=papers)
    return other, replace(key or form.keys[case.id], case=other.id)


def test_the_share_of_points_in_common_is_counted(forms):
    """For every pair, points of encounters that both have, of the points of a form; mean and worst pair are told."""
    shares = {}
    for at, one in enumerate(forms):
        for other in forms[at + 1 :]:
            common = {case.id for case in one.cases} & {case.id for case in other.cases}
            points = sum(item.points for case in one.cases if case.id in common for item in case.items)
            shares[(one.id, other.id)] = points / one.points
    found = overlap(forms)
    assert found.most == max(shares.values()) == shares[found.worst] and found.pairs == len(shares) == 6
    assert found.mean == pytest.approx(sum(shares.values()) / 6)


def test_a_form_has_all_in_common_with_itself():
    """One form alone has nothing to be compared with."""
    assert overlap([]) == Overlap(0.0, 0.0, (), 0)


def test_draws_that_are_nearly_the_same_count_as_common(forms):
    """Another name and a few other words do not make another encounter."""
    before = overlap(forms[:2]).most
    twin = twin_of(forms[0], words="Seen with her sister today.")
    assert overlap([forms[0], with_case(forms[1], *twin)]).most == pytest.approx(before + 8 / 80)


def test_draws_with_another_answer_or_another_chart_are_not_common(forms):
    """A chart with a small difference that changes the codes is another encounter; so is another chart with these codes."""
    before = overlap(forms[:2]).most
    other = next(key for name, key in forms[2].keys.items() if name.startswith("var-"))
    asked_anew = twin_of(forms[0], words="", key=other)
    told_anew = twin_of(forms[0], words=" ".join(f"word{number}" for number in range(2_000)))
    for twin in (asked_anew, told_anew):
        assert overlap([forms[0], with_case(forms[1], *twin)]).most == pytest.approx(before)


def test_more_than_the_blueprint_allows_is_refused_with_names():
    """The message says which two trainees, how much, and what to do; at the bound nothing is said."""
    found = Overlap(0.5, 0.2, ("a-1", "a-2"), 3)
    names = {"a-1": "trainee-1", "a-2": "trainee-2"}
    check_overlap(found, 0.5, names)
    with pytest.raises(
        CourseError, match=r"trainee-1 \(a-1\) and trainee-2 \(a-2\) have 50% .* allows 49%.*another seed"
    ):
        check_overlap(found, 0.49, names)
