"""What a sitting leaves beside the answers is taken in by grading, however long the sitting was."""

import zipfile
from datetime import timedelta

from grader.grading.intake.submission import take_in
from grader.grading.intake.unpack import unpack
from grader.sitting.event import MAX_LINES, SAVE, Event, digest, no_answers
from grader.sitting.history import History
from grader.sitting.record import read_sitting
from tests.sitting.forms import FORM, NOTE, OPENS

WORDS = (
    "Low back pain since Sunday, worse on bending, better lying down; no leg pain, no numbness, no fever. "
)


def test_the_longest_sitting_is_taken_from_an_archive(tmp_path):
    """A full history packs two hundred times smaller, and a full record has twenty thousand lines: neither is refused."""
    folder = tmp_path / "trainee-1" / FORM
    folder.mkdir(parents=True)
    history = History(folder)
    for minute in range(150):
        history.keep({NOTE: {"text": WORDS * 80 + str(minute)}}, OPENS + timedelta(minutes=minute))
    content = no_answers(FORM)
    (folder / "answers.json").write_bytes(content)
    before, lines = "", []
    for number in range(MAX_LINES):
        name = SAVE if number else "start"
        lines.append(
            Event(OPENS + timedelta(seconds=number), name, number, 0, digest(content), before).line()
        )
        before = digest(lines[-1])
    (folder / "sitting.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, path.relative_to(tmp_path))
    course = tmp_path / "course"
    (course / "graded").mkdir(parents=True)
    assert unpack(tmp_path / "all.zip", course, FORM).refused == {}
    place = course / "submitted" / "trainee-1" / FORM
    assert take_in(place, "trainee-1", FORM, {"cells": []}).refused == ""
    record = read_sitting(place, FORM)
    assert record.remarks == () and record.saves == MAX_LINES - 1
