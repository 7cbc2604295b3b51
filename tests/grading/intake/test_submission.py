"""Whatever a trainee hands in is looked at within bounds, and what is said about it is what must be said."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from grader.answers import MAX_BYTES, parse_answers
from grader.errors import AnswersFileError
from grader.grading.intake import submission
from grader.grading.intake.submission import HandedIn, read_submission, take_in
from tests.conftest import ROOT
from tests.grading.intake.handing_in import (
    GOLDEN,
    RELEASED,
    SAMPLE,
    TIME,
    UNIT,
    Change,
    add,
    answers,
    both,
    delete,
    fill,
    forge,
    graded,
    hand_in,
    hard_link,
    in_notebook,
    link,
    lock,
    move_behind_link,
    nest,
    special,
    spoil,
    swell,
    write,
)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A submission of ana's, as nbgrader collects it."""
    folder = tmp_path / "submitted" / "ana" / UNIT
    hand_in(folder)
    return folder


def taken(folder: Path) -> HandedIn:
    """What is seen of ana's submission."""
    return take_in(folder, "ana", UNIT, RELEASED)


ASK = "Links are not followed: ask for the file or folder itself."
PERMIT = "Let yourself read and write all of it (chmod -R u+rwX), then grade again."
ALONE = "Ask the trainee to submit the folder of the assignment and nothing else."
RESTORE = "Open the assignment again, check your answers and save; the course writes this file for you"
LOST = "the released one was graded."
NOT_JSON = "The notebook is damaged (it is not valid JSON); the released one was graded."
NO_NOTEBOOK = "The file of the notebook does not hold a notebook; the released one was graded."
NO_TIME = "timestamp.txt does not hold a time; the submission counts as on time."
SHAPES = "codes, text, choice, choices, pairs, order, fields, passages, audit"


def changed(what: str) -> str:
    """The remark on a changed notebook."""
    return f"The notebook was changed ({what}); {LOST}"


