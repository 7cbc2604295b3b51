"""Diseases and pain of the spine: the codes that a region, a nerve root, the cord or a pattern of pain decides."""

from __future__ import annotations

from grader.family.derive import said
from grader.family.derive.find import Finder
from grader.family.derive.line import Line, cited
from grader.family.facts import Facts

_PAIN = {
    "cervical": ("M54.2", ()),
    "thoracic": ("M54.6", ()),
    "lumbar": ("M54.5", ("unspecified",)),
    "whole": ("M54.9", ()),
}
_NEAREST = {
    "cervicothoracic": "cervical", "thoracolumbar": "whole", "lumbosacral": "lumbar",
}  # fmt: skip
"""For a mistaken symptom code: pain at a border between two regions is told by the nearest name."""
DISC = {
    "none": ("M50.2", "M51.2"), "radiculopathy": ("M50.1", "M51.1"), "myelopathy": ("M50.0", "M51.0"),
}  # fmt: skip
_PATTERNS = {
    "back": "with discogenic back pain only",
    "leg": "with lower extremity pain only",
    "back and leg": "with discogenic back pain and lower extremity pain",
    "neither": "without mention of lumbar back pain or lower extremity pain",
}
_SPONDYLOSIS = {"none": "M47.81", "radiculopathy": "M47.2", "myelopathy": "M47.1"}
_NAMED_SIDES = {
    "right": ("right side",),
    "left": ("left side",),
    "both": ("right side", "left side"),
    "unstated": ("unspecified side",),
}
_OF_NERVES = {
    "none": "and no radiculopathy or myelopathy with it",
    "radiculopathy": "and links radiculopathy with it",
    "myelopathy": "and links myelopathy with it",
}


def pain_code(region: str, find: Finder) -> str:
    """Return the symptom code of a region (M54.2, M54.5-, M54.6, M54.9)."""
    place, words = _PAIN[_NEAREST.get(region, region)]
    return find.below(place, *words)


def pain(facts: Facts, find: Finder) -> list[Line]:
    """Code pain by region where no cause is established (I.B.4, I.B.18; two regions: each)."""
    lines = []
    for region in (facts.region, *([facts.second] if facts.second != "none" else [])):
        code = pain_code(region, find)
        if region == "whole":
            why = "The provider diagnoses back pain that keeps to no part, cause not known; nothing more can be coded."
        else:
            where = (
                "the chief complaint"
                if region == facts.region and facts.second != "none"
                else "the diagnosis"
            )
            why = f"The provider writes {said.pain(region)} as {where} and names no cause, so the symptom is coded by its region."
            if region == facts.second:
                why = f"{said.capital(said.pain(region))} is diagnosed as well, and each region that is documented has its own code."
        lines.append(Line(code, why, cited(code, "I.B.4", "I.B.18")))
    return lines


def vertebrogenic(facts: Facts, find: Finder) -> list[Line]:
    """Code low back pain that the provider calls vertebrogenic (M54.51)."""
    code = find.below("M54.5", "vertebrogenic")
    return [
        Line(
            code,
            "The provider calls the low back pain vertebrogenic, and the low back has a code for that word.",
            cited(code, "I.B.2"),
        )
    ]


def sciatica(facts: Facts, find: Finder) -> list[Line]:
    """Code sciatica alone or with low back pain in one code, by side (I.B.9, I.B.13)."""
    both = facts.problem == "lumbago with sciatica"
    place = "M54.4" if both else "M54.3"
    what = (
        "Low back pain and sciatica together have one combination code"
        if both
        else "Sciatica is diagnosed without low back pain"
    )
    lines = []
    for words in _NAMED_SIDES[facts.side]:
        code = find.below(place, words)
        if facts.side == "unstated":
            why = f"{what}. The provider names no side, so the code for an unspecified side is the one that the record supports."
        elif facts.side == "both":
            why = f"{what}. It is on both sides, and as there is no code for both, each side is reported ({words})."
        else:
            why = f"{what}; the provider writes {words.removesuffix(' side')}."
        lines.append(Line(code, why, cited(code, "I.B.9", "I.B.13") if both else cited(code, "I.B.13")))
    return lines


def radiculopathy(facts: Facts, find: Finder) -> list[Line]:
    """Code radiculopathy by region where its cause is not established (M54.1-, I.B.4)."""
    code = find.below("M54.1", f"{facts.region} region")
    why = f"The provider diagnoses {facts.region} radiculopathy and has not established its cause."
    return [Line(code, why, cited(code, "I.B.4", "IV.D"))]


