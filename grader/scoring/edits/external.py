"""External cause codes (chapter 20): what they may be used for, how often, and when (Guidelines I.C.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from grader.scoring.edits.claim import GUIDELINES, Claim, Reported, finding, intent
from grader.scoring.findings import Finding

_CIRCUMSTANCES = {
    "Y92": ("place of occurrence", "I.C.20.b and I.C.20.d", ("Y92.9",)),
    "Y93": ("activity", "I.C.20.c", ("Y93.9",)),
    "Y99": ("status", "I.C.20.k", ("Y99.9",)),
}
_NOT_OF_INJURIES = "T36-T50"
"""Poisonings and adverse effects of drugs, for which activity and status are not reported (I.C.20.c, k)."""


def external_cause_misuse(claim: Claim) -> Iterator[Finding]:
    """Find codes of place, activity and status used too often, too late, or to say nothing."""
    for category, (name, section, empty) in _CIRCUMSTANCES.items():
        used = claim.among(frozenset((category,)))
        if not used:
            continue
        cite = f"{GUIDELINES}{section}"
        yield from _too_late(claim, used, name, cite)
        yield from _too_many(claim, used, name, cite)
        for one in used:
            if one.code in empty:
                message = f"{one.code} says that the {name} is not known; then no code for it is reported."
                yield finding("external_cause_misuse", "warning", [one], message, cite)
    yield from _without_a_cause(claim)
    yield from _with_a_poisoning(claim)


def before_the_cause(claim: Claim) -> Iterator[Finding]:
    """Find codes of place, activity and status that stand before the cause that they belong to."""
    circumstances, causes = _split(claim)
    early = [one for one in circumstances if causes and claim.before(one, causes[0]) and claim.place(one)]
    for one in early:
        message = f"{one.code} belongs after the cause, {causes[0].code}."
        yield finding("sequence", "warning", [one, causes[0]], message, f"{GUIDELINES}I.C.20.d")


def _split(claim: Claim) -> tuple[list[Reported], list[Reported]]:
    circumstances = claim.among(frozenset(_CIRCUMSTANCES))
    return circumstances, [one for one in claim.known if one.external and one not in circumstances]


def _too_many(claim: Claim, used: list[Reported], name: str, cite: str) -> Iterator[Finding]:
    if len(used) < 2:
        return
    if name == "place of occurrence" and claim.care == "inpatient":
        message = (
            f"{_list(used)} are two places: a second one is reported only for a new injury during the stay."
        )
        yield finding("external_cause_misuse", "warning", used, message, cite)
    else:
        message = f"Only one code for the {name} is reported: choose between {_list(used)}."
        yield finding("external_cause_misuse", "error", used, message, cite)


def _too_late(claim: Claim, used: list[Reported], name: str, cite: str) -> Iterator[Finding]:
    told = f"{_list(used)} {'tells' if len(used) == 1 else 'tell'} the {name}, which is reported at the initial encounter only"
    match _later_encounter(claim):
        case "said":
            yield finding("external_cause_misuse", "error", used, f"{told}, and this is a later one.", cite)
        case "told by the codes":
            message = f"{told}; the 7th characters on this claim say that it is a later one."
            yield finding("external_cause_misuse", "warning", used, message, cite)


def _later_encounter(claim: Claim) -> Literal["said", "told by the codes", ""]:
    """Return how it is known that this is not the initial encounter."""
    if claim.encounter is not None:
        return "" if claim.encounter == "initial" else "said"
    phases = {one.phase for one in claim.known if one.phase}
    return "told by the codes" if phases and "initial" not in phases else ""


def _without_a_cause(claim: Claim) -> Iterator[Finding]:
    circumstances, causes = _split(claim)
    if causes:
        return
    status = [one for one in circumstances if one.bare[:3] == "Y99"]
    if status and all(one.bare[:3] in ("Y92", "Y99") for one in circumstances):
        message = f"{_list(status)} is not reported alone: the status goes with a code for the cause or the activity."
        yield finding("external_cause_misuse", "warning", status, message, f"{GUIDELINES}I.C.20.k")
    for one in circumstances if not _later_encounter(claim) else ():
        if one.bare[:3] == "Y92":
            message = f"{one.code} tells where it happened; it goes with a code that tells what happened, if the record says it."
            yield finding("external_cause_misuse", "advice", [one], message, f"{GUIDELINES}I.C.20.b")


def _with_a_poisoning(claim: Claim) -> Iterator[Finding]:
    used = claim.among(frozenset(("Y93", "Y99")))
    if (
        used
        and any(intent(one.bare) in "12345" for one in claim.among(claim.family(_NOT_OF_INJURIES)))
        and not claim.among(claim.family("S00-T34, T51-T79"))
    ):
        message = f"{_list(used)}: activity and status are not reported for poisonings and adverse effects."
        yield finding("external_cause_misuse", "warning", used, message, f"{GUIDELINES}I.C.20.c and k")


def _list(codes: list[Reported]) -> str:
    return " and ".join(one.code for one in codes)
