"""Drawing: the badge as PNG and SVG, and the certificate's page as PDF."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from xml.dom.minidom import parseString

import segno

from grader.certificate.credential import COURSE, Passed, iso, reached
from grader.certificate.profile import Profile
from grader.certificate.registry import Entry
from grader.certificate.typesetting import Fonts, press_for
from grader.decision.words import CRITERIA, is_share, percent
from grader.errors import CourseError
from grader.visible import short

# By these words the check finds signature and credential; a title stands in a PDF as it is written.
_OF_A_PDF = re.compile(r"/\s*(ByteRange|EmbeddedFile)")


@dataclass(frozen=True, slots=True)
class Pictures:
    """The badge before a credential is put into it."""

    png: bytes
    svg: bytes


def check_letters(passed: Passed, profile: Profile, fonts: Fonts) -> None:
    """Return when the fonts have every letter of a certificate, and no text spoils its PDF.

    Raises
    ------
    CourseError
        When they have not, with the letter and where it stands, or when a text does.
    """
    for text in _words(passed, profile).values():
        if found := _OF_A_PDF.search(text):
            raise CourseError(
                f"“{found[0]}” cannot stand on a certificate: a program that reads the PDF would take it for a part of the file."
                f" Change “{short(text)}”"
            )
    press_for(_words(passed, profile), fonts)


def draw_badge(passed: Passed, entry: Entry, profile: Profile, fonts: Fonts) -> Pictures:
    """Return the badge of a certificate.

    Raises
    ------
    CourseError
        When no font can draw what it has to show.
    """
    said = _said(passed, entry, profile)
    press = press_for(said, fonts)
    png, svg = (press.picture("badge.typ", said, kind) for kind in ("png", "svg"))
    label = f"{passed.award}: {passed.holder}. {passed.title}, passed {day(passed.sat)}, valid until {day(entry.expires)}."
    return Pictures(png, _labelled(svg, label))


def draw_page(passed: Passed, entry: Entry, profile: Profile, credential: str, fonts: Fonts) -> bytes:
    """Return the certificate as a tagged PDF (PDF/A-3a and PDF/UA-1) with the credential attached, not signed yet.

    Raises
    ------
    CourseError
        When no font can draw what it has to show.
    """
    said = _said(passed, entry, profile)
    more = {
        "verify": profile.verify_url,
        "results": json.dumps(_results(passed)),
        "facts": json.dumps(_facts(passed, entry)),
        "credential": credential,
        "code": segno.make(profile.verify_url, error="m").svg_inline(border=2, dark="#0b3a53"),
    }
    return press_for(said, fonts).pdf("certificate.typ", {**said, **more}, entry.issued)


def day(moment: datetime) -> str:
    """Return a date as people write it, in UTC as everything on a certificate."""
    shown = datetime.fromisoformat(iso(moment))
    return f"{shown.day} {shown:%B %Y}"


def _said(passed: Passed, entry: Entry, profile: Profile) -> dict[str, str]:
    dates = {"sat": day(passed.sat), "expires": day(entry.expires)}
    return {"course": COURSE, **_words(passed, profile), **dates}


def _words(passed: Passed, profile: Profile) -> dict[str, str]:
    """Return all on a certificate that people have chosen the words of."""
    return {
        "holder": passed.holder,
        "award": passed.award,
        "exam": passed.title,
        "description": passed.description,
        "issuer": profile.name,
    }


def _results(passed: Passed) -> list[list[str]]:
    rows = []
    for each in passed.criteria:
        if is_share(each):
            shown, asked = f"{reached(each)} %", f"at least {percent(each.limit)}"
        else:
            shown = f"{each.value:.0f} case{'s' * (each.value != 1)}"
            asked = f"at most {each.limit:.0f}"
        rows.append([CRITERIA[each.name], shown, asked])
    return rows


def _facts(passed: Passed, entry: Entry) -> list[list[str]]:
    return [
        ["Valid until", day(entry.expires)],
        ["Issued", day(entry.issued)],
        ["Code set", "ICD-10-CM " + ", ".join(passed.codeset)],
        ["Number", entry.number],
    ]


def _labelled(svg: bytes, label: str) -> bytes:
    """Return an SVG with its content in words, for those who do not see it, and spelled as it will be with a credential."""
    document = parseString(svg)
    root = document.getElementsByTagName("svg")[0]
    root.setAttribute("role", "img")
    title = document.createElement("title")
    title.appendChild(document.createTextNode(label))
    root.insertBefore(title, root.firstChild)
    text: str = document.toxml()
    return text.encode("utf-8")
