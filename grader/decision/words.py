"""What the standard asks, and what was reached, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grader.decision.outcome import ABSENT, FAILED, PASSED, VOID, WAITING, Criterion, Outcome

CRITERIA: Mapping[str, str] = MappingProxyType(
    {
        "codes": "Codes",
        "first_listed": "First-listed code",
        "documentation": "Notes and messages",
        "tasks": "Other questions",
        "uncertain_dx": "Uncertain diagnosis coded as certain",
        "medical_necessity": "Diagnosis changed to obtain payment",
        "red_flag": "Red flag missed",
        "invalid_code": "Code not valid on the date of the encounter",
    }
)
"""What a criterion is called."""
COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "codes": "Right codes, divided by the codes of the reference and those too many, over all questions about codes."
        " A code left out counts as missed, and so do all codes of a case that fails automatically."
        " The codes of an accepted alternative answer count as right.",
        "first_listed": "Questions with the right code in first place, among those where the order counts.",
        "documentation": "Points of notes and messages, as an instructor confirmed them.",
        "tasks": "Points of all questions that are neither codes nor notes nor messages.",
        "uncertain_dx": "Cases in which a diagnosis that the record calls uncertain was coded as certain.",
        "medical_necessity": "Cases in which a diagnosis was changed to obtain payment.",
        "red_flag": "Cases in which a red flag was missed.",
        "invalid_code": "Cases with a code that is not valid and billable on the date of the encounter.",
    }
)
"""How a criterion is counted."""
SHARES = ("codes", "first_listed", "documentation", "tasks")
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        PASSED: "Passed",
        FAILED: "Not passed",
        WAITING: "Not decided yet",
        VOID: "Does not count",
        ABSENT: "Not sat",
    }
)
"""What an outcome is called."""

SHORT_FORM = "This form is so short that even a full score is near the mark."


def is_share(criterion: Criterion) -> bool:
    """Tell whether a criterion is a share; the others are numbers of cases."""
    return criterion.name in SHARES


def percent(share: float) -> str:
    """Return a share in percent, to two decimals and never rounded up: what misses the mark must not look like it."""
    hundredths = int(share * 10_000 + 1e-6)
    whole, rest = divmod(hundredths, 100)
    return f"{whole} %" if not rest else f"{whole}.{rest:02d}".rstrip("0") + " %"


def whole_percent(share: float) -> str:
    """Return a share in whole percent, rounded down, for whoever must not learn how many codes or points it rests on."""
    return f"{int(share * 100 + 1e-6)} %"


def in_words(criterion: Criterion) -> str:
    """Return one sentence on a criterion that is not met, or not yet."""
    name = CRITERIA[criterion.name]
    if is_share(criterion):
        reached, asked = percent(criterion.value), percent(criterion.limit)
        if criterion.met is None:
            return f"{name}: {reached} so far, at least {asked} asked. An instructor has to confirm answers first."
        return f"{name}: {reached} reached, at least {asked} asked."
    asked = f"at most {criterion.limit:.0f} allowed"
    if criterion.met is None:
        return f"{name}: {_cases(criterion.value)}, {asked}. An instructor has to confirm it first."
    return f"{name}: {_cases(criterion.value)}, {asked}."


def other_reasons(outcome: Outcome) -> tuple[str, ...]:
    """Return the reasons of an outcome beside the shares that were missed, for a table that shows these.

    What fails a form stands first where something else waits to be confirmed: the table shows both, and only one matters.
    """
    if outcome.outcome == FAILED and any(each.met is None for each in outcome.criteria):
        return _sure_fail(outcome)
    shares = {in_words(each) for each in outcome.criteria if is_share(each) and each.met is False}
    return tuple(reason for reason in outcome.reasons if reason not in shares)


def _sure_fail(outcome: Outcome) -> tuple[str, ...]:
    missed = [_missed(each) for each in outcome.criteria if each.met is False]
    open_ = [CRITERIA[each.name].lower() for each in outcome.criteria if each.met is None]
    return (
        f"{', '.join(missed)}; still to be confirmed by you: {', '.join(open_)}; the outcome stays the same.",
    )


def _missed(criterion: Criterion) -> str:
    if is_share(criterion):
        return f"{CRITERIA[criterion.name]} {percent(criterion.value)}, {percent(criterion.limit)} asked"
    return f"{CRITERIA[criterion.name]}: {_cases(criterion.value)}, at most {criterion.limit:.0f} allowed"


def counted(number: int, one: str) -> str:
    """Return a number with what it counts."""
    return f"{number:,} {one}{'s' * (number != 1)}"


def _cases(number: float) -> str:
    return "1 case" if number == 1 else f"{number:.0f} cases"
