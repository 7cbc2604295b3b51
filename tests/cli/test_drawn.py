"""What an instructor is told when forms are drawn: times, minutes, who is missing, and what was not used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.cli.drawn import forms_in_words
from grader.exam.folder import ExamFolder
from grader.exam.forms import read_forms
from tests.cli.test_exam import desk, draw, roster
from tests.exam.changed import written

__all__ = ["desk"]
TIMES = ("--opens", "2090-01-01T09:00-05:00", "--closes", "2090-01-01T10:10-05:00")


def test_it_is_said_when_the_exam_is_and_how_long(desk, capsys):
    """Extra minutes are in the column, and for whom they move the end."""
    text = "trainee,name,email,extra_minutes\nann,Ann,,\ncy,Cy,,\nbo,Bo,,20\n"
    (desk / "roster.csv").write_text(text, encoding="utf-8")
    assert draw(desk, *roster(desk), *TIMES) == 0
    said = capsys.readouterr().out
    start = "opens on 1 January 2090, 09:00 UTC-05:00, and closes on 1 January 2090"
    assert (
        f"The exam {start}, 10:10 UTC-05:00; it lasts 60 minutes from the start, and longer for who" in said
    )
    assert f"For bo it {start}, 10:20 UTC-05:00." in said and "Not used" not in said
    minutes = [
        int(line.split()[3]) for line in said.splitlines() if line.split()[:1] in (["ann"], ["bo"], ["cy"])
    ]
    assert minutes == [60, 60, 80]


def test_who_has_a_form_and_is_not_on_the_roster_is_named(desk, capsys):
    """With the command that removes a person; options that changed nothing are told as well."""
    assert draw(desk, *roster(desk)) == 0
    assert "Not on this roster" not in capsys.readouterr().out
    (desk / "roster.csv").write_text("trainee,name,email\nann,Ann,\n", encoding="utf-8")
    assert draw(desk, *roster(desk), *TIMES) == 0
    said = capsys.readouterr().out
    assert (
        "Not on this roster, with a form all the same: bo. To remove everything of somebody: python -m"
        in said
    )
    assert "grader forget bo" in said and "Not used: --opens and --closes. No form was drawn" in said


def test_an_exam_of_the_class_is_named_without_its_path(desk, capsys):
    """Once forms were drawn by a blueprint, its name is enough."""
    assert draw(desk, *roster(desk)) == 0
    assert draw(desk, *roster(desk), blueprint=Path("short")) == 0
    assert "nothing was drawn" in capsys.readouterr().out


def test_who_did_not_come_gets_a_form_when_times_are_set(desk, capsys, monkeypatch):
    """Once the own window is over, without --attempt: the form that was missed counts, and the refusal says what to add."""
    soon = datetime.now(UTC) + timedelta(days=1)
    short = written(desk / "soon.yml", ("window.closes", soon))
    assert draw(desk, *roster(desk), blueprint=short) == 0
    assert draw(desk, "--retake", "ann", *TIMES, blueprint=short) == 2
    assert "The exam is not over for them" in capsys.readouterr().err
    monkeypatch.setattr("grader.exam.times.is_over", lambda *_: True)
    assert draw(desk, "--retake", "ann", blueprint=short) == 2
    assert "add --opens 2027-03-01T09:00-05:00 --closes" in capsys.readouterr().err
    assert draw(desk, "--retake", "ann", *TIMES, blueprint=short) == 0
    forms = read_forms(ExamFolder(desk / "class" / "exams" / "short"))
    assert f"ann did not hand in {forms[0].form}: it counts as attempt 1." in capsys.readouterr().out
    assert [(each.trainee, each.attempt) for each in forms] == [("ann", 1), ("bo", 1), ("ann", 2)]


def test_one_form_is_one_form():
    """No word is left in the plural."""
    assert [forms_in_words(count) for count in (0, 1, 1200)] == ["0 forms", "1 form", "1,200 forms"]
