"""Lists of withdrawn certificates that tell nothing: old, of others, changed, or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openbadgeslib.ob3 import build_status_list_credential, encode_bitstring

from grader.certificate.profile import PublishedKey
from grader.certificate.registry import PLACES
from tests.certificate.forged_tokens import MALLORY, b64, by
from tests.certificate.making import DAY, World, sign

Forged = tuple[str, str, bytes | None]
"""Name, reason, list."""


def listed(world: World, start: datetime, end: datetime | None, **changes: Any) -> dict[str, Any]:
    """Return a list that withdraws nothing, with any dates, to be signed."""
    profile = world.issuer.profile
    found = build_status_list_credential(profile.id, profile.status_url, "revocation", [], PLACES, start, end)
    return {**found, "iss": found["issuer"], "jti": found["id"], **changes}


def lists(world: World) -> Iterator[Forged]:
    """Yield lists that are shown beside the genuine certificate."""
    now, good = world.now, (world.now - DAY, world.now + 9 * DAY)
    real = (world.trust / "status.jwt").read_text()

    def signed(claims: dict[str, Any], key: PublishedKey | None = None) -> bytes:
        return sign(world, claims, key).encode()

    yield "no list", "status_unavailable", None
    yield "list that ran out", "status_out_of_date", signed(listed(world, now - 4 * DAY, now - DAY))
    yield (
        "list older than the certificate",
        "status_out_of_date",
        signed(listed(world, now - 9 * DAY, now + DAY)),
    )
    yield "list of tomorrow", "status_out_of_date", signed(listed(world, now + DAY, now + 9 * DAY))
    yield "list without an end", "status_out_of_date", signed(listed(world, now - DAY, None))
    claims = listed(world, *good)
    other = {
        **claims,
        "issuer": "https://other.example/issuer.json",
        "iss": "https://other.example/issuer.json",
    }
    yield "list that names another issuer", "status_wrong_list", signed(other)
    yield (
        "list of another address",
        "status_wrong_list",
        signed({**claims, "id": "https://course.example.org/b.jwt"}),
    )
    subject = claims["credentialSubject"]
    purpose = {**claims, "credentialSubject": {**subject, "statusPurpose": "suspension"}}
    yield "list for another purpose", "status_wrong_list", signed(purpose)
    yield "certificate in place of a list", "status_wrong_list", world.genuine.files["jwt"]
    short = {**claims, "credentialSubject": {**subject, "encodedList": encode_bitstring([], 8)}}
    yield "list that is too short", "status_unavailable", signed(short)
    broken = {**claims, "credentialSubject": {**subject, "encodedList": "uAAAA"}}
    yield "list that cannot be unpacked", "status_unavailable", signed(broken)
    usual = {"alg": "EdDSA", "kid": world.current.kid}
    yield "list signed by somebody else", "status_bad_signature", by(MALLORY, usual, claims).encode()
    strange = by(MALLORY, {**usual, "kid": "https://other.example/k.json"}, claims).encode()
    yield "list of another issuer", "status_bad_signature", strange
    yield "list without a signature", "status_bad_signature", json.dumps(claims).encode()
    none = f"{b64({**usual, 'alg': 'none'})}.{b64(claims)}."
    yield "list with alg none", "status_bad_signature", none.encode()
    head, _, signature = real.split(".")
    yield "list with a bit changed", "status_bad_signature", f"{head}.{b64(claims)}.{signature}".encode()
    yield "list of the retired key", "status_bad_signature", signed(claims, world.retired)
    yield "list of the compromised key", "status_bad_signature", signed(claims, world.compromised)
    yield "list cut off", "status_bad_signature", real[:500].encode()
    yield "empty list", "status_bad_signature", b""
