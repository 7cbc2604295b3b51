"""What the pages do for their reader: progress, the quiz, reading without JavaScript and without a connection."""

import functools
import json
import re
import threading
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SITE, Quiet, axe, new_context, pages_of_the_site
from tests.browser.test_book import READY, add_code, workbench

pytestmark = pytest.mark.browser
LESSON = "book/lessons/m54-family.html"
PROGRESS = "book/my-progress.html"
QUIZ = "book/where-to-start.html"
LESSONS = sorted(path.stem for path in (SITE / "book" / "lessons").glob("*.html"))


@pytest.fixture
def page(ready_page: Page) -> Page:
    """A page whose grader has started."""
    return ready_page


def kept(page: Page) -> dict:
    """What the browser remembers of the reader's progress."""
    return json.loads(page.evaluate("localStorage.getItem('coding-back-pain/progress')") or "{}")


def test_a_lesson_is_marked_as_read_and_the_sidebar_shows_it(site, page):
    """The button at a lesson's end sets a tick in the contents of every page, and takes it back."""
    page.goto(f"{site}/{LESSON}")
    expect(page.locator(".progress-bar")).to_have_text(f"{len(LESSONS)} lessons to read")
    button = page.get_by_role("button", name="Mark this lesson as read")
    button.press("Enter")
    expect(page.get_by_role("button", name="✓ Read")).to_be_visible()
    page.goto(f"{site}/book/index.html")
    expect(page.locator(".progress-bar")).to_have_text(f"1 of {len(LESSONS)} lessons read")
    expect(page.locator(".bd-sidebar-primary a", has_text="(read)")).to_have_attribute(
        "href", re.compile("m54-family")
    )
    expect(page.get_by_role("link", name=re.compile("^Go on: "))).to_be_visible()
    page.goto(f"{site}/{LESSON}")
    page.get_by_role("button", name="✓ Read").click()
    expect(page.locator(".progress-bar")).to_have_text(f"{len(LESSONS)} lessons to read")
    assert kept(page)["read"] == {} and page.errors == []


def test_a_checked_case_counts_and_the_best_result_stays(site, page):
    """My progress shows how many cases of a lesson were checked and how well; a worse check later changes nothing."""
    page.goto(f"{site}/{LESSON}")
    bench = workbench(page, "enc-0011")
    add_code(bench, "M54.2")
    bench.get_by_role("button", name=re.compile("^check", re.I)).click()
    expect(bench.locator(".cbp-findings:not([hidden])").first).to_be_visible(timeout=READY)
    first = kept(page)["checked"]["enc-0011"]
    assert 0 < first["points"] <= first["possible"]
    page.evaluate("document.addEventListener('cbp:checked', ({ detail }) => { window.again = detail; })")
    add_code(bench, "M54.9")
    bench.get_by_role("button", name=re.compile("^check", re.I)).click()
    page.wait_for_function("window.again", timeout=READY)
    assert page.evaluate("window.again.points") < first["points"]
    assert kept(page)["checked"]["enc-0011"]["points"] == first["points"]
    page.goto(f"{site}/{PROGRESS}")
    row = page.locator('tr[data-lesson="m54-family"]')
    share = round(100 * first["points"] / first["possible"])
    expect(row.locator(".progress-cases")).to_have_text(f"1 of 4, {share} %")
    expect(page.locator(".progress-total")).to_have_text(
        "You have read 0 lessons and checked 1 case in this browser."
    )
    assert axe(page) == []
    page.goto(f"{site}/book/practice/site.html")
    expect(page.locator("#enc-0011 summary")).to_contain_text(f"✓ checked, best result {share} %")
    assert page.locator(".case-checked").count() == 1


def test_progress_moves_to_another_browser_in_a_file(browser, site, page, tmp_path):
    """What is saved to a file here is there after taking it in elsewhere, answers included."""
    page.goto(f"{site}/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    add_code(workbench(page, "enc-0011"), "M54.2")
    page.wait_for_timeout(500)
    page.goto(f"{site}/{PROGRESS}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    other = new_context(browser, width=1280)
    there = other.new_page()
    there.goto(f"{site}/{PROGRESS}")
    there.locator('input[type="file"]').set_input_files(file)
    expect(there.locator(".progress-said")).to_have_text(re.compile("^The file was taken in"))
    there.goto(f"{site}/{LESSON}")
    expect(there.get_by_role("button", name="✓ Read")).to_be_visible()
    expect(
        workbench(there, "enc-0011").get_by_role("button", name=re.compile(r"Remove.*M54\.2"))
    ).to_be_visible()
    other.close()


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        '{"schema": "other/1"}',
        '{"schema": "my-progress/1", "progress": {"read": {"<img src=x onerror=alert(1)>": "2026-01-01", "m54-family": "<b>"},'
        ' "checked": {"enc-0001": {"points": "x"}, "../x": 1}, "suggested": [7]}, "answers": {"evil": {}, "enc-1": []}}',
    ],
)
def test_a_file_of_something_else_changes_nothing(site, page, tmp_path, content):
    """A damaged, foreign or forged file is refused or what is unsound in it is left out; no script runs."""
    page.goto(f"{site}/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    before = kept(page)
    page.goto(f"{site}/{PROGRESS}")
    file = tmp_path / "file.json"
    file.write_text(content)
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.locator(".progress-said")).not_to_be_empty()
    assert kept(page) == before and page.errors == []
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/answers/'))") == []


