"""Colours and their contrast."""

import course_palette
import pytest

from tests.book.small import SmallBook
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0b5f5f", "#0b5f5f", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(first, second, expected):
    """Known pairs have their known contrast, whichever comes first."""
    assert course_palette.contrast(first, second) == pytest.approx(expected, abs=0.01)


def test_every_pair_of_the_book_has_the_contrast_it_needs():
    """In light and in dark, text and lines that mean something can be told from their ground."""
    themes = course_palette.palettes((ROOT / course_palette.STYLES).read_text())
    assert set(themes) == {"light", "dark"}
    for colours in themes.values():
        for use, text, ground, needed in course_palette.PAIRS:
            assert course_palette.contrast(colours[text], colours[ground]) >= needed, use


def test_a_pale_pair_fails_the_build(tmp_path):
    """The check speaks: grey on white is refused, black on white is not."""
    book = SmallBook(tmp_path, "course_palette")
    styles = tmp_path / course_palette.STYLES
    styles.parent.mkdir(parents=True)
    names = {name for _, text, ground, _ in course_palette.PAIRS for name in (text, ground)}
    colours = {
        name: "#ffffff" if "ground" in name or "paper" in name or "surface" in name else "#000000"
        for name in names
    }
    colours |= {"--pst-color-background": "#ffffff", "--pst-color-text-muted": "#aaaaaa"}
    block = "\n".join(f"  {name}: {value};" for name, value in colours.items())
    styles.write_text(f'html[data-theme="light"] {{\n{block}\n}}\n')
    book.write(index="# Colors\n\n```{palette}\n```")
    said = book.build()
    assert "Small text on the page (light): the contrast is 2.32" in said and "Headings (light)" not in said