HOSTILE: list[tuple[str, Change, str, str]] = [
    # Refused: nothing of it is touched.
    ("link for answers", link("answers.json", "/etc/passwd"), "refused", f'It contains a link ("answers.json"). {ASK}'),
    ("link for notebook", link("unit-1.ipynb", "/dev/zero"), "refused", f'It contains a link ("unit-1.ipynb"). {ASK}'),
    ("link to nothing", link("notes", "nowhere"), "refused", f'It contains a link ("notes"). {ASK}'),
    ("link that reorders text", link("a\u202eb\n", "/"), "refused", f'It contains a link ("a⟦U+202E⟧b⟦U+000A⟧"). {ASK}'),
    ("link deep inside", both(nest(3), link("x/x/x/y", "/")), "refused", f'It contains a link ("y"). {ASK}'),
    ("folder is a link", move_behind_link(lambda f: f), "refused", f"Its folder is a link, or no folder. {ASK}"),
    ("trainee is a link", move_behind_link(lambda f: f.parent), "refused", f"Its folder is a link, or no folder. {ASK}"),
    ("hard link", hard_link, "refused", 'It contains a hard link ("answers.json"). It may be anybody\'s file: ask for the file or folder itself.'),
    ("pipe for answers", special("answers.json", stat.S_IFIFO), "refused", 'It contains a pipe, a socket or a device ("answers.json"). Remove it, then grade again.'),
    ("pipe for timestamp", special("timestamp.txt", stat.S_IFIFO), "refused", 'It contains a pipe, a socket or a device ("timestamp.txt"). Remove it, then grade again.'),
    ("socket", special("s", stat.S_IFSOCK), "refused", 'It contains a pipe, a socket or a device ("s"). Remove it, then grade again.'),
    ("2,001 files", fill(2001), "refused", f"It holds more than 2,000 files and folders. {ALONE}"),
    ("11 levels", nest(11), "refused", f"Its folders are nested more than 10 levels deep. {ALONE}"),
    ("200 levels", nest(200), "refused", f"Its folders are nested more than 10 levels deep. {ALONE}"),
    ("answers without permission", lock("answers.json"), "refused", f'It contains what even its owner may not read ("answers.json"). {PERMIT}'),
    ("folder without permission", both(nest(1), lock("x")), "refused", f'It contains what even its owner may not read ("x"). {PERMIT}'),
    # Not graded: the answers cannot be read.
    ("no answers", lambda folder: (folder / "answers.json").unlink(), "reason", "(no such file)"),
    ("a folder for answers", lambda folder: [(folder / "answers.json").unlink(), (folder / "answers.json").mkdir()], "reason", "(no such file)"),
    ("empty answers", write("answers.json", ""), "reason", f"answers.json: line 1, column 1: it is not valid JSON. {RESTORE}"),
    ("truncated answers", write("answers.json", SAMPLE[:300]), "reason", f"answers.json: line 11, column 12: it is not valid JSON. {RESTORE}"),
    ("answers of 1 TB", swell("answers.json", 1 << 40), "reason", "answers.json: it is larger than 1,000,000 bytes. Shorten its notes"),
    ("nested answers", write("answers.json", "[" * 500_000), "reason", f"answers.json: it is nested too deeply. {RESTORE}"),
    ("nested objects", write("answers.json", '{"a":' * 150_000), "reason", f"answers.json: it is nested too deeply. {RESTORE}"),
    ("answers in UTF-16", write("answers.json", SAMPLE.decode().encode("utf-16")), "reason", f"answers.json: it is not UTF-8 text. {RESTORE}"),
    ("NaN", answers('{"a/b": {"text": NaN}}'), "reason", f"answers.json: items.a/b.text: it must be a text of at most 20,000 characters. {RESTORE}"),
    ("another schema", write("answers.json", '{"schema": "answers/9", "assignment": "unit-1", "items": {}}'), "reason", f"answers.json: schema: it must be 'answers/1'. {RESTORE}"),
    ("one name twice", answers('{"a/b": {"text": "x"}, "a/b": {"text": "y"}}'), "reason", f'answers.json: it gives "a/b" twice, and only one of the two can count. {RESTORE}'),
    ("a name that reorders text", answers('{"\u202ea": 1}'), "reason", f"answers.json: items.⟦U+202E⟧a: it must be one of {SHAPES}. {RESTORE}"),
    # Graded, with a remark.
    ("no notebook", lambda folder: (folder / "unit-1.ipynb").unlink(), "remark", f"The notebook is missing; {LOST}"),
    ("a folder for a notebook", lambda folder: [(folder / "unit-1.ipynb").unlink(), (folder / "unit-1.ipynb").mkdir()], "remark", f"The notebook is missing; {LOST}"),
    ("notebook of 1 TB", swell("unit-1.ipynb", 1 << 40), "remark", f"The notebook is larger than 5 MB and was not opened; {LOST}"),
    ("truncated notebook", lambda folder: swell("unit-1.ipynb", 700)(folder), "remark", NOT_JSON),
    ("empty notebook", write("unit-1.ipynb", ""), "remark", NOT_JSON),
    ("nested notebook", write("unit-1.ipynb", '{"cells":' + "[" * 900_000), "remark", NOT_JSON),
    ("notebook with NaN", spoil(0, x=float("nan")), "remark", NOT_JSON),
    ("notebook with endless number", write("unit-1.ipynb", "9" * 10_000), "remark", NOT_JSON),
    ("notebook not UTF-8", write("unit-1.ipynb", b'{"cells": ["\xff"]}'), "remark", NOT_JSON),
    ("a list for a notebook", write("unit-1.ipynb", "[]"), "remark", NO_NOTEBOOK),
    ("no cells", write("unit-1.ipynb", "{}"), "remark", NO_NOTEBOOK),
    ("numbers for cells", write("unit-1.ipynb", '{"cells": [1]}'), "remark", NO_NOTEBOOK),
    ("two deleted", delete(0, 3), "remark", changed("graded cells: 2 deleted")),
    ("all deleted", in_notebook(lambda notebook: notebook.update(cells=[])), "remark", changed(f"graded cells: {len(graded(RELEASED))} deleted")),
    ("one changed", spoil(0, source="print(8.0)"), "remark", changed("graded cells: 1 changed")),
    ("a note in the notebook", spoil(1, source="My note"), "remark", changed("graded cells: 1 changed")),
    ("code for text", spoil(1, cell_type="code"), "remark", changed("graded cells: 1 changed")),
    ("numbers for source", spoil(1, source=[1, 2]), "remark", changed("graded cells: 1 changed")),
    ("one twice", in_notebook(lambda notebook: notebook["cells"].append(graded(notebook)[0])), "remark", changed("graded cells: 1 there more than once")),
    ("points forged", forge(0, points=100), "remark", changed("graded cells: 1 with other points or marks")),
    ("grade taken away", forge(0, grade=False), "remark", changed("graded cells: 1 with other points or marks")),
    ("renamed", forge(0, grade_id="mine"), "remark", changed("graded cells: 1 deleted, 1 that the course does not have")),
    ("name that is none", forge(0, grade_id=["mine"]), "remark", changed("graded cells: 1 deleted, 1 that the course does not have")),
    ("another graded cell", add(2, metadata={"nbgrader": {"grade": True, "grade_id": "mine", "points": 9}}), "remark", changed("graded cells: 2 that the course does not have")),
    ("50 cells", add(50), "remark", changed("50 cells added")),
    ("another kernel", in_notebook(lambda notebook: notebook["metadata"]["kernelspec"].update(name="bash")), "remark", changed("another kernel")),
    ("much of it", both(add(60), delete(0, 2), spoil(0, source="x"), forge(1, points=0)), "remark", changed("graded cells: 2 deleted, 1 changed, 1 with other points or marks; 60 cells added")),
    ("no time", write("timestamp.txt", "yesterday"), "remark", NO_TIME),
    ("half a time", write("timestamp.txt", "10:00"), "remark", NO_TIME),
    ("empty time", write("timestamp.txt", ""), "remark", NO_TIME),
    ("time without end", swell("timestamp.txt", 1 << 40), "remark", NO_TIME),
    ("time in other bytes", write("timestamp.txt", b"\xff\xfe2026"), "remark", NO_TIME),
    ("zone that is a file", write("timestamp.txt", "2026-11-02 10:00:00 /etc/localtime"), "remark", NO_TIME),
]  # fmt: skip
"""What is done to a submission, and the only sentence that is said about it: where, and which."""


