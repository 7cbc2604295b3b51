"""The commands of an exam, as an instructor types them."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.cli import main
from grader.decision.file import write_decisions
from grader.decision.outcome import FAILED, Outcome
from grader.exam.blueprint import load_blueprint
from grader.exam.folder import ExamFolder
from grader.exam.forms import FormEntry, read_forms
from grader.grading.newcourse import new_course
from tests.conftest import ROOT
from tests.exam.changed import SHORT, written
from tests.exam.conftest import SEED


@pytest.fixture
def desk(tmp_path, codes, monkeypatch) -> Path:
    """An instructor's folder with a class, a seed and a roster; the code set is read once for all tests."""
    monkeypatch.setattr("grader.codeset.load", lambda: codes)
    new_course(tmp_path / "class", ROOT / "exercises", tmp_path / "exchange")
    (tmp_path / "roster.csv").write_text(
        "trainee,name,email\nann,Ann,\nbo,Bo Đặng,bo@example.org\n", encoding="utf-8"
    )
    seed = tmp_path / "seed.txt"
    seed.write_text(SEED, encoding="utf-8")
    seed.chmod(0o600)
    return tmp_path


def draw(desk: Path, *more: str, blueprint: Path = SHORT, seed: str = "seed.txt") -> int:
    """Type ``exam draw``."""
    course, secret = str(desk / "class"), str(desk / seed)
    return main(["exam", "draw", str(blueprint), "--seed-file", secret, "--course", course, *more])


def roster(desk: Path) -> tuple[str, str]:
    """Name the roster."""
    return "--roster", str(desk / "roster.csv")


def test_a_class_gets_its_forms(desk, capsys):
    """A line for each trainee, what the forms have in common, and where to go on; of seed, codes and keys not a word."""
    assert draw(desk, *roster(desk)) == 0
    said = capsys.readouterr().out
    for entry in read_forms(ExamFolder(desk / "class" / "exams" / "short")):
        assert f"{entry.trainee:<20}       1  {entry.form}" in said
    assert "2 new, 2 in all" in said and "of their points in common" in said
    assert "python -m grader exam release short" in said and SEED not in said


def test_the_same_command_again_draws_nothing(desk, capsys):
    """Everybody has a form; a longer roster draws for the new names alone."""
    draw(desk, *roster(desk))
    capsys.readouterr()
    assert draw(desk, *roster(desk)) == 0
    assert "Everybody named has a form already; nothing was drawn." in capsys.readouterr().out
    with (desk / "roster.csv").open("a", encoding="utf-8") as file:
        file.write("cy,Cy,\n")
    assert draw(desk, *roster(desk)) == 0
    assert "1 new, 3 in all" in capsys.readouterr().out


def failed(folder: ExamFolder, entry: FormEntry, days_ago: int) -> None:
    """Write down that a form was handed in some days ago, and failed."""
    now = datetime.now(UTC)
    sat = now - timedelta(days=days_ago)
    outcome = Outcome(
        entry.trainee,
        entry.name,
        entry.form,
        1,
        FAILED,
        sat,
        40.0,
        (),
        ("Below the mark.",),
        False,
        ("FY2027",),
    )
    write_decisions(folder, load_blueprint(folder.blueprint), [outcome], now)
    handed_in = folder.root.parent.parent / "submitted" / entry.trainee / entry.form
    handed_in.mkdir(parents=True, exist_ok=True)


def test_a_retake_needs_no_roster(desk, capsys):
    """It is drawn when the form before came back and was decided, and when an instructor says which attempt it is."""
    draw(desk, *roster(desk))
    folder = ExamFolder(desk / "class" / "exams" / "short")
    entry = read_forms(folder)[0]
    assert draw(desk, "--retake", "ann") == 2
    assert "ann has not handed in" in capsys.readouterr().err
    assert draw(desk, "--retake", "bo", "--attempt", "2") == 0
    assert "bo: nothing is decided yet, so the waiting time was not looked at" in capsys.readouterr().out
    failed(folder, entry, days_ago=400)
    assert draw(desk, "--retake", "ann") == 0
    assert "ann                        2  short-" in capsys.readouterr().out


