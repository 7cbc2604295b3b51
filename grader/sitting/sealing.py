"""A form of an exam, sealed until its trainee types the opening code.

The key comes from the code by scrypt (RFC 7914); the encounters are encrypted with AES-256-GCM (NIST SP 800-38D), and what
can be read without the code is bound to them: whoever changes the time limit can no longer open the form.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from grader.errors import CourseError, SittingFileError

EXAM = "exam.json"
CODE_LENGTH = 16
_COST = {"n": 2**15, "r": 8, "p": 1}
_MEMORY = 64 * 2**20  # scrypt needs 128·n·r bytes, 32 MB
_KEY, _CHECK = 32, 16
_SALT, _NONCE = 16, 12
_TWINS = str.maketrans("018", "OIB")  # base 32 has letters and 2 to 7
_DAMAGED = "it is damaged, or was changed after it was released"
_FETCH = "Fetch the exam again; your answers stay where they are"


def opening_code(typed: str) -> str:
    """Return an opening code as it was made, however it was typed: small letters, blanks, hyphens, 0 for O, 1 for I.

    Raises
    ------
    CourseError
        When it cannot be one.
    """
    letters = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", typed[:200])).upper().translate(_TWINS)
    if re.fullmatch(f"[A-Z2-7]{{{CODE_LENGTH}}}", letters):
        return letters
    if len(letters) != CODE_LENGTH:
        raise CourseError(
            f"An opening code has {CODE_LENGTH} letters and digits; this one has {len(letters)}."
            " Type it as your instructor gave it to you."
        )
    raise CourseError("An opening code has letters and the digits 2 to 7 alone. Look at it again.")


def seal(public: bytes, readable: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Return the content of an ``exam.json``.

    Parameters
    ----------
    public
        What is sealed: the public part of the encounters.
    readable
        What can be read without the code.
    code
        The opening code.

    Raises
    ------
    CourseError
        When the code is none.
    """
    # Imported where it is needed: the record of a sitting is read without it.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    key, check = _derived(code, salt)
    parts = {"salt": _to_text(salt), "nonce": _to_text(nonce), "check": _to_text(check)}
    data = {**readable, "seal": {"kdf": "scrypt", **_COST, **parts}}
    return {**data, "sealed": _to_text(AESGCM(key).encrypt(nonce, public, _canonical(data)))}


def unseal(data: Mapping[str, Any], code: str) -> bytes:
    """Return what is sealed in the content of an ``exam.json``.

    Raises
    ------
    CourseError
        When the code does not open it.
    SittingFileError
        When the file is damaged, or anything in it was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    seal_of = data.get("seal")
    if not isinstance(seal_of, dict) or {name: seal_of.get(name) for name in ("kdf", *_COST)} != {
        "kdf": "scrypt",
        **_COST,
    }:
        raise SittingFileError(EXAM, "seal", _DAMAGED, _FETCH)
    salt, nonce = _bytes(seal_of, "salt", _SALT), _bytes(seal_of, "nonce", _NONCE)
    sealed = _bytes(data, "sealed")
    key, check = _derived(code, salt)
    if not hmac.compare_digest(check, _bytes(seal_of, "check", _CHECK)):
        raise CourseError(
            "This code does not open this exam. Look whether it is typed right, and whether it is yours: everybody has"
            " another one."
        )
    readable = {name: value for name, value in data.items() if name != "sealed"}
    try:
        return AESGCM(key).decrypt(nonce, sealed, _canonical(readable))
    except InvalidTag:
        raise SittingFileError(EXAM, "", _DAMAGED, _FETCH) from None


def _derived(code: str, salt: bytes) -> tuple[bytes, bytes]:
    """Return the key, and by what a wrong code is told from a changed file; one does not lead to the other."""
    made = hashlib.scrypt(
        opening_code(code).encode("ascii"), salt=salt, dklen=_KEY + _CHECK, maxmem=_MEMORY, **_COST
    )
    return made[:_KEY], made[_KEY:]


def _canonical(readable: Mapping[str, Any]) -> bytes:
    return json.dumps(readable, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def _to_text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(data: Mapping[str, Any], name: str, length: int | None = None) -> bytes:
    try:
        value = base64.b64decode(data[name], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        value = b""
    if not value or (length is not None and len(value) != length):
        raise SittingFileError(EXAM, name, _DAMAGED, _FETCH)
    return value
