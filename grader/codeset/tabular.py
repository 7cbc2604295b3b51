"""The tabular list in memory: entries, their place in the hierarchy, their notes.

A category's seventh characters hold for every code below it, and Excludes notes bind every code below the place
where they stand (ICD-10-CM Official Guidelines, Section I.A.12), so look-ups walk the ancestors.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from grader.codeset.changes import Change, load_changes
from grader.errors import CodeSetError

ARTEFACT = Path(__file__).parent / "data" / "tabular.bin"
SEARCH_TEXT = ARTEFACT.with_name("codes.bin")
NOTE_KINDS = (
    "inclusion_terms", "includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also", "notes",
)  # fmt: skip
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the tabular list: a chapter, a block, a category or a code without its 7th character."""

    code: str
    title: str
    parent: str
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_seventh: Mapping[str, str] = field(default_factory=dict)
    children: tuple[str, ...] = ()

    @property
    def leaf(self) -> bool:
        """Whether nothing more specific stands below it."""
        return not self.children

    @property
    def inclusion_terms(self) -> tuple[str, ...]:
        """Other names that the tabular list files under this code."""
        return self.notes.get("inclusion_terms", ())


@dataclass(frozen=True, slots=True)
class Note:
    """An instruction of the tabular list with the code at which it stands; a list in it has one line an entry."""

    at: str
    text: str


class CodeSet:
    """The tabular list of one release together with the dated changes around it."""

    def __init__(self, release: str, entries: Mapping[str, Entry], changes: tuple[Change, ...]) -> None:
        self.release = release
        self.changes = changes
        self._entries = dict(entries)

    def __contains__(self, code: str) -> bool:
        return code in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, code: str) -> Entry | None:
        """Return the entry of a dotted code without 7th character, or None."""
        return self._entries.get(code)

    def entries(self) -> Iterator[Entry]:
        """Yield every category and code in tabular order, without chapters and blocks."""
        return (entry for entry in self._entries.values() if _CODE.fullmatch(entry.code))

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
        if code in self._entries or len(code) != 8:
            return code, ""
        base, seventh = code[:-1], code[-1]
        for candidate in (base, base.rstrip("X"), base.rstrip("X").rstrip(".")):
            if candidate in self._entries and with_seventh(candidate, seventh) == code:
                return candidate, seventh
        return code, ""

    def title(self, code: str) -> str:
        """Return the official title, with the 7th character's meaning appended; ``""`` for an unknown code."""
        base, seventh = self.split(code)
        entry = self._entries.get(base)
        if entry is None:
            return next((change.title for change in self.changes if change.code == code), "")
        meaning = self.seventh_characters(base).get(seventh, "")
        return f"{entry.title}, {meaning}" if meaning else entry.title


def with_seventh(code: str, seventh: str) -> str:
    """Return a code with its 7th character, the gap filled with the placeholder X (Guidelines I.A.5)."""
    return dotted(code.replace(".", "").ljust(6, "X") + seventh)


def dotted(code: str) -> str:
    """Return a code with its dot after the third character."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def normalize(text: str) -> str:
    """Return what a person typed as a dotted capital code: ``m549`` and ``M54.9 `` are M54.9.

    Only spelling is put right; a code that does not exist comes back as typed.
    """
    bare = re.sub(r"[\s.\-]", "", text).upper()
    return dotted(bare) if re.fullmatch(r"[A-Z0-9]{3,7}", bare) else text.strip().upper()


def load(path: Path = ARTEFACT) -> CodeSet:
    """Read the compact code set.

    Raises
    ------
    CodeSetError
        When it has not been built, or the file is damaged.
    """
    return _load(path)


@cache
def _load(path: Path) -> CodeSet:
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        release, nodes = data["release"], data["nodes"]
    except FileNotFoundError:
        raise CodeSetError(
            "The code set has not been built yet. Run `python -m grader codes build`."
        ) from None
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise CodeSetError(f"{path.name} is damaged ({error}). Run `python -m grader codes build`.") from None
    children: dict[str, list[str]] = {}
    for node in nodes:
        children.setdefault(node["p"], []).append(node["c"])
    entries = {node["c"]: _entry(node, children.get(node["c"], [])) for node in nodes}
    changes = load_changes()
    _add_changed(entries, changes)
    return CodeSet(release, entries, changes)


def _entry(node: Mapping[str, Any], children: list[str]) -> Entry:
    notes = {NOTE_KINDS[int(kind)]: tuple(texts) for kind, texts in node.get("n", {}).items()}
    return Entry(node["c"], node["t"], node["p"], notes, node.get("s", {}), tuple(children))


def _add_changed(entries: dict[str, Entry], changes: tuple[Change, ...]) -> None:
    """Give codes that a later release added their place in the list."""
    for change in changes:
        if change.added and change.code not in entries:
            entries[change.code] = Entry(change.code, change.title, change.parent)
            above = entries[change.parent]
            entries[change.parent] = Entry(
                above.code,
                above.title,
                above.parent,
                above.notes,
                above.own_seventh,
                (*above.children, change.code),
            )
