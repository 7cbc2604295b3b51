"""nbgrader's gradebook in batches: its tables as nbgrader has them, and what is read from them."""

import pytest
import sqlalchemy as sa
from nbgrader.api import Base, Gradebook

from grader.errors import CourseError, NotFoundError
from grader.grading import gradebook
from grader.grading.gradebook import AssignmentBook, connect, insert_missing

pytestmark = pytest.mark.filterwarnings("ignore:Object of type")  # nbgrader's, harmless

TABLES = (
    gradebook.STUDENT,
    gradebook.ASSIGNMENT,
    gradebook.NOTEBOOK,
    gradebook.BASE_CELL,
    gradebook.SUBMISSION,
    gradebook.SUBMITTED,
    gradebook.GRADE,
    gradebook.COMMENT,
)


@pytest.fixture
def filled(tmp_path):
    """A gradebook that nbgrader itself has filled: three trainees, two questions, one of them in one's own words."""
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with Gradebook(url) as book:
        book.add_assignment("unit-1")
        book.add_notebook("unit-1", "unit-1")
        book.add_grade_cell("codes", "unit-1", "unit-1", max_score=8, cell_type="code")
        book.add_grade_cell("note", "unit-1", "unit-1", max_score=17, cell_type="markdown")
        book.add_solution_cell("note", "unit-1", "unit-1")
        for trainee in ("ana", "bo", "cy"):
            book.add_student(trainee)
        for trainee in ("ana", "bo"):
            book.add_submission("unit-1", trainee)
            codes, note = (book.find_grade(name, "unit-1", "unit-1", trainee) for name in ("codes", "note"))
            codes.auto_score, codes.needs_manual_grade, codes.extra_credit = 6.0, False, 0.5
            if trainee == "ana":
                note.manual_score, note.needs_manual_grade = 11.0, False
        book.find_submission_notebook("unit-1", "unit-1", "ana").late_submission_penalty = 2.0
        book.db.commit()
    return url


def students(book: AssignmentBook) -> set[str]:
    """Everybody whom the gradebook knows."""
    with book.begin() as connection:
        return set(connection.execute(sa.select(gradebook.STUDENT.c.id)).scalars())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_are_those_of_nbgrader(table):
    """Every table and column that grading writes or reads is there in nbgrader's own, with the same kind of content."""
    theirs = Base.metadata.tables[table.name]
    for column in table.columns:
        assert type(column.type)._type_affinity is type(theirs.columns[column.name].type)._type_affinity


def test_unfilled_columns_may_be_empty():
    """A row that grading inserts fills every column that nbgrader insists on."""
    for table in (
        gradebook.STUDENT,
        gradebook.SUBMISSION,
        gradebook.SUBMITTED,
        gradebook.GRADE,
        gradebook.COMMENT,
    ):
        needed = {column.name for column in Base.metadata.tables[table.name].columns if not column.nullable}
        assert needed <= {column.name for column in table.columns}, table.name


def test_what_instructors_gave(filled):
    """Points of an instructor, by trainee and cell; none while the answer waits."""
    given = {each.trainee: each for each in AssignmentBook(filled, "unit-1").given(("note",))}
    assert (given["ana"].points, given["ana"].waits) == (11.0, False)
    assert (given["bo"].points, given["bo"].waits) == (None, True)


def test_who_is_known(filled):
    """Those who have a submission, and nobody else of the class."""
    assert AssignmentBook(filled, "unit-1").graded() == {"ana", "bo"}


def test_a_row_that_is_there_stays(filled):
    """Inserting what is there already, by any unique key, changes nothing and makes nothing twice."""
    book = AssignmentBook(filled, "unit-1")
    rows = [{"assignment_id": book.id, "student_id": trainee} for trainee in ("ana", "bo", "cy")]
    with book.begin() as connection:
        before = dict(
            connection.execute(sa.select(gradebook.SUBMISSION.c.student_id, gradebook.SUBMISSION.c.id)).all()
        )
        insert_missing(connection, gradebook.SUBMISSION, rows)
        insert_missing(connection, gradebook.SUBMISSION, rows)
        after = dict(
            connection.execute(sa.select(gradebook.SUBMISSION.c.student_id, gradebook.SUBMISSION.c.id)).all()
        )
    assert set(after) == {"ana", "bo", "cy"} and before.items() <= after.items()


def test_an_error_leaves_nothing_behind(filled):
    """What is written before an error is taken back."""
    book = AssignmentBook(filled, "unit-1")
    with pytest.raises(RuntimeError), book.begin() as connection:
        insert_missing(connection, gradebook.STUDENT, [{"id": "dee"}])
        raise RuntimeError
    assert "dee" not in students(book)


def test_a_reader_is_not_held_up_for_long(filled):
    """A gradebook that another program keeps locked is told in words, and nothing is lost."""
    book = AssignmentBook(filled, "unit-1")
    impatient = AssignmentBook(filled, "unit-1")
    sa.event.listen(
        impatient.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50")
    )
    impatient.engine.dispose()
    with book.begin() as connection:
        insert_missing(connection, gradebook.STUDENT, [{"id": "dee"}])
        with pytest.raises(CourseError, match="locked"), impatient.begin():
            pass
    assert "dee" in students(book)


def test_what_is_not_there_is_named(filled, tmp_path):
    """An assignment that was never generated, an empty gradebook and another kind of database are told in words."""
    with pytest.raises(NotFoundError, match="generate_assignment unit-7"):
        AssignmentBook(filled, "unit-7")
    with pytest.raises(NotFoundError, match="generate_assignment"):
        AssignmentBook(f"sqlite:///{tmp_path / 'new.db'}", "unit-1")
    with pytest.raises(CourseError, match="mysql"):
        connect("mysql://localhost/grades")
    with pytest.raises(CourseError, match="cannot be used"):
        AssignmentBook(f"sqlite:///{tmp_path / 'nowhere' / 'gradebook.db'}", "unit-1")
