"""Drawing an exam into the folder of a class: private, keys apart, all or nothing, and never changed afterwards."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.assignment import load_assignment
from grader.errors import BlueprintFileError, CourseError, FormsFileError, NotFoundError
from grader.exam import writing
from grader.exam.attempts import Sitting
from grader.exam.draw import draw_form
from grader.exam.drawing import Summary, draw_exam, open_exam, with_roster
from grader.exam.folder import ExamFolder, exam_folder, exam_of_form
from grader.exam.forms import read_forms
from grader.exam.roster import Trainee
from grader.exam.secret import Source
from grader.exam.stored import load_form
from grader.exam.writing import Libraries
from grader.library.key import load_key
from tests.conftest import ROOT
from tests.exam.changed import SHORT, written
from tests.exam.conftest import SEED

LIBRARIES = Libraries(ROOT / "cases", ROOT / "cases")


def sitting(name: str, attempt: int = 1) -> Sitting:
    """Return one trainee at one attempt."""
    return Sitting(Trainee(name, name.title(), ""), attempt)


@pytest.fixture
def draw(pool, codes, tmp_path):
    """Draw for some trainees into one class."""

    def drawn(
        *names: str, path: Path = SHORT, seed: str = SEED, attempt: int = 1, libraries=LIBRARIES
    ) -> Summary:
        exam = open_exam(tmp_path, path, seed)
        sittings = [sitting(name, attempt) for name in names]
        return draw_exam(exam, sittings, seed, pool, libraries, codes, lambda _done, _of: None)

    return drawn


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_form_stands_with_its_encounters_and_keys(draw, tmp_path, short, pool, codes):
    """What is read back from the folder is what was drawn, and each form is an assignment."""
    folder = draw("ann", "bo").folder
    for entry in read_forms(folder):
        form = load_form(folder, entry)
        assert form == draw_form(short, SEED, entry.trainee, 1, pool, codes)
        assignment = load_assignment(folder.forms / entry.form / "assignment.yml", folder.cases)
        assert assignment.cases == form.cases and entry.points == form.points == 80
    assert folder == exam_folder(tmp_path, "short")


def test_a_form_is_found_by_its_name(draw, tmp_path):
    """Forms are told from other assignments, and from what is being drawn just now."""
    folder = draw("ann").folder
    form = read_forms(folder)[0].form
    assert exam_of_form(tmp_path, form) == folder and exam_of_form(tmp_path, "unit-1") is None
    folder.root.rename(folder.root.parent / ".short-abc")
    assert exam_of_form(tmp_path, form) is None
    with pytest.raises(NotFoundError, match="exam draw"):
        exam_folder(tmp_path, "short")


def test_nobody_else_can_open_what_was_drawn(draw):
    """Folders are 700 and files 600, those copied from the library as well."""
    root = draw("ann").folder.root
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (root, *root.rglob("*"))}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_keys_stand_apart_from_everything_else(draw):
    """No canary, no key and no seed is in any file outside of keys/; every key has a canary of its own."""
    folder = draw("ann", "bo").folder
    found = files(folder.root)
    canaries = set()
    for entry in read_forms(folder):
        for case in load_form(folder, entry).cases:
            canaries.add(load_key(folder.keys / case.id, case).canary)
    outside = {name: text for name, text in found.items() if not name.startswith("keys/")}
    assert len(canaries) == sum(name.startswith("keys/") for name in found) > 12
    for name, text in outside.items():
        assert not any(canary.encode() in text for canary in canaries), name
        assert b"expected:" not in text and SEED.encode() not in text, name
    assert {Path(name).name for name in outside} == {"case.yml", "assignment.yml", *TOP}


TOP = ("blueprint.yml", "forms.json", "opening-codes.csv")


def test_opening_codes_are_in_one_table(draw):
    """A line for each form, in the words of the interface."""
    folder = draw("ann", "bo").folder
    head, *lines = folder.opening_codes.read_text(encoding="utf-8").splitlines()
    source = Source(SEED, "short", "ann", 1)
    assert head == "trainee,name,form,code" and len(lines) == 2
    assert lines[0] == f"ann,Ann,{source.form},{source.opening_code}"


def test_later_trainees_are_added_and_nothing_else_changes(draw):
    """All files of the first forms are as they were, the new forms as if all had been drawn at once, in any order."""
    folder = draw("ann", "bo").folder
    before = files(folder.root)
    summary = draw("cy")
    after = files(folder.root)
    assert all(after[name] == text for name, text in before.items() if Path(name).name not in TOP[1:])
    assert [entry.trainee for entry in read_forms(folder)] == ["ann", "bo", "cy"]
    assert [entry.trainee for entry in summary.new] == ["cy"] and summary.overlap.pairs == 3
    assert len(after["opening-codes.csv"].splitlines()) == 4


def test_the_order_of_the_roster_changes_no_form(draw, pool, codes, tmp_path):
    """A form has the same files whoever else is drawn, before or after."""
    one = files(draw("ann", "bo", "cy").folder.root)
    (tmp_path / "exams" / "short").rename(tmp_path / "first")
    other = files(draw("cy", "ann").folder.root)
    common = {name for name in other if name.startswith("forms/")}
    assert len(common) == 2 and all(
        one[name] == other[name] for name in other if Path(name).name not in TOP[1:]
    )


def test_a_retake_is_added_with_new_encounters(draw):
    """It counts what the trainee had before; the entry says which attempt it is."""
    folder = draw("ann").folder
    draw("ann", attempt=2)
    first, second = read_forms(folder)
    points = {case.id: sum(i.points for i in case.items) for case in load_form(folder, second).cases}
    common = set(first.cases) & set(second.cases)
    assert second.attempt == 2 and sum(points[name] for name in common) <= 40


def test_encounters_stay_as_they_were_drawn(draw, tmp_path):
    """Where the library has moved on since, later forms have the version that the first ones have."""
    folder = draw("ann").folder
    shared = next(name for name in read_forms(folder)[0].cases if name.startswith("enc-"))
    path = folder.cases / shared / "case.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Older ", 1), encoding="utf-8")
    kept = path.read_bytes()
    draw(*(f"trainee-{number}" for number in range(12)))
    others = [entry for entry in read_forms(folder)[1:] if shared in entry.cases]
    assert others and path.read_bytes() == kept


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"seed": SEED + "!"}, "were drawn with another seed"),
        ({"path": ("content.points", 79)}, "has changed since forms of short were drawn"),
    ],
)
def test_another_blueprint_or_seed_is_refused(draw, tmp_path, how, said):
    """All forms of an exam are drawn alike: it says what to do, and nothing changes."""
    root = draw("ann").folder.root
    before = files(root)
    if "path" in how:
        how = {"path": written(tmp_path / "blueprint.yml", how["path"])}
    with pytest.raises(CourseError, match=said):
        draw("bo", **how)
    assert files(root) == before


def test_forms_that_have_too_much_in_common_are_not_written(draw, tmp_path):
    """Nothing is there afterwards, not even the folder of the exam."""
    strict = written(tmp_path / "strict.yml", ("content.overlap", 0.0))
    with pytest.raises(CourseError, match="of their points in common, and the blueprint allows 0%"):
        draw(*(f"trainee-{number}" for number in range(6)), path=strict)
    assert not (tmp_path / "exams").exists()


def test_a_draw_that_cannot_be_finished_leaves_nothing(draw, tmp_path, monkeypatch):
    """A full disk in the middle: no exam, or the exam as it was; the next draw finds its way."""

    def full(*_args: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "forms_text", full)
        with pytest.raises(CourseError, match="No space left"):
            draw("ann")
        assert list((tmp_path / "exams").iterdir()) == []
    before = files(draw("ann").folder.root)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(CourseError, match="No space left"):
            draw("bo")
    root = tmp_path / "exams" / "short"
    assert {name: files(root)[name] for name in before} == before
    draw("bo")
    assert [entry.trainee for entry in read_forms(ExamFolder(root))] == ["ann", "bo"]


def test_a_corrected_name_is_written_into_both_tables(draw, pool, codes, tmp_path):
    """Also where nobody new is drawn; forms, encounters and keys stay as they are."""
    folder = draw("ann", "bo").folder
    before = files(folder.root)
    exam = with_roster(open_exam(tmp_path, SHORT, SEED), [Trainee("ann", "Ann Lee", "")], lambda _: True)
    summary = draw_exam(exam, (), SEED, pool, LIBRARIES, codes, lambda _done, _of: None)
    after = files(folder.root)
    assert summary.corrected == ("ann: name was Ann, is Ann Lee",) and not summary.new
    assert [entry.name for entry in read_forms(folder)] == ["Ann Lee", "Bo"]
    assert {name for name in after if after[name] != before[name]} == set(TOP[1:]) and set(after) == set(
        before
    )
    assert after["opening-codes.csv"] == before["opening-codes.csv"].replace(b"ann,Ann,", b"ann,Ann Lee,")


def test_times_of_their_own_are_kept_with_the_forms(draw, pool, codes, tmp_path):
    """What was typed and what the roster gives is read back; damaged times are told of."""
    opens, closes = (datetime(2090, 1, 1, hour, tzinfo=UTC) for hour in (9, 12))
    given = Sitting(Trainee("ann", "Ann", "", 30), 1, opens, closes)
    exam = open_exam(tmp_path, SHORT, SEED)
    folder = draw_exam(exam, [given], SEED, pool, LIBRARIES, codes, lambda _done, _of: None).folder
    (entry,) = read_forms(folder)
    assert (entry.opens, entry.closes) == (opens.isoformat(), closes.isoformat()) and entry.extra == 30
    text = folder.forms_list.read_text(encoding="utf-8")
    folder.forms_list.write_text(text.replace(opens.isoformat(), "2090-01-01T09:00"), encoding="utf-8")
    with pytest.raises(FormsFileError, match=r"forms\.json"):
        read_forms(folder)


def test_a_folder_that_is_no_exam_is_left_alone(draw, tmp_path):
    """Somebody else's files are neither overwritten nor taken for an exam."""
    (tmp_path / "exams" / "short").mkdir(parents=True)
    with pytest.raises(CourseError, match="Move it away; nothing was drawn"):
        draw("ann")


def test_a_list_of_forms_that_was_damaged_is_told_of(draw):
    """Neither half a file nor another schema is read as no forms."""
    folder = draw("ann").folder
    for text in ("{", '{"schema": "exam-forms/2"}', "[]"):
        folder.forms_list.write_text(text, encoding="utf-8")
        with pytest.raises(FormsFileError, match=r"forms\.json"):
            read_forms(folder)


def test_a_wrong_blueprint_draws_nothing(draw, tmp_path):
    """It is refused before anything is looked at."""
    wrong = written(tmp_path / "wrong.yml", ("time.minutes", 3))
    with pytest.raises(BlueprintFileError, match=r"time\.minutes"):
        draw("ann", path=wrong)
