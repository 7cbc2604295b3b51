"""One person removed: everything of theirs, nothing of anybody else's, however often the command is stopped."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from nbgrader.api import Base, Gradebook
from nbgrader.utils import notebook_hash

from grader.cli import main
from grader.errors import CourseError, NotFoundError
from grader.grading.course import Course
from grader.grading.forgetting import erase, exchanged
from grader.grading.forgetting import forget as forgetting
from grader.grading.forgetting.forget import forget
from grader.grading.forgetting.traces import find
from grader.grading.lock import alone
from tests.grading.database import postgresql
from tests.grading.forgetting.leaving import ANA, OTHERS, TIMES, UNIT, fill, make_class, secret, words

ABOUT_ALL = ("gradebook.db", "gradebook.db.2026-11-01-101010.123456", "grades.csv", "agreement.csv", "export.csv",
             "grades.txt", ".nbgrader.log")  # fmt: skip
Contents = dict[Path, bytes]
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The class of the people whose names are nearly the same, made once."""
    root = tmp_path_factory.mktemp("leaving") / "class"
    make_class(root, root / "exchange", ANA, *OTHERS)
    return root


@pytest.fixture
def course(template, tmp_path) -> Course:
    """A copy of it, to be changed."""
    shutil.copytree(template, tmp_path / "class", symlinks=True)
    return Course(tmp_path / "class")


