"""Mistakes with fractures of a vertebra, of a sound bone and of an osteoporotic one."""

from __future__ import annotations

from grader.family.derive import bone
from grader.family.derive.find import Finder
from grader.family.derive.injury import HEALING, fracture_base, fracture_meaning
from grader.family.derive.line import cited
from grader.family.derive.spine import pain_code
from grader.family.facts import Facts
from grader.family.mistakes.work import Mistakes, Work, Wrong

BROKEN = ("vertebral fracture", "osteoporotic fracture")
_STATE = {
    "closed": "the fracture is closed and under active treatment", "open": "the fracture is open and under active treatment",
    "routine": "it is healing as expected", "delayed": "healing is delayed", "nonunion": "the fracture has not united",
    "sequela": "what is treated is left over from a healed fracture",
}  # fmt: skip
_NEAR = {
    "closed": ("routine", "open"),
    "open": ("closed",),
    "routine": ("closed", "delayed"),
    "delayed": ("routine", "nonunion"),
    "nonunion": ("delayed", "closed"),
    "sequela": ("closed", "routine"),
}
"""The stages that a coder could take for another."""


def other_stage(work: Work) -> Mistakes:
    """Use the 7th character of another stage of a fracture (I.C.19.c, I.C.13.c)."""
    facts = work.coded
    if facts.problem not in BROKEN:
        return
    base = work.find.base(work.main[-1])
    rule = "I.C.19.c" if base[0] == "S" else "I.C.13.c"
    for meaning in _NEAR[_state(facts)]:
        code = _with_meaning(work.find, base, meaning)
        if code and code != work.main[-1]:
            why = f"{code[-1]} does not fit: {_STATE[_state(facts)]}."
            yield Wrong((code,), "wrong_7th", why, cited(base, "I.C.19.a", rule))


def _with_meaning(find: Finder, base: str, meaning: str) -> str:
    said_there = find.codes.seventh_characters(base).values()
    words = "initial encounter for fracture" if base[0] == "M" and meaning == "closed" else HEALING[meaning]
    return find.seventh(base, words) if words in said_there else ""


def _state(facts: Facts) -> str:
    if facts.phase == "sequela":
        return "sequela"
    if facts.phase == "initial":
        return "open" if facts.wound == "open" else "closed"
    return facts.healing


def other_break(work: Work) -> Mistakes:
    """Take another type of fracture, or one that is not typed."""
    facts = work.coded
    if facts.problem != "vertebral fracture":
        return
    other = {
        "wedge": "stable burst",
        "stable burst": "unstable burst",
        "unstable burst": "stable burst",
        "unstated": "wedge",
    }[facts.break_type]
    code = work.find.seventh(fracture_base(facts.level, other, work.find), fracture_meaning(facts))
    kind = "no type" if facts.break_type == "unstated" else facts.break_type
    error = "unsupported_specificity" if facts.break_type == "unstated" else "wrong_site_or_type"
    yield Wrong(
        (code,),
        error,
        f"This is a {other} fracture. The provider writes {kind}.",
        cited(work.find.base(code), "I.A.19"),
    )


def disease_of_bone(work: Work) -> Mistakes:
    """Take a broken sound bone for a diseased one (I.C.13.d.2)."""
    if work.coded.problem == "vertebral fracture" and work.coded.phase != "sequela":
        meaning = {"initial": "initial encounter for fracture"}.get(
            work.coded.phase, HEALING.get(work.coded.healing, "")
        )
        code = bone.fracture_code(meaning, work.find)
        yield Wrong(
            (code,),
            "injury_vs_m_code",
            "No osteoporosis is documented, and the force would break a sound bone. This is an injury.",
            cited("M80", "I.C.13.d.2"),
        )
        collapsed = "initial encounter for fracture" if work.coded.phase == "initial" else HEALING["routine"]
        place = work.below("M48.5", f"{work.coded.region} region")
        why = "A collapsed vertebra of this category is not traumatic. The cause is documented, and an Excludes1 note sends it to chapter 19."
        yield Wrong(
            (work.find.seventh(place, collapsed),),
            "injury_vs_m_code",
            why,
            cited("M48.5 Excludes1", "I.C.13.b"),
        )


