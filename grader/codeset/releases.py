"""Releases of ICD-10-CM that were installed on top of the one the code set is built from.

``python -m grader codes install`` writes what a release changed to ``installed/FY2027.json``; here it is read and
merged into the tabular list, in order of date.  A code that ended stays in the list, because encounters before that
day still carry it; from when to when a code may be reported, the dated changes say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from grader.codeset.changes import Change
from grader.codeset.entry import Entry, split_seventh, with_seventh
from grader.errors import CodeSetError

RELEASES = Path(__file__).parent / "installed"
FORMAT = "release/1"
_NAME = re.compile(r"FY(\d{4})(?: (January|April) (\d{4}))?")
_MONTHS = {"January": 1, "April": 4}


@dataclass(frozen=True, slots=True)
class Release:
    """What one official release changed.

    Parameters
    ----------
    name
        ``FY2027``, or ``FY2027 April 2027`` for an update within the year.
    starts
        The first day on which it is in force.
    source
        The official file that it was read from, as a citation.
    codes
        How many billable codes there are on that day.
    entries
        New lines of the tabular list as (code, title, code above), from the top down.
    seventh
        The 7th characters, with their meaning, of the codes where they are new.
    begins, ends
        Codes that are billable from that day, or no longer are, with their titles.
    revised
        Codes with the old and the new title.
    notes
        Notes of new lines, by code and kind.
    """

    name: str
    starts: date
    source: str
    codes: int
    entries: tuple[tuple[str, str, str], ...] = ()
    seventh: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    begins: Mapping[str, str] = field(default_factory=dict)
    ends: Mapping[str, str] = field(default_factory=dict)
    revised: tuple[tuple[str, str, str], ...] = ()
    notes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """Name of its file in the folder of releases."""
        return f"{self.name.replace(' ', '-')}.json"


def fiscal_year(on: date) -> int:
    """Return the fiscal year of a day: FY2027 runs from 1 October 2026 to 30 September 2027."""
    return on.year + (on.month >= 10)


def first_day(release: str) -> date:
    """Return the day from which a release is in force, from its name."""
    named = _NAME.fullmatch(release)
    if named is None:
        raise CodeSetError(f"{release!r} is not the name of a release. Write it like FY2027.")
    year, month, of = named.groups()
    return date(int(of), _MONTHS[month], 1) if month else date(int(year) - 1, 10, 1)


def last_day(release: str) -> date:
    """Return the last day of a release's fiscal year; an April update ends with its year."""
    return date(fiscal_year(first_day(release)), 9, 30)


def read_releases(folder: Path | None = None) -> tuple[Release, ...]:
    """Read every installed release in order of date; a folder that does not exist holds none.

    Raises
    ------
    CodeSetError
        When one of the files is damaged.
    """
    files = sorted((RELEASES if folder is None else folder).glob("*.json"))
    return tuple(sorted(map(_read_release, files), key=lambda release: release.starts))


