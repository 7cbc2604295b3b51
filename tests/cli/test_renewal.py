"""``exam renew``, as an instructor types it when certificates end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from grader.certificate.folder import open_folder
from grader.certificate.issuer import init_issuer
from grader.certificate.registry import Entry, Registry, Withdrawn, write_registry
from grader.cli import main
from grader.exam.folder import ExamFolder
from grader.exam.forms import read_forms
from grader.grading.newcourse import new_course
from tests.cli.test_exam import failed
from tests.conftest import ROOT
from tests.exam.conftest import SEED

NOW = datetime.now(UTC)


@pytest.fixture
def desk(tmp_path, codes, monkeypatch) -> Path:
    """An instructor's folder with a class, a seed, a roster of three, and an issuer."""
    monkeypatch.setattr("grader.codeset.load", lambda: codes)
    new_course(tmp_path / "class", ROOT / "exercises", tmp_path / "exchange")
    lines = ("trainee,name,email", "ann,Ann,", "bo,Bo,")
    (tmp_path / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    seed = tmp_path / "seed.txt"
    seed.write_text(SEED, encoding="utf-8")
    seed.chmod(0o600)
    init_issuer(tmp_path / "issuer", "Example College", "https://course.example.org/")
    return tmp_path


def issued(trainee: str, index: int, ended: int, exam: str = "certification", **more: object) -> Entry:
    """Return a certificate of two years that ends in so many days."""
    expires = NOW + timedelta(days=ended)
    return Entry(
        index=index, id=f"urn:uuid:{index}", exam=exam, trainee=trainee, form=f"certification-{index:08x}",
        key="k", issued=expires - timedelta(days=730), expires=expires, **more,
    )  # fmt: skip


def known(desk: Path, *entries: Entry) -> None:
    """Let the issuer know certificates."""
    write_registry(open_folder(desk / "issuer"), Registry(issued=entries))


def renew(desk: Path, *more: str) -> int:
    """Type ``exam renew``."""
    return main(
        [
            "exam", "renew", "renewal", "--roster", str(desk / "roster.csv"), "--seed-file", str(desk / "seed.txt"),
            "--course", str(desk / "class"), "--issuer", str(desk / "issuer"), *more,
        ]
    )  # fmt: skip


def folder(desk: Path) -> ExamFolder:
    return ExamFolder(desk / "class" / "exams" / "renewal")


def test_whose_certificate_ends_gets_a_short_form(desk, capsys):
    """A form of what changed since the certificate was issued, for those whose certificate ends soon or has ended."""
    known(desk, issued("ann", 1, ended=30), issued("bo", 2, ended=700))
    assert renew(desk) == 0
    said = capsys.readouterr().out
    (entry,) = read_forms(folder(desk))
    assert entry.trainee == "ann" and 12 <= len(entry.cases) <= 13
    assert f"bo: the certificate holds until {NOW + timedelta(days=700):%Y-%m-%d}" in said
    assert "python -m grader exam release renewal" in said


def test_what_is_asked_changed_after_the_certificate(desk, capsys):
    """The keys of the form hold codes that did not exist when the certificate was issued."""
    known(desk, issued("ann", 1, ended=-100), issued("bo", 2, ended=-100))
    assert renew(desk, "--since", "2024-06-01") == 0
    assert "Issued on 2024-06-01 is taken for all of them" in capsys.readouterr().out
    assert renew(desk, "--since", "2024-06-01") == 0
    assert "Not used: --since." in capsys.readouterr().out
    asked = {
        expected["code"]
        for path in folder(desk).keys.glob("*/key.yml")
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["items"].values()
        for expected in item.get("expected", ())
    }
    assert any(code.startswith("M51.36") and len(code) == 7 for code in asked)


def test_the_same_command_again_draws_nothing(desk, capsys):
    """Who has a form of this round keeps it."""
    known(desk, issued("ann", 1, ended=30), issued("bo", 2, ended=30))
    assert renew(desk) == 0
    before = folder(desk).forms_list.read_bytes()
    assert renew(desk) == 0
    assert "nothing was drawn" in capsys.readouterr().out and folder(desk).forms_list.read_bytes() == before


@pytest.mark.parametrize("entries", [(), (issued("bo", 2, 30, withdrawn=Withdrawn(at=NOW, reason="error")),)])
def test_nobody_without_a_certificate_gets_a_form(desk, capsys, entries):
    """A certificate that never was, or was withdrawn, cannot be renewed; nothing is written."""
    known(desk, issued("ann", 1, ended=30), *entries)
    assert renew(desk) == 2
    assert "no certificate of bo" in capsys.readouterr().err and not folder(desk).root.exists()


def test_all_who_have_no_certificate_are_named_at_once(desk, capsys):
    """A roster is corrected once; `exam draw` says how a renewal is drawn, and a day that is none what to write."""
    known(desk)
    assert renew(desk) == 2
    assert "no certificate of ann, bo for certification" in capsys.readouterr().err
    arguments = ["exam", "draw", "renewal", "--roster", str(desk / "roster.csv"), "--seed-file"]
    assert main([*arguments, str(desk / "seed.txt"), "--course", str(desk / "class")]) == 2
    said = capsys.readouterr().err
    assert "renewal renews certificates: draw with `python -m grader exam renew renewal`" in said
    with pytest.raises(SystemExit):
        renew(desk, "--since", "1 June 2024")
    assert "1 June 2024: write a day like 2026-10-01" in capsys.readouterr().err
    assert not folder(desk).root.exists()


def test_a_certificate_of_another_exam_is_not_renewed(desk, capsys):
    """The certificate of the sample exam, which anybody can earn, opens no way to the real one, and hides none."""
    known(desk, issued("ann", 1, 30), issued("bo", 2, 30, exam="sample-exam"))
    assert renew(desk) == 2
    assert "no certificate of bo for certification, renewal" in capsys.readouterr().err


def test_a_certificate_that_ended_long_ago_is_not_renewed(desk, capsys):
    """After the months that the blueprint allows, the whole exam is due."""
    known(desk, issued("ann", 1, 30), issued("bo", 2, -500))
    assert renew(desk) == 2
    assert "more than 12 months ago" in capsys.readouterr().err


def test_a_failed_renewal_is_sat_again_after_the_wait(desk, capsys):
    """`--retake` draws another form once the blueprint's days are over, and refuses it before."""
    known(desk, issued("ann", 1, 30), issued("bo", 2, 30))
    assert renew(desk) == 0
    first = read_forms(folder(desk))[0]
    again = [
        "exam", "renew", "renewal", "--retake", "ann", "--seed-file", str(desk / "seed.txt"),
        "--course", str(desk / "class"), "--issuer", str(desk / "issuer"),
    ]  # fmt: skip
    failed(folder(desk), first, days_ago=1)
    assert main(again) == 2
    assert "ann may not sit renewal again now" in capsys.readouterr().err
    failed(folder(desk), first, days_ago=10)
    assert main(again) == 0
    other = read_forms(folder(desk))[-1]
    assert other.attempt == 2 and not set(other.cases) & set(first.cases)


def test_an_exam_with_forms_of_its_own_is_no_renewal(desk, capsys):
    """A blueprint that says what its forms hold is drawn with `exam draw`."""
    known(desk, issued("ann", 1, ended=30), issued("bo", 2, ended=30))
    arguments = ["exam", "renew", "certification", "--roster", str(desk / "roster.csv"), "--seed-file"]
    more = [str(desk / "seed.txt"), "--course", str(desk / "class"), "--issuer", str(desk / "issuer")]
    assert main([*arguments, *more]) == 2
    assert "Draw its forms with `exam draw`" in capsys.readouterr().err
