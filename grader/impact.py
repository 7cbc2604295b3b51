"""What a newer release of the code set asks of the library: every case, key and page with a code that it touches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from grader.codeset import CodeSet
from grader.codeset.changes import in_words
from grader.codeset.diff import Differences
from grader.codeset.validity import is_over
from grader.errors import CourseError
from grader.library.case import case_folders, load_case
from grader.library.key import load_key

_CODE = re.compile(r"(?<![A-Za-z0-9.])[A-Z][0-9A-Z]{2}\.[0-9A-Z]{1,4}(?![0-9A-Za-z])")
# A code of three characters could be part of anything in a text; only a field that holds a code has one.
_HELD = re.compile(
    r"items\.[^.]+\.(expected|optional|alternatives|wrong|missing|repairs)\.\d+\.(code|codes\.\d+|accept\.\d+)"
)
_CATEGORY_OR_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")


@dataclass(frozen=True, slots=True)
class Roots:
    """The folders of cases, keys and pages."""

    cases: Path
    keys: Path
    pages: Path


@dataclass(frozen=True, slots=True)
class Touch:
    """One place that a newer release touches.

    Parameters
    ----------
    file, field
        Where: the file, and the field, dotted, or the line.
    code
        As it stands there.
    what
        ``ended``, ``became_heading``, ``new_child``, ``new_sibling`` or ``title_revised``.
    happened, todo
        The same in words, and what to do.
    when
        ``now``: the key is wrong for its encounter; ``check``: somebody has to look; ``redate``: right for the date of
        the encounter, to be changed together with it.
    """

    file: Path
    field: str
    code: str
    what: str
    happened: str
    todo: str
    when: str


@dataclass(frozen=True, slots=True)
class _Effect:
    """What the release did to one code."""

    on: date
    what: str
    happened: str
    todo: str


def impact(codes: CodeSet, found: Differences, roots: Roots) -> list[Touch]:
    """Return every place that the changes touch, cases and keys first, then pages.

    Parameters
    ----------
    codes
        The code set with both releases in it.
    found
        What changed from the one to the other.
    roots
        The library.
    """
    if not roots.pages.is_dir():
        raise CourseError(f"There is no folder {roots.pages}. Name the folder of the pages with --pages.")
    folders = case_folders(roots.cases)
    if not folders:
        raise CourseError(f"There is no case in {roots.cases}. Name the folder of the cases with --cases.")
    effects = _effects(codes, found)
    touches = [touch for folder in folders for touch in _in_case(codes, effects, folder, roots.keys)]
    pages = sorted(p for p in roots.pages.rglob("*.md") if "node_modules" not in p.parts)
    return touches + [touch for page in pages for touch in _in_page(codes, effects, page)]


def _effects(codes: CodeSet, found: Differences) -> dict[str, list[_Effect]]:
    effects: dict[str, list[_Effect]] = {}
    for ended in found.ended:
        todo = (
            f"Look at {_list(ended.replaced_by)}"
            if ended.replaced_by
            else "Find the code that the record supports now"
        )
        effects.setdefault(ended.code, []).append(
            _Effect(ended.on, "ended", f"ended on {in_words(ended.on)}", todo)
        )
    for ended in found.headings:
        happened = f"became a heading on {in_words(ended.on)}"
        todo = f"Choose one of {_list(ended.replaced_by)}" if ended.replaced_by else "Choose a code below it"
        effects.setdefault(ended.code, []).append(_Effect(ended.on, "became_heading", happened, todo))
    for revised in found.revised:
        happened = f"has a new title since {in_words(revised.on)}: {revised.old} → {revised.new}"
        todo = "Correct the words that go by the old title"
        effects.setdefault(revised.code, []).append(_Effect(revised.on, "title_revised", happened, todo))
    for code, effect in _beside_new(codes, found):
        effects.setdefault(code, []).append(effect)
    return effects


def _beside_new(codes: CodeSet, found: Differences) -> Iterator[tuple[str, _Effect]]:
    """Yield the headings that got something new below them, and the codes that got something new beside them."""
    new: dict[str, dict[str, date]] = {}
    for change in found.added:
        top = _top_of_new(codes, change.code, found.first)
        entry = codes.get(top)
        if entry is not None:
            new.setdefault(entry.parent, {}).setdefault(top, change.on)
    divided = {ended.code for ended in found.headings}
    for above, tops in new.items():
        entry = codes.get(above)
        if entry is None or above in divided or not _CATEGORY_OR_CODE.fullmatch(above):
            continue
        named = "; ".join(f"{top} ({codes.title(top)})" for top in tops)
        on = min(tops.values())
        todo = "See whether the new one fits better"
        yield (
            above,
            _Effect(on, "new_child", f"has a new more specific child since {in_words(on)}: {named}", todo),
        )
        for child in entry.children:
            if child not in tops and not is_over(codes, child, found.first):
                yield (
                    child,
                    _Effect(
                        on, "new_sibling", f"has a new code beside it since {in_words(on)}: {named}", todo
                    ),
                )


def _top_of_new(codes: CodeSet, code: str, before: date) -> str:
    """Return the highest line above a new code that is as new as itself."""
    top, _seventh = codes.split(code)
    for above in codes.ancestors(top):
        if not _CATEGORY_OR_CODE.fullmatch(above) or not is_over(codes, above, before):
            break
        top = above
    return top


def _in_case(codes: CodeSet, effects: dict[str, list[_Effect]], folder: Path, keys: Path) -> Iterator[Touch]:
    case = load_case(folder)
    load_key(keys / folder.name, case)  # a wrong file is reported as such
    for path in (folder / "case.yml", keys / folder.name / "key.yml"):
        for field, text in _texts(yaml.safe_load(path.read_text(encoding="utf-8")), ""):
            held = _HELD.fullmatch(field)
            answer = held is not None and held[1] != "wrong"
            for code in [text] if held else dict.fromkeys(_CODE.findall(text)):
                for effect in _effects_on(codes, effects, code):
                    when = _when(effect, case.encounter_date, answer)
                    yield Touch(path, field, code, effect.what, effect.happened, effect.todo, when)


def _texts(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a file with the field that it stands in."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield from _texts(held, f"{field}.{name}" if field else str(name))
    elif isinstance(value, list):
        for place, held in enumerate(value):
            yield from _texts(held, f"{field}.{place}")
    elif isinstance(value, str):
        yield field, value


def _when(effect: _Effect, encounter: date, answer: bool) -> str:
    if encounter < effect.on:
        return "redate"
    return "now" if answer and effect.what in ("ended", "became_heading") else "check"


def _in_page(codes: CodeSet, effects: dict[str, list[_Effect]], path: Path) -> Iterator[Touch]:
    fence = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        stripped = line.strip()
        if fence:
            fence = "" if stripped == fence else fence
            continue
        if cell := re.match(r"(`{3,}|~{3,})\{code-cell\}", stripped):
            fence = cell[1]
            continue
        for code in dict.fromkeys(_CODE.findall(line)):
            for effect in _effects_on(codes, effects, code):
                yield Touch(path, f"line {number}", code, effect.what, effect.happened, effect.todo, "check")


def _effects_on(codes: CodeSet, effects: dict[str, list[_Effect]], code: str) -> Iterator[_Effect]:
    """Yield what happened to a code or to the code whose 7th-character variant it is."""
    of_itself = [
        *effects.get(code, ()),
        *(effects.get(codes.split(code)[0], ()) if codes.split(code)[1] else ()),
    ]
    gone = any(effect.what in ("ended", "became_heading") for effect in of_itself)
    yield from (effect for effect in of_itself if not gone or effect.what != "new_sibling")


def _list(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)