@pytest.mark.parametrize(
    ("change", "where", "sentence"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_what_is_odd_is_told_in_one_sentence(folder, change, where, sentence):
    """Links, pipes and masses are refused, unreadable answers get a reason, and what does not matter is a remark."""
    change(folder)
    found = taken(folder)
    told = {"refused": found.refused, "reason": reason(found), "remark": " ".join(found.remarks)}
    assert told == {"refused": "", "reason": "", "remark": "", where: sentence}
    assert (found.answers is None) == (where == "refused" or sentence == "(no such file)")
    assert len(found.answers or b"") <= MAX_BYTES + 1


def reason(found: HandedIn) -> str:
    """Why the answers of a submission cannot be read."""
    if found.refused:
        return ""
    if found.answers is None:
        return "(no such file)"
    try:
        parse_answers(found.answers, "answers.json")
    except AnswersFileError as error:
        return str(error)
    return ""


ORDINARY: list[tuple[str, Change]] = [
    ("executed", lambda folder: None),
    ("never opened", write("unit-1.ipynb", json.dumps(RELEASED))),
    ("with widget state", in_notebook(lambda n: n["metadata"].update(widgets={"application/vnd.jupyter.widget-state+json": {"state": {"a": {"state": {"_esm": "x" * 100_000}}}}}))),
    ("ids gone", in_notebook(lambda n: [cell.pop("id") for cell in n["cells"]])),
    ("sources in one piece", in_notebook(lambda n: [cell.update(source="".join(cell["source"])) for cell in n["cells"]])),
    ("lines end as on Windows", in_notebook(lambda n: [cell.update(source="".join(cell["source"]).replace("\n", "\r\n") + "\r\n") for cell in n["cells"]])),
    ("49 cells for notes", add(49)),
    ("no kernel named", in_notebook(lambda n: n["metadata"].pop("kernelspec"))),
    ("tags", in_notebook(lambda n: [cell["metadata"].update(tags=["done"]) for cell in n["cells"]])),
    ("a mark at its beginning", lambda folder: [write(name, b"\xef\xbb\xbf" + (folder / name).read_bytes())(folder) for name in ("unit-1.ipynb", "answers.json")]),
    ("other files", both(nest(10), write("x/photo.png", b"\x89PNG"), write("old.zip", b"PK"), write("answers (1).json", "{"))),
    ("2,000 files", fill(2000)),
    ("checkpoints", lambda folder: [(folder / ".ipynb_checkpoints").mkdir(), write(".ipynb_checkpoints/a.ipynb", "{")(folder)]),
    ("private already", lambda folder: (folder / "answers.json").chmod(0o600)),
    ("for reading only", lambda folder: (folder / "answers.json").chmod(0o444)),
    ("time with a line end", write("timestamp.txt", TIME + "\n")),
]  # fmt: skip


@pytest.mark.parametrize("change", [row[1] for row in ORDINARY], ids=[row[0] for row in ORDINARY])
def test_ordinary_work_is_passed_over_in_silence(folder, change):
    """An executed, annotated or untouched notebook, and files beside it, bring no word."""
    change(folder)
    found = taken(folder)
    assert (found.trainee, found.timestamp, found.refused, found.remarks) == ("ana", TIME, "", ())
    assert parse_answers(found.answers or b"", "answers.json").assignment == UNIT


def test_without_a_time_there_is_none(folder):
    """What was collected without timestamp.txt has no time, and that is ordinary."""
    (folder / "timestamp.txt").unlink()
    assert taken(folder) == HandedIn("ana", "", SAMPLE)


def test_a_folder_that_is_none_is_refused(folder):
    """Neither a missing folder nor a file in its place ends in an error."""
    assert "no folder" in taken(folder.parent / "unit-2").refused
    assert "no folder" in taken(folder / "answers.json").refused


def test_what_may_not_be_opened_is_refused(folder, monkeypatch):
    """When the machine forbids it, the instructor is told what to do."""

    def forbidden(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(submission.os, "open", forbidden)
    assert taken(folder).refused == f"It cannot be read (Permission denied). {PERMIT}"


@pytest.mark.parametrize("name", ["answers.json", "unit-1.ipynb", "timestamp.txt"])
@pytest.mark.parametrize("swap", [link, lambda name, target: special(name, stat.S_IFIFO)])
def test_what_is_swapped_after_the_look_is_not_opened(folder, monkeypatch, name, swap):
    """A file that becomes a link or a pipe between look and opening is refused all the same."""
    look = submission._looked_through

    def looked_through(place: int) -> dict[str, int]:
        sizes = look(place)
        swap(name, str(GOLDEN / "unit-1.ipynb"))(folder)
        return sizes

    monkeypatch.setattr(submission, "_looked_through", looked_through)
    found = taken(folder)
    assert found.refused and found.answers is None


def test_submissions_become_private(folder):
    """After the look nobody but the instructor can read what was handed in."""
    nest(2)(folder)
    write("x/x/notes.txt", "mine")(folder)
    (folder / "answers.json").chmod(0o666)
    (folder / "x").chmod(0o755)
    folder.chmod(0o777)
    assert not taken(folder).refused
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_cannot_be_made_private_is_graded(folder, monkeypatch):
    """Where the files are somebody else's, the submission counts all the same."""

    def forbidden(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    (folder / "answers.json").chmod(0o644)
    monkeypatch.setattr(submission.os, "fchmod", forbidden)
    assert taken(folder) == HandedIn("ana", TIME, SAMPLE)


def test_what_is_refused_stays_as_it_is(folder):
    """Nothing of a refused submission is touched: no permission changes, here or where links lead."""
    outside = folder.parents[2] / "outside"
    outside.write_text("x")
    for path in (outside, folder / "cases.json"):
        path.chmod(0o644)
    link("notes", str(outside))(folder)
    assert taken(folder).refused
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o644 for path in (outside, folder / "cases.json"))


def test_answers_of_another_assignment_are_told(folder):
    """Answers belong to one assignment; what they call theirs is shown harmlessly."""
    assert read_submission(folder, UNIT).assignment == UNIT
    write("answers.json", '{"schema": "answers/1", "assignment": "unit\u202e-2", "items": {}}')(folder)
    with pytest.raises(AnswersFileError, match='answers to "unit⟦U\\+202E⟧-2", not to "unit-1"'):
        read_submission(folder, UNIT)


def test_looking_starts_no_notebook_software():
    """The look at a submission imports neither nbgrader nor nbformat, which take seconds to start."""
    code = "import grader.grading.intake.submission, sys; sys.exit(bool({'nbgrader', 'nbformat', 'dateutil'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
