"""Code first: what comes before its consequence, and consequences without their cause (Guidelines I.A.13, I.B.7).

A missing cause is a warning where the note or the title tells that there is one; elsewhere it is advice, because a cause
that is not known cannot be coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset.notes import Instruction
from grader.scoring.edits.claim import Claim, Reported, finding
from grader.scoring.edits.instructions import (
    binding,
    cite,
    for_adverse_effects,
    is_adverse_effect,
    is_near,
    quote,
)
from grader.scoring.findings import Finding

_ELSEWHERE = "classified elsewhere"
_CAUSED = re.compile(
    r"\b(secondary|due to|in|related|associated|elsewhere|sequela\w*|resistan\w+|sepsis)\b", re.IGNORECASE
)
_EVERY = re.compile(r",?\s*any associated\b")
_SYMPTOMS = frozenset(("M54", "M255", "M796", "G89"))


def code_first(claim: Claim) -> Iterator[Finding]:
    """Find codes that stand before the condition they come from, or without it."""
    for one in claim.known:
        notes = list(binding(claim, one, "code_first"))
        late = [found for note in notes for found in _cause_behind(claim, one, note)]
        yield from late
        if not late:
            firm = next((note for note in notes if _is_firm(claim, one, note)), None)
            if firm:
                yield from _without_cause(claim, one, firm)
            yield from _perhaps_a_cause(claim, one, [note for note in notes if note is not firm])


def _cause_behind(claim: Claim, one: Reported, note: Instruction) -> Iterator[Finding]:
    causes = claim.named_by(note, but=one)
    late = [cause for cause in causes if claim.before(one, cause)]
    # One cause before its consequence is enough, unless the note asks for every one that there is.
    if late and (len(late) == len(causes) or _EVERY.match(note.head)):
        # "If applicable, the underlying cause, such as": what is named may be there for itself.
        loose = note.conditional and note.open and not _is_never_first(claim, one)
        severity = "warning" if loose or len(late) < len(causes) else "error"
        message = f"{late[0].code} belongs before {one.code}: the note at {note.place} says “Code first {quote(note, late[0])}”."
        yield finding("sequence", severity, [one, late[0]], message, cite(note))


def _without_cause(claim: Claim, one: Reported, note: Instruction) -> Iterator[Finding]:
    if one is claim.first:
        always = _is_never_first(claim, one)
        named = (
            f"never the {claim.first_named}"
            if always
            else f"not the {claim.first_named} where its cause is known"
        )
        message = f"{one.code} is {named}: the note at {note.place} says “Code first {quote(note)}”."
        severity = "error" if always else "warning" if _tells_of_a_cause(claim, one, note) else "advice"
        yield finding("sequence", severity, [one], message, cite(note))
    if _lacks(claim, one, note):
        message = (
            f"{one.code} needs {_what_is_missing(one)} before it: “Code first {quote(note)}” at {note.place}."
        )
        severity = "warning" if _tells_of_a_cause(claim, one, note) else "advice"
        yield finding("code_first", severity, [one], message, cite(note))


def _what_is_missing(one: Reported) -> str:
    if is_adverse_effect(one):
        return "the reaction that the drug caused"
    return "a code of the pregnancy" if one.bare[:3] == "Z3A" else "the condition that it comes from"


def _perhaps_a_cause(claim: Claim, one: Reported, notes: list[Instruction]) -> Iterator[Finding]:
    for note in notes:
        if note.named and is_near(note) and not claim.named_by(note, but=one):
            message = f"Before {one.code}, if the record says so: “Code first {quote(note)}” at {note.place}."
            yield finding("code_first", "advice", [one], message, cite(note))


def _is_firm(claim: Claim, one: Reported, note: Instruction) -> bool:
    """Whether the note binds without a condition that the codes do not tell."""
    return for_adverse_effects(note) or not note.conditional or _is_manifestation(claim, one)


def _is_never_first(claim: Claim, one: Reported) -> bool:
    """Whether there is a cause in any case: a manifestation by its title (I.A.13), a drug in its proper use (I.C.19.e.5.a)."""
    return _is_manifestation(claim, one) or is_adverse_effect(one)


def _is_manifestation(claim: Claim, one: Reported) -> bool:
    return _ELSEWHERE in claim.codeset.title(one.base).lower()


def _tells_of_a_cause(claim: Claim, one: Reported, note: Instruction) -> bool:
    """Whether there must be a cause: postural kyphosis (M40.0) has none, although M40 says "code first underlying disease"."""
    return bool(note.named) or _CAUSED.search(claim.codeset.title(one.base)) is not None


def _lacks(claim: Claim, one: Reported, note: Instruction) -> bool:
    """Whether nothing on the claim can be the condition that a note asks for."""
    if claim.named_by(note, but=one):
        return False
    if one.bare[:3] == "Z3A":
        # The weeks go with any code of the pregnancy, also with its supervision (Guidelines I.C.21.c.11).
        return not any(other.bare.startswith(("O", "Z33", "Z34", "Z36")) for other in claim.codes)
    # Of a code that stands first the order is wrong already, so any place will do.
    places = [o for o in claim.known if o is not one and (one is claim.first or claim.before(o, one))]
    if is_adverse_effect(one):
        return not any(
            other.bare[0] < "S" or other.bare[:3] == "T88" for other in places
        )  # a symptom is a reaction too
    # Where only examples are named, any diagnosis may be the condition; a symptom is none.
    causes = [other for other in places if other.bare[0] not in "RVWXYZ" and not other.among(_SYMPTOMS)]
    return not (note.open and causes)
