"""Trainees' notebooks behind real walls: what they cannot reach, and how much they cannot use."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from grader.assignment import load_assignment
from grader.errors import CourseError
from grader.grading.sandbox import Limits, Outcome, missing, run_notebook, running
from grader.grading.sandbox.outcome import told
from grader.source import build_assignment
from tests.conftest import ROOT

pytestmark = pytest.mark.nbgrader

SECRET = "the-key-of-the-exam"
# A busy machine takes long to start Python; where time is not what is tested, there is enough.
AMPLE = Limits(seconds=60, cpu_seconds=40, memory_bytes=600_000_000, file_bytes=2_000_000)


@pytest.fixture(scope="session")
def walls() -> None:
    """Real bubblewrap, or no test."""
    if missing():
        pytest.skip(missing())


def submit(folder: Path, *cells: str) -> Path:
    """Write a submission whose notebook ``unit.ipynb`` has these cells."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, folder / "unit.ipynb")
    return folder


def shown(out: Path) -> list[str]:
    """Return what each cell of an executed notebook printed."""
    cells = json.loads(out.read_text(encoding="utf-8"))["cells"]
    return ["".join("".join(output.get("text", "")) for output in cell["outputs"]) for cell in cells]


@pytest.fixture
def run(walls, tmp_path):
    """Run cells behind walls; return what it came to and what each cell printed, None where nothing came back."""

    def ran(*cells: str, limits: Limits = AMPLE) -> tuple[Outcome, list[str] | None]:
        out = tmp_path / "executed.ipynb"
        outcome = run_notebook(submit(tmp_path / "submitted", *cells), "unit.ipynb", out, limits)
        return outcome, shown(out) if out.exists() else None

    return ran


LOOK = """
import os, socket
def attempt(what):
    try:
        return "reached " + str(what())
    except (OSError, KeyError) as error:
        return type(error).__name__
for path in {paths}:
    print(attempt(lambda: open(path).read()))
for path in {folders}:
    print(attempt(lambda: os.listdir(path)))
"""
FIND = """
found = [os.path.join(top, name) for top, folders, names in os.walk("/") if not top.startswith("/proc")
         for name in names if name in ("key.yml", "secret.txt")]
print(found, {secret!r} in str(dict(os.environ)))
"""
WRITE = """
for folder in {folders}:
    print(attempt(lambda: open(os.path.join(folder, "written"), "w")))
print(attempt(lambda: os.mkdir("/written")), attempt(lambda: os.remove(os.__file__)))
"""
NETWORK = """
print(attempt(lambda: socket.create_connection(("127.0.0.1", {port}), timeout=2)))
print(attempt(lambda: socket.getaddrinfo("example.org", 80)))
print(attempt(lambda: socket.socket(40, socket.SOCK_STREAM)))
"""
RIGHTS = """
import ctypes
system = ctypes.CDLL(None, use_errno=True)
print(os.getuid() != 0, attempt(lambda: os.setuid(0)) in ("PermissionError", "OSError"))
print(system.unshare(0x10000000), system.ptrace(16, os.getppid(), 0, 0), attempt(lambda: os.memfd_create("x")))
for process in (1, os.getppid()):
    print(attempt(lambda: open(f"/proc/{process}/fd/1", "wb")))
"""


@contextmanager
def running_as(whom: str) -> Iterator[None]:
    """Run as whoever runs the tests does, or as an ordinary user does, who has no other user to run as."""
    with pytest.MonkeyPatch.context() as patch:
        if whom == "an ordinary user":
            patch.setattr(running, "other_user", lambda: 0)
        running._trial.cache_clear()
        if missing():
            pytest.skip(missing())
        yield
    running._trial.cache_clear()


WHOM = ("whoever runs this", "an ordinary user")


@pytest.fixture(scope="module", params=WHOM)
def looked(request, tmp_path_factory):
    """What a notebook came to that tried to reach everything, cell by cell; and the folder outside that it tried."""
    outside = tmp_path_factory.mktemp("course")
    secret = outside / "secret.txt"
    secret.write_text(SECRET)
    key = next((ROOT / "cases").glob("*/key.yml"))
    folders = [str(folder) for folder in (outside, ROOT, ROOT / "cases", Path.home(), Path("/etc/ssl"))]
    out = outside / "out" / "executed.ipynb"
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_KEYS", SECRET)
        cells = (
            LOOK.format(paths=[str(key), str(secret), "/etc/passwd", "/etc/shadow"], folders=folders),
            FIND.format(secret=SECRET),
            WRITE.format(
                folders=[*folders, "/", "/usr", "/dev", "/dev/shm", "/opt/course/grader", sys.prefix]
            ),
            NETWORK.format(port=server.getsockname()[1]),
            RIGHTS,
        )
        with running_as(request.param):
            outcome = run_notebook(submit(outside / "submitted", *cells), "unit.ipynb", out, AMPLE)
    assert outcome == Outcome(True, "It ran to its end.")
    return shown(out), outside


