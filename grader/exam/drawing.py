"""Drawing an exam: forms for all who have none, compared with each other, and put in place together or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.codeset.tabular import CodeSet
from grader.errors import CourseError
from grader.exam.attempts import Sitting
from grader.exam.blueprint import BlueprintFile, load_blueprint
from grader.exam.corrections import correct
from grader.exam.demands import content_of
from grader.exam.draw import DrawnForm, draw_whole
from grader.exam.folder import EXAMS, ExamFolder
from grader.exam.form import Form
from grader.exam.forms import FormEntry, FormsFile, read_forms_file
from grader.exam.overlap import Overlap, check_overlap, overlap
from grader.exam.pool import Pool
from grader.exam.roster import Trainee
from grader.exam.secret import Source, fingerprint
from grader.exam.stored import load_forms
from grader.exam.times import check_times
from grader.exam.writing import Addition, Libraries, write_exam

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What was drawn, and in words what was corrected of the forms that were there."""

    folder: ExamFolder
    new: tuple[FormEntry, ...]
    before: tuple[FormEntry, ...]
    overlap: Overlap
    bound: float
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam as it is before a draw: its blueprint, its folder, and the forms that are there.

    ``corrected`` says in words what a roster has otherwise than the list of forms; it is written with the next draw.
    """

    blueprint: BlueprintFile
    text: bytes
    folder: ExamFolder
    forms: tuple[FormEntry, ...]
    corrected: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of the blueprint, as ``forms.json`` keeps it."""
        return hashlib.sha256(self.text).hexdigest()


def open_exam(course: Path, blueprint: Path, seed: str) -> Exam:
    """Read a blueprint and what was drawn by it before.

    Raises
    ------
    BlueprintFileError
        When the blueprint is wrong.
    CourseError
        When forms were drawn by another version of it, or with another seed.
    """
    loaded = load_blueprint(blueprint)
    folder = ExamFolder(course / EXAMS / loaded.id)
    exam = Exam(loaded, blueprint.read_bytes(), folder, ())
    if not folder.forms_list.is_file():
        if folder.root.exists():
            raise CourseError(
                f"{folder.root} is there and has no {folder.forms_list.name}. Move it away; nothing was drawn."
            )
        return exam
    drawn = read_forms_file(folder)
    if drawn.blueprint != exam.digest:
        raise CourseError(
            f"{blueprint} has changed since forms of {loaded.id} were drawn, and all forms have to be alike. Draw by"
            f" {folder.blueprint}, or give the new blueprint an id of its own."
        )
    if drawn.seed != fingerprint(seed, loaded.id):
        raise CourseError(
            f"The forms of {loaded.id} were drawn with another seed. Name the file of that one; nothing was drawn."
        )
    return Exam(loaded, exam.text, folder, drawn.forms)


def with_roster(exam: Exam, roster: Sequence[Trainee], released: Callable[[FormEntry], bool]) -> Exam:
    """Return an exam with the names, addresses and extra minutes that a roster has for those who have a form.

    Parameters
    ----------
    released
        Tells whether a form has gone out.

    Raises
    ------
    CourseError
        When a form has gone out with other minutes.
    """
    found = correct(roster, exam.forms, released)
    return replace(exam, forms=found.forms, corrected=found.words)


def draw_exam(
    exam: Exam,
    sittings: Sequence[Sitting],
    seed: str,
    pool: Pool,
    libraries: Libraries,
    codeset: CodeSet,
    progress: Progress,
) -> Summary:
    """Draw a form for each sitting and add them to what is there; no form is ever changed, nor the encounters of one.

    Parameters
    ----------
    exam
        As `open_exam` returns it.
    sittings
        Who gets a form.
    seed
        The secret; it is written nowhere.
    pool
        What is drawn from.
    libraries
        Where the pool's files stand.
    codeset
        The tabular list.
    progress
        Told how many forms are drawn, and of how many.

    Raises
    ------
    BlueprintFileError
        When no form can be made.
    CourseError
        When two forms have too much in common, cannot be told apart, or could not be opened; nothing is written then.
    """
    check_times(exam.blueprint, sittings, datetime.now(UTC))
    before = load_forms(exam.folder, exam.forms)
    pool = _as_before(pool, before)
    drawn: list[DrawnForm] = []
    for sitting in sittings:
        source = Source(seed, exam.blueprint.id, sitting.who.trainee, sitting.attempt)
        avoid = [case for form in before if form.trainee == source.trainee for case in form.cases]
        drawn.append(draw_whole(exam.blueprint, source, pool, codeset, avoid))
        progress(len(drawn), len(sittings))
    bound = content_of(exam.blueprint).overlap
    return add_forms(exam, before, list(zip(sittings, drawn, strict=True)), seed, libraries, bound)


def add_forms(
    exam: Exam,
    before: Sequence[Form],
    new: Sequence[tuple[Sitting, DrawnForm]],
    seed: str,
    libraries: Libraries,
    bound: float,
) -> Summary:
    """Compare new forms with each other and with those before, and write them.

    Parameters
    ----------
    before
        The forms that are there, as `grader.exam.stored.load_forms` reads them.
    new
        The forms to add, and whose they are.
    bound
        The largest share of points that two forms may have in common.

    Raises
    ------
    CourseError
        When two forms have too much in common, cannot be told apart, or could not be opened; nothing is written then.
    """
    check_times(exam.blueprint, (sitting for sitting, _ in new), datetime.now(UTC))
    drawn = tuple(each for _, each in new)
    everything = [*before, *(each.form for each in drawn)]
    _check_names(everything)
    found = overlap(everything)
    check_overlap(found, bound, {form.id: form.trainee for form in everything})
    entries = tuple(_entry(sitting, each.form) for sitting, each in new)
    if entries or exam.corrected:
        name = exam.blueprint.id
        file = FormsFile(name, exam.digest, fingerprint(seed, name), (*exam.forms, *entries))
        codes = {
            each.form: Source(seed, name, each.trainee, each.attempt).opening_code for each in file.forms
        }
        write_exam(
            exam.folder, Addition(exam.blueprint, exam.text, drawn, file, codes, found, bound), libraries
        )
    return Summary(exam.folder, entries, exam.forms, found, bound, exam.corrected)


def _as_before(pool: Pool, before: Sequence[Form]) -> Pool:
    """Return the pool with the encounters of earlier forms as they were drawn, also where the library has moved on."""
    cases = {case.id: case for form in before for case in form.cases if case.id in pool.cases}
    keys = {name: key for form in before for name, key in form.keys.items() if name in cases}
    return pool.with_cases(cases, keys)


def _check_names(forms: Sequence[Form]) -> None:
    twice = [name for name, count in Counter(form.id for form in forms).items() if count > 1]
    of = {case.id: case for form in forms for case in form.cases}
    if twice or any(of[case.id] != case for form in forms for case in form.cases):
        raise CourseError(
            "Two forms, or two of their encounters, came out with one name, which happens once in many thousand draws."
            " Draw with another seed; nothing was written."
        )


def _entry(sitting: Sitting, form: Form) -> FormEntry:
    who = sitting.who
    names = tuple(case.id for case in form.cases)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    opens, closes = (at.isoformat() if at else "" for at in (sitting.opens, sitting.closes))
    return FormEntry(
        form.id,
        who.trainee,
        who.name,
        who.email,
        form.attempt,
        form.points,
        names,
        now,
        opens,
        closes,
        who.extra or 0,
    )
