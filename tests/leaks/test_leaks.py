"""No canary and no sentence of an exam key reaches anybody: releases, site, notebooks, logs, feedback, results, certificates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from grader.exam.folder import ExamFolder, exam_folder
from grader.exam.forms import read_forms
from grader.grading.course import Course
from grader.grading.examforms import opening_codes
from grader.library.encounter import Case
from grader.sitting.form import read_form
from tests.conftest import ROOT
from tests.leaks.certification import EXAM, certification
from tests.leaks.searching import Secrets, files, leaks, secrets, texts

BUILD = ROOT / "build"
SAMPLE = BUILD / "class"
BUILT = {
    "site": (BUILD / "book" / "_build" / "html",),
    "practice pack": (BUILD / "course",),
    "programs": (ROOT / "grader" / "workbench" / "static",),
    "class": (SAMPLE,),
}
OF_THE_EXAM = (
    "source", "release", "exchange", "trainees", "submitted", "autograded", "graded", "feedback", "gradebook.db",
    f"exams/{EXAM}/results", f"exams/{EXAM}/report.html", f"exams/{EXAM}/decisions.json", f"exams/{EXAM}/forms.json", f"exams/{EXAM}/forms",
)  # fmt: skip


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, str]:
    """A class in which somebody sits the certification exam, and what was logged on the way."""
    return certification(tmp_path_factory.mktemp("certification"))


@pytest.fixture(scope="module")
def course(sat: tuple[Course, str]) -> Course:
    return sat[0]


@pytest.fixture(scope="module")
def exam(course: Course) -> ExamFolder:
    return exam_folder(course.root, EXAM)


@pytest.fixture(scope="module")
def hidden(exam: ExamFolder, cases: dict[str, Case]) -> Secrets:
    """The keys of the exam pool and of every form, less what stands in charts, practice keys and pages anyway."""
    keys = [ROOT / "cases" / name / "key.yml" for name, case in cases.items() if case.pool == "exam"]
    drawn = [*exam.keys.glob("*/key.yml"), *SAMPLE.glob("exams/*/keys/var-*/key.yml")]
    assert keys and len(drawn) > 30
    found = secrets([*keys, *drawn], _in_the_open(cases, exam))
    assert len(found.canaries) > len(keys) and len(found.shingles) > 1000
    return found


def _in_the_open(cases: dict[str, Case], exam: ExamFolder) -> Iterator[str]:
    for name, case in cases.items():
        yield from texts(case.public())
        if case.pool == "practice":
            yield from texts(yaml.safe_load((ROOT / "cases" / name / "key.yml").read_text(encoding="utf-8")))
    for path in (*exam.cases.glob("*/case.yml"), *SAMPLE.glob("exams/*/cases/*/case.yml")):
        yield from texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    for page in (ROOT / "book").rglob("*.md"):
        if "node_modules" not in page.parts:
            yield page.read_text(encoding="utf-8")


def public(path: Path) -> bool:
    """Tell whether a file of a class is no key and nothing that a key can be made from."""
    return "keys" not in path.parts


@pytest.mark.parametrize("place", BUILT)
def test_nothing_of_an_exam_key_is_in(place: str, hidden: Secrets) -> None:
    """Read in every way that its bytes can be read, no file there holds a canary or ten words of a key in a row."""
    found = [path for path in files(*BUILT[place]) if public(path)]
    assert found
    for path in found:
        assert not leaks(path.read_bytes(), hidden), path


@pytest.mark.parametrize("name", OF_THE_EXAM)
def test_nothing_of_a_form_s_key_is_in(name: str, course: Course, hidden: Secrets) -> None:
    """From the source of a form to its feedback, gradebook and result page there is no word of a key."""
    place = course.root / name if name != "exchange" else course.root.parent / name
    found = [place] if place.is_file() else list(files(place))
    assert found
    for path in found:
        assert not leaks(path.read_bytes(), hidden), path


def test_the_opened_form_holds_no_key(course: Course, exam: ExamFolder, hidden: Secrets) -> None:
    """What crosses to the browser once the opening code was typed is charts and questions alone."""
    codes = opening_codes(exam)
    for entry in read_forms(exam):
        opened = read_form(course.root / "release" / entry.form).opened(codes[entry.form])
        assert len(opened) == len(entry.cases)
        assert not leaks(repr(opened).encode(), hidden)


def test_a_sealed_form_tells_nothing_of_its_charts(course: Course, exam: ExamFolder) -> None:
    """Before it is opened, a form shows neither a chart nor the titles of its encounters."""
    (entry,) = read_forms(exam)
    released = b"".join(path.read_bytes() for path in files(course.root / "release" / entry.form))
    for name in entry.cases:
        case = yaml.safe_load((exam.cases / name / "case.yml").read_text(encoding="utf-8"))
        assert case["title"].encode() not in released
        assert case["documents"][0]["text"].strip().splitlines()[0].encode() not in released


def test_no_log_tells_of_a_key(sat: tuple[Course, str], hidden: Secrets) -> None:
    """All that nbgrader and the course log on the way, at the most talkative level, holds nothing of a key."""
    _, logged = sat
    assert EXAM in logged
    assert not leaks(logged.encode(), hidden)


def test_the_search_would_find_the_key_itself(exam: ExamFolder, hidden: Secrets) -> None:
    """Were a key file among what is searched, it would be found."""
    for path in exam.keys.glob("*/key.yml"):
        assert leaks(path.read_bytes(), hidden)
