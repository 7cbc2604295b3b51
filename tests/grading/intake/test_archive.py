"""What is listed in a zip of submissions is judged before it is taken, and what is wrong with one harms no other."""

import os
import shutil
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import CourseError
from grader.grading.intake import archive as archives
from grader.grading.intake.submission import take_in
from grader.grading.intake.unpack import Unpacked, unpack
from tests.grading.intake.handing_in import RELEASED, SAMPLE, TIME, UNIT
from tests.grading.intake.packing import EVE, LATER, Change, by, entry, files, inside, nested, packed, sharing

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # that there is one is the point
AGAIN = "Ask the trainee to submit again, or pack it anew."
LESS = "Ask the trainee to clear the output of the notebook and to submit again."
DAMAGED = "Its part of the archive is damaged. Download or pack the archive again."


@pytest.fixture
def course(tmp_path) -> Path:
    """An empty course root."""
    root = tmp_path / "course"
    root.mkdir()
    return root


HOSTILE: list[tuple[str, Change, str]] = [
    ("two dots", entry("../../bob/unit-1/answers.json"), f'It contains a name that leads out of its folder ("../../bob/unit-1/answers.json"). {AGAIN}'),
    ("backslashes", entry("..\\..\\evil"), f'It contains a name that leads out of its folder ("..\\..\\evil"). {AGAIN}'),
    ("a drive", entry("C:/evil"), f'It contains a name that leads out of its folder ("C:/evil"). {AGAIN}'),
    ("no name", entry("/evil"), f'It contains a name that leads out of its folder ("/evil"). {AGAIN}'),
    ("a dot", entry("./answers.json"), f'It contains a name that leads out of its folder ("./answers.json"). {AGAIN}'),
    ("a device", entry("NUL.txt"), f'It contains a name that means a device ("NUL.txt"). {AGAIN}'),
    ("a line end in a name", entry("a\nb"), f'It contains a name that cannot be kept ("a⟦U+000A⟧b"). {AGAIN}'),
    ("text reordered", entry("a\u202eb"), f'It contains a name that cannot be kept ("a⟦U+202E⟧b"). {AGAIN}'),
    ("a long name", entry("x" * 241), f'It contains a name that cannot be kept ("{"x" * 60}…"). {AGAIN}'),
    ("a blank at its end", entry("answers.json "), f'It contains a name that cannot be kept ("answers.json "). {AGAIN}'),
    ("deep", entry("x/" * 11 + "y"), f'It contains folders nested more than 10 levels deep ("{("x/" * 11 + "y")[:60]}"). {AGAIN}'),
    ("a link", entry("key", b"/etc/passwd", mode=0o120777), f'It contains a link ("key"). {AGAIN}'),
    ("a pipe", entry("pipe", b"", mode=0o010644), f'It contains a pipe, a socket or a device ("pipe"). {AGAIN}'),
    ("encrypted", entry("secret", flag_bits=1), f'It contains an encrypted file ("secret"). {AGAIN}'),
    ("packed with LZMA", entry("odd", compress_type=zipfile.ZIP_LZMA), f'It contains a file packed in an unusual way ("odd"). {AGAIN}'),
    ("packed with BZ2", entry("odd", compress_type=zipfile.ZIP_BZIP2), f'It contains a file packed in an unusual way ("odd"). {AGAIN}'),
    ("one name twice", entry("answers.json"), f"Two of its files have the same name, or differ in capitals or accents alone. {AGAIN}"),
    ("capitals", entry("ANSWERS.json"), f"Two of its files have the same name, or differ in capitals or accents alone. {AGAIN}"),
    ("accents", lambda z: [entry("e\u0301")(z), entry("\u00e9")(z)], f"Two of its files have the same name, or differ in capitals or accents alone. {AGAIN}"),
    ("folders in capitals", lambda z: [entry("A/x")(z), entry("a/y")(z)], f"Two of its files have the same name, or differ in capitals or accents alone. {AGAIN}"),
    ("file and folder", entry("answers.json/x"), f"Two of its files have the same name, or differ in capitals or accents alone. {AGAIN}"),
    ("a folder named as a file", entry("answers.json/", b""), f"Two of its files have the same name, or differ in capitals or accents alone. {AGAIN}"),
    ("2,000 more", lambda z: [entry(f"{n}", b"")(z) for n in range(2000)], f"It holds more than 2,000 files and folders. {AGAIN}"),
    ("shared bytes", sharing, f"Its entries overlap in the archive, as no packer leaves them. {AGAIN}"),
    ("a bomb", entry("bomb", bytes(2_000_000)), f"One of its files is over 200 times as large as packed. {LESS}"),
    ("a large file", entry("big", os.urandom(2_000) * 11_000, compress_type=zipfile.ZIP_STORED), f"One of its files is larger than 20,000,000 bytes. {LESS}"),
    ("large files", lambda z: [entry(f"{n}", os.urandom(2_000) * 9_000, compress_type=zipfile.ZIP_STORED)(z) for n in range(3)], f"It holds more than 50,000,000 bytes. {LESS}"),
    ("size told too small", entry("x", b"x" * 99, file_size=9), DAMAGED),
    ("size told too large", entry("x", b"x" * 99, file_size=1 << 40), DAMAGED),
    ("a wrong check sum", entry("x", CRC=1), DAMAGED),
    ("another name in its place", entry("x", filename="submitted/eve/unit-1/y"), DAMAGED),
    ("a place behind the end", entry("x", header_offset=1 << 40), DAMAGED),
]  # fmt: skip
"""What eve's part of an archive has beside an ordinary submission, and why nothing of it is taken."""


