"""Charts are cut into sentences that keep every word."""

from hypothesis import given
from hypothesis import strategies as st

from grader.library.passages import chart, holding, passages


def test_headings_stand_apart_and_ids_count_on():
    """Headings are no passages; ids go on through the paragraphs of a document."""
    cut = chart([("Visit", "HISTORY:\nIt aches. No fall.\n\nPLAN:\nRest."), ("Film", "Normal.")])
    assert [block.get("heading") for block in cut[0]["blocks"]] == ["History", None, "Plan", None]
    assert list(passages([("Visit", "HISTORY:\nIt aches. No fall.\n\nPLAN:\nRest."), ("Film", "Normal.")]).items()) == [
        ("1.1", "It aches."), ("1.2", "No fall."), ("1.3", "Rest."), ("2.1", "Normal."),
    ]  # fmt: skip


def test_shorthand_does_not_end_a_sentence():
    """Decimals, Dr., vs. and initials stay inside their sentence; a question or quote ends it."""
    text = 'Dr. Ames saw her, T 36.8, strain vs. sprain? "It hurts." L. arm fine.'
    assert list(passages([("", text)]).values()) == [
        'Dr. Ames saw her, T 36.8, strain vs. sprain?', '"It hurts."', "L. arm fine.",
    ]  # fmt: skip


@given(st.text(alphabet="aB .?!;:\"'\n0(", max_size=200))
def test_no_word_is_lost(text):
    """The passages hold every character of the text but white space and headings."""
    cut = chart([("", text)])
    kept = "".join(
        block.get("heading", "") + "".join(p["text"] for p in block.get("passages", ()))
        for block in cut[0]["blocks"]
    )
    plain = "".join(text.split()).lower()
    assert set("".join(kept.split()).lower()) <= set(plain)
    assert sum(c.isalnum() for c in kept) == sum(c.isalnum() for c in plain)


def test_a_quote_is_found_in_its_passages():
    """Holding names every passage with the quote."""
    assert holding("fall", {"1.1": "No fall.", "1.2": "A fall.", "1.3": "Rest."}) == ["1.1", "1.2"]
