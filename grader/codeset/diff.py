"""What changed in the code set from one release to another, and whether all of it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from grader.codeset.changes import Change
from grader.codeset.releases import first_day, fiscal_year, last_day
from grader.codeset.tabular import CodeSet
from grader.codeset.validity import validity
from grader.errors import CodeSetError


@dataclass(frozen=True, slots=True)
class Ended:
    """A code that is no longer billable, from when, and what to look at instead."""

    code: str
    title: str
    on: date
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A code whose title was worded anew."""

    code: str
    on: date
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed after one day and up to another.

    Parameters
    ----------
    first, second
        The two days; of a release, its last.
    added
        Codes that became billable.
    ended, headings
        Codes that no longer are: they are gone, or something more specific stands below them now.
    revised
        Codes with a new title.
    unknown
        One sentence for each reason why the list may lack changes; none when it is whole.
    """

    first: date
    second: date
    added: tuple[Change, ...]
    ended: tuple[Ended, ...]
    headings: tuple[Ended, ...]
    revised: tuple[Revised, ...]
    unknown: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every change between the two days is known."""
        return not self.unknown


def newest(codes: CodeSet) -> int:
    """Return the newest fiscal year of which anything is known."""
    changes = (change.on for history in codes.histories.values() for change in history)
    return fiscal_year(max((codes.known_until, *changes)))


def newest_day(codes: CodeSet) -> date:
    """Return the first day of the newest fiscal year of which anything is known: the same in every build."""
    return first_day(f"FY{newest(codes)}")


def day_of(codes: CodeSet, name: str) -> date:
    """Return the day that a release or an ISO date stands for.

    Raises
    ------
    CodeSetError
        When it is neither, or nothing is known of it.
    """
    changes = [change.on for history in codes.histories.values() for change in history]
    oldest = fiscal_year(min((codes.known_from, *changes))) - 1
    known = f"FY{oldest} to FY{newest(codes)}"
    if named := re.fullmatch(r"(?i)(?:FY)?(\d{4})", name):
        day = last_day(f"FY{named[1]}")
    else:
        try:
            day = date.fromisoformat(name)
        except ValueError:
            problem = f"{name!r} is neither a release, like FY{newest(codes)}, nor a date, like 2026-10-01."
            raise CodeSetError(f"{problem} Known are {known}.") from None
    if not oldest <= fiscal_year(day) <= newest(codes):
        remedy = "Install a newer release with `python -m grader codes install`."
        raise CodeSetError(f"Nothing is known of {name}; known are {known}. {remedy}")
    return day


def differences(codes: CodeSet, first: str, second: str) -> Differences:
    """Compare two releases, each on its last day, or two days.

    Raises
    ------
    CodeSetError
        When nothing is known of one of them, or the second is not the later.
    """
    start, end = day_of(codes, first), day_of(codes, second)
    if start >= end:
        raise CodeSetError(f"{first} is not before {second}. Name the older release first.")
    added: list[Change] = []
    ended: list[Ended] = []
    headings: list[Ended] = []
    for code in sorted(codes.histories):
        between = [change for change in codes.histories[code] if start < change.on <= end]
        if not between:
            continue
        last = between[-1]
        was, now = validity(codes, code, start).billable, validity(codes, code, end).billable
        if now and not was:
            added.append(last)
        elif was and not now:
            entry = codes.get(code)
            divided = entry is not None and (entry.children or codes.seventh_characters(code))
            (headings if divided else ended).append(Ended(code, last.title, last.on, last.replaced_by))
    return Differences(
        start, end, tuple(added), tuple(ended), tuple(headings),
        _revised(codes, start, end), _unknown(codes, start, end),
    )  # fmt: skip


def _revised(codes: CodeSet, start: date, end: date) -> tuple[Revised, ...]:
    return tuple(
        Revised(code, release.starts, old, new)
        for release in codes.releases
        if start < release.starts <= end
        for code, old, new in release.revised
    )


def _unknown(codes: CodeSet, start: date, end: date) -> tuple[str, ...]:
    sentences: list[str] = []
    if start < codes.known_from:
        sentences.append(
            f"Of the time before {codes.base}, only the changes that touch this course are known."
        )
    if end > codes.known_until:
        missing = range(fiscal_year(codes.known_until) + 1, fiscal_year(end) + 1)
        names = " and ".join(f"FY{year}" for year in missing)
        sentences.append(
            f"{names} is not installed: of it, only the changes that touch this course are known. Download its "
            "code descriptions from CMS and run `python -m grader codes install PATH`."
        )
    return tuple(sentences)
