"""Reading notes that ask for another code: which bind a code, how firmly, and how to quote them.

`causes` has the rules of "Code first", `additions` those of "Use additional code" and "Code also".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset.notes import Instruction
from grader.scoring.edits.claim import GUIDELINES, Claim, Reported, intent, tabular

NAMES = {"code_first": "Code first", "use_additional": "Use additional", "code_also": "Code also"}
_RULES = {
    "code_first": f"{GUIDELINES}I.A.13 and I.B.7",
    "use_additional": f"{GUIDELINES}I.B.7",
    "code_also": f"{GUIDELINES}I.A.17",
}
_CATEGORY = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
_ADVERSE = re.compile(r"\bfor adverse effects\b")


def binding(claim: Claim, one: Reported, kind: str) -> Iterator[Instruction]:
    """Yield the notes of one kind that bind a code; those for adverse effects only where it is one."""
    for note in claim.instructions(one, kind):
        if not for_adverse_effects(note) or is_adverse_effect(one):
            yield note


def for_adverse_effects(note: Instruction) -> bool:
    """Tell whether a note holds for adverse effects of drugs alone, as at T36-T50."""
    return _ADVERSE.search(note.head) is not None


def is_adverse_effect(one: Reported) -> bool:
    """Tell whether a drug code says adverse effect: 5 in the place of the intent."""
    return one.bare[0] == "T" and intent(one.bare) == "5"


def is_near(note: Instruction) -> bool:
    """Tell whether a note stands at a category or code, not at a block or chapter."""
    return _CATEGORY.fullmatch(note.at) is not None


def quote(note: Instruction, other: Reported | None = None) -> str:
    """Return a note's words: its head, and the line that names the other code, or else the first lines."""
    head = note.head.lstrip(", ").rstrip(". ")
    if not note.listing:
        return head
    if other is None:
        more = " …" if note.text.count("\n") > 3 else ""
        return f"{head} {' · '.join(note.text.split(chr(10))[1:4])}{more}"
    line = note.line_naming(other.bare)
    head_is_an_entry = any(named.line == note.head for named in note.named.values())
    return line.lstrip(", ") if head_is_an_entry or line == note.head else f"{head} {line}"


def cite(note: Instruction) -> str:
    """Return the citation of a note and of the rule behind it."""
    name = f"{NAMES[note.kind]} code" if note.kind == "use_additional" else NAMES[note.kind]
    return f"{tabular(note, name)}; {_RULES[note.kind]}"
