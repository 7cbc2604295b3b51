"""What the list of a zip of submissions says: whose each entry is, and what speaks against it.  Nothing is inflated here.

The list is somebody else's word: sizes in it are not believed (see `grader.grading.intake.unpack`), and names become paths only
when each of their parts is an ordinary name.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from grader.errors import CourseError
from grader.grading.intake.submission import MAX_DEPTH, MAX_ENTRIES, MAX_TRAINEE, name_fault
from grader.visible import short

SUBMITTED = "submitted"
MAX_LIST = 32_000_000
"""Bytes of an archive's list of entries."""
MAX_LISTED = 200_000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on archives that are damaged, or made to harm."""
_MAX_PART = 240
_HEADER = 30
_LEADS_OUT = re.compile(r"\.{0,2}|[A-Za-z]:.*|.*\\.*", re.DOTALL)
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_ENCRYPTED, _UTF8 = 0x41, 0x800
# What Macs leave in folders and archives.
_JUNK = ("__MACOSX", ".DS_Store")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an archive: the parts of its name, and what the list says of it."""

    path: tuple[str, ...]
    info: zipfile.ZipInfo

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, which has no content."""
        return self.info.orig_filename.endswith("/")


@dataclass(frozen=True, slots=True)
class Listing:
    """What an archive holds.

    Parameters
    ----------
    trainees
        By trainee the entries, with their paths in the trainee's folder; nothing speaks against them so far.
    refused
        By trainee why nothing is taken.
    strays
        Which entries belong to nobody, in one sentence; empty when there are none.
    """

    trainees: Mapping[str, Sequence[Entry]]
    refused: Mapping[str, str]
    strays: str


class _Reader(io.BufferedReader):
    """Refuses to read a list that does not fit into memory: the list itself says how long it is."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_LIST:
            raise CourseError(f"The list of the archive is longer than {MAX_LIST:,} bytes. {IN_PARTS}")
        return super().read(size)


IN_PARTS = "Pack fewer submissions into one archive."


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive.

    Raises
    ------
    CourseError
        When it is no zip archive, only a part of one, or too large.
    """
    try:
        raw = io.FileIO(path)
    except OSError as error:
        raise CourseError(f"{path} cannot be opened ({error.strerror}). Name a zip archive.") from None
    with _Reader(raw) as reader:
        try:
            archive = zipfile.ZipFile(reader)
        except (*DAMAGED, OSError):
            raise CourseError(
                f"{path} is no zip archive, or only a part of one. Download it again."
            ) from None
        with archive:
            if len(archive.infolist()) > MAX_LISTED:
                raise CourseError(f"{path} has more than {MAX_LISTED:,} entries. {IN_PARTS}")
            yield archive


def listing(archive: zipfile.ZipFile, assignment: str) -> Listing:
    """Sort the entries of an archive by trainee.

    Parameters
    ----------
    archive
        With ``submitted/<trainee>/<assignment>/…`` or ``<trainee>/<assignment>/…``, all of it in one more folder or not.
    assignment
        Which assignment; entries of others belong to nobody.
    """
    entries = [entry for entry in map(_entry, archive.infolist()) if entry.path[0] not in _JUNK]
    depth, head = _head([entry.path for entry in entries], assignment)
    owned: dict[str, list[Entry]] = {}
    strays: list[Entry] = []
    for entry in entries:
        of, rest = entry.path[depth : depth + 2], entry.path[depth + 2 :]
        mine = entry.path[:depth] == head and _is_place(of, assignment) and (rest or entry.is_folder)
        if mine:
            owned.setdefault(of[0], []).append(Entry(rest, entry.info))
        elif not entry.is_folder and entry.path[-1] not in _JUNK:
            strays.append(entry)
    overlapping = _overlapping(archive.infolist())
    alike = Counter(map(folded, owned))
    faults = {trainee: _trainee_fault(trainee, alike) for trainee in owned}
    for trainee, theirs in owned.items():
        faults[trainee] = faults[trainee] or _fault(theirs, overlapping)
    return Listing(
        {trainee: theirs for trainee, theirs in owned.items() if not faults[trainee]},
        {short(trainee, MAX_TRAINEE): fault for trainee, fault in faults.items() if fault},
        _told(strays, assignment),
    )


def folded(name: str) -> str:
    """Return what is the same for names that some computers take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _entry(info: zipfile.ZipInfo) -> Entry:
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        # Macs write UTF-8 without saying so.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return Entry(tuple(name.removesuffix("/").split("/")), info)


