"""What the elements of a note are called when people read of them."""

from __future__ import annotations

NAMES = {
    "location": "Location",
    "quality": "Quality of the pain",
    "severity": "Severity",
    "timing": "Duration and frequency",
    "modifiers": "What makes it worse and better",
    "function": "Effect on daily life and work",
    "observation": "Observation",
    "palpation": "Palpation",
    "rom": "Range of motion",
    "prior_tx": "Earlier treatment",
    "tx_response": "Response to earlier treatment",
    "comorbid": "Other conditions",
    "followup": "Follow-up",
    "careplan": "Plan of care",
    "rationale": "What is not known yet",
    "quote": "The patient's own words",
    "education": "Education and goals",
}

ALL_IS_KNOWN = "Site and cause"
"""What ``rationale`` is called where the record leaves neither the site nor the cause open."""
