"""A computer without fonts of its own, and a font with a single letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from grader.certificate import typesetting


def font_with(letter: str, path: Path) -> None:
    """Write a font that has one letter, drawn as a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({ord(letter): "letter"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "letter": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "letter": (1000, 100)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable(
        {"familyName": "One Rare Letter", "styleName": "Regular", "psName": "OneRareLetter"}
    )
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def without_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw as a computer does that has no fonts of its own."""
    real = typesetting.typst.Compiler

    def compiler(**options: object) -> object:
        return real(**{**options, "ignore_system_fonts": True})

    monkeypatch.setattr(typesetting.typst, "Compiler", compiler)
    monkeypatch.setattr(typesetting, "_press", typesetting._press.__wrapped__)