def sequela_mistakes(work: Work) -> Mistakes:
    """Put the old injury first, or leave it or its consequence out (I.B.10)."""
    if work.coded.phase != "sequela" or len(work.main) < 2:
        return
    left, injury = work.main
    yield Wrong(
        (injury, left),
        "sequencing",
        "The condition that is left comes first, the injury with S after it.",
        cited("I.B.10", "I.C.19.a"),
    )
    yield Wrong(
        (left,),
        "under_coded",
        "The pain is there, and what it comes from is missing: the old fracture with the 7th character S.",
        cited("I.B.10"),
    )
    yield Wrong(
        (injury,),
        "under_coded",
        "The code with S tells only where a condition comes from; the condition itself is missing.",
        cited("I.B.10"),
    )


def osteoporotic_mistakes(work: Work) -> Mistakes:
    """Send an osteoporotic fracture to the injuries, or split bone disease and fracture (I.C.13.d)."""
    facts = work.coded
    if facts.problem != "osteoporotic fracture":
        return
    meaning = HEALING["closed"] if facts.phase == "initial" else HEALING[facts.healing]
    code = work.find.seventh(fracture_base(facts.level, "wedge", work.find), meaning)
    why = (
        "The provider names osteoporosis as the cause: the fracture goes to M80, even after a slight trauma."
    )
    yield Wrong((code,), "injury_vs_m_code", why, cited("I.C.13.d.2"))
    without = work.below(bone.WITHOUT)
    yield Wrong(
        (without,),
        "wrong_site_or_type",
        "This says that no bone is broken now. A vertebra is.",
        cited("M81 Excludes1", "I.C.13.d.1"),
    )
    yield Wrong(
        (work.main[0], without),
        "excludes1",
        "M80 already holds the osteoporosis; M81 has an Excludes1 note that names it.",
        cited("M81 Excludes1", "I.A.12.a"),
    )
    healed = work.below(bone.HEALED, "osteoporosis fracture")
    yield Wrong(
        (healed,),
        "history_vs_current",
        "“History of” is for a fracture that has healed. This one is current.",
        cited("I.C.13.d.1", "I.C.21.c.4"),
    )


def healed_mistakes(work: Work) -> Mistakes:
    """Code a healed osteoporotic fracture as current, or forget it (I.C.13.d.1)."""
    facts = work.coded
    if facts.problem != "osteoporosis" and "osteoporosis" not in facts.managed:
        return
    code = bone.fracture_code("initial encounter for fracture", work.find)
    told = "The old fracture has healed." if facts.healed_fracture == "past" else "No fracture is documented."
    error = "history_vs_current" if facts.healed_fracture == "past" else "unsupported_specificity"
    yield Wrong((code,), error, f"M80 is for a fracture that is current. {told}", cited("M80", "I.C.13.d.1"))
    if facts.healed_fracture == "past":
        codes = tuple(c for c in work.answer.codes if not c.startswith("Z87"))
        why = "The healed fracture is missing. It tells of a risk, and the note at M81 asks for it."
        yield Wrong(codes, "under_coded", why, cited("M81 Use additional code", "I.C.13.d.1"))
    else:
        past = work.below(bone.HEALED, "osteoporosis fracture")
        yield Wrong(
            (past,), "unsupported_specificity", "No earlier fracture is documented.", cited(past, "I.A.19")
        )


def pain_of_old(work: Work) -> Mistakes:
    """Code pain due to trauma where the fracture itself is coded."""
    if work.coded.problem == "vertebral fracture" and work.coded.phase == "initial":
        code = work.below("G89.11")
        yield Wrong(
            (code,),
            "g89_misuse",
            "The cause of the pain is known and treated; the fracture code is enough.",
            cited("I.C.6.b"),
        )
    elif work.coded.problem == "osteoporotic fracture":
        code = pain_code(work.coded.region, work.find)
        yield Wrong(
            (work.main[0], code),
            "symptom_with_diagnosis",
            "A broken vertebra hurts; the fracture code holds the pain.",
            cited("I.B.5"),
        )
