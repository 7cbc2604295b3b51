"""The command that writes a report."""

import argparse

import pytest

from grader.cli.report import add_verbs
from grader.errors import NotFoundError
from tests.grading.reports.sample import small_class

CONFIG = """from pathlib import Path
from grader.grading.configuration import configure
configure(get_config(), Path(__file__).resolve().parent)
"""


def run(*arguments: str) -> int:
    """Run the verb as the command line does."""
    parser = argparse.ArgumentParser()
    add_verbs(parser.add_subparsers())
    options = parser.parse_args(["report", *arguments])
    return options.run(options)


@pytest.fixture
def course(tmp_path):
    """The small class, with a configuration."""
    made = small_class(tmp_path / "course")
    (made.root / "nbgrader_config.py").write_text(CONFIG)
    return made


def test_report_prints_and_writes(course, capsys):
    """A few lines on the terminal, and three files whose place is told."""
    assert run("unit-1", "--course", str(course.root)) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("unit-1: 5 trainees, 3 graded, 2 missing")
    assert (
        f"Written in {course.root / 'report' / 'unit-1'}: report.html, trainees.csv and items.csv." in printed
    )
    assert (course.root / "report" / "unit-1" / "report.html").is_file()


def test_report_to_another_folder(course, tmp_path):
    """The place can be chosen."""
    assert run("unit-1", "--course", str(course.root), "--out", str(tmp_path / "a" / "b")) == 0
    assert (tmp_path / "a" / "b" / "items.csv").is_file()


def test_report_says_what_is_missing(course, tmp_path):
    """An unknown assignment and a folder without a course are explained."""
    with pytest.raises(NotFoundError, match="does not know unit-9"):
        run("unit-9", "--course", str(course.root))
    with pytest.raises(NotFoundError, match="nbgrader_config"):
        run("unit-1", "--course", str(tmp_path))
