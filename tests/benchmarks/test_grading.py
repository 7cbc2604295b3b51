"""The benchmark of grading: it runs, and says what it measured.  How long anything took is never asserted."""

import json
import re
import sys

import pytest

from benchmarks import grading
from benchmarks.classes import NAME, trainee
from benchmarks.course import the_answering
from benchmarks.grading import Measured, comparison, growth_line, main, ratios
from benchmarks.processes import Cost, measure
from benchmarks.stock import hand_in_stock, make_stock_course
from grader.answers import Answers, to_data
from grader.assignment import grade_id
from grader.lint import exemplar

OURS = Measured(100, Cost(2.0, 1.0, 50_000_000), Cost(4.0, 2.0, 60_000_000))
OTHER = Measured(10, Cost(6.0, 5.0, 90_000_000), Cost(26.0, 15.0, 200_000_000))


def test_start_up_is_taken_out_and_shared():
    """A submission costs what the run cost beyond the start-up; in a class, each pays its share of that."""
    assert OURS.each("cpu") == pytest.approx(0.01)
    assert OTHER.each("wall") == pytest.approx(2.0)
    assert OURS.in_all("cpu", 50) == pytest.approx(0.01 + 1.0 / 50)


def test_ratios_are_of_what_was_measured():
    """The other way is so many times as dear, CPU and wall, without the start-up and with it."""
    alone, in_all = ratios(OURS, OTHER, 100)
    assert alone == pytest.approx((1.0 / 0.01, 2.0 / 0.02))
    assert in_all == pytest.approx(((1.0 + 0.05) / 0.02, (2.0 + 0.06) / 0.04))
    slower, _ = ratios(OURS, Measured(10, OTHER.start_up, Cost(46.0, 25.0, 0)), 100)
    assert slower == pytest.approx((200, 200))


def test_the_table_shows_them():
    """What is printed is computed: a run that costs twice as much shows twice the ratio."""
    table = comparison({"grade": OURS, "stock": OTHER, "preprocessors": OURS}, 100)
    assert re.search(r"stock ÷ grade +100\.0 +100\.0 +52\.5 +51\.5", table)
    assert re.search(r"preprocessors ÷ grade +1\.0 +1\.0 +1\.0 +1\.0", table)
    assert "60 MB" in table and "200 MB" in table
    assert re.search(
        r"1,000 +2\.0 +4\.0 +2\.00 +4\.00 +60 MB +1\.0 +2\.0", growth_line(1000, OURS.run, OURS.start_up)
    )


def test_all_processes_of_a_command_count(tmp_path):
    """A command that leaves its work to others pays for it, whether it waits for them or not."""
    work = "begin = time.process_time()\nwhile time.process_time() - begin < 0.3: pass"
    child = f"import time; big = bytearray(80_000_000)\n{work}"
    starts = f"import subprocess, sys\nfor _ in range(2): subprocess.Popen([sys.executable, '-c', {child!r}])"
    cost = measure([sys.executable, "-c", starts], tmp_path)
    assert cost.cpu >= 0.6
    assert cost.peak >= 80_000_000


def test_a_command_that_fails_is_no_measurement(tmp_path):
    """It is reported in its own words."""
    with pytest.raises(RuntimeError, match="out of ink"):
        measure([sys.executable, "-c", "raise SystemExit('out of ink')"], tmp_path)


def test_a_class_of_one_is_refused(capsys):
    """One trainee is graded before anything is measured: there must be others."""
    with pytest.raises(SystemExit):
        main(["--submissions", "1"])
    assert "2 or more" in capsys.readouterr().err


@pytest.mark.nbgrader
def test_stock_asks_the_same_and_needs_nothing_of_this_project(tmp_path):
    """What is compared is the same: six items with the same points, the same answers, in plain Python."""
    answering = the_answering()
    make_stock_course(tmp_path, answering)
    hand_in_stock(tmp_path, answering, range(8), 1, trainee)
    source = json.loads((tmp_path / "source" / NAME / f"{NAME}.ipynb").read_text())
    marks = [cell["metadata"].get("nbgrader", {}) for cell in source["cells"]]
    assert [mark["points"] for mark in marks if mark.get("grade")] == [
        item.points for _, _, item, _ in answering.items
    ]
    for number in range(8):
        handed_in = json.loads(
            (tmp_path / "submitted" / trainee(number) / NAME / f"{NAME}.ipynb").read_text()
        )
        assert "import" not in "".join(
            "".join(cell["source"]) for cell in handed_in["cells"] if cell["cell_type"] == "code"
        )
        given = answering.answers(f"1 {number}")["items"]
        earned = points_of(source, handed_in)
        for name, case, _, key in answering.items:
            right = to_data(Answers("", {"": exemplar(key, case)}))["items"][""]
            if name.endswith("/note"):
                continue
            mark = next(mark for mark in marks if mark.get("grade_id") == f"{grade_id(name)}-check")
            assert given.get(name) != right or earned[mark["grade_id"]] == mark["points"]
            assert name in given or earned[mark["grade_id"]] == 0


def points_of(source, handed_in):
    """Run the answers of one notebook and the checks of the source, and return the points of each check."""
    names, earned = {}, {}
    typed = {cell["id"]: "".join(cell["source"]) for cell in handed_in["cells"]}
    for cell in source["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and mark["solution"]:
            exec(typed[cell["id"]], names)
        elif cell["cell_type"] == "code":
            check = [line for line in "".join(cell["source"]).splitlines() if not line.startswith("#")]
            earned[mark["grade_id"]] = eval(check[-1], names)
    return earned


@pytest.mark.nbgrader
def test_it_runs(capsys, monkeypatch):
    """Three ways to grade six trainees are measured, and the table tells of the three.

    Of the three runs of `nbgrader autograde` the last alone is real: the others would say the same, seconds later.
    """
    seen = []

    def measured(command, folder):
        early = command == grading.AUTOGRADE and len(seen) % 3 < 2
        seen.append(Cost(1.0, 1.0, 1) if early else measure(command, folder))
        return seen[-1]

    monkeypatch.setattr(grading, "measure", measured)
    main(["--submissions", "6", "--stock", "2"])
    told = capsys.readouterr().out
    assert len(seen) == 9
    assert all(cost.cpu > 0 and cost.peak > 0 for cost in seen)
    assert re.search(r"^grade +5 ", told, re.MULTILINE) and re.search(r"^stock +1 ", told, re.MULTILINE)
    in_order = [Measured(count, *seen[at + 1 : at + 3]) for count, at in ((5, 0), (1, 3), (1, 6))]
    names = ("grade", "stock", "preprocessors")
    assert comparison(dict(zip(names, in_order, strict=True)), 6) in told


@pytest.mark.nbgrader
def test_a_size_runs(capsys):
    """A class of each size is measured, on a line of its own."""
    main(["--sizes", "6"])
    assert re.findall(r"^ +(\d+) ", capsys.readouterr().out, re.MULTILINE) == ["6"]
