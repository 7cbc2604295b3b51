"""Finding and reading the official files of an ICD-10-CM release, as CMS and NCHS publish them.

Three kinds hold a release: the order file (every code in a line of fixed width), its addenda (what changed, with
counts at the end) and the tabular list in XML.  They come alone, in folders and in zips, whose files are read where
they are: nothing is unpacked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.codeset.entry import dotted
from grader.codeset.install.listing import Line
from grader.errors import ReleaseFileError

LARGEST = 200_000_000
"""Bytes; the largest official file has a tenth of that."""
_KINDS = {
    "addenda": re.compile(r"icd-?10-?cm?[-_ ]*order[-_ ]*addend.*\.txt"),
    "order": re.compile(r"icd-?10-?cm?[-_ ]*order(?![-_ ]*addend).*\.txt"),
    "tabular": re.compile(r"(icd-?10-?cm?[-_ ]*)?tabular(?!.*addend).*\.xml"),
}
_AGAIN = "Download it again from CMS or NCHS"
_ADDENDA_LINE = re.compile(r"(Add|Delete|Revise from|Revise to): +([01]) ([A-Z][0-9A-Z]{2,6}) +(.*)")
_ORDER_LINE = re.compile(r"(\d{5}) ([A-Z][0-9A-Z]{2,6}) +([01]) (.{60}) (.+)")
_COUNT = re.compile(r" *(\d+) (?:(headers|codes) in \S+|(additions|deletions|revisions))")
_SHORT = 60


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """One file of a release: where it is, its kind (``addenda``, ``order`` or ``tabular``) and its bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the addenda, ``Add`` to ``Revise to``, with its number in the file."""

    number: int
    verb: str
    code: str
    line: Line


@dataclass(frozen=True, slots=True)
class Addenda:
    """The steps from one list to the next, and how many codes there are before and after."""

    steps: tuple[Step, ...]
    before: int
    after: int


def find_official(path: Path) -> list[OfficialFile]:
    """Return the official files in a file, a folder or a zip.

    Raises
    ------
    ReleaseFileError
        When there is none, or the zip is damaged.
    """
    if path.is_dir():
        found = [
            file for inner in sorted(path.rglob("*")) if inner.is_file() for file in _in_file(inner, path)
        ]
    elif path.is_file():
        found = list(_in_zip(path, path.name) if path.suffix.lower() == ".zip" else _alone(path))
    else:
        problem = "there is no such file or folder"
        raise ReleaseFileError(
            path, "", problem, "Give the file, folder or zip that you downloaded from CMS or NCHS"
        )
    if not found:
        remedy = "Look for a name like icd10cm_order_addenda_2027.txt, icd10cm_order_2027.txt or icd10cm_tabular_2027.xml"
        raise ReleaseFileError(
            path, "", "it holds no official file of ICD-10-CM that this course reads", remedy
        )
    return found


def _kind(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2].lower()
    return next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(base)), "")


def _in_file(path: Path, root: Path) -> Iterator[OfficialFile]:
    shown = path.relative_to(root).as_posix()
    if path.suffix.lower() == ".zip":
        yield from _in_zip(path, shown)
    elif kind := _kind(path.name):
        yield OfficialFile(shown, kind, _read(path))


def _alone(path: Path) -> Iterator[OfficialFile]:
    """Take a file that was named outright by what it holds, should its name say nothing."""
    content = _read(path)
    head = content[:2000].decode("latin-1").lstrip("\ufeffï»¿ \r\n")
    if kind := _kind(path.name):
        yield OfficialFile(path.name, kind, content)
    elif "<ICD10CM.tabular" in head:
        yield OfficialFile(path.name, "tabular", content)
    elif _ADDENDA_LINE.match(head):
        yield OfficialFile(path.name, "addenda", content)
    elif _ORDER_LINE.match(head):
        yield OfficialFile(path.name, "order", content)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ReleaseFileError(path, "", "it is far larger than any official file", _AGAIN)
        return path.read_bytes()
    except OSError as error:
        raise ReleaseFileError(
            path, "", f"it cannot be read ({error.strerror})", "Give a file that you may read"
        ) from None


def _in_zip(path: Path, shown: str) -> Iterator[OfficialFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if not (kind := _kind(member.filename)):
                    continue
                name = f"{shown}/{member.filename}"
                if member.file_size > LARGEST:
                    raise ReleaseFileError(name, "", "it is far larger than any official file", _AGAIN)
                yield OfficialFile(name, kind, archive.read(member))
    # RuntimeError is how zipfile answers a member under a password, NotImplementedError an unknown compression, EOFError
    # a member that is cut off: each is a file to fetch again.
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise ReleaseFileError(path, "", f"the zip is damaged or locked ({error})", _AGAIN) from None


def text_of(file: OfficialFile) -> str:
    """Return the text of a file of fixed width."""
    if b"\x00" in file.content:
        raise ReleaseFileError(file.name, "", "it is not plain text (UTF-8 or ASCII)", _AGAIN)
    try:
        return file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Some releases were written on Windows, with an accent here and there.
        return file.content.decode("cp1252", errors="replace")


def read_order(file: OfficialFile) -> dict[str, Line]:
    """Read an order file: number, code, 0 heading or 1 billable, short and long title."""
    lines: dict[str, Line] = {}
    for number, text in enumerate(text_of(file).splitlines(), start=1):
        if not text.strip():
            continue
        found = _ORDER_LINE.fullmatch(text)
        if found is None:
            raise ReleaseFileError(file.name, f"line {number}", "it is not a line of the order file", _AGAIN)
        order, code, flag, _short, title = found.groups()
        if int(order) != len(lines) + 1:
            raise ReleaseFileError(
                file.name, f"line {number}", f"it has the number {order} out of order", _AGAIN
            )
        if dotted(code) in lines:
            raise ReleaseFileError(file.name, f"line {number}", f"{dotted(code)} is there twice", _AGAIN)
        lines[dotted(code)] = Line(flag == "1", title.strip())
    if not lines:
        raise ReleaseFileError(file.name, "", "it is empty", _AGAIN)
    return lines


def read_addenda(file: OfficialFile) -> Addenda:
    """Read the addenda of the order file and check them against the counts at their end."""
    steps: list[Step] = []
    counts: dict[str, list[tuple[str, int]]] = {"": []}
    part = ""
    for number, text in enumerate(text_of(file).splitlines(), start=1):
        if text.strip() in ("Headers", "Codes"):
            part = text.strip().lower()
            counts[part] = []
        elif part:
            counts[part] += (
                [(found[2] or found[3], int(found[1]))] if (found := _COUNT.fullmatch(text)) else []
            )
        elif text.strip():
            steps.append(_step(file, number, text))
    if not steps:
        raise ReleaseFileError(file.name, "", "it has no line that changes a code", _AGAIN)
    _counted(file, "headers", counts, [step for step in steps if not step.line.billable])
    before, after = _counted(file, "codes", counts, [step for step in steps if step.line.billable])
    return Addenda(tuple(steps), before, after)


def _step(file: OfficialFile, number: int, text: str) -> Step:
    found = _ADDENDA_LINE.fullmatch(text.rstrip())
    title = found[4][_SHORT + 1 :].strip() if found else ""
    if found is None or not title:
        raise ReleaseFileError(
            file.name, f"line {number}", "it is not a line of the order file addenda", _AGAIN
        )
    return Step(number, found[1], dotted(found[3]), Line(found[2] == "1", title))


def _counted(
    file: OfficialFile, part: str, counts: Mapping[str, list[tuple[str, int]]], steps: list[Step]
) -> tuple[int, int]:
    """Return how many of them there are before and after, if the file's own counts agree with its lines."""
    told = counts.get(part, [])
    if [name for name, _count in told[:5]] != [part, part, "additions", "deletions", "revisions"]:
        raise ReleaseFileError(
            file.name, "", f"the counts of {part} at its end are missing: it is not whole", _AGAIN
        )
    before, after, *changes = (count for _name, count in told[:5])
    verbs = [step.verb for step in steps]
    additions, deletions, revisions = changes
    told_by_verb = {
        "Add": ("additions", additions),
        "Delete": ("deletions", deletions),
        "Revise from": ("revisions", revisions),
        "Revise to": ("revisions", revisions),
    }
    for verb, (name, count) in told_by_verb.items():
        if verbs.count(verb) != count:
            problem = f"it says {count} {name} of {part} and lists {verbs.count(verb)}"
            raise ReleaseFileError(file.name, "the counts at its end", problem, _AGAIN)
    if before + additions - deletions != after:
        problem = f"{before:,} {part}, {additions} added and {deletions} deleted, do not make {after:,}"
        raise ReleaseFileError(file.name, "the counts at its end", problem, _AGAIN)
    return before, after


def apply_addenda(file: OfficialFile, addenda: Addenda, lines: Mapping[str, Line]) -> dict[str, Line]:
    """Return the list after the addenda, if every step fits the list before."""
    after = dict(lines)
    # Deletions first: a code that becomes a heading is deleted as a code and added as a heading, in either order.
    for step in sorted(addenda.steps, key=lambda step: step.verb != "Delete"):
        there = after.get(step.code)
        same = there is not None and there.billable is step.line.billable
        if there is not None if step.verb == "Add" else not same:
            problem = (
                f"it has {step.verb.lower()} {step.code}, which does not fit the codes of the day before"
            )
            remedy = "Install the releases before it first; if they are, check the file"
            raise ReleaseFileError(file.name, f"line {step.number}", problem, remedy)
        if step.verb == "Delete":
            del after[step.code]
        else:
            after[step.code] = step.line
    return after