def test_a_second_tab_shows_what_was_done_in_the_first(site, page):
    """A lesson marked as read in one tab is so in the other, where pressing the button takes it back."""
    page.goto(f"{site}/{LESSON}")
    other = page.context.new_page()
    other.goto(f"{site}/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    expect(other.locator(".progress-bar")).to_have_text(f"1 of {len(LESSONS)} lessons read")
    other.get_by_role("button", name="✓ Read").click()
    expect(page.get_by_role("button", name="Mark this lesson as read")).to_be_visible()
    assert kept(page)["read"] == {}


def test_a_browser_without_storage_says_so(site, page):
    """Where storage is forbidden the pages work, and tell that nothing is remembered."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(f"{site}/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    expect(page.locator(".mark-read-said")).to_have_text("This browser does not let the page remember it.")
    page.goto(f"{site}/{PROGRESS}")
    page.get_by_role("button", name="Forget everything …").click()
    page.get_by_role("button", name="Yes, forget progress and answers").click()
    expect(page.locator(".progress-said")).to_have_text("Everything was forgotten.")


def test_everything_is_forgotten_on_request_and_only_then(site, page):
    """Wiping asks once more, then forgets progress and answers; No keeps them."""
    page.goto(f"{site}/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    add_code(workbench(page, "enc-0011"), "M54.2")
    page.wait_for_timeout(500)
    page.goto(f"{site}/{PROGRESS}")
    page.get_by_role("button", name="Forget everything …").click()
    page.get_by_role("button", name="No, keep them").click()
    assert kept(page)["read"]
    page.get_by_role("button", name="Forget everything …").click()
    page.get_by_role("button", name="Yes, forget progress and answers").click()
    expect(page.locator(".progress-said")).to_have_text("Everything was forgotten.")
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('coding-back-pain/'))") == []
    )


def test_the_quiz_names_the_lessons_to_take(site, page):
    """Right answers spare their lessons, wrong and unsure ones name theirs; unanswered questions are pointed out first."""
    page.goto(f"{site}/{QUIZ}")
    questions = page.locator("fieldset.question")
    assert questions.count() == len(LESSONS)
    show = page.get_by_role("button", name="Show my lessons")
    show.click()
    expect(page.get_by_role("status").filter(has_text="wait for an answer: 1, 2,")).to_be_visible()
    expect(questions.first.locator("input").first).to_be_focused()
    missed = {0, 4}
    for at in range(questions.count()):
        question = questions.nth(at)
        value = "unsure" if at in missed else question.get_attribute("data-right")
        question.locator(f'input[value="{value}"]').check()
    show.click()
    result = page.locator(".diagnostic-result")
    expect(result.get_by_role("heading", name="Take 2 lessons")).to_be_visible()
    expect(result.get_by_role("heading", name="Take 2 lessons")).to_be_focused()
    wanted = [questions.nth(at).get_attribute("data-lesson") for at in sorted(missed)]
    shown = result.locator("> ol li").evaluate_all("all => all.map((one) => one.dataset.lesson)")
    assert shown == wanted and kept(page)["suggested"] == wanted
    expect(questions.first.get_by_text("Answer to question 1")).to_be_visible()
    assert axe(page) == []
    result.locator("> ol a").first.click()
    assert LESSONS and page.url.endswith(f"/lessons/{wanted[0]}.html")


def test_every_page_reads_without_javascript(browser, site):
    """Each page shows its title and text, every case its chart and questions, and quick checks open."""
    context = new_context(browser, width=1280, java_script_enabled=False)
    page = context.new_page()
    for name in pages_of_the_site():
        if name == "index.html":
            continue  # leads on by itself
        page.goto(f"{site}/{name}")
        expect(page.locator("h1").first).to_be_visible()
        if name == "search.html":
            continue  # searching needs a script, and the page says so
        assert len(page.locator("article.bd-article").inner_text().split()) > 20, name
        for number in range(page.locator(".cbp-workbench").count()):
            bench = page.locator(".cbp-workbench").nth(number)
            summary = bench.locator("xpath=ancestor::details[1]/summary")
            if summary.count():
                summary.click()
            expect(bench.locator(".cbp-reader-document").first).to_be_visible()
            expect(bench.locator(".cbp-reader-items > li").first).to_be_visible()
            if number == 1:
                break  # the others are written by the same lines
    page.goto(f"{site}/{LESSON}")
    check = page.locator("details.check").first
    check.locator("summary").click()
    expect(check.locator(".check-answer")).to_be_visible()
    context.close()


def test_search_finds_words_and_codes(site, page):
    """The site's search leads to the pages with a word or a code."""
    for asked, found in (("teach-back", "talking-with-patients"), ("M54.51", "m54-family")):
        page.goto(f"{site}/search.html?q={asked}")
        expect(page.locator(f'#search-results a[href*="{found}"]').first).to_be_visible(timeout=15_000)


def test_the_course_works_without_a_connection_once_visited(browser):
    """After one visit the server may go: pages not seen before open, and a case is checked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    context = new_context(browser, width=1280, service_workers="allow")
    page = context.new_page()
    page.goto(f"{address}/book/index.html")
    page.locator('html[data-kept="all"]').wait_for(timeout=READY, state="attached")
    server.shutdown()
    server.server_close()
    page.goto(f"{address}/book/lessons/denied-claims.html")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{address}/{LESSON}")
    bench = workbench(page, "enc-0011")
    add_code(bench, "M54.2")
    bench.get_by_role("button", name=re.compile("^check", re.I)).click()
    expect(bench.locator(".cbp-findings:not([hidden])").first).to_be_visible(timeout=READY)
    context.close()
