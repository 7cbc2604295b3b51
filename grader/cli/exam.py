"""``python -m grader exam``: forms drawn for a class, released, collected and graded."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import codeset
from grader.cli.drawn import forms_in_words, told
from grader.cli.grading import add_course, course_folder
from grader.cli.whose import add_who, check_waits, check_who, corrected, remarks, sittings_of
from grader.errors import CourseError, NotFoundError
from grader.visible import short

if TYPE_CHECKING:
    from grader.exam.drawing import Exam
    from grader.exam.forms import FormEntry
    from grader.grading.course import Course

# The gradebook, and nbgrader even more, take their time to import: only the commands that need them do.

_PATH = "blueprint.yml"


def add_verbs(verbs: Any) -> Any:
    """Add ``exam`` and its commands to the parser, and return what further commands of it are added to."""
    exam = verbs.add_parser("exam", help="draw, release and grade exams").add_subparsers(
        required=True, metavar="COMMAND"
    )
    seed = exam.add_parser("seed", help="make the secret that forms are drawn with")
    seed.add_argument("file", type=Path, help="where to; nobody else can read it")
    add_course(seed)
    seed.set_defaults(run=_seed)
    _add_draw(exam)
    for name, run, what in (
        ("list", _list, "show how far each form has come"),
        ("release", _release, "seal the forms and release them through the exchange"),
        ("collect", _collect, "collect what was submitted"),
        ("grade", _grade, "grade what came back"),
    ):
        verb = exam.add_parser(name, help=what)
        verb.add_argument("exam", help="id of the exam, such as certification")
        add_course(verb)
        verb.set_defaults(run=run)
    return exam


def _add_draw(exam: Any) -> None:
    draw = exam.add_parser("draw", help="draw a form for each trainee")
    draw.add_argument(
        "blueprint", type=Path, help="a blueprint.yml, or the name of an exam of the course or of this class"
    )
    add_who(draw)
    add_course(draw)
    draw.set_defaults(run=_draw)


def course_of(options: argparse.Namespace) -> Course:
    """Open the class that a command is about."""
    from grader.grading.course import Course

    return Course(course_folder(options))


def shared(course: Course | None, seed: Path) -> dict[str, Path]:
    """Return the folders that other people see, by what they are."""
    from grader.grading.examforms import exchange_of
    from grader.grading.newcourse import checkout

    found = checkout(seed.expanduser().resolve().parent)
    places = {} if found is None else {"the checkout of the course": found}
    if course is None:
        return places
    return {**places, "the exchange": exchange_of(course), "the class": course.root}


def _seed(options: argparse.Namespace) -> int:
    from grader.exam.secret import make_seed
    from grader.grading.configuration import CONFIG_FILE

    course = course_of(options) if (course_folder(options) / CONFIG_FILE).is_file() else None
    make_seed(options.file, shared(course, options.file))
    print(f"Written: {options.file}, which nobody but you can read. Keep a copy in a safe place:")
    print("with it every form and key can be drawn again, by you or by anybody who gets hold of it.")
    return 0


def _draw(options: argparse.Namespace) -> int:
    from grader.exam.demands import content_of
    from grader.exam.drawing import draw_exam, open_exam
    from grader.exam.pool import load_pool
    from grader.exam.secret import read_seed
    from grader.exam.writing import Libraries
    from grader.grading.lock import one_at_a_time

    check_who(options)
    course = course_of(options)
    seed = read_seed(options.seed_file, shared(course, options.seed_file))
    with one_at_a_time(course.root):
        exam = open_exam(course.root, blueprint_of(options.blueprint, course), seed)
        _check_kind(exam, options.blueprint)
        exam = corrected(options, exam, course)
        sittings = sittings_of(options, exam, course.root)
        check_waits(course, exam, sittings, options.attempt is not None)
        codes = codeset.load()
        which = content_of(exam.blueprint).pool
        pool = load_pool(course.cases, course.keys, course.cases / "families", codes, which)
        with bar("Drawing") as tell:
            libraries = Libraries(course.cases, course.keys)
            summary = draw_exam(exam, sittings, seed, pool, libraries, codes, tell)
    print("\n".join((told(summary, exam.blueprint), *remarks(options, exam, bool(summary.new)))))
    return 0


def _check_kind(exam: Exam, named: Path) -> None:
    if exam.blueprint.renews is not None:
        raise CourseError(
            f"{exam.blueprint.id} renews certificates: draw with `python -m grader exam renew {named}` and the same options."
            " No form was drawn."
        )


def blueprint_of(named: Path, course: Course) -> Path:
    """Return the blueprint that was named: a file, its folder, an exam that ships, or one of the class.

    Raises
    ------
    NotFoundError
        When it is a mere name, and nothing has it.
    """
    from grader.exam.folder import EXAMS

    folders = {"the course": course.assignments, "this class": course.root / EXAMS}
    places = (named, named / _PATH, *(folder / named / _PATH for folder in folders.values()))
    found = next((place for place in places if place.is_file()), None)
    if found is None and len(named.parts) == 1 and not named.suffix:
        have = {
            what: sorted(p.parent.name for p in at.glob(f"[!.]*/{_PATH}")) for what, at in folders.items()
        }
        known = "; ".join(f"{what} has {', '.join(names)}" for what, names in have.items() if names)
        raise NotFoundError(
            f"There is no exam {short(str(named))}. {known[:1].upper()}{known[1:]}{'. ' if known else ''}Or give the path of a"
            f" {_PATH}."
        )
    return found or named


def _list(options: argparse.Namespace) -> int:
    from grader.exam.blueprint import load_blueprint
    from grader.exam.folder import exam_folder
    from grader.exam.times import times_of
    from grader.grading.examforms import exam_states

    course = course_of(options)
    states = exam_states(course, options.exam)
    blueprint = load_blueprint(exam_folder(course.root, options.exam).blueprint)
    print(
        f"{'Trainee':<20} {'Attempt':>7}  {'Form':<32} {'Minutes':>7}  {'Released':<9} {'Handed in':<10} Graded"
    )
    for each in states:
        marks = [("yes" if mark else "–") for mark in (each.released, each.handed_in, each.graded)]
        entry = each.entry
        minutes = times_of(blueprint, entry).minutes
        row = f"{entry.trainee:<20} {entry.attempt:>7}  {entry.form:<32} {minutes:>7}"
        print(f"{row}  {marks[0]:<9} {marks[1]:<10} {marks[2]}".rstrip())
        for remark in each.remarks:
            print(f"    {remark}")
    return 0


def _release(options: argparse.Namespace) -> int:
    from grader.grading.examforms import outbound_of, release_exam
    from grader.grading.reachable import warning_of

    course = course_of(options)
    with bar("Releasing") as tell:
        count = release_exam(course, options.exam, tell)
    place = outbound_of(course)
    print(
        f"{forms_in_words(count)} released in {place}, sealed until the opening code is typed. Those released before were"
        " left alone."
    )
    if warning := warning_of(place):
        print(warning, file=sys.stderr)
    print(f"When the exam is over: python -m grader exam collect {options.exam}")
    return 0


def _collect(options: argparse.Namespace) -> int:
    from grader.grading.examforms import collect_exam, strangers

    course = course_of(options)
    with bar("Collecting") as tell:
        count = collect_exam(course, options.exam, tell)
    print(f"{forms_in_words(count)} handed in. Next: python -m grader exam grade {options.exam}")
    if others := strangers(course, options.exam):
        print(_of_others(others))
    return 0


def _of_others(others: Sequence[tuple[str, FormEntry]]) -> str:
    came = "; ".join(f"{entry.form} from {short(name)} (form of {entry.trainee})" for name, entry in others)
    one = len(others) == 1
    return (
        f"{forms_in_words(len(others))} came from somebody whose form it is not: {came}. {'It does' if one else 'They do'} not"
        " count. The name on the roster must be the one the person logs in with."
    )


def _grade(options: argparse.Namespace) -> int:
    from grader.grading.examforms import grade_exam

    with bar("Grading") as tell:
        graded = grade_exam(course_of(options), options.exam, tell)
    for form, trouble in graded.troubles.items():
        print(f"{form}: {trouble}", file=sys.stderr)
    said = f"{graded.now:,} graded now, {graded.count:,} in all"
    decide = f"python -m grader exam decide {options.exam}"
    if graded.waiting:
        waits = "1 answer waits" if graded.waiting == 1 else f"{graded.waiting:,} answers wait"
        print(f"{said}; {waits} for you. Next: python -m grader review {options.exam}, then {decide}")
    else:
        print(f"{said}. Next: {decide}")
    return 1 if graded.troubles else 0


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar with rate and time left, on a terminal alone; Ctrl+C ends in words."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=" forms", disable=None, dynamic_ncols=True, leave=False) as shown:

        def tell(done: int, of: int) -> None:
            shown.total = of
            shown.update(done - shown.n)

        try:
            yield tell
        except KeyboardInterrupt:
            raise CourseError("Stopped. The same command does the rest.") from None
