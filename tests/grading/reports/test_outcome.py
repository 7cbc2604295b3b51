"""What became of each submission, told from its record and the gradebook together."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook

from grader.errors import CourseError, NotFoundError
from grader.grading import record
from grader.grading.reports.outcome import Outcome, Submissions, reading
from tests.grading.cluster import postgresql_server
from tests.grading.reports.sample import ANA, BO, CY, UNIT, UNREAD, make_course, small_class


def outcomes(course) -> dict[str, Outcome]:
    """Everybody's outcome by name."""
    with reading(course.db_url) as connection:
        return {each.trainee: each for each in Submissions(course.root, connection, UNIT).all()}


@pytest.fixture
def course(tmp_path):
    """The small class."""
    return small_class(tmp_path / "course")


def test_who_is_graded_and_who_is_missing(course):
    """Everybody on the class list is told of once, by name, with a reason or without."""
    found = outcomes(course)
    assert list(found) == ["ana", "bo", "cy", "di", "ed"]
    assert [each.status for each in found.values()] == ["graded"] * 3 + ["missing"] * 2
    assert found["di"].reason == UNREAD and found["ed"].reason == "Nothing was handed in."
    assert found["bo"].remarks == ("Odd, and no matter.",) and found["di"].entered is None


def test_points_are_those_of_the_gradebook(course):
    """What an instructor gave counts before what the program gave; what waits has no points yet."""
    grades = outcomes(course)["bo"].entered.grades
    assert grades["enc-0001-note"].points == 10 and grades["enc-0001-note"].full
    assert grades["enc-0001-codes"].points == 4 and not grades["enc-0001-codes"].full
    waiting = outcomes(course)["ana"].entered
    assert waiting.waiting == 1 and waiting.score == 12 and not waiting.grades["enc-0001-note"].full


def test_extra_credit_and_lateness_count_as_in_nbgrader(course):
    """The sum is nbgrader's own, and what came off for lateness is told."""
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.find_grade("enc-0002-codes", UNIT, UNIT, "cy").extra_credit = 1.5
        gradebook.find_submission(UNIT, "cy").notebooks[0].late_submission_penalty = 2.0
        gradebook.db.commit()
        theirs = gradebook.find_submission(UNIT, "cy").score
    cy = outcomes(course)["cy"]
    assert cy.entered.score == theirs == 21.5 and cy.entered.penalty == 2
    assert cy.remarks == ("Handed in late: 2 points taken off.",)


def test_handed_in_and_not_graded_yet_is_said(course):
    """Whoever handed in is told from whoever did not, on the class list or not."""
    for name in ("ed", "zoe"):
        (course.root / "submitted" / name / UNIT).mkdir(parents=True)
    (course.root / "submitted" / "other" / "unit-2").mkdir(parents=True)
    found = outcomes(course)
    assert "not graded yet" in found["ed"].reason and "not graded yet" in found["zoe"].reason
    assert "other" not in found


def test_an_interrupted_or_foreign_grading_is_told_apart(course):
    """Without a record, rows without any points are no grading; with points, nbgrader did it alone."""
    (course.root / record.FOLDER / UNIT / "ana.json").unlink()
    (course.root / record.FOLDER / UNIT / "bo.json").write_text("{")
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.add_submission(UNIT, "ed")
    found = outcomes(course)
    for name in ("ana", "bo"):
        assert found[name].status == "graded" and "by nbgrader alone" in found[name].remarks[0]
    assert "did not come to an end" in found["ed"].reason


def test_a_record_without_points_is_missing(course):
    """Where the gradebook was lost, nobody has 0: grading again is what helps."""
    (course.root / "gradebook.db").unlink()
    make_course(course.root, {"fay": CY})
    found = outcomes(course)
    assert found["fay"].status == "graded"
    assert found["ana"].status == "missing" and "--force" in found["ana"].reason


