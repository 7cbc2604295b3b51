"""An exam sat in a real JupyterLab: by keyboard, through a reload and a dead kernel, and until its time is up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from grader.answers import read_answers
from grader.examsource import write_exam_source
from grader.sitting.record import read_sitting
from grader.sitting.rules import Rules
from tests.browser.conftest import DARK, axe
from tests.browser.desk import TOKEN, Desk, started

pytestmark = pytest.mark.browser
KERNEL = 90_000  # a kernel's start on a busy machine, in ms
CODE = "ABCDEFGHIJKLMN27"
TYPED = "abcd efgh-1jkl-mn27"
BY_KEYBOARD, INTERRUPTED = "sample-0000000a", "sample-0000000b"
CASES = ("enc-0003", "enc-0001", "enc-0002")
NOTE = "enc-0001/note"
WIDTHS = (1280, 360)


class Exam:
    """What a form needs of its blueprint."""

    id, title, introduction = "sample", "Sample exam", "Read with care.\n\nThe code book is allowed."
    now = datetime.now(UTC)
    time = window = Rules(
        60, (30, 10, 5), 2, "void", now - timedelta(hours=2), now + timedelta(hours=9), "void"
    )


@pytest.fixture(scope="module")
def lab(tmp_path_factory, cases) -> Iterator[Desk]:
    """A JupyterLab with two forms in its folder."""
    folder = tmp_path_factory.mktemp("exam")
    for form in (BY_KEYBOARD, INTERRUPTED):
        write_exam_source(form, [cases[case_id] for case_id in CASES], Exam(), CODE, folder)
    with started(folder, tmp_path_factory.mktemp("home")) as desk:
        yield desk


def opened(page: Page, lab: Desk, form: str) -> Locator:
    """Open a form and run its cells, as a trainee does."""
    page.goto(f"{lab.address}/lab/tree/{form}/{form}.ipynb?reset&token={TOKEN}")
    expect(page.get_by_text(re.compile(r"\| Idle")).first).to_be_visible(timeout=KERNEL)
    return ran(page)


def ran(page: Page) -> Locator:
    """Run all cells of the notebook that is open."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).first.click()
    desk = page.locator(".cbx")
    expect(desk.get_by_role("heading").first).to_be_visible(timeout=KERNEL)
    return desk


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go to a control by the keyboard alone."""
    for _ in range(80):
        if target.count() and target.first.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached by {key}")


def press(page: Page, target: Locator) -> None:
    """Press a button by the keyboard alone."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def is_sound(page: Page, desk: Locator, *rules: str) -> None:
    """Look for violations at both widths; nothing scrolls sideways."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page, *rules, within=".cbx") == []
        assert desk.evaluate("element => element.scrollWidth <= element.clientWidth + 1"), width
    page.set_viewport_size({"width": 1280, "height": 900})


def until(page: Page, holds: Callable[[], Any]) -> None:
    """Wait for what happens outside of the page."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not happen within 10 seconds")


def note_in(folder: Path) -> str:
    """The note as it is on the disk."""
    return json.loads((folder / "answers.json").read_text())["items"].get(NOTE, {}).get("text", "")


def happened(folder: Path) -> list[str]:
    """What the record says has happened."""
    return [json.loads(line)["event"] for line in (folder / "sitting.jsonl").read_text().splitlines()]


def in_dark(page: Page, lab: Desk) -> None:
    """Have JupyterLab dark from its next load on."""
    raw = json.dumps({"raw": json.dumps({"theme": "JupyterLab Dark"})})
    path = f"{lab.address}/lab/api/settings/@jupyterlab/apputils-extension:themes"
    assert page.request.put(path, headers={"Authorization": f"token {TOKEN}"}, data=raw).ok


