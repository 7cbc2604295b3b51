"""Signing as Open Badges 3.0 asks: a compact JWT, EdDSA, whose ``kid`` is the address of the public key."""

from __future__ import annotations

from typing import Any

import jwt
from openbadgeslib.ob3 import OB3Signer

ALGORITHM = "EdDSA"


class Signer(OB3Signer):
    """Signs for one key.

    The library writes the public key itself into every signature; here the signature names it, so that nobody takes a
    key from the very thing that is to be checked.
    """

    def __init__(self, pem: bytes, kid: str) -> None:
        super().__init__(pem, ALGORITHM)
        self._kid = kid

    def sign_payload(self, payload: dict[str, Any]) -> str:
        """Return a payload, signed."""
        return jwt.encode(payload, self.privkey_pem, algorithm=ALGORITHM, headers={"kid": self._kid})