def disc_code(nerve: str, region: str, level: str, find: Finder) -> str:
    """Return the code of a displaced disc: by level in the neck, by region below it."""
    neck, below = DISC[nerve]
    if region in ("cervical", "cervicothoracic"):
        return find.below(neck, level)
    return find.below(below, f"{region} region")


def displacement(facts: Facts, find: Finder) -> list[Line]:
    """Code an established disc displacement, together with its radiculopathy or myelopathy (I.B.4, I.B.9)."""
    code = disc_code(facts.nerve, facts.region, facts.level, find)
    where = f"at {facts.level} ({facts.region})" if facts.level else f"of the {facts.region} region"
    with_it = "; one code says both" if facts.nerve != "none" else ""
    why = f"The provider diagnoses disc displacement {where} {_OF_NERVES[facts.nerve]}{with_it}."
    return [Line(code, why, cited(code, "I.B.4", "I.B.9") if with_it else cited(code, "I.B.4"))]


def degeneration_code(region: str, pattern: str, find: Finder) -> str:
    """Return the code of lumbar or lumbosacral disc degeneration with its pattern of pain."""
    place = {"lumbar": "M51.36", "lumbosacral": "M51.37"}[region]
    return find.below(place, _PATTERNS[pattern])


def degeneration(facts: Facts, find: Finder) -> list[Line]:
    """Code disc degeneration by region and pattern of pain (M51.36-, M51.37-)."""
    lines = []
    for region in (facts.region, *([facts.second] if facts.second != "none" else [])):
        code = degeneration_code(region, facts.pattern, find)
        pain = {
            "back": "back pain and no leg pain", "leg": "leg pain and no back pain", "back and leg": "pain of back and leg",
            "neither": "no pain from it",
        }[facts.pattern]  # fmt: skip
        why = f"The provider diagnoses {region} disc degeneration with {pain}; the last character says exactly that."
        lines.append(Line(code, why, cited(code, "I.B.2", "I.B.5")))
    return lines


def spondylosis(facts: Facts, find: Finder) -> list[Line]:
    """Code spondylosis of each region with or without radiculopathy or myelopathy (M47.-)."""
    lines = []
    pairs = [(facts.region, facts.nerve)]
    if facts.second != "none":
        pairs.append((facts.second, facts.second_nerve))
    for region, nerve in pairs:
        code = find.below(_SPONDYLOSIS[nerve], f"{region} region")
        why = f"The provider diagnoses spondylosis of the {region} region {_OF_NERVES[nerve]}. The pain is part of it."
        lines.append(
            Line(code, why, cited(code, "I.B.5", "I.B.9") if nerve != "none" else cited(code, "I.B.5"))
        )
    return lines


def stenosis_code(region: str, claudication: str, find: Finder) -> str:
    """Return the code of spinal stenosis; in the lumbar region claudication decides, and silence counts as without."""
    if region == "lumbar":
        return find.below(
            "M48.06", "with" if claudication == "with" else "without", "neurogenic claudication"
        )
    return find.below("M48.0", f"{region} region")


def stenosis(facts: Facts, find: Finder) -> list[Line]:
    """Code spinal stenosis by region, in the lumbar region by claudication (M48.0-)."""
    lines = []
    for region in (facts.region, *([facts.second] if facts.second != "none" else [])):
        code = stenosis_code(region, facts.claudication, find)
        why = f"The provider diagnoses {region} spinal stenosis"
        why += {
            "with": " with neurogenic claudication; a 6th character tells the two apart.",
            "without": " and says that there is no neurogenic claudication; a 6th character tells the two apart.",
            "unstated": " and says nothing of claudication. Lumbar stenosis NOS is filed under the code without it.",
        }.get(facts.claudication if region == "lumbar" else "", ".")
        lines.append(Line(code, why, cited(code, "I.B.4")))
    return lines


def infection(facts: Facts, find: Finder) -> list[Line]:
    """Code osteomyelitis or discitis of the spine by region (M46.2-, M46.4-)."""
    code = find.below(
        {"osteomyelitis": "M46.2", "discitis": "M46.4"}[facts.problem], f"{facts.region} region"
    )
    return [Line(code, f"The diagnosis is {said.diagnosis(facts)}.", cited(code, "I.B.4"))]
