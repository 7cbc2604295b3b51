"""Feedback and formgrader in a real browser: what people wrote is read, and does nothing."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.grading.demonstration import run_demonstration
from tests.browser.conftest import new_context
from tests.browser.desk import (
    FORBIDDEN,
    HELD,
    UNIT,
    Desk,
    Shelf,
    assert_inert,
    assert_plain,
    assert_read,
    hostile_samples,
    on_a_host,
    opened,
    signed_in,
    started,
    watched,
)
from tests.grading.hostile import ELSEWHERE, HOSTILE, IMAGE, MARKUP, ORDINARY, REFRESH, SHOWN, UNSEEN

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]
LAB = 90_000  # JupyterLab's start on a busy machine, in ms
COMMENT = "**Well** done, see [the list](https://example.org/list):\n\n- pain < 5/10\n- $5 & more"


@pytest.fixture(scope="module")
def graded(tmp_path_factory, cases, keys) -> Path:
    """A class in which trainee-8 is hostile in every answer, and trainee-5 in a damaged file."""
    project, out = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("class").resolve()
    hostile_samples(project, cases, keys)
    run_demonstration(out, project / "exercises", UNIT, lambda line: None)
    return out


@pytest.fixture(scope="module")
def desk(graded, tmp_path_factory) -> Iterator[Desk]:
    """JupyterLab started as README says, in the folder of the course."""
    with started(graded, tmp_path_factory.mktemp("home")) as desk:
        yield desk


@pytest.fixture(scope="module")
def shelf(desk) -> Iterator[Shelf]:
    """All feedback on a static host."""
    with on_a_host(desk.root / "feedback") as shelf:
        yield shelf


@pytest.fixture(params=["both defences", "without the page's policy"])
def page(browser: Browser, desk, request) -> Iterator[Page]:
    """An instructor's page; the second time round only the cleaning of what is written stands in the way."""
    context = new_context(browser, width=1280, bypass_csp=request.param != "both defences")
    yield signed_in(watched(context), desk)
    context.close()


@pytest.fixture
def guarded(browser: Browser, desk) -> Iterator[Page]:
    """An instructor's page as it is."""
    context = new_context(browser, width=1280)
    yield signed_in(watched(context), desk)
    context.close()


def test_the_watch_sees_what_an_unguarded_page_does(guarded, desk):
    """Shown as it is, what is written runs and reaches another host; so the silence below says something."""
    page = guarded
    unguarded = desk.root / "unguarded.html"
    unguarded.write_text(f"<meta charset=utf-8>{IMAGE}{''.join(MARKUP[9:17])}")
    opened(page, unguarded.as_uri())
    assert page.evaluate("window.taken") == 1
    assert any(url.startswith(ELSEWHERE) for url in page.reached)


def test_feedback_shows_hostile_answers_as_text(desk, shelf, page):
    """Of the hostile trainee and of the damaged file everything is read, nothing runs and nothing is asked for."""
    for trainee, texts in (("trainee-8", (*HOSTILE, UNSEEN)), ("trainee-5", (IMAGE,))):
        desk.write_feedback(page, trainee)
        shelf.asked.clear()
        opened(page, shelf.page(trainee))
        assert len(shelf.asked) == 1 and page.errors == []
        assert_inert(page)
        assert_plain(page)
        assert_read(page, *(text[:60] for text in texts))


def test_feedback_leaves_ordinary_words_alone(desk, shelf, page):
    """Accents, other scripts, signs and symbols of an honest trainee look as they were typed."""
    desk.write_feedback(page, "trainee-1")
    shelf.asked.clear()
    opened(page, shelf.page("trainee-1"))
    assert len(shelf.asked) == 1 and page.reached == [] and page.errors == []
    assert_read(page, ORDINARY)
    assert "⟦" not in page.locator(HELD).inner_text()


def test_formgrader_shows_hostile_answers_as_text(desk, page):
    """The page where the hostile trainee is graded, and that of the damaged file, are text and do nothing."""
    for trainee, texts in (("trainee-8", (*HOSTILE, UNSEEN)), ("trainee-5", (IMAGE,))):
        opened(page, desk.submission(trainee))
        assert all(url.startswith(desk.address) for url in page.asked) and page.errors == []
        assert page.refused == []
        assert_inert(page)
        assert_plain(page)
        assert_read(page, *(text[:60] for text in texts))


