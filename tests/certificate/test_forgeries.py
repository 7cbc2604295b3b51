"""Forgeries: none holds, and each is refused for its own reason."""

from __future__ import annotations

import re
from random import Random

import pytest

from grader.certificate.reasons import reasons
from grader.certificate.verify import verify
from tests.certificate.forgeries import Forgery, forgeries
from tests.certificate.making import World


@pytest.fixture(scope="module")
def forged(world: World) -> tuple[Forgery, ...]:
    """Every forgery."""
    return forgeries(world)


def test_every_forgery_is_refused_for_its_reason(world, forged, subtests):
    """Each of well over a hundred forgeries is refused, with the one reason that tells what is wrong with it."""
    for each in forged:
        with subtests.test(each.name):
            verdict = verify(each.data, each.trust, world.now, each.holder or None)
            assert (verdict.valid, verdict.reasons) == (False, (each.reason,))


def test_there_are_forgeries_for_every_reason(forged):
    """Every reason that there are words for refuses some forgery, and no two forgeries have one name."""
    assert len(forged) >= 100 and len({each.name for each in forged}) == len(forged)
    assert {each.reason for each in forged} == set(reasons())


def test_nothing_is_shown_that_the_issuer_did_not_sign(world, forged):
    """What a forgery says is not shown as if the issuer had said it."""
    for each in forged:
        shown = verify(each.data, each.trust, world.now).shown
        if shown:
            assert shown["holder"] in (world.genuine.passed.holder, world.revoked.passed.holder), each.name
            assert shown["results"][0]["value"] == "97", each.name


def test_damage_is_refused_and_is_never_an_error(world):
    """Bytes changed anywhere, in the signature of the PDF above all: a refusal with a known reason, or the same certificate.

    A few bytes around a PDF's signature are covered by no key (RFC 5652); what they say, nobody is shown.
    """
    random = Random(8)
    pdf = world.genuine.files["pdf"]
    genuine = verify(pdf, world.trust, world.now).shown
    start = int(re.findall(rb"/ByteRange \[0 (\d+)", pdf)[0])
    damaged = [
        _with(pdf, start + random.randrange(1, 2_500), random.choice(b"0123456789abcdef")) for _ in range(150)
    ]
    for data in world.genuine.files.values():
        damaged += [_with(data, random.randrange(len(data)), random.randrange(256)) for _ in range(40)]
        damaged += [data[: random.randrange(len(data))] for _ in range(10)]
    for data in damaged:
        verdict = verify(data, world.trust, world.now)
        assert verdict.shown == genuine if verdict.valid else all(verdict.words)


def _with(data: bytes, at: int, byte: int) -> bytes:
    return data[:at] + bytes([byte]) + data[at + 1 :]
