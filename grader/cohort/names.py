"""What cohorts and parts of a standard are called on pages and in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

COHORT_NAMES: Mapping[str, str] = {
    "ready-or-not": "Ready, or not yet",
    "finishers": "All who finish the course",
    "beginners": "Just past practice",
    "able": "Mostly ready",
    "narrow": "All close to the mark",
}
PART_NAMES: Mapping[str, str] = {
    "codes": "Codes",
    "first_listed": "First-listed codes",
    "documentation": "Notes and messages",
    "tasks": "Other tasks",
    "uncertain_dx": "Uncertain diagnosis coded as certain",
    "medical_necessity": "Diagnosis changed for payment",
    "red_flag": "Missed red flag",
    "invalid_code": "Code not valid",
}
