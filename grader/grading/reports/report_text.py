"""The report of an assignment in a few lines, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.grading.reports.classtable import GRADED, counted
from grader.grading.reports.copies import NAMED, SameNote
from grader.grading.reports.measures import Share
from grader.grading.reports.report import ClassFigures
from grader.grading.reports.words import errors_in_words, flags_in_words
from grader.visible import one_line

_KINDS = 5
_LINES = 20


def in_words(figures: ClassFigures) -> str:
    """Return the class: its figures, who wrote the same, and who is missing."""
    parts = [[headline(figures)], [*_figures(figures)], [*_same(figures)], [*_missing(figures)]]
    return "\n\n".join("\n".join(part) for part in parts if part)


def headline(figures: ClassFigures) -> str:
    """Return the class in one line."""
    waiting = counted(figures.waiting, "answer waits", "answers wait")
    wait = f"; {waiting} for confirmation" if figures.waiting else ""
    return (
        f"{one_line(figures.assignment)}: {counted(figures.trainees, 'trainee', 'trainees')}, {figures.graded:,} graded,"
        f" {figures.missing:,} missing{wait}."
    )


def share_in_words(share: Share, of: str) -> str:
    """Return a share in percent, and of how many it is."""
    return (
        f"–  (no {of} yet)"
        if share.percent is None
        else f"{share.percent:g} %  ({share.part:,} of {share.whole:,} {of})"
    )


def same_in_words(same: SameNote) -> str:
    """Return who wrote the same note."""
    more = f" and {same.count - NAMED:,} more" if same.count > NAMED else ""
    return f"{', '.join(map(one_line, same.trainees))}{more} ({one_line(same.item)})"


def _figures(figures: ClassFigures) -> Iterator[str]:
    if not figures.graded:
        return
    if figures.mean is not None and figures.median is not None:
        yield f"Points so far       {figures.mean:.1f} % on average, median {figures.median:.1f} %"
    yield f"Codes right         {share_in_words(figures.code_level, 'codes')}"
    yield f"First code right    {share_in_words(figures.first_listed, 'answers')}"
    yield f"Whole cases right   {share_in_words(figures.whole_cases, 'cases in which nothing waits')}"
    fails = [f"{reason} ({number:,})" for reason, number in figures.fails.most_common()]
    for name, found in (
        ("Automatic fails", fails),
        ("Mistakes", errors_in_words(figures.errors)),
        ("To look at", flags_in_words(figures.flags)),
    ):
        if found:
            yield f"{name:<19} {_first(found)}"


def _first(found: Sequence[str]) -> str:
    more = f"; and {len(found) - _KINDS} more kinds" if len(found) > _KINDS else ""
    return f"{'; '.join(found[:_KINDS])}{more}"


def _same(figures: ClassFigures) -> Iterator[str]:
    for number, same in enumerate(figures.same_notes):
        if number == _LINES:
            yield f"And {figures.copies.count() - _LINES:,} more groups wrote the same."
            return
        yield f"Same note word for word: {same_in_words(same)}"


def _missing(figures: ClassFigures) -> Iterator[str]:
    rows = [row for row in figures.rows if row.status != GRADED][:_LINES]
    for row in rows:
        yield f"Missing: {one_line(row.trainee)}. {one_line(row.reason)}"
    if figures.missing > len(rows):
        yield f"And {figures.missing - len(rows):,} more are missing."
