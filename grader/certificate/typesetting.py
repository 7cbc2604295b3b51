"""Setting type with Typst, with fonts that have every letter: a box in place of a letter is no name.

What is said goes in as data; nothing of it is ever read as Typst's own language.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from grader.errors import CourseError

DATA = Path(__file__).resolve().parent / "data"
PIXELS_PER_INCH = 144
_STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
# What Typst says of a letter that no font has; it says so only where a standard asks for text that can be read.
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')


@dataclass(frozen=True, slots=True)
class Fonts:
    """Folders with fonts for letters that Typst's own fonts lack, or do not join as their script asks.

    Typst's own have Latin, Greek, Cyrillic, Hebrew, Arabic and Devanagari letters; those of the computer come last, so that
    most certificates look alike wherever they are made.
    """

    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """A compiler, with the fonts to prefer for what its first font lacks."""

    compiler: typst.Compiler
    faces: tuple[str, ...]

    def pdf(self, template: str, said: Mapping[str, str], moment: datetime | None = None) -> bytes:
        """Return a tagged page (PDF/A-3a and PDF/UA-1)."""
        return _one_page(
            self.compiler.compile(
                DATA / template,
                format="pdf",
                sys_inputs=self._said(said),
                pdf_standards=list(_STANDARDS),
                timestamp=moment,
            )
        )

    def picture(self, template: str, said: Mapping[str, str], kind: Literal["png", "svg"]) -> bytes:
        """Return a picture."""
        return _one_page(
            self.compiler.compile(
                DATA / template, format=kind, sys_inputs=self._said(said), ppi=PIXELS_PER_INCH
            )
        )

    def _said(self, said: Mapping[str, str]) -> dict[str, str]:
        return {**said, "faces": json.dumps(self.faces)}


def press_for(texts: Mapping[str, str], fonts: Fonts) -> Press:
    """Return a press whose fonts can draw all texts.

    Raises
    ------
    CourseError
        When no font can, with the letter that is missing.
    """
    missing = ""
    for own_alone in (True, False):
        press = _press(fonts, own_alone)
        try:
            press.pdf("letters.typ", {"letters": " ".join(texts.values())})
        except typst.TypstError as error:
            found = _NO_GLYPH.search(error.message)
            if found is None:
                raise
            missing = found[1]
        else:
            return press
    where = next((text for text in texts.values() if missing in text), "")
    name = unicodedata.name(missing[0], "") or f"U+{ord(missing[0]):04X}"
    raise CourseError(
        f"No font on this computer can draw “{missing}” ({name}) in “{where}”."
        " Install a font that has it (there is a Noto font for every script), or name a folder with one: --fonts DIR"
    )


@lru_cache(maxsize=4)
def _press(fonts: Fonts, own_alone: bool) -> Press:
    folders = [str(folder) for folder in fonts.folders]
    named = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    compiler = typst.Compiler(root=DATA, font_paths=folders, ignore_system_fonts=own_alone)
    return Press(compiler, tuple(named.families()))


def _one_page(compiled: bytes | list[bytes] | None) -> bytes:
    if not isinstance(compiled, bytes):
        raise CourseError(
            "The certificate does not fit on one page. Shorten the texts under `award` in the blueprint."
        )
    return compiled
