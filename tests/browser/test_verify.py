"""The page that checks certificates, in a real browser with real certificates: it says what the command says, and sends nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.certificate.reasons import words
from grader.certificate.verify import verify
from tests.browser.conftest import SITE, look, new_context
from tests.browser.published import Published, publishing
from tests.certificate.forgeries import Forgery, forgeries
from tests.certificate.making import HOLDER, World, make_world
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
SAMPLE = ROOT / "build" / "class"
FILE = ".verify input[type=file]"
VERDICT = """async ({ data, issuer, status, now, holder }) => {
  const { verdictOf } = await import(document.querySelector('script[src*="course/verify.js"]').src);
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const readPdf = () => import(new URL(document.querySelector(".verify").dataset.pdf, document.baseURI).href);
  const { valid, reasons, shown } = await verdictOf(bytes, { issuer, status }, { now, holder, readPdf });
  return { valid, reasons, shown: shown !== null };
}"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An issuer and what it has issued."""
    return make_world(tmp_path_factory.mktemp("issuer") / "issuer")


@pytest.fixture(scope="module")
def forged(world: World) -> tuple[Forgery, ...]:
    """Every forgery."""
    return tuple(forgeries(world))


@pytest.fixture
def published(world: World) -> Iterator[Published]:
    """The book with its issuer."""
    with publishing(world.trust) as found:
        yield found


@pytest.fixture
def desk(page: Page, published: Published) -> Page:
    """The page, ready to check."""
    page.goto(published.address)
    page.locator(".verify button").first.wait_for()
    return page


def file(name: str, data: bytes) -> dict[str, Any]:
    """Return a file as somebody chooses it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def checked(page: Page, *files: dict[str, Any]) -> list[str]:
    """Choose files and return the headings of their results."""
    before = page.locator(".verify-result").count()
    page.set_input_files(FILE, list(files))
    expect(page.locator(".verify-result")).to_have_count(before + len(files))
    return page.locator(".verify-result h3").all_inner_texts()[: len(files)]


def told(page: Page, world: World, data: bytes, trust: Path, holder: str = "") -> dict[str, Any]:
    """Return the verdict of the page's own module."""
    status = trust / "status.jwt"
    asked = {
        "data": base64.b64encode(data).decode("ascii"),
        "issuer": (trust / "issuer.json").read_text(encoding="utf-8"),
        "status": status.read_text(encoding="ascii") if status.exists() else None,
        "now": world.now.timestamp() * 1000,
        "holder": holder,
    }
    verdict: dict[str, Any] = page.evaluate(VERDICT, asked)
    return verdict


def test_the_genuine_hold(desk, world):
    """A JWT, PNG, SVG and PDF of the issuer are valid, one after another, with all that they say."""
    files = [file(f"mine.{kind}", data) for kind, data in world.genuine.files.items()]
    assert sorted(checked(desk, *files)) == [f"✓ Valid: mine.{kind}" for kind in ("jwt", "pdf", "png", "svg")]
    said = desk.locator(".verify-result dl").first.inner_text()
    assert HOLDER in said and "Example College of Coding" in said and "97 %" in said
    assert "FY2026, FY2027" in said and "sha256:" in said and "Valid until" in said
    assert desk.errors == []


def test_every_forgery_is_refused_for_the_reasons_that_the_command_gives(desk, world, forged):
    """The page and the command give the same codes for each, and show what the issuer signed and nothing else."""
    assert len(forged) >= 40
    commanded = {each.name: verify(each.data, each.trust, world.now, each.holder or None) for each in forged}
    different = {}
    for each in forged:
        page, command = told(desk, world, each.data, each.trust, each.holder), commanded[each.name]
        if page != {"valid": False, "reasons": list(command.reasons), "shown": bool(command.shown)}:
            different[each.name] = page, command
        assert each.reason in command.reasons
    assert different == {}


def test_a_certificate_of_a_former_key_holds(desk, world):
    """What the issuer signed before it changed its key is as good as before, in all forms."""
    for data in world.before.files.values():
        assert told(desk, world, data, world.trust)["reasons"] == []


