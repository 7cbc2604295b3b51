"""Scoring a note against its rubric; what the rules find is a suggestion with evidence."""

from __future__ import annotations

from grader.library.item_keys import NoteKey, RubricElement
from grader.scoring.copying import signs_of_copying
from grader.scoring.documentation.evidence import ElementState
from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.reasoning import leaves_open
from grader.scoring.documentation.sentences import clauses
from grader.scoring.findings import Finding, Score

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
_ALL_IS_KNOWN = "Site and cause"
# What to do about an element of which half or nothing is found, where "say it" would not tell what.
_ADVICE = {
    NAMES["rationale"]: (
        "say it of the site and of the cause",
        "says in plain words that the site of the pain, its cause, or both are not known",
    )
}
SHARES = {"present": 1.0, "partial": 0.5, "absent": 0.0, "contradicted": 0.0}
_SEVERITIES = {"present": "ok", "partial": "advice", "absent": "warning", "contradicted": "error"}
_CITE = "Course rubric"
# Measured on labelled notes: copies share at least .68 of their six-word runs with the source, honest notes at most .08.
# Forty pages of back pain are no note; what follows is not read, so that marking a class takes a known time.
LONGEST_NOTE = 20_000
_SHORTEST_NOTE = 25


def score_note(text: str, key: NoteKey, source: str = "") -> Score:
    """Score a note: each element of the rubric in full, in half, or not at all.

    Parameters
    ----------
    text
        The note as written.
    key
        Facts of the record, what it denies, and the rubric.
    source
        The documents of the case; a note that mostly repeats them is shown to a person.

    Returns
    -------
    Score
        One finding per element with the words it rests on; signs that a person should look are advice and cost nothing.
    """
    found = find_elements(text[:LONGEST_NOTE], key.facts, key.absent)
    points = sum(element.points * SHARES[found[element.element].state] for element in key.rubric)
    possible = sum(element.points for element in key.rubric)
    findings = tuple(_finding(element, found[element.element], key) for element in key.rubric)
    return Score(points, possible, (*findings, *_signs(text, key, source, points)))


def _finding(element: RubricElement, state: ElementState, key: NoteKey) -> Finding:
    known = element.element == "rationale" and not leaves_open(key.facts.get("rationale", "no known cause"))
    name = _ALL_IS_KNOWN if known else NAMES[element.element]
    needed = " This note cannot do without it." if element.required else ""
    full, plain = _ADVICE.get(name, ("say it in full", "says it in plain words"))
    message = {
        "present": f"{name}: stated.",
        "partial": f"{name}: stated in part; {full}.",
        "absent": f"{name}: not found – check whether your note {plain}.{needed}",
        "contradicted": f"{name}: your note says otherwise than the record.",
    }[state.state]
    return Finding(element.element, _SEVERITIES[state.state], (name,), message, _CITE, state.quote)


def _signs(text: str, key: NoteKey, source: str, points: float) -> list[Finding]:
    """Return what a person should look at; it costs nothing, for honest notes may look alike."""
    signs = []
    if len(text) > LONGEST_NOTE:
        signs.append(f"This note is longer than {LONGEST_NOTE:,} characters; only the beginning was read.")
    text = text[:LONGEST_NOTE]
    signs += signs_of_copying(text, key.exemplar, source, "note")
    pieces = clauses(text)
    if sum(len(piece.norm) for piece in pieces if piece.silent) > len(text) / 2:
        signs.append("Most of this note lists terms or repeats the rubric instead of stating findings.")
    words = len(text.split())
    if words < _SHORTEST_NOTE:
        signs.append("This note is very short.")
    elif points == 0:
        signs.append(
            "No statement about this patient's back was recognized; a list of key words is not a note."
        )
    return [
        Finding(
            "check_by_hand", "advice", (), f"{sign} A person should look at it: an instructor, or you.", _CITE
        )
        for sign in signs
    ]
