"""Issuing from decisions: who passed gets one certificate, once, whatever happens on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.certificate import certify as module
from grader.certificate.certify import certify
from grader.certificate.issuer import init_issuer, load_issuer, present, rotate_keys, withdraw
from grader.certificate.registry import read_registry
from grader.certificate.verify import verify
from grader.decision.outcome import ABSENT, VOID
from grader.errors import CertificateFileError, CourseError, NotFoundError
from tests.certificate.classes import EXAM, make_class, outcome, renamed, three
from tests.certificate.fonts import without_system_fonts
from tests.certificate.making import DAY, EMAIL, HOLDER, SITE

NOW = present()


@pytest.fixture
def issuer(tmp_path: Path) -> Path:
    """Folder of an issuer."""
    return init_issuer(tmp_path / "issuer", "Example College", SITE, now=NOW - 9 * DAY).folder.root


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class with one trainee who passed, one who failed, and one about whom nothing is decided."""
    return make_class(tmp_path / "class", three(NOW - 5 * DAY), {"trainee-1": EMAIL})


def registered(issuer: Path):
    """Return what an issuer has issued."""
    return read_registry(load_issuer(issuer).folder).issued


def read(course: Path, kind: str, trainee: str = "trainee-1") -> bytes:
    """Return one file of a certificate."""
    return (course / "certificates" / EXAM / f"{trainee}.{kind}").read_bytes()


def test_who_passed_gets_a_certificate(course, issuer):
    """One who passed gets four files that hold; the others get none and are told why."""
    done = certify(course, EXAM, issuer, now=NOW)
    assert [each.trainee for each in done.issued] == ["trainee-1"]
    assert done.without == (
        ("trainee-2", "not passed"),
        ("trainee-3", "not decided yet"),
    )
    folder = course / "certificates" / EXAM
    assert sorted(path.name for path in folder.iterdir()) == [
        f"trainee-1.{kind}" for kind in ("jwt", "pdf", "png", "svg")
    ]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700
    for kind in ("jwt", "png", "svg", "pdf"):
        for holder in (HOLDER, EMAIL):
            assert verify(read(course, kind), issuer / "public", NOW, holder).valid


def test_a_certificate_counts_from_the_sitting(course, issuer):
    """It expires so many months after the exam was sat, however late it is issued."""
    entry = certify(course, EXAM, issuer, now=NOW).issued[0].entry
    sat = NOW - 5 * DAY
    assert (entry.expires.year, entry.expires.month) == (sat.year + 2, sat.month) and entry.issued == NOW


def test_a_second_run_issues_nothing(course, issuer):
    """Everybody keeps the certificate they have, to the byte; the list is signed anew."""
    certify(course, EXAM, issuer, now=NOW)
    before = {kind: read(course, kind) for kind in ("jwt", "png", "svg", "pdf")}
    done = certify(course, EXAM, issuer, now=NOW + DAY)
    assert done.issued == () and done.kept == ("trainee-1",) and len(registered(issuer)) == 1
    assert before == {kind: read(course, kind) for kind in before}
    assert verify(before["jwt"], issuer / "public", NOW + 30 * DAY).valid


def test_lost_files_are_made_again(course, issuer):
    """A file that is gone is made anew from the same certificate, without being asked; also after new keys."""
    certify(course, EXAM, issuer, now=NOW)
    before = {kind: read(course, kind) for kind in ("jwt", "png", "svg")}
    rotate_keys(issuer, now=NOW)
    (course / "certificates" / EXAM / "trainee-1.png").unlink()
    done = certify(course, EXAM, issuer, now=NOW + DAY)
    assert [each.new for each in done.issued] == [False] and len(registered(issuer)) == 1
    assert before == {kind: read(course, kind) for kind in before}
    assert verify(read(course, "pdf"), issuer / "public", NOW + DAY).valid


def test_again_corrects_a_name(course, issuer):
    """A name corrected in the roster gets into the same certificate when that is asked for."""
    certify(course, EXAM, issuer, now=NOW)
    make_class(course, [renamed(each, "Zofia Lukasiewicz") for each in three(NOW - 5 * DAY)[:1]])
    assert certify(course, EXAM, issuer, now=NOW).issued == ()
    done = certify(course, EXAM, issuer, again=True, now=NOW)
    assert [each.new for each in done.issued] == [False] and len(registered(issuer)) == 1
    assert verify(read(course, "svg"), issuer / "public", NOW, "Zofia Lukasiewicz").valid


