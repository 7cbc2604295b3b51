"""The kinds of findings on a list of codes: their names, what they mean, what to do, and an example of each.

The book's glossary of findings is made from this table, and each example is checked as any claim is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Example:
    """A claim that brings the finding; ``encounter`` is None where the claim does not need it."""

    codes: tuple[str, ...]
    on: date = date(2026, 11, 2)
    care: str = "outpatient"
    encounter: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding.

    Parameters
    ----------
    name
        As in `Finding.kind` and in the output of ``codes check``.
    title
        As a person would call it.
    meaning
        What is wrong, in a sentence or two.
    remedy
        What to do about it.
    example
        A claim that has it.
    """

    name: str
    title: str
    meaning: str
    remedy: str
    example: Example


KINDS = (
    Kind("unknown_code", "No such code", "The code is in no release of ICD-10-CM that the course knows.",
         "Look the condition up by words.", Example(("M54.77",))),
    Kind("not_billable", "A heading, not a code", "Longer codes stand below it, and only those are complete.",
         "Choose one of the codes below it that the record supports.", Example(("M48.06",))),
    Kind("retired", "No longer valid", "The code ended before the date of the encounter.",
         "Use what replaced it; the new codes often ask for one more detail.", Example(("M54.5",))),
    Kind("not_yet_valid", "Not valid yet", "The code began after the date of the encounter.",
         "Use the code that was valid on that day.", Example(("M51.360",), date(2024, 9, 30))),
    Kind("missing_7th", "Not complete", "The code needs a 7th character in seventh place, with X in every gap before it.",
         "Add the character that tells the phase of care.", Example(("W01.0A",))),
    Kind("wrong_7th", "Wrong 7th character",
         "This code does not take that character, or the character tells another phase of care than the encounter or the injury.",
         "A is for active treatment, D for healing, S for what is left afterwards. The code for the cause has the same character as the injury.",
         Example(("S39.012D",), encounter="initial")),
    Kind("excludes1", "Never together", "An Excludes1 note keeps the two apart, at one of them or anywhere above.",
         "Report the one that the note points to. Only conditions that have nothing to do with each other may both stand.",
         Example(("M54.50", "S39.012A"))),
    Kind("sequence", "Wrong order", "A code stands first that may never be first, or two codes stand in the wrong order.",
         "Put the cause before its consequence, and the reason for the encounter first.", Example(("W01.0XXA", "S39.012A"))),
    Kind("use_additional", "One more code", "A note at the code asks for a second code that tells more.",
         "Add it after the code, if the record says what it needs.", Example(("E11.22",))),
    Kind("code_first", "The cause is missing", "This code describes the effect of another condition, and that condition is not on the claim.",
         "Add the condition, and put it first.", Example(("I10", "D63.1"))),
    Kind("code_also", "Perhaps a second code", "A note suggests a second code; the order of the two is free.",
         "Add it if the record says so.", Example(("G89.29", "M54.50"))),
    Kind("symptom_with_diagnosis", "A symptom that the diagnosis includes",
         "The symptom is a usual part of the diagnosis beside it and is not coded as well.",
         "Leave the symptom out, unless the record says that it comes from something else.", Example(("M51.360", "M54.9"))),
    Kind("combination", "One code says both", "A combination code stands for the two conditions together.",
         "Report the combination code alone.", Example(("M54.50", "M54.31"))),
    Kind("unspecified_with_specific", "Unspecified beside specific", "One code says less than another of the same family.",
         "Report the specific one alone.", Example(("M54.9", "M54.50"))),
    Kind("laterality", "Both sides", "Right and left are coded apart although one code says bilateral.",
         "Report the bilateral code.", Example(("M17.11", "M17.12"))),
    Kind("duplicate", "Listed twice", "The same code stands on the claim more than once.",
         "Report each code once.", Example(("M54.9", "M54.9"))),
    Kind("external_cause_misuse", "Place, activity or status misused",
         "Codes for the place (Y92), the activity (Y93) and the status (Y99) are reported once, at the initial encounter, together with a code for the cause, and only when the record tells them.",
         "Leave the code out, or add the cause where the record tells it.", Example(("S39.012D", "X50.0XXD", "Y92.63"))),
)  # fmt: skip
"""In the order in which a coder would look: each code by itself, then the codes together."""