def test_lists_of_formgrader_are_inert(desk, page):
    """Assignments, submissions, trainees and their grades ask no other host, whatever names stand in them."""
    with desk.gradebook() as gradebook:
        for name in (IMAGE, '"><svg onload=window.taken=1>', '"-(window.taken=1)-"'):
            gradebook.update_or_create_student(name, first_name=name, last_name=MARKUP[0], email=name)
    lists = ["manage_assignments", f"manage_submissions/{UNIT}", "manage_students", "gradebook"]
    lists += [f"gradebook/{UNIT}", f"gradebook/{UNIT}/{UNIT}", "manage_students/trainee-8"]
    lists += [f"manage_students/trainee-8/{UNIT}"]
    for name in lists:
        opened(page, f"{desk.address}/formgrader/{name}")
        expect(page.locator("#main-table td").first).not_to_contain_text("Loading")
        assert page.locator("#main-table tr").count() and page.errors == []
        assert all(url.startswith(desk.address) for url in page.asked)
        assert_inert(page)
        if name == "manage_students":
            expect(page.locator("#main-table")).to_contain_text(IMAGE)


def test_a_trainee_with_an_apostrophe_has_a_page(desk, guarded):
    """Escaping leaves alone what is harmless: O'Neil's grades are asked for under that name."""
    with desk.gradebook() as gradebook:
        gradebook.update_or_create_student("o'neil")
    with guarded.expect_response(re.compile("/api/student_submissions/o('|%27)neil$")) as answer:
        opened(guarded, f"{desk.address}/formgrader/manage_students/o'neil")
    assert answer.value.ok and [each["student"] for each in answer.value.json()] == ["o'neil"]
    expect(guarded.locator("#main-table")).to_contain_text(f"{UNIT} (no submission)")


@pytest.mark.parametrize("page", ["without the page's policy"], indirect=True)
def test_an_address_of_formgrader_runs_nothing(desk, page):
    """A link to formgrader with something hostile in its address does nothing for whoever follows it, no policy needed."""
    for name in (IMAGE, '"-(window.taken=1)-"', "\\", "</script>" + MARKUP[0]):
        quoted = urllib.parse.quote(name, safe="")
        for where in (
            f"manage_students/{quoted}",
            f"manage_students/{quoted}/{quoted}",
            f"gradebook/{quoted}",
        ):
            opened(page, f"{desk.address}/formgrader/{where}")
            assert_inert(page)


def test_formgrader_works_within_jupyterlab(desk, guarded):
    """Opened from JupyterLab's menu, the page of the hostile trainee is complete and leaves JupyterLab alone."""
    page = guarded
    page.goto(f"{desk.address}/lab?reset")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click(timeout=LAB)
    page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    page.frame_locator("iframe").get_by_role("link", name="Manual Grading").wait_for(timeout=LAB)
    frame = next(frame for frame in page.frames if "/formgrader" in frame.url)
    frame.goto(desk.submission("trainee-8"))
    expect(frame.locator("textarea.comment").first).to_have_attribute(
        "placeholder", re.compile("The program suggested")
    )
    assert frame.evaluate("[window.taken, parent.taken]") == [None, None] and frame.locator(HELD).count() == 1
    assert_inert(page)


def test_a_name_in_the_gradebook_does_nothing_on_the_page_of_a_submission(desk, guarded):
    """nbgrader puts the trainee's name into that page as it is; the page's policy holds, and its own clicks work."""
    page = guarded
    with desk.gradebook() as gradebook:
        gradebook.update_or_create_student("trainee-7", first_name=IMAGE, last_name=MARKUP[0])
    opened(page, desk.submission("trainee-7"))
    assert_inert(page)
    page.locator(".glyphicon-eye-open").click()
    expect(page.locator("a.name-shown")).to_be_visible()
    expect(page.locator("a.name-hidden")).to_be_hidden()


