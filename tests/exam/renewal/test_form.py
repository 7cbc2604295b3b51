"""The short form of a renewal."""

from __future__ import annotations

import re
from datetime import date

import pytest

from grader.codeset.tabular import CodeSet
from grader.exam.blueprint import load_blueprint
from grader.exam.draw import DrawnForm
from grader.exam.pool import Pool, load_pool
from grader.exam.renewal.changed import taught_categories
from grader.exam.renewal.form import FEWEST, renewal_form
from grader.exam.secret import Source
from grader.family.writing import case_text, key_text
from grader.library.encounter import Case
from grader.library.item_keys import CodesKey
from grader.library.reference import Key
from grader.lint import lint
from grader.lint.exemplar import own_case_faults
from tests.conftest import ROOT

SEED = "a seed of an exam that nobody takes, long enough"
TODAY = date(2026, 11, 25)
BEFORE_FY2025 = date(2024, 6, 1)


@pytest.fixture(scope="module")
def pool(codes: CodeSet) -> Pool:
    return load_pool(ROOT / "cases", ROOT / "cases", ROOT / "cases" / "families", codes)


@pytest.fixture(scope="module")
def taught(keys: dict[str, Key]) -> frozenset[str]:
    return taught_categories(keys.values())


def form_of(trainee: str, since: date, taught: frozenset[str], pool: Pool, codes: CodeSet) -> DrawnForm:
    return renewal_form(Source(SEED, "renewal", trainee, 1), since, TODAY, taught, pool, codes)


def asked(drawn: DrawnForm) -> set[str]:
    return {
        expected.code
        for key in drawn.form.keys.values()
        for item in key.items.values()
        if isinstance(item, CodesKey)
        for expected in item.expected
    }


def test_a_form_asks_what_changed_since_the_certificate(
    taught: frozenset[str], pool: Pool, codes: CodeSet
) -> None:
    """Who was certified before October 2024 codes disc degeneration by the codes of that day."""
    drawn = form_of("trainee-1", BEFORE_FY2025, taught, pool, codes)
    assert any(code.startswith(("M51.36", "M51.37")) and len(code) == 7 for code in asked(drawn))
    assert any(item.kind == "match" for case in drawn.form.cases for item in case.items)
    assert len(drawn.form.cases) >= FEWEST


def test_a_form_is_never_shorter_because_little_changed(
    taught: frozenset[str], pool: Pool, codes: CodeSet
) -> None:
    """Without a change there are charts of families that turn on dates, and claims of earlier changes."""
    drawn = form_of("trainee-1", date(2026, 10, 2), taught, pool, codes)
    assert len(drawn.form.cases) == FEWEST
    assert all("code-validity" in case.skills for case in drawn.form.cases)
    assert sum(item.kind == "match" for case in drawn.form.cases for item in case.items) == 1


@pytest.mark.parametrize("since", [BEFORE_FY2025, date(2025, 12, 1), date(2026, 10, 2)])
def test_nothing_is_of_a_day_to_come(since: date, taught: frozenset[str], pool: Pool, codes: CodeSet) -> None:
    """Every encounter was over when the form was made."""
    drawn = form_of("trainee-1", since, taught, pool, codes)
    assert all(case.encounter_date <= TODAY for case in drawn.form.cases)


@pytest.mark.parametrize("trainee", [f"trainee-{number}" for number in range(8)])
@pytest.mark.parametrize("since", [BEFORE_FY2025, date(2026, 10, 2)])
def test_one_slip_passes_and_two_do_not(
    trainee: str, since: date, taught: frozenset[str], pool: Pool, codes: CodeSet
) -> None:
    """As the blueprint says: one wrong code, which is missed and one too many, still passes; two fail."""
    standard = load_blueprint(ROOT / "exercises" / "renewal" / "blueprint.yml").standard
    drawn = form_of(trainee, since, taught, pool, codes)
    expected = [
        len(item.expected)
        for key in drawn.form.keys.values()
        for item in key.items.values()
        if isinstance(item, CodesKey)
    ]
    total = sum(expected)
    assert (total - 1) / (total + 1) >= standard.codes > (total - 2) / (total + 2)


def test_the_same_secret_makes_the_same_form_and_another_trainee_another(
    taught: frozenset[str], pool: Pool, codes: CodeSet
) -> None:
    """A form depends on the secret, the trainee and the dates alone; no encounter is of two trainees."""
    one = form_of("trainee-1", BEFORE_FY2025, taught, pool, codes)
    again = form_of("trainee-1", BEFORE_FY2025, taught, pool, codes)
    other = form_of("trainee-2", BEFORE_FY2025, taught, pool, codes)
    assert one.form == again.form
    assert not {case.id for case in one.form.cases} & {case.id for case in other.form.cases}


def test_every_key_answers_its_own_encounter(taught: frozenset[str], pool: Pool, codes: CodeSet) -> None:
    """A key scored as an answer earns every point, and every question belongs to the exam pool."""
    drawn = form_of("trainee-3", BEFORE_FY2025, taught, pool, codes)
    for case in drawn.form.cases:
        assert case.pool == "exam"
        assert not list(own_case_faults(case, drawn.form.keys[case.id], codes))


def test_what_is_made_passes_the_checks_of_the_library(
    taught: frozenset[str], pool: Pool, codes: CodeSet, tmp_path
) -> None:
    """Made encounters are spelled, cited and keyed as those that people wrote; only shorter, with fewer mistakes foreseen."""
    for trainee in ("trainee-1", "trainee-2", "trainee-3"):
        for name, made in form_of(trainee, BEFORE_FY2025, taught, pool, codes).drawn.items():
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "case.yml").write_text(case_text(made.case), encoding="utf-8")
            (tmp_path / name / "key.yml").write_text(key_text(made.key), encoding="utf-8")
    faults = [str(fault) for fault in lint(tmp_path, tmp_path, codes)]
    shorter = re.compile(r"they have \d+ words together|it foresees \d mistakes")
    assert [fault for fault in faults if not shorter.search(fault)] == []
    assert any(shorter.search(fault) for fault in faults)  # so the library's own checks did look at them


def test_nothing_that_is_shown_holds_a_canary(taught: frozenset[str], pool: Pool, codes: CodeSet) -> None:
    """The public part of a renewal form knows nothing of its keys."""
    drawn = form_of("trainee-1", BEFORE_FY2025, taught, pool, codes)
    shown = str([Case.public(case) for case in drawn.form.cases])
    assert not any(key.canary in shown for key in drawn.form.keys.values())
    assert len({key.canary for key in drawn.form.keys.values()}) == len(drawn.form.cases)
