"""What an issuer publishes: ``issuer.json`` with its name and public keys, by which its certificates are checked."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from grader.errors import CertificateFileError
from grader.library.files import FileModel

FILE = "issuer.json"
STATUS = "status.jwt"
CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
LARGEST = 1_000_000
"""Bytes of the largest ``issuer.json`` or list that is read."""
_Base64Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


class Jwk(FileModel):
    """A public Ed25519 key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: _Base64Url

    @property
    def raw(self) -> bytes:
        """The 32 bytes of the key."""
        return base64.urlsafe_b64decode(self.x + "=")


class PdfKey(FileModel):
    """The certificate (X.509) that PDFs are signed with."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    certificate: str

    @property
    def der(self) -> bytes:
        """The certificate's bytes."""
        return base64.b64decode(self.certificate)


class PublishedKey(FileModel):
    """One pair of keys, and when it was used: from ``from`` until ``until``, or until now."""

    kid: str
    jwk: Jwk
    pdf: PdfKey
    from_: Annotated[AwareDatetime, Field(alias="from")]
    until: AwareDatetime | None
    compromised: bool

    @property
    def short(self) -> str:
        """The key's name in the issuer's folder."""
        return self.kid.rsplit("/", 1)[-1].removesuffix(".json")

    def used_at(self, moment: datetime) -> bool:
        """Tell whether the issuer signed with it at a moment."""
        return self.from_ <= moment and (self.until is None or moment <= self.until)


class Profile(FileModel):
    """A whole ``issuer.json``: an Open Badges Profile, with the keys."""

    context: Annotated[tuple[str, ...], Field(alias="@context")] = CONTEXT
    schema_: Annotated[Literal["issuer/1"], Field(alias="schema")] = "issuer/1"
    id: str
    type: tuple[Literal["Profile"]] = ("Profile",)
    name: str
    url: str
    keys: Annotated[tuple[PublishedKey, ...], Field(min_length=1)]
    status: Literal["status.jwt"] = "status.jwt"

    @property
    def current(self) -> PublishedKey:
        """The key that is signed with now."""
        return self.keys[-1]

    @property
    def status_url(self) -> str:
        """Where the list of withdrawn certificates is published."""
        return f"{self.url}issuer/{self.status}"

    @property
    def verify_url(self) -> str:
        """The page that checks a certificate."""
        return f"{self.url}book/verify.html"

    def key(self, kid: object) -> PublishedKey | None:
        """Return the key of an id."""
        return next((key for key in self.keys if key.kid == kid), None)

    def pdf_key(self, certificate: bytes) -> PublishedKey | None:
        """Return the key whose PDFs are signed with a certificate."""
        digest = hashlib.sha256(certificate).hexdigest()
        return next((key for key in self.keys if key.pdf.sha256 == digest), None)

    def as_json(self) -> bytes:
        """Return the text of ``issuer.json``."""
        return self.model_dump_json(by_alias=True, indent=2).encode("utf-8") + b"\n"


def read_profile(path: Path) -> Profile:
    """Read an ``issuer.json``.

    Raises
    ------
    CertificateFileError
        When it is missing, too large or not one.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CertificateFileError(
            path,
            "",
            f"it cannot be read: {error.strerror or error}",
            "Name the issuer's folder, or the folder issuer/ of the published course, with --issuer",
        ) from error
    try:
        profile = Profile.model_validate_json(data if len(data) <= LARGEST else b"")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CertificateFileError(
            path, where, first["msg"], "Take the file as the issuer published it"
        ) from None
    for key in profile.keys:
        if hashlib.sha256(key.pdf.der).hexdigest() != key.pdf.sha256:
            raise CertificateFileError(
                path,
                f"keys.{key.short}.pdf",
                "the certificate and its digest differ",
                "Take the file as published",
            )
    return profile
