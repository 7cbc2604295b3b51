"""The container of a PDF's signature (CMS, RFC 5652), of which the issuer makes one kind: all but three parts is always the same.

The three are the published certificate, the attributes that are signed and the signature.  What a container is made of them
is made again and compared, so that nothing can stand in it that no key covers.  The page that checks certificates
(``verify/pdfsignature.js``) does the same in the same order.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey

from grader.certificate.der import FIRST, INTEGER, OCTETS, OID, SEQUENCE, SET, first, inside, parts, write
from grader.certificate.reasons import RefusedError

_VERSION = bytes.fromhex("020101")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_SHA_256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA_256 = bytes.fromhex("300a06082a8648ce3d040302")
_DIGEST = bytes.fromhex("06092a864886f70d010904")


@dataclass(frozen=True, slots=True)
class Container:
    """A signature as it was found.

    Parameters
    ----------
    certificate
        That it brings with it (DER).
    attributes, signature
        What was signed, and the signature.
    whole
        All of the container.
    """

    certificate: bytes
    attributes: bytes
    signature: bytes
    whole: bytes

    def covers(self, data: bytes, certificate: bytes) -> bool:
        """Tell whether the key of a published certificate signed just this (RFC 5652, 5.4 and 5.6), and all is as usual."""
        public = x509.load_der_x509_certificate(certificate).public_key()
        if self.whole != self._as_usual(certificate) or not isinstance(public, EllipticCurvePublicKey):
            return False
        try:
            public.verify(self.signature, write(SET, self.attributes), ECDSA(hashes.SHA256()))
            return _digest_in(self.attributes) == hashlib.sha256(data).digest()
        except (InvalidSignature, ValueError):
            return False

    def _as_usual(self, certificate: bytes) -> bytes:
        """Return the container that the issuer makes of these parts."""
        signer = write(
            SEQUENCE,
            _VERSION,
            _signer(certificate),
            _SHA_256,
            write(FIRST, self.attributes),
            _ECDSA_SHA_256,
            write(OCTETS, self.signature),
        )
        content = write(
            SEQUENCE, _VERSION, write(SET, _SHA_256), _DATA, write(FIRST, certificate), write(SET, signer)
        )
        return write(SEQUENCE, _SIGNED_DATA, write(FIRST, content))


def read_container(data: bytes) -> Container:
    """Read the place of a signature, which it fills up with zeros.

    Raises
    ------
    RefusedError
        ``pdf_changed`` when there is no signature of the usual kind in it.
    """
    try:
        whole = first(data)
        if whole.tag != SEQUENCE or any(data[len(whole.whole) :]):
            raise ValueError("there is something beside it")
        content = inside(inside(whole.content, OID, FIRST)[1].content, SEQUENCE)[0].content
        certificates, signers = inside(content, INTEGER, SET, SEQUENCE, FIRST, SET)[3:]
        certificate = inside(certificates.content, SEQUENCE)[0].whole
        signer = inside(signers.content, SEQUENCE)[0].content
        attributes, _, signature = inside(signer, INTEGER, SEQUENCE, SEQUENCE, FIRST, SEQUENCE, OCTETS)[3:]
    except ValueError:
        raise RefusedError("pdf_changed") from None
    return Container(certificate, attributes.content, signature.content, whole.whole)


def _signer(certificate: bytes) -> bytes:
    """Return the name by which a signature calls its certificate: issuer and number (RFC 5652, 10.2.4)."""
    body = parts(first(certificate).content)[0]
    _, number, _, issuer, *_ = parts(body.content)
    return write(SEQUENCE, issuer.whole, number.whole)


def _digest_in(attributes: bytes) -> bytes:
    """Return the one digest among the attributes that are signed."""
    found = [part.content for part in parts(attributes) if part.content.startswith(_DIGEST)]
    if len(found) != 1:
        raise ValueError("it has no digest")
    return inside(inside(found[0], OID, SET)[1].content, OCTETS)[0].content
