"""What is found of a note, as the workbench shows it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from grader.feedback import result
from grader.scoring.findings import Finding, Score
from grader.scoring.score import CaseScore
from tests.browser.conftest import axe, new_context
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
STATIC = ROOT / "grader" / "workbench" / "static"
ITEM = "enc-0001/note"
FOUND = (
    Finding(
        "location",
        "ok",
        ("Location",),
        "Location: stated.",
        "Course rubric",
        "Pain all over.",
        confidence=0.94,
    ),
    Finding(
        "timing",
        "advice",
        ("Duration and frequency",),
        "Duration and frequency: stated in part; say it in full.",
        "Course rubric",
        "Since two days.",
        confidence=0.7,
    ),
    Finding(
        "observation", "warning", ("Observation",), "Observation: not found.", "Course rubric", confidence=0.5
    ),
    Finding(
        "quality",
        "error",
        ("Quality",),
        "Quality: your note says otherwise than the record.",
        "Course rubric",
        "It is <b>sharp</b>.",
        confidence=0.52,
        record="dull <i>ache</i>",
    ),
    Finding("check_by_hand", "advice", (), "Half of this note is copied.", "Course rubric"),
    Finding("teaching", "advice", ("Quality",), "An auditor asks what the pain feels like.", from_key=True),
)
PAGE = """<!doctype html><html lang="en" data-theme="{scheme}"><head><title>A note</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="workbench.css">
<style>html[data-theme=dark] {{ background: #15191e; color: #e6ebf0 }}</style></head><body><main id="place"><h1>A note</h1></main>
<script type="module">
import workbench from "./workbench.js";
const state = await (await fetch("state.json")).json();
const model = {{ get: (name) => state[name], set() {{}}, save_changes() {{}}, on() {{}}, off() {{}} }};
workbench.render({{ model, el: document.getElementById("place") }});
</script></body></html>"""


def show(page: Page, case, findings: tuple[Finding, ...] = FOUND, scheme: str = "light") -> Locator:
    """Open a workbench whose note has been read, and return the question."""
    public = case.public()
    public["items"] = [item for item in public["items"] if item["id"] == ITEM]
    scored = CaseScore(case.id, {ITEM: Score(6.5, 17, findings)})
    state = {"case": public, "answers": {}, "mode": "practice", "result": result(scored)}
    page.route("http://note.test/workbench.*", lambda route: route.fulfill(path=STATIC / _name(route)))
    page.route("http://note.test/state.json", lambda route: route.fulfill(json=state))
    page.route(
        "http://note.test/",
        lambda route: route.fulfill(body=PAGE.format(scheme=scheme), content_type="text/html; charset=utf-8"),
    )
    page.goto("http://note.test/")
    question = page.locator(".cbp-item")
    expect(question).to_be_visible()
    return question


def _name(route) -> str:
    return route.request.url.rpartition("/")[2]


def test_what_is_wrong_comes_first_under_headings_with_counts(page, cases):
    """A heading leads to each answer, what to look at first before the rest, the lessons after all that was found."""
    question = show(page, cases["enc-0001"])
    assert question.locator("h6").all_inner_texts() == [
        "Otherwise than the record (1)",
        "Not found – check (1)",
        "Found in part (1)",
        "Found (1)",
        "For a person to look at",
        "What a payer would ask",
    ]
    shown = question.inner_text()
    assert all(finding.message in shown for finding in FOUND)
    listed = question.get_by_role("list", name="What a payer would ask")
    assert listed.inner_text() == "Quality: An auditor asks what the pain feels like."
    assert "Half of this note is copied." in question.get_by_role("list", name="For a person").inner_text()
    assert question.get_by_text("Source: Course rubric").count() == 1 and page.errors == []


def test_a_contradicted_element_shows_both_quotes(page, cases):
    """The words of the note and those of the record stand together, as text; nothing else quotes the record."""
    question = show(page, cases["enc-0001"])
    quotes = question.get_by_role("list", name="Otherwise than the record").locator(".cbp-evidence")
    assert quotes.all_text_contents() == ["You wrote: It is <b>sharp</b>.", "The record: dull <i>ache</i>"]
    assert question.get_by_text("The record:").count() == 1
    assert question.get_by_text("You wrote:").count() == 3


def test_doubt_is_told_in_words_where_there_is_some(page, cases):
    """Below .6 the reading is not sure, below .8 fairly sure; a reading that is sure says nothing of it."""
    question = show(page, cases["enc-0001"])
    assert question.locator(".cbp-sure").all_text_contents() == [
        "(not sure)",
        "(not sure)",
        "(fairly sure)",
    ]
    expect(question.get_by_text("wrong now and then")).to_be_visible()
    sure = show(page, cases["enc-0001"], FOUND[:1])
    assert sure.locator(".cbp-sure").count() == 0 and sure.get_by_text("wrong now and then").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_findings_are_accessible(browser, cases, scheme, width):
    """Axe finds nothing and nothing scrolls sideways, in four modes."""
    context = new_context(browser, width=width, color_scheme=scheme)
    page = context.new_page()
    show(page, cases["enc-0001"], scheme=scheme)
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    context.close()
