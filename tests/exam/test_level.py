"""What a question for codes is worth tells nothing of how many there are, and no answer earns another share for it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers import CodesAnswer
from grader.exam.draw import draw_form
from grader.exam.level import level, level_case, level_key
from grader.exam.pool import load_pool
from grader.family.key import POINTS
from grader.library.case import load_cases
from grader.library.item_keys import CodesKey
from grader.library.key import load_key
from grader.scoring.codes import score_codes
from tests.conftest import ROOT
from tests.exam.conftest import SEED

LIBRARY = ROOT / "cases"


@cache
def coded():
    """Return every question for codes of both pools, as its author wrote it: case, item and key."""
    found = []
    for name, case in load_cases(LIBRARY).items():
        key = load_key(LIBRARY / name, case)
        found += [(case, key, item) for item in case.items if isinstance(key.items[item.id], CodesKey)]
    return found


def test_in_the_pool_every_question_for_codes_is_worth_the_same(pool, codes):
    """In the exam pool and in that of practice; the codes of each add up to it, and no other question is changed."""
    for each in (pool, load_pool(LIBRARY, LIBRARY, LIBRARY / "families", codes, "practice")):
        written = load_cases(LIBRARY)
        for name, case in each.cases.items():
            for item, before in zip(case.items, written[name].items, strict=True):
                if item.kind != "assign-codes":
                    assert item == before
                    continue
                expected = each.keys[name].items[item.id].expected
                assert item.points == POINTS and abs(sum(code.points for code in expected) - POINTS) < 1e-9


def test_in_a_form_points_do_not_tell_charts_of_one_code_from_others(short, pool, codes):
    """Whether an encounter comes from the library or a family, and however many codes it has."""
    forms = [draw_form(short, SEED, f"trainee-{number}", 1, pool, codes) for number in range(5)]
    items = [(form.keys[case.id].items[i.id], i) for form in forms for case in form.cases for i in case.items]
    asked = [(len(key.expected), item.points) for key, item in items if item.kind == "assign-codes"]
    assert len({count for count, _ in asked}) > 1 and {points for _, points in asked} == {POINTS}


@settings(max_examples=300)
@given(st.data())
def test_no_answer_earns_another_share(codes, data):
    """Right, wrong, optional and other codes in any order: the share of the points, and all that is said, is the same."""
    case, key, item = data.draw(st.sampled_from(coded()))
    reference = key.items[item.id]
    named = [each.code for each in (*reference.expected, *reference.optional)]
    named += [code for other in (*reference.alternatives, *reference.wrong) for code in other.codes]
    answer = CodesAnswer(tuple(data.draw(st.lists(st.sampled_from(named), min_size=1, max_size=6))))
    same, levelled = level(case, key)
    possible = next(each.points for each in same.items if each.id == item.id)
    before = score_codes(answer, reference, item.points, case.encounter_date, codes, case.care)
    after = score_codes(answer, levelled.items[item.id], possible, case.encounter_date, codes, case.care)
    assert after.points / possible == pytest.approx(before.points / item.points, abs=1e-12)
    assert (after.findings, after.failed, after.accuracy) == (before.findings, before.failed, before.accuracy)


def test_of_equal_references_the_same_one_counts(codes):
    """A third of ten is a bit more than a third of eight: the answer is compared with the same list all the same."""
    case, key, item = next(each for each in coded() if each[0].id == "enc-0052")
    levelled = level(case, key)[1].items[item.id]
    twice = CodesAnswer(("S29.012S", "S29.012S"))
    told = [
        score_codes(twice, reference, points, case.encounter_date, codes)
        for reference, points in ((key.items[item.id], item.points), (levelled, POINTS))
    ]
    assert told[0].findings == told[1].findings and told[0].accuracy == told[1].accuracy


def test_files_are_written_with_the_points_of_the_form():
    """Nothing but the points of codes is another."""
    case, key, item = next((c, k, i) for c, k, i in coded() if i.points == 6.0)
    same, levelled = level(case, key)
    assert level_case(
        {"title": case.title, "items": [{"id": i.id, "points": i.points} for i in case.items]}, same
    ) == {
        "title": case.title,
        "items": [{"id": i.id, "points": POINTS if i == item else i.points} for i in case.items],
    }
    reference = levelled.items[item.id]
    told = {"items": {name: {"expected": []} for name in key.items if name != item.id}}
    told["items"][item.id] = {
        "sequence": "any",
        "expected": [{"code": e.code, "points": 1} for e in reference.expected],
    }
    written = level_key(told, levelled)["items"][item.id]
    assert written == {
        "sequence": "any",
        "expected": [{"code": e.code, "points": e.points} for e in reference.expected],
    }
