"""The published book in a real browser."""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from grader import codeset
from grader.answers import answers_from_data
from grader.cli import main
from grader.feedback import MARKS
from grader.library.case import find_case
from grader.library.key import load_key
from grader.scoring.edits.kinds import KINDS
from grader.scoring.score import score_case
from tests.browser.conftest import axe, look, new_context, noting, pages_of_the_site
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
SCENARIOS = "book/lessons/three-scenarios.html"
READY = 60_000  # Pyodide's start on a busy machine, in ms


@pytest.fixture
def page(ready_page: Page) -> Page:
    """A page whose grader has started."""
    return ready_page


def workbench(page: Page, case_id: str):
    """The workbench of one case on the page."""
    return page.locator(f'.cbp-workbench[data-case="{case_id}"]')


def add_code(bench, code: str) -> None:
    """Type a code and press Enter, as a trainee does."""
    box = bench.get_by_role("combobox").first
    box.fill(code)
    box.press("Enter")
    expect(bench.get_by_role("button", name=re.compile(f"Remove.*{re.escape(code)}"))).to_be_visible()


def test_there_are_pages():
    """The tests below have pages to test."""
    assert {"index.html", SCENARIOS, "book/lessons/m54-family.html", "search.html"} <= set(
        pages_of_the_site()
    )


@dataclass
class Tour:
    """What was seen on every page: what there is to fault in light and in dark colours, what was asked for, and what failed."""

    looks: dict[str, dict[str, list[str]]]
    asked: list[str]
    errors: list[str]


@pytest.fixture(scope="module", params=[1280, 360])
def tour(request, browser, site) -> Tour:
    """Every page in a window of this width."""
    context = new_context(browser, width=request.param)
    page: Any = noting(context.new_page())
    looks = {}
    for name in pages_of_the_site():
        page.goto(f"{site}/{name}", wait_until="load")
        if name != "index.html":  # it leads on by itself to a page that is looked at, too
            looks[name] = look(page)
        page.wait_for_load_state("networkidle")
    context.close()
    return Tour(looks, page.asked, page.errors)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(tour, scheme):
    """No page has a WCAG 2.2 A or AA violation that axe can see, at both widths, light and dark, and none scrolls sideways."""
    assert len(tour.looks) == len(pages_of_the_site()) - 1
    assert {name: found[scheme] for name, found in tour.looks.items() if found[scheme]} == {}


def test_no_page_asks_another_host(tour, site):
    """Every request of every page goes to the host that served it, and no script fails."""
    host = site.split("/some/")[0]
    assert len(tour.asked) > len(tour.looks)
    assert [url for url in tour.asked if not url.startswith((host, "data:", "blob:"))] == []
    assert tour.errors == []


def test_a_case_is_usable_at_once_and_its_key_comes_on_check_only(site, context):
    """The workbench is there before Python is; the key is fetched when the reader asks to check, and not before."""
    page: Any = noting(context.new_page())
    page.goto(f"{site}/{SCENARIOS}")
    bench = workbench(page, "enc-0001")
    expect(bench.get_by_role("combobox").first).to_be_visible()
    add_code(bench, "M54.50")
    assert not [url for url in page.asked if "/keys/" in url]
    bench.get_by_role("button", name=re.compile("check", re.I)).click()
    expect(bench.get_by_text("0 of 8 points").first).to_be_visible(timeout=READY)
    expect(bench.get_by_text("ICD-10-CM Tabular List").first).to_be_visible()
    assert axe(page) == []
    assert [url for url in page.asked if "/keys/" in url] == [
        url for url in page.asked if url.endswith("keys/enc-0001.json")
    ]


def test_answers_are_there_after_reloading(site, page):
    """Codes, notes and choices are kept in the reader's browser."""
    page.goto(f"{site}/{SCENARIOS}")
    bench = workbench(page, "enc-0001")
    add_code(bench, "M54.9")
    bench.get_by_role("textbox").last.fill("Dull ache over the whole back for five weeks.")
    page.wait_for_timeout(500)
    page.reload()
    bench = workbench(page, "enc-0001")
    expect(bench.get_by_role("button", name=re.compile(r"Remove.*M54\.9"))).to_be_visible()
    expect(bench.get_by_role("textbox").last).to_have_value("Dull ache over the whole back for five weeks.")


def test_a_trainees_markup_stays_text(site, page):
    """Script tags in a note and in a code are shown, never run."""
    page.goto(f"{site}/{SCENARIOS}")
    bench = workbench(page, "enc-0001")
    attack = "<img src=x onerror=\"document.title='taken'\">"
    bench.get_by_role("textbox").last.fill(f"Severity: {attack} rated 5/10.")
    bench.get_by_role("combobox").first.fill(attack[:39])
    bench.get_by_role("combobox").first.press("Enter")
    bench.get_by_role("button", name=re.compile("check", re.I)).click()
    expect(bench.get_by_text("of 17 points").first).to_be_visible(timeout=READY)
    assert page.title() != "taken" and page.errors == []


