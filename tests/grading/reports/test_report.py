"""A class in figures: every number here was worked out by hand."""

import csv
import stat
from math import sqrt
from types import SimpleNamespace

import pytest

from grader.errors import NotFoundError
from grader.grading.record import CellRecord, Record
from grader.grading.reports.figures import figures
from grader.grading.reports.outcome import Outcome
from grader.grading.reports.report import LISTED, ClassFigures
from grader.grading.reports.report_files import write_report
from grader.grading.reports.report_text import in_words
from tests.grading.reports.sample import ANA, BO, CY, UNIT, choice, codes, make_course, note, small_class

FAIL = "a red flag was missed (a person should confirm it)"


@pytest.fixture
def course(tmp_path):
    """The small class."""
    return small_class(tmp_path / "course")


def table(path) -> dict[str, dict[str, str]]:
    """A table by the second column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {list(row.values())[1]: row for row in rows}


def test_the_class_all_together(course):
    """Counts, means and accuracies of three who were graded; two who are missing are in none of them."""
    total, _ = write_report(course, UNIT)
    assert (total.trainees, total.graded, total.missing, total.waiting) == (5, 3, 2, 1)
    # 12, 15 and 20 of 24 points.
    assert total.mean == pytest.approx((50 + 62.5 + 250 / 3) / 3) and total.median == pytest.approx(62.5)
    # ana 2 of 2 and 1 of 2; bo 1 of 2 and 1 of 2 with 2 extra; cy 2 of 2: 7 of 12.
    assert (total.code_level.part, total.code_level.whole) == (7, 12)
    assert (total.first_listed.part, total.first_listed.whole) == (2, 3)
    # Decided are the second case of ana and both of bo and cy; right is the first one of cy.
    assert (total.whole_cases.part, total.whole_cases.whole) == (1, 5)
    assert total.fails == {"a code is not valid on the date of the encounter": 1}
    assert total.errors == {"missing": 2, "sequence": 1, "unsupported": 1, "wrong_choice": 1, "severity": 1}
    assert total.flags == {"vignette_copy": 1}
    assert total.reasons["Nothing was handed in."] == 1 and len(total.reasons) == 2


def test_each_trainee(course):
    """One row each: what is missing has empty cells, what is nothing has 0."""
    _, folder = write_report(course, UNIT)
    rows = table(folder / "trainees.csv")
    assert list(rows) == ["ana", "bo", "cy", "di", "ed"]
    ana, bo, di = rows["ana"], rows["bo"], rows["di"]
    assert (ana["points"], ana["percent"], ana["answers_awaiting_confirmation"]) == ("12.0", "50.0", "1")
    assert (ana["suggested_points"], ana["signs"]) == ("9.0", "Copied from the record (1)")
    assert (ana["cases_all_right"], ana["cases_decided"], ana["whole_case_percent"]) == ("0", "1", "0.0")
    assert (bo["code_level_percent"], bo["first_listed_percent"]) == ("33.3", "0.0")
    assert bo["automatic_fails"] == "enc-0002: a code is not valid on the date of the encounter"
    assert bo["mistakes"].startswith("Code missing (1); ") and bo["remarks"] == "Odd, and no matter."
    assert rows["cy"]["blank_answers"] == "1" and rows["cy"]["whole_case_percent"] == "50.0"
    assert di["status"] == "missing" and "not valid JSON" in di["reason"] and di["possible"] == "24.0"
    known = {"assignment", "trainee", "status", "reason", "possible"}
    assert not any(value for column, value in di.items() if column not in known)


def test_each_item(course):
    """Means over answers that do not wait; blanks are counted, and are nothing of all points."""
    _, folder = write_report(course, UNIT)
    rows = table(folder / "items.csv")
    assert list(rows) == ["enc-0001/codes", "enc-0001/note", "enc-0002/codes", "enc-0002/reason"]
    first, free = rows["enc-0001/codes"], rows["enc-0001/note"]
    assert (first["mean_points"], first["difficulty"]) == ("6.6667", "0.8333")  # 8, 4 and 8 of 8
    assert (first["code_level_percent"], first["first_listed_percent"]) == ("83.3", "66.7")  # 5 of 6, 2 of 3
    assert (free["decided"], free["awaiting_confirmation"], free["mean_points"]) == ("2", "1", "10.0")
    second = rows["enc-0002/codes"]
    assert (second["blank"], second["decided"], second["mean_points"]) == (
        "1",
        "3",
        "1.0",
    )  # 2, 1 and a blank
    assert (second["code_level_percent"], second["automatic_fails"]) == ("33.3", "1")  # 1 of 2, 1 of 4
    assert {row["discrimination"] for row in rows.values()} == {""}  # three trainees tell nothing


def test_an_item_that_tells_good_trainees_from_others(tmp_path):
    """Ten trainees are enough; who waits is left out, and then nine are too few."""

    def trainee(place: int) -> list:
        good = place >= 5
        return [
            codes("enc-0001", 8.0 if good else 0.0, 1, 1),
            note(5.0).confirmed(float(place)),
            codes("enc-0002", 2.0, 1, 2),
            choice(0.0 if good else 2.0),
        ]

    people = {f"t{place}": trainee(place) for place in range(10)}
    total, _ = write_report(make_course(tmp_path / "ten", people), UNIT)
    told = {name: item.discrimination for name, item in total.items.items()}
    # The rest is 4 to 8 of 16 for five without these points, and 7 to 11 for five with them.
    assert told["enc-0001-codes"] == pytest.approx(7.5 / sqrt(2.5 * 42.5))
    assert told["enc-0002-reason"] == pytest.approx(-32.5 / sqrt(2.5 * 442.5))
    assert told["enc-0002-codes"] is None  # everybody has the same
    people["t9"] = [people["t9"][0], note(5.0), *people["t9"][2:]]
    total, _ = write_report(make_course(tmp_path / "nine", people), UNIT)
    assert total.items["enc-0001-note"].discrimination is None
    assert total.items["enc-0001-codes"].discrimination is not None


def outcome(answers, name: str = "ana") -> Outcome:
    """What became of some answers, without a gradebook."""
    from grader.grading.reports.outcome import Entered, Grade

    grades = {
        answer.kept.item.replace("/", "-"): Grade(
            answer.kept.possible, answer.automatic, answer.manual, 0.0, answer.waits
        )
        for answer in answers
    }
    cells = {answer.kept.item.replace("/", "-"): answer.kept for answer in answers}
    return Outcome(name, "", (), Record(name, "s", "", "", (), cells), Entered("", 0.0, grades))


def test_a_case_with_a_note_counts_when_it_is_confirmed():
    """While the note waits the case is neither right nor wrong; then it is one of them."""
    right = codes("enc-0001", 8.0, 2, 2)
    for answer, decided, whole in [
        (note(10), 0, 0),
        (note(10).confirmed(10), 1, 1),
        (note(10).confirmed(9), 1, 0),
    ]:
        cases = figures(outcome([right, answer]), 18).whole_cases
        assert (cases.whole, cases.part) == (decided, whole)


def test_a_fail_that_was_read_ends_with_all_points_from_an_instructor():
    """What the program saw in codes stays a fail; what it read in a message is up to the instructor."""
    read = note(6, failed=(FAIL,))
    assert figures(outcome([read]), 10).fails == (f"enc-0001: {FAIL}",)
    assert figures(outcome([read.confirmed(8)]), 10).fails == (f"enc-0001: {FAIL}",)
    assert figures(outcome([read.confirmed(10)]), 10).fails == ()
    seen = codes("enc-0001", 8.0, 2, 2, failed=("a code is not valid on the date of the encounter",))
    assert figures(outcome([seen]), 8).fails and figures(outcome([seen]), 8).whole_cases.part == 0


def test_the_same_note_is_told_to_instructors(course):
    """Who wrote the same, and on which item; who wrote something else is not named."""
    total, _ = write_report(course, UNIT)
    (same,) = total.same_notes
    assert same.trainees == ("ana", "bo")
    assert "Same note word for word: ana, bo (enc-0001/note)" in in_words(total)


def test_the_terminal_has_the_class_in_a_few_lines(course):
    """Counts, accuracies, mistakes in words, and who is missing and why."""
    total, _ = write_report(course, UNIT)
    text = in_words(total)
    assert text.startswith("unit-1: 5 trainees, 3 graded, 2 missing; 1 answer waits for confirmation.")
    assert "58.3 %  (7 of 12 codes)" in text and "20 %  (1 of 5 cases in which nothing waits)" in text
    assert "Code missing (2)" in text and "Missing: ed. Nothing was handed in." in text
    assert "excludes1" not in text and "_" not in text


def test_a_class_that_handed_in_nothing_has_no_means(tmp_path):
    """Nobody graded: no mean, no share, no item, and no division by zero."""
    total, folder = write_report(make_course(tmp_path / "course", {"ana": None, "bo": "It is a link."}), UNIT)
    assert total.mean is None and total.median is None and not total.items
    assert in_words(total).splitlines() == [
        "unit-1: 2 trainees, 0 graded, 2 missing.",
        "",
        "Missing: ana. Nothing was handed in.",
        "Missing: bo. It is a link.",
    ]
    assert "Nothing was handed in." in (folder / "report.html").read_text()


def test_a_large_class_keeps_few_rows():
    """Above two hundred, the missing are listed first, then remarks and signs, then what waits; the rest is counted."""
    total = ClassFigures(UNIT, 18.0)
    for place in range(1000):
        name = f"t{place:04}"
        if place % 10 == 0:
            total.add(Outcome(name, f"Reason {place}."))
        else:
            total.add(
                outcome([codes("enc-0001", 8.0, 2, 2), note(5) if place % 2 else note(5).confirmed(5)], name)
            )
    assert total.is_large and len(total.rows) == LISTED
    assert [row.trainee for row in total.rows] == sorted(row.trainee for row in total.rows)
    assert sum(row.status == "missing" for row in total.rows) == 100
    assert total.needing == {0: 100, 2: 500} and len(total.reasons) <= 31
    assert "And 80 more are missing." in in_words(total)


def test_a_small_class_lists_everybody():
    """Two hundred are listed whole, whether or not anything is to be done."""
    total = ClassFigures(UNIT, 8.0)
    for place in range(LISTED):
        total.add(outcome([codes("enc-0001", 8.0, 2, 2)], f"t{place:04}"))
    assert not total.is_large and len(total.rows) == LISTED and not total.needing


def test_the_files_are_for_their_owner_alone(course):
    """The folder may not be looked into, and the files not read, by anybody else."""
    _, folder = write_report(course, UNIT)
    assert folder == course.root / "report" / UNIT
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["items.csv", "report.html", "trainees.csv"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_another_folder_is_left_as_it_is(course, tmp_path):
    """A folder that was there keeps its mode, and what else stands in it."""
    out = tmp_path / "mine"
    out.mkdir(mode=0o755)
    (out / "letter.txt").write_text("kept")
    _, folder = write_report(course, UNIT, out)
    assert folder == out and (out / "report.html").is_file() and (out / "letter.txt").read_text() == "kept"
    assert stat.S_IMODE(out.stat().st_mode) == 0o755 and not (course.root / "report").exists()


def test_nothing_is_written_for_an_unknown_assignment(course):
    """A mistyped name makes no folder, not even outside the course."""
    for name in ("unit-9", "../unit-1"):
        with pytest.raises(NotFoundError, match="does not know"):
            write_report(course, name)
    assert not (course.root / "report").exists()


def test_a_report_can_be_made_again(course):
    """The same class gives the same tables; a changed one changes them."""
    _, folder = write_report(course, UNIT)
    first = (folder / "trainees.csv").read_bytes()
    write_report(course, UNIT)
    assert (folder / "trainees.csv").read_bytes() == first
    write_report(make_course(course.root.parent / "other", {"ana": ANA, "bo": BO, "cy": CY}), UNIT, folder)
    assert (folder / "trainees.csv").read_bytes() != first


def test_graded_by_nbgrader_alone_counts_in_points_alone(tmp_path):
    """Without a record there are points and items, and no figures on codes."""
    course = make_course(tmp_path / "course", {"ana": ANA})
    (course.root / "graded" / UNIT / "ana.json").unlink()
    total, _ = write_report(SimpleNamespace(root=course.root, db_url=course.db_url), UNIT)
    assert (
        total.graded == 1
        and total.mean == 50
        and total.code_level.whole == 0
        and total.whole_cases.whole == 0
    )
    assert set(total.items) == {"enc-0001-codes", "enc-0001-note", "enc-0002-codes", "enc-0002-reason"}


def test_a_cell_that_is_gone_from_the_gradebook_counts_nowhere():
    """Figures rest on what both the record and the gradebook have."""
    one = outcome([codes("enc-0001", 8.0, 2, 2)])
    one.record.cells["enc-0009-codes"] = CellRecord("enc-0009/codes", "assign-codes", 4, 4, False, "d", 1, 1)
    assert figures(one, 8).code_level.whole == 2
