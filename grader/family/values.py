"""What the conditions of wordings can ask for: the facts, and what follows from them about the patient and the chart."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from grader.family.facts import URINARY, Facts

_YOUNG, _OLD = 40, 65
_BODY = {
    "cervical": "neck", "cervicothoracic": "neck", "thoracic": "mid", "thoracolumbar": "mid",
    "lumbar": "low", "lumbosacral": "low", "whole": "whole",
}  # fmt: skip
_INFECTIONS = frozenset(("osteomyelitis", "discitis", "pyelonephritis"))
_NO_NSAID = frozenset(("reflux", "hypertension", "diabetes", "asthma"))


def values_of(facts: Facts) -> dict[str, str]:
    """Return the facts as values, with those that follow from them.

    ``life`` is young, middle or older (then retired); ``body`` the part that is examined; ``pain`` whether anything hurts;
    ``background`` where long-term conditions stand: ``mentioned``, ``managed`` or ``none``; ``drugs`` whether there must be
    medicines; ``nsaid`` whether ibuprofen and the like are safe; ``infection`` whether one is diagnosed or feared.
    """
    values: dict[str, str] = {}
    for name, value in asdict(facts).items():
        values[name] = " + ".join(value) or "none" if isinstance(value, tuple) else str(value)
    managed = facts.managed or facts.bone
    values["life"] = age_band(facts.age)
    values["body"] = "flank" if facts.problem in URINARY else _BODY[facts.region]
    values["pain"] = _yes(facts.problem != "osteoporosis" and facts.pattern != "neither")
    values["background"] = "mentioned" if facts.mentioned else "managed" if managed else "none"
    values["drugs"] = _yes(bool(facts.mentioned or managed or facts.opioid != "no"))
    values["nsaid"] = _yes(facts.age < _OLD and _NO_NSAID.isdisjoint((*facts.managed, *facts.mentioned)))
    values["infection"] = _yes(facts.suspected in _INFECTIONS and facts.certainty != "ruled out")
    return values


def age_band(age: int) -> str:
    """Return the time of life that wordings depend on."""
    return "young" if age < _YOUNG else "older" if age >= _OLD else "middle"


def short(on: date) -> str:
    """Return a date as charts write it: 11/2/2026."""
    return f"{on.month}/{on.day}/{on.year}"


def _yes(true: bool) -> str:
    return "yes" if true else "no"
