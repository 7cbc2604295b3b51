"""Which certificate a file is, before it is withdrawn: a file that somebody has tampered with must not take another's down."""

from __future__ import annotations

from datetime import datetime

from grader.certificate.claims import Claims
from grader.certificate.credential import iso
from grader.certificate.issuer import Issuer
from grader.certificate.registry import read_registry
from grader.certificate.verify import Opened, made_by_issuer
from grader.errors import CourseError


def certificate_in(data: bytes, issuer: Issuer, now: datetime) -> Claims:
    """Return what a certificate says that this issuer made and registered, whether it still holds or not.

    Raises
    ------
    CourseError
        When any part of the file is not as the issuer made it, or it disagrees with the registry.
    """
    opened = made_by_issuer(data, issuer.profile, now)
    if differing := _differing(opened, issuer):
        raise CourseError(f"Your registry says otherwise of this certificate: {', '.join(differing)}.")
    return opened.claims


def _differing(opened: Opened, issuer: Issuer) -> list[str]:
    """Return in what a certificate is not the one that was registered; of the holder the registry knows no name."""
    claims = opened.claims
    entry = read_registry(issuer.folder).by_id(claims.id)
    if entry is None:
        return ["no certificate has its number"]
    pairs = {
        "the key": (opened.key.short, entry.key),
        "the day of issue": (iso(claims.valid_from), iso(entry.issued)),
        "the last day": (iso(claims.valid_until), iso(entry.expires)),
        "the place in the list of withdrawn ones": (claims.status.index, entry.index),
    }
    return [name for name, (said, registered) in pairs.items() if said != registered]
