"""The signature of a certificate's PDF (PAdES, ECDSA P-256), over the whole file.

The check first compares digest and signature itself, without reading the PDF as a PDF: only what the issuer has signed, byte
for byte, is given to the reader of PDFs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TypeVar

from asn1crypto import keys  # type: ignore[import-untyped]  # it has no types
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from grader.certificate.container import read_container
from grader.certificate.issuer import Issuer
from grader.certificate.keys import private_key
from grader.certificate.profile import Profile, PublishedKey
from grader.certificate.reasons import RefusedError

ATTACHMENT = "credential.jwt"
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_HEX = re.compile(rb"<([0-9A-Fa-f]{2,65536})>")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Attached:
    """The credential in a PDF, and the key that the PDF is signed with."""

    token: str
    key: PublishedKey


def sign_page(pdf: bytes, issuer: Issuer, key: PublishedKey) -> bytes:
    """Return a PDF with the issuer's signature, after which nothing in it may change."""
    pem = serialization.load_pem_private_key(private_key(issuer.folder, key, "-pdf"), None)
    der = pem.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.pdf.der),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # it has no types
    )
    about = PdfSignatureMetadata(
        field_name="Issuer",
        md_algorithm="sha256",
        name=issuer.profile.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signed: BytesIO = _aside(lambda: sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), about, signer=signer))
    return signed.getvalue()


def _aside(work: Callable[[], Result]) -> Result:
    """Do something in a thread of its own: pyHanko starts an event loop, and a notebook has one already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def take_from_pdf(data: bytes, profile: Profile, now: datetime) -> Attached:
    """Return the credential of a PDF that the issuer signed and nobody changed.

    Raises
    ------
    RefusedError
        ``truncated``, ``pdf_unsigned``, ``pdf_changed``, ``pdf_signer_unknown``, ``several_credentials`` or
        ``not_a_certificate``.
    """
    key = _signed_whole(data, profile)
    reader = PdfFileReader(BytesIO(data))
    if not _is_good(reader, key, now):
        raise RefusedError("pdf_changed")
    return Attached(_attachment(reader), key)


def _is_good(reader: PdfFileReader, key: PublishedKey, now: datetime) -> bool:
    """Tell whether pyHanko finds the one signature of a PDF good, which the issuer's key is known to have made."""
    trusted = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(key.pdf.der)],
        allow_fetching=False,
        # A clock that is behind says nothing against a signature.
        moment=max(now, key.from_),
    )
    signatures = reader.embedded_signatures
    try:
        status = (
            _aside(lambda: validate_pdf_signature(signatures[0], trusted)) if len(signatures) == 1 else None
        )
    except (ValueError, TypeError, LookupError, AttributeError):
        # What no key covers, such as the name of the signer, can be broken still; it answers that in many ways.
        return False
    return status is not None and status.bottom_line and status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _signed_whole(data: bytes, profile: Profile) -> PublishedKey:
    """Return the issuer's key whose signature covers every byte of a file but its own."""
    ranges = _RANGE.findall(data)
    if not data.rstrip().endswith(b"%%EOF"):
        raise RefusedError("truncated")
    if not ranges:
        raise RefusedError("pdf_unsigned")
    if len(ranges) != 1:
        raise RefusedError("pdf_changed")
    start, before, after, rest = (int(number) for number in ranges[0])
    contents = _HEX.fullmatch(data, before, after)
    if start != 0 or after + rest != len(data) or contents is None:
        raise RefusedError("pdf_changed")
    found = read_container(bytes.fromhex(contents[1].decode("ascii")))
    key = profile.pdf_key(found.certificate)
    if key is None:
        raise RefusedError("pdf_signer_unknown")
    if not found.covers(data[:before] + data[after:], key.pdf.der):
        raise RefusedError("pdf_changed")
    return key


def _attachment(reader: PdfFileReader) -> str:
    """Return the credential attached to a PDF whose every byte the issuer signed."""
    names = reader.root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    found = [names[at + 1] for at in range(0, len(names), 2) if str(names[at]) == ATTACHMENT]
    if len(found) != 1:
        raise RefusedError("several_credentials" if found else "not_a_certificate")
    data: bytes = found[0].get_object()["/EF"]["/F"].data
    return data.decode("ascii", "replace")