@pytest.mark.parametrize("whom", WHOM)
def test_the_released_notebook_runs_to_its_end(tmp_path, whom) -> None:
    """Trainees' notebooks start with the course's own workbench: that works inside, for root and for others."""
    assignment = load_assignment(ROOT / "exercises/unit-1/assignment.yml", ROOT / "cases")
    notebook = build_assignment(assignment, tmp_path / "release")
    out = tmp_path / "executed.ipynb"
    with running_as(whom):
        outcome = run_notebook(notebook.parent, notebook.name, out, AMPLE)
    assert outcome == Outcome(True, "It ran to its end.")
    assert out.stat().st_mode & 0o777 == 0o600
    assert "Workbench" in out.read_text(encoding="utf-8")
    assert sorted(path.name for path in notebook.parent.iterdir()) == ["cases.json", notebook.name]


def test_keys_and_other_files_outside_cannot_be_read(looked) -> None:
    """Neither a key, nor a secret in the temporary folder, nor the system's users; no folder of the course or home."""
    printed = looked[0][0].splitlines()
    assert printed[:4] == ["FileNotFoundError"] * 4
    assert not any(
        name in line for line in printed for name in ("cases", "secret.txt", "pyproject.toml", ".ssh")
    )


def test_there_is_no_key_anywhere_inside(looked) -> None:
    """A search of everything finds no key, no secret and no variable of the instructor's."""
    assert looked[0][1] == "[] False\n"


def test_nothing_outside_can_be_written(looked) -> None:
    """Every folder refuses, the course's own package and the Python environment among them."""
    printed, outside = looked
    # A checkout that stands in /tmp has its folders shown in the sandbox's own /tmp, which goes with it.
    reached = [line for line in printed[2].splitlines() if line.startswith("reached")]
    assert not [line for line in reached if "name='/tmp/" not in line]
    assert not list(outside.glob("**/written")) and not (ROOT / "written").exists()


def test_there_is_no_network(looked) -> None:
    """A server outside, names and the network of a virtual machine: none can be reached."""
    assert looked[0][3].splitlines() == ["ConnectionRefusedError", "gaierror", "OSError"]


def test_there_are_no_rights_to_be_had(looked) -> None:
    """Not root, no new namespace, no look into the process that reports, no memory that is counted as nobody's."""
    printed = looked[0][4].splitlines()
    assert printed == ["True True", "-1 -1 PermissionError", "PermissionError", "PermissionError"]


def test_an_endless_loop_is_stopped(run) -> None:
    """Nobody waits for it longer than the limit."""
    outcome, printed = run("while True: pass", limits=Limits(seconds=5))
    assert (outcome, printed) == (Outcome(False, "It was stopped after 5 seconds."), None)


def test_computing_is_limited_whatever_the_clock_says(run) -> None:
    """Waiting costs nothing, computing does."""
    outcome, _ = run("while True: pass", limits=Limits(seconds=60, cpu_seconds=4))
    assert outcome == Outcome(False, "It computed for more than 4 seconds and was stopped.")


def test_memory_is_limited(run) -> None:
    """All memory counts, even what is shared between processes and what no limit of the system's counts."""
    hog = "import mmap\nm = mmap.mmap(-1, 3 * 10**9)\nfor at in range(0, 3 * 10**9, 4096): m[at] = 1"
    outcome, printed = run(hog)
    assert (outcome, printed) == (Outcome(False, "It used more than 600 MB of memory and was stopped."), None)


def test_a_fork_bomb_is_stopped(run) -> None:
    """Of five hundred tries fewer succeed than processes are allowed."""
    bomb = """
import os, time
started = 0
try:
    for _ in range(500):
        if os.fork() == 0:
            time.sleep(300); os._exit(0)
        started += 1
except BlockingIOError:
    print(started)
"""
    outcome, printed = run(bomb, limits=Limits(processes=40, memory_bytes=4_000_000_000))
    if os.geteuid() == 0 and not running.other_user():
        pytest.skip("this root is the only user there is: the system does not limit its processes")
    assert outcome.ended and 0 < int(printed[0]) < 40


