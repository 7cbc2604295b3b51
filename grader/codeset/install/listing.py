"""The code set as the official list gives it: every code of one day in a line, 7th characters written out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from grader.codeset.entry import Entry, split_seventh, with_seventh
from grader.codeset.tabular import CodeSet
from grader.codeset.validity import validity

Seventh = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One code of the list: a heading, or billable."""

    billable: bool
    title: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be done to one list to make it the other; the fields are those of `Release`."""

    entries: tuple[tuple[str, str, str], ...]
    seventh: Seventh
    begins: dict[str, str]
    ends: dict[str, str]
    revised: tuple[tuple[str, str, str], ...]


def listing(codes: CodeSet, on: date) -> dict[str, Line]:
    """Return every heading and code that there is on a day."""
    lines: dict[str, Line] = {}
    for entry in reversed(
        list(codes.entries())
    ):  # what is below comes first: a heading is there if any of it is
        variants = _variants(codes, entry, on)
        lines.update(variants)
        may_be_billable = entry.leaf or entry.code in codes.histories
        billable = may_be_billable and validity(codes, entry.code, on).billable
        if billable or variants or any(child in lines for child in entry.children):
            lines[entry.code] = Line(billable, entry.title)
    return lines


def _variants(codes: CodeSet, entry: Entry, on: date) -> dict[str, Line]:
    spelled = (with_seventh(entry.code, char) for char in codes.seventh_characters(entry.code))
    return {
        code: Line(True, codes.title(code))
        for code in spelled
        if (entry.leaf or code in codes.histories) and validity(codes, code, on).billable
    }


def billable(lines: Mapping[str, Line]) -> set[str]:
    """Return the codes of a list that may be reported."""
    return {code for code, line in lines.items() if line.billable}


def difference(
    codes: CodeSet, before: Mapping[str, Line], after: Mapping[str, Line], tabular: CodeSet | None
) -> Difference:
    """Compare the list of the day before a release with the list of its first day.

    Parameters
    ----------
    codes
        The code set that ``before`` is the list of.
    before, after
        The two lists.
    tabular
        The new release's own tabular list, where there is one: it tells 7th characters and blocks for certain.
    """
    new = sorted(code for code in after if code not in before)
    seventh = _seventh(codes, after, new, tabular)
    variants = {with_seventh(base, char) for base, meanings in seventh.items() for char in meanings}
    places = _Places(codes, new, tabular)
    was, now = billable(before), billable(after)
    return Difference(
        entries=tuple((code, after[code].title, places.above(code)) for code in new if code not in variants),
        seventh={
            base: meanings
            for base, meanings in seventh.items()
            if set(meanings) != set(_inherited(codes, base)) or base in codes
        },
        begins={code: after[code].title for code in sorted(now - was)},
        ends={code: before[code].title for code in sorted(was - now)},
        revised=_revised(before, after),
    )


def _seventh(
    codes: CodeSet, after: Mapping[str, Line], new: Iterable[str], tabular: CodeSet | None
) -> Seventh:
    """Return the 7th characters of every code that has new ones, exactly those that the list gives."""
    headings = {code: line for code, line in after.items() if not line.billable}
    bases = {split_seventh(code, headings)[0] for code in new if len(code) == 8} & set(headings)
    spelled: dict[str, dict[str, str]] = {base: {} for base in sorted(bases)}
    for code in after:
        base, char = split_seventh(code, headings)
        if char and base in spelled:
            spelled[base][char] = after[code].title
    return {
        base: dict(codes.seventh_characters(base)) | meanings
        for base, titles in spelled.items()
        if (meanings := _meanings(codes, headings[base], base, titles, tabular))
    }


def _meanings(
    codes: CodeSet, heading: Line, base: str, titles: Mapping[str, str], tabular: CodeSet | None
) -> dict[str, str]:
    """Return what the last characters below ``base`` mean; nothing when they are no 7th characters.

    A code of seven characters may also just be a longer code, as below Z87.890.  Then its title is one of its own.
    """
    known = dict(tabular.seventh_characters(base) if tabular else {}) or _inherited(codes, base)
    fills_up = len(base.replace(".", "")) < 6
    entry = codes.get(base)
    beginning = f"{heading.title}, "
    if not known.keys() & titles.keys() and not fills_up:
        longer = entry is not None and bool(entry.children)
        if longer or tabular or not all(title.startswith(beginning) for title in titles.values()):
            return {}
    return {char: known.get(char) or title.removeprefix(beginning) for char, title in sorted(titles.items())}


def _inherited(codes: CodeSet, base: str) -> dict[str, str]:
    """Return the 7th characters that the code set gives to ``base``, or would give to it as a new code."""
    known = base if base in codes else _nearest(base, codes)
    return dict(codes.seventh_characters(known)) if known else {}


def _nearest(code: str, known: CodeSet | set[str]) -> str:
    """Return the longest beginning of ``code`` that is known; ``""`` when there is none."""
    beginnings = (code[:length].rstrip(".") for length in range(len(code) - 1, 2, -1))
    return next((beginning for beginning in beginnings if beginning != code and beginning in known), "")


class _Places:
    """Which line a new line stands below."""

    def __init__(self, codes: CodeSet, new: Iterable[str], tabular: CodeSet | None) -> None:
        self._codes = codes
        self._tabular = tabular
        self._known = {*new, *(entry.code for entry in codes.entries())}
        self._categories = sorted(entry.code for entry in codes.entries() if len(entry.code) == 3)

    def above(self, code: str) -> str:
        """Return the code above; for a new category the block of the category before it, unless it is told."""
        if nearest := _nearest(code, self._known):
            return nearest
        told = self._tabular.get(code) if self._tabular else None
        if told is not None and told.parent in self._codes:
            return told.parent
        place = bisect_left(self._categories, code)
        neighbour = self._codes.get(self._categories[max(place - 1, 0)])
        return neighbour.parent if neighbour else ""


def _revised(before: Mapping[str, Line], after: Mapping[str, Line]) -> tuple[tuple[str, str, str], ...]:
    changed = {
        code: (code, line.title, after[code].title)
        for code, line in before.items()
        if code in after and line.title != after[code].title
    }
    # A new title changes that of every variant with it; the code itself says it for all of them.
    short = {code for code in changed if len(code) < 8}
    return tuple(changed[code] for code in sorted(changed) if not split_seventh(code, short)[1])


def spelled_alike(before: Mapping[str, Line], after: Mapping[str, Line]) -> dict[str, Line]:
    """Return ``after`` with the titles of ``before`` where they differ in accents, case or punctuation only.

    CMS writes its text files in ASCII, so that "Ménière" in the tabular list is "Meniere" there.
    """
    return {
        code: Line(line.billable, was.title)
        if (was := before.get(code)) is not None and _plain(was.title) == _plain(line.title)
        else line
        for code, line in after.items()
    }


def _plain(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()
