"""Scoring a note against its rubric; what the reading finds is a suggestion with evidence."""

from __future__ import annotations

from collections.abc import Mapping

from grader.library.item_keys import NoteKey, RubricElement
from grader.scoring.documentation.evidence import SHARES, ElementState
from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.gaming import SIGNS, flags
from grader.scoring.documentation.names import ALL_IS_KNOWN, NAMES
from grader.scoring.documentation.openness import leaves_open
from grader.scoring.documentation.teaching import teaching
from grader.scoring.findings import Finding, Score

__all__ = ["LONGEST_NOTE", "NAMES", "SHARES", "score_note"]

# What to do about an element of which half or nothing is found, where "say it" would not tell what.
_ADVICE = {
    NAMES["rationale"]: (
        "say it of the site and of the cause",
        "says in plain words that the site of the pain, its cause, or both are not known",
    )
}
_SEVERITIES = {"present": "ok", "partial": "advice", "absent": "warning", "contradicted": "error"}
_CITE = "Course rubric"
_OF_THE_KEY = "model_copy"  # it would tell a trainee of an exam what the model note says
# Forty pages of back pain are no note; what follows is not read, so that marking a class takes a known time.
LONGEST_NOTE = 20_000


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
        One finding per element with the words it rests on, then at most five that teach what to add; signs that a
        person should look are advice and cost nothing.
    """
    states = find_elements(text[:LONGEST_NOTE], key.facts, key.absent)
    points = sum(element.points * SHARES[states[element.element].state] for element in key.rubric)
    possible = sum(element.points for element in key.rubric)
    findings = [_finding(element, states[element.element], key) for element in key.rubric]
    signs = _signs(text, key, source)
    return Score(
        points, possible, (*findings, *signs, *teaching(states, key)), doubt=_doubt(key.rubric, states)
    )


def _doubt(rubric: tuple[RubricElement, ...], states: Mapping[str, ElementState]) -> float:
    """Return how many points may be wrong at most: those of each element, as far as the reading is not sure of it."""
    return sum(element.points * (1 - states[element.element].confidence) for element in rubric)


def _finding(element: RubricElement, state: ElementState, key: NoteKey) -> Finding:
    known = element.element == "rationale" and not leaves_open(key.facts.get("rationale", "no known cause"))
    name = ALL_IS_KNOWN if known else NAMES[element.element]
    needed = " This note cannot do without it." if element.required else ""
    full, plain = _ADVICE.get(name, ("say it in full", "says it in plain words"))
    message = {
        "present": f"{name}: stated.",
        "partial": f"{name}: stated in part; {full}.",
        "absent": f"{name}: not found – check whether your note {plain}.{needed}",
        "contradicted": f"{name}: your note says otherwise than the record.",
    }[state.state]
    return Finding(
        element.element,
        _SEVERITIES[state.state],
        (name,),
        message,
        _CITE,
        state.quote,
        confidence=round(state.confidence, 2),
        record=state.chart,
    )


def _signs(text: str, key: NoteKey, source: str) -> list[Finding]:
    """Return what a person should look at; it costs nothing, for honest notes may look alike."""
    signs = [(SIGNS[flag], flag == _OF_THE_KEY) for flag in flags(text[:LONGEST_NOTE], source, key.exemplar)]
    if len(text) > LONGEST_NOTE:
        long = f"This note is longer than {LONGEST_NOTE:,} characters; only the beginning was read."
        signs.insert(0, (long, False))
    return [
        Finding(
            "check_by_hand",
            "advice",
            (),
            f"{sign} A person should look at it: an instructor, or you.",
            _CITE,
            from_key=of_key,
        )
        for sign, of_key in signs
    ]
