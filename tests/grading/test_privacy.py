"""After a real run through nbgrader nobody else can open anything of the class, and the exchange still works."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from grader.grading.course import Course
from grader.grading.forgetting.forget import forget
from tests.grading.instructor import UNIT, enter

pytestmark = pytest.mark.nbgrader
OTHERS = stat.S_IRWXG | stat.S_IRWXO
WORDS = "Quagmire9"
# The demonstration keeps its exchange and the homes of its trainees in the class.
APART = ("exchange", "trainees")
LOG = ".nbgrader.log"


def of_the_class(root: Path) -> list[Path]:
    """The course root and everything in it that is the instructor's."""
    return [root, *(path for path in root.rglob("*") if path.relative_to(root).parts[0] not in APART)]


def opened_to_others(root: Path) -> list[str]:
    """What somebody else may read, write or list."""
    return [str(path) for path in of_the_class(root) if path.lstat().st_mode & OTHERS]


def nbgrader(root: Path, *command: str) -> str:
    """Run a command as an instructor does who wants to see everything, and return what it printed."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "nbgrader",
            *command,
            "--Application.log_level=DEBUG",
            f"--NbGrader.logfile={LOG}",
        ],
        cwd=root,
        env={**os.environ, "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1"},
        capture_output=True,
        text=True,
        umask=0o022,
    )
    return done.stdout + done.stderr


def damaged(notebook: str) -> dict[str, str]:
    """Notebooks with a trainee's words where a reader may stumble over them."""
    unknown, odd, none = json.loads(notebook), json.loads(notebook), json.loads(notebook)
    unknown["cells"][0][f"{WORDS}key"] = WORDS
    odd["nbformat"] = WORDS
    none["cells"] = WORDS
    odd_mark = json.loads(notebook)
    odd_mark["cells"][3]["metadata"]["nbgrader"] = {"grade": WORDS, "schema_version": 3}
    return {
        "no-json": f"{WORDS} is no JSON",
        "unknown": json.dumps(unknown),
        "odd": json.dumps(odd),
        "none": json.dumps(none),
        "odd-mark": json.dumps(odd_mark),
    }


@pytest.fixture(scope="module")
def stock(demonstration, tmp_path_factory) -> tuple[Path, str]:
    """The demonstration class, run through nbgrader's own commands once more with hostile submissions among it."""
    root = tmp_path_factory.mktemp("stock") / "class"
    shutil.copytree(demonstration[0].root, root, symlinks=True)
    for number in range(2, 9):
        shutil.rmtree(root / "submitted" / f"trainee-{number}")
    honest = root / "submitted/trainee-1" / UNIT
    answers = json.loads((honest / "answers.json").read_text())
    answers["items"]["enc-0001/note"]["text"] = f"{WORDS} low back pain, 5/10 for three weeks."
    (honest / "answers.json").write_text(json.dumps(answers))
    for name, text in damaged((honest / f"{UNIT}.ipynb").read_text()).items():
        (root / "submitted" / name).mkdir(mode=0o700)
        shutil.copytree(honest, root / "submitted" / name / UNIT)
        (root / "submitted" / name / UNIT / f"{UNIT}.ipynb").write_text(text)
    (root / "submitted/no-time").mkdir(mode=0o700)
    shutil.copytree(honest, root / "submitted/no-time" / UNIT)
    (root / "submitted/no-time" / UNIT / "timestamp.txt").write_text(WORDS)
    for folder in ("autograded", "feedback"):
        shutil.rmtree(root / folder)
    printed = [
        nbgrader(root, "autograde", UNIT),
        nbgrader(root, "generate_feedback", UNIT),
        nbgrader(root, "export", "--to=exported.csv"),
    ]
    return root, "\n".join(printed)


def test_nothing_of_the_class_is_open_to_others(demonstration):
    """From release to export, `grade` included: folders 700, files 600."""
    course, _ = demonstration
    assert opened_to_others(course.root) == []
    for name in ("submitted", "autograded", "feedback", "graded", "gradebook.db", "grades.csv"):
        assert (course.root / name).exists()


def test_nothing_that_nbgrader_writes_is_open_to_others(stock):
    """Whatever the modes that an instructor's account gives: each command of nbgrader's own keeps to it."""
    root, _ = stock
    assert opened_to_others(root) == []
    for name in ("autograded/trainee-1", "feedback/trainee-1", "exported.csv", LOG):
        assert (root / name).exists()


def test_no_log_holds_a_word_of_a_trainee(stock):
    """Neither log nor terminal, with all that nbgrader can tell: not of a note, and not of a damaged notebook."""
    root, printed = stock
    assert WORDS in (root / "autograded/trainee-1" / UNIT / f"{UNIT}.ipynb").read_text()
    log = (root / LOG).read_text()
    for text in (log, printed):
        assert "Traceback" in text and "no-json" in text and WORDS not in text


def test_the_exchange_can_be_read(demonstration):
    """Trainees read what is released, add what they hand in, and see nobody's submissions."""
    exchange = demonstration[0].root / "exchange/coding-back-pain"
    released = exchange / "outbound" / UNIT
    assert stat.S_IMODE(released.stat().st_mode) == 0o755
    assert {stat.S_IMODE(path.stat().st_mode) for path in released.iterdir()} == {0o644}
    assert stat.S_IMODE((exchange / "inbound").stat().st_mode) & 0o777 == 0o733


@pytest.fixture
def confirmed(copied) -> Course:
    """The class with every point given and feedback released to all."""
    for number in range(1, 9):
        enter(copied, f"trainee-{number}", 1.0)
    for stage in ("generate_feedback", "release_feedback"):
        copied.stage(stage, UNIT)
    return copied


def test_feedback_can_be_fetched(confirmed):
    """A page in the exchange can be read by whoever knows its name, which no list tells, and nbgrader fetches it."""
    pages = confirmed.root / "exchange/coding-back-pain/feedback"
    assert {stat.S_IMODE(page.stat().st_mode) for page in pages.iterdir()} == {0o644}
    assert len(list(pages.iterdir())) == 8 and stat.S_IMODE(pages.stat().st_mode) == 0o711
    assert opened_to_others(confirmed.root) == []
    home = confirmed.root / "trainees/trainee-1"
    nbgrader(
        home, "fetch_feedback", UNIT, "--course", "coding-back-pain", f"--Exchange.root={confirmed.root / 'exchange'}",
        f"--Exchange.cache={home / '.cache'}",
    )  # fmt: skip
    assert list(home.glob(f"{UNIT}/feedback/*/{UNIT}.html"))


def test_a_real_class_forgets(confirmed):
    """After release of feedback, nothing in class and exchange holds the name of one who is forgotten, or their words."""
    trainee, note = "trainee-1", b"Heavy ache, rated 5/10"
    held = [path for path in confirmed.root.rglob("*") if path.is_file() and note in path.read_bytes()]
    assert held
    done = forget(confirmed, trainee)
    assert done.kept == [] and done.named == []
    for path in confirmed.root.rglob("*"):
        assert trainee not in path.parts and not path.name.startswith(f"{trainee}+")
        if path.is_file() and not path.is_relative_to(confirmed.root / "trainees"):
            content = path.read_bytes()
            assert trainee.encode() not in content, path
    # Two others of the eight wrote the same.
    left = [path.relative_to(confirmed.root) for path in held if path.exists()]
    same = {"trainee-6", "trainee-8"}
    assert [path for path in left if path.parts[0] not in APART and not same & set(path.parts)] == []
    assert sorted(confirmed.trainees(UNIT)) == [f"trainee-{number}" for number in range(2, 9)]
