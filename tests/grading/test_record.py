"""The record of a graded submission: whole or not there, and without a word of the trainee's."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading.record import CellRecord, Record, path_of, read, read_all, write

CELL = CellRecord(
    "enc-0001/codes", "assign-codes", 8, 6.5, False, "d", 1, 2, 1, True, ("missing",), ("bare",), ("x",), "c"
)
names = st.text(
    st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(lambda name: name not in (".", "..") and not name.startswith("."))
some_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
cells = st.builds(
    CellRecord,
    item=some_text,
    kind=some_text,
    possible=st.floats(0, 100),
    points=st.none() | st.floats(0, 100),
    blank=st.booleans(),
    digest=some_text,
    errors=st.lists(some_text, max_size=3).map(tuple),
    flags=st.lists(some_text, max_size=3).map(tuple),
    first_listed=st.none() | st.booleans(),
)
records = st.builds(
    Record,
    trainee=names,
    state=some_text,
    timestamp=some_text,
    reason=some_text,
    remarks=st.lists(some_text, max_size=3).map(tuple),
    cells=st.dictionaries(some_text, cells, max_size=3),
)


@given(record=records)
def test_what_is_written_is_read(tmp_path_factory, record):
    """A record comes back as it was, whatever names and words are in it."""
    course = tmp_path_factory.mktemp("class")
    write(course, "unit-1", record)
    assert read(course, "unit-1", record.trainee) == record
    assert list(read_all(course, "unit-1")) == [record]


def test_nobody_else_can_read_it(tmp_path):
    """File and folder are for their owner, whatever the process lets others read."""
    before = os.umask(0)
    try:
        write(tmp_path, "unit-1", Record("ana", "s", "", ""))
    finally:
        os.umask(before)
    path = path_of(tmp_path, "unit-1", "ana")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"trainee": "ana"}', b"\xff", b'{"cells": 5}'])
def test_a_damaged_record_is_as_good_as_none(tmp_path, damage):
    """After a power cut the submission is graded again; the records of others are not concerned."""
    write(tmp_path, "unit-1", Record("ana", "s", "", ""))
    write(tmp_path, "unit-1", Record("bo", "s", "", "", (), {"enc-0001-codes": CELL}))
    path_of(tmp_path, "unit-1", "ana").write_bytes(damage)
    assert read(tmp_path, "unit-1", "ana") is None
    assert [record.trainee for record in read_all(tmp_path, "unit-1")] == ["bo"]


def test_a_write_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    """On a full disk the record of the last grading stays."""
    write(tmp_path, "unit-1", Record("ana", "old", "", ""))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grader.grading.record.json.dump", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path, "unit-1", Record("ana", "new", "", ""))
    kept = read(tmp_path, "unit-1", "ana")
    assert kept is not None and kept.state == "old"
