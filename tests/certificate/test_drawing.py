"""Badge and page: any name, no box in place of a letter, nothing of a name taken for code, and the same each time."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.dom.minidom import parseString

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from grader.certificate import typesetting
from grader.certificate.making import make_certificate
from grader.certificate.picture import day, draw_badge, draw_page
from grader.certificate.typesetting import PIXELS_PER_INCH, Fonts
from grader.certificate.verify import verify
from grader.errors import CourseError
from tests.certificate.fonts import font_with, without_system_fonts
from tests.certificate.making import issue

NAMES = {
    "Vietnamese": "Nguyễn Thị Ánh",
    "Greek": "Νίκος Παπαδόπουλος",
    "Cyrillic": "Олександра Їжакевич",
    "Hebrew": "דוד בן־גוריון",
    "Arabic": "محمد بن عبد الله",
    "Devanagari": "अनिता शर्मा",
    "marks on their own": "Zofia L\u0323\u0301ee",
    "one letter": "X",
    "very long": "Maximiliana Alexandra Friederike von und zu Hohenzollern-Sigmaringen-Württemberg-Oberschwaben "
    * 1,
    "markup": '<b onload="alert(1)">&amp;</b>]]>',
    "Typst's language": '#panic("x") $x$ *b* _i_ `r` \\ @a <l> = // ~ --- "q"',
}
RARE = "龘"


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a font that has one rare letter."""
    folder = tmp_path_factory.mktemp("fonts")
    font_with(RARE, folder / "rare.ttf")
    return folder


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_is_drawn_and_certified(world, name):
    """Names in many scripts, and names that look like code, get files that all hold and say just that name."""
    made = replace(world.genuine, passed=replace(world.genuine.passed, holder=name))
    files = make_certificate(world.issuer, made.passed, made.entry, Fonts())
    for kind, data in files.items():
        verdict = verify(data, world.trust, world.now)
        assert verdict.valid and verdict.shown["holder"] == name, kind
    page = PdfReader(BytesIO(files["pdf"]))
    assert len(page.pages) == 1 and page.metadata is not None
    assert page.metadata.title == f"Certified Back Pain Coder: {name}"


def test_a_letter_without_a_font_is_told(world, monkeypatch):
    """Where no font has a letter, nothing is drawn: the letter is named, and what can be done."""
    without_system_fonts(monkeypatch)
    strange = replace(world.genuine.passed, holder=f"Anna {RARE}")
    for draw in (draw_badge, lambda *arguments: draw_page(*arguments[:3], "a.b.c", arguments[3])):
        with pytest.raises(CourseError, match=rf"{RARE}.*CJK UNIFIED IDEOGRAPH-9F98.*--fonts DIR"):
            draw(strange, world.genuine.entry, world.issuer.profile, Fonts())


def test_a_named_font_draws_it(world, fonts):
    """With a folder of fonts that has the letter, the certificate is made, and holds."""
    made = issue(world.issuer, f"Anna {RARE}", world.genuine.entry.issued, fonts=Fonts((fonts,)))
    assert all(verify(data, world.trust, world.now).valid for data in made.files.values())
    assert b"OneRareLetter" in made.files["pdf"]


def again(world):
    """Draw the badge of the genuine certificate anew."""
    return draw_badge(world.genuine.passed, world.genuine.entry, world.issuer.profile, Fonts())


def test_pictures_are_the_same_each_time(world):
    """Drawn again, badge and page are the same to the byte: a certificate can be made anew."""
    made = world.genuine
    assert again(world) == again(world)
    pages = [draw_page(made.passed, made.entry, world.issuer.profile, "a.b.c", Fonts()) for _ in range(2)]
    assert pages[0] == pages[1]
    files = make_certificate(world.issuer, made.passed, made.entry, Fonts())
    assert [kind for kind in files if files[kind] != made.files[kind]] == ["pdf"]


def test_the_badge_is_a_square_that_can_be_read_out(world, monkeypatch):
    """The PNG is large enough to print, the SVG says in words what it shows and holds nothing active."""
    monkeypatch.setattr(typesetting, "PIXELS_PER_INCH", PIXELS_PER_INCH)
    badge = again(world)
    width, height = struct.unpack(">II", badge.png[16:24])
    assert width == height >= 900
    root = parseString(badge.svg).documentElement
    assert root is not None and root.getAttribute("role") == "img"
    title = root.getElementsByTagName("title")[0].firstChild
    assert (
        title is not None and title.nodeValue is not None and world.genuine.passed.holder in title.nodeValue
    )
    for active in (b"<script", b"javascript:", b"foreignObject", b"http-equiv"):
        assert active not in badge.svg


def test_the_page_can_be_read_out(world):
    """The PDF is tagged, has a title and a language, and its code has a text in its place (PDF/UA-1)."""
    page = PdfReader(BytesIO(world.genuine.files["pdf"]))
    catalog = page.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data() and b"pdfaid" in catalog["/Metadata"].get_data()
    alternatives = [each.get("/Alt") for each in _structure(catalog["/StructTreeRoot"])]
    assert f"QR code that leads to {world.issuer.profile.verify_url}" in alternatives
    kinds = {each.get("/S") for each in _structure(catalog["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= kinds


def _structure(node):
    """Return every element of a page's structure."""
    node = node.get_object()
    children = node.get("/K", []) if isinstance(node, dict) else []
    children = children if isinstance(children, list) else [children]
    inner = [found for child in children if not isinstance(child, int) for found in _structure(child)]
    return ([node] if isinstance(node, dict) else []) + inner


def test_the_page_says_what_the_certificate_says(world):
    """Name, award, dates, scores and number are words of the page, and the credential is attached to it."""
    page = PdfReader(BytesIO(world.genuine.files["pdf"]))
    words = " ".join(page.pages[0].extract_text().split())
    made = world.genuine
    number = made.entry.id.removeprefix("urn:uuid:")
    for text in (
        made.passed.holder,
        made.passed.award,
        day(made.passed.sat),
        day(made.entry.expires),
        "97 %",
        number,
    ):
        assert text in words
    assert page.attachments == {"credential.jwt": [made.files["jwt"]]}


def test_the_page_is_signed(world):
    """pyHanko's own check: the bottom line is good for the issuer's certificate, and for no other."""
    data = world.genuine.files["pdf"]
    signature = PdfFileReader(BytesIO(data)).embedded_signatures[0]
    for key, good in ((world.current, True), (world.retired, False)):
        certificate = _loaded(key.pdf.der)
        context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        with ThreadPoolExecutor(
            1
        ) as thread:  # pyHanko wants an event loop of its own, and a browser may have this thread's
            status = thread.submit(validate_pdf_signature, signature, context).result()
        assert status.bottom_line is good and status.intact
    assert str(signature.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"


def _loaded(der: bytes):
    from asn1crypto import x509

    return x509.Certificate.load(der)
