"""The code set against the official list."""

from importlib.metadata import files
from pathlib import Path

import pytest

from grader.codeset.tabular import load, normalize, with_seventh
from grader.errors import CodeSetError


def official_codes() -> set[str]:
    """Every category and code of the official list, without dots."""
    listed = next(path for path in files("simple-icd-10-cm") if path.name.startswith("code-list"))
    lines = Path(listed.locate()).read_text().split()
    return {line.replace(".", "") for line in lines if "-" not in line and len(line) > 2}


def test_it_has_exactly_the_official_codes(tmp_path):
    """Deriving 7th characters from the tabular notes gives the official list, no code more and none less."""
    codes = load(releases=tmp_path)  # the list that it is built from, whatever release is installed
    of_later_releases = {change.code for change in codes.changes if change.added and change.on.year >= 2026}
    derived = set()
    for entry in codes.entries():
        if entry.code in of_later_releases:
            continue
        derived.add(entry.code.replace(".", ""))
        if entry.code in {change.code for change in codes.changes} or entry.leaf:
            derived |= {
                with_seventh(entry.code, c).replace(".", "") for c in codes.seventh_characters(entry.code)
            }
    assert derived == official_codes()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("m549", "M54.9"),
        ("M54.9 ", "M54.9"),
        ("S39.012a", "S39.012A"),
        ("m54", "M54"),
        ("w010xxa", "W01.0XXA"),
    ],
)
def test_spelling_variants_are_one_code(typed, code):
    """A dot, a space or small letters make no difference."""
    assert normalize(typed) == code


@pytest.mark.parametrize("typed", ["", "back pain", "M5", "M54.9000000", "<b>M54.9</b>", "M54,9"])
def test_what_is_no_code_comes_back_as_typed(typed):
    """Nothing is guessed."""
    assert normalize(typed) == typed.strip().upper()


def test_titles_carry_the_meaning_of_the_seventh_character(codes):
    """The full title of a code is that of its base with the 7th character's meaning."""
    assert codes.title("S39.012A") == "Strain of muscle, fascia and tendon of lower back, initial encounter"
    assert codes.title("M54.9") == "Dorsalgia, unspecified"
    assert codes.title("M54.99") == ""


def test_notes_are_inherited_from_every_ancestor(codes):
    """M54.9 is bound by the notes at M54 and at the block M50-M54."""
    places = {note.at for note in codes.notes("M54.9", "excludes1")}
    assert {"M54", "M50-M54"} <= places


def test_a_damaged_file_is_said_to_be_damaged(tmp_path):
    """A damaged artefact names the file and the remedy."""
    broken = tmp_path / "tabular.bin"
    broken.write_bytes(b"not gzip")
    with pytest.raises(CodeSetError, match=r"tabular\.bin is damaged.*codes build"):
        load(broken)
    with pytest.raises(CodeSetError, match="codes build"):
        load(tmp_path / "missing.bin")
