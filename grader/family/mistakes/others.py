"""Mistakes with what stands beside the problem: order, chronic pain, conditions that are managed."""

from __future__ import annotations

from grader.family.derive import coexisting, said
from grader.family.derive.line import cited
from grader.family.derive.pain import SYMPTOMS, pain_term_code
from grader.family.mistakes.work import Mistakes, Work, Wrong, one

_TABULAR_NEEDS = ("Z68", "Z79.84", "Z87.310")


def swaps_the_order(work: Work) -> Mistakes:
    """Put the second code first (IV.G, II; G89: I.C.6.b.1.b)."""
    codes = work.answer.codes
    if not work.answer.ordered or len(codes) < 2 or work.coded.phase == "sequela":
        return
    other = next((c for c in codes[1:] if not c.startswith(_TABULAR_NEEDS)), codes[1])
    swapped = (other, *(c for c in codes if c != other))
    if other.startswith("G89"):
        why = (
            "The visit evaluates and treats the problem and is not for pain control, so the site comes first."
        )
        yield Wrong(swapped, "sequencing", why, cited("I.C.6.b.1.b"))
    elif codes[0].startswith("G89"):
        why = "Control of the pain is the reason for this visit, so the pain code comes first."
        yield Wrong(swapped, "sequencing", why, cited("I.C.6.b.1"))
    else:
        why = f"Right codes, wrong order. The visit is for {said.diagnosis(work.coded)}, so that goes first."
        yield Wrong(swapped, "sequencing", why, cited("II" if work.coded.care == "inpatient" else "IV.G"))


def omits_the_managed(work: Work) -> Mistakes:
    """Leave out a condition that was managed (IV.J)."""
    for name in work.coded.managed:
        gone = _codes_of(name, work)
        rest = tuple(code for code in work.answer.codes if code not in gone)
        what = coexisting.condition(name).name
        why = f"{said.capital(what)} is missing. It was assessed and treated at this visit, and a condition that is treated is reported."
        yield Wrong(rest, "comorbidity_missed", why, cited("IV.J"))


def _codes_of(name: str, work: Work) -> set[str]:
    alone = work.answer.codes[work.answer.main :]
    if name == "obesity":
        return {code for code in alone if code.startswith(("E66", "Z68"))}
    if name == "diabetes":
        return {code for code in alone if code.startswith(("E11", "Z79.84"))}
    if name == "osteoporosis":
        return {code for code in alone if code.startswith(("M81", "Z87.310"))}
    return {coexisting.code_of(name, work.find)}


def omits_what_a_note_asks(work: Work) -> Mistakes:
    """Leave out the additional code that a note asks for (I.B.7, I.B.14)."""
    for start, what in (
        ("Z68", "the body mass index"),
        ("Z79.84", "the long-term oral drug"),
        ("Z79.891", "the long-term opioid"),
    ):
        gone = [code for code in work.answer.codes if code.startswith(start)]
        if gone:
            rest = tuple(code for code in work.answer.codes if code not in gone)
            why = f"One code is missing: {what}, which the record gives."
            yield Wrong(rest, "under_coded", why, cited("I.B.14" if start == "Z68" else "I.C.21.c.3"))


def other_condition(work: Work) -> Mistakes:
    """Code a managed condition more vaguely, or with more than is documented."""
    if "obesity" in work.coded.managed:
        code = work.below("E66.9")
        level = coexisting.obesity_class(int(work.coded.bmi))
        yield Wrong(
            (code,),
            "unspecified_when_specific",
            f"The provider names the class of the obesity: {level}.",
            cited(code, "I.B.2"),
        )
    if "diabetes" in work.coded.managed:
        code = work.below("E11.65")
        yield Wrong(
            (code,),
            "unsupported_specificity",
            "No complication or high sugar is documented: the diabetes is without complications.",
            cited(code, "I.A.19"),
        )
    if "depression" in work.coded.managed:
        code = work.below("F32.9")
        yield Wrong(
            (code,),
            "unsupported_specificity",
            "The provider writes depression. Major depressive disorder is another diagnosis.",
            cited(code, "I.A.19"),
        )


def pain_codes(work: Work) -> Mistakes:
    """Use G89 where it does not belong, or the wrong one (I.C.6.b)."""
    facts = work.coded
    chronic = pain_term_code("chronic", work.find)
    if facts.pain_term:
        yield from _with_the_word(work, chronic)
    elif facts.duration == "months" and facts.problem in SYMPTOMS and work.facts.suspected == "none":
        why = "Months of pain are not chronic pain until the provider calls it chronic; the code set gives no number of weeks."
        yield Wrong((work.main[0], chronic), "unsupported_specificity", why, cited("I.C.6.b"))
    elif facts.problem not in SYMPTOMS and facts.phase == "" and facts.duration == "months":
        why = f"The cause of the pain is known, {said.diagnosis(facts)}, and it is treated; G89 adds nothing."
        yield Wrong((work.main[0], chronic), "g89_misuse", why, cited("I.C.6.b.1.a"))


def _with_the_word(work: Work, chronic: str) -> Mistakes:
    facts = work.coded
    site = work.problem_code
    if facts.problem not in SYMPTOMS and facts.purpose != "pain control":
        why = f"The cause is known and is what the visit treats: {said.diagnosis(facts)}. G89 is for visits for pain control then."
        yield Wrong((site, chronic), "g89_misuse", why, cited("I.C.6.b.1.a"))
        yield Wrong(
            (chronic, site), "g89_misuse", f"{why} It does not come first either.", cited("I.C.6.b.1.a")
        )
        return
    if facts.purpose == "pain control":
        yield from _half_of_pain_control(work)
    yield from _other_term(work, chronic)


def _half_of_pain_control(work: Work) -> Mistakes:
    """Leave out the pain, or where and why it hurts."""
    word = "chronic pain syndrome" if work.coded.pain_term == "syndrome" else "chronic pain"
    codes = work.answer.codes
    why = f"The visit is for pain control and the provider writes {word}; that code is missing, and it comes first."
    yield Wrong(tuple(c for c in codes if not c.startswith("G89")), "under_coded", why, cited("I.C.6.b.1"))
    why = f"The pain code does not say where. The site or cause is documented as well: {said.diagnosis(work.coded)}."
    yield Wrong(tuple(c for c in codes if c != work.problem_code), "under_coded", why, cited("I.C.6.b.1.b"))


def _other_term(work: Work, chronic: str) -> Mistakes:
    """Take chronic pain for chronic pain syndrome, and the reverse."""
    syndrome = pain_term_code("syndrome", work.find)
    if work.coded.pain_term == "syndrome":
        why = "The provider writes chronic pain syndrome, which has its own code."
        yield one(chronic, "unspecified_when_specific", why, "G89.4", "I.C.6.b.5")
        why = "Chronic pain and chronic pain syndrome are kept apart by an Excludes1 note at G89.2."
        yield Wrong((syndrome, chronic), "excludes1", why, cited("G89.2 Excludes1", "I.A.12.a"))
    else:
        why = "Chronic pain is not chronic pain syndrome: that is a diagnosis of its own, and the provider has to make it."
        yield one(syndrome, "unsupported_specificity", why, "G89.4", "I.C.6.b.5")