def test_an_exam_is_sat_by_keyboard_alone(lab, page):
    """From the code to handing over; every screen is free of violations, and the record of it has nothing odd."""
    folder = lab.root / BY_KEYBOARD
    desk = opened(page, lab, BY_KEYBOARD)
    page.keyboard.press("Control+b")  # the file browser takes half of a phone
    field = desk.get_by_label("Your opening code")
    is_sound(page, desk)
    tab_to(page, field)
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(desk.get_by_role("alert")).to_contain_text("this one has 5")
    page.keyboard.press("Control+a")
    page.keyboard.type(TYPED)
    page.keyboard.press("Enter")
    first = desk.get_by_role("heading", name="Encounter 1 of 3")
    expect(first).to_be_focused()
    tab_to(page, desk.get_by_role("combobox").first)
    page.keyboard.type("M54.50")
    page.keyboard.press("Enter")
    expect(desk.get_by_text(re.compile(r"^Saved at \d\d:\d\d$"))).to_be_visible()
    assert desk.get_by_role("button", name=re.compile("check", re.I)).count() == 0
    is_sound(page, desk)
    press(page, desk.get_by_role("button", name="Next encounter"))
    expect(desk.get_by_role("heading", name="Encounter 2 of 3")).to_be_focused()
    tab_to(page, desk.get_by_label("Look at this again later"))
    page.keyboard.press("Space")
    tab_to(page, desk.get_by_role("textbox", name="Your note"))
    page.keyboard.type("Low back pain <b>since</b> Sunday.")
    expect(desk.get_by_role("button", name="Encounter 2, partly answered, look again")).to_be_attached()
    tab_to(page, desk.get_by_role("button", name="Finish …"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Before you hand over")).to_be_focused()
    expect(desk.get_by_text("1 of 2 questions has no answer; you want to look at it again.")).to_be_visible()
    is_sound(page, desk)
    press(page, desk.get_by_role("button", name="Hand over …"))
    press(page, desk.get_by_role("button", name="No, not yet"))
    press(page, desk.get_by_role("button", name="Hand over …"))
    press(page, desk.get_by_role("button", name="Yes, hand over now"))
    expect(desk.get_by_role("heading", name="Handed over")).to_be_focused()
    assert desk.get_by_role("textbox").count() == 0
    answers = read_answers(folder / "answers.json").items
    assert set(answers) == {"enc-0003/codes", NOTE}
    assert note_in(folder) == "Low back pain <b>since</b> Sunday."
    record = read_sitting(folder, BY_KEYBOARD)
    assert record.finished and record.remarks == () and page.errors == []


def test_no_answer_is_lost_and_the_end_locks(lab, page):
    """A reload, a dead kernel and the end of the time, each in the middle of a word."""
    folder = lab.root / INTERRUPTED
    page.on("dialog", lambda dialog: dialog.accept())
    in_dark(page, lab)
    desk = opened(page, lab, INTERRUPTED)
    page.keyboard.press("Control+b")
    is_sound(page, desk, *DARK)
    desk.get_by_label("Your opening code").fill(TYPED)
    desk.get_by_role("button", name="Start").click()
    desk.get_by_role("button", name="Encounter 2, not begun").click()
    note = desk.get_by_role("textbox", name="Your note")
    is_sound(page, desk, *DARK)

    note.press_sequentially("First words")
    page.reload()
    expect(page.get_by_text(re.compile(r"\| Idle")).first).to_be_visible(timeout=KERNEL)
    ran(page)
    expect(desk.get_by_role("heading", name="Encounter 2 of 3")).to_be_visible()
    expect(note).to_have_value("First words")
    until(page, lambda: note_in(folder) == "First words")

    _restart_kernel(page, lab, INTERRUPTED)
    note.press_sequentially(", second words")
    expect(desk.get_by_role("alert")).to_contain_text("NOT saved yet", timeout=15_000)
    page.get_by_role("button", name="Restart the kernel and run all cells").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(desk.get_by_text("You have begun already")).to_be_visible(timeout=KERNEL)
    desk.get_by_label("Your opening code").fill(TYPED)
    desk.get_by_role("button", name="Go on").click()
    expect(note).to_have_value("First words, second words")
    until(page, lambda: note_in(folder) == "First words, second words")
    desk.get_by_role("button", name="Finish …").first.click()
    is_sound(page, desk, *DARK)
    desk.get_by_role("button", name="Go to encounter 2").click()
    assert read_sitting(folder, INTERRUPTED).remarks == ()

    _begun_earlier(folder, seconds_left=4)
    note.press_sequentially(", third")
    expect(desk.get_by_text(re.compile(r"^0:0\d left$"))).to_be_visible()
    note.press_sequentially(" words")
    expect(desk.get_by_role("heading", name="The time is up")).to_be_focused(timeout=10_000)
    assert desk.get_by_role("textbox").count() == 0
    until(page, lambda: note_in(folder) == "First words, second words, third words")
    until(page, lambda: "time_up" in happened(folder))
    assert page.errors == [] and happened(folder).count("start") == 1


def _restart_kernel(page: Page, lab: Desk, form: str) -> None:
    headers = {"Authorization": f"token {TOKEN}"}
    sessions = page.request.get(f"{lab.address}/api/sessions", headers=headers).json()
    (kernel,) = [each["kernel"]["id"] for each in sessions if form in each["path"]]
    assert page.request.post(f"{lab.address}/api/kernels/{kernel}/restart", headers=headers).ok


def _begun_earlier(folder: Path, seconds_left: int) -> None:
    """Write a start into the record that leaves so many seconds."""
    lines = (folder / "sitting.jsonl").read_text().splitlines()
    start = datetime.now(UTC) - timedelta(minutes=60) + timedelta(seconds=seconds_left)
    lines[0] = json.dumps({**json.loads(lines[0]), "at": start.isoformat(timespec="microseconds")})
    (folder / "sitting.jsonl").write_text("".join(f"{line}\n" for line in lines))
