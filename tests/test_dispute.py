"""Disputes and corrections: everything needed to decide, nothing of an exam's key."""

from dataclasses import replace
from datetime import date

import pytest
import yaml

from grader.answers import CodesAnswer
from grader.cli import main
from grader.dispute import Dispute, dispute_data, errata, write_dispute
from grader.errors import CourseError, NotFoundError
from grader.library.reference import Change
from tests.conftest import ROOT

TODAY = date(2026, 11, 25)


def test_a_dispute_holds_what_is_needed_to_decide(cases, keys, codes):
    """Case, item, version of the key, code set, reason, answer and what the course said to it are in the file."""
    dispute = Dispute("codes", " The low back is named. ", "Section I.B.2", CodesAnswer(("M54.50",)))
    data = dispute_data(dispute, cases["enc-0001"], keys["enc-0001"], codes, TODAY)
    assert (data["case"], data["item"], data["key_version"], data["why"]) == (
        "enc-0001", "codes", 1, "The low back is named.",
    )  # fmt: skip
    assert data["answer"] == {"codes": ["M54.50"]} and data["points"] == 0
    assert any("Low back" in said or "low back" in said for said in data["course_said"])


def test_a_dispute_about_an_exam_case_tells_nothing_of_its_key(cases, keys, codes):
    """No reason of the key is in the file, whatever was answered."""
    exam = [case for case in cases.values() if case.pool == "exam"]
    for case in exam:
        key = keys[case.id].items.get("codes")
        if key is None:
            continue
        for wrong in key.wrong:
            data = dispute_data(
                Dispute("codes", "x", "", CodesAnswer(wrong.codes)), case, keys[case.id], codes, TODAY
            )
            text = yaml.safe_dump(data, width=10_000, allow_unicode=True)
            assert wrong.why not in text and keys[case.id].canary not in text
            assert not any(expected.why in text for expected in key.expected)


def test_a_dispute_needs_an_item_and_a_reason(cases, keys, codes):
    """A wrong item is answered with those that exist; an empty reason is refused."""
    case, key = cases["enc-0001"], keys["enc-0001"]
    with pytest.raises(NotFoundError, match="It has codes, note"):
        dispute_data(Dispute("code", "x", "", None), case, key, codes, TODAY)
    with pytest.raises(CourseError, match="needs its reason"):
        dispute_data(Dispute("codes", "  ", "", None), case, key, codes, TODAY)


def test_the_command_writes_the_file_once(tmp_path, monkeypatch, capsys):
    """The file reads back as YAML; a second run does not overwrite it."""
    monkeypatch.chdir(tmp_path)
    sample = ROOT / "exercises/unit-1/sample_class/partial.json"
    command = [
        "case",
        "dispute",
        "enc-0001",
        "--item",
        "codes",
        "--why",
        "<b>No</b>: why?",
        "--answers",
        str(sample),
    ]
    assert main(command) == 0
    written = yaml.safe_load((tmp_path / "dispute-enc-0001-codes.yml").read_text())
    assert written["why"] == "<b>No</b>: why?" and written["status"] == "open" and written["answer"]
    assert main(command) == 2 and "exists already" in capsys.readouterr().err


def test_write_refuses_to_overwrite(tmp_path):
    """What is there stays."""
    path = tmp_path / "d.yml"
    path.write_text("kept")
    with pytest.raises(CourseError):
        write_dispute(path, {})
    assert path.read_text() == "kept"


def test_errata_lists_corrections_newest_first_and_conceals_the_exam(cases, keys):
    """Practice corrections say what changed; of an exam case only that there was one."""
    exam = next(case_id for case_id, case in cases.items() if case.pool == "exam")
    changed = [
        replace(keys["enc-0001"], version=2, changes=(Change(2, "2026-12-01", "The side was wrong."),)),
        replace(keys[exam], version=2, changes=(Change(2, "2026-12-05", "Secret reason."),)),
        keys["enc-0002"],
    ]
    found = errata(cases, changed)
    assert [e.case for e in found] == [exam, "enc-0001"]
    assert found[1].change.what == "The side was wrong." and "Secret" not in found[0].change.what


def test_the_errata_command_lists_or_says_that_there_is_none(capsys):
    """Each correction is a line; without any, that is said."""
    assert main(["case", "errata"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("No key has been corrected") or "version 2" in said