def test_much_output_is_stopped(run, tmp_path) -> None:
    """Neither the disk nor the grading process gets what nobody would read."""
    outcome, printed = run("for _ in range(10**5): print('x' * 10_000)")
    if outcome.said == "Cell 1 ended with an error (MemoryError).":
        return  # its own limit was there before anybody looked
    assert not outcome.ended and printed is None
    assert outcome.said in (
        "It showed more than 2 MB and was stopped.",
        "It used more than 600 MB of memory and was stopped.",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["submitted"]


REFUSED = """
def refused(what):
    try:
        what()
    except (OSError, MemoryError) as error:
        print(type(error).__name__, getattr(error, "strerror", ""))
def fill():
    for at in range(40):
        open(str(at), "wb").write(bytes(1_900_000))
refused(lambda: open("small", "wb").write(bytes(1_000_000)))
refused(lambda: open("large", "wb").write(bytes(3_000_000)))
refused(fill)
refused(lambda: bytearray(10**10))
"""


def test_one_file_all_files_and_one_piece_of_memory_are_limited(run) -> None:
    """What passes these limits is an error that the notebook's own code is told; what does not is none."""
    outcome, printed = run(REFUSED)
    assert outcome == Outcome(True, "It ran to its end.")
    assert printed == ["OSError File too large\nOSError No space left on device\nMemoryError \n"]


def test_the_number_of_files_is_limited(run) -> None:
    """An empty file takes memory of this machine, too."""
    outcome, _ = run("import os, time\nfor at in range(25_000): os.symlink('x', f'link{at}')\ntime.sleep(50)")
    assert outcome == Outcome(False, "It wrote more than 20,000 files and was stopped.")


def alive(mark: str) -> bool:
    """Return whether a process with this in its command line runs on this machine."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark in process.read_text(errors="replace"):
                return True
        except OSError:
            continue
    return False


DETACHED = """
import subprocess
child = subprocess.Popen(["sleep", "{mark}"], start_new_session=True)
print(child.poll())
"""


def test_a_detached_child_does_not_survive(run) -> None:
    """What a notebook leaves running ends with it."""
    mark = f"86399.{os.getpid()}1"
    outcome, printed = run(DETACHED.format(mark=mark))
    assert outcome.ended and printed == ["None\n"]
    assert eventually(lambda: not alive(mark))  # the kernel clears away a killed process in its own time


def test_what_runs_ends_with_the_grading(walls, tmp_path) -> None:
    """Grading killed in the middle leaves nothing behind."""
    mark = f"86399.{os.getpid()}2"
    folder = submit(tmp_path / "submitted", DETACHED.format(mark=mark), "import time; time.sleep(60)")
    code = (
        "import sys; from pathlib import Path; from grader.grading.sandbox import run_notebook;"
        "run_notebook(Path(sys.argv[1]), 'unit.ipynb', Path(sys.argv[1]) / 'out')"
    )
    grading = subprocess.Popen([sys.executable, "-c", code, str(folder)])
    try:
        assert eventually(lambda: alive(f"sleep\0{mark}")), "the notebook did not start"
    finally:
        grading.send_signal(signal.SIGKILL)
        grading.wait()
    assert eventually(lambda: not alive(mark))


def eventually(what) -> bool:
    """Return whether it comes true within a while."""
    for _ in range(300):
        if what():
            return True
        time.sleep(0.1)
    return False


def test_a_link_in_the_place_of_the_result_is_replaced(walls, tmp_path) -> None:
    """What the link pointed to stays as it was."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    out = tmp_path / "executed.ipynb"
    out.symlink_to(precious)
    folder = submit(
        tmp_path / "submitted", "import os\nos.symlink('/etc/passwd', 'executed.ipynb')\nprint(1)"
    )
    assert run_notebook(folder, "unit.ipynb", out, AMPLE).ended
    assert precious.read_text() == "mine" and not out.is_symlink() and shown(out) == ["1\n"]


@pytest.mark.parametrize("name", ["unit.ipynb", "answers.json", "cases.json"])
def test_a_link_in_a_submission_is_not_followed(walls, tmp_path, name) -> None:
    """Nothing outside a submission is carried inside."""
    (tmp_path / "secret.txt").write_text(SECRET)
    folder = submit(tmp_path / "submitted", "1")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret.txt")
    outcome = run_notebook(folder, "unit.ipynb", tmp_path / "out", AMPLE)
    assert outcome == Outcome(False, f"{name} is a link and was not opened.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a notebook", "It cannot be opened: it is not a notebook."),
        (b'{"nbformat": 4, "cells": 7}', "It cannot be opened: it is not a notebook."),
        (b"[" * 100_000, "It cannot be opened: it is not a notebook."),
        (b" " * 3_000_000, "unit.ipynb is larger than 2 MB and was not opened."),
        (None, "unit.ipynb is missing."),
    ],
    ids=["text", "no cells", "deep", "large", "missing"],
)
def test_a_notebook_that_cannot_be_opened_is_told(walls, tmp_path, content, said) -> None:
    """One bad submission is a sentence, not an exception; nothing is written for it."""
    folder = submit(tmp_path / "submitted")
    (folder / "unit.ipynb").unlink()
    if content is not None:
        (folder / "unit.ipynb").write_bytes(content)
    assert run_notebook(folder, "unit.ipynb", tmp_path / "out", AMPLE) == Outcome(False, said)
    assert not (tmp_path / "out").exists()