@pytest.mark.parametrize(
    ("change", "sentence"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_what_is_hostile_is_refused_and_harms_nobody_else(tmp_path, course, change, sentence):
    """The reason is told, nothing of it is left anywhere, and everybody else's submission is in place."""
    archive = packed(tmp_path / "class.zip", by("ana"), EVE, change, by("zoe"))
    before = snapshot(tmp_path, course)
    assert unpack(archive, course, UNIT) == Unpacked(("ana", "zoe"), (), {"eve": sentence})
    assert [*files(course / "submitted")] == [
        f"{trainee}/{UNIT}/{name}"
        for trainee in ("ana", "zoe")
        for name in ("answers.json", "timestamp.txt", "unit-1.ipynb")
    ]
    assert [*files(course / "graded")] == [f"{UNIT}/.lock"] and snapshot(tmp_path, course) == before


def snapshot(outside: Path, course: Path) -> set[Path]:
    """What there is beside the course."""
    return {path for path in outside.rglob("*") if course not in (path, *path.parents)}


STRAY = [
    ("absolute", entry("/etc/unit-1/passwd", head=""), "/etc/unit-1/passwd"),
    ("dots", entry("../bob/unit-1/answers.json", head=""), "../bob/unit-1/answers.json"),
    ("dots for a trainee", entry("submitted/../unit-1/x", head=""), "submitted/../unit-1/x"),
    ("a drive", entry("C:/unit-1/answers.json", head=""), "C:/unit-1/answers.json"),
    ("backslashes", entry("submitted\\bob\\unit-1\\answers.json", head=""), "submitted\\bob\\unit-1\\answers.json"),
    ("another assignment", entry("submitted/bob/unit-2/answers.json", head=""), "submitted/bob/unit-2/answers.json"),
    ("beside the folders", entry("submitted/bob/notes.txt", head=""), "submitted/bob/notes.txt"),
    ("a file for the folder", entry("submitted/bob/unit-1", head=""), "submitted/bob/unit-1"),
    ("another trainee inside", entry("submitted/submitted/bob/unit-1/answers.json", head=""), "submitted/submitted/bob/unit-1/answers.json"),
    ("an assignment of nobody", entry("submitted/unit-1/answers.json", head=""), "submitted/unit-1/answers.json"),
    ("the rest of the course", entry("gradebook.db", head=""), "gradebook.db"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "name"), [row[1:] for row in STRAY], ids=[row[0] for row in STRAY])
def test_what_belongs_to_nobody_stays_out(tmp_path, course, change, name):
    """An entry outside the trainees' folders is told, and becomes nobody's."""
    archive = packed(tmp_path / "class.zip", by("ana"), change)
    told = f"1 entry belongs to nobody's unit-1 and stayed out: {name}."
    assert unpack(archive, course, UNIT) == Unpacked(("ana",), (), {"": told})
    assert len(files(course / "submitted")) == 3


@pytest.mark.parametrize("head", ["", "submitted/", "spring class/", "course/submitted/"])
@pytest.mark.parametrize("trainees", [("ana",), ("ana", "O'Brien", "Zoë", "李雷", "ana+1")])
def test_every_usual_layout_is_understood(tmp_path, course, head, trainees):
    """nbgrader's folder, the folders in it, or one more around them: the trainees are found."""
    archive = packed(tmp_path / "class.zip", *(by(trainee, head=head) for trainee in trainees))
    assert unpack(archive, course, UNIT) == Unpacked(tuple(sorted(trainees)), (), {})
    for trainee in trainees:
        found = take_in(course / "submitted" / trainee / UNIT, trainee, UNIT, RELEASED)
        assert (found.timestamp, found.answers, found.refused, found.remarks) == (TIME, SAMPLE, "", ())


def test_what_macs_add_is_passed_over(tmp_path, course):
    """Folders beside the submissions that no person made bring no word, and names are UTF-8 though nobody says so."""
    path = packed(
        tmp_path / "class.zip",
        by("Zoë", head="class/"),
        entry("__MACOSX/class/._x", head=""),
        entry("submitted/.DS_Store", head="class/"),
    )
    data = path.read_bytes()
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for start in [at for at in range(len(data)) if data.startswith(signature, at)]:
            (flags,) = struct.unpack_from("<H", data, start + place)
            data = data[: start + place] + struct.pack("<H", flags & ~0x800) + data[start + place + 2 :]
    path.write_bytes(data)
    found = unpack(path, course, UNIT)
    assert (found.taken, found.refused) == (("Zoë",), {})


def test_ordinary_extras_are_kept(tmp_path, course):
    """Folders, pictures and zips of a trainee's own come along, closed; an empty folder is a submission too."""
    archive = packed(
        tmp_path / "class.zip",
        EVE,
        nested,
        entry("sub/folder/", b""),
        entry("sub/a.png"),
        entry("submitted/ana/unit-1/", b"", head=""),
    )
    assert unpack(archive, course, UNIT) == Unpacked(("ana", "eve"), (), {})
    assert zipfile.is_zipfile(course / "submitted/eve/unit-1/more.zip")
    assert (course / "submitted/eve/unit-1/sub/folder").is_dir() and not files(course / "submitted/ana")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (".eve", "begin with a dot"),
        ("e?e", "has ? in it"),
        ("e\u202ee", "cannot be seen"),
        ("x" * 129, "longer than"),
    ],
)
def test_names_that_cannot_be_kept_are_refused(tmp_path, course, name, says):
    """A trainee's name in an archive is held to what a name of a trainee is held to."""
    found = unpack(packed(tmp_path / "class.zip", by("ana"), by(name)), course, UNIT)
    assert found.taken == ("ana",) and files(course / "submitted")[0].startswith("ana")
    ((shown, reason),) = found.refused.items()
    assert shown.isprintable() and says in reason


