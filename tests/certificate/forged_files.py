"""Pictures and pages that do not hold: a credential moved, doubled, hidden, or a page changed after it was signed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from grader.certificate import baking
from grader.certificate.issuer import Issuer, init_issuer
from grader.certificate.pdf import sign_page
from grader.certificate.picture import draw_page
from grader.certificate.typesetting import Fonts
from tests.certificate.making import Made, World, drawn

Forged = tuple[str, str, str, bytes]
"""Name, reason, kind of file, content."""
_HEAD = baking.PNG_SIGNATURE


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def before_end(png: bytes, more: bytes) -> bytes:
    """Return a PNG with more in front of its last chunk."""
    return png[:-12] + more + png[-12:]


def pngs(world: World, other: Made) -> Iterator[Forged]:
    """Yield PNGs."""
    whole, token = world.genuine.files["png"], world.genuine.files["jwt"].decode()
    plain, others = drawn(world.genuine).png, drawn(other).png
    keyword = b"openbadgecredential"
    yield "another person's picture", "picture_altered", "png", baking.put_into_png(others, token)
    doubled = baking.put_into_png(whole, other.files["jwt"].decode())
    yield "two credentials in a PNG", "several_credentials", "png", doubled
    yield "no credential in a PNG", "not_a_certificate", "png", plain
    older = before_end(plain, chunk(b"iTXt", b"openbadges\0\0\0\0\0" + token.encode()))
    yield "credential of an older kind", "not_a_certificate", "png", older
    at = whole.index(keyword) + 200
    yield "a letter of the credential changed", "picture_damaged", "png", whole[:at] + b"?" + whole[at + 1 :]
    yield "broken checksum", "picture_damaged", "png", whole[:-1] + bytes([whole[-1] ^ 1])
    yield "something behind a PNG", "picture_damaged", "png", whole + b"more"
    yield "a PNG behind a PNG", "picture_damaged", "png", whole + whole
    yield "PNG cut off in the picture", "truncated", "png", whole[: len(plain) // 2]
    yield "PNG cut off before its end", "truncated", "png", whole[:-12]
    yield "PNG without its head", "picture_damaged", "png", _HEAD + whole[len(_HEAD) + 25 :]
    bomb = chunk(b"iTXt", keyword + b"\0\1\0\0\0" + zlib.compress(b"e" * 50_000_000))
    yield "credential that unpacks to 50 MB", "picture_unsafe", "png", before_end(plain, bomb)
    packed = chunk(b"iTXt", keyword + b"\0\1\0\0\0" + zlib.compress(token.encode()))
    yield "packed credential", "picture_unsafe", "png", before_end(plain, packed)
    text = chunk(b"tEXt", b"Comment\0Awarded with honours")
    yield "text added to a PNG", "picture_altered", "png", before_end(whole, text)
    yield "larger than any", "too_large", "png", before_end(whole, chunk(b"tEXt", b"A\0" + b"a" * 10_000_000))
    revoked = world.revoked.files["png"]
    yield "revoked PNG", "revoked", "png", revoked


def svgs(world: World, other: Made) -> Iterator[Forged]:
    """Yield SVGs."""
    whole, token = world.genuine.files["svg"], world.genuine.files["jwt"].decode()
    plain, others = drawn(world.genuine).svg, drawn(other).svg
    element = re.search(rb"<openbadges:credential[^>]*/>", whole)
    assert element is not None
    second = element[0].replace(b"openbadges:", b"x:").replace(b"xmlns:openbadges", b"xmlns:x")
    yield "another person's drawing", "picture_altered", "svg", baking.put_into_svg(others, token)
    yield "two credentials in an SVG", "several_credentials", "svg", whole.replace(element[0], element[0] * 2)
    hidden = whole.replace(element[0], element[0] + b"<g>" + second + b"</g>")
    yield "a second credential under another prefix", "several_credentials", "svg", hidden
    yield "no credential in an SVG", "not_a_certificate", "svg", plain
    commented = plain.replace(b"</svg>", b"<!--" + element[0] + b"--></svg>")
    yield "credential in a comment", "not_a_certificate", "svg", commented
    both = whole.replace(element[0], element[0] + b"<!--" + element[0] + b"-->")
    yield "credential and one in a comment", "picture_altered", "svg", both
    entity = whole.replace(b"<svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg', 1)
    yield "entity", "picture_unsafe", "svg", entity
    laughs = b'<!DOCTYPE svg [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield "entities that grow", "picture_unsafe", "svg", whole.replace(b"<svg", laughs + b"<svg", 1)
    yield (
        "foreign entity",
        "picture_unsafe",
        "svg",
        whole.replace(b"<svg", b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg', 1),
    )
    yield (
        "text drawn over",
        "picture_altered",
        "svg",
        whole.replace(b"</svg>", b"<text>With honours</text></svg>"),
    )
    yield "script", "picture_altered", "svg", whole.replace(b"</svg>", b"<script>alert(1)</script></svg>")
    yield "credential written otherwise", "picture_altered", "svg", whole.replace(b' verify="', b'  verify="')
    yield "SVG cut off", "truncated", "svg", whole[: len(whole) // 2]
    yield "SVG that is no XML", "picture_damaged", "svg", whole.replace(b"</title>", b"</titel>")
    yield "SVG with broken letters", "picture_damaged", "svg", whole.replace("Ž".encode(), b"\xff\xfe", 1)
    listed = b"<list>" + element[0] + b"<svg></svg></list>"
    yield "another kind of XML", "truncated", "svg", listed
    yield "another kind of XML with the same end", "picture_damaged", "svg", listed + b"</svg>"
    yield (
        "drawing in another drawing",
        "picture_altered",
        "svg",
        b"<svg>" + whole[whole.index(b"<svg") :] + b"</svg>",
    )


def pdfs(world: World, other: Made) -> Iterator[Forged]:
    """Yield PDFs."""
    whole = world.genuine.files["pdf"]
    made = world.genuine
    unsigned = draw_page(made.passed, made.entry, world.issuer.profile, made.files["jwt"].decode(), Fonts())
    yield "PDF without a signature", "pdf_unsigned", "pdf", unsigned
    at = whole.index(b"/ByteRange")
    yield "signature taken out of a PDF", "pdf_unsigned", "pdf", whole[:at] + b"/Unsigned_" + whole[at + 10 :]
    at = whole.index(b"stream\n", 2000) + 60
    yield (
        "a byte of the page changed",
        "pdf_changed",
        "pdf",
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
    )
    yield "PDF with more behind its end", "pdf_changed", "pdf", whole + b"\n% more\n%%EOF\n"
    yield "PDF with an update", "pdf_changed", "pdf", _updated(whole)
    yield "PDF cut off", "truncated", "pdf", whole[: len(whole) // 2]
    name = whole.replace(b"credential.jwt", b"credential.txt", 1)
    yield "attachment renamed", "pdf_changed", "pdf", name
    hole = re.search(rb"0{200}>\n/ByteRange", whole)
    assert hole is not None
    yield (
        "something in the place of the signature",
        "pdf_changed",
        "pdf",
        (whole[: hole.start() + 100] + b"ab" + whole[hole.start() + 102 :]),
    )
    theirs = draw_page(other.passed, other.entry, world.issuer.profile, made.files["jwt"].decode(), Fonts())
    mallory = _stranger(world)
    yield (
        "PDF signed by somebody else",
        "pdf_signer_unknown",
        "pdf",
        sign_page(theirs, mallory, mallory.profile.current),
    )
    yield (
        "PDF signed with another key of the issuer",
        "pdf_credential_mismatch",
        "pdf",
        sign_page(unsigned, world.issuer, world.retired),
    )
    bare = draw_page(made.passed, made.entry, world.issuer.profile, "I have passed.", Fonts())
    yield (
        "signed PDF with another attachment",
        "not_a_certificate",
        "pdf",
        sign_page(bare, world.issuer, world.current),
    )
    again = b"\n<</Type /Sig /ByteRange [0 10 20 30]>>\n%%EOF\n"
    yield "PDF with a second signature", "pdf_changed", "pdf", whole + again
    yield "PDF of a revoked certificate", "revoked", "pdf", world.revoked.files["pdf"]
    yield "PDF that is none", "truncated", "pdf", b"%PDF-1.7\nnothing"
    yield "unsigned PDF that is none", "pdf_unsigned", "pdf", b"%PDF-1.7\n%%EOF"


def _updated(pdf: bytes) -> bytes:
    """Return a PDF with a new title, written behind the old one as editors do."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.set_info(DictionaryObject({NameObject("/Title"): TextStringObject("With honours")}))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _stranger(world: World) -> Issuer:
    """Return an issuer of the same name and address who is somebody else."""
    profile = world.issuer.profile
    return init_issuer(world.issuer.folder.root.parent / "stranger", profile.name, profile.url, anywhere=True)
