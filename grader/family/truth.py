"""Which values of each axis a chart must say, and which it may, given the facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.family.facts import URINARY, Facts

_OF_PROBLEM: Mapping[str, frozenset[str]] = {
    "lumbago with sciatica": frozenset(("sciatica",)),
    "strain and sprain": frozenset(("strain", "sprain")),
    "vertebral fracture": frozenset(("fracture",)),
    "osteoporotic fracture": frozenset(("fracture", "osteoporosis")),
    "flank pain": frozenset(("flank",)),
    "renal colic": frozenset(("colic", "flank")),
    "kidney stone": frozenset(("kidney stone", "colic", "flank")),
    "ureter stone": frozenset(("ureter stone", "colic", "flank")),
    "both stones": frozenset(("kidney stone", "ureter stone", "colic", "flank")),
    "stone with hydronephrosis": frozenset(("hydronephrosis", "ureter stone", "colic", "flank")),
    "pyelonephritis": frozenset(("pyelonephritis", "flank")),
    "pain": frozenset(),
}
_MAY = frozenset(("colic", "flank"))
_TECHNICAL = (
    "radiculopathy",
    "displacement",
    "degeneration",
    "spondylosis",
    "stenosis",
    "osteomyelitis",
    "discitis",
)
_NO_PAIN_OF_THE_BACK = ("sciatica", "osteoporosis")
_BY_AREA = ("pain", "vertebrogenic", "lumbago with sciatica", "strain", "sprain", "strain and sprain")
AREAS = {
    "cervical": ("neck",), "cervicothoracic": ("neck", "mid"), "thoracic": ("mid",), "thoracolumbar": ("mid", "low"),
    "lumbar": ("low",), "lumbosacral": ("low",), "whole": (),
}  # fmt: skip


Truth = tuple[frozenset[str], frozenset[str]]
"""The values that must be said, and those that may be as well."""
NOTHING: frozenset[str] = frozenset()


def true_values(axis: str, facts: Facts) -> Truth | None:
    """Return the values of an axis that must be said and those that may be; None where the axis does not apply."""
    if axis in _WORDS:
        value = getattr(facts, axis)
        return (NOTHING if value in _SILENT else frozenset((value,))), NOTHING
    return _BY_AXIS[axis](facts)


def _problem(facts: Facts) -> Truth:
    needed = _tokens(facts.problem) - (
        _MAY if facts.problem not in ("flank pain", "renal colic") else NOTHING
    )
    if facts.problem == "renal colic":
        needed -= {"flank"}
    allowed = _tokens(facts.problem)
    if facts.suspected != "none":
        suspected = _tokens(facts.suspected)
        needed |= suspected - _MAY if facts.certainty != "ruled out" else NOTHING
        allowed |= suspected - {"colic"}
    nerves = {facts.nerve, facts.second_nerve} - {"none"}
    needed |= nerves
    if facts.claudication == "with":
        needed |= {"claudication"}
    if "osteoporosis" in (*facts.managed, *facts.mentioned):
        allowed |= {"osteoporosis"}
    if facts.healed_fracture == "past" or facts.phase == "sequela":
        needed |= {"fracture"}
    return needed, allowed


def _tokens(problem: str) -> frozenset[str]:
    return _OF_PROBLEM.get(problem, frozenset((problem,)))


def _regions(facts: Facts) -> frozenset[str]:
    return frozenset((facts.region, facts.second)) - {"none"}


def _region(facts: Facts) -> Truth:
    named = _regions(facts) - {"whole"}
    if facts.problem in URINARY:
        return NOTHING, NOTHING
    return (named if facts.problem in _TECHNICAL else NOTHING), named


def _area(facts: Facts) -> Truth:
    if facts.problem in (*URINARY, *_NO_PAIN_OF_THE_BACK):
        return NOTHING, NOTHING
    areas = frozenset(area for region in _regions(facts) for area in AREAS[region])
    must = facts.problem in _BY_AREA or facts.phase == "sequela"
    if facts.region == "whole":
        return frozenset(("whole",)), NOTHING
    return (areas if must else NOTHING), areas


def _condition(facts: Facts) -> Truth:
    held = frozenset((*facts.managed, *facts.mentioned))
    bones = frozenset(("osteoporosis",)) if facts.bone or "osteoporosis" in held else NOTHING
    return held - bones, held | bones


def _event(facts: Facts) -> Truth:
    return (frozenset((facts.event,)) if facts.event else NOTHING), NOTHING


def _side(facts: Facts) -> Truth | None:
    if facts.side in ("", "unstated"):
        return (NOTHING, NOTHING) if facts.side else None
    return frozenset((facts.side,)), NOTHING


def _duration(facts: Facts) -> Truth | None:
    """Return the duration where a key speaks of it: months of pain that nobody calls chronic."""
    return (frozenset((facts.duration,)), NOTHING) if not facts.pain_term and not facts.phase else None


def _no_nerve(facts: Facts) -> Truth | None:
    """Return whether a denial of radiculopathy must be said: where its presence would change the code."""
    free = facts.nerve == "none" and facts.second_nerve == "none"
    return (
        (frozenset(("denied",)), NOTHING)
        if free and facts.problem in ("displacement", "spondylosis")
        else None
    )


def _no_claudication(facts: Facts) -> Truth:
    return (frozenset(("denied",)) if facts.claudication == "without" else NOTHING), NOTHING


_BY_AXIS: Mapping[str, Callable[[Facts], Truth | None]] = {
    "duration": _duration,
    "problem": _problem,
    "region": _region,
    "area": _area,
    "condition": _condition,
    "event": _event,
    "side": _side,
    "no_nerve": _no_nerve,
    "no_claudication": _no_claudication,
}
_WORDS = frozenset(
    (
        "care",
        "certainty",
        "pain_term",
        "purpose",
        "opioid",
        "wound",
        "healing",
        "phase",
        "break_type",
        "bone",
        "pattern",
    )
)
"""Axes whose value is said in so many words, or not at all."""
_SILENT = ("", "unstated", "no", "none")
