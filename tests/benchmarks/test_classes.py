"""Classes that are made up, to measure and compare grading on."""

import json
import random
from datetime import UTC, datetime

import pytest

from benchmarks.answering import LONGEST, SHORTEST, Notes
from benchmarks.classes import NAME, hand_in_again, make_class, mixed_class, trainee
from benchmarks.course import CASES, DUE, the_answering
from benchmarks.mixed import ABSENT, DAMAGES, KINDS
from grader.answers import AnswersFileError, answers_from_data, parse_answers
from grader.grading.course import Course
from grader.scoring.findings import Score
from grader.scoring.score import score_item

SOME = 150


@pytest.fixture(scope="module")
def answering():
    """The class that answers."""
    return the_answering()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small class, some of it late and some of it damaged."""
    root = tmp_path_factory.mktemp("made")
    make_class(root, 30, seed=3, late=0.3, broken=0.3)
    return root


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """One submission of every kind, and whose is which."""
    root = tmp_path_factory.mktemp("mixed")
    return root, mixed_class(root, len(KINDS), seed=3)


def handed_in(root, name):
    return {path.name: path for path in (root / "submitted" / name / NAME).iterdir()}


def time_of(root, name):
    written = handed_in(root, name)["timestamp.txt"].read_text()
    return datetime.strptime(written, "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)


def outcomes(answering, codes, data):
    """Return for each item its share of the points, or None where nothing was answered."""
    answers = answers_from_data(data, "answers.json")
    for name, case, item, key in answering.items:
        score = score_item(case, item, answers.items.get(name), key, codes)
        assert isinstance(score, Score) or score.blank, "a plausible class answers what it was asked"
        yield name, score.points / score.possible if isinstance(score, Score) else None


def test_an_assignment_has_six_items_and_one_note(answering):
    """Measured is what was promised: six graded items of the practice pool, one of them a note."""
    kinds = [item.kind for _, _, item, _ in answering.items]
    assert len(kinds) == 6
    assert kinds.count("documentation") == 1
    assert {case.pool for _, case, _, _ in answering.items} == {"practice"}


def test_a_class_answers_plausibly(answering, codes):
    """Every item is answered right, wrong and not at all by somebody, and mostly right."""
    found = {name: [] for name, *_ in answering.items}
    for number in range(SOME):
        for name, share in outcomes(answering, codes, answering.answers(f"1 {number}")):
            found[name].append(share)
    for shares in found.values():
        answered = [share for share in shares if share is not None]
        assert None in shares
        assert min(answered) < 0.5 < max(answered)
        assert 0.3 < sum(answered) / len(answered) < 0.95


def test_who_knows_everything_earns_everything(answering, codes):
    """Right answers are right: the note apart, which others wrote about other patients."""
    for number in range(20):
        for name, share in outcomes(answering, codes, answering.answers(f"1 {number}", right=1.0)):
            assert name.endswith("/note") or share == 1


def test_the_same_seed_gives_the_same_answers(answering):
    """What was measured can be measured again, and another seed gives another class."""
    first, again = ([the_answering().answers(f"{5} {n}") for n in range(5)] for _ in range(2))
    assert first == again
    assert first != [answering.answers(f"{6} {n}") for n in range(5)]


def test_no_two_notes_are_the_same():
    """What is remembered of one note helps with no other; and they have the length of notes."""
    notes = [Notes().write(random.Random(f"{number}")) for number in range(SOME)]
    assert len(set(notes)) == SOME
    assert all(SHORTEST <= len(note.split()) <= LONGEST for note in notes)
    sentences = [sentence for note in notes for sentence in note.split(". ")]
    assert len(set(sentences)) > 0.9 * len(sentences)


@pytest.mark.nbgrader
def test_a_class_hands_in_files_of_its_own(made):
    """The grader refuses links: every file is one, and the notebook is the released one."""
    notebook = (made / "release" / NAME / f"{NAME}.ipynb").read_bytes()
    for number in range(30):
        files = handed_in(made, trainee(number))
        assert set(files) >= {f"{NAME}.ipynb", "cases.json", "timestamp.txt"}
        assert files[f"{NAME}.ipynb"].read_bytes() == notebook
        assert not any(path.is_symlink() or path.stat().st_nlink > 1 for path in files.values())


@pytest.mark.nbgrader
def test_a_share_is_late_and_a_share_is_damaged(made):
    """Both happen when they are asked for, and to some alone."""
    late = [time_of(made, trainee(number)) > DUE for number in range(30)]
    assert 3 <= sum(late) <= 20
    assert 3 <= sum(map(is_damaged, (handed_in(made, trainee(number)) for number in range(30)))) <= 20


def is_damaged(files):
    try:
        return parse_answers(files["answers.json"].read_bytes(), "").assignment != NAME
    except (KeyError, AnswersFileError):
        return True


@pytest.mark.nbgrader
def test_a_class_grows_and_hands_in_again(tmp_path):
    """A larger class begins with the smaller one, which stays as it is; what is handed in again is new and later."""
    make_class(tmp_path, 2, seed=1)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("submitted/*/*/*")}
    make_class(tmp_path, 10, seed=1)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(list((tmp_path / "submitted").iterdir())) == 10
    assert not any(is_damaged(handed_in(tmp_path, trainee(number))) for number in range(10))
    assert all(time_of(tmp_path, trainee(number)) <= DUE for number in range(10))

    first = {
        n: (time_of(tmp_path, n), handed_in(tmp_path, n)["answers.json"].read_bytes())
        for n in map(trainee, range(10))
    }
    again = hand_in_again(tmp_path, 10, share=0.3)
    assert len(again) == 3
    for name, (when, answers) in first.items():
        assert (time_of(tmp_path, name) > when) == (name in again)
        assert (handed_in(tmp_path, name)["answers.json"].read_bytes() != answers) == (name in again)


@pytest.mark.nbgrader
def test_a_course_is_complete(made):
    """The course stands for itself, away from the project: its cases, its keys, its release and a day when it is due."""
    course = Course(made)
    assert {path.name for path in course.cases.iterdir()} == set(CASES)
    with course.gradebook() as gradebook:
        assignment = gradebook.find_assignment(NAME)
        assert assignment.duedate == DUE.replace(tzinfo=None)
        assert len([cell for notebook in assignment.notebooks for cell in notebook.grade_cells]) == 6


@pytest.mark.nbgrader
def test_a_mixed_class_has_every_kind(mixed):
    """Every kind is handed in, by people of all names; those who did not come are in the gradebook."""
    root, kinds = mixed
    assert set(kinds.values()) == set(KINDS)
    assert {path.name for path in (root / "submitted").iterdir()} == set(kinds)
    for letter in "é.+'":
        assert any(letter in name for name in kinds)
    with Course(root).gradebook() as gradebook:
        assert set(ABSENT) <= {student.id for student in gradebook.students}
        extended = [each.student.id for each in gradebook.assignment_submissions(NAME) if each.extension]
    assert {kinds[name] for name in extended} == {kind for kind in KINDS if "extension" in kind}


@pytest.mark.nbgrader
def test_damage_is_damage_and_nothing_else_is(mixed):
    """An answers.json that was damaged holds nothing that counts; every other one is in the format."""
    root, kinds = mixed
    for name, kind in kinds.items():
        assert is_damaged(handed_in(root, name)) == (kind in DAMAGES or "cut off" in kind), kind


@pytest.mark.nbgrader
def test_nbgrader_can_open_what_is_handed_in(mixed):
    """However changed, it is a notebook that stands where nbgrader looks for it."""
    root, kinds = mixed
    for name in kinds:
        notebook = json.loads(handed_in(root, name)[f"{NAME}.ipynb"].read_bytes())
        assert notebook["nbformat"] == 4
        assert isinstance(notebook["cells"], list)