def _read_release(path: Path) -> Release:
    remedy = "Install the release again with `python -m grader codes install`, or remove the file."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        return _from_json(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CodeSetError(f"{path.name} is damaged ({error}). {remedy}") from None


def _from_json(data: Mapping[str, Any]) -> Release:
    return Release(
        name=data["release"],
        starts=date.fromisoformat(data["from"]),
        source=data["source"],
        codes=data["codes"],
        entries=tuple((code, title, parent) for code, title, parent in data["entries"]),
        seventh={code: dict(meanings) for code, meanings in data["seventh"].items()},
        begins=dict(data["begins"]),
        ends=dict(data["ends"]),
        revised=tuple((code, old, new) for code, old, new in data["revised"]),
        notes={
            code: {kind: tuple(texts) for kind, texts in kinds.items()}
            for code, kinds in data["notes"].items()
        },
    )


def to_json(release: Release) -> str:
    """Return the text of a release's file: one line a code, so that a change of it can be reviewed."""
    data = {
        "format": FORMAT,
        "release": release.name,
        "from": release.starts.isoformat(),
        "source": release.source,
        "codes": release.codes,
        "entries": release.entries,
        "seventh": release.seventh,
        "begins": release.begins,
        "ends": release.ends,
        "revised": release.revised,
        "notes": release.notes,
    }
    return "{\n" + ",\n".join(f"{_compact(key)}: {_lines(value)}" for key, value in data.items()) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, Mapping):
        rows = [f"{_compact(key)}: {_compact(held)}" for key, held in value.items()]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        rows = [_compact(row) for row in value]
    else:
        return _compact(value)
    opening, closing = "{}" if isinstance(value, Mapping) else "[]"
    return f"{opening}\n  " + ",\n  ".join(rows) + f"\n{closing}" if rows else opening + closing


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def merge(entries: dict[str, Entry], releases: Iterable[Release]) -> tuple[Change, ...]:
    """Put the releases, in order of date, into the tabular list and return the dated changes that they make."""
    return tuple(change for release in releases for change in _merge(entries, release))


def _merge(entries: dict[str, Entry], release: Release) -> list[Change]:
    for code, title, parent in release.entries:
        add_entry(entries, Entry(code, title, parent, release.notes.get(code, {})))
    for code, meanings in release.seventh.items():
        if code in entries:
            entries[code] = replace(entries[code], own_seventh=meanings)
    for code, _old, new in release.revised:
        if code in entries:
            entries[code] = replace(entries[code], title=new)
    new_codes = {code for code, _title, _parent in release.entries}
    begins = [_change(entries, release, code, title, True) for code, title in release.begins.items()]
    ends = [
        replace(
            _change(entries, release, code, title, False),
            replaced_by=_successors(entries, release, code, new_codes),
        )
        for code, title in release.ends.items()
    ]
    return begins + ends


def add_entry(entries: dict[str, Entry], entry: Entry) -> None:
    """Give a new line its place below the one above it; a line that is there, or has no place, changes nothing."""
    above = entries.get(entry.parent)
    if entry.code in entries or above is None:
        return
    entries[entry.code] = entry
    after = [place for place, child in enumerate(above.children) if child > entry.code]
    place = after[0] if after else len(above.children)
    children = (*above.children[:place], entry.code, *above.children[place:])
    entries[above.code] = replace(above, children=children)


def _change(entries: Mapping[str, Entry], release: Release, code: str, title: str, added: bool) -> Change:
    parent = entries[code].parent if code in entries else ""
    return Change(release.starts, code, added, title, parent, (), release.source)


def _successors(entries: Mapping[str, Entry], release: Release, code: str, new: set[str]) -> tuple[str, ...]:
    """Return what a code that became a heading is divided into; an official file names no other successors."""
    base, seventh = split_seventh(code, entries)
    if base not in entries:
        return ()
    if not seventh and code in release.seventh:
        return tuple(with_seventh(code, char) for char in release.seventh[code])
    below = [child for child in entries[base].children if child in new]
    if seventh:
        return tuple(v for child in below if (v := with_seventh(child, seventh)) in release.begins)
    return tuple(below)


def histories(changes: Iterable[Change], installed: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    """Return every code's dated changes in order of date, the hand-written and the installed ones together.

    Where both tell the same, the hand-written one holds: a person looked up the successors, which no official file
    names.
    """
    told = {(change.code, change.on, change.added): change for change in installed}
    for change in changes:
        same = told.get((change.code, change.on, change.added))
        successors = change.replaced_by or (same.replaced_by if same else ())
        told[change.code, change.on, change.added] = replace(change, replaced_by=successors)
    by_code: dict[str, list[Change]] = {}
    for change in sorted(told.values(), key=lambda change: (change.on, change.code)):
        by_code.setdefault(change.code, []).append(change)
    return {code: tuple(history) for code, history in by_code.items()}