def test_a_retake_waits_as_long_as_the_blueprint_says(desk, capsys):
    """Too early it is refused with the day from which it is allowed, unless the instructor names the attempt."""
    blueprint = written(desk / "waiting.yml", ("retake.wait_days", 30))
    draw(desk, *roster(desk), blueprint=blueprint)
    folder = ExamFolder(desk / "class" / "exams" / "short")
    failed(folder, read_forms(folder)[0], days_ago=1)
    capsys.readouterr()
    assert draw(desk, "--retake", "ann", blueprint=blueprint) == 2
    assert "ann may not sit short again now" in (said := capsys.readouterr().err) and "from " in said
    assert draw(desk, "--retake", "ann", "--attempt", "2", blueprint=blueprint) == 0
    assert "ann: overruled by --attempt" in (said := capsys.readouterr().out) and "again from " in said


def closed(desk: Path) -> Path:
    """Write the short exam with a window that is over."""
    return written(
        desk / "closed.yml",
        ("window.opens", datetime(2026, 1, 1, tzinfo=UTC)),
        ("window.closes", datetime(2026, 1, 2, tzinfo=UTC)),
    )


def test_forms_get_times_of_their_own_where_the_exam_has_closed(desk, capsys):
    """What nobody could open is not drawn; with times it is, for a first sitting as for a further one."""
    over = closed(desk)
    assert draw(desk, *roster(desk), blueprint=over) == 2
    said = capsys.readouterr().err
    assert "the exam closed on 2 January 2026" in said and "--opens" in said
    assert not (desk / "class" / "exams").exists()
    assert draw(desk, *roster(desk), "--closes", "2090-01-01T09:00", blueprint=over) == 2
    assert (
        "--closes 2090-01-01T09:00: write a day and time like 2027-03-01T09:00-05:00; the last part is how"
        in (capsys.readouterr().err)
    )
    times = ("--opens", "2090-01-01T09:00-05:00", "--closes", "2090-01-01T17:00-05:00")
    assert draw(desk, *roster(desk), *times, blueprint=over) == 0
    assert draw(desk, *roster(desk), blueprint=over) == 0
    assert draw(desk, "--retake", "ann", "--attempt", "2", blueprint=over) == 2
    assert draw(desk, "--retake", "ann", "--attempt", "2", *times, blueprint=over) == 0
    forms = read_forms(ExamFolder(desk / "class" / "exams" / "short"))
    assert [each.opens for each in forms] == ["2090-01-01T09:00:00-05:00"] * 3


