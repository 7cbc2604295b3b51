"""The sealed form: opens by its own code as people type it, and not when anything of it was changed."""

import json

import pytest

from grader.errors import CourseError, SittingFileError
from grader.sitting.form import read_form
from grader.sitting.sealing import opening_code, seal, unseal
from tests.sitting.forms import CASES, CODE, release

READABLE = {"title": "Sample", "minutes": 60}


@pytest.fixture(scope="module")
def sealed():
    """Something sealed with the code."""
    return seal(b"the chart", READABLE, CODE)


@pytest.mark.parametrize(
    "typed",
    [
        "ABCDEFGHIJKLMN27",
        "abcd efgh ijkl mn27",
        " abcd–efgh_ijkl.mn27\n",
        "ABCDEFGH1JKLMN27",
        "ＡBCDEFGHIJKLMN27",
    ],
)
def test_a_code_is_taken_as_people_type_it(typed):
    """Small letters, blanks, hyphens, wide letters and a 1 for an I make no difference."""
    assert opening_code(typed) == "ABCDEFGHIJKLMN27"


def test_digits_that_no_code_has_stand_for_the_letters_they_look_like():
    """0 is O and 8 is B."""
    assert opening_code("0000-8888-0000-8888") == "OOOOBBBBOOOOBBBB"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "has 0"),
        ("ABCD", "has 4"),
        ("ABCDEFGHIJKLMN99", "digits 2 to 7"),
        ("Ž" * 16, "2 to 7"),
        ("A" * 9999, "has 200"),
    ],
)
def test_what_cannot_be_a_code_is_told_in_words(typed, says):
    """Too short, too long, or with other characters."""
    with pytest.raises(CourseError, match=says):
        opening_code(typed)


def test_the_code_opens_it(sealed):
    """What was sealed comes out, and the readable part stays readable."""
    assert unseal(json.loads(json.dumps(sealed)), "abcdefghijklmn27") == b"the chart"
    assert READABLE.items() <= sealed.items() and "chart" not in json.dumps(sealed)


def test_sealing_twice_gives_nothing_to_compare(sealed):
    """Salt and nonce are new each time: two trainees with the same encounter cannot see it."""
    other = seal(b"the chart", READABLE, CODE)
    assert other["sealed"] != sealed["sealed"] and other["seal"]["check"] != sealed["seal"]["check"]


def test_another_code_does_not_open_it(sealed):
    """The words are about the code, not about the file."""
    with pytest.raises(CourseError, match="does not open this exam") as caught:
        unseal(sealed, "ABCDEFGHIJKLMN22")
    assert not isinstance(caught.value, SittingFileError)


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 600},
        {"closes": "2099-01-01"},
        {"sealed": ""},
        {"sealed": "AAAA"},
        {"sealed": 5},
        {"sealed": "not base64!"},
        {"seal": None},
        {"seal": {"kdf": "none"}},
    ],
)
def test_a_changed_form_does_not_open(sealed, change):
    """A longer time limit, another window, or damage: the file is named, and what to do."""
    with pytest.raises(SittingFileError, match=r"exam\.json.*Fetch the exam again"):
        unseal({**sealed, **change}, CODE)


@pytest.mark.parametrize("part", ["n", "salt", "nonce", "check"])
def test_a_changed_seal_does_not_open(sealed, part):
    """Weaker scrypt, another salt, nonce or check."""
    with pytest.raises(CourseError):
        unseal({**sealed, "seal": {**sealed["seal"], part: 2 if part == "n" else "AAAA"}}, CODE)


def test_a_removed_field_does_not_open(sealed):
    """What is left out is a change, too."""
    with pytest.raises(SittingFileError):
        unseal({name: value for name, value in sealed.items() if name != "title"}, CODE)


def test_a_released_form_tells_its_rules_and_keeps_its_encounters(tmp_path):
    """Time and window can be read without the code, the encounters only with it."""
    form = read_form(release(tmp_path))
    assert form.rules.minutes == 60 and form.rules.warnings == (30, 10, 5)
    assert "gardening" not in (tmp_path / "exam.json").read_text()
    assert form.opened(CODE) == CASES


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": "60"},
        {"minutes": True},
        {"minutes": -1},
        {"opens": "tomorrow"},
        {"opens": "2026-11-02T08:00"},
        {"over": "x"},
        {"title": 5},
        {"warnings": 5},
        {"schema": "exam-form/9"},
    ],
)
def test_a_damaged_form_is_told(tmp_path, change):
    """File and field are named."""
    path = release(tmp_path) / "exam.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(SittingFileError, match=next(iter(change))):
        read_form(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff", b"[" * 100_000])
def test_a_missing_or_unreadable_form_is_told(tmp_path, content):
    """Whatever stands in the file, there are words for it."""
    if content is not None:
        (tmp_path / "exam.json").write_bytes(content)
    with pytest.raises(SittingFileError, match="Fetch the exam again"):
        read_form(tmp_path)
