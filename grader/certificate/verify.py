"""Checking a certificate against what its issuer publishes, and nothing else: no address is asked, no key is taken from it.

An old list of withdrawn certificates holds until its ``validUntil``: whoever can show one that was signed before a withdrawal,
and after the issue, hides the withdrawal for 30 days at most.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from openbadgeslib.ob3 import IdentityObject

from grader.certificate.baking import PNG_SIGNATURE, take_from_png, take_from_svg
from grader.certificate.claims import LEEWAY, Claims, read_claims
from grader.certificate.credential import PNG, SVG, digest, iso
from grader.certificate.issuer import present
from grader.certificate.jws import read_signed
from grader.certificate.pdf import take_from_pdf
from grader.certificate.profile import FILE, Profile, PublishedKey, read_profile
from grader.certificate.reasons import RefusedError, words
from grader.certificate.status import check_status

LARGEST = 10_000_000
"""Bytes of the largest file that is read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to.

    Parameters
    ----------
    valid
        Whether the certificate holds.
    reasons
        Codes of why it does not (`grader.certificate.reasons`); empty when it holds.
    shown
        What the certificate says; empty unless the issuer signed just that.
    """

    valid: bool
    reasons: tuple[str, ...]
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """The reasons in plain words."""
        return tuple(words(code) for code in self.reasons)


@dataclass(frozen=True, slots=True)
class Carried:
    """A credential as it was found: by itself, in a picture, or in a signed PDF."""

    token: str
    media: str = ""
    picture: bytes = b""
    pdf_key: PublishedKey | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What the issuer signed in a file, with which key, and how the file carries it."""

    claims: Claims
    key: PublishedKey
    carried: Carried


def verify(data: bytes, trust: Path, now: datetime | None = None, holder: str | None = None) -> Verdict:
    """Check a certificate: a JWT, or a PNG, SVG or PDF that carries one.

    Parameters
    ----------
    data
        The file.
    trust
        Folder with the issuer's ``issuer.json`` and ``status.jwt``.
    now
        The moment to check for; the present one when not given.
    holder
        Name or e-mail address of the person it should be for.

    Raises
    ------
    CertificateFileError
        When the issuer's own file cannot be read.
    """
    profile = read_profile(trust / FILE)
    moment = now or present()
    try:
        opened = _open(data, profile, moment)
    except RefusedError as refused:
        return Verdict(False, (refused.code,))
    found = tuple(_faults(opened, profile, trust, moment, holder))
    return Verdict(not found, found, _shown(opened.claims))


def made_by_issuer(data: bytes, profile: Profile, now: datetime) -> Opened:
    """Return a certificate of which every part is as the issuer made it, whether it still holds or not.

    Raises
    ------
    RefusedError
        When a part is not, or when somebody else can have made it: the key is compromised, or was not in use.
    """
    opened = _open(data, profile, now)
    if opened.claims.issuer.id != profile.id:
        raise RefusedError("wrong_issuer")
    if not opened.key.used_at(opened.claims.valid_from):
        raise RefusedError("key_retired")
    if not _is_its_picture(opened):
        raise RefusedError("picture_altered")
    return opened


def _open(data: bytes, profile: Profile, now: datetime) -> Opened:
    """Return what the issuer signed in a file."""
    carried = _carried(data, profile, now)
    signed = read_signed(carried.token, profile)
    claims = read_claims(signed.claims)
    if signed.key.compromised:
        raise RefusedError("key_compromised")
    if carried.pdf_key is not None and carried.pdf_key.kid != signed.key.kid:
        raise RefusedError("pdf_credential_mismatch")
    return Opened(claims, signed.key, carried)


def _is_its_picture(opened: Opened) -> bool:
    carried = opened.carried
    expected = opened.claims.digest_of(carried.media) or ""
    return not carried.media or hmac.compare_digest(expected, digest(carried.picture))


def _carried(data: bytes, profile: Profile, now: datetime) -> Carried:
    """Return the credential of a file; its content says what it is, never its name."""
    if len(data) > LARGEST:
        raise RefusedError("too_large")
    if data.startswith(PNG_SIGNATURE):
        taken = take_from_png(data)
        return Carried(taken.token, PNG, taken.picture)
    if data.startswith(b"%PDF-"):
        attached = take_from_pdf(data, profile, now)
        return Carried(attached.token, pdf_key=attached.key)
    text = data.strip()
    if text.startswith(b"<"):
        taken = take_from_svg(data)
        return Carried(taken.token, SVG, taken.picture)
    return Carried(text.decode("ascii", "replace"))


def _faults(
    opened: Opened, profile: Profile, trust: Path, now: datetime, holder: str | None
) -> Iterator[str]:
    """Yield every reason against a certificate whose signature fits, always in this order."""
    claims = opened.claims
    if claims.issuer.id != profile.id:
        yield "wrong_issuer"
    if not opened.key.used_at(claims.valid_from):
        yield "key_retired"
    if now > claims.valid_until:
        yield "expired"
    # No list can know of a certificate that is yet to be issued.
    if now + LEEWAY < claims.valid_from:
        yield "not_yet_valid"
    elif code := _code(lambda: check_status(claims.status, claims.valid_from, trust, profile, now)):
        yield code
    if not _is_its_picture(opened):
        yield "picture_altered"
    if holder is not None and not _is_for(claims, holder):
        yield "other_person"


def _code(check: Callable[[], None]) -> str:
    try:
        check()
    except RefusedError as refused:
        return refused.code
    return ""


def _is_for(claims: Claims, holder: str) -> bool:
    """Tell whether a certificate is for the person of a name, or of an e-mail address where it knows one."""
    if "@" not in holder:
        return _folded(claims.holder) == _folded(holder)
    for each in claims.subject.identifiers:
        if each.kind == "emailAddress" and each.hashed:
            asked = IdentityObject.create(holder.strip().lower(), salt=each.salt).identity_hash
            if hmac.compare_digest(asked, each.value.lower()):
                return True
    return False


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _shown(claims: Claims) -> dict[str, Any]:
    """Return what a certificate says, for people."""
    asked = {each.id: each for each in claims.subject.achievement.descriptions}
    return {
        "name": claims.subject.achievement.name,
        "holder": claims.holder,
        "issuer": claims.issuer.name,
        "passed": iso(claims.awarded),
        "issued": iso(claims.valid_from),
        "expires": iso(claims.valid_until),
        "results": [
            {
                "name": asked[each.described].name,
                "value": each.value,
                "required": asked[each.described].required,
            }
            for each in claims.subject.results
            if each.described in asked
        ],
        "evidence": [{"name": each.name, "narrative": each.narrative} for each in claims.evidence],
        "id": claims.id,
    }