def test_an_instructor_grades_and_comments(desk, shelf, guarded):
    """Points and a comment typed into formgrader are kept and stand in the feedback, rendered as Markdown."""
    page = guarded
    opened(page, desk.submission("trainee-1"))
    cell = page.locator(".nbgrader_cell", has=page.locator("textarea.comment")).first
    score, comment = cell.locator("input.score"), cell.locator("textarea.comment")
    expect(comment).to_have_attribute("placeholder", re.compile("The program suggested"))
    for field, value in ((score, "2.5"), (comment, COMMENT)):
        with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
            field.fill(value)
            field.press("Escape")
    page.reload()
    expect(score).to_have_value("2.5")
    expect(comment).to_have_value(COMMENT)
    assert page.errors == [] and page.refused == []
    desk.write_feedback(page, "trainee-1")
    opened(page, shelf.page("trainee-1"))
    footer = page.locator(".panel-footer").first
    expect(footer.locator("strong", has_text="Well")).to_be_visible()
    expect(footer.locator("li", has_text="pain < 5/10")).to_be_visible()
    expect(footer.locator("li", has_text="$5 & more")).to_be_visible()
    expect(footer.get_by_role("link", name="the list")).to_have_attribute("href", "https://example.org/list")
    expect(page.locator(".nbgrader_cell", has_text="Score: 2.5 /").first).to_be_visible()


def test_hostile_comments_do_nothing(desk, shelf, page):
    """A comment, entered in the gradebook or through formgrader's own interface, is inert there and in feedback."""
    hostile_comment = "\n\n".join([*HOSTILE, f"\0{UNSEEN}", "**Well** done"])
    submission = desk.submission("trainee-2")
    with desk.gradebook() as gradebook:
        first, second, *_ = gradebook.find_submission_notebook(UNIT, UNIT, "trainee-2").comments
        first.manual_comment, other = hostile_comment, second.id
        gradebook.db.commit()
    told = desk.ask(page, "PUT", f"comment/{other}", data={"manual_comment": hostile_comment})
    assert told["manual_comment"] == hostile_comment
    opened(page, submission)
    kept = page.locator("textarea.comment").evaluate_all("all => all.map((one) => one.value)")
    assert kept.count(kept[0]) >= 2 and IMAGE in kept[0] and page.errors == []
    assert_inert(page)
    assert_plain(page)
    desk.write_feedback(page, "trainee-2")
    shelf.asked.clear()
    opened(page, shelf.page("trainee-2"))
    assert len(shelf.asked) == 1
    assert_inert(page)
    links = page.locator(f"{HELD} a[href]").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert all(re.match("#top$|https?://", link) for link in links), links
    assert page.locator(HELD).locator(FORBIDDEN).count() == 0
    assert page.locator(".panel-footer strong", has_text="Well").count() == 2
    assert_read(page, MARKUP[0], f"⟦U+0000⟧{SHOWN}", REFRESH)


def test_the_policy_holds_where_cleaning_fails(desk, shelf, guarded):
    """With markup put into the pages behind every cleaning, their own policy lets none of it run or load."""
    page = guarded
    # No policy knows of a page that sends its reader elsewhere: that one the cleaning alone keeps out.
    planted = "".join(f"<div>{text}</div>" for text in MARKUP[:17])

    def plant(route: Any) -> None:
        body = route.fetch().text()
        body, found = re.subn('id="notebook-container">', lambda at: at[0] + planted, body, count=1)
        assert found
        route.fulfill(body=body, content_type="text/html")

    feedback = shelf.page("trainee-3")
    for address in (feedback, desk.submission("trainee-3")):
        page.context.route(re.compile(re.escape(address)), plant)
        opened(page, address)
        assert page.locator(HELD).locator("iframe").count() and page.refused
        page.locator(f'{HELD} a[href^="javascript"]').first.evaluate("link => link.click()")
        page.locator(f"{HELD} form").first.evaluate("form => form.submit()")
        page.wait_for_timeout(500)
        assert_inert(page)


def test_markup_in_a_graded_notebook_is_cleaned(desk, shelf, page):
    """Output that is HTML is cleaned as Markdown is, should something hostile ever get into the graded notebook."""
    notebook = desk.root / f"autograded/trainee-6/{UNIT}/{UNIT}.ipynb"
    data = json.loads(notebook.read_text())
    planted = {"text/html": "".join([*MARKUP[:9], UNSEEN]), "application/javascript": "window.taken=1"}
    for cell in data["cells"]:
        if cell["cell_type"] == "code":
            for kind, text in planted.items():
                output = {"output_type": "display_data", "data": {kind: text}, "metadata": {}}
                cell["outputs"] = [*cell["outputs"], output]
    notebook.write_text(json.dumps(data))
    desk.write_feedback(page, "trainee-6")
    for address in (shelf.page("trainee-6"), desk.submission("trainee-6")):
        opened(page, address)
        assert_inert(page)
        assert_plain(page)
        assert SHOWN in page.locator(HELD).inner_text()
