"""The commands of certificates: from keys to a verdict, in words and exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.certificate.folder import PLACE
from grader.certificate.issuer import init_issuer, load_issuer, present
from grader.certificate.registry import read_registry
from grader.cli import main
from grader.grading.newcourse import new_course
from tests.certificate.classes import EXAM, make_class, three
from tests.certificate.making import DAY, EMAIL, HOLDER, SITE, work_fast
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    work_fast(monkeypatch)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of an issuer, as the environment names it."""
    monkeypatch.setenv(PLACE, str(tmp_path / "issuer"))
    return tmp_path / "issuer"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Run one command; give exit code, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_from_keys_to_a_verdict(place, tmp_path, run):
    """Keys, certificates, a check, a withdrawal and the check again: each command says what comes next."""
    code, out, _ = run("keys", "init", "--name", "Example College", "--url", SITE)
    assert code == 0 and f"Publish {place}/public/ at {SITE}issuer/" in out
    course = make_class(tmp_path / "class", three(present() - DAY), {"trainee-1": EMAIL})
    code, out, _ = run("certify", EXAM, "--course", course)
    assert code == 0 and "trainee-1: issued" in out and "trainee-2: no certificate, not passed" in out
    pdf = course / "certificates" / EXAM / "trainee-1.pdf"
    code, out, _ = run("verify", pdf, "--holder", HOLDER)
    assert (
        code == 0
        and "this certificate holds" in out
        and f"Holder: {HOLDER}" in out
        and "Codes: 97 (asked: 95)" in out
    )
    code, out, _ = run("verify", pdf, "--holder", "Somebody Else")
    assert code == 1 and "DOES NOT HOLD" in out and "another person" in out
    code, out, _ = run("revoke", pdf, "--reason", "a mistake")
    assert code == 0 and "of trainee-1 for certification" in out
    code, out, _ = run("verify", pdf)
    assert code == 1 and "The issuer has withdrawn this certificate." in out
    code, out, _ = run("keys", "status")
    assert code == 0 and "1 issued, 1 of them withdrawn" in out


def test_what_is_published_is_enough_to_check(place, tmp_path, run):
    """Somebody who has the published folder alone checks with that."""
    issuer = init_issuer(place, "Example College", SITE)
    course = make_class(tmp_path / "class", three(present() - DAY))
    run("certify", EXAM, "--course", course)
    png = course / "certificates" / EXAM / "trainee-1.png"
    published = issuer.folder.public.rename(tmp_path / "published")
    assert run("verify", png, "--issuer", published)[0] == 0
    code, _, errors = run("verify", png, "--issuer", tmp_path)
    assert code == 2 and "issuer.json" in errors and "--issuer" in errors


def test_keys_are_listed_and_changed(place, run):
    """Each key with its time, the compromised one marked, and what to issue anew."""
    first = init_issuer(place, "Example College", SITE).profile.current.short
    code, out, _ = run("keys", "rotate")
    assert code == 0 and "Signing with" in out
    code, out, _ = run("keys", "rotate", "--compromised", first)
    assert code == 0
    code, out, _ = run("keys", "list")
    assert code == 0 and f"{first}" in out and out.count("COMPROMISED") == 1 and "in use" in out
    code, _, errors = run("keys", "rotate", "--compromised", "nothing")
    assert code == 2 and first in errors


def test_who_needs_a_new_certificate_is_told(place, tmp_path, run):
    """A compromised key names the exams whose certificates are to be issued anew."""
    key = init_issuer(place, "Example College", SITE).profile.current.short
    course = make_class(tmp_path / "class", three(present() - DAY))
    run("certify", EXAM, "--course", course)
    code, out, _ = run("keys", "rotate", "--compromised", key)
    assert (
        code == 0
        and "1 certificate does not hold any more" in out
        and f"python -m grader certify {EXAM}" in out
    )
    assert "trainee-1: issued" in run("certify", EXAM, "--course", course)[1]


def test_a_list_that_runs_out_is_told(place, run):
    """A week before the list runs out, and after it has, the command that renews it is named."""
    init_issuer(place, "Example College", SITE, now=present() - 25 * DAY)
    assert "Renew it now: python -m grader keys status" in run("keys", "list")[1]
    out = run("keys", "status")[1]
    assert "Renew it" not in out and "after that day no certificate can be checked" in out


def test_a_list_that_has_run_out_is_told(place, run):
    """Without a list no certificate holds, which is said."""
    init_issuer(place, "Example College", SITE, now=present() - 31 * DAY)
    assert "no certificate holds. Renew it: python -m grader keys status" in run("keys", "list")[1]


