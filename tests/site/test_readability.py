"""How hard a text is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.site.readability import count_words, grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("back", 1), ("lumbar", 2), ("thoracic", 3), ("code", 1), ("codes", 1), ("payer's", 2), ("well-known", 2), ("a", 1),
     ("radiculopathy", 6), ("documentation", 5)],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word, count):
    """Words of the dictionary, plurals, compounds, and words that no dictionary has."""
    assert syllables(word) == count


def test_the_grade_is_the_published_formula():
    """Two sentences of five words with eleven syllables together: 0.39 × 5 + 11.8 × 1.1 − 15.59."""
    text = ["The cat sat on mats. The lumbar back can hurt."]
    assert count_words(text) == 10
    assert grade(text) == pytest.approx(0.39 * 5 + 11.8 * 1.1 - 15.59)


def test_a_section_number_ends_no_sentence():
    """I.B.18 and M54.50 stand inside of a sentence."""
    assert grade(["See Section I.B.18 of the text for M54.50 today."]) == grade(
        ["See Section of the text for today."]
    )


def test_a_text_without_words_has_no_grade():
    """Numbers alone are not hard to read."""
    assert grade(["12 – 34", ""]) == 0


@given(st.lists(st.sampled_from(["back", "pain", "code", "payer", "documentation"]), min_size=4, max_size=12))
def test_one_long_sentence_is_never_easier_than_two_short_ones(words):
    """Splitting a sentence lowers the grade."""
    half = len(words) // 2
    long = " ".join(words).capitalize() + "."
    short = f"{' '.join(words[:half]).capitalize()}. {' '.join(words[half:]).capitalize()}."
    assert grade([short]) < grade([long])
