"""Pain in the flank and its usual causes."""

from __future__ import annotations

from grader.family.derive.find import Finder
from grader.family.derive.line import Line, cited
from grader.family.facts import Facts

_STONES = {
    "kidney stone": ("N20.0", "a stone in the kidney"),
    "ureter stone": ("N20.1", "a stone in the ureter"),
    "both stones": ("N20.2", "a stone in the kidney and one in the ureter, for which there is one code"),
    "stone with hydronephrosis": ("N13.2", "hydronephrosis from a stone, for which there is one code"),
    "pyelonephritis": ("N10", "acute pyelonephritis"),
}
_SIDES = {"right": "right side", "left": "left side", "both": "bilateral", "unstated": "unspecified side"}


def flank_pain(facts: Facts, find: Finder) -> list[Line]:
    """Code flank pain by side where no cause is established (R10.A-, I.B.4, I.B.13)."""
    code = find.below("R10.A", _SIDES[facts.side])
    side = {
        "both": "on both sides; here one code says both", "unstated": "and names no side",
    }.get(facts.side, f"on the {facts.side}")  # fmt: skip
    return [
        Line(
            code,
            f"The provider diagnoses flank pain {side}, and no cause is established.",
            cited(code, "I.B.4", "I.B.13"),
        )
    ]


def renal_colic(facts: Facts, find: Finder) -> list[Line]:
    """Code renal colic where no stone is established (N23)."""
    code = find.below("N23")
    return [
        Line(code, "The provider diagnoses renal colic, and no stone is established.", cited(code, "I.B.4"))
    ]


def stone(facts: Facts, find: Finder) -> list[Line]:
    """Code an established stone or infection in place of its pain (N20, N13.2, N10; I.B.4, I.B.5)."""
    place, what = _STONES[facts.problem]
    code = find.below(place)
    return [
        Line(code, f"The provider diagnoses {what}; the pain is part of it.", cited(code, "I.B.4", "I.B.5"))
    ]
