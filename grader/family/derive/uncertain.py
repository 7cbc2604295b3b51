"""Diagnoses that are not established: coded at discharge from a stay, never for an outpatient (II.H, IV.H)."""

from __future__ import annotations

from dataclasses import replace

from grader.family.facts import Facts

ESTABLISHED = "confirmed"
NOT_THERE = "ruled out"


def counts(facts: Facts) -> bool:
    """Tell whether the suspected diagnosis is coded as if it existed."""
    if facts.suspected == "none" or facts.certainty == NOT_THERE:
        return False
    return facts.certainty == ESTABLISHED or facts.care == "inpatient"


def settled(facts: Facts) -> Facts:
    """Return the facts as they are to be coded: the suspected diagnosis in place of the symptom where it counts."""
    return replace(facts, problem=facts.suspected, pain_term="") if counts(facts) else facts
