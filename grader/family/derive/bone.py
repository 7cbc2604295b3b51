"""Osteoporosis with a current fracture, without one, and with one that has healed (I.C.13.d)."""

from __future__ import annotations

from grader.family.derive.find import Finder
from grader.family.derive.injury import HEALING
from grader.family.derive.line import Line, May, cited
from grader.family.facts import Facts

CURRENT, WITHOUT, HEALED = "M80.0", "M81.0", "Z87.31"
_WORDS = {
    "postmenopausal": "postmenopausal",
    "senile": "senile",
    "unstated": "no kind named, which is filed with the age-related one",
}


def fracture_code(meaning: str, find: Finder) -> str:
    """Return the code of an osteoporotic fracture of a vertebra."""
    return find.seventh(find.below(CURRENT, "vertebra"), meaning)


def osteoporotic_fracture(facts: Facts, find: Finder) -> list[Line]:
    """Code osteoporosis and its current fracture in one code of M80 (I.C.13.c, I.C.13.d.2)."""
    meaning = "initial encounter for fracture" if facts.phase == "initial" else HEALING[facts.healing]
    code = fracture_code(meaning, find)
    phase = {
        "active": "is under active treatment, so the 7th character is A",
        "routine": "is healing as expected after active treatment, so the 7th character is D",
        "delayed": "is healing late, so the 7th character is G",
        "nonunion": "has not united, so the 7th character is K",
    }[facts.healing]  # fmt: skip
    why = (
        f"The provider diagnoses a fracture of {facts.level} from osteoporosis ({_WORDS[facts.bone]}); M80 holds disease and "
        f"fracture, also after a slight trauma that would not break a sound bone. It {phase}."
    )
    return [Line(code, why, cited(find.base(code), "I.C.13.c", "I.C.13.d.2"))]


def osteoporosis(facts: Facts, find: Finder) -> list[Line]:
    """Code osteoporosis without a current fracture, and the healed one as history (I.C.13.d.1)."""
    code = find.below(WITHOUT)
    why = f"Osteoporosis ({_WORDS[facts.bone or 'unstated']}) is treated at this visit, and no bone is broken now."
    return [Line(code, why, cited(code, "I.C.13.d.1")), *healed(facts, find)]


def healed(facts: Facts, find: Finder) -> list[Line]:
    """Add the history of a healed osteoporotic fracture, as the note at M81 asks (I.C.13.d.1)."""
    if facts.healed_fracture == "no":
        return []
    code = find.below(HEALED, "osteoporosis fracture")
    why = "The fracture is an old one and has healed: it is history, and the note at M81 asks for it as an additional code."
    return [Line(code, why, cited(f"M81 Use additional code and {code}", "I.C.13.d.1"))]


def bisphosphonate(find: Finder) -> May:
    """Return the optional code for long-term bisphosphonates."""
    return May(
        find.below("Z79.83"),
        "Alendronate is taken for the long term. A correct extra that is not required here.",
    )
