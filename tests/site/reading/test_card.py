"""The model card: what is accepted, and what is said of one that cannot be used."""

import json

import pytest

from grader.errors import FileError
from grader.site.reading.card import MEASURES, counted, read_card
from tests.site.reading.sample import WRITERS, put, sample


def problem(tmp_path, data) -> str:
    """What is said of a card."""
    with pytest.raises(FileError) as said:
        read_card(put(tmp_path, data))
    return str(said.value)


def test_a_whole_card_is_read(tmp_path):
    """What training writes is accepted, and what it adds for others is left alone."""
    card = read_card(put(tmp_path, sample() | {"date": "2026-12-01"}))
    assert card.notes == sum(each.notes for each in card.trained_on) and card.writers == len(WRITERS)


def test_what_may_be_missing_may_be_missing(tmp_path):
    """Times, failures that are none, how somebody writes, and a measure for which there was nothing to measure."""
    data = sample() | {"failures": []}
    del data["trained_on"][2]["voices"]
    del data["ms_per_note"]
    data["held_out"]["w0"]["contradiction_f1"] = {"value": None, "low": None, "high": None}
    assert read_card(put(tmp_path, data)).ms_per_note is None


def test_a_missing_card_is_told_with_its_place_and_remedy(tmp_path):
    """Whoever builds the book reads which file is missing, and what writes it."""
    with pytest.raises(FileError, match=r"model_card\.json: there is no such file\. Train the reading"):
        read_card(tmp_path / "model_card.json")


@pytest.mark.parametrize(("text", "said"), [("{", "not valid JSON"), ("[]", "does not hold fields")])
def test_what_is_no_card_is_told(tmp_path, text, said):
    """Half a file, or other data, ends in a sentence and not in a traceback."""
    path = tmp_path / "model_card.json"
    path.write_text(text)
    with pytest.raises(FileError, match=said):
        read_card(path)


@pytest.mark.parametrize("field", sorted(set(sample()) - {"ms_per_note"}))
def test_a_missing_field_is_named(tmp_path, field):
    """Everything that the page shows must be there."""
    data = sample()
    del data[field]
    assert f": {field}: the field is missing" in problem(tmp_path, data)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_missing_measure_is_named(tmp_path, measure):
    """No line of a table can stay empty because training forgot it."""
    data = sample()
    del data["held_out"]["p3"][measure]
    assert f"held_out.p3: {measure} is missing" in problem(tmp_path, data)


def test_a_missing_element_is_named(tmp_path):
    """Every element of a note is measured."""
    data = sample()
    del data["elements"]["rom"]
    assert "elements: rom is missing" in problem(tmp_path, data)


def test_a_writer_who_was_not_held_out_is_named(tmp_path):
    """Whoever was learned from was also tested on, before."""
    data = sample()
    del data["held_out"]["w2"]
    assert "held_out: w2 is missing" in problem(tmp_path, data)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.update(notes=data["notes"] + 1), "notes: it says"),
        (lambda data: data.update(writers=99), "writers: it says 99, but trained_on has 16"),
        (lambda data: data["held_out"]["all"]["micro_f1"].update(value=95.3), "held_out.all.micro_f1: it is out of its bounds"),
        (lambda data: data["held_out"]["all"]["mae"].update(value=-1.0), "held_out.all.mae: it is out of its bounds"),
        (lambda data: data["held_out"]["w1"]["kappa"].update(low=0.9, high=0.8), "held_out.w1.kappa: its range ends before"),
        (lambda data: data["elements"]["rom"].update(f1=float("nan")), "elements.rom.f1"),
        (lambda data: data["elements"]["rom"].update(f1=95), "elements.rom.f1"),
        (lambda data: data["held_out"]["p2"]["mae"].update(value=None), "held_out.p2.mae: it has no value"),
        (lambda data: data.update(calibration=data["calibration"][:1]), "calibration: it counts no answers"),
        (lambda data: data["calibration"][3].update(right=None), "calibration.3"),
        (lambda data: data["model"].update(sha256="abc"), "model.sha256"),
        (lambda data: data["trained_on"][0].update(writer=""), "trained_on.0.writer"),
        (lambda data: data["held_out"]["p1"]["recall"].update(low=-0.01), "held_out.p1.recall: it is out of its bounds"),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused(tmp_path, change, said):
    """Counts that disagree, percent for shares, ranges back to front and numbers that are none never reach the page."""
    data = sample()
    change(data)
    assert said in problem(tmp_path, data)


def test_points_apart_may_be_more_than_one(tmp_path):
    """It counts points; and agreement may be worse than luck, which is less than nothing."""
    data = sample()
    data["held_out"]["p1"]["kappa"] = {"value": -0.1, "low": -0.2, "high": 0.1}
    data["held_out"]["all"]["mae"] = {"value": 1.7, "low": 1.5, "high": 1.9}
    assert read_card(put(tmp_path, data)).held_out["all"]["mae"].value == 1.7


def test_writers_stand_in_the_order_in_which_people_count(tmp_path):
    """p2 comes before p10, and groups are no writers."""
    card = read_card(put(tmp_path, json.loads(json.dumps(sample()))))
    assert sorted(WRITERS, key=counted) == list(card.tested)
    assert list(card.tested[:3]) == ["p1", "p2", "p3"] and card.tested[-1] == "w3"
