"""Which skills a trainee is told to practice."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from grader.decision.judged import Judged
from grader.decision.skills import PRACTICE, skill_shares
from grader.library.skills import SKILLS
from tests.conftest import ROOT


def answer(case: str, points: float, *skills: str) -> SimpleNamespace:
    """Return a question of a case that asks for some skills, worth ten points."""
    judged = Judged(case, "codes", "assign-codes", 10.0, points)
    return SimpleNamespace(judged=judged, question=SimpleNamespace(case=SimpleNamespace(skills=skills)))


def test_every_skill_is_practiced_where_the_book_says():
    """Page, title and skills are those of the book's practice pages."""
    found = {}
    for path in (ROOT / "book" / "practice").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        title = text.split("\n", 1)[0].removeprefix("# ")
        for named in re.findall(r"\{practice\} (.+)", text):
            found |= dict.fromkeys(named.split(), (title, f"practice/{path.stem}.html"))
    assert {skill: (page.title, page.path) for skill, page in PRACTICE.items()} == found
    assert set(found) == set(SKILLS)


@pytest.mark.parametrize(
    ("points", "band"),
    [
        ((10, 10, 5.5), "85 % or more"),
        ((10, 10, 5.4), "60 to 84 %"),
        ((6, 6, 6), "60 to 84 %"),
        ((6, 6, 5), "less than 60 %"),
    ],
)
def test_shares_are_told_in_three_bands(points, band):
    """The share of points decides the band, and no finer number is told."""
    shares = skill_shares([answer(f"enc-{n}", each, "laterality") for n, each in enumerate(points)])
    assert [share.band for share in shares] == [band]


def test_a_skill_of_few_cases_is_not_told():
    """Two cases tell nothing about a skill, were they as many questions as one likes; three do."""
    two = [answer(f"enc-{n % 2}", 1.0, "fractures") for n in range(8)]
    assert skill_shares(two) == ()
    assert len(skill_shares([*two, answer("enc-9", 1.0, "fractures")])) == 1


def test_the_weakest_come_first():
    """What to practice stands on top; strong skills are marked so."""
    cases = [answer(f"a{n}", 10.0, "laterality") for n in range(3)] + [
        answer(f"b{n}", 1.0, "sequencing") for n in range(3)
    ]
    shares = skill_shares(cases)
    assert [share.title for share in shares] == [SKILLS["sequencing"], SKILLS["laterality"]]
    assert [share.is_strong for share in shares] == [False, True]
