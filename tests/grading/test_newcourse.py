"""A class of one's own: where it may stand, who can open it, and that nothing in its name breaks out."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from grader.cli import main
from grader.errors import CourseError
from grader.grading.course import Course
from grader.grading.newcourse import default_course, new_course
from tests.conftest import ROOT

EXERCISES = ROOT / "exercises"
CONFIG = "nbgrader_config.py"
ODD = ('it\'s "mine"', "{root!r} {", "a'); import os; ('", "ünï-日本", "new\nline", "a & b # c")


def mode(path: Path) -> int:
    """Who may do what."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout of the course, as far as can be told from outside."""
    root = tmp_path / "checkout"
    for name in (".git", "grader", "cases", "exercises"):
        (root / name).mkdir(parents=True)
    return root


def test_which_class_is_meant(tmp_path, monkeypatch):
    """The folder that one stands in if it is a class, else the one that the environment names, else the one at home."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COURSE_FOLDER", raising=False)
    monkeypatch.chdir(tmp_path)
    assert default_course() == tmp_path / "home/coding-back-pain"
    monkeypatch.setenv("COURSE_FOLDER", "~/elsewhere")
    assert default_course() == tmp_path / "home/elsewhere"
    (tmp_path / CONFIG).touch()
    assert default_course() == tmp_path


def test_a_new_class_is_ones_own_and_works(tmp_path):
    """Nobody else can open folder or configuration, and the course reads it."""
    root = tmp_path / "deep/class"
    new_course(root, EXERCISES)
    assert (mode(root), mode(root / CONFIG)) == (0o700, 0o600)
    course = Course(root)
    assert course.root == root and course.assignments == EXERCISES and course.cases == ROOT / "cases"
    assert course.db_url == f"sqlite:///{root}/gradebook.db" and "root" not in course.config.Exchange


def test_the_lines_to_change_are_there(tmp_path):
    """Exchange and database stand in the file, ready to be changed."""
    new_course(tmp_path / "class", EXERCISES)
    text = (tmp_path / "class" / CONFIG).read_text()
    assert '# get_config().Exchange.root = "' in text and 'db_url = "postgresql' in text


@pytest.mark.parametrize("name", ODD)
def test_names_are_names(tmp_path, name):
    """Quotes, braces or line ends in the name of a folder stay what they are."""
    root, exercises, exchange = tmp_path / f"class {name}", tmp_path / name, tmp_path / f"exchange {name}"
    exercises.mkdir()
    new_course(root, exercises, exchange)
    course = Course(root)
    assert course.root == root and course.assignments == exercises
    assert course.config.Exchange.root == str(exchange)


@pytest.mark.parametrize("letter", "*?[]%")
def test_what_nbgrader_cannot_open_is_refused(tmp_path, letter):
    """nbgrader takes these for patterns and would find nothing."""
    with pytest.raises(CourseError, match="Name another one"):
        new_course(tmp_path / f"class{letter}1", EXERCISES)
    assert not any(path.name != "exercises" for path in tmp_path.iterdir())


def test_a_broken_configuration_stops_nbgrader(tmp_path):
    """An error in it becomes an exit, which nbgrader does not swallow, and never its own settings."""
    new_course(tmp_path / "class", EXERCISES)
    text = (tmp_path / "class" / CONFIG).read_text().replace("grader.grading.configuration", "grader.gone")
    with pytest.raises(SystemExit, match="nothing was done"):
        exec(compile(text, CONFIG, "exec"), {"__file__": str(tmp_path), "get_config": dict})


def test_grades_do_not_belong_where_code_is_shared(checkout, tmp_path, capsys):
    """Inside a checkout, by a link as well, it says why not and makes nothing; a class of samples may be there."""
    (tmp_path / "link").symlink_to(checkout / "exercises")
    for folder in (checkout / "exercises/class", checkout, tmp_path / "link/class"):
        with pytest.raises(CourseError, match="do not belong where code is shared"):
            new_course(folder, EXERCISES)
    assert not list(checkout.rglob("class")) and not list(checkout.rglob(CONFIG))
    assert main(["course", "new", str(checkout / "class")]) == 2
    assert "would publish them" in capsys.readouterr().err
    new_course(checkout / "build/class", EXERCISES, checkout / "build/class/exchange", anywhere=True)
    assert mode(checkout / "build/class") == 0o700


def test_other_repositories_are_no_checkout(tmp_path):
    """Home folders are kept in git as well: what does not hold the course's code is not its checkout."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "cases").mkdir()
    new_course(tmp_path / "class", EXERCISES)
    assert (tmp_path / "class" / CONFIG).exists()


