"""Result pages and the report, as files: what they tell, and that they give no key away."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from grader.cli import decide as commands
from grader.cli import main
from grader.decision import figures
from grader.decision.exam import decide_exam
from grader.decision.file import write_decisions
from grader.decision.publish import REPORT, find_result, results, retake_decision, write_report, write_results
from grader.errors import CourseError, DecisionsFileError, NotFoundError
from grader.exam.blueprint import load_blueprint
from grader.exam.folder import ExamFolder, exam_folder
from grader.grading.course import Course
from grader.grading.forgetting.forget import forget
from grader.library.reference import key_to_dict
from tests.decision.conftest import PEOPLE
from tests.decision.made import CASES, EXAM, LATER, give, material

BOOK = "https://course.example.org/book"


def decide(course: Course) -> ExamFolder:
    """Decide about the exam, and return its folder."""
    folder = exam_folder(course.root, EXAM)
    write_decisions(folder, load_blueprint(folder.blueprint), decide_exam(course, EXAM, LATER), LATER)
    return folder


@pytest.fixture(scope="module")
def published(exam, tmp_path_factory) -> Course:
    """The exam with everything written about it; as if three sittings were many, so that statistics are told."""
    root = tmp_path_factory.mktemp("published") / "class"
    shutil.copytree(exam.root, root)
    course = Course(root)
    folder = decide(course)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "ENOUGH", 3)
        write_results(folder, results(course, EXAM, LATER, BOOK))
        write_report(course, EXAM, LATER)
    return course


def pages(course: Course) -> dict[str, str]:
    """Return every page by name, the report among them."""
    folder = exam_folder(course.root, EXAM)
    found = (*folder.results.iterdir(), folder.root / REPORT)
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def texts(data: object) -> Iterator[str]:
    """Yield every text of a key, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value)


@cache
def secrets() -> frozenset[str]:
    """Return canaries, codes and every sentence of ten words or more of the keys, in small letters."""
    found = set()
    for case, key in (material(name) for name in CASES):
        found.add(key.canary)
        for text in texts(key_to_dict(key)):
            if re.fullmatch(r"[A-Z]\d[0-9A-Z](\.\w{1,4})?", text):
                found.add(text)
            found |= {part.strip() for part in re.split(r"(?<=[.!?;])\s+", text) if len(part.split()) >= 10}
        for item in case.items:
            found |= {choice.text for choice in item.choices if len(choice.text.split()) >= 3}
    return frozenset(each.lower() for each in found)


def test_the_search_for_secrets_finds_some():
    """Canaries, codes, options and sentences of the keys are what is searched for."""
    found = secrets()
    assert len(found) > 60
    assert {"z00.00", "m54.50"} & found or any(re.fullmatch(r"[a-z]\d\w\.\w+", each) for each in found)
    assert any(len(each.split()) >= 10 for each in found)


def test_no_key_shows_through(published):
    """No canary, code, option or sentence of a key stands in any page, table or decision."""
    folder = exam_folder(published.root, EXAM)
    written = [*pages(published).values(), folder.decisions.read_text(encoding="utf-8")]
    for text in written:
        plain = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL).lower()
        assert not [secret for secret in secrets() if secret in plain]


def test_a_result_page_tells_nothing_of_single_cases(published):
    """No id of a case, no number of codes and no finer share than whole percent; nor which rule a case failed by."""
    own = {name: page for name, page in pages(published).items() if name != REPORT}
    assert len(own) == len(PEOPLE)
    for page in own.values():
        body = page[page.index("<body>") :]
        assert not [case for case in CASES if case in body]
        assert not re.search(r"\d[.,]\d+ %", body)
        assert not re.search(r"\b\d+ (of \d+ )?codes?\b", body)
        assert not re.search(r"not one code|codes? (short|to spare)", body)


