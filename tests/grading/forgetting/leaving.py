"""A class in which every place that can hold a trainee's words or name does, for each of its trainees."""

import json
from pathlib import Path

import sqlalchemy as sa
from nbgrader.api import Base, Gradebook
from nbgrader.utils import notebook_hash

from grader.grading.newcourse import new_course
from tests.conftest import ROOT

UNIT = "unit-1"
ANA = "ana"
# Everybody whose name is nearly ana's.
OTHERS = ("ana-2", "ana+x", "x+ana", "ana.b", "Ana", "anab", "an", "x@ana", "unit-1")
TIMES = ("2026-11-02 10:00:00.123456 UTC", "2026-11-03 11:30:00.654321 UTC")
REPORT = "trainees.csv"


def words(trainee: str) -> str:
    """What a trainee wrote and nobody else did."""
    return f"Quagmire<{trainee}>marker"


def secret(trainee: str, time: str) -> str:
    """What nbgrader wrote beside a submission."""
    return f"secret of {trainee} at {time}"


def make_class(root: Path, exchange: Path, *trainees: str) -> None:
    """Write a class with its exchange as after release of feedback, and with what killed commands leave."""
    new_course(root, ROOT / "exercises", exchange, anywhere=True)
    for number, trainee in enumerate(trainees):
        _folders(root, trainee)
        _exchange(exchange / "coding-back-pain", trainee, number)
    _gradebook(root / "gradebook.db", trainees)
    (root / "gradebook.db.2026-11-01-101010.123456").write_bytes((root / "gradebook.db").read_bytes())
    _tables(root, trainees)
    _report(root, trainees)
    _log(root / ".nbgrader.log", trainees)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _folders(root: Path, trainee: str) -> None:
    submitted = root / "submitted" / trainee / UNIT
    _write(submitted / f"{UNIT}.ipynb", json.dumps({"cells": [words(trainee)]}))
    _write(submitted / "answers.json", json.dumps({"items": {"enc-0001/note": {"text": words(trainee)}}}))
    for stage in ("submitted", "feedback"):
        _write(root / stage / trainee / UNIT / "timestamp.txt", TIMES[1])
        _write(root / stage / trainee / UNIT / "submission_secret.txt", secret(trainee, TIMES[1]))
    _write(root / "feedback" / trainee / UNIT / f"{UNIT}.html", words(trainee))
    for stage in ("autograded", "executed"):
        _write(root / stage / trainee / UNIT / f"{UNIT}.ipynb", words(trainee))
    (root / "autograded" / trainee / UNIT / f"{UNIT}.ipynb").chmod(0o444)
    _write(root / "graded" / UNIT / f"{trainee}.json", json.dumps({"trainee": trainee}))
    _write(root / "graded" / UNIT / "suggested" / f"{trainee}.json", "{}")


def _exchange(exchange: Path, trainee: str, number: int) -> None:
    for time in TIMES:
        folder = exchange / "inbound" / f"{trainee}+{UNIT}+{time}+Rnd{number}-_"
        _write(folder / "answers.json", words(trainee))
        _write(folder / f"{UNIT}.ipynb", words(trainee))
        _write(folder / "submission_secret.txt", secret(trainee, time))
        page = notebook_hash(secret=secret(trainee, time), notebook_id=UNIT)
        _write(exchange / "feedback" / f"{page}.html", words(trainee))
    # As it is called where nbgrader adds no letters, and a page that was on its way when the command was killed.
    _write(exchange / "inbound" / f"{trainee}+{UNIT}+{TIMES[0]}" / "answers.json", words(trainee))
    _write(exchange / "feedback" / f"{page}-tmp.html", words(trainee))


def _gradebook(path: Path, trainees: tuple[str, ...]) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    # A gradebook without tables has nbgrader call alembic, which takes seconds.
    Base.metadata.create_all(engine)
    engine.dispose()
    with Gradebook(f"sqlite:///{path}", "coding-back-pain") as book:
        fill(book, trainees)
    path.chmod(0o600)


def fill(book: Gradebook, trainees: tuple[str, ...]) -> None:
    """Enter trainees with grades and comments, one of them changed afterwards."""
    book.add_assignment(UNIT)
    book.add_notebook(UNIT, UNIT)
    for cell in ("codes", "note"):
        book.add_grade_cell(cell, UNIT, UNIT, max_score=8, cell_type="markdown")
        book.add_solution_cell(cell, UNIT, UNIT)
    for trainee in trainees:
        book.add_student(trainee, first_name=words(trainee), email=f"{trainee}@example.org")
        book.add_submission(UNIT, trainee)
        for cell in ("codes", "note"):
            comment = book.find_comment(cell, UNIT, UNIT, trainee)
            comment.auto_comment = words(trainee) * 200
            comment.manual_comment = words(trainee) * 50
    book.db.commit()
    for trainee in trainees:
        book.find_comment("note", UNIT, UNIT, trainee).manual_comment = f"shorter: {words(trainee)}"
    book.db.commit()


def _tables(root: Path, trainees: tuple[str, ...]) -> None:
    rows = [f'unit-1,{trainee},graded,"{words(trainee)}\n""on two lines"""' for trainee in trainees]
    _write(root / "grades.csv", "\n".join(["assignment,trainee,status,reason", *rows, ""]))
    rows = [f"unit-1,enc-0001/note,{trainee},1,2,3" for trainee in trainees]
    _write(root / "agreement.csv", "\n".join(["assignment,item,trainee,suggested,confirmed,possible", *rows]))
    rows = [f"unit-1;{trainee};{words(trainee)}\r\n" for trainee in trainees]
    (root / "export.csv").write_bytes("".join(["assignment;student_id;last_name\r\n", *rows]).encode())
    lines = [f"{trainee:<14} {'5 of 17':>12}  {words(trainee)}" for trainee in trainees]
    _write(root / "grades.txt", "\n".join(["Trainee        Points", *lines, ""]))


def _report(root: Path, trainees: tuple[str, ...]) -> None:
    folder = root / "report" / UNIT
    rows = [f"unit-1,{trainee},{words(trainee)}" for trainee in trainees]
    _write(folder / REPORT, "\n".join(["assignment,trainee,remarks", *rows, ""]))
    _write(folder / "items.csv", "assignment,item\nunit-1,enc-0001/note\n")
    _write(folder / "report.html", "".join(f"<td>{trainee}</td>" for trainee in trainees))
    _write(root / "graded" / UNIT / ".4711.new", json.dumps({"trainee": trainees[0]}))
    _write(root / "graded" / UNIT / ".staging" / "new" / f"{UNIT}.ipynb", words(trainees[0]))
    _write(root / ".grades.csv.x1.new", f"unit-1,{trainees[0]},graded")


def _log(path: Path, trainees: tuple[str, ...]) -> None:
    lines = ["[AutogradeApp | INFO] Searching for notebooks"]
    for trainee in trainees:
        place = f"/course/submitted/{trainee}/{UNIT}"
        lines += [
            f"[CollectApp | INFO] Collecting submission: {trainee} {UNIT}",
            f"[SubmitApp | INFO] Destination: /x/inbound/{trainee}+{UNIT}+{TIMES[0]}+Rnd",
            f"[AutogradeApp | INFO] Converting notebook {place}/{UNIT}.ipynb",
            f"[AutogradeApp | ERROR] There was an error processing assignment: {place}",
            f"[AutogradeApp | ERROR] Traceback (most recent call last):\n    ValueError: {words(trainee)}",
        ]
    path.write_text("\n".join([*lines, "[AutogradeApp | INFO] Done", ""]))
