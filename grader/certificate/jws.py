"""Reading a signed credential or list: strictly one spelling, one way of signing, and keys from nowhere but the issuer's list.

Checked here rather than by a library, so that the command and the page that checks certificates can do exactly the same.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from grader.certificate.profile import Profile, PublishedKey
from grader.certificate.reasons import RefusedError
from grader.certificate.signing import ALGORITHM

LARGEST = 65_536
"""Bytes of the largest credential or list that is read."""
_LETTERS = re.compile(r"[A-Za-z0-9_.-]+")
_HEADER = 2_048
_SIGNATURE = 86  # letters: 64 bytes
_ALLOWED = {"alg", "kid", "typ"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed, by which key."""

    claims: Mapping[str, Any]
    key: PublishedKey


def read_signed(token: str, profile: Profile) -> Signed:
    """Return what an issuer signed.

    Whether the key was in use at the time, or others may have used it, is for the caller to ask.

    Raises
    ------
    RefusedError
        ``not_a_certificate``, ``truncated``, ``too_large``, ``wrong_algorithm``, ``header_not_allowed``,
        ``unknown_key``, ``bad_signature`` or ``malformed_credential``, asked in this order.
    """
    head, body, signature = _parts(token)
    key = _key(_object(_decoded(head, "not_a_certificate")[:_HEADER], "not_a_certificate"), profile)
    if len(signature) < _SIGNATURE:
        raise RefusedError("truncated")
    sealed = _decoded(signature, "bad_signature")
    try:
        Ed25519PublicKey.from_public_bytes(key.jwk.raw).verify(sealed, f"{head}.{body}".encode("ascii"))
    except InvalidSignature:
        raise RefusedError("bad_signature") from None
    return Signed(_object(_decoded(body, "malformed_credential"), "malformed_credential"), key)


def _parts(token: str) -> list[str]:
    if len(token) > LARGEST:
        raise RefusedError("too_large")
    if not _LETTERS.fullmatch(token) or not token.startswith("ey"):
        raise RefusedError("not_a_certificate")
    parts = token.split(".")
    if len(parts) < 3:
        raise RefusedError("truncated")
    if len(parts) > 3:
        raise RefusedError("not_a_certificate")
    return parts


def _key(header: Mapping[str, Any], profile: Profile) -> PublishedKey:
    """Return the key that a header names; what else a header asks for is refused, not followed."""
    if header.get("alg") != ALGORITHM:
        raise RefusedError("wrong_algorithm")
    if not set(header) <= _ALLOWED or header.get("typ", "JWT") != "JWT":
        raise RefusedError("header_not_allowed")
    key = profile.key(header.get("kid"))
    if key is None:
        raise RefusedError("unknown_key")
    return key


def _decoded(part: str, code: str) -> bytes:
    """Return the bytes of a part that is spelled in the one right way (RFC 7515, 2)."""
    try:
        data = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(code) from None
    if base64.urlsafe_b64encode(data).decode("ascii").rstrip("=") != part:
        raise RefusedError(code)
    return data


def _object(data: bytes, code: str) -> Mapping[str, Any]:
    """Return a JSON object that says nothing twice."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise RefusedError(code) from None
    if not isinstance(value, dict):
        raise RefusedError(code)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