def test_pages_need_nothing_and_run_nothing(published):
    """No script, no style or picture from elsewhere, a policy that forbids them, a language and a title."""
    for name, page in pages(published).items():
        assert "<script" not in page and "<img" not in page and "<link" not in page
        assert "default-src 'none'" in page
        assert '<html lang="en">' in page
        assert re.search(r"<title>\S.*</title>", page)
        sources = set(re.findall(r'(?:href|src)="([^#"][^"]*)"', page))
        assert all(source.startswith(f"{BOOK}/practice/") for source in sources), name


def test_names_are_text(published):
    """A name with signs of markup is shown as it is written, on the person's page and in the report."""
    for name in ("trainee-2.html", REPORT):
        page = pages(published)[name]
        assert "&lt;b&gt;Bo &amp; Co&lt;/b&gt;" in page
        assert "<b>Bo" not in page


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("passes", "You have passed."),
        ("misses the mark", "You have not passed."),
        ("waits", "Nothing is decided yet."),
        ("too long", "This sitting does not count."),
        ("absent", "You have not handed anything in."),
    ],
)
def test_the_page_says_the_outcome_in_one_sentence(published, who, sentence):
    """Each outcome has its own sentence, and no other stands beside it."""
    page = pages(published)[f"{PEOPLE[who].trainee}.html"]
    said = re.findall(r'<p class="said">(.*?)</p>', page)
    assert said == [sentence]


def test_a_fail_names_what_was_missed_and_what_comes_next(published):
    """Parts that were not met, how each is counted, when one may sit again, and how to ask for a review."""
    page = pages(published)["trainee-2.html"]
    assert "Not met: Codes; First-listed code." in page
    assert "Your instructor sets the dates" in page
    assert "Ask your instructor for a review" in page
    assert "How each part is counted" in page
    assert "certificate" not in page


def test_a_pass_close_to_the_mark_is_told_so(published):
    """The error of measurement is told in plain words where it matters, and nowhere else."""
    found = pages(published)
    assert "percentage points more or less" in found["trainee-1.html"]
    assert "Back pain coder" in found["trainee-1.html"]
    assert "percentage points" not in found["trainee-2.html"]


def test_nothing_is_told_before_it_is_decided(published):
    """Whoever waits sees no share that may change, and no command for instructors."""
    page = pages(published)["trainee-4.html"]
    assert "What was asked" not in page
    assert "python" not in page and "rulings" not in page


def test_the_report_lists_near_misses_with_what_to_look_at(published):
    """The near miss and what speaks for a second look stand in the report; the clear fail is not among them."""
    page = pages(published)[REPORT]
    near = page[page.index('id="near"') : page.index('id="sure"')]
    assert "trainee-1<" in near and "trainee-2<" not in near
    assert "enc-0047/request" in near and "waits for confirmation" in near


def test_the_report_explains_its_figures(published):
    """Reliability, errors, overlap and difficulty stand with what they mean; so do remarks on time."""
    page = pages(published)[REPORT]
    for told in (
        "Reliability",
        "Standard error of measurement",
        "Most in common",
        "Difficulty of forms",
        "sitting.jsonl is missing",
    ):
        assert told in page
    assert "Too few" not in page


def test_too_few_sittings_tell_nothing(published):
    """With fewer than thirty sittings the report says so, in place of figures."""
    words, place = write_report(published, EXAM, LATER)
    text = place.read_text(encoding="utf-8")
    assert "Too few: 7 sittings" in text and "Brennan" not in text
    assert "too few" in words


def test_a_result_says_what_was_decided_last(published, tmp_path):
    """When something has changed since, no page is written that says otherwise: deciding comes first."""
    shutil.copytree(published.root, tmp_path / "class")
    course = Course(tmp_path / "class")
    give(course, PEOPLE["waits"], {"enc-0010-note": 1.0, "enc-0047-request": 1.0})
    with pytest.raises(CourseError, match=r"trainee-4.*exam decide"):
        results(course, EXAM, LATER)
    decide(course)
    assert find_result(results(course, EXAM, LATER), "trainee-4").passed
    with pytest.raises(NotFoundError, match="nobody"):
        find_result(results(course, EXAM, LATER), "nobody")


