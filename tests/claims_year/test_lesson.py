"""The page: its numbers come from the data, and what it says of them holds for the year that it reads."""

import re

import pytest
from bs4 import BeautifulSoup

from grader.claims_year import findings, lesson, story
from grader.cli.claims_year import SEED
from tests.conftest import ROOT

PAGE = (ROOT / "book/lessons/a-year-of-claims.md").read_text(encoding="utf-8")


def test_the_page_reads_the_year_that_the_command_writes():
    """Whoever makes the file has the numbers of the page."""
    assert f"generate({SEED})" in PAGE


def test_every_number_that_the_page_names_is_made(claims):
    """No name on the page is left without its number."""
    named = set(re.findall(r"\{glue:text\}`([^`]+)`", PAGE))
    assert named and named <= set(lesson.numbers(claims))


def test_numbers_are_not_typed_by_hand():
    """Outside of checks and code, no share stands in the text as digits."""
    text = re.sub(
        r"^```\{(?:code-cell|check|case|deeper|index)\}.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL
    )
    assert not re.findall(
        r"(?<![\w.])\d+\.\d(?![\d.])",
        re.sub(r"[A-Z]\d\d\.\d+\b|^---.*?^---$", "", text, flags=re.MULTILINE | re.DOTALL),
    )


def test_derived_numbers_can_be_followed_with_a_pocket_calculator(claims):
    """Differences are those of the numbers shown."""
    told = {
        name: float(text) for name, text in lesson.numbers(claims).items() if re.fullmatch(r"[\d.]+", text)
    }
    assert told["fall-as-it-looks"] == round(told["missing-before"] - told["missing-after"], 1)
    assert told["fall-same-mix"] == round(told["missing-before"] - told["missing-same-mix"], 1)
    part = (told["fall-as-it-looks"] - told["fall-same-mix"]) / told["fall-as-it-looks"]
    assert told["mix-part"] == round(100 * part)


def test_july_has_fewer_returns_than_october_and_a_higher_share(claims):
    """The first example holds: fewer claims came back in July, but more of a hundred."""
    back = findings.by_month(claims, lambda claim: claim.came_back)
    assert min(back, key=lambda rate: rate.count) == back[6]
    assert min(back, key=lambda rate: rate.per_hundred) == back[9]


def test_all_old_codes_are_the_two_of_the_favorites_list(claims):
    """M54.5 and M51.36 are behind every rejection for an invalid code."""
    codes = {claim.code for claim in claims if claim.reason == story.OLD_CODE.words}
    assert codes == {"M54.5", "M51.36"}


def test_plan_b_and_medicare_are_at_the_ends(claims):
    """What the page says of the payers holds."""
    payers = [payer for payer, _ in findings.by_payer(claims)]
    assert (payers[0], payers[-1]) == (story.PLAN_B, "Medicare")


def test_need_not_shown_jumps_by_luck(claims):
    """It rises more than twofold with ranges that still touch, which is what the page warns of."""
    need = next(
        each for each in findings.reasons_before_and_after(claims) if each.name == story.NO_NEED.words
    )
    assert need.after.per_hundred > 2 * need.before.per_hundred and not need.rose


def test_m549_looks_guilty_until_notes_are_compared(claims):
    """M54.9 comes back more often at first sight, and about as often as others when the note is complete."""
    told = {
        name: float(text)
        for name, text in lesson.numbers(claims).items()
        if name.endswith("-back") and "." in text
    }
    assert told["m549-back"] > told["other-back"] + 1
    assert abs(told["m549-complete-back"] - told["other-complete-back"]) < 0.5


def test_the_log_shows_each_way_to_end(claims):
    """The lines of the log that are shown hold every outcome once."""
    rows = BeautifulSoup(lesson.log(claims).text, "html.parser").select("tbody tr")
    ends = [row.find_all("td")[-1].get_text() for row in rows]
    assert sorted(ends) == sorted({claim.outcome for claim in claims})


def test_tables_are_of_the_data(claims):
    """The payers' parts add up, and the notes' table counts every claim."""
    cells = BeautifulSoup(lesson.mix(claims).text, "html.parser").select("tbody td")
    shares = [float(cell.get_text()) for cell in cells]
    assert sum(shares) == pytest.approx(200, abs=0.3)
    counted = re.findall(r"of ([\d,]+)\)", lesson.notes(claims).text)
    assert sum(int(text.replace(",", "")) for text in counted) == len(claims)
