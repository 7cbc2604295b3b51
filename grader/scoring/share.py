"""The course's one formula: correct ÷ (reference + extra)."""

from __future__ import annotations


def share(correct: float, reference: float, parts: int, extra: int) -> float:
    """Return what part of the points an answer earns, between 0 and 1.

    Parameters
    ----------
    correct
        Weight of what is right in the answer.
    reference
        Weight of the whole reference.
    parts
        How many parts the reference has: an extra part weighs as much as their mean.
    extra
        How many parts the answer has that do not belong there.
    """
    return correct / (reference + extra * reference / parts)
