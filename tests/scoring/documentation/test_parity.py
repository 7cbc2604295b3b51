"""The published pages read a note as the command does: the same states, words and confidences, byte for byte."""

import ast
import json
import subprocess
from pathlib import Path

import pytest

from grader.evaluation.corpus import read_corpus
from grader.practice import browser_package
from tests.conftest import ROOT

HERE = Path(__file__).parent
PYODIDE = ROOT / "book" / "node_modules" / "pyodide"
EVERY = 37  # of the labelled notes: some fifty, from all writers


@pytest.mark.browser
def test_python_in_the_browser_reads_the_same(tmp_path: Path) -> None:
    """Pyodide (CPython 3.14) and this Python come to the same bytes."""
    notes = [
        {"text": note.text, "facts": dict(note.chart.facts), "absent": note.chart.absent}
        for note in read_corpus(ROOT / "tests" / "data" / "notes")[::EVERY]
    ]
    given, package = tmp_path / "notes.json", tmp_path / "grader.zip"
    given.write_text(json.dumps(notes))
    package.write_bytes(browser_package())
    command = ["node", HERE / "in_pyodide.mjs", PYODIDE, package, HERE / "read_notes.py", given]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == read_here(given.read_text())


def read_here(given: str) -> str:
    """What the same program leaves in this Python."""
    program = ast.parse((HERE / "read_notes.py").read_text())
    last = program.body.pop()
    assert isinstance(last, ast.Expr)
    names: dict[str, object] = {"given": given}
    exec(compile(program, "read_notes.py", "exec"), names)
    found: str = eval(compile(ast.Expression(last.value), "read_notes.py", "eval"), names)
    return found