def test_the_page_scores_as_the_command_does(site, page, tmp_path, capsys):
    """The same answers earn the same on the page and in `python -m grader score`, finding by finding."""
    answers = json.loads((ROOT / "tests/data/parity_answers.json").read_text())
    case_id = answers["case"]
    page.goto(f"{site}/{SCENARIOS}")
    page.evaluate(
        "([id, items]) => localStorage.setItem(`coding-back-pain/answers/${id}`, JSON.stringify(items))",
        [case_id, answers["items"]],
    )
    page.reload()
    bench = workbench(page, case_id)
    bench.get_by_role("button", name=re.compile("check", re.I)).click()
    expect(bench.get_by_text("of 17 points").first).to_be_visible(timeout=READY)
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"schema": "answers/1", "assignment": case_id, "items": answers["items"]}))
    main(["score", case_id, str(path), "--json"])
    scored = json.loads(capsys.readouterr().out)
    bench.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    shown = bench.inner_text()
    for item in scored["items"].values():
        assert item["summary"].split(".")[0] in shown
        for finding in item["findings"]:
            assert finding["message"] in shown, finding


def test_conditional_notes_are_folded_behind_what_is_wrong(site, page):
    """A finding that faults the codes is in sight; notes that bind only if the record says so open on demand."""
    page.goto(f"{site}/{SCENARIOS}")
    bench = workbench(page, "enc-0003")
    for code in ("S39.012A", "M54.50"):
        add_code(bench, code)
    bench.get_by_role("button", name=re.compile("check", re.I)).click()
    expect(bench.get_by_text("excludes “low back strain").first).to_be_visible(timeout=READY)
    note = bench.get_by_text("any associated open wound")
    expect(note).not_to_be_visible()
    bench.get_by_text("note of the tabular list to think of").click()
    expect(note).to_be_visible()


def test_every_kind_of_finding_is_explained(site, page):
    """The glossary has a section for each kind, with an example that brings it."""
    page.goto(f"{site}/book/finding-kinds.html")
    for kind in KINDS:
        section = page.locator(f"#finding-{kind.name.replace('_', '-')}")
        expect(section.get_by_role("heading", name=kind.title)).to_be_visible()
        assert all(code in section.inner_text() for code in kind.example.codes)
        assert any(f"{mark}:" in section.inner_text() for mark in MARKS.values())


def test_everything_can_be_done_with_the_keyboard(site, page):
    """Adding, ordering, removing and checking need no mouse."""
    page.goto(f"{site}/{SCENARIOS}")
    bench = workbench(page, "enc-0004")
    bench.get_by_role("combobox").first.focus()
    for code in ("M15.0", "M54.9"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    first = bench.get_by_role("button", name=re.compile(r"up.*M54\.9", re.I))
    first.focus()
    page.keyboard.press("Enter")
    expect(bench.locator(".cbp-picked li").first).to_contain_text(re.compile(r"M54\.9\s*first-listed", re.I))
    bench.get_by_role("button", name=re.compile(r"Remove.*M15\.0")).focus()
    page.keyboard.press("Space")
    expect(bench.get_by_role("button", name=re.compile(r"Remove.*M15\.0"))).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lumbago", "M54.50"),
        ("low bakc pain", "M54.50"),
        ("m549", "M54.9"),
        ("strain lower back", "S39.012A"),
    ],
)
def test_search_finds_codes_as_one_types(site, page, typed, code):
    """Everyday words, typing mistakes and codes without a dot lead to the code."""
    page.goto(f"{site}/{SCENARIOS}")
    bench = workbench(page, "enc-0001")
    bench.get_by_role("combobox").first.press_sequentially(typed)
    expect(bench.get_by_role("option").filter(has_text=code).first).to_be_visible(timeout=15_000)


def test_pages_read_without_javascript(browser, site):
    """Chart and questions of a case are on the page for a reader without JavaScript."""
    context = new_context(browser, width=1280, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{SCENARIOS}")
    expect(page.get_by_text("payroll clerk")).to_be_visible()
    expect(page.get_by_text("Assign the ICD-10-CM codes for this visit").first).to_be_visible()
    context.close()


def test_the_parity_answers_are_scored_in_part():
    """The parity test compares something: its answers are neither all right nor all wrong."""
    answers = json.loads((ROOT / "tests/data/parity_answers.json").read_text())
    case = find_case(ROOT / "cases", answers["case"])
    parsed = answers_from_data(
        {"schema": "answers/1", "assignment": "x", "items": answers["items"]}, "parity"
    )
    scored = score_case(case, parsed.items, load_key(ROOT / "cases" / case.id, case), codeset.load())
    assert 0 < scored.points < scored.possible