def test_again_may_stand_anywhere(place, tmp_path, run):
    """Whoever names a trainee after `--again`, before it, or all of it after it, gets the same: another certificate."""
    init_issuer(place, "Example College", SITE)
    course = make_class(tmp_path / "class", three(present() - DAY))
    run("certify", EXAM, "--course", course)
    for order in (
        (EXAM, "--again", "trainee-1"),
        (EXAM, "trainee-1", "--again"),
        ("--again", EXAM, "trainee-1"),
    ):
        (entry,) = read_registry(load_issuer(place).folder).of_trainee("trainee-1")
        assert run("revoke", entry.number, "--reason", "a mistake")[0] == 0
        code, out, _ = run("certify", *order, "--course", course)
        assert code == 0 and "trainee-1: issued" in out and "trainee-2" not in out, order
    code, _, errors = run("certify", "--course", course)
    assert code == 2 and "python -m grader certify EXAM" in errors


def test_who_gives_a_trainee_is_told_the_number(place, tmp_path, run):
    """`revoke TRAINEE` withdraws nothing and gives the number; numbers are shown as they are typed."""
    init_issuer(place, "Example College", SITE)
    course = make_class(tmp_path / "class", three(present() - DAY))
    run("certify", EXAM, "--course", course)
    (entry,) = read_registry(load_issuer(place).folder).of_trainee("trainee-1")
    code, _, errors = run("revoke", "trainee-1", "--reason", "x")
    assert code == 2 and f"give the number: {entry.number} (for {EXAM})" in errors and "urn:" not in errors
    assert "give the number" not in run("revoke", "trainee-2", "--reason", "x")[2]
    run("revoke", entry.number, "--reason", "x")
    code, _, errors = run("revoke", entry.number, "--reason", "x")
    assert f"{entry.number} was withdrawn already" in errors and "urn:" not in errors


def test_who_is_forgotten_has_certificates_that_still_verify(place, tmp_path, run):
    """Before and after removing, the command that withdraws each of them is told; not for whoever has none."""
    init_issuer(place, "Example College", SITE)
    course = tmp_path / "class"
    new_course(course, ROOT / "exercises", tmp_path / "exchange")
    make_class(course, three(present() - DAY))
    run("certify", EXAM, "--course", course)
    (entry,) = read_registry(load_issuer(place).folder).of_trainee("trainee-1")
    for name in ("trainee-1", "trainee-2"):
        (course / "submitted" / name).mkdir(parents=True)
    command = f'python -m grader revoke {entry.number} --reason "…"'
    code, out, errors = run("forget", "trainee-1", "--course", course, "--yes")
    assert code == 0 and out.count(command) == 2 and out.index(command) < out.index("Removed of"), errors
    assert "       1 folder of the class" in out
    assert "revoke" not in run("forget", "trainee-2", "--course", course, "--yes")[1]


def test_an_issuer_that_cannot_be_read_keeps_nobody_from_being_forgotten(place, tmp_path, run):
    """That certificates could not be looked up is said, and the trainee is removed all the same."""
    init_issuer(place, "Example College", SITE)
    (place / "registry.json").write_text("{")
    course = tmp_path / "class"
    new_course(course, ROOT / "exercises", tmp_path / "exchange")
    (course / "submitted" / "trainee-1").mkdir(parents=True)
    code, out, _ = run("forget", "trainee-1", "--course", course, "--yes")
    assert code == 0 and "could not be looked up" in out and "registry.json" in out
    assert not (course / "submitted" / "trainee-1").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "nothing.pdf"),
        ("revoke", "00000000", "--reason", "x"),
        ("keys", "init", "--name", " ", "--url", SITE),
        ("keys", "init", "--name", "x", "--url", "ftp://example.org"),
        ("certify", EXAM, "--course", "nowhere"),
    ],
)
def test_what_cannot_be_done_is_told(place, run, arguments):
    """Every command that cannot do its work says why in one line, and ends with 2."""
    code, out, errors = run(*arguments)
    assert code == 2 and out == "" and errors.strip() and "Traceback" not in errors


def test_a_forgery_is_not_withdrawn_in_the_name_of_another(place, tmp_path, run):
    """`revoke FILE` withdraws only what the issuer signed: a forged file cannot name somebody else's certificate."""
    init_issuer(place, "Example College", SITE)
    forged = tmp_path / "forged.jwt"
    forged.write_text("eyJhbGciOiJub25lIn0.e30.")
    code, _, errors = run("revoke", forged, "--reason", "x")
    assert code == 2 and "Give the certificate's number instead" in errors
    assert load_issuer(place).profile.name == "Example College"


def test_words_of_a_certificate_cannot_take_over_the_terminal(place, tmp_path, run):
    """What a file or its name says is printed without anything that moves the cursor."""
    init_issuer(place, "Example College", SITE)
    path = tmp_path / "a\x1b[2Jb.jwt"
    path.write_text("nothing")
    code, out, _ = run("verify", path)
    assert code == 1 and "\x1b" not in out and "holds no certificate" in out