def test_what_cannot_be_read_is_missing_until_an_instructor_has_given_all_points(tmp_path):
    """Unreadable answers wait; points by hand for all of them make it graded, and the reason a remark."""

    def course(name: str, *answers):
        made = make_course(tmp_path / name, {"ana": list(answers)})
        kept = record.read(made.root, UNIT, "ana")
        cells = {name: replace(cell, points=None) for name, cell in kept.cells.items()}
        record.write(made.root, UNIT, replace(kept, reason=UNREAD, cells=cells))
        return outcomes(made)["ana"]

    unread = [replace(answer, automatic=None, waits=True) for answer in ANA]
    assert course("waiting", *unread).reason == UNREAD
    assert course("one given", unread[0].confirmed(2), *unread[1:]).reason == UNREAD
    by_hand = course("by hand", *(answer.confirmed(2) for answer in unread))
    assert by_hand.status == "graded" and by_hand.remarks == (UNREAD,) and by_hand.entered.score == 8


def test_what_may_not_be_touched_now_is_missing_whatever_was_graded_before(tmp_path):
    """Points of an earlier submission do not stand for one that cannot be looked at."""
    made = make_course(tmp_path / "course", {"bo": BO})
    kept = record.read(made.root, UNIT, "bo")
    record.write(made.root, UNIT, replace(kept, reason="It is a link."))
    assert outcomes(made)["bo"].reason == "It is a link."


def test_names_that_are_no_file_names_read_no_file(course):
    """A name of the gradebook leads nowhere outside the folder of records, and odd bytes of a folder stop nobody."""
    record.write(course.root, UNIT, record.Record("../outside", "s", "", "secret"))
    (course.root / "submitted" / "odd\udcff" / UNIT).mkdir(parents=True)
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.add_student("../outside")
    found = outcomes(course)
    assert found["../outside"].reason == "Nothing was handed in."
    assert "cannot be seen" in found["odd\udcff"].reason


def test_a_large_class_is_read_in_pieces(tmp_path, monkeypatch):
    """However many there are at once, everybody has the same outcome."""
    made = make_course(tmp_path / "course", {f"t{place}": ANA if place % 2 else None for place in range(7)})
    whole = outcomes(made)
    monkeypatch.setattr("grader.grading.reports.outcome.AT_ONCE", 2)
    assert outcomes(made) == whole and list(whole) == sorted(whole) and len(whole) == 7


def test_reading_makes_no_gradebook(tmp_path):
    """Where there is none yet, that is said and nothing is written; a damaged one is not touched either."""
    with (
        pytest.raises(NotFoundError, match="no gradebook"),
        reading(f"sqlite:///{tmp_path / 'gradebook.db'}"),
    ):
        pass
    assert not list(tmp_path.iterdir())
    (tmp_path / "gradebook.db").write_bytes(b"not a database, whatever its name says" * 50)
    with pytest.raises(CourseError, match="cannot be read"):
        outcomes(SimpleNamespace(root=tmp_path, db_url=f"sqlite:///{tmp_path / 'gradebook.db'}"))


def test_an_unknown_assignment_is_said(course):
    """A name that the gradebook does not know is no empty class."""
    with pytest.raises(NotFoundError, match="unit-9"), reading(course.db_url) as connection:
        Submissions(course.root, connection, "unit-9")


def test_postgresql_tells_the_same(tmp_path, monkeypatch):
    """On a gradebook server everybody has the same outcome, in the same order."""
    with postgresql_server() as server:
        for name, value in server.let_in(tmp_path).items():
            monkeypatch.setenv(name, value)
        there = outcomes(small_class(tmp_path / "there", server.address))
        empty = server.address.replace("/postgres", "/template1")
        with pytest.raises(CourseError, match="cannot be read"):
            outcomes(SimpleNamespace(root=tmp_path, db_url=empty))
    here = outcomes(small_class(tmp_path / "here"))
    assert there == here and list(there) == list(here)
    with pytest.raises(CourseError, match="cannot be read") as said:
        outcomes(SimpleNamespace(root=tmp_path, db_url=server.address))
    assert server.password not in str(said.value)
