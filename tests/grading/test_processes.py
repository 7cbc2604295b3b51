"""Work in several processes of this machine: whichever ends, and however the work is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from grader.errors import CourseError
from grader.grading import workers
from grader.grading.workers import ENDED
from tests.grading.cluster import until
from tests.grading.working import OUTSIDE, Fatal, batches, errands, pids, right, runs, some, values


def test_an_item_that_kills_is_left_out(tmp_path):
    """An item that ends whatever process works on it is lost; all others are done."""
    found = values(workers.processes(2, errands.run, tmp_path, batches(some(60, n33="die"))))
    assert found == right(60, n33=ENDED)


def test_two_items_that_kill_in_small_batches(tmp_path):
    """Those beside them in other processes are never taken for them."""
    found = values(workers.processes(2, errands.run, tmp_path, batches(some(12, n3="die", n4="die"), 1)))
    assert found == right(12, n3=ENDED, n4=ENDED)


def test_large_items_do_not_stop_a_process_from_being_replaced(tmp_path):
    """A process that ends while more is on its way than a pipe holds."""
    work = [errands.Errand(n, "die" if n == 2 else "", "x" * 500_000) for n in range(12)]
    assert values(workers.processes(2, errands.run, tmp_path, batches(work, 2))) == right(12, n2=ENDED)


def test_what_never_works_ends(tmp_path):
    """Where every batch ends its process the work stops, instead of leaving a whole class out."""
    work = [errands.Errand(n, "die") for n in range(100)]
    with pytest.raises(CourseError, match="too little memory"):
        values(workers.processes(2, errands.run, tmp_path, batches(work, 5)))


def test_processes_that_cannot_start_are_told(tmp_path):
    """A process that ends before it has begun is tried a few times, and then said in words."""
    with pytest.raises(CourseError, match="as soon as they are started"):
        values(workers.processes(2, errands.run, Fatal(), batches(some(20))))


def test_no_more_processes_than_batches(tmp_path):
    """A class of one batch starts one process."""
    values(workers.processes(4, errands.run, tmp_path, batches(some(10))))
    assert len({path.name.split("-")[1] for path in tmp_path.iterdir()}) == 1


def test_leaving_early_ends_the_processes(tmp_path):
    """Who stops listening leaves no process behind, not even one that is busy for long."""
    work = some(40, **{f"n{n}": "stand" for n in range(10, 40)})
    with closing(workers.processes(2, errands.run, tmp_path, batches(work))) as finished:
        next(finished)
        until(lambda: len(pids(tmp_path)) == 2, "both processes work")
    assert not [pid for pid in pids(tmp_path) if runs(pid)]


SCRIPT = """
import sys
from pathlib import Path
import errands
from grader.grading.workers import Batch, processes
if __name__ == "__main__":
    stand = [Batch((errands.Errand(n, "stand"),)) for n in range(8)]
    list(processes(2, errands.run, Path(sys.argv[1]), stand))
"""


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_is_stopped_no_process_stays(tmp_path, by):
    """Ctrl+C, kill and kill -9 end the processes as well, and Ctrl+C prints one traceback at most."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    folder = tmp_path / "traces"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder)],
        env={**os.environ, "PYTHONPATH": str(OUTSIDE)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        until(lambda: len(pids(folder)) == 2, "both processes work")
        if by == signal.SIGINT:
            os.killpg(process.pid, by)  # as a terminal does
        else:
            process.send_signal(by)
        _, said = process.communicate(timeout=60)
        assert process.returncode != 0 and said.count(b"Traceback") <= (by == signal.SIGINT)
        until(lambda: not [pid for pid in pids(folder) if runs(pid)], "the processes end")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