def test_a_corrected_roster_is_told_and_kept(desk, capsys):
    """A name that was wrong is put right; a known trainee in capitals is nobody new, and nothing is drawn."""
    draw(desk, *roster(desk))
    path = desk / "roster.csv"
    path.write_text("trainee,name,email,extra_minutes\nann,Ann Lee,,30\n", encoding="utf-8")
    capsys.readouterr()
    assert draw(desk, *roster(desk)) == 0
    said = capsys.readouterr().out
    assert "ann: name was Ann, is Ann Lee" in said and "ann: extra_minutes was 0, is 30" in said
    entry = read_forms(ExamFolder(desk / "class" / "exams" / "short"))[0]
    assert (entry.name, entry.extra) == ("Ann Lee", 30)
    path.write_text("trainee,name,email\nAnn,Ann,\n", encoding="utf-8")
    assert draw(desk, *roster(desk)) == 2
    assert "differ by capitals alone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Say for whom: --roster FILE for a class, or --retake TRAINEE"),
        (("--attempt", "2", "--roster", "r"), "--attempt goes with --retake"),
        (("--retake", "ann"), "ann has no form of short yet"),
        (("--roster", "none.csv"), "none.csv: it cannot be read"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_words(desk, capsys, more, said):
    """One sentence on what to do, no traceback, and nothing is written."""
    assert draw(desk, *more) == 2
    shown = capsys.readouterr().err
    assert said in shown and "Traceback" not in shown and not (desk / "class" / "exams").exists()


def test_a_seed_that_others_see_is_refused(desk, capsys):
    """In the exchange, in a checkout of the course, in the class, and open to others."""
    checkout = desk / "checkout"
    for name in (".git", "grader", "cases"):
        (checkout / name).mkdir(parents=True)
    (desk / "exchange").mkdir(exist_ok=True)
    places = (
        ("exchange", "the exchange"),
        ("checkout", "the checkout of the course"),
        ("class", "the class"),
    )
    for place, what in places:
        path = desk / place / "seed.txt"
        path.write_text(SEED, encoding="utf-8")
        path.chmod(0o600)
        assert draw(desk, *roster(desk), seed=f"{place}/seed.txt") == 2
        assert f"is inside {what}" in capsys.readouterr().err
        assert main(["exam", "seed", str(desk / place / "new.txt"), "--course", str(desk / "class")]) == 2
        assert f"is inside {what}" in capsys.readouterr().err
    (desk / "seed.txt").chmod(0o644)
    assert draw(desk, *roster(desk)) == 2 and "chmod 600" in capsys.readouterr().err


def test_a_seed_is_made_for_its_owner_alone(desk, capsys):
    """Forms can be drawn with it; what it is is not shown."""
    assert main(["exam", "seed", str(desk / "new.txt"), "--course", str(desk / "class")]) == 0
    secret = (desk / "new.txt").read_text(encoding="utf-8").strip()
    assert stat.S_IMODE((desk / "new.txt").stat().st_mode) == 0o600
    assert draw(desk, *roster(desk), seed="new.txt") == 0
    assert secret not in capsys.readouterr().out
    everything = [path for path in (desk / "class").rglob("*") if path.is_file()]
    assert not any(secret.encode() in path.read_bytes() for path in everything)


def test_an_exam_that_ships_is_named_without_its_path(desk, capsys):
    """``exam draw sample-exam`` finds it among the exercises; a name that nothing has is told of."""
    assert draw(desk, *roster(desk), blueprint=Path("sample-exam")) == 0
    assert "sample-exam-" in capsys.readouterr().out
    assert draw(desk, *roster(desk), blueprint=Path("final")) == 2
    said = "There is no exam final. The course has certification, renewal, sample-exam; this class has sample-exam. Or give"
    assert said in capsys.readouterr().err
    assert draw(desk, *roster(desk), blueprint=Path("final/blueprint.yml")) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_blueprint_that_cannot_be_met_draws_nothing(desk, capsys):
    """The demand is named, with what the pool has."""
    wrong = written(desk / "wrong.yml", ("content.points", 400))
    assert draw(desk, *roster(desk), blueprint=wrong) == 2
    assert "it asks for 400 points, and the parts can give" in capsys.readouterr().err


def test_the_list_tells_how_far_each_form_is(desk, capsys):
    """Nothing was released yet; a form that somebody else handed in is pointed out."""
    draw(desk, *roster(desk))
    entry = read_forms(ExamFolder(desk / "class" / "exams" / "short"))[0]
    (desk / "class" / "submitted" / "bo" / entry.form).mkdir(parents=True)
    capsys.readouterr()
    assert main(["exam", "list", "short", "--course", str(desk / "class")]) == 0
    said = capsys.readouterr().out
    assert (
        f"{entry.form:<32}      60  –         –          –" in said
        and "handed in by bo, whose form it is not" in said
    )
    assert main(["exam", "list", "final", "--course", str(desk / "class")]) == 2
    assert "No exam 'final' was drawn" in capsys.readouterr().err


def test_a_command_that_is_stopped_says_how_to_go_on(desk, capsys, monkeypatch):
    """Ctrl+C leaves no traceback, and of a draw nothing."""

    def stopped(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.exam.drawing.draw_whole", stopped)
    assert draw(desk, *roster(desk)) == 2
    assert capsys.readouterr().err == "Stopped. The same command does the rest.\n"
    assert not (desk / "class" / "exams").exists()
