"""Current injuries of the spine: strains, sprains and fractures, with the 7th character of the phase of care."""

from __future__ import annotations

from grader.family.derive import said
from grader.family.derive.find import Finder
from grader.family.derive.line import Line, cited
from grader.family.derive.spine import pain_code
from grader.family.facts import Facts

_Place = tuple[str, tuple[str, ...]]
STRAINS: dict[str, _Place] = {
    "cervical": ("S16.1", ()),
    "thoracic": ("S29.01", ("back wall",)),
    "lumbar": ("S39.01", ("lower back",)),
}
SPRAINS: dict[str, _Place] = {"cervical": ("S13.4", ()), "thoracic": ("S23.3", ()), "lumbar": ("S33.5", ())}
PHASES = {"initial": "initial encounter", "subsequent": "subsequent encounter", "sequela": "sequela"}
HEALING = {
    "closed": "initial encounter for closed fracture", "open": "initial encounter for open fracture",
    "routine": "subsequent encounter for fracture with routine healing",
    "delayed": "subsequent encounter for fracture with delayed healing",
    "nonunion": "subsequent encounter for fracture with nonunion",
}  # fmt: skip
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}
_TYPES = {
    "wedge": "Wedge compression fracture", "stable burst": "Stable burst fracture", "unstable burst": "Unstable burst fracture",
    "unstated": "Unspecified fracture",
}  # fmt: skip
_WHY_PHASE = {
    "initial": "It is under active treatment, so the 7th character is A.",
    "subsequent": "Active treatment is over and it is healing, so the 7th character is D.",
}


def soft_tissue_code(kind: str, region: str, meaning: str, find: Finder) -> str:
    """Return the code of a strain or a sprain with the 7th character that has this meaning."""
    place, words = {"strain": STRAINS, "sprain": SPRAINS}[kind][region]
    return find.seventh(find.below(place, *words), meaning)


def soft_tissue(facts: Facts, find: Finder) -> list[Line]:
    """Code a strain, a sprain or both as current injuries (I.C.13.b, I.C.19.a, I.A.4-5)."""
    lines = []
    for kind in ("strain", "sprain"):
        if kind in facts.problem:
            code = soft_tissue_code(kind, facts.region, PHASES[facts.phase], find)
            part = {"cervical": "neck", "thoracic": "thoracic spine", "lumbar": "low back"}[facts.region]
            why = (
                f"The provider diagnoses a {kind} of the {part}, a current injury. {_WHY_PHASE[facts.phase]}"
            )
            if facts.problem == "strain and sprain":
                why += " Muscle and ligament are both injured, and the note between them is an Excludes2."
            lines.append(Line(code, why, cited(find.base(code), "I.C.13.b", "I.C.19.a")))
    return lines


def fracture_base(level: str, break_type: str, find: Finder) -> str:
    """Return the code of a broken vertebra without its 7th character."""
    number = level[1:]
    if level[0] == "L":
        return find.below("S32.0", _TYPES[break_type], f"{_ORDINALS[number]} lumbar vertebra")
    if number in _ORDINALS and number != "5":
        return find.below("S22.0", _TYPES[break_type], f"{_ORDINALS[number]} thoracic vertebra")
    lower = int(number) if int(number) % 2 else int(number) - 1
    return find.below("S22.0", _TYPES[break_type], f"T{lower}-T{lower + 1}")


def fracture_meaning(facts: Facts) -> str:
    """Return what the 7th character of the fracture must mean (I.C.19.c): closed unless the record says open."""
    if facts.phase == "sequela":
        return "sequela"
    if facts.phase == "initial":
        return HEALING["open" if facts.wound == "open" else "closed"]
    return HEALING[facts.healing]


def fracture(facts: Facts, find: Finder) -> list[Line]:
    """Code a traumatic fracture of a vertebra, or what it left behind before it (I.C.19.c, I.B.10)."""
    base = fracture_base(facts.level, facts.break_type, find)
    code = find.seventh(base, fracture_meaning(facts))
    kind = "fracture" if facts.break_type == "unstated" else f"{facts.break_type} fracture"
    if facts.phase == "sequela":
        pain = pain_code(facts.region, find)
        first = f"What is left of the healed fracture and brings the patient in is {said.pain(facts.region)}; the lasting condition comes first."
        then = f"It is a sequela of the {facts.level} {kind}: the injury code with S follows the condition that it left."
        return [
            Line(pain, first, cited(pain, "I.B.10")),
            Line(code, then, cited(base, "I.B.10", "I.C.19.a")),
        ]
    tail = {
        "closed": "closed and under active treatment (A)", "open": "open and under active treatment (B)",
        "unstated": "not said to be open or closed, which is coded as closed (A)",
    }[facts.wound] if facts.phase == "initial" else {
        "routine": "healing as expected after active treatment (D)", "delayed": "healing late (G)",
        "nonunion": "not uniting (K)",
    }[facts.healing]  # fmt: skip
    level = f"{facts.level}, type not stated" if facts.break_type == "unstated" else facts.level
    why = f"The provider diagnoses a traumatic {kind} of {level}. It is {tail}."
    return [Line(code, why, cited(base, "I.C.19.a", "I.C.19.c"))]
