"""What changed in the code set between two days, in the groups that a coder meets it in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from grader.codeset.changes import Change
from grader.codeset.diff import differences
from grader.codeset.tabular import CodeSet
from grader.library.item_keys import CodesKey
from grader.library.reference import Key

_CATEGORY = 3  # characters
# Blocks M40 to M54 of the tabular list: the spine and the back.
_BACK = ("M40", "M41", "M42", "M43", "M45", "M46", "M47", "M48", "M49", "M50", "M51", "M53", "M54")


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one category on one day.

    Parameters
    ----------
    category
        ``M51``.
    on
        From which day.
    added
        Codes that became billable.
    ended
        Codes that no longer are, with the title they had.
    """

    category: str
    on: date
    added: tuple[Change, ...]
    ended: tuple[tuple[str, str], ...]


def changed(codes: CodeSet, since: date, until: date, taught: Collection[str]) -> tuple[Group, ...]:
    """Return what changed after ``since`` and up to ``until`` among what this course teaches, the back first.

    Parameters
    ----------
    codes
        The code set with every release that is installed.
    since, until
        Two days; no change is left out because a code changed twice.
    taught
        Categories of the codes that the course's encounters have.

    Raises
    ------
    CodeSetError
        When nothing is known of one of the days.
    """
    found = differences(codes, since.isoformat(), until.isoformat())
    added: dict[tuple[str, date], list[Change]] = {}
    ended: dict[tuple[str, date], list[tuple[str, str]]] = {}
    for change in found.added:
        added.setdefault((change.code[:_CATEGORY], change.on), []).append(change)
    for gone in (*found.ended, *found.headings):
        ended.setdefault((gone.code[:_CATEGORY], gone.on), []).append((gone.code, gone.title))
    groups = [
        Group(category, on, tuple(added.get((category, on), ())), tuple(ended.get((category, on), ())))
        for category, on in {*added, *ended}
        if category in taught
    ]
    return tuple(
        sorted(groups, key=lambda group: (not group.category.startswith(_BACK), group.on, group.category))
    )


def taught_categories(keys: Iterable[Key]) -> frozenset[str]:
    """Return the categories of the codes that keys ask for."""
    return frozenset(
        expected.code[:_CATEGORY]
        for key in keys
        for item in key.items.values()
        if isinstance(item, CodesKey)
        for expected in item.expected
    )
