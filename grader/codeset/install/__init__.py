"""Installing an official ICD-10-CM release that is newer than the one the code set is built from.

Whatever was downloaded, the addenda, the whole order file or the tabular XML, becomes a list of all codes on the
release's first day.  It is compared with the list of the day before, and only what differs is kept.  Nothing is written
before the merged code set has been counted against the official one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from grader.codeset import releases
from grader.codeset.build import nodes_of
from grader.codeset.changes import in_words
from grader.codeset.install.listing import Line, billable, difference, listing, spelled_alike
from grader.codeset.install.naming import choose
from grader.codeset.install.official import (
    OfficialFile,
    apply_addenda,
    find_official,
    read_addenda,
    read_order,
)
from grader.codeset.releases import (
    Release,
    first_day,
    fiscal_year,
    read_releases,
    to_json,
)
from grader.codeset.tabular import ARTEFACT, CodeSet, combine, entries_of, forget
from grader.errors import CodeSetError, ReleaseFileError

_AGAIN = "Download it again from CMS or NCHS"
_MOST_THAT_END = 0.05
"""Of all codes; no release has ended more than a hundredth, so it is a truncated file."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A release that was installed, the file it was written to, and what is left to tell.

    Parameters
    ----------
    release
        As it was written.
    path
        Its file.
    before
        How many billable codes there were the day before.
    others
        Later releases that had been installed before; they build on this one.
    with_notes
        Whether a tabular list came with it, which has the notes of the new codes.
    renoted
        Older codes whose notes the new tabular list changes; the course keeps the notes it was built with.
    """

    release: Release
    path: Path
    before: int
    others: tuple[str, ...]
    with_notes: bool
    renoted: tuple[str, ...]


def install(
    path: Path,
    release: str = "",
    starts: date | None = None,
    folder: Path | None = None,
    artefact: Path = ARTEFACT,
) -> Installed:
    """Install what ``path`` holds and return what was done; on any fault nothing changes.

    Parameters
    ----------
    path
        A file, folder or zip as CMS or NCHS publish it.
    release
        ``FY2027``; from the name of the file when empty.
    starts
        First day of the release; 1 October of its fiscal year, or 1 April for an April file, when not given.
    folder
        Where installed releases are kept; the project's own when not given.
    artefact
        The code set that they build on.

    Raises
    ------
    CourseError
        Says which file, where in it, and what to do.
    """
    name, files = choose(path, find_official(path), release, starts)
    first = first_day(name)
    present = read_releases(folder)
    codes = combine(artefact, tuple(one for one in present if one.starts < first))
    _check_order(codes, name)
    before = listing(codes, first - timedelta(days=1))
    tabular = _tabular(files["tabular"], name) if "tabular" in files else None
    after, source = _list_after(codes, before, files, name, tabular)
    made = _release(codes, before, after, name, source, tabular)
    _check_merged(combine(artefact, (*codes.releases, made)), made, before, after)
    later = tuple(one.name for one in present if one.starts > first)
    return Installed(
        made,
        _write(made, folder or releases.RELEASES),
        len(billable(before)),
        later,
        tabular is not None,
        _renoted(codes, tabular),
    )


def _write(release: Release, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / release.file_name
    partial = target.with_suffix(".part")
    partial.write_text(to_json(release), encoding="utf-8")
    partial.replace(target)
    forget()
    return target


def _check_order(codes: CodeSet, name: str) -> None:
    first = first_day(name)
    if first <= codes.known_from:
        raise CodeSetError(f"{name} is not newer than {codes.base}, which the code set is built from.")
    if codes.known_until < first - timedelta(days=1):
        missing = f"FY{fiscal_year(codes.known_until) + 1}"
        raise CodeSetError(f"{name} builds on {missing}, which is not installed. Install {missing} first.")


def _tabular(file: OfficialFile, name: str) -> CodeSet:
    problem = "it is not the tabular list of ICD-10-CM"
    try:
        root = ElementTree.fromstring(file.content)
        nodes = nodes_of(root)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReleaseFileError(file.name, "", f"{problem}, or damaged ({error})", _AGAIN) from None
    except CodeSetError as error:
        raise ReleaseFileError(file.name, "", str(error).rstrip("."), _AGAIN) from None
    if not nodes:
        raise ReleaseFileError(file.name, "", problem, _AGAIN)
    year = (root.findtext("version") or "").strip()
    if year.isdecimal() and int(year) != fiscal_year(first_day(name)):
        raise ReleaseFileError(
            file.name, "version", f"it says {year}, not {name}", "Give the file of that release"
        )
    return CodeSet(name, entries_of(nodes), ())


def _list_after(
    codes: CodeSet,
    before: Mapping[str, Line],
    files: Mapping[str, OfficialFile],
    name: str,
    tabular: CodeSet | None,
) -> tuple[dict[str, Line], OfficialFile]:
    """Return the list of the first day and the file it comes from: the addenda before all, since they are counted."""
    if file := files.get("addenda"):
        addenda = read_addenda(file)
        if addenda.before != len(billable(before)):
            eve = first_day(name) - timedelta(days=1)
            problem = (
                f"it starts from {addenda.before:,} codes; on {eve} {len(billable(before)):,} are known here"
            )
            remedy = f"Install what came between {codes.release} and {name} first"
            raise ReleaseFileError(file.name, "the counts at its end", problem, remedy)
        return apply_addenda(file, addenda, before), file
    if file := files.get("order"):
        after = read_order(file)
    else:
        file = files["tabular"]
        after = listing(tabular, first_day(name)) if tabular else {}
    _check_whole(file, before, after)
    return spelled_alike(before, after), file


def _check_whole(file: OfficialFile, before: Mapping[str, Line], after: Mapping[str, Line]) -> None:
    was, now = billable(before), billable(after)
    gone = len(was - now)
    chapters = {code[0] for code in was} - {code[0] for code in now}
    # A list that was cut off between two lines reads well; but it ends before the last code known.
    if chapters or max(now) < max(was) or gone > max(20, _MOST_THAT_END * len(was)):
        problem = f"{gone:,} of the {len(was):,} codes of the day before are missing, so it is not whole"
        raise ReleaseFileError(file.name, "", problem, _AGAIN)


_KIND_NAMES = {"addenda": "order file addenda", "order": "order file", "tabular": "Tabular List"}


def _release(
    codes: CodeSet,
    before: Mapping[str, Line],
    after: Mapping[str, Line],
    name: str,
    source: OfficialFile,
    tabular: CodeSet | None,
) -> Release:
    first = first_day(name)
    found = difference(codes, before, after, tabular)
    lines = {code: tabular.get(code) for code, _title, _above in found.entries} if tabular else {}
    return Release(
        name=name,
        starts=first,
        source=f"ICD-10-CM {_KIND_NAMES[source.kind]} for {name} (CMS/NCHS), in force {in_words(first)}",
        codes=len(billable(after)),
        entries=found.entries,
        seventh=found.seventh,
        begins=found.begins,
        ends=found.ends,
        revised=found.revised,
        notes={code: entry.notes for code, entry in lines.items() if entry is not None and entry.notes},
    )


def _check_merged(
    merged: CodeSet, release: Release, before: Mapping[str, Line], after: Mapping[str, Line]
) -> None:
    """Count the code set with the release in it against the official lists of both days."""
    for day, lines in ((release.starts - timedelta(days=1), before), (release.starts, after)):
        apart = sorted(billable(listing(merged, day)) ^ billable(lines))
        if not apart:
            continue
        shown = ", ".join(apart[:8]) + (" …" if len(apart) > 8 else "")
        by_hand = {change.code for change in merged.changes}
        if by_hand.intersection(apart):
            remedy = "Correct these codes in grader/codeset/changes.json: the official release is right."
        else:
            remedy = "Nothing was installed; please report this, with the name of the file."
        raise CodeSetError(
            f"On {day} the code set would not agree with {release.name} about {shown}. {remedy}"
        )


def _renoted(codes: CodeSet, tabular: CodeSet | None) -> tuple[str, ...]:
    if tabular is None:
        return ()
    return tuple(
        entry.code
        for entry in codes.entries()
        if (new := tabular.get(entry.code)) is not None and new.notes != entry.notes
    )
