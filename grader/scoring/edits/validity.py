"""Rules on each code by itself: valid on the date, complete, listed once, of the same phase as the encounter."""

from __future__ import annotations

from collections.abc import Iterator

from grader.scoring.edits.claim import GUIDELINES, PHASES, Claim, Reported, finding
from grader.scoring.findings import Finding

INVALID_KINDS = frozenset(
    ("unknown_code", "not_billable", "retired", "not_yet_valid", "missing_7th", "wrong_7th")
)
_ENCOUNTERS = {
    "initial": "the initial encounter", "subsequent": "a subsequent encounter", "sequela": "an encounter for a sequela",
}  # fmt: skip
_OWN_PHASE = "T36-T65, T80-T88"
"""A complication or a drug's effect has a phase of its own beside the injury treated at the encounter (I.C.19.a)."""


def valid_on_the_date(claim: Claim) -> Iterator[Finding]:
    """Find every code that cannot be reported on the date, with the reason and the way out."""
    for one in claim.codes:
        verdict = claim.verdict(one)
        if not verdict.billable:
            yield finding(verdict.kind, "error", [one], verdict.reason, verdict.cite)


def listed_once(claim: Claim) -> Iterator[Finding]:
    """Find codes that are listed more than once."""
    if len(claim.listed) == len(claim.codes):
        return
    for one in claim.codes:
        if claim.listed.count(one.code) > 1:
            message = f"{one.code} is listed twice; report each code once."
            yield finding("duplicate", "error", [one], message, f"{GUIDELINES}I.B.12")


def phase_of_the_encounter(claim: Claim) -> Iterator[Finding]:
    """Find 7th characters of another phase than the encounter, or than the injury they belong to."""
    if claim.encounter:
        own = claim.family(_OWN_PHASE)
        injured = any(one.phase and not one.external and not one.among(own) for one in claim.known)
        for one in claim.known:
            if one.phase and one.phase != claim.encounter and not (injured and one.among(own)):
                message = (
                    f"The 7th character {one.seventh} of {one.code} means {PHASES[one.phase]}, but this is "
                    f"{_ENCOUNTERS[claim.encounter]}."
                )
                severity = "warning" if one.among(own) else "error"
                yield finding("wrong_7th", severity, [one], message, _phase_rule(one))
        return
    phases = {one.phase for one in claim.known if one.phase and not one.external}
    for one in claim.known:
        if one.external and one.phase and phases and one.phase not in phases:
            message = (
                f"The 7th character {one.seventh} of {one.code} means {PHASES[one.phase]}, but that of the injury means "
                f"{PHASES[min(phases)]}: the cause keeps the phase of the injury."
            )
            yield finding("wrong_7th", "warning", [one], message, _phase_rule(one))


def _phase_rule(one: Reported) -> str:
    if one.external:
        return f"{GUIDELINES}I.C.20.a.2"
    return f"{GUIDELINES}{'I.C.13.c' if one.bare[0] == 'M' else 'I.C.19.a'}"
