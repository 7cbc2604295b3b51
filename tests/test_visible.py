"""Words of somebody else, with what hides in them shown."""

import sys
import unicodedata

import pytest

from grader.visible import one_line, short, visible
from tests.grading.hostile import ORDINARY, SHOWN, UNSEEN

# Format characters that are drawn: signs that stand over or around the digits after them.
DRAWN = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
# Letters and marks that draw nothing, whatever their category says.
BLANK = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
BLANK |= {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def test_whatever_cannot_be_seen_is_named():
    """Control characters, marks of direction, zero widths, fillers and variants each become a visible name."""
    unseen = [
        chr(point)
        for point in range(sys.maxunicode + 1)
        if (unicodedata.category(chr(point)) in ("Cc", "Cf", "Zl", "Zp") and point not in DRAWN)
        or point in BLANK
    ]
    for character in set(unseen) - {"\t", "\n"}:
        assert visible(f"a{character}b") == f"a⟦U+{ord(character):04X}⟧b"
    assert visible(UNSEEN) == SHOWN


def test_whatever_can_be_seen_stays():
    """Letters of every script, accents, digits, signs, symbols, blanks, tabs and new lines are left alone."""
    seen = "".join(
        chr(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point))[0] in "LMNPSZ"
        and unicodedata.category(chr(point)) not in ("Zl", "Zp")
        and point not in BLANK
    )
    assert len(seen) > 100_000 and visible(seen) == seen
    assert visible(f"\ta\n{ORDINARY}") == f"\ta\n{ORDINARY}"


def test_lines_end_as_on_any_machine():
    """A Windows line end is a new line; a return alone, which hides what stands before it, is named."""
    assert visible("a\r\nb\rc") == "a\nb⟦U+000D⟧c"


def test_a_variant_is_left_where_it_belongs():
    """The second half of a typed symbol stays; behind a code, where nobody would look for it, it is named."""
    assert visible("✔\ufe0f ❤\ufe0f") == "✔\ufe0f ❤\ufe0f"
    assert visible("M54.50\ufe0f ✔\ufe0f\ufe0f") == "M54.50⟦U+FE0F⟧ ✔\ufe0f⟦U+FE0F⟧"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("enc-0001/codes", "enc-0001/codes"),
        ("Zoë 李雷", "Zoë 李雷"),
        ("a\tb\0", "a⟦U+0009⟧b⟦U+0000⟧"),
        ("a\u202eb\u200b\ufeff", "a⟦U+202E⟧b⟦U+200B⟧⟦U+FEFF⟧"),
        ("\ud83d", "\\ud83d"),
        ("x" * 81, "x" * 80 + "…"),
    ],
)
def test_names_of_others_are_shown_as_they_are(name, shown):
    """What hides or reorders text is spelled out, and nothing else is changed but its length."""
    assert short(name) == shown and short(name).isprintable()


def test_one_line_is_one_line():
    """New lines and tabs are named, too, and what is no character cannot stop a table from being written."""
    assert one_line("a\nb\tc") == "a⟦U+000A⟧b⟦U+0009⟧c"
    assert one_line("ana\udcff").encode() == b"ana\\udcff"
