"""Mistakes with injuries and fractures: phase, kind, chapter, and how they happened."""

from __future__ import annotations

from grader.family.derive import said
from grader.family.derive.external import cause_code, circumstances
from grader.family.derive.injury import PHASES, soft_tissue_code
from grader.family.derive.line import cited
from grader.family.mistakes.fractures import BROKEN
from grader.family.mistakes.work import Mistakes, Work, Wrong

SOFT = ("strain", "sprain", "strain and sprain")
_PHASE_SAID = {
    "initial": "the injury is under active treatment",
    "subsequent": "active treatment is over, and this visit belongs to healing",
    "sequela": "the fracture has healed and left a lasting condition",
}


def other_phase(work: Work) -> Mistakes:
    """Use the 7th character of another phase of care for a strain or sprain (I.C.19.a)."""
    facts = work.coded
    if facts.problem not in SOFT:
        return
    wanted = "subsequent" if facts.phase == "initial" else "initial"
    kind = "sprain" if facts.problem == "sprain" else "strain"
    code = soft_tissue_code(kind, facts.region, PHASES[wanted], work.find)
    why = f"{code[-1]} does not fit: {_PHASE_SAID[facts.phase]}."
    yield Wrong((code,), "wrong_7th", why, cited(work.find.base(code), "I.C.19.a"))


def other_tissue(work: Work) -> Mistakes:
    """Take a strain for a sprain, leave one of the two out, or report an injury of no named kind."""
    facts = work.coded
    if facts.problem not in SOFT:
        return
    meaning = PHASES[facts.phase]
    if facts.problem == "strain and sprain":
        for alone, missing in ((work.main[:1], "sprain"), (work.main[1:], "strain")):
            why = f"Strain and sprain are both diagnosed. The note between them is an Excludes2, so both are reported; the {missing} is missing."
            yield Wrong(alone, "excludes2_misread", why, cited("I.A.12.b"))
    else:
        kind, tissue = ("sprain", "ligament") if facts.problem == "strain" else ("strain", "muscle")
        code = soft_tissue_code(kind, facts.region, meaning, work.find)
        why = f"A {kind} is an injury of a {tissue}. The provider writes {facts.problem}."
        yield Wrong((code,), "wrong_site_or_type", why, cited(work.find.base(code), "I.A.19"))
    place = {"cervical": "S19.9", "thoracic": "S29.9", "lumbar": "S39.92"}[facts.region]
    vague = work.find.seventh(place, meaning)
    why = f"The provider names the kind of injury: {facts.problem}. This code is for one that is not named."
    yield Wrong((vague,), "unspecified_when_specific", why, cited(place, "I.B.2"))


def muscle_spasm(work: Work) -> Mistakes:
    """Code the spasm of a strained back (I.B.5)."""
    if work.coded.problem in SOFT and work.coded.region == "lumbar":
        code = work.below("M62.830")
        yield Wrong(
            (code,),
            "symptom_with_diagnosis",
            "Tight muscles are how a strained back feels; they are part of the injury.",
            cited("I.B.5"),
        )


def aftercare(work: Work) -> Mistakes:
    """Use an aftercare code for the healing of an injury (I.C.21.c.7)."""
    if work.coded.phase == "subsequent" and work.coded.problem in (*SOFT, *BROKEN):
        code = work.below("Z51.89") if work.coded.problem in SOFT else work.below("Z47.89")
        why = "Aftercare of an injury or a fracture is its own code with the 7th character of healing, not a Z code."
        yield Wrong((code,), "aftercare_misuse", why, cited("I.C.21.c.7"))


def cause_first(work: Work) -> Mistakes:
    """Put how it happened before the injury (I.C.20.a.6)."""
    if work.coded.event:
        codes = (cause_code(work.facts, work.find), *work.main)
        yield Wrong(
            codes,
            "external_cause_first",
            "How it happened is true, and it never comes first. Lead with the diagnosis.",
            cited("I.C.20.a.6"),
        )


def circumstances_too_late(work: Work) -> Mistakes:
    """Report place, activity or status after the initial encounter (I.C.20.b, c, k)."""
    if work.coded.event and work.coded.phase != "initial":
        place, *_ = circumstances(work.facts, work.find)
        why = "Where it happened is reported once, at the initial encounter. This is a later one."
        yield Wrong((*work.main[:1], place), "external_cause_misuse", why, cited("I.C.20.b"))


def invents_an_injury(work: Work) -> Mistakes:
    """Code a strain where pain came without any injury."""
    facts = work.coded
    if facts.problem in ("pain", "lumbago with sciatica") and facts.region in (
        "cervical",
        "thoracic",
        "lumbar",
    ):
        code = soft_tissue_code("strain", facts.region, PHASES["initial"], work.find)
        why = (
            f"No strain is diagnosed and no injury is described. The provider writes {said.diagnosis(facts)}."
        )
        yield Wrong((code,), "unsupported_specificity", why, cited(work.find.base(code), "I.A.19"))