def test_a_retake_is_told_from_the_decisions(published):
    """Drawing asks whether somebody may sit again, and gets the rule with its date."""
    assert not retake_decision(published, EXAM, "trainee-2", LATER).allowed
    assert retake_decision(published, EXAM, "trainee-2", LATER + timedelta(days=30)).allowed
    assert not retake_decision(published, EXAM, "trainee-1", LATER + timedelta(days=30)).allowed


def test_a_form_drawn_since_has_to_be_decided_first(published, tmp_path):
    """Who was drawn a second form after the last decision gets no third one, however long ago that was."""
    shutil.copytree(published.root, tmp_path / "class")
    course = Course(tmp_path / "class")
    path = exam_folder(course.root, EXAM).forms_list
    data = json.loads(path.read_text())
    first = next(form for form in data["forms"] if form["trainee"] == "trainee-2")
    data["forms"].append({**first, "form": f"{EXAM}-0badf00d", "attempt": 2})
    path.write_text(json.dumps(data))
    may = retake_decision(course, EXAM, "trainee-2", LATER + timedelta(days=300))
    assert not may.allowed and "Nothing is decided about your last form yet" in may.words


def test_without_decisions_there_are_no_results(exam):
    """The command that decides is named."""
    with pytest.raises(DecisionsFileError, match="exam decide"):
        results(exam, EXAM, LATER)


def test_a_forgotten_person_is_in_nothing(published, tmp_path):
    """Forms, opening, sitting, decision and page of one person go; those of the others stay, and can be decided again."""
    shutil.copytree(published.root, tmp_path / "class")
    course = Course(tmp_path / "class")
    person = PEOPLE["misses the mark"]
    forget(course, person.trainee)
    left = [path for path in course.root.rglob("*") if path.is_file() and path.suffix != ".db"]
    named = [
        path
        for path in left
        if re.search(rf"{person.trainee}(?!\d)|{person.form}|Bo & Co|Bo &amp;", path.read_text())
    ]
    assert named == []
    assert len(decide_exam(course, EXAM, LATER)) == len(PEOPLE) - 1
    assert (exam_folder(course.root, EXAM).results / "trainee-1.html").exists()


def run(capsys, *arguments: str) -> str:
    """Run a command and return what it prints."""
    assert main(["exam", *arguments]) == 0
    return str(capsys.readouterr().out)


def test_the_commands_decide_and_tell(published, tmp_path, capsys, monkeypatch):
    """Decide prints a table and what changed; result shows a trainee in words; report says where it stands."""
    monkeypatch.setattr(commands, "_now", lambda: LATER)
    shutil.copytree(published.root, tmp_path / "class")
    course, where = Course(tmp_path / "class"), ("--course", str(tmp_path / "class"))
    assert "otherwise than before" not in run(capsys, "decide", EXAM, *where)
    give(course, PEOPLE["waits"], {"enc-0010-note": 1.0, "enc-0047-request": 1.0})
    decided = run(capsys, "decide", EXAM, *where)
    assert (
        f"trainee-4 ({PEOPLE['waits'].form}): not decided yet with 100 % of codes → passed with 100 % of codes"
        in decided
    )
    shown = run(capsys, "result", EXAM, "trainee-2", *where)
    assert "You have not passed." in shown and "You may sit the exam again" in shown
    assert "a page for each of 8 trainees; " in shown and " not decided yet: " in shown
    assert "Send each trainee their own page; nothing else in the class is for them." in shown
    assert str(Path("exams", EXAM, "report.html")) in run(capsys, "report", EXAM, *where)
    assert json.loads(exam_folder(course.root, EXAM).decisions.read_text())["award"]["months"] == 24


def test_a_link_leads_to_the_web_alone(published, capsys):
    """An address of the book that is none is refused."""
    with pytest.raises(SystemExit):
        main(["exam", "result", EXAM, "--book", "javascript:alert(1)", "--course", str(published.root)])
    assert "https://" in capsys.readouterr().err
