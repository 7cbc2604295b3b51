"""Credentials that do not hold: changed, signed by others or in other ways, cut off, out of time, or of another person."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.certificate.making import DAY, OTHER, World, sign

Forged = tuple[str, str, str]
"""Name, reason, token."""
MALLORY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def b64(data: bytes | Mapping[str, Any] | str) -> str:
    """Return bytes, or JSON, as a part of a token."""
    if isinstance(data, str):
        data = data.encode()
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parts(world: World) -> tuple[str, str, str]:
    """Return head, body and signature of the genuine credential."""
    head, body, signature = world.genuine.files["jwt"].decode().split(".")
    return head, body, signature


def claims_of(world: World) -> dict[str, Any]:
    """Return what the genuine credential says, to be changed."""
    body = parts(world)[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def edited(world: World, *path: str | int, value: Any) -> dict[str, Any]:
    """Return the genuine claims with one value exchanged; None takes it out."""
    claims = copy.deepcopy(claims_of(world))
    place: Any = claims
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return claims


def by(key: Ed25519PrivateKey, header: Mapping[str, Any], body: Mapping[str, Any] | str) -> str:
    """Return a token signed with any key under any header."""
    signed = f"{b64(header)}.{b64(body)}"
    return f"{signed}.{b64(key.sign(signed.encode()))}"


def changed(world: World) -> Iterator[Forged]:
    """Yield the genuine credential with something in it changed and the old signature kept."""
    head, _, signature = parts(world)
    later = f"{world.now + 9000 * DAY:%Y-%m-%dT%H:%M:%SZ}"
    subject = ("credentialSubject",)
    edits = {
        "changed score": (*subject, "result", 0, "value", "100"),
        "changed name": (*subject, "identifier", 0, "identityHash", OTHER),
        "changed award": (*subject, "achievement", "name", "Master Coder"),
        "changed achievement": (*subject, "achievement", "id", "https://course.example.org/other.json"),
        "changed expiry": ("validUntil", later),
        "changed date of the exam": ("awardedDate", later),
        "changed issuer": ("issuer", "id", "https://evil.example/issuer.json"),
        "changed issuer's name": ("issuer", "name", "A Better College"),
        "changed evidence": ("evidence", 2, "narrative", "sha256:" + "0" * 64),
        "changed place in the list": ("credentialStatus", "statusListIndex", "7"),
        "changed digest of the picture": ("relatedResource", 0, "digestSRI", "sha256-AAAA"),
        "status taken out": ("credentialStatus", None),
        "expiry taken out": ("exp", None),
    }
    for name, (*path, value) in edits.items():
        yield name, "bad_signature", f"{head}.{b64(edited(world, *path, value=value))}.{signature}"
    yield (
        "signature of another certificate",
        "bad_signature",
        ".".join([*parts(world)[:2], world.before.files["jwt"].decode().split(".")[2]]),
    )
    last = "AQgw"["AQgw".index(signature[-1])] if signature[-1] in "AQgw" else signature[-1]
    respelled = signature[:-1] + chr(ord(last) + 1)
    yield "signature spelled otherwise", "bad_signature", ".".join([*parts(world)[:2], respelled])


def by_others(world: World) -> Iterator[Forged]:
    """Yield credentials that another key signed, or that say themselves how to check them."""
    kid = world.current.kid
    body = claims_of(world)
    usual = {"alg": "EdDSA", "kid": kid, "typ": "JWT"}
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": b64(MALLORY.public_key().public_bytes_raw())}
    yield "another key", "bad_signature", by(MALLORY, usual, body)
    yield (
        "a kid of one's own",
        "unknown_key",
        by(MALLORY, {**usual, "kid": "https://evil.example/k.json"}, body),
    )
    yield "no kid", "unknown_key", by(MALLORY, {"alg": "EdDSA"}, body)
    yield "a list as kid", "unknown_key", by(MALLORY, {**usual, "kid": [kid]}, body)
    yield "kid of the retired key", "bad_signature", _with_head(world, {**usual, "kid": world.retired.kid})
    yield "key in the header", "header_not_allowed", by(MALLORY, {**usual, "jwk": jwk}, body)
    yield (
        "address of a key in the header",
        "header_not_allowed",
        by(MALLORY, {**usual, "jku": "https://evil.example"}, body),
    )
    yield "certificate in the header", "header_not_allowed", by(MALLORY, {**usual, "x5c": ["AAAA"]}, body)
    yield "crit", "header_not_allowed", by(MALLORY, {**usual, "crit": ["exp"]}, body)
    yield "b64 false", "header_not_allowed", by(MALLORY, {**usual, "b64": False, "crit": ["b64"]}, body)
    yield "type of another token", "header_not_allowed", by(MALLORY, {**usual, "typ": "at+jwt"}, body)
    yield "alg none", "wrong_algorithm", f"{b64({**usual, 'alg': 'none'})}.{b64(body)}."
    yield "alg None", "wrong_algorithm", f"{b64({**usual, 'alg': 'None'})}.{b64(body)}.{parts(world)[2]}"
    yield "no alg", "wrong_algorithm", f"{b64({'kid': kid})}.{b64(body)}.{parts(world)[2]}"
    yield "HS256 with the public key", "wrong_algorithm", _hs256(world, {**usual, "alg": "HS256"})
    yield "ES256", "wrong_algorithm", _es256(world, {**usual, "alg": "ES256"})
    twice = json.dumps(usual)[:-1] + ', "alg": "none"}'
    yield "alg twice", "not_a_certificate", f"{b64(twice)}.{b64(body)}.{parts(world)[2]}"


def _with_head(world: World, header: Mapping[str, Any]) -> str:
    _, body, signature = parts(world)
    return f"{b64(header)}.{body}.{signature}"


def _hs256(world: World, header: Mapping[str, Any]) -> str:
    signed = f"{b64(header)}.{b64(claims_of(world))}"
    return f"{signed}.{b64(hmac.new(world.current.jwk.raw, signed.encode(), hashlib.sha256).digest())}"


def _es256(world: World, header: Mapping[str, Any]) -> str:
    signed = f"{b64(header)}.{b64(claims_of(world))}"
    sealed = generate_private_key(SECP256R1()).sign(signed.encode(), ECDSA(hashes.SHA256()))
    return f"{signed}.{b64(sealed[:64])}"


def damaged(world: World) -> Iterator[Forged]:
    """Yield what is left of a credential, or has too much in it."""
    whole = world.genuine.files["jwt"].decode()
    head, body, signature = parts(world)
    yield "cut off in the header", "truncated", whole[:20]
    yield "cut off in the claims", "truncated", whole[: len(whole) // 2]
    yield "cut off before the signature", "truncated", f"{head}.{body}."
    yield "cut off in the signature", "truncated", whole[:-10]
    yield (
        "without a letter in the middle",
        "bad_signature",
        whole[: len(whole) // 2] + whole[len(whole) // 2 + 1 :],
    )
    yield "a fourth part", "not_a_certificate", f"{whole}.{signature}"
    yield "five parts", "not_a_certificate", f"{whole}.."
    yield "padded", "not_a_certificate", f"{head}=.{body}.{signature}"
    yield "a longer signature", "bad_signature", f"{whole}AAAA"
    yield "a break in the middle", "not_a_certificate", f"{head}.\n{body}.{signature}"
    yield "longer than any", "too_large", f"{head}.{body}{'A' * 70_000}.{signature}"
    yield "another text", "not_a_certificate", "Dear reader, I have passed. Yours, trainee-1"
    yield "nothing", "not_a_certificate", ""


def by_the_issuer(world: World) -> Iterator[Forged]:
    """Yield what the issuer's own keys signed, and should not be taken for a certificate that holds."""
    now = world.now
    subject = "credentialSubject"
    yield "key of another time", "key_retired", sign(world, claims_of(world), world.retired)
    yield "key not yet in use", "key_retired", sign(world, _dated(world, now - 700 * DAY, now + DAY))
    yield "compromised key", "key_compromised", sign(world, claims_of(world), world.compromised)
    yield "expired", "expired", sign(world, _dated(world, now - 20 * DAY, now - DAY))
    yield "not valid yet", "not_yet_valid", sign(world, _dated(world, now + DAY, now + 9 * DAY))
    yield "revoked", "revoked", world.revoked.files["jwt"].decode()
    wrong = edited(world, "issuer", "id", value="https://other.example/issuer.json")
    yield (
        "names another issuer",
        "wrong_issuer",
        sign(world, {**wrong, "iss": "https://other.example/issuer.json"}),
    )
    malformed = {
        "without a place in the list": edited(world, "credentialStatus", value=None),
        "with another purpose of the list": edited(
            world, "credentialStatus", "statusPurpose", value="message"
        ),
        "with a place below zero": edited(world, "credentialStatus", "statusListIndex", value="-1"),
        "without an expiry": edited(world, "validUntil", value=None),
        "without a holder": edited(world, subject, "identifier", value=[]),
        "with two holders": edited(
            world, subject, "identifier", value=claims_of(world)[subject]["identifier"][:1] * 2
        ),
        "of another type": edited(world, "type", value=["VerifiableCredential", "EndorsementCredential"]),
        "whose claims disagree about the issuer": edited(world, "iss", value="https://other.example/"),
        "whose claims disagree about the expiry": edited(world, "exp", value=9_999_999_999),
        "whose claims disagree about the id": edited(world, "jti", value="urn:uuid:" + "0" * 36),
    }
    for name, claims in malformed.items():
        yield f"signed {name}", "malformed_credential", sign(world, claims)
    yield "a list in place of a certificate", "malformed_credential", (world.trust / "status.jwt").read_text()
    twice = json.dumps(claims_of(world))[:-1] + f', "validUntil": "{now + 9000 * DAY:%Y-%m-%dT%H:%M:%SZ}"}}'
    yield "claims that say something twice", "malformed_credential", _signed_text(world, twice)
    yield "claims that are no object", "malformed_credential", _signed_text(world, "[]")


def _dated(world: World, start: Any, end: Any) -> dict[str, Any]:
    dates = {"validFrom": f"{start:%Y-%m-%dT%H:%M:%SZ}", "validUntil": f"{end:%Y-%m-%dT%H:%M:%SZ}"}
    return {**claims_of(world), **dates, "nbf": int(start.timestamp()), "exp": int(end.timestamp())}


def _signed_text(world: World, text: str) -> str:
    key = world.issuer.signer()._load_privkey()
    return by(key, {"alg": "EdDSA", "kid": world.current.kid, "typ": "JWT"}, text)