def test_nothing_is_overwritten(tmp_path):
    """A class that is there stays as it is, byte by byte."""
    new_course(tmp_path / "class", EXERCISES)
    before = (tmp_path / "class" / CONFIG).read_bytes()
    with pytest.raises(CourseError, match="holds a class already"):
        new_course(tmp_path / "class", EXERCISES, tmp_path / "exchange")
    assert (tmp_path / "class" / CONFIG).read_bytes() == before and not (tmp_path / "exchange").exists()


def test_open_folders(tmp_path):
    """An empty folder is closed to others; one with files that others can open is left alone, and said so."""
    empty, full = tmp_path / "empty", tmp_path / "full"
    for folder in (empty, full):
        folder.mkdir()
        folder.chmod(0o755)
    (full / "letter.txt").touch()
    new_course(empty, EXERCISES)
    assert mode(empty) == 0o700
    with pytest.raises(CourseError, match="chmod 700"):
        new_course(full, EXERCISES)
    assert mode(full) == 0o755 and not (full / CONFIG).exists()
    full.chmod(0o700)
    new_course(full, EXERCISES)
    assert (full / CONFIG).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused(tmp_path):
    """Its owner could open whatever is put there."""
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    with pytest.raises(CourseError, match="belongs to somebody else"):
        new_course(folder, EXERCISES)


def test_a_file_is_no_folder(tmp_path):
    """Neither class nor exchange nor exercises may be a file, and it is said which."""
    file = tmp_path / "file"
    file.touch()
    for arguments in ((file, EXERCISES), (tmp_path / "a", EXERCISES, file), (tmp_path / "b", file)):
        with pytest.raises(CourseError, match="file"):
            new_course(*arguments)
    with pytest.raises(CourseError, match=r"cannot be made: .*below"):
        new_course(file / "below", EXERCISES)


def test_the_exchange_can_be_reached(tmp_path):
    """A new one is open to everybody, whatever modes the process gives; one that is there keeps its own."""
    before = os.umask(0o077)
    try:
        new_course(tmp_path / "class", EXERCISES, tmp_path / "srv/nbgrader/exchange")
    finally:
        os.umask(before)
    assert mode(tmp_path / "srv") == mode(tmp_path / "srv/nbgrader") == 0o755
    assert mode(tmp_path / "srv/nbgrader/exchange") == 0o1777
    there = tmp_path / "there"
    there.mkdir()
    there.chmod(0o770)
    new_course(tmp_path / "other", EXERCISES, there)
    assert mode(there) == 0o770


def test_class_and_exchange_keep_apart(tmp_path):
    """An exchange in the class could not be reached, and a class in the exchange would be everybody's."""
    with pytest.raises(CourseError, match="could not reach"):
        new_course(tmp_path / "class", EXERCISES, tmp_path / "class/exchange")
    with pytest.raises(CourseError, match="everybody may write"):
        new_course(tmp_path / "exchange/class", EXERCISES, tmp_path / "exchange")
    assert not list(tmp_path.iterdir())


def test_a_class_can_be_moved(tmp_path):
    """Gradebook, and an exchange inside, go with the folder."""
    new_course(tmp_path / "class", EXERCISES, tmp_path / "class/the exchange", anywhere=True)
    shutil.move(tmp_path / "class", tmp_path / "moved")
    course = Course(tmp_path / "moved")
    assert course.db_url.endswith("/moved/gradebook.db")
    assert course.config.Exchange.root == str(tmp_path / "moved/the exchange")


def test_the_command(tmp_path, monkeypatch, capsys):
    """`course new` makes the class that the other commands then mean, or tells how they come to mean it."""
    monkeypatch.setenv("COURSE_FOLDER", str(tmp_path / "named"))
    monkeypatch.chdir(tmp_path)
    assert main(["course", "new", "--exchange", str(tmp_path / "exchange")]) == 0
    out = capsys.readouterr().out
    assert "nobody but you can open" in out and "export" not in out
    assert Course(default_course()).config.Exchange.root == str(tmp_path / "exchange")
    assert main(["course", "new", str(tmp_path / "another one")]) == 0
    assert f"export COURSE_FOLDER='{tmp_path}/another one'" in capsys.readouterr().out
    assert main(["course", "new"]) == 2
    assert "holds a class already" in capsys.readouterr().err
