"""External cause codes (chapter 20): what they may be used for, how often, and when (Guidelines I.C.20)."""

from __future__ import annotations

from collections.abc import Iterator

from grader.scoring.edits.claim import GUIDELINES, PHASES, Claim, Reported, finding
from grader.scoring.findings import Finding

_CIRCUMSTANCES = {
    "Y92": ("place of occurrence", "I.C.20.b", ("Y92.9",)),
    "Y93": ("activity", "I.C.20.c", ("Y93.9",)),
    "Y99": ("status", "I.C.20.k", ("Y99.9",)),
}


def external_cause_misuse(claim: Claim) -> Iterator[Finding]:
    """Find codes of place, activity and status used too often, too late, or to say nothing."""
    for category, (name, section, empty) in _CIRCUMSTANCES.items():
        used = claim.among(frozenset((category,)))
        if not used:
            continue
        cite = f"{GUIDELINES}{section}"
        yield from _too_late(claim, used, name, cite)
        if len(used) > 1:
            # A new injury in hospital may bring a second place (I.C.20.b); nothing brings a second activity or status.
            severity = "warning" if category == "Y92" and claim.care == "inpatient" else "error"
            message = f"Only one code for the {name} is reported: choose between {_list(used)}."
            yield finding("external_cause_misuse", severity, used, message, cite)
        for one in used:
            if one.code in empty:
                message = f"{one.code} says that the {name} is not known; then no code for it is reported."
                yield finding("external_cause_misuse", "warning", [one], message, cite)
    yield from _status_alone(claim)


def _too_late(claim: Claim, used: list[Reported], name: str, cite: str) -> Iterator[Finding]:
    if claim.encounter in ("subsequent", "sequela"):
        message = (
            f"{_list(used)} tells the {name}, which is reported at the initial encounter only; this one is "
            f"{PHASES[claim.encounter]}."
        )
        yield finding("external_cause_misuse", "error", used, message, cite)
    elif claim.encounter is None:
        phases = {one.phase for one in claim.known if one.phase}
        if phases and "initial" not in phases:
            message = (
                f"{_list(used)} tells the {name}, which is reported at the initial encounter only; the 7th characters "
                "on this claim say that it is a later one."
            )
            yield finding("external_cause_misuse", "warning", used, message, cite)


def _status_alone(claim: Claim) -> Iterator[Finding]:
    status = claim.among(frozenset(("Y99",)))
    if status and all(one.bare[:3] in ("Y92", "Y99") for one in claim.known if one.external):
        message = f"{_list(status)} is not reported alone: the status goes with a code for the cause or the activity."
        yield finding("external_cause_misuse", "warning", status, message, f"{GUIDELINES}I.C.20.k")


def _list(codes: list[Reported]) -> str:
    return " and ".join(one.code for one in codes)
