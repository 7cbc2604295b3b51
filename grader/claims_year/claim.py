"""One line of the practice's log, and the log as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ELEMENTS = 10
"""How many points the practice's own list asks a note about back pain to tell."""
PAID, REJECTED, DENIED = "paid", "rejected", "denied"
AFTER_CORRECTION, AFTER_APPEAL = "paid after correction", "paid after appeal"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as it was first sent, and what became of it.

    Parameters
    ----------
    id
        Its number in the log, in the order of the visits.
    day
        Date of service.
    payer, clinician, service
        Who pays, who saw the patient, what was done.
    code
        First-listed diagnosis as first sent.
    charge
        In dollars.
    elements
        How many of the `ELEMENTS` points stand in the note.
    first_answer
        ``paid``, ``rejected`` or ``denied``: what the payer said at first.
    outcome
        How it ended: the same, ``paid after correction`` or ``paid after appeal``.
    reason
        Why it was not paid at first, in the practice's own words; empty for a claim that was.
    carc
        Number of the claim adjustment reason code; empty when there was none, as for each rejection.
    days_to_payment
        From the visit to the money; None when none came.
    """

    id: str
    day: date
    payer: str
    clinician: str
    service: str
    code: str
    charge: int
    elements: int
    first_answer: str
    outcome: str
    reason: str
    carc: str
    days_to_payment: int | None

    @property
    def complete(self) -> bool:
        """Whether the note tells every point of the list."""
        return self.elements == ELEMENTS

    @property
    def came_back(self) -> bool:
        """Whether the claim was not paid at first."""
        return self.first_answer != PAID

    @property
    def paid_in_the_end(self) -> bool:
        """Whether money came, at first or later."""
        return self.days_to_payment is not None


def row(claim: Claim) -> dict[str, str]:
    """Return a claim as a line of the file: its columns and what stands in them."""
    return {
        "claim_id": claim.id,
        "date_of_service": claim.day.isoformat(),
        "payer": claim.payer,
        "clinician": claim.clinician,
        "service": claim.service,
        "first_listed_code": claim.code,
        "charge": f"{claim.charge}.00",
        "elements_in_note": str(claim.elements),
        "documentation_complete": "yes" if claim.complete else "no",
        "first_answer": claim.first_answer,
        "outcome": claim.outcome,
        "reason": claim.reason,
        "carc": claim.carc,
        "days_to_payment": "" if claim.days_to_payment is None else str(claim.days_to_payment),
    }


def as_csv(claims: Iterable[Claim]) -> str:
    """Return claims as comma-separated values, with a line of headings."""
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for claim in claims:
        line = row(claim)
        if writer is None:
            writer = csv.DictWriter(out, line, lineterminator="\n")
            writer.writeheader()
        writer.writerow(line)
    return out.getvalue()
