"""Keys of an issuer: Ed25519 for credentials and lists, ECDSA P-256 with a certificate of its own for PDFs."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from grader.certificate.folder import IssuerFolder
from grader.certificate.profile import PublishedKey
from grader.errors import CertificateFileError

# RFC 5280, 4.1.2.5: "no well-defined expiration date".  When a key was used, issuer.json says.
_NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_LONGEST_NAME = 64  # of a common name, in characters: X.520


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A new pair of keys: what is published of it, and its private files by name."""

    published: PublishedKey
    files: dict[str, bytes]


def make_keys(issuer: str, url: str, now: datetime) -> NewKeys:
    """Make keys for an issuer of a name whose book is published at ``url``."""
    credential, pdf = Ed25519PrivateKey.generate(), generate_private_key(SECP256R1())
    raw = credential.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    short = f"{now:%Y-%m-%d}-{hashlib.sha256(raw).hexdigest()[:8]}"
    certificate = _certificate(issuer, pdf, now)
    published = PublishedKey.model_validate(
        {
            "kid": f"{url}issuer/keys/{short}.json",
            "jwk": {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).decode().rstrip("=")},
            "pdf": {
                "sha256": hashlib.sha256(certificate).hexdigest(),
                "certificate": base64.b64encode(certificate).decode(),
            },
            "from": now,
            "until": None,
            "compromised": False,
        }
    )
    files = {f"{short}.pem": _pem(credential), f"{short}-pdf.pem": _pem(pdf), f"{short}-pdf.crt": certificate}
    return NewKeys(published, files)


def _pem(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certificate(issuer: str, key: EllipticCurvePrivateKey, now: datetime) -> bytes:
    """Return a certificate that the key signs for itself: trust comes from issuer.json, not from an authority."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer[:_LONGEST_NAME])])
    signing = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(_NEVER)
        .add_extension(signing, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def private_key(folder: IssuerFolder, key: PublishedKey, kind: str = "") -> bytes:
    """Return a private key in PEM; ``kind`` is ``"-pdf"`` for the one that signs PDFs.

    Raises
    ------
    CertificateFileError
        When it is not there.
    """
    path = folder.keys / f"{key.short}{kind}.pem"
    try:
        return path.read_bytes()
    except OSError as error:
        raise CertificateFileError(
            path,
            "",
            f"the key cannot be read: {error.strerror or error}",
            "Bring it back from your copy of the folder, or make new keys: python -m grader keys rotate",
        ) from error


def as_jwk(key: PublishedKey) -> dict[str, Any]:
    """Return a public key as it stands at its address, the ``kid`` of all that it signed (Open Badges 3.0, 8.2.3)."""
    return {**key.jwk.model_dump(), "kid": key.kid, "alg": "EdDSA", "use": "sig"}
