"""What a certificate says, and what it never does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grader.certificate.credential import after_months, digest, payload, reached
from grader.decision.outcome import Criterion
from tests.certificate.making import EMAIL, drawn


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 11, 26), 24, (2028, 11, 26)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
        ((2026, 11, 30), 1, (2026, 12, 30)),
    ],
)
def test_months_are_those_of_the_calendar(start, months, end):
    """A certificate expires on the same day of a later month, or on its last one."""
    assert after_months(datetime(*start, 13, 5, tzinfo=UTC), months) == datetime(*end, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("share", "limit", "shown"),
    [
        (1, 0.95, "100"), (0.95, 0.95, "95"), (0.949999, 0.95, "94"), (2 / 3, 0.7, "66"), (0.9714, 0.95, "97"), (0, 0.5, "0"),
        (0.29, 0.2, "29"), (0.9271, 0.925, "92.5"), (0.9249, 0.925, "92"),
    ],
)  # fmt: skip
def test_a_share_is_whole_percent_and_never_rounded_up(share, limit, shown):
    """From decimals a number of codes could be guessed; what misses the mark does not look as if it reached it, nor a pass less."""
    assert reached(Criterion("codes", share, limit, share >= limit, 35.0)) == shown


def test_a_certificate_tells_neither_form_nor_address(world):
    """The form and the e-mail address stand in it as digests alone, and trainees' names of the class not at all."""
    text = json.dumps(world.claims(), ensure_ascii=False)
    assert world.genuine.passed.holder in text
    for secret in (world.genuine.passed.form, EMAIL, world.genuine.entry.trainee):
        assert secret not in text


def test_two_certificates_of_one_person_share_no_digest(world):
    """The digest of an address differs from certificate to certificate."""
    hashes = {
        each["identityHash"]
        for made in (world.genuine, world.before)
        for each in world.claims(made)["credentialSubject"]["identifier"]
        if each["identityType"] == "emailAddress"
    }
    assert len(hashes) == 2


def test_no_address_no_digest(world):
    """A trainee without an address has a certificate with the name alone."""
    made = world.genuine
    pictures = drawn(made)
    claims = payload(
        replace(made.passed, email=""), made.entry, world.issuer.profile, pictures.png, pictures.svg
    )
    assert [each["identityType"] for each in claims["credentialSubject"]["identifier"]] == ["name"]


def test_the_pictures_are_the_ones_that_are_named(world):
    """The digests are those of the badge before the credential is put into it."""
    pictures, claims = drawn(world.genuine), world.claims()
    assert [each["digestSRI"] for each in claims["relatedResource"]] == [
        digest(pictures.png),
        digest(pictures.svg),
    ]
    assert digest(pictures.png) != digest(world.genuine.files["png"])


def test_results_belong_to_what_was_asked(world):
    """Every result names a description of the achievement, with what was asked."""
    subject = world.claims()["credentialSubject"]
    asked = {each["id"]: each for each in subject["achievement"]["resultDescription"]}
    assert [asked[each["resultDescription"]]["name"] for each in subject["result"]][:2] == [
        "Codes",
        "First-listed code",
    ]
    assert len(asked) == len(subject["result"]) == len(world.genuine.passed.criteria)
    assert asked[subject["result"][0]["resultDescription"]]["requiredValue"] == "95"
