"""Signs find words in one sentence, in any order and form."""

import pytest

from grader.scoring.signs import sentences, where


@pytest.mark.parametrize(
    ("sign", "text", "found"),
    [
        ("decide", "She decided it.", True),
        ("redetermin*", "We request a redetermination.", True),
        ("redetermin*", "We request a review.", False),
        ("numb*", "Your legs go numb.", True),
        ("numb*", "Numbness between the legs.", True),
        ("numb*", "Please tell us your claim number.", False),
        ("numb", "Please tell us your claim number.", False),
        ("numb*", "The pages are numbered.", False),
        ("stop*", "It stopped.", True),
        ("change*", "We are changing it.", True),
        ("worry*", "He worries.", True),
        ("pay*", "The payer decides.", False),
        ("mean*", "Meanwhile nothing is billed.", False),
        ("slip*", "He lost a slipper.", False),
        ("slip*", "He slipped.", True),
        ("severe", "Several visits.", False),
        ("cent", "The medical center.", False),
        ("other", "No other cause.", True),
        ("both", "It does not bother her.", False),
        ("provider", "Please provide the note.", False),
        ("provider", "The providers decide.", True),
        ("ask|request review", "A review is requested.", True),
        ("ask review", "Ask me. The review is over.", False),
        ("pay !not", "It will not be paid.", False),
        ("paid !not", "It will be paid.", True),
        ("M54.50", "The code M54.50 stays.", True),
        ("5/10", "Pain 5/10 today.", True),
        ("dont", "Don't wait.", True),
        ("you+should+have", "You should have called.", True),
        ("you+should+have", "We should have called when you came.", False),
        ("M54.50", "M54 and 50 more.", False),
    ],
)
def test_a_sign_is_found_where_it_stands(sign, text, found):
    """Kin of a word, beginnings, alternatives and absent words are told apart."""
    assert bool(where([sign], sentences(text))) == found


def test_sentences_survive_abbreviations_and_numbers():
    """Dr., decimals and lists do not break or join sentences wrongly."""
    text = "Dr. Ames wrote 5.5 mg. It helped\n- other\n- none"
    assert [s.text for s in sentences(text)] == ["Dr. Ames wrote 5.5 mg.", "It helped", "- other", "- none"]


def test_where_quotes_one_sentence_a_sign():
    """Each sign is answered with the first sentence that holds it."""
    assert where(["ache", "rest", "fall"], sentences("It aches. Rest. It aches more.")) == [
        "It aches.",
        "Rest.",
    ]
