"""A credential in a picture (Open Badges 3.0, 5.3): put in by the library, taken out with a distrust of its own.

Taking it out gives back the picture byte for byte as it was before, so that its digest can be compared.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from openbadgeslib import baking

from grader.certificate.reasons import RefusedError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = baking.ITXT_KEYWORD_OB3
# Keyword, not compressed, no language, no translated keyword.
_TEXT_HEAD = _KEYWORD + b"\0\0\0\0\0"
_ELEMENT = re.compile(
    rb'<openbadges:credential xmlns:openbadges="https://purl\.imsglobal\.org/ob/v3p0" verify="([A-Za-z0-9_.-]+)"/>'
)
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taken:
    """A credential, and what carried it without it."""

    token: str
    picture: bytes


def put_into_png(picture: bytes, token: str) -> bytes:
    """Return a PNG with a credential in it."""
    return baking.bake_png(picture, token, keyword=_KEYWORD)


def put_into_svg(picture: bytes, token: str) -> bytes:
    """Return an SVG with a credential in it."""
    return baking.bake_svg(picture, token, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3)


def take_from_png(data: bytes) -> Taken:
    """Return the one credential of a PNG.

    Raises
    ------
    RefusedError
        When there is none or more than one, or the file is not whole or holds it otherwise than it is put in.
    """
    found = [
        (start, end, text)
        for kind, start, end, text in _chunks(data)
        if kind == b"iTXt" and text.split(b"\0", 1)[0] == _KEYWORD
    ]
    if not found:
        raise RefusedError("not_a_certificate")
    if len(found) > 1:
        raise RefusedError("several_credentials")
    start, end, text = found[0]
    # What is compressed can grow without bounds; a certificate's never is.
    if not text.startswith(_TEXT_HEAD) or not text.isascii():
        raise RefusedError("picture_unsafe")
    return Taken(text[len(_TEXT_HEAD) :].decode("ascii"), data[:start] + data[end:])


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    """Yield kind, start, end and content of each chunk of a PNG that is whole (PNG 3rd edition, 5.3)."""
    at, kind, first = len(PNG_SIGNATURE), b"", True
    while kind != b"IEND":
        if at + 12 > len(data):
            raise RefusedError("truncated")
        size = int.from_bytes(data[at : at + 4])
        end = at + 12 + size
        if end > len(data):
            raise RefusedError("truncated")
        kind, text = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise RefusedError("picture_damaged")
        if first and kind != b"IHDR":
            raise RefusedError("picture_damaged")
        yield kind, at, end, text
        at, first = end, False
    if at != len(data):
        raise RefusedError("picture_damaged")


def take_from_svg(data: bytes) -> Taken:
    """Return the one credential of an SVG.

    Raises
    ------
    RefusedError
        When there is none or more than one, or the file is not whole or holds it otherwise than it is put in.
    """
    # Nothing is declared in a certificate; whoever declares entities wants to say one thing and show another.
    if _DECLARED.search(data) or b"\0" in data:
        raise RefusedError("picture_unsafe")
    if not data.rstrip().endswith(b"</svg>"):
        raise RefusedError("truncated")
    credentials = _count(data)
    if credentials != 1:
        raise RefusedError("several_credentials" if credentials else "not_a_certificate")
    found = list(_ELEMENT.finditer(data))
    if len(found) != 1:
        raise RefusedError("picture_altered")
    start, end = found[0].span()
    return Taken(found[0][1].decode("ascii"), data[:start] + data[end:])


def _count(data: bytes) -> int:
    """Return how many credentials an SVG holds, whatever prefix they have."""
    names: list[str] = []
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: names.append(name)
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise RefusedError("picture_damaged") from None
    if not names or names[0].rsplit(" ", 1)[-1] != "svg":
        raise RefusedError("not_a_certificate")
    return sum(name.rsplit(" ", 1)[-1] == "credential" for name in names)


def _refuse(*_: object) -> None:
    raise RefusedError("picture_unsafe")
