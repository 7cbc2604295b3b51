"""Mistakes with symptoms: beside the diagnosis, in its place, too vague, or more than was diagnosed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from grader.codeset.tabular import CodeSet
from grader.family.derive import said, uncertain
from grader.family.derive.line import cited
from grader.family.derive.pain import SYMPTOMS
from grader.family.derive.spine import degeneration_code, disc_code, pain_code
from grader.family.facts import URINARY, Facts
from grader.family.mistakes.work import Mistakes, Work, Wrong
from grader.scoring.edits import check_codes

_INJURIES = ("strain", "sprain", "strain and sprain", "vertebral fracture")
_NO_SYMPTOM = (*SYMPTOMS, *URINARY, "osteoporosis", "radiculopathy")
_SCIATICA = ("sciatica", "lumbago with sciatica")


def symptom_code(facts: Facts, work: Work) -> str:
    """Return the code of the pain that a diagnosis explains, or ``""``."""
    if facts.problem in _NO_SYMPTOM or (facts.problem == "degeneration" and facts.pattern == "neither"):
        return ""
    return pain_code(facts.region, work.find)


@lru_cache(maxsize=4096)
def _kept_apart(codes: CodeSet, one: str, other: str, on: date, care: str, phase: str) -> bool:
    found = check_codes((one, other), on, codes, care, phase or None)
    return any(each.kind == "excludes1" and each.severity == "error" for each in found)


def integral_symptom(work: Work) -> Mistakes:
    """Add the pain to the diagnosis that explains it (I.B.5, I.A.12.a)."""
    symptom = symptom_code(work.coded, work)
    if not symptom or work.coded.phase == "sequela":
        return
    first = work.problem_code
    apart = _kept_apart(work.find.codes, first, symptom, work.facts.on, work.facts.care, work.facts.phase)
    pain = said.capital(said.pain(work.coded.region))
    why = f"{pain} is part of {said.diagnosis(work.coded)}, so the second code comes off."
    if apart:
        why += " An Excludes1 note keeps the two apart as well."
    yield Wrong(
        (first, symptom),
        "excludes1" if apart else "symptom_with_diagnosis",
        why,
        cited(symptom, "I.A.12.a", "I.B.5") if apart else cited("I.B.5"),
    )


def symptom_instead(work: Work) -> Mistakes:
    """Report the pain in place of the diagnosis (I.B.4; for an injury I.C.13.b)."""
    symptom = symptom_code(work.coded, work)
    if not symptom or work.coded.phase == "sequela" or uncertain.counts(work.facts):
        return
    if work.coded.problem in _INJURIES:
        why = f"The pain has a diagnosed cause, {said.diagnosis(work.coded)}. A current injury is coded in chapter 19; chapter 13 excludes it."
        yield Wrong((symptom,), "injury_vs_m_code", why, cited("M50-M54 Excludes1", "I.C.13.b", "I.B.4"))
    else:
        why = f"{said.capital(said.pain(work.coded.region))} is the complaint. The provider's diagnosis explains it: {said.diagnosis(work.coded)}."
        yield Wrong((symptom,), "symptom_with_diagnosis", why, cited(symptom, "I.B.4", "I.B.5"))


def back_pain_unspecified(work: Work) -> Mistakes:
    """Report M54.9 where the record says more."""
    vague = work.below("M54.9")
    problem = work.coded.problem
    if vague in work.answer.codes:
        return
    if work.coded.phase == "sequela":
        why = f"The pain that is left has a region: {said.pain(work.coded.region)}."
        yield Wrong((vague,), "unspecified_when_specific", why, cited(vague, "I.B.2"))
        return
    if problem in SYMPTOMS and problem != "flank pain":
        why = f"{vague} is for pain that the record does not place. The provider writes {said.diagnosis(work.coded)}."
        yield Wrong((vague,), "unspecified_when_specific", why, cited(vague, "I.B.2", "I.B.18"))
    elif problem == "flank pain":
        why = "The flank is not the back: flank pain has codes of its own, with the side."
        yield Wrong((vague,), "wrong_chapter", why, cited("R10.A", "I.B.2"))
    else:
        why = f"Back pain of no stated place or cause is not what the record says. The provider's diagnosis is {said.diagnosis(work.coded)}."
        error = "injury_vs_m_code" if problem in _INJURIES else "symptom_with_diagnosis"
        yield Wrong((vague,), error, why, cited(vague, "I.B.4", "I.B.5"))


def pain_everywhere(work: Work) -> Mistakes:
    """Take a back that hurts in no particular part for low back pain, or for pain of the whole body."""
    if work.coded.problem != "pain" or work.coded.region != "whole":
        return
    low = pain_code("lumbar", work.find)
    yield Wrong(
        (low,),
        "unsupported_specificity",
        "No part of the back is named as the site, so the low back cannot be coded.",
        cited(low, "I.A.19", "I.B.18"),
    )
    each = tuple(pain_code(region, work.find) for region in ("cervical", "thoracic", "lumbar"))
    why = "The provider documents no separate regions; a back that hurts everywhere is one diagnosis."
    yield Wrong(each, "unsupported_specificity", why, cited("I.C.13.a", "I.A.19"))
    spasm = work.below("M62.830")
    yield Wrong(
        (spasm,),
        "unsupported_specificity",
        "Tenderness is not spasm, and no spasm is diagnosed.",
        cited(spasm, "I.A.19"),
    )
    pain = work.below("R52")
    yield Wrong(
        (pain,),
        "wrong_chapter",
        "The pain has a place, the back. The Excludes1 note at R52 sends it to chapter 13.",
        cited("R52 Excludes1"),
    )


def other_region_of_pain(work: Work) -> Mistakes:
    """Report pain of a part of the back that does not hurt."""
    facts = work.coded
    if facts.problem not in ("pain", "vertebrogenic") or facts.region == "whole":
        return
    for region in ("thoracic", "lumbar", "cervical"):
        if region not in (facts.region, facts.second):
            code = pain_code(region, work.find)
            also = f" and {said.pain(facts.second)}" if facts.second != "none" else ""
            why = f"{said.capital(said.pain(region))} is not documented. The provider writes {said.pain(facts.region)}{also}."
            yield Wrong((code,), "wrong_site_or_type", why, cited(code, "I.A.19"))
            return


def one_region_of_two(work: Work) -> Mistakes:
    """Leave out the second region (I.C.13.a)."""
    if work.coded.second == "none" or len(work.main) < 2:
        return
    why = "Two regions are diagnosed, and the second one is missing. Each documented region has its own code."
    yield Wrong(
        tuple(code for code in work.answer.codes if code != work.main[1]),
        "under_coded",
        why,
        cited("I.C.13.a"),
    )


def plain_kind(work: Work) -> Mistakes:
    """Take low back pain NOS for a kind that is named, or a kind for what has none."""
    if work.coded.problem == "vertebrogenic":
        code = pain_code("lumbar", work.find)
        yield Wrong(
            (code,),
            "unspecified_when_specific",
            "The provider names the kind: vertebrogenic. This code is for low back pain of no named kind.",
            cited(code, "I.B.2"),
        )
    elif work.coded.problem == "pain" and "lumbar" in (work.coded.region, work.coded.second):
        code = work.below("M54.5", "vertebrogenic")
        yield Wrong(
            (code,),
            "unsupported_specificity",
            "Nobody calls this pain vertebrogenic or traces it to an endplate.",
            cited(code, "I.A.19"),
        )


def guesses_the_disc(work: Work) -> Mistakes:
    """Blame a disc that nobody diagnosed (I.A.19)."""
    facts = work.coded
    if work.facts.suspected != "none" or facts.problem not in (*_SCIATICA, "pain") or facts.region == "whole":
        return
    if facts.problem in _SCIATICA:
        code = disc_code("radiculopathy", "lumbar", "", work.find)
        why = "This code blames a disc. The provider diagnoses none, so neither may you."
    elif facts.region == "lumbar":
        code = degeneration_code("lumbar", "back", work.find)
        why = "Disc degeneration is not diagnosed here; the provider names no cause of the pain."
    else:
        return
    yield Wrong((code,), "unsupported_specificity", why, cited(code, "I.A.19"))


def radiculopathy_for_sciatica(work: Work) -> Mistakes:
    """Code radiculopathy where the provider wrote sciatica."""
    if work.coded.problem in _SCIATICA:
        code = work.below("M54.1", "lumbar region")
        why = "The provider writes sciatica, not radiculopathy. Code the word on the page; if it seems to mean more, ask."
        yield Wrong((code,), "unsupported_specificity", why, cited(code, "I.A.19"))


def leg_pain(work: Work) -> Mistakes:
    """Add pain in the leg to a diagnosis that says it already (I.B.5)."""
    side = work.coded.side
    legs = work.coded.problem in _SCIATICA or (
        work.coded.problem in ("radiculopathy", "degeneration") and work.coded.region in ("lumbar", "lumbosacral")
        and work.coded.pattern in ("", "leg", "back and leg")
    )  # fmt: skip
    if legs and side in ("right", "left"):
        code = work.below("M79.60", f"{side} leg")
        why = f"Pain in the {side} leg is part of {said.diagnosis(work.coded)}; it is not coded beside it or in its place."
        yield Wrong((code,), "symptom_with_diagnosis", why, cited("I.B.5"))
