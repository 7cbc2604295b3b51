"""The tabular list in memory: entries, their place in the hierarchy, their notes.

A category's seventh characters hold for every code below it, and Excludes notes bind every code below the place
where they stand (ICD-10-CM Official Guidelines, Section I.A.12), so look-ups walk the ancestors.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from grader.codeset.changes import Change, load_changes
from grader.codeset.entry import Entry, dotted, split_seventh, with_seventh
from grader.codeset.releases import (
    Release,
    add_entry,
    first_day,
    histories,
    last_day,
    merge,
    read_releases,
)
from grader.errors import CodeSetError

__all__ = [
    "CodeSet", "Entry", "Note", "combine", "dotted", "entries_of", "forget",
    "load", "normalize", "with_seventh",
]  # fmt: skip

ARTEFACT = Path(__file__).parent / "data" / "tabular.bin"
SEARCH_TEXT = ARTEFACT.with_name("codes.bin")
NOTE_KINDS = (
    "inclusion_terms", "includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also", "notes",
)  # fmt: skip
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")


@dataclass(frozen=True, slots=True)
class Note:
    """An instruction of the tabular list with the code at which it stands; a list in it has one line an entry."""

    at: str
    text: str


class CodeSet:
    """The tabular list of one release together with the dated changes and the newer releases around it.

    Parameters
    ----------
    release
        Name of the release that the list is built from, ``FY2026 April 2026``.
    entries
        The lines of the list; newer releases and changes put theirs in.
    changes
        The hand-written changes.
    releases
        The installed releases, all newer than the list, in order of date.
    """

    def __init__(
        self,
        release: str,
        entries: Mapping[str, Entry],
        changes: tuple[Change, ...],
        releases: tuple[Release, ...] = (),
    ) -> None:
        self.base = release
        self.changes = changes
        self.releases = releases
        self._entries = dict(entries)
        installed = merge(self._entries, releases)
        for change in changes:
            if change.added:
                add_entry(self._entries, Entry(change.code, change.title, change.parent))
        self.histories = histories(changes, installed)

    @property
    def release(self) -> str:
        """Name of the newest release that the list knows as a whole."""
        return self.releases[-1].name if self.releases else self.base

    @property
    def known_from(self) -> date:
        """The day from which every change is known; of those before, only the ones that touch this course."""
        return first_day(self.base)

    @property
    def known_until(self) -> date:
        """The last day of the newest release: what is valid after it, a release to come decides."""
        return last_day(self.release)

    def __contains__(self, code: str) -> bool:
        return code in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, code: str) -> Entry | None:
        """Return the entry of a dotted code without 7th character, or None."""
        return self._entries.get(code)

    def names(self) -> Iterator[str]:
        """Yield every category and code in no particular order, which is quicker than `entries`."""
        return (name for name in self._entries if name[0].isalpha() and "-" not in name)

    def entries(self) -> Iterator[Entry]:
        """Yield every category and code in tabular order, without chapters and blocks."""
        waiting = [code for code, entry in reversed(self._entries.items()) if not entry.parent]
        while waiting:
            entry = self._entries[waiting.pop()]
            waiting.extend(reversed(entry.children))
            if _CODE.fullmatch(entry.code):
                yield entry

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return what stands above ``code``, nearest first, up to the chapter."""
        found: list[str] = []
        entry = self._entries.get(code)
        while entry is not None and entry.parent:
            found.append(entry.parent)
            entry = self._entries.get(entry.parent)
        return tuple(found)

    def seventh_characters(self, code: str) -> Mapping[str, str]:
        """Return the 7th characters that ``code`` takes with their meaning; empty when it takes none."""
        for name in (code, *self.ancestors(code)):
            if (entry := self._entries.get(name)) is not None and entry.own_seventh:
                return entry.own_seventh
        return {}

    def notes(self, code: str, kind: str) -> tuple[Note, ...]:
        """Return the notes of one kind that bind ``code``: its own and those of everything above it."""
        return tuple(
            Note(name, text)
            for name in (code, *self.ancestors(code))
            if name in self._entries
            for text in self._entries[name].notes.get(kind, ())
        )

    def split(self, code: str) -> tuple[str, str]:
        """Split a dotted code into the entry it belongs to and its 7th character; ``""`` when it has none."""
        return split_seventh(code, self._entries)

    def title(self, code: str) -> str:
        """Return the official title, with the 7th character's meaning appended; ``""`` for an unknown code."""
        base, seventh = self.split(code)
        entry = self._entries.get(base)
        if entry is None:
            return next((change.title for change in self.histories.get(code, ())), "")
        meaning = self.seventh_characters(base).get(seventh, "")
        return f"{entry.title}, {meaning}" if meaning else entry.title


def normalize(text: str) -> str:
    """Return what a person typed as a dotted capital code: ``m549`` and ``M54.9 `` are M54.9.

    Only spelling is put right; a code that does not exist comes back as typed.
    """
    bare = re.sub(r"[\s.\-]", "", text).upper()
    return dotted(bare) if re.fullmatch(r"[A-Z0-9]{3,7}", bare) else text.strip().upper()


def load(path: Path = ARTEFACT, releases: Path | None = None) -> CodeSet:
    """Read the compact code set and the releases that were installed on top of it.

    Parameters
    ----------
    path
        The code set as `grader.codeset.build` wrote it.
    releases
        Folder of installed releases; the project's own when not given.

    Raises
    ------
    CodeSetError
        When it has not been built, or a file is damaged.
    """
    return _load(path, releases)


@cache
def _load(path: Path, releases: Path | None) -> CodeSet:
    return combine(path, read_releases(releases))


def forget() -> None:
    """Read the files again at the next `load`, because one of them was written anew."""
    _load.cache_clear()


def combine(path: Path, releases: tuple[Release, ...]) -> CodeSet:
    """Read the compact code set and put releases on top of it that need not be installed."""
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        release, nodes = data["release"], data["nodes"]
    except FileNotFoundError:
        raise CodeSetError(
            "The code set has not been built yet. Run `python -m grader codes build`."
        ) from None
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise CodeSetError(f"{path.name} is damaged ({error}). Run `python -m grader codes build`.") from None
    newer = tuple(one for one in releases if one.starts > first_day(release))
    return CodeSet(release, entries_of(nodes), load_changes(), newer)


def entries_of(nodes: list[dict[str, Any]]) -> dict[str, Entry]:
    """Return the lines of the tabular list from the nodes that the builder makes."""
    children: dict[str, list[str]] = {}
    for node in nodes:
        children.setdefault(node["p"], []).append(node["c"])
    return {node["c"]: _entry(node, children.get(node["c"], [])) for node in nodes}


def _entry(node: Mapping[str, Any], children: list[str]) -> Entry:
    notes = {NOTE_KINDS[int(kind)]: tuple(texts) for kind, texts in node.get("n", {}).items()}
    return Entry(node["c"], node["t"], node["p"], notes, node.get("s", {}), tuple(children))
