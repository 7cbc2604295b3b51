"""Notes that ask for another code: Code first, Use additional code, Code also (Guidelines I.A.13, I.A.17, I.B.7).

Code first and Use additional code also fix the order.  What is missing is a warning only where the note says
without a condition what every such patient has; everything else is advice, because the codes alone do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset.notes import Instruction
from grader.scoring.edits.claim import GUIDELINES, Claim, Reported, finding, intent, tabular
from grader.scoring.findings import Finding

_CATEGORY = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
_ALWAYS_THERE = re.compile(
    r"\bto (?:identify|indicate|specify) (?:the )?(?:stage|site|severity|type|extent|percentage|outcome|joint|personal history)\b(?! of (?:the )?(?:retained|food))"
)
"""What every patient with the code has: its absence from the claim is a gap whatever the record says."""
_SOMETHING_ELSE = re.compile(
    r"\bto (?:identify|specify) (?:the )?(?:specific |specified )?"
    r"(?:condition|complication|injury or poisoning|injury|disorder|malignancy|abnormal findings|sequelae)\b"
)
"""What the code only hints at: without any other code on the claim, nobody knows what the patient has."""
_ELSEWHERE = "classified elsewhere"
_CAUSED = re.compile(
    r"\b(secondary|due to|in|related|associated|elsewhere|sequela\w*|resistan\w+|sepsis)\b", re.IGNORECASE
)
_SYMPTOMS = frozenset(("M54", "M255", "M796", "G89"))
_ADVERSE = re.compile(r"\bfor adverse effects\b")
_BINDING_ABOVE = frozenset(("15",))
"""Chapters whose notes are worth advice; those of other chapters and blocks describe circumstances (tobacco, a foreign
body) of patients, not of codes."""
_NAMES = {"code_first": "Code first", "use_additional": "Use additional code", "code_also": "Code also"}
_RULES = {
    "code_first": f"{GUIDELINES}I.A.13",
    "use_additional": f"{GUIDELINES}I.B.7",
    "code_also": f"{GUIDELINES}I.A.17",
}


def code_first(claim: Claim) -> Iterator[Finding]:
    """Find codes that stand before the condition they come from, or without it."""
    for one in claim.known:
        notes = list(_binding(claim, one, "code_first"))
        late = [found for note in notes for found in _cause_behind(claim, one, note)]
        yield from late
        if not late:
            firm = next((note for note in notes if _is_firm(claim, one, note)), None)
            if firm:
                yield from _without_cause(claim, one, firm)
            yield from _perhaps_a_cause(claim, one, [note for note in notes if note is not firm])


def _cause_behind(claim: Claim, one: Reported, note: Instruction) -> Iterator[Finding]:
    causes = claim.named_by(note, but=one)
    if causes and all(claim.before(one, cause) for cause in causes):
        # "If applicable, the underlying cause, such as": what is named may be there for itself.
        severity = "warning" if note.conditional and note.open else "error"
        message = (
            f"{causes[0].code} belongs before {one.code}: the note at {note.at} says “Code first "
            f"{_quote(note, causes[0])}”."
        )
        yield finding("sequence", severity, [one, causes[0]], message, _cite(note))


def _without_cause(claim: Claim, one: Reported, note: Instruction) -> Iterator[Finding]:
    if one is claim.first:
        # A cause that is not known cannot be coded (I.B.7); a manifestation by its title always has one (I.A.13).
        always = _is_manifestation(claim, one) or _is_adverse_effect(one)
        named = (
            f"never the {claim.first_named}"
            if always
            else f"not the {claim.first_named} where its cause is known"
        )
        message = f"{one.code} is {named}: the note at {note.at} says “Code first {_quote(note)}”."
        severity = "error" if always else "warning" if _tells_of_a_cause(claim, one, note) else "advice"
        yield finding("sequence", severity, [one], message, _cite(note))
    if _lacks(claim, one, note):
        message = f"{one.code} needs the condition it comes from before it: “Code first {_quote(note)}” at {note.at}."
        severity = "warning" if _tells_of_a_cause(claim, one, note) else "advice"
        yield finding("code_first", severity, [one], message, _cite(note))


def _tells_of_a_cause(claim: Claim, one: Reported, note: Instruction) -> bool:
    """Whether there must be a cause: postural kyphosis (M40.0) has none, although M40 says "code first underlying disease"."""
    return bool(note.named) or _CAUSED.search(claim.codeset.title(one.base)) is not None


def _perhaps_a_cause(claim: Claim, one: Reported, notes: list[Instruction]) -> Iterator[Finding]:
    for note in notes:
        if note.named and _is_near(note) and not claim.named_by(note, but=one):
            message = f"Before {one.code}, if the record says so: “Code first {_quote(note)}” at {note.at}."
            yield finding("code_first", "advice", [one], message, _cite(note))


def use_additional(claim: Claim) -> Iterator[Finding]:
    """Find additional codes that stand before the code they add to, or are missing."""
    yield from _additional(claim, "use_additional")


def code_also(claim: Claim) -> Iterator[Finding]:
    """Advise on second codes that a note suggests; their order is free."""
    yield from _additional(claim, "code_also")


def _additional(claim: Claim, kind: str) -> Iterator[Finding]:
    for one in claim.known:
        for note in _binding(claim, one, kind):
            added = claim.named_by(note, but=one)
            early = [other for other in added if claim.before(other, one)] if kind == "use_additional" else []
            misplaced = [other for other in early if not _serves_another(claim, other)]
            if misplaced:
                yield _too_early(one, misplaced[0], note)
            elif not added:
                yield from _missing(claim, one, note)


def _serves_another(claim: Claim, added: Reported) -> bool:
    """Whether a code before it has a note that asks for it: one additional code may add to two codes."""
    earlier = (other for other in claim.known if claim.before(other, added))
    return any(
        note.names(added.bare) for other in earlier for note in claim.instructions(other, "use_additional")
    )


def _too_early(one: Reported, early: Reported, note: Instruction) -> Finding:
    # A list of circumstances for a whole block (tobacco, alcohol) adds to a code unless the visit is for them.
    weights = {(True, False): "error", (False, True): "advice"}
    severity = weights.get((_is_near(note), note.listing), "warning")
    message = f"{early.code} belongs after {one.code}: the note at {note.at} says “Use additional {_quote(note, early)}”."
    return finding("sequence", severity, [one, early], message, _cite(note))


def _missing(claim: Claim, one: Reported, note: Instruction) -> Iterator[Finding]:
    if not _is_near(note) and note.at not in _BINDING_ABOVE:
        return
    if claim.among(frozenset(beginning[:3] for beginning in note.named), but=one):
        return  # the category is there, if only as "unspecified": N18.9 where the note names the stages
    if _asks_in_any_case(claim, one, note):
        message = f"{one.code} asks for one more code: “Use additional {_quote(note)}” at {note.at}."
        yield finding("use_additional", "warning", [one], message, _cite(note))
    elif note.named:
        message = f"After {one.code}, if the record says so: “{_NAMES[note.kind].removesuffix(' code')} {_quote(note)}” at {note.at}."
        yield finding(note.kind, "advice", [one], message, _cite(note))


def _asks_in_any_case(claim: Claim, one: Reported, note: Instruction) -> bool:
    if note.kind != "use_additional" or note.conditional or note.listing or one.external:
        return False
    if note.named:
        return not note.open and _ALWAYS_THERE.search(note.head) is not None
    others = [
        other for other in claim.known if other.bare[0] not in "OZVWXY" and other.bare[:3] != one.bare[:3]
    ]
    return not others and _SOMETHING_ELSE.search(note.head) is not None


def _binding(claim: Claim, one: Reported, kind: str) -> Iterator[Instruction]:
    for note in claim.instructions(one, kind):
        if not _ADVERSE.search(note.head) or _is_adverse_effect(one):
            yield note


def _is_adverse_effect(one: Reported) -> bool:
    return one.bare[0] == "T" and intent(one.bare) == "5"


def _is_near(note: Instruction) -> bool:
    return _CATEGORY.fullmatch(note.at) is not None


def _is_firm(claim: Claim, one: Reported, note: Instruction) -> bool:
    """Whether the note binds without a condition that the codes do not tell."""
    if _ADVERSE.search(note.head):
        return True
    return not note.conditional or _is_manifestation(claim, one)


def _is_manifestation(claim: Claim, one: Reported) -> bool:
    return _ELSEWHERE in claim.codeset.title(one.base).lower()


def _lacks(claim: Claim, one: Reported, note: Instruction) -> bool:
    """Whether nothing on the claim can be the condition that a note asks for."""
    if claim.named_by(note, but=one):
        return False
    if one.among(frozenset(("Z3A",))):
        # The weeks go with any code of the pregnancy, also with its supervision (Guidelines I.C.21.c.11).
        return not any(other.bare[0] == "O" or other.bare[:3] in ("Z34", "Z36") for other in claim.codes)
    # Where only examples are named, any diagnosis before the code may be the condition; a symptom is none.  Of a
    # code that stands first the order is wrong already.
    places = [other for other in claim.known if one is claim.first or claim.before(other, one)]
    causes = [other for other in places if other is not one and not other.among(_SYMPTOMS)]
    return not note.open or not [other for other in causes if other.bare[0] not in "RVWXYZ"]


def _quote(note: Instruction, other: Reported | None = None) -> str:
    """Return the note's words: its head, and the line that names the other code."""
    head = note.head.lstrip(", ").rstrip()
    if not note.listing:
        return head
    line = note.line_naming(other.bare) if other else " · ".join(note.text.split("\n")[1:4])
    more = " …" if other is None and note.text.count("\n") > 3 else ""
    return head if line == note.head else f"{head} {line}{more}"


def _cite(note: Instruction) -> str:
    return f"{tabular(note, _NAMES[note.kind])}; {_RULES[note.kind]}"
