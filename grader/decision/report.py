"""The report of an exam for its instructors: what was decided, what was close, and how sure it all is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from grader.coverage import ITEM_KINDS
from grader.decision.explained import Figure, figures, form_figures
from grader.decision.figures import (
    ItemFigures,
    Response,
    Sureness,
    counted,
    form_difficulties,
    item_figures,
    sureness,
)
from grader.decision.nearmiss import NearMiss, near_misses
from grader.decision.outcome import OUTCOMES, Outcome
from grader.decision.pages import render
from grader.decision.readfails import ReadFail, missing_rulings, read_fails
from grader.decision.sat import Exam, Sat
from grader.decision.standard import is_short
from grader.decision.statistics import ENOUGH, Counted
from grader.decision.words import OUTCOMES as TITLES
from grader.decision.words import SHORT_FORM, other_reasons, percent
from grader.decision.words import counted as number_of
from grader.exam.folder import ExamFolder
from grader.grading.reports.words import errors_in_words
from grader.visible import one_line

_FAMILY = re.compile(r"the family ([\w-]+)\.")
_MISTAKES = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What the page shows.

    Parameters
    ----------
    counts
        How many forms came out in each way.
    read
        Automatic fails that were read from words or ruled.
    sure
        How sure the decisions are.
    difficulties
        How hard each form is, where enough is known.
    items
        Every question, the hardest first.
    """

    exam: Exam
    outcomes: tuple[Outcome, ...]
    counts: Mapping[str, int]
    near: tuple[NearMiss, ...]
    read: tuple[ReadFail, ...]
    sure: Sureness
    difficulties: tuple[float, ...]
    items: tuple[ItemFigures, ...]


def report_of(exam: Exam, outcomes: Sequence[Outcome], families: Mapping[str, str]) -> Report:
    """Return the report of an exam.

    Parameters
    ----------
    outcomes
        Of its forms, in the same order.
    families
        The family of every case that was drawn from one.
    """
    graded = [sat for sat in exam.sittings if sat.answers]
    responses = [tuple(_responses(sat, families)) for sat in graded]
    codes = [_counted(sat) for sat in graded]
    sure = sureness([each for each in codes if each is not None], exam.blueprint.standard.codes)
    return Report(
        exam,
        tuple(outcomes),
        Counter(outcome.outcome for outcome in outcomes),
        near_misses(exam.sittings, outcomes),
        read_fails(exam.sittings),
        sure,
        form_difficulties(responses) if sure.enough else (),
        item_figures(responses),
    )


def families_of(folder: ExamFolder) -> Mapping[str, str]:
    """Return the family of every case of an exam that was drawn from one, as its key says."""
    found = {}
    for path in sorted(folder.keys.glob("*/key.yml")):
        if named := _FAMILY.search(path.read_text(encoding="utf-8")):
            found[path.parent.name] = named[1]
    return found


def _counted(sat: Sat) -> Counted | None:
    """Return codes right case by case; how hard a case is, the blueprint fixes for every form."""
    strata = {answer.judged.case: str(answer.question.case.difficulty) for answer in sat.answers}
    return counted([answer.judged for answer in sat.answers], strata)


def _responses(sat: Sat, families: Mapping[str, str]) -> Iterator[Response]:
    """Yield the confirmed answers; codes count as the standard counts them, everything else by its points."""
    for answer in sat.answers:
        cell = answer.judged
        if not cell.confirmed:
            continue
        family = families.get(cell.case)
        of = cell.reference + cell.extra
        share = cell.correct / of if cell.counts_codes else (cell.points or 0.0) / cell.possible
        yield Response(
            f"{family} (family)" if family else f"{cell.case}/{cell.item}",
            cell.kind,
            cell.possible,
            share,
            cell.blank,
            answer.kept.errors,
        )


def page(report: Report, overlap: Sequence[Figure], made: datetime) -> str:
    """Return the page; it names trainees, and what they got wrong.

    Parameters
    ----------
    overlap
        What forms have in common, as it was reported when they were drawn.
    """
    rows = [(outcome, {each.name: each for each in outcome.criteria}) for outcome in report.outcomes]
    times = [
        (sat, outcome)
        for sat, outcome in zip(report.exam.sittings, report.outcomes, strict=True)
        if _timed(sat)
    ]
    return render(
        "report.html.j2",
        report=report,
        blueprint=report.exam.blueprint,
        rows=rows,
        times=times,
        figures=_figures(report),
        forms=_forms(report),
        overlap=overlap,
        titles={name: TITLES[name] for name in OUTCOMES},
        number_of=number_of,
        short_form=SHORT_FORM if any(map(is_short, report.outcomes)) else "",
        mistakes=lambda item: errors_in_words(item.errors)[:_MISTAKES],
        kinds=ITEM_KINDS,
        percent=percent,
        other_reasons=other_reasons,
        enough=ENOUGH,
        made=f"{made:%-d %B %Y, %H:%M}",
    )


def _timed(sat: Sat) -> bool:
    return bool(sat.ruling or (sat.timing and sat.timing.reasons))


def _figures(report: Report) -> tuple[Figure, ...]:
    return figures(report.sure, percent(report.exam.blueprint.standard.codes))


def _forms(report: Report) -> tuple[Figure, ...]:
    return form_figures([sat.entry for sat in report.exam.sittings], report.difficulties)


def as_text(report: Report, overlap: Sequence[Figure]) -> str:
    """Return the report in short, for a terminal."""
    counts = [f"{report.counts[name]} {TITLES[name].lower()}" for name in OUTCOMES if report.counts[name]]
    lines = [
        f"{report.exam.blueprint.title}: {number_of(len(report.outcomes), 'form')}, {', '.join(counts) or 'none decided'}."
    ]
    lines += ["", f"Near misses: {len(report.near)}."]
    lines += [
        f"  {one_line(near.outcome.trainee)}: {percent(near.share)} of codes, {near.away}, {TITLES[near.outcome.outcome].lower()}"
        for near in report.near
    ]
    lines += [SHORT_FORM] if any(map(is_short, report.outcomes)) else []
    if told := missing_rulings(report.read):
        lines += ["", told]
    lines += [
        "",
        *(f"{figure.name}: {figure.value}" for figure in (*_figures(report), *_forms(report), *overlap)),
    ]
    if not report.sure.enough:
        graded = (
            f"{number_of(report.sure.count, 'sitting')} {'is' if report.sure.count == 1 else 'are'} graded"
        )
        lines.append(f"Statistics: too few. {graded}; it takes {ENOUGH}.")
    return "\n".join(lines)
