"""How sure the reading of a message is: how often such a reading was right in messages that a person had read.

Each of the 92 messages in ``tests/data/messages.jsonl`` says which criteria a person saw met (``met``) and which of the
faults found are none (``no_fault``).  A reading was right where it agrees.  What tells right from wrong is visible: a criterion
whose signs are found once more than needed, or in a message that meets most of the others, is rarely found by chance;
in a message with a fault the same words often promise, deny or mock what was asked for.  A criterion that is not found
is less sure where some of its signs were, or where the message says everything else: its writer may have found other words.
"""

from __future__ import annotations

from dataclasses import dataclass

_WELL = 0.7  # share of the other criteria
# Readings that were right, of how many; `tests/scoring/test_certainty.py` counts them again.
MEASURED: dict[str, tuple[int, int]] = {
    "met: more signs than needed": (182, 183),
    "met: as many signs as needed, most others met": (73, 76),
    "met: as many signs as needed, few others met": (20, 28),
    "met: more signs than needed, beside a fault": (18, 23),
    "met: as many signs as needed, beside a fault": (18, 39),
    "not met: no sign": (71, 77),
    "not met: no sign, most others met": (22, 27),
    "not met: fewer signs than needed": (11, 15),
    "fault: alone": (8, 11),
    "fault: among others": (32, 32),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one criterion: signs found and needed, and how the rest of the message reads."""

    found: int
    need: int
    others: float
    """Share of the other criteria that are met."""
    faults: int

    @property
    def met(self) -> bool:
        """Whether the criterion earns its points."""
        return self.found >= self.need


def reading(seen: Seen) -> str:
    """Return which kind of reading this is, as in `MEASURED`."""
    if seen.met:
        signs = "more signs than needed" if seen.found > seen.need else "as many signs as needed"
        if seen.faults:
            return f"met: {signs}, beside a fault"
        if seen.found > seen.need:
            return f"met: {signs}"
        return f"met: {signs}, {'most' if seen.others >= _WELL else 'few'} others met"
    if seen.found:
        return "not met: fewer signs than needed"
    well = seen.others >= _WELL and not seen.faults
    return "not met: no sign, most others met" if well else "not met: no sign"


def fault_reading(faults: int) -> str:
    """Return which kind of reading a fault is, by how many the message has."""
    return "fault: among others" if faults > 1 else "fault: alone"


def confidence(kind: str) -> float:
    """Return how sure a kind of reading is: never quite 0 or 1, the less so the fewer were counted."""
    right, of = MEASURED[kind]
    return (right + 1) / (of + 2)
