"""Checking genuine certificates: what holds, until when, and for whom."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from grader.certificate.claims import LEEWAY
from grader.certificate.issuer import LIST_DAYS, init_issuer, present, renew, rotate_keys
from grader.certificate.verify import LARGEST, verify
from grader.errors import CertificateFileError
from tests.certificate.making import DAY, EMAIL, HOLDER, OTHER, SITE, copy_trust, issue

KINDS = ("jwt", "png", "svg", "pdf")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["genuine", "before"])
def test_genuine_certificates_hold(world, name, kind):
    """A certificate holds in each of its files, whether its key is still in use or was retired since."""
    made = getattr(world, name)
    verdict = verify(made.files[kind], world.trust, world.now, HOLDER)
    assert verdict.valid and verdict.reasons == ()
    assert verdict.shown["holder"] == HOLDER and verdict.shown["id"] == made.entry.id


def test_a_page_is_checked_where_an_event_loop_runs(world):
    """A notebook has one; the check of a PDF, which starts one of its own, works there all the same."""

    async def check() -> bool:
        return verify(world.genuine.files["pdf"], world.trust, world.now).valid

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already
        assert thread.submit(asyncio.run, check()).result()


def test_what_a_certificate_says_is_shown(world):
    """Holder, issuer, dates, scores and evidence are told as they were certified."""
    shown = verify(world.genuine.files["pdf"], world.trust, world.now).shown
    assert shown["name"] == "Certified Back Pain Coder" and shown["issuer"] == "Example College of Coding"
    assert {"name": "Codes", "value": "97", "required": "95"} in shown["results"] and len(
        shown["results"]
    ) == 8
    assert [each["name"] for each in shown["evidence"]] == ["Exam", "Code set", "Form"]
    assert "certification-3f9c01ab" not in str(shown)


def test_a_text_file_may_end_with_a_line_break(world):
    """What an editor adds around a credential does no harm."""
    assert verify(b"\n" + world.genuine.files["jwt"] + b"\r\n", world.trust, world.now).valid


@pytest.mark.parametrize(
    ("holder", "holds"),
    [
        (HOLDER, True),
        (" žofia  łukasiewicz-đặng ", True),
        ("Z\u030cofia Łukasiewicz-Đa\u0306\u0323ng", True),
        (EMAIL, True),
        (EMAIL.upper(), True),
        ("", False),
        ("Žofia", False),
        (OTHER, False),
        ("zofia@example.com", False),
    ],
)
def test_a_certificate_is_for_one_person(world, holder, holds):
    """A name counts however it is spelled in Unicode and in capitals, an address by its digest; a part of it is not it."""
    verdict = verify(world.genuine.files["jwt"], world.trust, world.now, holder)
    assert verdict.valid is holds and verdict.reasons == (() if holds else ("other_person",))


def test_a_certificate_holds_to_the_second(world):
    """It holds at its last second and not a second later; the issuer's clock may be ahead by five minutes."""
    entry, token = world.genuine.entry, world.genuine.files["jwt"]
    assert "expired" not in verify(token, world.trust, entry.expires).reasons
    assert "expired" in verify(token, world.trust, entry.expires + timedelta(seconds=1)).reasons
    assert "not_yet_valid" not in verify(token, world.trust, entry.issued - LEEWAY).reasons
    early = entry.issued - LEEWAY - timedelta(seconds=1)
    assert verify(token, world.trust, early).reasons == ("not_yet_valid",)


def test_a_list_holds_for_thirty_days(world):
    """Nobody who does not renew the list has certificates that hold for longer than that."""
    token, last = world.genuine.files["jwt"], world.now + LIST_DAYS * DAY
    assert verify(token, world.trust, last).valid
    assert verify(token, world.trust, last + timedelta(seconds=1)).reasons == ("status_out_of_date",)


def test_every_reason_is_told(world):
    """A certificate that has expired, was withdrawn and is another person's is refused for all three."""
    later = world.revoked.entry.expires + DAY
    renewed = verify(world.revoked.files["jwt"], world.trust, later, HOLDER)
    assert renewed.reasons == ("expired", "status_out_of_date", "other_person")
    assert all(words.endswith(".") for words in renewed.words)


def test_an_earlier_list_hides_a_withdrawal_for_a_while(world, tmp_path):
    """What no check without an own clock of lists can find out: an old list that is signed and has not run out yet."""
    shown = copy_trust(world, tmp_path / "old", world.earlier)
    token = world.revoked.files["jwt"]
    assert verify(token, shown, world.now).valid
    assert verify(token, shown, world.now + LIST_DAYS * DAY).reasons == ("status_out_of_date",)
    assert verify(token, world.trust, world.now).reasons == ("revoked",)


def test_new_keys_and_withdrawn_keys(tmp_path):
    """New keys leave what the old ones signed as it is; a withdrawn key takes it all down, and nothing else."""
    root, now = tmp_path / "issuer", present()
    older = issue(init_issuer(root, "Example College", SITE, now=now - DAY), HOLDER, now - DAY)
    newer = issue(rotate_keys(root, now=now), OTHER, now)
    trust = renew(root, now=now) and root / "public"
    assert all(verify(made.files["pdf"], trust, now).valid for made in (older, newer))
    rotate_keys(root, older.entry.key, now=now)
    assert verify(older.files["pdf"], trust, now).reasons == ("key_compromised",)
    assert verify(newer.files["pdf"], trust, now).valid


def test_without_the_issuers_file_nothing_is_checked(world, tmp_path):
    """A folder without a usable issuer.json is told, and is no verdict."""
    token = world.genuine.files["jwt"]
    with pytest.raises(CertificateFileError, match=r"issuer\.json"):
        verify(token, tmp_path)
    for wrong in ("", "{}", "[]", "{" * 100_000, '{"schema": "issuer/2"}'):
        (tmp_path / "issuer.json").write_text(wrong)
        with pytest.raises(CertificateFileError, match=r"issuer\.json"):
            verify(token, tmp_path)


def test_a_file_that_is_too_large_is_not_looked_at(world):
    """Beyond ten megabytes nothing is read, whatever it is."""
    assert verify(b"%PDF-" + b" " * LARGEST, world.trust).reasons == ("too_large",)


def test_checking_asks_no_network(world, monkeypatch):
    """A certificate of every kind is checked where no connection can be opened."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for kind in KINDS:
        assert verify(world.genuine.files[kind], world.trust, world.now).valid, kind
