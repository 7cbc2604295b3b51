"""Use additional code and Code also: second codes that are missing, or that stand too early (Guidelines I.B.7, I.A.17).

A second code "should be added, if known".  Its absence is a warning only where every patient with the code has what the
note asks for; everything else is advice, because the codes alone do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset.notes import Instruction
from grader.scoring.edits.claim import Claim, Reported, finding
from grader.scoring.edits.instructions import NAMES, binding, cite, is_near, quote
from grader.scoring.findings import Finding

_ALWAYS_THERE = re.compile(
    r"\bto (?:identify|indicate|specify) (?:the )?"
    r"(?:stage|site|severity|type|extent|percentage|outcome|joint|personal history)\b(?! of (?:the )?(?:retained|food))"
)
"""What every patient with the code has."""
_SOMETHING_ELSE = re.compile(
    r"\bto (?:identify|specify) (?:the )?(?:specific |specified )?"
    r"(?:condition|complication|injury or poisoning|injury|disorder|malignancy|abnormal findings|sequelae)\b"
)
"""What the code only hints at: without any other code on the claim, nobody knows what the patient has."""
_WORTH_ADVICE = frozenset(("15",))
"""Chapters whose notes are worth advice; those of other chapters and blocks describe circumstances (tobacco, a foreign
body) of patients, not of codes."""


def use_additional(claim: Claim) -> Iterator[Finding]:
    """Find additional codes that stand before the code they add to, or are missing."""
    for one in claim.known:
        for note in binding(claim, one, "use_additional"):
            added = claim.named_by(note, but=one)
            early = [o for o in added if claim.before(o, one) and not _serves_another(claim, o)]
            if early:
                yield _too_early(one, early[0], note)
            elif not added:
                yield from _missing(claim, one, note)


def code_also(claim: Claim) -> Iterator[Finding]:
    """Advise on second codes that a note suggests; their order is free."""
    for one in claim.known:
        for note in binding(claim, one, "code_also"):
            if not claim.named_by(note, but=one):
                yield from _missing(claim, one, note)


def _serves_another(claim: Claim, added: Reported) -> bool:
    """Whether a code before it has a note that asks for it: one additional code may add to two codes."""
    earlier = (other for other in claim.known if claim.before(other, added))
    return any(
        note.names(added.bare) for other in earlier for note in claim.instructions(other, "use_additional")
    )


def _too_early(one: Reported, early: Reported, note: Instruction) -> Finding:
    if is_near(note) and not note.listing:
        severity = "error"
    else:
        # A dependence in a list of circumstances may be what the visit is for; a status (Z79, Z87) is not.
        severity = "warning" if (is_near(note) and early.bare[0] == "Z") or not note.listing else "advice"
    message = f"{early.code} belongs after {one.code}: the note at {note.place} says “Use additional {quote(note, early)}”."
    return finding("sequence", severity, [one, early], message, cite(note))


def _missing(claim: Claim, one: Reported, note: Instruction) -> Iterator[Finding]:
    if not is_near(note) and note.at not in _WORTH_ADVICE:
        return
    if claim.among(frozenset(beginning[:3] for beginning in note.named), but=one):
        return  # the category is there, if only as "unspecified": N18.9 where the note names the stages
    if _asks_in_any_case(claim, one, note):
        message = f"{one.code} asks for one more code: “Use additional {quote(note)}” at {note.place}."
        yield finding("use_additional", "warning", [one], message, cite(note))
    elif note.named:
        message = (
            f"After {one.code}, if the record says so: “{NAMES[note.kind]} {quote(note)}” at {note.place}."
        )
        yield finding(note.kind, "advice", [one], message, cite(note))


def _asks_in_any_case(claim: Claim, one: Reported, note: Instruction) -> bool:
    if note.kind != "use_additional" or note.conditional or one.external:
        return False
    if note.named:
        return not note.open and _ALWAYS_THERE.search(note.head) is not None
    if note.listing:
        return False
    others = [o for o in claim.known if o.bare[0] not in "OZVWXY" and o.bare[:3] != one.bare[:3]]
    return not others and _SOMETHING_ELSE.search(note.head) is not None