def test_a_withdrawn_key_makes_new_certificates(course, issuer):
    """What a compromised key signed is withdrawn and issued anew with the key in use, for as long as it would have held."""
    old = certify(course, EXAM, issuer, now=NOW).issued[0].entry
    token = read(course, "jwt")
    rotate_keys(issuer, old.key, now=NOW + DAY)
    done = certify(course, EXAM, issuer, now=NOW + DAY)
    new = done.issued[0].entry
    assert done.issued[0].new and new.id != old.id and new.index != old.index and new.expires == old.expires
    assert [each.withdrawn is None for each in registered(issuer)] == [False, True]
    assert verify(token, issuer / "public", NOW + DAY).reasons == ("key_compromised",)
    assert verify(read(course, "pdf"), issuer / "public", NOW + DAY).valid
    assert certify(course, EXAM, issuer, now=NOW + DAY).issued == ()


def test_a_withdrawn_certificate_is_not_issued_by_the_way(course, issuer):
    """Whose certificate was withdrawn gets another one only when named for it; the withdrawn one stays withdrawn."""
    old = certify(course, EXAM, issuer, now=NOW).issued[0].entry
    token = read(course, "jwt")
    withdraw(issuer, old.id, "copied", now=NOW)
    for asked in ({}, {"again": True}, {"trainees": ["trainee-1"]}):
        done = certify(course, EXAM, issuer, now=NOW, **asked)
        assert not done.issued and done.without[0][1].startswith("it was withdrawn on"), asked
        assert f"python -m grader certify {EXAM} trainee-1 --again" in done.without[0][1]
    done = certify(course, EXAM, issuer, ["trainee-1"], again=True, now=NOW)
    assert done.issued[0].new and done.issued[0].entry.id != old.id
    assert verify(token, issuer / "public", NOW).reasons == ("revoked",)
    assert verify(read(course, "jwt"), issuer / "public", NOW).valid


def test_a_certificate_is_registered_before_it_is_made(course, issuer, monkeypatch):
    """After a crash in the middle the next run finishes that certificate, and does not issue a second one."""
    real = module.put

    def crash(path: Path, data: bytes) -> None:
        if path.suffix == ".svg":
            raise CertificateFileError(path, "", "it cannot be written", "Make room")
        real(path, data)

    monkeypatch.setattr(module, "put", crash)
    with pytest.raises(CertificateFileError):
        certify(course, EXAM, issuer, now=NOW)
    assert len(registered(issuer)) == 1 and verify(read(course, "jwt"), issuer / "public", NOW).valid
    monkeypatch.undo()
    done = certify(course, EXAM, issuer, now=NOW)
    assert [each.new for each in done.issued] == [False] and len(registered(issuer)) == 1
    assert verify(read(course, "svg"), issuer / "public", NOW).valid


def test_only_those_who_are_named(tmp_path, issuer):
    """Named trainees alone get theirs; a name about which nothing was decided is told before anything is issued."""
    both = [outcome("ana", NOW - DAY, name="Ana"), outcome("ben", NOW - DAY, name="Ben")]
    course = make_class(tmp_path / "class", both)
    with pytest.raises(NotFoundError, match="nobody"):
        certify(course, EXAM, issuer, ["ana", "nobody"], now=NOW)
    assert not registered(issuer)
    assert [each.trainee for each in certify(course, EXAM, issuer, ["ben"], now=NOW).issued] == ["ben"]
    assert [each.trainee for each in certify(course, EXAM, issuer, now=NOW).issued] == ["ana"]


@pytest.mark.parametrize("result", [ABSENT, VOID, "failed", "waiting"])
def test_whoever_did_not_pass_gets_nothing(tmp_path, issuer, result):
    """No outcome but a pass earns a certificate; nothing is written."""
    one = outcome("trainee-1", NOW - DAY, result)
    course = make_class(tmp_path / "class", [replace(one, sat=None) if result == ABSENT else one])
    done = certify(course, EXAM, issuer, now=NOW)
    assert not done.issued and len(done.without) == 1 and not (course / "certificates").exists()


