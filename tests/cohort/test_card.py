"""The card that ships: it meets what the course asks, fits the exam that ships, and can be made anew."""

from __future__ import annotations

import json

import pytest

from grader.cohort.card import ALL, COMMAND, MAIN, PLACE, READY, Card, read_card
from grader.cohort.digest import blueprint_digest, pool_digest
from grader.cohort.forms import codes_of
from grader.cohort.sitting import Marking, sit
from grader.cohort.study import MAIN as COHORTS_TOLD
from grader.cohort.trainee import make_trainees
from grader.cohort.world import draw_forms
from grader.errors import FileError
from grader.exam.blueprint import load_blueprint
from tests.conftest import ROOT

CARD = read_card(ROOT / PLACE)
SHIPPED = ROOT / "exercises" / "certification" / "blueprint.yml"
RENEW = f"the exam or its pool was changed since the cohorts sat it: renew the card with `{COMMAND}`"


def test_the_exam_is_reliable_enough():
    """Reliability is .85 or more in both main cohorts, from one sitting and between two forms."""
    for name in MAIN:
        reliability = CARD.cohorts[name].reliability
        assert reliability and reliability >= 0.85 and CARD.parts[name].parallel >= 0.85


def test_wrong_decisions_are_rare_enough_where_some_are_ready_and_some_are_not():
    """At most 8 % of decisions, over five runs of 500 trainees each: single runs lie above and below it by luck."""
    whole = CARD.parts[READY]
    assert CARD.trainees == 500 and len(whole.seeds) == 5
    assert whole.together.wrong.of == 2500 and whole.together.wrong.value <= 0.08


def test_the_page_says_whether_they_are_among_all_who_finish():
    """Where the bar is missed, or met by a hair, the page says so in plain words; when the numbers change, so must the words."""
    page = (ROOT / "book" / "how-sure-the-exam-is.md").read_text(encoding="utf-8")
    wrong = CARD.parts[ALL].together.wrong
    assert ("**That is more than the course asks for.**" in page) is (wrong.value > 0.08)
    assert ("**That is just within what the course asks for**" in page) is (wrong.value <= 0.08 < wrong.high)


def test_no_wrong_decision_falls_below_none_competent():
    """The numbers are worth something: an exam that failed everybody would be wrong far more often in both main cohorts."""
    for name in MAIN:
        rates = CARD.parts[name].together
        assert rates.wrong.value < rates.competent.value / 2


def test_the_card_was_made_with_the_exam_that_ships():
    """A changed blueprint makes the numbers those of another exam."""
    assert CARD.blueprint == blueprint_digest(load_blueprint(SHIPPED)), RENEW


def test_the_card_was_made_with_the_pool_that_ships(pool):
    """So does a changed encounter, key or family."""
    cases = ROOT / "cases"
    assert CARD.pool == pool_digest(pool, cases, cases, cases / "families"), RENEW


def test_some_of_it_made_anew_is_the_same(pool, codes):
    """Trainees of the card sit their forms again, drawn and scored now, with the same result."""
    trainees = make_trainees(COHORTS_TOLD[0], len(CARD.sample), CARD.seed)
    drawn = draw_forms(load_blueprint(SHIPPED), pool, codes, [CARD.sample[1].form], lambda line: None)
    kept, trainee = CARD.sample[1], trainees[1]
    cells = sit(trainee, drawn[0], Marking(codes), CARD.seed)
    found = (trainee.name, drawn[0].id, round(codes_of(cells), 6), sum(cell.points or 0.0 for cell in cells))
    assert found == (kept.trainee, kept.id, kept.codes, pytest.approx(kept.points, abs=1e-5)), RENEW


def card_with(tmp_path, change) -> str:
    """What is said of a card with a change."""
    data = json.loads((ROOT / PLACE).read_text())
    change(data)
    path = tmp_path / "card.json"
    path.write_text(json.dumps(data))
    with pytest.raises(FileError) as said:
        read_card(path)
    return str(said.value)


def test_a_card_that_lacks_something_is_refused_by_its_name(tmp_path):
    """Every field is there, every cohort, and counts fit their ranges."""
    assert "parts: the field is missing" in card_with(tmp_path, lambda data: data.pop("parts"))
    assert "the cohort narrow is missing" in card_with(tmp_path, lambda data: data["cohorts"].pop("narrow"))
    wrong = ("cohorts", "finishers", "rates", "wrong")

    def more_than_all(data):
        for name in wrong:
            data = data[name]
        data["count"] = data["of"] + 1

    assert "do not fit together" in card_with(tmp_path, more_than_all)


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "there is no such file"), ("{", "not valid JSON"), ("[]", "Simulate the cohorts again")],
)
def test_what_is_no_card_is_told_with_the_command_that_makes_one(tmp_path, text, said):
    """No traceback for who builds the book."""
    path = tmp_path / "card.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(FileError, match=said) as told:
        read_card(path)
    assert COMMAND in str(told.value)


def test_no_word_of_the_pool_stands_in_the_card(pool):
    """The card is public: it names no encounter, no key and no canary."""
    text = (ROOT / PLACE).read_text(encoding="utf-8")
    assert not any(name in text for name in pool.cases)
    assert not any(key.canary in text for key in pool.keys.values())
    assert isinstance(CARD, Card) and "var-" not in text
