"""The tables and numbers: those of the card, all of them."""

import pytest

from grader.scoring.documentation.names import NAMES
from grader.site.reading import tables
from grader.site.reading.card import GROUPS, MEASURES, Card
from grader.site.reading.tables import NOTHING, TABLES, numbers
from tests.site.reading.sample import WRITERS, sample


@pytest.fixture(scope="module")
def card() -> Card:
    """The sample as it is read."""
    return Card.model_validate(sample())


def rows(table) -> dict[str, tuple[str, ...]]:
    """The lines of a table by their first cell."""
    return {first: tuple(rest) for first, *rest in table.rows}


@pytest.mark.parametrize("name", TABLES)
def test_every_line_has_every_column(card, name):
    """A table has a caption, at most four columns, and no cell too many or too few."""
    table = TABLES[name](card)
    assert table.caption and table.rows and len(table.head) <= 4
    assert all(len(row) == len(table.head) and all(row) for row in table.rows)


def test_every_measure_is_shown_for_each_group(card):
    """Each measure of the card has a line, with the values of all, shared and own beside each other."""
    assert tuple(tables.SHOWN) == MEASURES
    shown = rows(tables.held_out(card))
    for name in MEASURES:
        label = tables.SHOWN[name][0]
        assert shown[label] == tuple(tables.measured(name, card.held_out[group][name]) for group in GROUPS)


def test_numbers_are_those_of_the_card(card):
    """A share is written in percent with its range, a kappa and points as they are."""
    shown = rows(tables.held_out(card))
    assert shown["Elements found (F1)"][0] == "95.3% (94.5–96.0)"
    assert shown["Agreement (kappa)"][0] == "0.88 (0.88–0.89)"
    assert shown["Points apart"][0] == "0.61 (0.60–0.62)"
    assert rows(tables.elements(card))["Location (1,812)"] == ("99.0%", "98.5%", "97.5%")


def test_every_element_has_a_row(card):
    """Each of the 17 is shown under the name that people read, with how many notes state it."""
    first = [row[0].rpartition(" (")[0] for row in tables.elements(card).rows]
    assert first == list(NAMES.values()) and len(first) == 17
    assert {row[0] for row in tables.contradictions(card).rows} == set(first)


def test_the_hardest_contradictions_come_first(card):
    """Where the program misses most is read first."""
    shares = [
        float(cell.removesuffix("%")) for _, cell in tables.contradictions(card).rows if cell != NOTHING
    ]
    assert shares == sorted(shares) and len(shares) == 16


def test_every_writer_has_a_row(card):
    """Results and training data name each writer once, in the same order."""
    assert [row[0] for row in tables.writers(card).rows] == list(card.tested)
    assert [row[0] for row in tables.training(card).rows] == list(card.tested)
    assert set(card.tested) == set(WRITERS)
    assert rows(tables.training(card))["w1"] == ("chart shorthand, nurses, urgent care", "45 (2)", "21")


def test_where_nothing_was_measured_nothing_is_claimed(card):
    """A dash stands for it; no 0 and no None."""
    assert tables.contradictions(card).rows[-1] == (NAMES["quote"], NOTHING)
    empty = card.held_out["all"]["mae"].model_copy(update={"value": None})
    assert tables.measured("mae", empty) == NOTHING
    assert tables.measured("mae", card.held_out["all"]["mae"].model_copy(update={"low": None})) == "0.61"
    assert rows(tables.held_out(card))["Honest notes flagged"][0] == "0.8%"


def test_less_than_luck_has_a_minus_sign(card):
    """A negative kappa is not taken for a range."""
    worse = card.held_out["all"]["kappa"].model_copy(update={"value": -0.125, "low": -0.25, "high": 0.01})
    assert tables.measured("kappa", worse) == "−0.12 (−0.25–0.01)"


def test_the_model_is_told_with_and_without_times(card):
    """Times that were measured are shown; those that were not leave no line."""
    shown = rows(tables.model(card))
    assert shown["Size"] == ("1.4 MB",) and "4.3 ms" in shown["Time for a note, half of them within"]
    assert shown["Its SHA-256 digest begins with"] == (card.model.sha256[:12],)
    without = card.model_copy(update={"ms_per_note": None})
    assert [row[0] for row in tables.model(card).rows if "Time" not in row[0]] == [
        row[0] for row in tables.model(without).rows
    ]


def test_sentences_get_the_numbers_of_the_card(card):
    """What sentences name is counted from the card or stands in it."""
    told = numbers(card)
    assert told["notes"] == f"{card.notes:,}" and told["writers"] == "16" and told["elements"] == "17"
    assert told["contradictions"] == f"{sum(range(20, 36))}"
    assert told["contradiction-recall"] == "64.5%"
    assert (told["sure-band"], told["sure-right"]) == ("90–100%", "98.5%")
    assert (told["unsure-band"], told["unsure-right"]) == ("40–50%", "48.0%")


def test_lowest_and_highest_are_found(card):
    """The worst and best writer and element are named with their numbers, wherever they stand."""
    told = numbers(card)
    worst = min(WRITERS, key=lambda name: card.held_out[name]["micro_f1"].value)
    assert worst == "w0" and told["lowest-writer"] == f"w0 ({card.trained_on[0].voices})"
    assert told["highest-writer"].startswith("p12 (")
    assert told["highest-element"] == "location"
    hardest = min(card.elements, key=lambda name: card.elements[name].f1)
    assert told["lowest-element"] == NAMES[hardest].lower()


def test_a_writer_whose_voice_is_not_told_is_named_alone(card):
    """No empty brackets in a sentence, a dash in the table, and no column where nothing is told at all."""
    silent = tuple(each.model_copy(update={"voices": ""}) for each in card.trained_on)
    untold = card.model_copy(update={"trained_on": silent})
    assert numbers(untold)["lowest-writer"] == "w0"
    assert tables.training(untold).head == ("Writer", "Notes (charts)", "Contradictions")
    half = card.model_copy(update={"trained_on": (silent[0], *card.trained_on[1:])})
    assert rows(tables.training(half))["w0"] == (NOTHING, "44 (1)", "20")


def test_the_gap_weighs_each_answer(card):
    """Confidence that is right has no gap; each bin counts by its answers."""
    first, second = card.bins[:2]
    exact = first.model_copy(update={"said": 0.5, "right": 0.5, "n": 300})
    off = second.model_copy(update={"said": 0.9, "right": 0.5, "n": 100})
    assert tables.gap(card.model_copy(update={"calibration": (exact,)})) == 0
    assert tables.gap(card.model_copy(update={"calibration": (exact, off)})) == pytest.approx(0.1)