def test_the_passed_attempt_counts(tmp_path, issuer):
    """Somebody who failed first and passed later gets the certificate of the pass."""
    tries = [outcome("ana", NOW - 9 * DAY, "failed"), outcome("ana", NOW - DAY, attempt=2)]
    course = make_class(tmp_path / "class", tries)
    done = certify(course, EXAM, issuer, now=NOW)
    assert [each.entry.form for each in done.issued] == [tries[1].form]


def test_nothing_is_issued_that_has_expired(tmp_path, issuer):
    """A sitting too long ago gets no certificate, which is told."""
    course = make_class(tmp_path / "class", [outcome("ana", NOW - 800 * DAY)])
    assert certify(course, EXAM, issuer, now=NOW).without == (
        ("ana", "the certificate would have expired by now"),
    )


def test_names_that_nobody_can_read_are_told(tmp_path, issuer):
    """An empty or endless name, or one with something hidden in it, stands on no certificate and keeps back no other."""
    names = ["", "  ", "x" * 121, "Ana\u202eanA", "Ana\u200bB", "A\x00na", "A\u200dna"]
    bad = [outcome(f"trainee-{number}", NOW - DAY, name=name) for number, name in enumerate(names)]
    course = make_class(
        tmp_path / "class", [*bad, outcome("ben", NOW - DAY, name="Ben"), outcome("../ana", NOW - DAY)]
    )
    done = certify(course, EXAM, issuer, now=NOW)
    assert (
        [each.trainee for each in done.issued] == [entry.trainee for entry in registered(issuer)] == ["ben"]
    )
    told = dict(done.problems)
    assert (
        told.keys() == {"../ana", *(each.trainee for each in bad)} and "cannot name a file" in told["../ana"]
    )
    assert all(f"outcomes.{each.trainee}.name" in told[each.trainee] for each in bad)


def test_a_name_without_a_font_is_told(tmp_path, issuer, monkeypatch):
    """A name that cannot be drawn registers nothing and keeps back no other."""
    without_system_fonts(monkeypatch)
    both = [outcome("ana", NOW - DAY, name="龘"), outcome("ben", NOW - DAY, name="Ben")]
    course = make_class(tmp_path / "class", both)
    done = certify(course, EXAM, issuer, now=NOW)
    assert [entry.trainee for entry in registered(issuer)] == ["ben"] and "--fonts DIR" in done.problems[0][1]


def test_joined_letters_stay_as_they_are_written(tmp_path, issuer):
    """The sign that keeps Persian letters apart is part of the name."""
    name = "علی\u200cرضا"
    course = make_class(tmp_path / "class", [outcome("ana", NOW - DAY, name=name)])
    certify(course, EXAM, issuer, now=NOW)
    assert verify(read(course, "jwt", "ana"), issuer / "public", NOW).shown["holder"] == name


@pytest.mark.parametrize("change", [{"award": None}, {"award": {"name": "x"}}, {"title": None, "award": {}}])
def test_decisions_that_say_no_award_are_told(course, issuer, change):
    """Without what a pass earns nothing is issued, and the file is named."""
    path = course / "exams" / EXAM / "decisions.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(CertificateFileError, match=r"decisions\.json: award"):
        certify(course, EXAM, issuer, now=NOW)


def test_what_is_missing_is_told(tmp_path, course, issuer):
    """An exam that was not drawn, one that was not decided, and an issuer that is not there."""
    with pytest.raises(NotFoundError):
        certify(course, "another", issuer, now=NOW)
    with pytest.raises(CourseError, match="keys init"):
        certify(course, EXAM, tmp_path / "nowhere", now=NOW)
    (course / "exams" / EXAM / "decisions.json").unlink()
    with pytest.raises(CourseError, match="exam decide"):
        certify(course, EXAM, issuer, now=NOW)


def test_a_class_leaks_nothing_into_certificates(course, issuer):
    """Neither the form's id nor the ids of its encounters stand in any file of a certificate, or in what is published."""
    certify(course, EXAM, issuer, now=NOW)
    form = registered(issuer)[0].form.encode()
    published = [path for path in (issuer / "public").rglob("*") if path.is_file()]
    for path in (*(course / "certificates").rglob("*.*"), *published):
        for secret in (form, b"exam-0001", b"trainee-1", EMAIL.encode()):
            assert secret not in path.read_bytes(), path
