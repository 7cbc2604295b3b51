"""Every kind of question, and every practice case, on the published pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from grader.feedback import points
from grader.library.encounter import Case
from grader.library.item_keys import KEY_TYPES
from grader.lint import exemplar
from tests.browser.answering import CHECK, give, question
from tests.browser.conftest import SITE, look, new_context

pytestmark = pytest.mark.browser
READY = 60_000


@pytest.fixture
def page(ready_page: Page) -> Page:
    """A page whose grader has started."""
    return ready_page


@pytest.fixture(scope="module")
def practice_pages(cases) -> dict[str, str]:
    """The practice page of every practice case."""
    found: dict[str, str] = {}
    for path in sorted((SITE / "book" / "practice").glob("*.html")):
        for case_id in re.findall(r'<details class="cbp-fold" id="(enc-\d{4})">', path.read_text()):
            assert case_id not in found, f"{case_id} stands on two pages"
            found[case_id] = f"book/practice/{path.name}"
    return found


def test_every_practice_case_is_on_a_practice_page_and_no_exam_case_is(cases, practice_pages):
    """Readers find each case of the practice pool once; the exam pool is not published."""
    assert set(practice_pages) == {case.id for case in cases.values() if case.pool == "practice"}


@pytest.mark.parametrize("kind", sorted(KEY_TYPES))
def test_each_kind_is_answered_with_the_keyboard_and_controls(site, page, cases, keys, practice_pages, kind):
    """The reference answer, given through the controls, earns every point; answers are there after reloading."""
    case = next(c for c in cases.values() if c.pool == "practice" and any(i.kind == kind for i in c.items))
    page.goto(f"{site}/{practice_pages[case.id]}#{case.id}")
    bench = page.locator(f"#{case.id}")
    for number, item in enumerate(case.items, start=1):
        give(question(bench, number), item, exemplar(keys[case.id].items[item.id], case))
    bench.get_by_role("button", name=CHECK).click()
    total = points(sum(item.points for item in case.items))
    expect(bench.get_by_text(f"{total} of {total} points").first).to_be_visible(timeout=READY)
    kept = page.evaluate("id => localStorage.getItem(`coding-back-pain/answers/${id}`)", case.id)
    page.reload()
    page.locator(f"#{case.id} .cbp-item").first.wait_for()
    assert kept and page.errors == []
    assert page.evaluate("id => localStorage.getItem(`coding-back-pain/answers/${id}`)", case.id) == kept


def test_every_practice_case_scores_in_the_browser(site, page, cases, keys, practice_pages):
    """The key of each of the practice cases earns all its points on its page."""
    by_page: dict[str, list[str]] = {}
    for case_id, name in practice_pages.items():
        by_page.setdefault(name, []).append(case_id)
    page.goto(f"{site}/search.html")
    for case_id in practice_pages:
        case, key = cases[case_id], keys[case_id]
        answers = {case.item_key(item): _data(exemplar(key.items[item.id], case)) for item in case.items}
        page.evaluate(
            "([id, items]) => localStorage.setItem(`coding-back-pain/answers/${id}`, JSON.stringify(items))",
            [case_id, answers],
        )
    short = []
    for name, case_ids in by_page.items():
        page.goto(f"{site}/{name}")
        page.locator("details.cbp-fold").evaluate_all("all => all.forEach((one) => (one.open = true))")
        for case_id in case_ids:
            bench = page.locator(f"#{case_id}")
            bench.get_by_role("button", name=CHECK).click()
            total = points(sum(item.points for item in cases[case_id].items))
            expect(bench.locator(".cbp-results")).to_contain_text("of", timeout=READY)
            if f"{total} of {total} points" not in bench.locator(".cbp-results").inner_text():
                short.append((case_id, bench.locator(".cbp-results").inner_text()))
    assert short == [] and page.errors == []


def _data(answer) -> dict:
    from grader.answers import Answers, to_data

    return to_data(Answers("x", {"x": answer}))["items"]["x"]


@pytest.fixture(scope="module", params=[1280, 360])
def looked(request, browser, site, cases, practice_pages) -> dict[str, dict[str, list[str]]]:
    """What there is to fault on the page of a case of every kind, opened, in light and in dark colours."""
    missing, chosen = set(KEY_TYPES), []
    while missing:
        chosen.append(max(practice_pages, key=lambda name: len(_kinds(cases[name]) & missing)))
        missing -= _kinds(cases[chosen[-1]])
    context = new_context(browser, width=request.param)
    page = context.new_page()
    found = {}
    for case_id in chosen:
        page.goto(f"{site}/{practice_pages[case_id]}#{case_id}")
        page.locator(f"#{case_id} .cbp-item").first.wait_for()
        # A control that happens to be scrolled half under the page's bar is not too small.
        page.wait_for_function("scrollTo(0, 0) || scrollY === 0")
        found[case_id] = look(page)
    context.close()
    return found


def _kinds(case: Case) -> set[str]:
    return {item.kind for item in case.items}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opened_cases_are_accessible(looked, scheme):
    """With a case of every kind opened, axe finds nothing and nothing scrolls sideways, in four modes."""
    assert looked and {name: found[scheme] for name, found in looked.items() if found[scheme]} == {}


def test_a_link_opens_its_case_and_others_wait(site, page, practice_pages):
    """A link to a case opens it; a closed case has no workbench until it is opened."""
    case_id, name = next(iter(practice_pages.items()))
    page.goto(f"{site}/{name}#{case_id}")
    expect(page.locator(f"#{case_id} .cbp-item").first).to_be_visible()
    assert page.locator(".cbp-item").count() == page.locator(f"#{case_id} .cbp-item").count()
    other = page.locator(f"#{page.locator('details.cbp-fold:not([open])').first.get_attribute('id')}")
    other.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(other.locator(".cbp-item").first).to_be_visible()


def test_evidence_findings_quote_the_record(site, context, cases, keys, practice_pages):
    """A wrong mark is answered with the words of the record, not as if the trainee had written them; the page starts its grader."""
    page = context.new_page()
    case_id = next(
        c
        for c in practice_pages
        if any(i.kind == "evidence" and keys[c].items[i.id].wrong for i in cases[c].items)
    )
    case = cases[case_id]
    item = next(item for item in case.items if item.kind == "evidence")
    wrong = keys[case_id].items[item.id].wrong[0]
    page.goto(f"{site}/{practice_pages[case_id]}#{case_id}")
    bench = page.locator(f"#{case_id}")
    row = question(bench, case.items.index(item) + 1)
    row.locator("label", has_text=wrong.quote).or_(
        row.locator(".cbp-passage", has_text=wrong.quote)
    ).first.click()
    bench.get_by_role("button", name=CHECK).click()
    expect(row.get_by_text(wrong.why)).to_be_visible(timeout=READY)
    expect(row.get_by_text("The record:").first).to_be_visible()
    assert "You wrote" not in row.inner_text()
