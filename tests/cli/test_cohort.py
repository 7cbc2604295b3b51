"""``exam simulate``: numbers in words, the card where it is asked for, and troubles without a traceback."""

from __future__ import annotations

from functools import partial

import pytest

from grader.cli import main
from grader.cohort import study, world
from grader.cohort.card import read_card
from tests.exam.changed import SHORT


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few forms, and no other trainees, so that it takes a second."""
    monkeypatch.setattr(world, "make_world", partial(world.make_world, forms=2, sample=1))
    monkeypatch.setattr(study, "OTHER_SEEDS", 1)


def test_a_simulation_shows_its_numbers_and_writes_the_card(small, tmp_path, capsys):
    """One table in the terminal, progress nowhere but on a terminal, and a card that the page could be made from."""
    card = tmp_path / "card.json"
    assert main(["exam", "simulate", str(SHORT), "--trainees", "20", "--seed", "3", "--card", str(card)]) == 0
    out, err = capsys.readouterr()
    assert "8 encounters" in out and "seed 3" in out and "All who finish the course" in out and err == ""
    found = read_card(card)
    assert (found.exam, found.trainees, found.seed, found.drawn) == ("short", 20, 3, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--trainees", "3"], "tell nothing. Simulate 20 or more"),
        (["nowhere/blueprint.yml"], "nowhere/blueprint.yml"),
        ([str(SHORT), "--card"], "Name another file: --card FILE"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_words(arguments, said, capsys):
    """Too few trainees, a blueprint that is not there, or another exam in the place of the one that ships."""
    assert main(["exam", "simulate", *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err and "Traceback" not in err


def test_a_card_that_cannot_be_written_is_told(small, tmp_path, capsys):
    """The numbers are shown all the same."""
    assert main(["exam", "simulate", str(SHORT), "--trainees", "20", "--card", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert "8 encounters" in out and "cannot be written" in err
