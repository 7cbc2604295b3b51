"""The exam's widget: what it says to the page, and that nothing crosses before the form is open."""

import json
from datetime import timedelta

import pytest

from grader.workbench import seat as module
from grader.workbench.exam import open_exam
from tests.sitting.forms import CASES, CAUSE, CODE, NOTE, OPENS, Hand, release


class Page:
    """A page as the kernel meets it."""

    def __init__(self, desk, name):
        self.desk, self.name, self.heard = desk, name, []

    def say(self, kind, **more):
        """Send a message and return what the kernel answered."""
        self.heard.clear()
        self.desk._asked(self.desk, {"kind": kind, "from": self.name, **more}, [])
        return self.heard[-1] if self.heard else None


@pytest.fixture
def clock():
    """Ten minutes after the opening."""
    return Hand(OPENS + timedelta(minutes=10))


@pytest.fixture
def page(tmp_path, clock, monkeypatch):
    """A page on a released form."""
    monkeypatch.setattr(module, "_opened", {})
    desk = open_exam(release(tmp_path), clock)
    page = Page(desk, "p1")
    desk.send = lambda content, buffers=None: page.heard.append(content)
    return page


def test_before_the_code_nothing_of_the_encounters_crosses(page):
    """The only trait is what anybody may read; a page that asks is told how far the sitting is."""
    told = page.say("hello")
    assert (told["kind"], told["stage"], told["from"]) == ("state", "ready", "p1") and "cases" not in told
    state = page.desk.get_state()
    synced = {name for name in state if not name.startswith("_")}
    assert synced == {"form", "layout", "tabbable", "tooltip"}
    assert "sealed" not in state["form"] and "seal" not in state["form"] and state["form"]["minutes"] == 60


def test_the_code_brings_the_encounters_to_the_page_and_to_no_trait(page):
    """They go by message: a trait would be saved into the notebook."""
    told = page.say("begin", code=CODE.lower())
    assert told["stage"] == "open" and told["cases"] == list(CASES) and told["left"] == 3600
    assert "gardening" not in repr(page.desk.get_state()["form"])


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", None, 5, "<script>"])
def test_a_wrong_code_is_told_in_words(page, code):
    """Whatever is sent for one, the page hears why nothing opens."""
    told = page.say("begin", code=code)
    assert told["stage"] == "ready" and told["words"] and "cases" not in told


def test_a_save_is_acknowledged_by_its_number(page):
    """When, and which answers: then the page may say that they are saved."""
    page.say("begin", code=CODE)
    told = page.say("save", number=7, items={NOTE: {"text": "Pain"}})
    assert (told["kind"], told["number"], told["items"]) == ("saved", 7, {NOTE: {"text": "Pain"}})
    assert told["at"].startswith("2026-11-02T08:10")


def test_a_save_that_fails_is_told(page, monkeypatch):
    """The page keeps the answers and goes on trying."""
    page.say("begin", code=CODE)

    def refuse(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.Seat, "save", refuse)
    told = page.say("save", number=1, items={NOTE: {"text": "Pain"}})
    assert (
        told["kind"] == "unsaved"
        and "No space left" in told["words"]
        and "kept in this page" in told["words"]
    )


@pytest.mark.parametrize("items", [None, [], {"enc-0404/x": {"text": ""}}, {NOTE: 5}])
def test_what_is_no_answer_is_not_acknowledged(page, items):
    """Nothing to save is saved as nothing, and nonsense is told."""
    page.say("begin", code=CODE)
    told = page.say("save", number=1, items=items)
    assert told["kind"] == ("unsaved" if items else "saved")


def test_after_the_end_the_kernel_refuses(page, clock):
    """Not the page alone."""
    page.say("begin", code=CODE)
    clock.pass_by(minutes=63)
    assert page.say("save", number=1, items={NOTE: {"text": "late"}})["kind"] == "refused"
    assert page.say("look")["stage"] == "over"
    assert "cases" not in page.say("hello")


def test_handing_over_is_told_to_every_page(page):
    """The exam may be open in two tabs: both lock."""
    page.say("begin", code=CODE)
    told = page.say("finish")
    assert told["stage"] == "finished" and told["from"] == ""


def test_a_second_page_gets_encounters_and_answers(page, tmp_path):
    """A page that was loaded anew goes on without the code, and the record says that it came back."""
    page.say("hello")
    page.say("begin", code=CODE)
    page.say("save", number=1, items={NOTE: {"text": "Pain"}})
    page.name = "p2"
    told = page.say("hello")
    assert told["answers"] == {NOTE: {"text": "Pain"}} and told["cases"] == list(CASES)
    assert '"resume"' in (tmp_path / "sitting.jsonl").read_text()


def test_answers_of_another_notebook_reach_the_page(page, tmp_path, clock):
    """At its next look the page is told what another kernel saved."""
    page.say("begin", code=CODE)
    module.Seat(tmp_path, clock).save({CAUSE: {"choice": "c1"}})
    page.say("look")
    assert {"kind": "answers", "answers": {CAUSE: {"choice": "c1"}}} in page.heard


def test_a_folder_that_cannot_be_written_is_told(page, monkeypatch):
    """Words, no traceback."""

    def refuse(path):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(module, "turn", refuse)
    assert "cannot be written to (Read-only file system)" in page.say("begin", code=CODE)["words"]


@pytest.mark.parametrize("content", [None, "{broken"])
def test_a_form_that_is_missing_or_damaged_is_told_without_a_traceback(tmp_path, content):
    """The cell shows words."""
    if content:
        (tmp_path / "exam.json").write_text(content)
    assert repr(open_exam(tmp_path)).startswith("exam.json: it is ")
    assert "Fetch the exam again" in repr(open_exam(tmp_path))


@pytest.mark.parametrize("message", [None, 5, [], {}, {"kind": "party"}, {"kind": ["hello"]}])
def test_other_messages_are_left_alone(page, message):
    """Nothing is answered and nothing raises."""
    page.desk._asked(page.desk, message, [])
    assert page.heard == []


def test_the_codes_come_by_message(page):
    """As for the workbench."""
    page.say("codes")
    assert page.heard == [{"kind": "codes"}]


def test_nothing_that_is_sent_tells_how_many_codes(page):
    """The encounters are the public part, nothing more."""
    told = json.dumps(page.say("begin", code=CODE))
    assert "expected" not in told and "canary" not in told
