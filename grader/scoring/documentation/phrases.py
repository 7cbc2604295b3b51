"""Plain pieces of sentences: a fact cleaned of what is no word for a note, lists, capital letters, stops and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LONGEST = 219
_LONGEST_QUOTE = LONGEST - 30
SEMICOLON = re.compile(r";\s*(?![^()]*\))")
COMMA = re.compile(r",\s*(?![^()]*\))")
# What a fact holds for the grader alone: degrees of relief, the names of the element, and numbers of codes.
_ASIDE = re.compile(r"\s*\((?:(?:partial|short|short-lived|relief|located|locali[sz]ed)[,;\s]*)+\)")
_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z-]{1,4})?"
_LEADING_CODE = re.compile(rf"^{_CODE}(?: because\s+|:\s*)")
_ONLY_A_CODE = re.compile(rf"^{_CODE}$")
_AND_MORE = re.compile(r"\s*\((and [^()]*)\)")


def spoken(fact: str) -> str:
    """Return the patient's own words in quotation marks, whether or not the fact has them."""
    words = _typographic(fact.strip().strip("\"“”'‘").strip().replace("“", "‘").replace("”", "’"))
    if not words:
        return ""
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rpartition(" ")[0] + " …"
    stop = "" if words[-1] in ".!?…" else "."
    return f"The patient says, “{words[0].upper()}{words[1:]}{stop}”"


def cleaned(fact: str) -> str:
    """Return a fact without what is there for the grader alone."""
    text = _AND_MORE.sub(r" \1", _ASIDE.sub("", " ".join(fact.split())))
    parts = [part.strip(" .,") for part in SEMICOLON.split(_LEADING_CODE.sub("", text))]
    return _typographic("; ".join(part for part in parts if part and not _ONLY_A_CODE.match(part)))


def _typographic(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"‘\1’", text).replace('"', "").replace("'", "’")


def as_sentence(text: str) -> str:
    """Return a text with a capital letter and one stop, cut at a pause where it is too long for one line."""
    while len(text) > LONGEST - 1:
        pauses = [found.start() for found in re.finditer(r"[;,]\s(?![^()]*\))", text)]
        text = text[: pauses[-1]] if pauses else text[: LONGEST - 1].rpartition(" ")[0] or text[: LONGEST - 1]
    return f"{text[0].upper()}{text[1:].rstrip(' .;,')}."


def listed(items: Sequence[str]) -> str:
    """Return items as 'a', 'a and b' or 'a, b and c'; with a comma before 'and' where an item has pauses of its own."""
    if len(items) < 2:
        return "".join(items)
    pause = "," if any("," in item or " and " in item for item in items[:-1]) else ""
    return f"{', '.join(items[:-1])}{pause} and {items[-1]}"


def all_begin(items: Iterable[str], words: re.Pattern[str]) -> bool:
    """Whether each of the items begins with one of the words."""
    return all(words.match(item) for item in items)
