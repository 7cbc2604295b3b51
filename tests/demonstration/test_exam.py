"""The sample exam that `make course` runs: three sit it, and the certificate of the one who passes holds."""

from __future__ import annotations

import json

import pytest

from grader.certificate.verify import verify
from grader.decision.file import read_decisions
from grader.decision.outcome import FAILED, PASSED, Outcome
from grader.demonstration.altered import FORGED
from grader.demonstration.candidates import CANDIDATES
from grader.demonstration.exam import EXAM
from grader.exam.folder import ExamFolder, exam_folder
from tests.conftest import ROOT

CLASS = ROOT / "build" / "class"
CERTIFICATES = CLASS / "certificates" / EXAM
TRUST = CLASS / "issuer" / "public"


@pytest.fixture(scope="module")
def folder() -> ExamFolder:
    return exam_folder(CLASS, EXAM)


@pytest.fixture(scope="module")
def outcomes(folder: ExamFolder) -> dict[str, Outcome]:
    return {outcome.trainee: outcome for outcome in read_decisions(folder)}


def missed(outcome: Outcome) -> set[str]:
    return {criterion.name for criterion in outcome.criteria if criterion.met is False}


def test_one_passes_one_misses_the_mark_and_one_fails_automatically(outcomes: dict[str, Outcome]) -> None:
    """Each of the three comes out as their habit says, and for that reason alone."""
    by_habit = {candidate.habit: outcomes[candidate.who.trainee] for candidate in CANDIDATES}
    assert by_habit["right"].outcome == PASSED and not missed(by_habit["right"])
    assert by_habit["careless"].outcome == FAILED and "codes" in missed(by_habit["careless"])
    assert "invalid_code" not in missed(by_habit["careless"])
    assert by_habit["outdated"].outcome == FAILED and missed(by_habit["outdated"]) == {"invalid_code"}


def test_every_sitting_was_timed(outcomes: dict[str, Outcome]) -> None:
    """The record of each sitting tells how long it took, within the time."""
    assert all(outcome.minutes is not None and 30 < outcome.minutes <= 60 for outcome in outcomes.values())


def test_only_who_passed_has_a_certificate() -> None:
    """No file is made for the two who failed."""
    names = {path.name for path in CERTIFICATES.iterdir()}
    assert names == {
        *(f"candidate-1.{kind}" for kind in ("jwt", "pdf", "png", "svg")),
        "candidate-1-altered.png",
    }


@pytest.mark.parametrize("kind", ["jwt", "pdf", "png", "svg"])
def test_the_certificate_holds(kind: str) -> None:
    """All four forms are accepted, and name who passed."""
    verdict = verify((CERTIFICATES / f"candidate-1.{kind}").read_bytes(), TRUST)
    assert verdict.valid, verdict.reasons
    assert verdict.shown["holder"] == CANDIDATES[0].who.name


def test_the_altered_copy_does_not_hold() -> None:
    """Another name in the statement is found by its signature."""
    verdict = verify((CERTIFICATES / "candidate-1-altered.png").read_bytes(), TRUST)
    assert not verdict.valid and "bad_signature" in verdict.reasons
    assert CANDIDATES[0].who.name != FORGED


def test_everybody_has_a_result_page(folder: ExamFolder) -> None:
    """Each of the three finds a page; the instructor's report stands apart from what is handed out."""
    names = {path.name for path in folder.results.iterdir()}
    assert names == {f"{candidate.who.trainee}.html" for candidate in CANDIDATES}
    assert (folder.root / "report.html").is_file()


def test_forms_are_alike_and_differ(folder: ExamFolder) -> None:
    """Three forms with the same points and number of encounters, and not one with the encounters of another."""
    forms = json.loads(folder.forms_list.read_text(encoding="utf-8"))["forms"]
    assert len({(form["points"], len(form["cases"])) for form in forms}) == 1
    assert len({frozenset(form["cases"]) for form in forms}) == len(CANDIDATES)


@pytest.mark.parametrize("place", ["exams", "certificates", "issuer"])
def test_nobody_else_can_open_what_is_secret(place: str) -> None:
    """Keys, opening codes, decisions and private keys are for their owner's eyes alone."""
    secret = [path for path in (CLASS / place).rglob("*") if TRUST not in (path, *path.parents)]
    assert secret and all(not path.stat().st_mode & 0o077 for path in secret)