@pytest.mark.parametrize("other", ["Eve", "e\u0301ve", "EVE"])
def test_trainees_who_differ_in_capitals_or_accents_are_told(tmp_path, course, other):
    """Two trainees whom some computers take for one are not mixed up, in one archive or with those who are there."""
    mine = "\u00e9ve" if "\u0301" in other else "eve"
    found = unpack(packed(tmp_path / "both.zip", by("ana"), by(mine), by(other)), course, UNIT)
    assert found.taken == ("ana",) and {*found.refused} == {mine, other}
    assert unpack(packed(tmp_path / "one.zip", by(mine)), course, UNIT).taken == (mine,)
    found = unpack(packed(tmp_path / "other.zip", by(other, LATER)), course, UNIT)
    assert "differs in capitals or accents alone" in found.refused[other]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "no zip archive"), (b"hello", "no zip archive"), (b"PK\x05\x06" + bytes(10), "no zip archive"), (None, "only a part of one")],
)  # fmt: skip
def test_what_is_no_archive_is_told(tmp_path, course, content, says):
    """Another file, half an archive, a folder or nothing ends with what to do, and changes nothing."""
    path = packed(tmp_path / "class.zip", EVE)
    path.write_bytes(path.read_bytes()[:-400] if content is None else content)
    with pytest.raises(CourseError, match=says):
        unpack(path, course, UNIT)
    for other in (tmp_path, tmp_path / "none.zip"):
        with pytest.raises(CourseError, match="cannot be opened"):
            unpack(other, course, UNIT)
    assert not (course / "submitted").exists()


