"""Finding codes in the tabular list: one code, or an error that says what is there."""

import pytest

from grader.errors import CodeSetError


@pytest.mark.parametrize(
    ("place", "words", "code"),
    [
        ("M54.1", ("lumbar region",), "M54.16"),
        ("M54.1", ("thoracolumbar region",), "M54.15"),
        ("M51.36", ("with discogenic back pain only",), "M51.360"),
        ("M50.1", ("C7-T1",), "M50.13"),
        ("M50.1", ("C5-C6",), "M50.122"),
        ("N23", (), "N23"),
    ],
)
def test_words_name_one_code(find, place, words, code):
    """Whole words of the title, or else of an inclusion term, decide; "lumbar" is not part of "thoracolumbar"."""
    assert find.below(place, *words) == code


def test_words_that_name_none_or_several_are_an_error(find):
    """A rule that no longer fits the tabular list stops, and says what it found."""
    with pytest.raises(CodeSetError, match="none"):
        find.below("M54.1", "of the moon")
    with pytest.raises(CodeSetError, match=r"M54\.31, M54\.32"):
        find.below("M54.3", "side", without="unspecified")
    with pytest.raises(CodeSetError, match=r"no M99\.99"):
        find.below("M99.99")


def test_a_seventh_character_is_found_by_what_it_means(find):
    """The character comes from the list of its category, with placeholders; a meaning that is not there is an error."""
    assert find.seventh("S16.1", "subsequent encounter") == "S16.1XXD"
    assert find.seventh("M54.50", "initial encounter") == "M54.50"
    with pytest.raises(CodeSetError):
        find.seventh("S16.1", "nonunion")
