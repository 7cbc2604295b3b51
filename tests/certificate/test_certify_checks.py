"""Issuing says “issued” only of what holds: in date with the keys, whole in all four files, and nothing half is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from grader.certificate import certify as module
from grader.certificate.certify import certify
from grader.certificate.issuer import init_issuer, load_issuer, present, renew, rotate_keys
from grader.certificate.registry import read_registry
from grader.certificate.verify import verify
from grader.errors import CourseError
from tests.certificate.classes import EXAM, make_class, outcome
from tests.certificate.making import DAY, SITE

NOW = present()


@pytest.fixture
def issuer(tmp_path: Path) -> Path:
    """Folder of an issuer."""
    return init_issuer(tmp_path / "issuer", "Example College", SITE, now=NOW - 9 * DAY).folder.root


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class in which two have passed."""
    both = [outcome("ana", NOW - DAY, name="Ana"), outcome("ben", NOW - DAY, name="Ben")]
    return make_class(tmp_path / "class", both)


def test_a_key_of_this_moment_signs_for_this_moment(course, issuer):
    """Keys that another run has changed a few seconds ahead date what they sign no earlier than themselves."""
    rotate_keys(issuer, now=NOW + timedelta(seconds=6))
    done = certify(course, EXAM, issuer, now=NOW)
    assert [each.entry.issued for each in done.issued] == [NOW + timedelta(seconds=6)] * 2
    for path in done.issued[0].files:
        assert verify(path.read_bytes(), issuer / "public", NOW + timedelta(seconds=9)).valid


def test_a_wrong_clock_issues_nothing(course, issuer):
    """With a list of a later date nothing is issued or registered."""
    renew(issuer, now=NOW + 400 * DAY)
    with pytest.raises(CourseError, match="--now-is-right"):
        certify(course, EXAM, issuer, now=NOW)
    assert not read_registry(load_issuer(issuer).folder).issued and not (course / "certificates").exists()


@pytest.mark.parametrize("kind", ["jwt", "png", "svg", "pdf"])
def test_a_file_that_does_not_hold_is_not_issued(course, issuer, monkeypatch, kind):
    """If any of the four would not hold, nothing is kept of the certificate, others get theirs, and a later run issues it."""
    real = module.make_certificate

    def make(issuer, passed, entry, fonts):
        files = real(issuer, passed, entry, fonts)
        return {**files, kind: files[kind][:-40]} if passed.holder == "Ana" else files

    monkeypatch.setattr(module, "make_certificate", make)
    done = certify(course, EXAM, issuer, now=NOW)
    assert [each.trainee for each in done.issued] == ["ben"] and done.problems[0][0] == "ana"
    assert f"The {kind.upper()} that was made does not hold" in done.problems[0][1]
    assert [entry.trainee for entry in read_registry(load_issuer(issuer).folder).issued] == ["ben"]
    assert {path.stem for path in (course / "certificates" / EXAM).iterdir()} == {"ben"}
    monkeypatch.undo()
    assert [each.trainee for each in certify(course, EXAM, issuer, now=NOW).issued] == ["ana"]


def test_one_that_cannot_be_made_keeps_back_no_other(course, issuer, monkeypatch):
    """What is wrong with one certificate is told under its name alone."""
    real = module.make_certificate

    def make(issuer, passed, entry, fonts):
        if passed.holder == "Ana":
            raise CourseError("It does not fit on one page.")
        return real(issuer, passed, entry, fonts)

    monkeypatch.setattr(module, "make_certificate", make)
    done = certify(course, EXAM, issuer, now=NOW)
    assert [each.trainee for each in done.issued] == ["ben"]
    assert done.problems == (("ana", "It does not fit on one page."),)


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("Ana /ByteRange [0 1 2 3]", False),
        ("Ana obj /Type /EmbeddedFile stream", False),
        ("Ana %%EOF", True),
        ("Ana (x) [0 1 2 3] a/l Ben", True),
    ],
)
def test_a_name_does_not_spoil_the_page(tmp_path, issuer, name, holds):
    """Words by which a PDF is read are told before anything is made; all other names stand on a page that holds."""
    course = make_class(tmp_path / "one", [outcome("ana", NOW - DAY, name=name)])
    done = certify(course, EXAM, issuer, now=NOW)
    assert bool(done.issued) is holds
    if holds:
        assert verify(done.issued[0].files[-1].read_bytes(), issuer / "public", NOW).valid
    else:
        assert "would take it for a part of the file" in done.problems[0][1]
        assert not read_registry(load_issuer(issuer).folder).issued
