"""Words for the same thing stand in one group, and the longest phrase wins."""

import json
from pathlib import Path

from grader.scoring.documentation import lexicon
from grader.scoring.documentation.lexicon import group_names, named


def test_words_and_their_forms_are_in_a_group() -> None:
    """A word, and a form of it that the list does not have, mean the same."""
    assert "quality.dull" in group_names("a dull ache")
    assert "observe.abnormal" in group_names("he hobbles in")


def test_a_phrase_is_more_than_its_words() -> None:
    """'No relief' is no relief, and not relief."""
    assert "response.none" in group_names("no relief") and "response.word" not in group_names("no relief")


def test_places_are_those_of_words() -> None:
    """Each group comes with the number of its first word."""
    assert [place for place, _ in named("back pain eased by heat")][:1] == [0]


def test_unknown_words_have_no_group() -> None:
    """What is in no list says nothing."""
    assert group_names("zqx vvv") == frozenset()


def test_the_lists_are_tidy() -> None:
    """Lower case, sorted, no word twice in one group."""
    groups = json.loads(Path(lexicon.__file__).with_name("lexicon.json").read_text("utf-8"))
    for name, text in groups.items():
        words = text.split(", ")
        assert words == sorted(set(words)), name
        assert text == text.lower()
