"""One certificate made: the credential, the badge as PNG and SVG with the credential in it, and the signed page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from grader.certificate import baking
from grader.certificate.credential import Passed, payload
from grader.certificate.folder import READABLE, put
from grader.certificate.issuer import Issuer
from grader.certificate.pdf import sign_page
from grader.certificate.picture import draw_badge, draw_page
from grader.certificate.profile import CONTEXT
from grader.certificate.registry import Entry
from grader.certificate.typesetting import Fonts

KINDS = ("jwt", "png", "svg", "pdf")


def make_certificate(issuer: Issuer, passed: Passed, entry: Entry, fonts: Fonts) -> Mapping[str, bytes]:
    """Return the contents of a certificate's files by their kind.

    Made anew for the same entry with the same fonts, all but the PDF are the same to the byte; its signature never is.

    Raises
    ------
    CourseError
        When no font can draw the holder's name.
    """
    key = next(key for key in issuer.profile.keys if key.short == entry.key)
    drawn = draw_badge(passed, entry, issuer.profile, fonts)
    claims = payload(passed, entry, issuer.profile, drawn.png, drawn.svg)
    token = issuer.signer(key).sign_payload(claims)
    page = draw_page(passed, entry, issuer.profile, token, fonts)
    _publish_achievement(issuer, passed.exam, claims["credentialSubject"]["achievement"])
    return {
        "jwt": token.encode("ascii"),
        "png": baking.put_into_png(drawn.png, token),
        "svg": baking.put_into_svg(drawn.svg, token),
        "pdf": sign_page(page, issuer, key),
    }


def _publish_achievement(issuer: Issuer, exam: str, achievement: Mapping[str, object]) -> None:
    """Publish what an exam earns, at the address that its certificates name."""
    folder = issuer.folder.public / "achievements"
    folder.mkdir(exist_ok=True)
    text = json.dumps({"@context": CONTEXT, **achievement}, ensure_ascii=False, indent=1)
    put(folder / f"{exam}.json", text.encode("utf-8"), READABLE)