def test_a_cell_with_an_error_does_not_stop_the_others(run) -> None:
    """The first error is named, and what comes after it is run and kept."""
    outcome, printed = run("print(1)", "", "nothing", "1 / 0", "print(5)")
    assert outcome == Outcome(True, "Cell 2 ended with an error (NameError).")
    assert printed[0] == "1\n" and printed[4] == "5\n"


def test_python_that_breaks_off_is_told(run) -> None:
    """A notebook that ends its own Python did not run to its end; what it showed before is kept."""
    outcome, printed = run("print(1)", "import os; os._exit(0)", "print(3)")
    assert outcome == Outcome(False, "Its Python broke off in cell 2.")
    assert printed[0] == "1\n" and printed[2] == ""


def test_without_bubblewrap_it_is_refused(monkeypatch, tmp_path) -> None:
    """The instructor reads what is missing and how to get it; nothing is run."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        CourseError, match=r"bubblewrap is not installed\. On Debian and Ubuntu: apt-get install"
    ):
        run_notebook(submit(tmp_path / "submitted", "1"), "unit.ipynb", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_course_that_others_cannot_read_is_refused(walls, tmp_path, monkeypatch) -> None:
    """Root runs notebooks as another user: what only root can read is not there for them, and that is told."""
    if os.geteuid() != 0:
        pytest.skip("whoever runs this runs notebooks as himself")
    package = tmp_path / "grader"
    shutil.copytree(running.PACKAGE, package, ignore=shutil.ignore_patterns("data", "__pycache__"))
    package.chmod(0o700)
    monkeypatch.setattr("grader.grading.sandbox.walls.PACKAGE", package)
    running._trial.cache_clear()
    said = missing()
    running._trial.cache_clear()
    assert "Permission denied" in said and "chmod -R o+rX" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("bwrap: Unknown option --size", "too old"),
        ("bwrap: No permissions to create new namespace", "does not let bubblewrap close anything off"),
        ("bwrap: execvp /x/python: Permission denied", "must be readable for all users"),
        ("ModuleNotFoundError: No module named 'grader'", "must be readable for all users"),
        ("bwrap: something else", r"does not work here \(bwrap: something else\)"),
    ],
)
def test_bubblewrap_that_does_not_work_is_refused(monkeypatch, tmp_path, words, said) -> None:
    """It is tried before it is trusted, and its last words are explained."""
    fake = tmp_path / "bwrap"
    fake.write_text(f'#!/bin/sh\necho "{words}" >&2\nexit 1\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match=said):
        run_notebook(submit(tmp_path / "submitted", "1"), "unit.ipynb", tmp_path / "out")


NOTEBOOK = b'{"nbformat": 4, "cells": []}'


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        (b'{"state": "ended"}\n' + NOTEBOOK, Outcome(True, "It ran to its end.")),
        (
            b'{"state": "ended", "cell": 2, "error": "KeyError"}\n' + NOTEBOOK,
            Outcome(True, "Cell 2 ended with an error (KeyError)."),
        ),
        (
            b'{"state": "ended", "cell": true, "error": "<b>Well done</b>"}\n' + NOTEBOOK,
            Outcome(True, "A cell ended with an error."),
        ),
        (b'{"state": "passed with honours"}\n' + NOTEBOOK, Outcome(False, "It could not be run.")),
    ],
)
def test_a_report_is_believed_field_by_field(sent, outcome) -> None:
    """Of what comes from inside a state, a number and the name of an error reach the instructor, nothing else."""
    assert told(sent, "", AMPLE) == (outcome, NOTEBOOK + b"\n")


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        (b'{"nbformat": 4, "cells": [NaN]}', "What it showed is not a notebook and was not kept."),
        (b'{"nbformat": 4, "cells": ' + b"[" * 100_000, "What it showed is not a notebook and was not kept."),
        (b'{"nbformat": 4, "cells": [' + b"[]," * 700_000, "It showed more than 2 MB; that was not kept."),
        (b"\x80\x04pickle", "What it showed is not a notebook and was not kept."),
    ],
    ids=["not JSON", "deep", "large", "pickle"],
)
def test_a_result_that_is_no_notebook_is_not_kept(notebook, said) -> None:
    """It is data, read within bounds; the run did not come to a good end."""
    assert told(b'{"state": "ended"}\n' + notebook, "", AMPLE) == (Outcome(False, said), b"")


def test_a_result_of_too_many_pieces_is_not_kept() -> None:
    """Few bytes can be much memory: they are counted before they are read."""
    pieces = b'{"nbformat": 4, "cells": [' + b"[]," * 1_100_000 + b"0]}"
    outcome, kept = told(b'{"state": "ended"}\n' + pieces, "", Limits())
    assert (outcome.said, kept) == ("It showed more pieces than can be kept.", b"")
