"""Mistakes with diagnoses that are not established (II.H, IV.H)."""

from __future__ import annotations

from dataclasses import replace

from grader.family.derive import PROBLEMS, said, uncertain
from grader.family.derive.line import cited
from grader.family.mistakes.work import Mistakes, Work, Wrong


def codes_the_suspicion(work: Work) -> Mistakes:
    """Code what is only suspected, or what was ruled out."""
    facts = work.facts
    if facts.suspected == "none" or uncertain.counts(facts):
        return
    codes = suspected_codes(work)
    what = said.diagnosis(replace(facts, problem=facts.suspected))
    if facts.certainty == uncertain.NOT_THERE:
        error = "uncertain_dx" if facts.care == "outpatient" else "unsupported_specificity"
        why = f"{said.capital(what)} was ruled out: what is not there is coded nowhere."
        yield Wrong(codes, error, why, cited("IV.H" if facts.care == "outpatient" else "II.H"))
        return
    why = (
        f"The provider writes “{facts.certainty}”. For an outpatient a diagnosis that is not established is not coded; code what is "
        f"certain, {said.diagnosis(facts)}."
    )
    yield Wrong(codes, "uncertain_dx", why, cited("IV.H"))


def suspected_codes(work: Work) -> tuple[str, ...]:
    """Return the codes that the suspected diagnosis would have if it were established."""
    would_be = replace(
        work.facts,
        problem=work.facts.suspected,
        nerve="radiculopathy" if work.facts.problem == "radiculopathy" else "none",
        second="none",
    )
    return tuple(line.code for line in PROBLEMS[would_be.problem](would_be, work.find))


def refuses_the_suspicion(work: Work) -> Mistakes:
    """Code the symptom of an inpatient whose diagnosis is uncertain at discharge (II.H), or confirmed."""
    facts = work.facts
    if not uncertain.counts(facts):
        return
    codes = tuple(line.code for line in PROBLEMS[facts.problem](facts, work.find))
    what = said.diagnosis(work.coded)
    if facts.certainty == uncertain.ESTABLISHED:
        why = f"The diagnosis was confirmed: {what}. The symptom is part of it."
        yield Wrong(codes, "symptom_with_diagnosis", why, cited("I.B.4", "I.B.5"))
    else:
        why = f"That is the outpatient rule. After an inpatient stay, {what} documented as “{facts.certainty}” at discharge is coded as if it were established."
        yield Wrong(codes, "wrong_setting_rule", why, cited("II.H"))


def adds_the_symptom(work: Work) -> Mistakes:
    """Report the symptom beside the diagnosis that takes its place."""
    if not uncertain.counts(work.facts):
        return
    codes = tuple(line.code for line in PROBLEMS[work.facts.problem](work.facts, work.find))
    why = f"{said.capital(said.diagnosis(work.facts))} is part of {said.diagnosis(work.coded)}, which is coded; the symptom comes off."
    yield Wrong((work.problem_code, *codes), "symptom_with_diagnosis", why, cited("I.B.5"))


def the_other_suspicion(work: Work) -> Mistakes:
    """Put the sign in place of the diagnosis: an infection of the spine, "unspecified"."""
    facts = work.coded
    if facts.problem in ("osteomyelitis", "discitis"):
        place = {"osteomyelitis": "M46.4", "discitis": "M46.2"}[facts.problem]
        code = work.below(place, f"{facts.region} region")
        other = "the disc" if facts.problem == "osteomyelitis" else "the bone"
        yield Wrong(
            (code,),
            "wrong_site_or_type",
            f"This is an infection of {other}. The provider writes {said.diagnosis(facts)}.",
            cited(code, "I.A.19"),
        )
