"""A forgery for everybody to try the verify page with: the sample certificate with another name in it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path

from grader.certificate.baking import put_into_png, take_from_png

FORGED = "Somebody Else"


def write_altered(files: Sequence[Path]) -> Path:
    """Write the picture of a certificate anew, with another name in the statement that it carries, and return where.

    Nobody has the key to sign that statement, so its signature is the old one.
    """
    (picture,) = [path for path in files if path.suffix == ".png"]
    taken = take_from_png(picture.read_bytes())
    head, body, signature = taken.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    for identity in claims["credentialSubject"]["identifier"]:
        if identity["identityType"] == "name":
            identity["identityHash"] = FORGED
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode("utf-8")).rstrip(b"=").decode("ascii")
    path = picture.with_name(f"{picture.stem}-altered.png")
    path.write_bytes(put_into_png(taken.picture, f"{head}.{forged}.{signature}"))
    return path