def test_what_does_not_hold_says_why_in_words(desk, world, forged):
    """A changed score, a picture of somebody else and a changed PDF are not valid, each with its reason, in one go with a good one."""
    names = ("changed score", "another person's picture", "a byte of the page changed")
    some = [next(each for each in forged if each.name == name) for name in names]
    heads = checked(
        desk,
        *(file(f"{n}-{each.file}", each.data) for n, each in enumerate(some)),
        file("good.png", world.genuine.files["png"]),
    )
    assert [head.partition(":")[0] for head in heads] == ["✕ Not valid"] * 3 + ["✓ Valid"]
    for number, each in enumerate(some):
        assert desk.locator(".verify-result").nth(number).locator("li").all_inner_texts() == [
            words(each.reason)
        ]
    assert words(some[0].reason) in desk.get_by_role("status").inner_text()


def test_the_keyboard_alone_checks_a_certificate(desk, world):
    """Name, text and button are reached with Tab; the result takes the focus, and another person's name is noticed."""
    desk.get_by_label("Whose certificate is it?").focus()
    desk.keyboard.type("Somebody Else")
    for _ in range(2):
        desk.keyboard.press("Tab")
    desk.keyboard.insert_text(world.genuine.files["jwt"].decode("ascii"))
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(":focus")).to_have_text("✕ Not valid: Pasted text")
    assert words("other_person") in desk.locator(".verify-result").inner_text()
    desk.get_by_label("Whose certificate is it?").fill(HOLDER.upper())
    desk.get_by_role("button", name="Check the text").press("Space")
    expect(desk.locator(":focus")).to_have_text("✓ Valid: Pasted text")
    with desk.expect_file_chooser():
        desk.get_by_role("button", name="Choose a file").press("Enter")


def test_a_file_can_be_dropped(desk, world):
    """A file that is dropped is checked, and the browser does not open it in place of the page."""
    token = world.genuine.files["jwt"].decode("ascii")
    held = desk.evaluate_handle(
        "text => { const held = new DataTransfer(); held.items.add(new File([text], 'dropped.jwt')); return held; }",
        token,
    )
    for event in ("dragover", "drop"):
        desk.locator(".verify-drop").dispatch_event(event, {"dataTransfer": held})
    expect(desk.locator(".verify-result h3")).to_have_text("✓ Valid: dropped.jwt")


def test_nothing_of_a_file_leaves_the_browser(desk, world, published):
    """Checking asks for what the issuer publishes and for the page's own scripts, of this site alone, and sends nothing along."""
    sent = []
    desk.on("request", lambda request: sent.append((request.method, request.url, request.post_data)))
    checked(desk, *(file(f"mine.{kind}", data) for kind, data in world.genuine.files.items()))
    site = published.address.removesuffix("book/verify.html")
    asked = {url.partition("?")[0].removeprefix(site) for _, url, _ in sent}
    assert asked == {"issuer/issuer.json", "issuer/status.jwt", "_static/course/verify-pdf.js"}
    assert all(method == "GET" and body is None for method, _, body in sent)
    assert all(url.startswith(site) for url in desk.asked)


def test_names_are_text(desk, world):
    """What a file is called and what it holds is shown as it is written, and never becomes a part of the page."""
    evil = '<img src=x onerror="document.title=1">.svg'
    assert checked(desk, file(evil, world.genuine.files["svg"])) == [f"✓ Valid: {evil}"]
    script = b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"><script>document.title=1</script></svg>'
    assert checked(desk, file("evil.svg", script)) == ["✕ Not valid: evil.svg"]
    assert desk.locator(".verify img, .verify svg, .verify script").count() == 0
    assert desk.title() != "1"


def test_without_an_issuer_nothing_is_said_to_hold(desk, world, published):
    """Where the site publishes no issuer, or the connection is gone, the page says that it could not check."""
    published.issuer = None
    assert checked(desk, file("mine.jwt", world.genuine.files["jwt"])) == ["? Not checked: mine.jwt"]
    assert "publishes no issuer" in desk.locator(".verify-result").inner_text()
    desk.context.set_offline(True)
    assert checked(desk, file("mine.png", world.genuine.files["png"])) == ["? Not checked: mine.png"]


