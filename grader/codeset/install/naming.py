"""Which release an official file is of: from its name, or from what the person who installs it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from grader.codeset.install.official import OfficialFile
from grader.codeset.releases import fiscal_year, last_day
from grader.errors import CodeSetError, ReleaseFileError

_RELEASE = re.compile(r"(?:FY)?(20\d\d)(?: (January|April)(?: 20\d\d)?)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MONTH = re.compile(r"january|april", re.IGNORECASE)


def choose(
    path: Path, found: list[OfficialFile], release: str, starts: date | None
) -> tuple[str, dict[str, OfficialFile]]:
    """Return which release is meant, and its files by kind."""
    wanted = _wanted(release, starts)
    named = [(file, _name_in(f"{path.resolve().name}/{file.name}")) for file in found]
    fitting = [(f, n) for f, n in named if not wanted or not n or last_day(n) == last_day(wanted)]
    names = sorted({name for _file, name in fitting if name})
    if not fitting:
        says = " and ".join(sorted({name for _file, name in named}))
        problem = f"by its name it is of {says}, not of {wanted}"
        raise ReleaseFileError(
            path, "", problem, "Give the file of that release, or correct --release and --from"
        )
    if wanted and (starts or wanted in names or not names):
        chosen = wanted
    elif len(names) == 1:
        chosen = names[0]
    elif not names:
        remedy = "Add it, for example --release FY2027"
        raise ReleaseFileError(path, "", "its name does not tell the fiscal year of the release", remedy)
    else:
        raise ReleaseFileError(path, "", f"it holds {' and '.join(names)}", "Name one of them with --release")
    exact = [file for file, name in fitting if name in ("", chosen)] or [file for file, _name in fitting]
    return chosen, _by_kind(path, exact)


def _by_kind(path: Path, files: list[OfficialFile]) -> dict[str, OfficialFile]:
    by_kind: dict[str, OfficialFile] = {}
    for file in files:
        same = by_kind.setdefault(file.kind, file)
        if same.content != file.content:
            problem = f"it holds two different files of one kind, {same.name} and {file.name}"
            raise ReleaseFileError(path, "", problem, "Give the one that you mean")
    return by_kind


def _wanted(release: str, starts: date | None) -> str:
    wanted = ""
    if release:
        found = _RELEASE.fullmatch(release.strip())
        if found is None:
            raise CodeSetError(f"{release!r} is not the name of a release. Write it like FY2027.")
        wanted = _spelled(found[1], found[2])
    if starts is None:
        return wanted
    if (starts.month, starts.day) not in ((10, 1), (1, 1), (4, 1)):
        raise CodeSetError(
            f"No release begins on {starts}. Releases begin on 1 October, 1 January or 1 April."
        )
    dated = _spelled(str(fiscal_year(starts)), {1: "January", 4: "April"}.get(starts.month, ""))
    if wanted and last_day(wanted) != last_day(dated):
        raise CodeSetError(
            f"--from {starts} lies in {dated[:6]}, not in {wanted[:6]}. Correct one of the two."
        )
    return dated


def _spelled(year: str, month: str | None) -> str:
    return f"FY{year} {month.capitalize()} {year}" if month else f"FY{year}"


def _name_in(path: str) -> str:
    """Return the release that a file's name tells, or else the names of what it lies in; ``""`` for none."""
    years = set(_YEAR.findall(path.rpartition("/")[2])) or set(_YEAR.findall(path))
    month = _MONTH.search(path)
    return _spelled(years.pop(), month[0] if month else None) if len(years) == 1 else ""
