"""Words of somebody else, with what hides in them shown."""

from __future__ import annotations

import re

_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters other than tab and new line
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u061c\ufeff"  # of no width, or turning the text around them
    "\xad\u034f\u180b-\u180f\ufff0-\ufffb"  # soft hyphen, joiners, variants, annotations
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters that are blank
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # layout of scripts and of music
    "\U000e0000-\U000e0fff"  # tags, and more variants
)
_VARIANTS = "\ufe00-\ufe0f"
# A heart or a tick typed on a phone is a symbol and a variant; that one stays.
_SYMBOLS = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_NAMED = re.compile(f"[{_UNSEEN}]|(?<![{_SYMBOLS}])[{_VARIANTS}]")


def visible(text: str) -> str:
    """Return a text in which every character that shows nothing, or turns others around, is named: ``⟦U+202E⟧``."""
    return _NAMED.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return a text for one line of a terminal or one cell of a page, with nothing in it that cannot be seen."""
    line = visible(text).replace("\n", "⟦U+000A⟧").replace("\t", "⟦U+0009⟧")
    # A name of a folder may hold bytes that are no characters, and one in a file half a character.
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def short(name: str, longest: int = 80) -> str:
    """Return a name that somebody else chose, for a sentence about it."""
    shown = "".join(c if c.isprintable() else f"⟦U+{ord(c):04X}⟧" for c in one_line(name[:longest]))
    return shown + ("…" if len(name) > longest else "")