def contents(root: Path) -> Contents:
    """Every file with its bytes, by its place."""
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def rows(path: Path) -> dict[str, list[tuple]]:
    """Every row of a database."""
    with sqlite3.connect(path) as book:
        names = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(book.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def is_anas(place: Path) -> bool:
    """Tell whether a file is about ana alone."""
    folder = any(part == ANA or part.startswith(f"{ANA}+{UNIT}+") for part in place.parts)
    return (
        folder
        or place.name in (f"{ANA}.json", ".4711.new", ".grades.csv.x1.new")
        or ".staging" in place.parts
    )


def assert_forgotten(root: Path, before: Contents) -> None:
    """Nothing of ana is left anywhere, and whatever is another's is as it was."""
    after = contents(root)
    named = erase.word(ANA)
    for place, content in after.items():
        text = content.decode("utf-8", "replace")
        assert words(ANA) not in text and secret(ANA, "") not in text, place
        assert not any(named.search(str(part)) for part in place.parts), place
        # In a database, a name stands between bytes that mean something else.
        assert ".db" in place.name or not named.search(text), place
    pages = {
        f"{exchanged.page_name(secret(ANA, time), UNIT)}{end}.html" for time in TIMES for end in ("", "-tmp")
    }
    for place, content in before.items():
        if is_anas(place) or place.name in pages or place.parts[0] == "report":
            assert place not in after, place
        elif place.name not in ABOUT_ALL:
            assert after[place] == content, place
    new = set(after) - set(before) - {Path("graded/unit-1/.lock"), Path("graded/.lock")}
    assert not new


def test_everything_of_one_person_goes_and_nothing_of_another(course):
    """No byte of words or name is left in the tree, exchange and copies of the gradebook included."""
    before = contents(course.root)
    done = forget(course, ANA)
    assert_forgotten(course.root, before)
    assert done.kept == [] and done.named == [] and done.exchange == ""
    assert done.removed == {
        "pages of feedback in the exchange": 3,
        "submissions in the exchange": 3,
        "rows of the gradebook": 14,
        "rows of tables": 4,
        "entries of logs": 5,
        "reports of the class": 1,
        "records of grading": 2,
        "folders of the class": 4,
    }


def test_what_is_about_all_is_kept_for_the_others(course):
    """Rows, lines and log entries of the others stay, byte by byte and in their order."""
    before = contents(course.root)
    books = [course.root / name for name in ABOUT_ALL[:2]]
    held = [rows(book) for book in books]
    forget(course, ANA)
    for book, those in zip(books, held, strict=True):
        left = rows(book)
        for table, kept in left.items():
            assert set(kept) <= set(those[table]), table
        gone = {
            table: len(those[table]) - len(left[table])
            for table in left
            if len(those[table]) != len(left[table])
        }
        assert gone == {
            "student": 1,
            "submitted_assignment": 1,
            "submitted_notebook": 1,
            "grade": 2,
            "comment": 2,
        }
    for name in ABOUT_ALL[2:]:
        was, now = before[Path(name)].decode(), (course.root / name).read_bytes().decode()
        assert len(now) < len(was) and all(words(other) in now or name == "agreement.csv" for other in OTHERS)
        kept = iter(was.splitlines())
        assert all(line in kept for line in now.splitlines()), name
    header, *lines = (course.root / "export.csv").read_bytes().split(b"\r\n")
    assert header == b"assignment;student_id;last_name" and len(lines) == len(OTHERS) + 1


@pytest.mark.parametrize("trainee", OTHERS)
def test_names_that_are_nearly_the_same(course, trainee):
    """Whoever it is, everybody else keeps all of it."""
    forget(course, trainee)
    for other in {ANA, *OTHERS} - {trainee}:
        traces = find(course, other)
        assert (len(traces.folders), len(traces.records), len(traces.handed_in), len(traces.pages)) == (
            4,
            2,
            3,
            3,
        )
        assert traces.rows == 14 and len(traces.tables) == 3
    with pytest.raises(NotFoundError):
        find(course, trainee)


def test_once_more_there_is_nobody(course):
    """The second time, nobody has the name, and nothing is touched."""
    forget(course, ANA)
    before = contents(course.root)
    with pytest.raises(NotFoundError, match="Nobody has the name ana"):
        forget(course, ANA)
    assert contents(course.root) == before


def test_stopped_anywhere_the_next_run_finishes(tmp_path, monkeypatch):
    """Killed before any of its steps, the command run again leaves nothing behind."""
    template = tmp_path / "class"
    make_class(template, template / "exchange", ANA, OTHERS[0])
    before = contents(template)
    steps = 0
    while stopped(tmp_path / str(steps), template, steps, monkeypatch):
        forget(Course(tmp_path / str(steps)), ANA)
        assert_forgotten(tmp_path / str(steps), before)
        steps += 1
    # Pages, submissions, two gradebooks, tables, log, report, records, what was left, folders.
    assert steps > 20


def stopped(root: Path, template: Path, step: int, monkeypatch) -> bool:
    """Copy the class, kill the command before one of its steps, and tell whether it came that far."""
    shutil.copytree(template, root)
    left = iter(range(step))

    def stopping(act):
        def acting(*arguments, **more):
            if next(left, None) is None:
                raise KeyboardInterrupt
            return act(*arguments, **more)

        return acting

    with monkeypatch.context() as patched:
        for module, name in (
            (forgetting, "_take_away"),
            (erase, "erase_rows"),
            (erase, "_clean"),
            (erase, "replace_text"),
            (Path, "unlink"),
        ):
            patched.setattr(module, name, stopping(getattr(module, name)))
        try:
            forget(Course(root), ANA)
        except KeyboardInterrupt:
            return True
    return False


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "../x",
        "a/b",
        "*",
        "an?",
        "[a]",
        ".lock",
        "a\\b",
        "a\nb",
        "a\0b",
        "a\udcffb",
        " ana",
        "x" * 256,
    ],
)
def test_what_is_no_name_is_refused(course, name):
    """Patterns and paths remove nothing."""
    before = contents(course.root)
    with pytest.raises(CourseError, match="not the name"):
        forget(course, name)
    assert contents(course.root) == before


def test_nobody_has_the_name(course, capsys):
    """A name that nobody has is said so, and the exit code tells it."""
    assert main(["forget", "bob", "--course", str(course.root), "--yes"]) == 2
    assert "Nobody has the name bob" in capsys.readouterr().err


