"""One person taken out of the exams of a class: forms, decisions, result page and certificates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.errors import CourseError, FormsFileError
from grader.exam.folder import ExamFolder
from grader.grading.forgetting import exams
from grader.grading.forgetting.forget import _ISSUED, Forgotten, _remove_of_exams

ANA, ANABEL = "ana", "ana.bel"
OF = {ANA: "sample-aaaaaaaa", ANABEL: "sample-bbbbbbbb"}
EXAM = "sample"


def entry(trainee: str) -> dict[str, object]:
    """Return a form as the list of forms has it."""
    return {
        "form": OF[trainee], "trainee": trainee, "name": trainee.title(), "email": "", "attempt": 1, "points": 8.0,
        "cases": ["enc-0014"], "drawn": "",
    }  # fmt: skip


@pytest.fixture
def root(tmp_path) -> Path:
    """A class in which two people of nearly the same name sat an exam."""
    folder = ExamFolder(tmp_path / "exams" / EXAM)
    for place in (folder.forms, folder.cases, folder.keys, folder.results, tmp_path / "certificates" / EXAM):
        place.mkdir(parents=True)
    overlap = {"most": 0.5, "mean": 0.5, "worst": [*OF.values()], "pairs": 1, "bound": 0.5}
    data = {
        "schema": "exam-forms/1",
        "exam": EXAM,
        "blueprint": "b",
        "seed": "s",
        "forms": [entry(each) for each in OF],
    }
    folder.forms_list.write_text(json.dumps({**data, "overlap": overlap}))
    outcomes = [{"trainee": each, "form": OF[each]} for each in OF]
    folder.decisions.write_text(json.dumps({"schema": "decisions/1", "outcomes": outcomes}))
    (folder.root / "rulings.yml").write_text(
        "schema: rulings/1\nrulings:\n"
        + "".join(f"  - {{form: {form}, counts: true, why: seen}}\n" for form in OF.values())
    )
    folder.opening_codes.write_text(
        "trainee,name,form,code\n" + "".join(f"{each},N,{OF[each]},C\n" for each in OF)
    )
    (folder.root / "report.html").write_text("<th>ana</th>")
    for each, form in OF.items():
        for place in (folder.forms, tmp_path / "source", tmp_path / "release", tmp_path / "x" / "outbound"):
            (place / form).mkdir(parents=True)
        (folder.results / f"{each}.html").write_text(each)
        for kind in ("jwt", "png", "svg", "pdf"):
            (tmp_path / "certificates" / EXAM / f"{each}.{kind}").write_text(each)
    (tmp_path / "exams" / ".sample-x1").mkdir()
    return tmp_path


def test_everything_of_one_person_is_found_and_nothing_of_another(root):
    """Forms, result page and certificates of ana, and none of ana.bel's."""
    found = {str(path.relative_to(root)) for path in exams.own(root, ANA)}
    assert found == {
        f"source/{OF[ANA]}", f"release/{OF[ANA]}", f"exams/{EXAM}/forms/{OF[ANA]}", f"exams/{EXAM}/results/ana.html",
        *(f"certificates/{EXAM}/ana.{kind}" for kind in ("jwt", "png", "svg", "pdf")),
    }  # fmt: skip
    assert [path.name for path in exams.released(root / "x", exams.forms(root, ANA))] == [OF[ANA]]


def test_lists_lose_one_person_and_keep_the_others(root):
    """Forms, decisions and rulings of the other stay as they were; the pair with most in common is named no more."""
    folder = ExamFolder(root / "exams" / EXAM)
    assert exams.take_out(root, ANA) == 3
    forms = json.loads(folder.forms_list.read_text())
    assert forms["forms"] == [entry(ANABEL)]
    assert forms["overlap"] == {"most": 0.5, "mean": 0.5, "worst": [], "pairs": 1, "bound": 0.5}
    assert [each["trainee"] for each in json.loads(folder.decisions.read_text())["outcomes"]] == [ANABEL]
    assert (folder.root / "rulings.yml").read_text().count("form:") == 1
    assert OF[ANABEL] in (folder.root / "rulings.yml").read_text()
    assert {path.stat().st_mode & 0o777 for path in (folder.forms_list, folder.decisions)} == {0o600}
    assert exams.take_out(root, ANA) == 0


def test_nothing_is_written_for_somebody_without_a_form(root):
    """Files stay byte by byte when nobody of the name is in them."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert exams.take_out(root, "an") == 0
    assert {path: path.read_bytes() for path in before} == before
    assert not [*exams.own(root, "an")]


def test_a_report_that_names_a_person_goes_as_a_whole(root):
    """It rests on everybody: it is made anew, and the command for that is told; one without the name stays."""
    done = Forgotten(ANA)
    _remove_of_exams(root, done, [*exams.own(root, ANA)])
    assert not (root / "exams" / EXAM / "report.html").exists()
    assert done.anew == ["python -m grader exam report sample"]
    assert "       1 report of exams" in str(done)
    assert not (root / "exams" / ".sample-x1").exists()
    (root / "exams" / EXAM / "report.html").write_text("<th>ana.bel</th>")
    _remove_of_exams(root, Forgotten(ANA), [])
    assert (root / "exams" / EXAM / "report.html").exists()


def test_certificates_are_told_of(root):
    """Whoever removes certificates reads that copies still verify and that the registry is elsewhere; others do not."""
    done, other = Forgotten(ANA), Forgotten("bo")
    _remove_of_exams(root, done, [*exams.own(root, ANA)])
    _remove_of_exams(root, other, [*exams.own(root, "bo")])
    assert _ISSUED[0] in str(done)
    assert _ISSUED[0] not in str(other)
    assert [path.stem for path in (root / "certificates" / EXAM).iterdir()] == [ANABEL] * 4


def test_tables_of_exams_are_among_those_to_be_searched(root):
    """Opening codes stand in a table with a column of names."""
    assert [path.name for path in exams.tables(root)] == ["opening-codes.csv"]


def test_a_damaged_list_stops_it_and_nothing_is_lost(root):
    """A list that cannot be read is told of in words, and the list of forms still names the person."""
    folder = ExamFolder(root / "exams" / EXAM)
    folder.decisions.write_text("{")
    with pytest.raises(CourseError, match="cannot be read"):
        exams.take_out(root, ANA)
    assert exams.forms(root, ANA) == [OF[ANA]]
    folder.forms_list.write_text("{")
    with pytest.raises(FormsFileError):
        exams.forms(root, ANA)
