"""What happens in the invented practice: who works there, who pays, and what changed on 1 July.

The numbers are chances that `generate` draws with.  None of them is measured anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

YEAR = 2026
CHANGE = date(YEAR, 7, 1)
"""A note template that asks, a routine for queries, and a new favorites list begin; the practice learns it in July."""
SETTLED = date(YEAR, 8, 1)
"""From here on the new way of working is everybody's."""
VOLUME = (222, 204, 219, 209, 204, 199, 152, 193, 211, 224, 204, 162)
"""Claims a month; July and December are short."""
CLOSED = frozenset(
    date(YEAR, month, day) for month, day in ((1, 1), (5, 25), (7, 3), (9, 7), (11, 26), (12, 25))
)


@dataclass(frozen=True, slots=True)
class Payer:
    """An invented payer: its part of the claims, and its chances of saying no.

    Parameters
    ----------
    before, after
        Its part of the claims until and from `CHANGE`; a large employer moved from plan B to plan A on that day.
    missing
        Chance of "information missing" for each point that the note leaves out.
    own_form
        The same chance for any note, by a payer that wants a form of its own.
    coverage, late, approval
        Chances of "no coverage on that day", "sent too late", and "no approval on file" where one is needed.
    """

    name: str
    before: float
    after: float
    missing: float
    own_form: float
    coverage: float
    late: float
    approval: float


PLAN_B = "Commercial plan B"
PAYERS = (
    Payer("Medicare", 0.34, 0.34, 0.070, 0.003, 0.008, 0.000, 0.00),
    Payer("Medicaid plan", 0.20, 0.20, 0.090, 0.003, 0.045, 0.012, 0.07),
    Payer("Commercial plan A", 0.18, 0.34, 0.090, 0.003, 0.018, 0.009, 0.09),
    Payer(PLAN_B, 0.28, 0.12, 0.000, 0.120, 0.020, 0.009, 0.09),
)
MISMATCH, NOT_NEEDED = 0.012, 0.010
"""Chances, for every payer, of a name or number that does not match, and of a service not shown to be needed."""


@dataclass(frozen=True, slots=True)
class Clinician:
    """A clinician: part of the claims, and habits of writing.

    Parameters
    ----------
    before, after
        Chance that any one point stands in the note, until `CHANGE` and from `SETTLED`.
    unspecified, unspecified_thin
        Chance of M54.9 when the note is complete, and when it is not.
    walk_in
        Sees first visits on Saturdays only.
    """

    name: str
    part: float
    before: float
    after: float
    unspecified: float
    unspecified_thin: float
    walk_in: bool = False


CLINICIANS = (
    Clinician("Clinician 1", 0.27, 0.95, 0.980, 0.09, 0.12),
    Clinician("Clinician 2", 0.25, 0.93, 0.970, 0.10, 0.14),
    Clinician("Clinician 3", 0.24, 0.86, 0.970, 0.11, 0.46),
    Clinician("Clinician 4", 0.17, 0.95, 0.980, 0.08, 0.11),
    Clinician("Clinician 5", 0.07, 0.97, 0.975, 0.34, 0.34, walk_in=True),
)

UNSPECIFIED = "M54.9"
CODES = {
    "M54.50": 30, "M54.59": 5, "M54.41": 6, "M54.42": 6, "M54.31": 4, "M54.32": 4, "M54.16": 8, "M54.6": 6,
    "M54.2": 8, "M47.816": 9, "M51.360": 5, "M51.362": 4, "M48.061": 3, "S39.012A": 4,
}  # fmt: skip
"""First-listed codes other than M54.9, and how often each is right in this practice."""
INJECTED = ("M54.16", "M47.816", "M51.360", "M51.362", "M48.061")
"""What injections are given for."""
OLD_FAVORITES = {"M54.50": "M54.5", "M51.360": "M51.36", "M51.362": "M51.36"}
"""What the favorites list of long ago offers in place of a code of today."""
OLD_CODE_BEFORE, OLD_CODE_AFTER = 0.085, 0.004

SERVICES = {"office visit": 62, "therapy": 22, "imaging": 10, "injection": 6}
NEEDS_APPROVAL = frozenset({"therapy", "imaging", "injection"})
CHARGES = {
    "office visit": (98, 128, 142, 186),
    "therapy": (84, 112, 126),
    "imaging": (240, 390, 720),
    "injection": (310, 420, 560),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim is not paid at first, and what can become of it.

    Parameters
    ----------
    words
        The practice's own words.
    answer
        ``rejected`` or ``denied``.
    carc
        Number of the claim adjustment reason code; empty for a rejection, which has none.
    corrected, appealed
        Chances of being paid after correction and after appeal.
    """

    words: str
    answer: str
    carc: str
    corrected: float
    appealed: float


OLD_CODE = Reason("code not valid that day", "rejected", "", 0.86, 0.0)
NO_MATCH = Reason("name or number not found", "rejected", "", 0.90, 0.0)
MISSING = Reason("information missing", "denied", "226", 0.45, 0.20)
NO_COVERAGE = Reason("no coverage that day", "denied", "27", 0.25, 0.0)
NO_APPROVAL = Reason("no approval on file", "denied", "197", 0.0, 0.20)
TOO_LATE = Reason("sent too late", "denied", "29", 0.0, 0.0)
NO_NEED = Reason("need not shown", "denied", "50", 0.0, 0.40)
REASONS = (OLD_CODE, NO_MATCH, MISSING, NO_COVERAGE, NO_APPROVAL, TOO_LATE, NO_NEED)
AIMED_AT = (MISSING.words, OLD_CODE.words)
"""The two reasons that the change of July was meant for."""
