"""Drawing a renewal for those whose certificates end: a form for each, put in place together or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from grader.codeset.tabular import CodeSet
from grader.errors import CourseError
from grader.exam.attempts import Sitting
from grader.exam.blueprint import Renews
from grader.exam.drawing import Exam, Progress, Summary, add_forms
from grader.exam.pool import Pool
from grader.exam.renewal.form import renewal_form
from grader.exam.secret import Source
from grader.exam.stored import load_forms
from grader.exam.writing import Libraries


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose certificate is to be renewed, and the day on which it was issued."""

    sitting: Sitting
    since: date


def renews_of(exam: Exam) -> Renews:
    """Return whose certificates an exam renews.

    Raises
    ------
    CourseError
        When it is an exam with forms of its own.
    """
    if exam.blueprint.renews is None:
        raise CourseError(
            f"The blueprint {exam.blueprint.id} says itself what its forms hold (content), and not whose certificates it"
            " renews (renews). Draw its forms with `exam draw`."
        )
    return exam.blueprint.renews


def draw_renewal(
    exam: Exam,
    due: Sequence[Due],
    until: date,
    seed: str,
    taught: Collection[str],
    pool: Pool,
    libraries: Libraries,
    codeset: CodeSet,
    progress: Progress,
) -> Summary:
    """Make a renewal form for each, and add them to what is there, which is never changed.

    Two people may be asked about the same change: there are only so many.  So the forms are compared, and no bound is set.

    Parameters
    ----------
    exam
        As `grader.exam.drawing.open_exam` returns it; its blueprint renews certificates.
    due
        Whose forms.
    until
        Day up to which changes are asked about.
    seed
        The secret; it is written nowhere.
    taught, pool, libraries, codeset
        As for `renewal_form` and `grader.exam.drawing.draw_exam`.
    progress
        Told how many forms are made, and of how many.

    Raises
    ------
    CourseError
        When the blueprint is that of an exam with forms of its own, or two forms cannot be told apart.
    CodeSetError
        When the changes since a certificate was issued are not known.
    """
    renews_of(exam)
    before = load_forms(exam.folder, exam.forms)
    new = []
    for each in due:
        source = Source(seed, exam.blueprint.id, each.sitting.who.trainee, each.sitting.attempt)
        new.append((each.sitting, renewal_form(source, each.since, until, taught, pool, codeset)))
        progress(len(new), len(due))
    return add_forms(exam, before, new, seed, libraries, bound=1.0)