def test_a_person_confirms(course, capsys, monkeypatch):
    """Without --yes nothing goes unless somebody at a terminal types the name; what there is, is counted first."""
    arguments = ["forget", ANA, "--course", str(course.root)]
    before = contents(course.root)
    assert main(arguments) == 2
    assert "Say --yes" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: "y")
    assert main(arguments) == 2
    out = capsys.readouterr().out
    assert "4 folders" in out and "14 rows of the gradebook" in out and contents(course.root) == before
    monkeypatch.setattr("builtins.input", lambda question: ANA)
    assert main(arguments) == 0
    assert_forgotten(course.root, before)


def test_the_command_tells_counts_and_what_it_cannot_reach(course, capsys):
    """It says how much went and what makes the report anew, without a word of the trainee's."""
    assert main(["forget", ANA, "--course", str(course.root), "--yes"]) == 0
    out = capsys.readouterr().out
    assert "Quagmire" not in out and "14 rows of the gradebook" in out
    assert "python -m grader report unit-1" in out and "backups" in out and "own folder" in out


def test_no_grading_is_at_work_meanwhile(course):
    """While an assignment is being graded nothing is removed."""
    before = contents(course.root)
    with alone(course.root, UNIT), pytest.raises(CourseError, match="being graded right now"):
        forget(course, ANA)
    assert {p: c for p, c in contents(course.root).items() if p.name != ".lock"} == before


def test_links_are_taken_away_and_not_followed(course, tmp_path):
    """A link in place of a folder goes; what it leads to stays."""
    elsewhere = tmp_path / "elsewhere"
    shutil.move(course.root / "submitted" / ANA, elsewhere)
    (course.root / "submitted" / ANA).symlink_to(elsewhere)
    forget(course, ANA)
    assert not (course.root / "submitted" / ANA).is_symlink()
    assert (elsewhere / UNIT / "answers.json").exists()


def test_a_trainee_who_never_handed_in(course):
    """A row of the gradebook alone, or of a table alone, is enough to be found, and goes."""
    with sqlite3.connect(course.root / "gradebook.db") as book:
        book.execute("INSERT INTO student (id) VALUES ('late')")
    (course.root / "grades.csv").write_text("trainee\nlater\nlate\n")
    assert forget(course, "late").removed == {"rows of the gradebook": 1, "rows of tables": 1}
    assert forget(course, "later").removed == {"rows of tables": 1}


