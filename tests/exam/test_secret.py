"""The secret seed: what may be one, where it may stand, and what is derived from it."""

from __future__ import annotations

import re
import stat

import pytest

from grader.errors import CourseError
from grader.exam.secret import Source, fingerprint, make_seed, read_seed
from tests.exam.conftest import SEED


def seed_file(folder, text=SEED, mode=0o600):
    """Write a file with a seed."""
    path = folder / "seed.txt"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_seed_that_was_made_can_be_read(tmp_path):
    """It has 256 bits, nobody else can read it, and none is ever written over another."""
    path = tmp_path / "seed.txt"
    make_seed(path, {})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch("[0-9a-f]{64}", read_seed(path, {}))
    with pytest.raises(CourseError, match="is there already"):
        make_seed(path, {})


def test_the_folder_of_a_seed_is_made_for_its_owner_alone(tmp_path):
    """Where it is missing; one that is there stays as it is, and a file in its place is told of."""
    path = tmp_path / "secret" / "spring.txt"
    make_seed(path, {})
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700 and read_seed(path, {})
    tmp_path.chmod(0o755)
    make_seed(tmp_path / "other.txt", {})
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    with pytest.raises(CourseError, match=r"The folder .*other.txt cannot be made"):
        make_seed(tmp_path / "other.txt" / "seed.txt", {})


def test_a_seed_keeps_its_own_blanks_and_loses_those_around_it(tmp_path):
    """An editor ends a file with an empty line: it is the same seed."""
    assert read_seed(seed_file(tmp_path, f"{SEED}\n\n"), {}) == SEED


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("x1y2" * 7, 0o600, "needs 32 characters or more"),
        ("ab" * 40, 0o600, "and different ones"),
        (SEED, 0o640, "Other people can read .*chmod 600"),
        (SEED, 0o604, "Other people can read"),
    ],
)
def test_what_others_could_find_is_no_seed(tmp_path, text, mode, said):
    """A short one, a dull one, and one that others can read are refused with what to do."""
    with pytest.raises(CourseError, match=said):
        read_seed(seed_file(tmp_path, text, mode), {})


def test_what_is_no_file_with_text_is_no_seed(tmp_path):
    """Nothing, a folder, and bytes that are no text are told of in words."""
    for path, said in ((tmp_path / "none", "There is no file"), (tmp_path, "is not a file")):
        with pytest.raises(CourseError, match=said):
            read_seed(path, {})
    path = seed_file(tmp_path)
    path.write_bytes(b"\xff" * 40)
    with pytest.raises(CourseError, match="is not text"):
        read_seed(path, {})


def test_no_seed_stands_where_other_people_look(tmp_path):
    """In a shared folder, be it by a link, none is read and none is made; elsewhere it may be."""
    shared = tmp_path / "shared"
    shared.mkdir()
    (tmp_path / "link").symlink_to(seed_file(shared))
    for path in (shared / "seed.txt", tmp_path / "link"):
        with pytest.raises(CourseError, match=r"is inside the exchange .*a folder of your own"):
            read_seed(path, {"the exchange": shared})
    with pytest.raises(CourseError, match="is inside the exchange"):
        make_seed(shared / "new.txt", {"the exchange": shared})
    assert read_seed(seed_file(tmp_path), {"the exchange": shared}) == SEED


def test_what_is_derived_tells_nothing_of_the_rest():
    """Id, opening code and chance have no digits in common, and nothing of them shows seed, trainee or attempt."""
    source = Source(SEED, "certification", "trainee-1", 1)
    assert re.fullmatch(r"certification-[0-9a-f]{8}", source.form)
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", source.opening_code)
    digests = {source.digest(purpose).hex()[:8] for purpose in ("form", "open", "draw", "family")}
    assert len(digests) == 4
    assert SEED not in repr(source)


def test_trainee_and_attempt_cannot_be_exchanged():
    """What ends one part does not begin the next: every trainee and attempt has forms of its own."""
    forms = {
        Source(SEED, "e", trainee, attempt).form for trainee in ("t", "t1", "t2") for attempt in (1, 11, 2)
    }
    assert len(forms) == 9


def test_whether_two_seeds_are_the_same_can_be_told():
    """The fingerprint is another with another seed or exam, and shows nothing of the seed."""
    assert len({fingerprint(SEED, "a"), fingerprint(SEED, "b"), fingerprint(SEED + "!", "a")}) == 3
    assert fingerprint(SEED, "a") == fingerprint(SEED, "a")
