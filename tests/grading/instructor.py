"""What an instructor and a trainee do between two gradings."""

import json

from grader.grading.course import Course

UNIT = "unit-1"


def enter(course: Course, trainee: str, points: float | None, *cells: str) -> None:
    """Enter points as formgrader does, for some grade cells or for all that wait; None takes them back."""
    with course.gradebook() as gradebook:
        grades = gradebook.find_submission_notebook(UNIT, UNIT, trainee).grades
        for grade in grades:
            if grade.name in cells or (not cells and grade.needs_manual_grade):
                grade.manual_score = points
                grade.needs_manual_grade = points is None and grade.auto_score is None
        gradebook.db.commit()


def hand_in(course: Course, trainee: str, item: str, text: str) -> None:
    """Replace one note among the answers that a trainee has handed in."""
    path = course.root / "submitted" / trainee / UNIT / "answers.json"
    data = json.loads(path.read_text())
    data["items"][item]["text"] = text
    path.write_text(json.dumps(data))
