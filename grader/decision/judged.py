"""One graded question of a sitting, as deciding sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grader.library.encounter import FREE_TEXT
from grader.library.item_keys import FAILS
from grader.scoring.codes import NOT_VALID
from grader.scoring.message import TO_CONFIRM

CODES = "assign-codes"
FAILURES: Mapping[str, str] = MappingProxyType({**FAILS, "invalid_code": NOT_VALID})
"""Why a case fails automatically: by name as in a blueprint's standard, the words that grading writes."""
_NAMES = {words: name for name, words in FAILURES.items()}


def bare(words: str) -> str:
    """Return a reason without what grading says beside it where it was read from words."""
    return words.removesuffix(TO_CONFIRM)


@dataclass(frozen=True, slots=True)
class Judged:
    """One graded question.

    Parameters
    ----------
    case, item
        Id of the encounter, and of its question.
    kind
        Kind of the question, such as ``assign-codes``.
    possible, points
        Points at most, and those it got; None where nothing could be scored.
    blank
        Whether nothing was answered.
    correct, reference, extra
        Codes right, codes in the reference, codes too many.  ``reference`` is the key's even where the answer is blank.
    first_listed
        Whether the first-listed code is right, False where the answer is blank; None where the order is not scored.
    failed
        Why the case fails whatever its points, in grading's words (the values of `FAILURES`).
    confirmed
        Whether the points, and ``failed``, hold: False while an instructor's confirmation is missing.
    ruled
        Whether an instructor ruled on ``failed`` itself: it holds then, whether the points are confirmed or not.
    """

    case: str
    item: str
    kind: str
    possible: float
    points: float | None
    blank: bool = False
    correct: int = 0
    reference: int = 0
    extra: int = 0
    first_listed: bool | None = None
    failed: tuple[str, ...] = ()
    confirmed: bool = True
    ruled: bool = False

    @property
    def counts_codes(self) -> bool:
        """Whether its codes are counted."""
        return self.kind == CODES

    @property
    def in_own_words(self) -> bool:
        """Whether it is a note or a message."""
        return self.kind in FREE_TEXT

    @property
    def fails_surely(self) -> bool:
        """Whether the case fails, and nothing that is still to be confirmed can change it."""
        return bool(self.failed) and (self.confirmed or self.ruled)

    @property
    def failures(self) -> frozenset[str]:
        """Names of the automatic fails.

        Raises
        ------
        ValueError
            When grading wrote a reason that has no name: it must not be passed over.
        """
        reasons = [bare(words) for words in self.failed]
        unknown = [words for words in reasons if words not in _NAMES]
        if unknown:
            raise ValueError(f"{self.case}/{self.item} fails for an unknown reason: {unknown[0]!r}")
        return frozenset(_NAMES[words] for words in reasons)