def test_before_anything_was_graded(course):
    """Without gradebook, exchange and tables, what was handed in goes all the same, and the exchange is spoken of."""
    for path in course.root.iterdir():
        if path.name not in ("submitted", "nbgrader_config.py"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = forget(course, ANA)
    assert done.removed == {"folders of the class": 1} and "no exchange in" in str(done)
    assert not (course.root / "gradebook.db").exists()


def test_a_gradebook_on_a_server(template, tmp_path):
    """On PostgreSQL as well, rows go and the others' stay; the server's tables hold no word any more."""
    with postgresql() as (address, data):
        engine = sa.create_engine(address)
        Base.metadata.create_all(engine)
        with Gradebook(address, "coding-back-pain") as book:
            fill(book, (ANA, *OTHERS))
        root = tmp_path / "class"
        shutil.copytree(template, root)
        for copy in root.glob("gradebook.db*"):
            copy.unlink()
        config = root / "nbgrader_config.py"
        line = f"    get_config().CourseDirectory.db_url = {address!r}\n"
        config.write_text(config.read_text().replace("except Exception", f"{line}except Exception"))
        assert forget(Course(root), ANA).removed["rows of the gradebook"] == 7
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
            students = connection.exec_driver_sql("SELECT id FROM student").scalars().all()
            comments = connection.exec_driver_sql("SELECT count(*) FROM comment").scalar_one()
        engine.dispose()
        assert sorted(students) == sorted(OTHERS) and comments == 2 * len(OTHERS)
        held = b"".join(path.read_bytes() for path in (data / "base").rglob("*") if path.is_file())
        assert words(ANA).encode() not in held and words(OTHERS[0]).encode() in held


def test_a_gradebook_with_a_journal_of_its_own(course):
    """Of a gradebook in SQLite's other mode, the journal beside it holds no word either."""
    with sqlite3.connect(course.root / "gradebook.db") as book:
        assert book.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        book.execute("UPDATE comment SET manual_comment = manual_comment || '.'")
    book.close()
    before = contents(course.root)
    forget(course, ANA)
    assert_forgotten(course.root, before)


def test_a_gradebook_in_use_is_explained(course, capsys, monkeypatch):
    """Another program that keeps the gradebook locked is named, and the next run finishes."""
    monkeypatch.setattr("grader.grading.gradebook._SECONDS_TO_WAIT", 0)
    before = contents(course.root)
    with sqlite3.connect(course.root / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert main(["forget", ANA, "--course", str(course.root), "--yes"]) == 2
        assert "Close what has it open" in capsys.readouterr().err
        other.execute("ROLLBACK")
    other.close()
    forget(course, ANA)
    assert_forgotten(course.root, before)


def test_what_cannot_be_removed_is_told_and_tried_again(course, capsys, monkeypatch):
    """A folder that somebody else closed is named with the reason, the exit code tells it, and the next run goes on."""
    take_away = forgetting._take_away

    def refusing(path):
        if "inbound" in path.parts:
            raise PermissionError(13, "Permission denied")
        take_away(path)

    before = contents(course.root)
    with monkeypatch.context() as patched:
        patched.setattr(forgetting, "_take_away", refusing)
        assert main(["forget", ANA, "--course", str(course.root), "--yes"]) == 1
    out = capsys.readouterr().out
    assert "Permission denied" in out and "inbound" in out
    assert not (course.root / "submitted" / ANA).exists()
    forget(course, ANA)
    assert_forgotten(course.root, before)


def test_files_that_still_hold_the_name_are_named(course):
    """What an instructor wrote is not touched; the command says where the name stands."""
    (course.root / "letters.txt").write_text("Called ana about it.")
    (course.root / "other.txt").write_text("Called ana-2 and banana about it.")
    done = forget(course, ANA)
    assert (
        done.named == ["letters.txt"] and (course.root / "letters.txt").read_text() == "Called ana about it."
    )


def test_rewritten_files_stay_private(course):
    """A table or log that was rewritten can be read by its owner alone."""
    forget(course, ANA)
    for name in ABOUT_ALL[2:]:
        assert stat.S_IMODE((course.root / name).stat().st_mode) == 0o600, name


def test_folders_of_any_mode(course):
    """A folder that a trainee made unreadable or unwritable goes as well."""
    inner = course.root / "submitted" / ANA / UNIT / "closed"
    (inner / "more").mkdir(parents=True)
    (inner / "more").chmod(0o000)
    inner.chmod(0o500)
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    forget(course, ANA)
    assert not inner.exists()


@pytest.mark.parametrize(
    "name", ["o'neil", "ünï", "a & b", 'quo"te', "<b>", "=sum", "@x", "x y", "-x", "n" * 20, "a,b;c"]
)
def test_odd_names(tmp_path, name):
    """Whatever may be a name is found as it is written in tables, pages and logs."""
    root = tmp_path / "class"
    make_class(root, root / "exchange", name, "bo")
    (root / "grades.csv").write_text(
        f'assignment,trainee\nunit-1,"\'{name.replace(chr(34), 2 * chr(34))}"\nunit-1,bo\n'
    )
    (root / "agreement.csv").unlink()
    (root / "export.csv").unlink()
    page = (
        name.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
    )
    (root / "report/unit-1/trainees.csv").unlink()
    (root / "report/unit-1/report.html").write_text(f"<td>{page}</td>")
    done = forget(Course(root), name)
    assert done.removed["submissions in the exchange"] == 3 and done.removed["reports of the class"] == 1
    assert not any(words(name).encode() in content for content in contents(root).values())
    assert find(Course(root), "bo").rows == 14
    if not name.startswith(("=", "@", "-")):
        return
    assert (root / "grades.csv").read_text() == "assignment,trainee\nunit-1,bo\n"


@pytest.mark.parametrize(
    ("folder", "trainee"),
    [
        ("ana+unit-1+2026-11-02 10:00:00.123456 UTC+AbC-_", "ana"),
        ("ana+unit-1+2026-11-02 10:00:00.123456 UTC", "ana"),
        ("a+b+unit-1+2026-11-02 10:00:00.123456 UTC+AbC", "a+b"),
        ("a+b+unit-1+2026-11-02 10:00:00.123456 UTC", "a+b"),
        ("ana+unit-1+2026-11-02 10:00:00.123456 +0100+AbC", "ana"),
        ("ana+unit-1+2.11.2026+AbC", "ana"),
        ("ana", ""),
        ("ana+unit-1", ""),
    ],
)
def test_whose_a_folder_of_the_exchange_is(folder, trainee):
    """As `nbgrader collect` tells it, names with + included."""
    assert exchanged.owner(folder) == trainee


def test_pages_are_named_as_nbgrader_does():
    """The page of a submission is found by the secret that nbgrader hashes."""
    assert exchanged.page_name("s3", "unit-1") == notebook_hash(secret="s3", notebook_id="unit-1")


def test_secrets_are_not_read_through_links(course, tmp_path):
    """A link or a pipe in place of a secret is not opened: it would wait for ever, or name another's page."""
    folder = course.root / "exchange/coding-back-pain/inbound" / f"{ANA}+{UNIT}+{TIMES[0]}"
    other = course.root / "submitted" / OTHERS[0] / UNIT / "submission_secret.txt"
    (folder / "submission_secret.txt").symlink_to(other)
    os.mkfifo(course.root / "submitted" / ANA / "submission_secret.txt")
    before = contents(course.root)
    forget(course, ANA)
    assert find(course, OTHERS[0]).pages and len(before) > len(contents(course.root))


@pytest.mark.parametrize(
    ("text", "kept", "number"),
    [
        ("trainee,x\nana,1\nbo,2\n", "trainee,x\nbo,2\n", 1),
        ("\ufefftrainee,x\r\n'=a,1\r\n", "\ufefftrainee,x\r\n'=a,1\r\n", 0),
        ('student_id\tx\nana\t"a\nb"\nbo\t"\u2028"\n', 'student_id\tx\nbo\t"\u2028"\n', 1),
        ("trainee,x\nbo,ana\n", "trainee,x\nbo,ana\n", 0),
        ("name,x\nana,1\n", "name,x\nana,1\n", 0),
        ("", "", 0),
        ("trainee\nana", "trainee\n", 1),
        ('trainee\n"ana\n', 'trainee\n"ana\n', 0),
    ],
)
def test_rows_of_tables(text, kept, number):
    """Rows go by the column of names alone; line ends, quotes and marks of the others stay."""
    assert erase.without_rows(text, ANA) == (kept, number)


LINE = "[AutogradeApp | INFO] at work on /c/submitted/{}/unit-1\n"
ERROR = "[AutogradeApp | ERROR] Traceback (most recent call last):\n  File\n    more {}\n\n"
DEBUG = "[AutogradeApp | DEBUG] a step\n"


@pytest.mark.parametrize(
    ("text", "kept", "number"),
    [
        (LINE.format("ana") + DEBUG + ERROR.format("words"), DEBUG, 2),
        (
            LINE.format("ana") + LINE.format("bo") + ERROR.format("words"),
            LINE.format("bo") + ERROR.format("words"),
            1,
        ),
        (LINE.format("ana-2") + LINE.format("ana.b") + LINE.format("mana"), None, 0),
        (
            "[A | INFO] ana+unit-1+2026-11-02 10:00\n[A | INFO] ana+x+unit-1+2026-11-02\n",
            "[A | INFO] ana+x+unit-1+2026-11-02\n",
            1,
        ),
        ("seen ana\nseen bo", "seen bo", 1),
        (
            "[A | INFO] 'ana', ana: (ana) ana.\n[A | INFO] ana@x ana_ \u00e4na\n",
            "[A | INFO] ana@x ana_ \u00e4na\n",
            1,
        ),
        ("", "", 0),
    ],
)
def test_entries_of_logs(text, kept, number):
    """An entry that names the person goes with the error that follows on their submission; others' stay."""
    assert erase.without_records(text, ANA) == (text if kept is None else kept, number)