def test_a_list_without_end_is_not_read(tmp_path, course, monkeypatch):
    """How long the list of an archive is, the archive says itself: too long a one is refused before it is read."""
    path = packed(tmp_path / "class.zip", EVE)
    monkeypatch.setattr(archives, "MAX_LIST", 200)
    with pytest.raises(CourseError, match="list of the archive is longer than 200 bytes"):
        unpack(path, course, UNIT)
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MAX_LISTED", 2)
    with pytest.raises(CourseError, match="more than 2 entries"):
        unpack(path, course, UNIT)


def damaged(content: bytes, at: bytes) -> bytes:
    """Change one byte of a packed file."""
    place = content.index(at) + len(at) + 40
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_a_byte_that_is_wrong_costs_one_trainee(tmp_path, course):
    """Damage on the way is noticed by the check sums, and is the matter of one trainee."""
    path = packed(tmp_path / "class.zip", by("ana"), EVE, by("zoe"))
    path.write_bytes(damaged(path.read_bytes(), b"submitted/eve/unit-1/unit-1.ipynb"))
    assert unpack(path, course, UNIT) == Unpacked(("ana", "zoe"), (), {"eve": DAMAGED})


def test_bytes_shared_with_the_next_entry_are_refused(tmp_path, course):
    """A file that the list stretches over its neighbour is not taken, nor is the neighbour."""
    found = unpack(packed(tmp_path / "class.zip", by("ana"), inside), course, UNIT)
    assert found.taken == ("ana",) and "overlap" in found.refused["eve"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_whatever_brings_another_error(tmp_path, data):
    """Wherever an archive is changed, the error is one in words, and nothing is written outside of the folders."""
    course, path = tmp_path / "course", tmp_path / "class.zip"
    shutil.rmtree(course, ignore_errors=True)
    course.mkdir()
    content = bytearray(packed(path, by("ana"), entry("answers.json"), entry("more")).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        # The list stands at the end.
        place = data.draw(
            st.integers(0, len(content) - 1) | st.integers(len(content) - 420, len(content) - 1)
        )
        content[place] = data.draw(
            st.sampled_from([0, 1, 0x2E, 0x2F, 0x5C, 0x7F, 0x80, 0xFF]) | st.integers(0, 255)
        )
    path.write_bytes(
        content[: data.draw(st.integers(len(content) - 30, len(content)) | st.just(len(content)))]
    )
    try:
        unpack(path, course, UNIT)
    except CourseError as error:
        assert str(error)
    assert {folder.name for folder in tmp_path.iterdir()} == {"course", "class.zip"}
    assert {folder.name for folder in course.iterdir()} <= {"submitted", "graded"}
