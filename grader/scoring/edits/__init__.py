"""Checks that any list of codes must pass, whatever the encounter: those a claim scrubber makes.

They rest on the tabular list and the guidelines alone and know no key, so they may be shown to anybody.  An *error*
breaks a rule whatever the record says, a *warning* unless the record says something particular, and *advice* is what
the codes alone cannot tell.  Adding a code at the end of a claim never takes away an error about the others, and order matters
only to findings of the kinds ``sequence`` and ``code_first``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from grader.codeset.tabular import CodeSet
from grader.scoring.edits.additions import code_also, use_additional
from grader.scoring.edits.causes import code_first
from grader.scoring.edits.claim import Claim, pairs_of
from grader.scoring.edits.combinations import combination
from grader.scoring.edits.exclusions import excludes1
from grader.scoring.edits.external import before_the_cause, external_cause_misuse
from grader.scoring.edits.laterality import laterality
from grader.scoring.edits.order import (
    first_only,
    never_first,
    pain_control,
    poisoning_first,
    pregnancy_first,
    weight_diagnosis,
)
from grader.scoring.edits.specificity import unspecified_with_specific
from grader.scoring.edits.symptoms import symptom_with_diagnosis
from grader.scoring.edits.validity import (
    INVALID_KINDS,
    listed_once,
    phase_of_the_encounter,
    valid_on_the_date,
)
from grader.scoring.findings import Finding

__all__ = ["INVALID_KINDS", "check_codes"]

_ALONE = (
    valid_on_the_date, listed_once, phase_of_the_encounter, never_first, first_only, poisoning_first, pregnancy_first,
    pain_control, weight_diagnosis, code_first, use_additional, code_also, external_cause_misuse, before_the_cause, laterality,
)  # fmt: skip
_AFTER_EXCLUDES1 = (combination, symptom_with_diagnosis, unspecified_with_specific)
_ONCE_A_PAIR = frozenset(("excludes1", "sequence"))
_GRAVEST_FIRST = ("error", "warning", "advice")


def check_codes(
    codes: Sequence[str],
    on: date,
    codeset: CodeSet,
    care: str = "outpatient",
    encounter: str | None = None,
) -> tuple[Finding, ...]:
    """Return every finding on a list of codes, errors first.

    Parameters
    ----------
    codes
        Normalized codes in the order reported.
    on
        Date of the encounter; of discharge, for an inpatient stay.
    codeset
        The tabular list.
    care
        ``outpatient`` or ``inpatient``.
    encounter
        ``initial``, ``subsequent`` or ``sequela`` where it is known.
    """
    claim = Claim(codes, on, codeset, care, encounter)
    found: dict[tuple[str, ...], Finding] = {}
    for each in _findings(claim):
        # Two notes may keep the same two codes apart or in order: one sentence is enough.
        said = "" if each.kind in _ONCE_A_PAIR else each.message
        found.setdefault((each.kind, said, *sorted(each.subject)), each)
    kept = _without_echoes(list(found.values()))
    return tuple(sorted(kept, key=lambda each: _GRAVEST_FIRST.index(each.severity)))


def _without_echoes(found: list[Finding]) -> list[Finding]:
    """Leave out the order of two codes where one of them may not stand where it does in any case."""
    alone = {
        each.subject[0]
        for each in found
        if each.kind == "sequence" and each.severity == "error" and len(each.subject) == 1
    }
    return [
        each
        for each in found
        if each.kind != "sequence" or len(each.subject) == 1 or alone.isdisjoint(each.subject)
    ]


def _findings(claim: Claim) -> Iterator[Finding]:
    for rule in _ALONE:
        yield from rule(claim)
    excluded = tuple(excludes1(claim))
    yield from excluded
    apart = pairs_of(each for each in excluded if each.severity == "error")
    for later in _AFTER_EXCLUDES1:
        found = tuple(later(claim, apart))
        yield from found
        apart |= pairs_of(each for each in found if each.severity != "advice")
