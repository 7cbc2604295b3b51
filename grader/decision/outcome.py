"""What was decided about one sitting, as data: ``decisions.json`` of an exam holds one for each trainee.

It holds no key, no answer and no word of the trainee's; certificates are issued from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PASSED, FAILED, WAITING, VOID, ABSENT = "passed", "failed", "waiting", "void", "absent"
OUTCOMES = (PASSED, FAILED, WAITING, VOID, ABSENT)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One part of the standard.

    Parameters
    ----------
    name
        ``codes``, ``first_listed``, ``documentation``, ``tasks``, or the name of an automatic fail such as ``red_flag``.
    value
        What was reached: a share from 0 to 1, or a number of cases.
    limit
        What is asked: at least this share, or at most so many cases.
    met
        Whether the criterion is met; None while an instructor's confirmation is missing.
    of
        How many codes, cases or points it rests on.
    """

    name: str
    value: float
    limit: float
    met: bool | None
    of: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sitting and what was decided.

    Parameters
    ----------
    trainee, name
        nbgrader's name of the student, and the person's name as the roster says it.
    form, attempt
        Which form, at which attempt.
    outcome
        One of `OUTCOMES`.
    sat
        When it was handed in; None where nothing was.
    minutes
        From the start to the hand-in; None where the record does not tell.
    criteria
        Every part of the standard; empty where there was nothing to decide on.
    reasons
        In plain words, why it is not a pass; empty for a pass.
    near
        Whether the codes came within two standard errors of the pass mark, on either side.
    codeset
        Releases of the code set that the encounters were coded by, such as ``("FY2026", "FY2027")``.
    """

    trainee: str
    name: str
    form: str
    attempt: int
    outcome: str
    sat: datetime | None
    minutes: float | None
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]
    near: bool
    codeset: tuple[str, ...]
