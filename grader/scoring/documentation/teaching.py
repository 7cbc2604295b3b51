"""What feedback on a note teaches: what a payer would ask, and a line that answers it from the case's own facts."""

from __future__ import annotations

from collections.abc import Mapping

from grader.library.item_keys import NoteKey, RubricElement
from grader.scoring.documentation.evidence import SHARES, ElementState
from grader.scoring.documentation.examples import example
from grader.scoring.documentation.names import ALL_IS_KNOWN, NAMES
from grader.scoring.documentation.openness import leaves_open
from grader.scoring.documentation.parts import PARTS
from grader.scoring.findings import Finding

MOST = 5
"""How many points one note teaches: more than a few are not taken in, and the rest can wait for the next note."""

# What payers ask most comes first.  An unspecified code raises the question what is not known; coverage rules come back
# to three more: what the patient cannot do, what was tried with what result, and what is planned.  Where, since when and
# how bad is the complaint that any visit rests on; then what the examiner found, and when somebody looks again.  The
# rest makes a note better and is seldom asked for.  (The lessons on insurers' requirements and evidence-based billing.)
_ASKED_MOST = (
    "rationale", "function", "prior_tx", "tx_response", "careplan", "location", "timing", "severity", "rom", "palpation",
    "observation", "followup", "comorbid", "education", "modifiers", "quality", "quote",
)  # fmt: skip
QUESTIONS = {
    "location": "A payer asks where it hurts and where it does not, because the site decides the code.",
    "quality": "An auditor asks what the pain feels like, to compare it from visit to visit.",
    "severity": "A payer asks how strong the pain is, as a number that can be compared from visit to visit.",
    "timing": "A payer asks how long it has lasted and how often it comes; some coverage rules count the weeks.",
    "modifiers": "An auditor asks what makes it worse and what makes it better, to see whether the treatment fits.",
    "function": "A payer asks what the patient can no longer do, task by task, to see later whether care helped.",
    "observation": "An auditor asks what the examiner saw: how the patient sits, stands, walks and moves.",
    "palpation": "An auditor asks what the hands found: where it is tender and where it is not.",
    "rom": "A payer asks how far the back moves, in words or numbers that another examiner can repeat.",
    "prior_tx": "A payer asks what was tried, how much and for how long, before it pays for a scan or an injection.",
    "tx_response": "A payer asks what each treatment did, because the next step rests on it.",
    "comorbid": "An auditor asks which other conditions the patient has, because they can change what is safe to do.",
    "followup": "A payer asks when somebody will look at the back again.",
    "careplan": "A payer asks what is done now, how much and for how long, to see whether it is needed.",
    "rationale": "A payer asks what is not known yet, the site of the pain, its cause or both, and so why the code says no more.",
    "quote": "An auditor asks what the patient said, in the patient’s own words and in quotation marks.",
    "education": "A payer asks what the patient was taught, and what is to be reached by when.",
}
"""The question that each element answers."""
_WHY_SO_SURE = "A payer asks what the diagnosis rests on: where the pain comes from, and what causes it."
_MISSING_PARTS = {
    "duration": "How long it has lasted was not found.",
    "frequency": "How often it comes was not found.",
    "aggravating": "What makes it worse was not found.",
    "relieving": "What makes it better was not found.",
    "education": "What the patient was taught was not found.",
    "goal": "A goal was not found.",
}
_MISSING_REST = {
    "severity": "A number was not found.",
    "function": "A task that has changed was not found.",
    "prior_tx": "The name of a drug or treatment was not found.",
    "careplan": "The name of a drug or treatment was not found.",
    "comorbid": "The name of a condition was not found.",
    "followup": "A day or a number of weeks was not found.",
    "rationale": "It has to be said of the site and of the cause.",
}
_SAID_IN_PART = "Your note says it in part."


def teaching(states: Mapping[str, ElementState], key: NoteKey) -> tuple[Finding, ...]:
    """Tell what to add to a note, at most five things, the most valuable first.

    Parameters
    ----------
    states
        What was found of each element of the note.
    key
        Facts of the record and the rubric.

    Returns
    -------
    tuple[Finding, ...]
        Advice: what a payer would ask about an element, and one sentence from the record that answers it.
    """
    lacking = [element for element in key.rubric if _lost(element, states) > 0]
    lacking.sort(key=lambda element: _place(element, states))
    return tuple(_finding(element.element, states[element.element], key) for element in lacking[:MOST])


def _lost(element: RubricElement, states: Mapping[str, ElementState]) -> float:
    state = states.get(element.element)
    return element.points * (1 - SHARES[state.state]) if state else 0.0


def _place(element: RubricElement, states: Mapping[str, ElementState]) -> tuple[float, bool, bool, int]:
    """Return what decides the order: points lost, then what is untrue, then what no note can do without."""
    untrue = states[element.element].state == "contradicted"
    return (
        -_lost(element, states),
        not untrue,
        not element.required,
        _ASKED_MOST.index(element.element),
    )


def _finding(element: str, state: ElementState, key: NoteKey) -> Finding:
    fact = key.facts.get(element, "")
    known = element == "rationale" and bool(fact) and not leaves_open(fact)
    name, question = (ALL_IS_KNOWN, _WHY_SO_SURE) if known else (NAMES[element], QUESTIONS[element])
    told = [question]
    if state.state == "partial":
        told.append(_SAID_IN_PART if known else _what_is_missing(element, state))
    line = _quoted(example(element, fact))
    if state.state == "contradicted":
        told.append(f"The record says otherwise: {line}" if line else "The record says otherwise.")
    elif line:
        told.append(f"For example: {line}")
    return Finding("teaching", "advice", (name,), " ".join(told), "Course rubric", state.quote, from_key=True)


def _quoted(line: str) -> str:
    """Return a line in quotation marks; one with the patient's words has them already, and is to be copied as it is."""
    return f"“{line}”" if line and "“" not in line else line


def _what_is_missing(element: str, state: ElementState) -> str:
    """Return which half was not found, as far as what was found tells."""
    if element in PARTS and element != "rationale":
        missing = set(PARTS[element]) - state.parts
        if len(missing) == 1:
            return _MISSING_PARTS[missing.pop()]
    return _MISSING_REST.get(element, _SAID_IN_PART)