def _head(paths: Iterable[tuple[str, ...]], assignment: str) -> tuple[int, tuple[str, ...]]:
    """Return what stands before the trainees' names; the outermost place that fits, which no trainee can choose."""
    tops = {path[0] for path in paths}
    around = [(top,) for top in tops if len(tops) == 1 and not _LEADS_OUT.fullmatch(top)]
    for head in [(), (SUBMITTED,), *around, *((*top, SUBMITTED) for top in around)]:
        depth = len(head)
        if any(path[:depth] == head and _is_place(path[depth : depth + 2], assignment) for path in paths):
            return depth, head
    return 0, ()


def _is_place(path: tuple[str, ...], assignment: str) -> bool:
    """Tell whether a path is that of a trainee's folder."""
    return path[1:] == (assignment,) and path[0] != SUBMITTED and not _LEADS_OUT.fullmatch(path[0])


def _overlapping(infos: Sequence[zipfile.ZipInfo]) -> set[int]:
    """Return which entries share bytes with another one, by identity: so a small archive inflates to a huge one."""
    found: set[int] = set()
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for info, following in pairwise(ordered):
        end = info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size
        if end > following.header_offset:
            found |= {id(info), id(following)}
    return found


def _trainee_fault(trainee: str, alike: Mapping[str, int]) -> str:
    if fault := name_fault(trainee):
        return fault
    if alike[folded(trainee)] > 1:
        return "Another trainee's name differs from it in capitals or accents alone. Rename one of the two folders."
    return ""


def _fault(entries: Sequence[Entry], overlapping: set[int]) -> str:
    """Return why nothing of a trainee is taken, or ``""``."""
    if len(entries) > MAX_ENTRIES:
        return f"It holds more than {MAX_ENTRIES:,} files and folders. {_AGAIN}"
    for entry in entries:
        if what := _entry_fault(entry):
            return f'It contains {what} ("{short("/".join(entry.path), 60)}"). {_AGAIN}'
    if any(id(entry.info) in overlapping for entry in entries):
        return f"Its entries overlap in the archive, as no packer leaves them. {_AGAIN}"
    if _are_alike(entries):
        return f"Two of its files have the same name, or differ in capitals or accents alone. {_AGAIN}"
    return ""


def _are_alike(entries: Sequence[Entry]) -> bool:
    """Tell whether some computer takes two files, or a file and a folder, for one."""
    files = Counter(entry.path for entry in entries if not entry.is_folder)
    paths = {entry.path for entry in entries}
    folders = {path[:depth] for path in paths for depth in range(1, len(path))}
    folders |= {entry.path for entry in entries if entry.is_folder}
    alike = len({tuple(map(folded, path)) for path in paths | folders}) < len(paths | folders)
    return alike or bool(folders & {*files}) or any(count > 1 for count in files.values())


_AGAIN = "Ask the trainee to submit again, or pack it anew."


def _entry_fault(entry: Entry) -> str:
    """Return what an entry is that cannot be taken, or ``""``."""
    kind = stat.S_IFMT(entry.info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "a link"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "a pipe, a socket or a device"
    if entry.info.flag_bits & _ENCRYPTED:
        return "an encrypted file"
    if entry.info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "a file packed in an unusual way"
    if entry.info.header_offset < 0:
        return "a file that is not in the archive"
    if len(entry.path) > MAX_DEPTH:
        return f"folders nested more than {MAX_DEPTH} levels deep"
    return next(filter(None, map(_part_fault, entry.path)), "")


def _part_fault(part: str) -> str:
    if _LEADS_OUT.fullmatch(part):
        return "a name that leads out of its folder"
    if not part.isprintable() or len(part.encode()) > _MAX_PART or part.endswith((".", " ")):
        return "a name that cannot be kept"
    return "a name that means a device" if _DEVICES.fullmatch(part) else ""


def _told(strays: Sequence[Entry], assignment: str) -> str:
    if not strays:
        return ""
    names = ", ".join(short("/".join(entry.path), 60) for entry in strays[:_SHOWN])
    more = ", …" if len(strays) > _SHOWN else ""
    count = "1 entry belongs" if len(strays) == 1 else f"{len(strays):,} entries belong"
    return f"{count} to nobody's {assignment} and stayed out: {names}{more}."