def test_each_check_asks_the_issuer_anew(desk, world, published, forged):
    """A list that has run out since the last check is not good enough any more, and neither is none."""
    mine = file("mine.jwt", world.genuine.files["jwt"])
    assert checked(desk, mine) == ["✓ Valid: mine.jwt"]
    for name in ("list that ran out", "no list"):
        old = next(each for each in forged if each.name == name)
        published.issuer = old.trust
        assert checked(desk, mine) == ["✕ Not valid: mine.jwt"]
        assert words(old.reason) in desk.locator(".verify-result").first.inner_text()


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        (
            "const real = crypto.subtle.importKey.bind(crypto.subtle);"
            "crypto.subtle.importKey = (...all) => all[2] === 'Ed25519' ? Promise.reject(new DOMException('', 'NotSupportedError')) : real(...all);",
            "too old",
        ),
        ("Object.defineProperty(window, 'isSecureContext', { value: false });", "https://"),
    ],
    ids=["no such signatures", "no secure address"],
)
def test_a_browser_that_cannot_check_says_so(page, world, published, lacks, said):
    """A browser too old for Ed25519, or at an address where none can check, does not call a good certificate bad."""
    page.add_init_script(lacks)
    page.goto(published.address)
    assert checked(page, file("mine.jwt", world.genuine.files["jwt"])) == ["? Not checked: mine.jwt"]
    assert said in page.locator(".verify-result").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_results_are_accessible(browser: Browser, world, published, width):
    """With a valid and an invalid result, axe finds nothing and nothing scrolls sideways, by day and by night, wide and narrow."""
    context = new_context(browser, width=width)
    page = context.new_page()
    page.goto(published.address)
    checked(page, file("mine.jwt", world.genuine.files["jwt"]), file("x.png", world.revoked.files["png"]))
    assert look(page) == {"light": [], "dark": []}
    context.close()


def test_on_paper_stands_what_was_found(desk, world):
    """A printed page has the result with its day, and neither buttons nor fields."""
    checked(desk, file("mine.jwt", world.genuine.files["jwt"]))
    desk.emulate_media(media="print")
    assert (
        desk.locator(".verify button:visible, .verify input:visible, .verify textarea:visible").count() == 0
    )
    expect(desk.locator(".verify-result")).to_be_visible()
    expect(desk.locator(".verify-when")).to_contain_text("Checked on")


def test_without_scripts_the_page_tells_another_way(browser: Browser, published):
    """A reader without JavaScript is led to the commands."""
    context = new_context(browser, width=1280, java_script_enabled=False)
    page = context.new_page()
    page.goto(published.address)
    page.get_by_role("link", name="check the file without this page").click()
    assert page.url.endswith("#check-it-without-this-page")
    assert "python -m grader verify" in page.locator("#check-it-without-this-page").inner_text()
    context.close()


def test_the_page_stays_light(page, published):
    """What checks pictures comes to 12 KB at most as hosts send it, and the large library waits for a PDF."""
    import gzip

    page.goto(published.address)
    page.locator(".verify button").first.wait_for()
    assert not [url for url in page.asked if "verify-pdf" in url]
    assert len(gzip.compress((SITE / "_static" / "course" / "verify.js").read_bytes())) <= 12_000


def test_the_certificate_that_the_sample_exam_earned_holds_and_its_altered_copy_does_not(page):
    """What `make course` shows: whoever passed has a certificate that the page accepts in all forms, and not with another name."""
    place = SAMPLE / "certificates" / "sample-exam"
    kinds = ("jwt", "pdf", "png", "svg")
    with publishing(SAMPLE / "issuer" / "public") as found:
        page.goto(found.address)
        page.locator(".verify button").first.wait_for()
        good = [file(f"mine.{kind}", (place / f"candidate-1.{kind}").read_bytes()) for kind in kinds]
        assert sorted(checked(page, *good)) == [f"✓ Valid: mine.{kind}" for kind in kinds]
        altered = file("altered.png", (place / "candidate-1-altered.png").read_bytes())
        assert checked(page, altered) == ["✕ Not valid: altered.png"]
        assert words("bad_signature") in page.get_by_role("status").inner_text()
