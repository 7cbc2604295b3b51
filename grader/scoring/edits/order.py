"""Which codes may stand first, and which must (Guidelines II, IV.G and the chapters).

Order between two codes of a Code first or Use additional note is in `causes` and `additions`; here are the rules that
the guidelines state for whole groups of codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.scoring.edits.claim import GUIDELINES, TABULAR, Claim, finding, intent
from grader.scoring.findings import Finding


@dataclass(frozen=True, slots=True)
class Group:
    """Codes with one rule on their place: ``codes`` as a list of families, without ``but``; ``what`` completes "M54.9 …"."""

    codes: str
    what: str
    cite: str
    but: str = ""


NEVER_FIRST = (
    Group("V00-Y99", "is an external cause code", f"{GUIDELINES}I.C.20.a.6"),
    Group("B95-B97", "names the organism behind a disease", f"{TABULAR}note at B95-B97; {GUIDELINES}I.B.7"),
    Group("Z68", "records a body mass index", f"{GUIDELINES}I.B.14"),
    Group("R40.2", "records a coma scale", f"{GUIDELINES}I.B.14", but="R40.20, R40.2A"),
    Group("R29.7", "records a stroke scale", f"{GUIDELINES}I.B.14"),
    Group("Z55-Z60, Z62-Z65", "records a social circumstance", f"{GUIDELINES}I.B.14 and I.C.21.c.17"),
    Group("Z28.3", "records that a vaccination is missing", f"{GUIDELINES}I.B.14"),
    Group("Z16", "records a resistance to drugs", f"{TABULAR}Code first note at Z16; {GUIDELINES}I.C.1.c"),
    Group("Z33.1", "says that the patient happens to be pregnant", f"{GUIDELINES}I.C.21.c.3"),
    Group("Z37", "records the outcome of a delivery", f"{GUIDELINES}I.C.21.c.11"),
    Group("Z92.82", "records that tPA was given elsewhere", f"{GUIDELINES}I.C.21.c.3"),
    Group("R65.2", "says how severe a sepsis is", f"{GUIDELINES}I.C.1.d.3"),
    Group("T81.12", "says that a sepsis after a procedure is in shock", f"{GUIDELINES}I.C.1.d.2"),
)  # fmt: skip
"""Codes that only ever add to another one."""

FIRST_ONLY = Group(
    "Z00-Z02, Z04, Z31.81, Z31.83-Z31.84, Z33.2, Z34, Z38-Z39, Z40, Z42, Z51.0-Z51.1, Z52, Z76.1-Z76.2, Z99.12",
    "tells the reason for the whole encounter",
    f"{GUIDELINES}I.C.21.c.15",
    but="Z00.6, Z52.9",
)
"""Z codes that may only be the principal or first-listed diagnosis."""

NEVER_PRINCIPAL = Group(
    "Z28, Z66-Z67, Z79, Z91.1",
    "records a status, which adds to a diagnosis",
    "Medicare Code Editor, edit 9 (unacceptable principal diagnosis)",
)
"""Codes that Medicare refuses as principal diagnosis of a stay; outpatient guidelines say nothing of their place."""

_PAIN = "G89.0, G89.1, G89.2, G89.4"
_SITE_OF_PAIN = "M54, M25.5, M79.6, R10, R07, R51, M79.1, M79.7, K62.89, N94"
_WEIGHT = "E40-E46, E64.0, E66, E68, E88.82, E88.A, F50, O25, O99.21, O26.0-O26.1, P92.6, R62.5-R62.7, R63.3-R63.6, R64, Q87.11"


def never_first(claim: Claim) -> Iterator[Finding]:
    """Find a first code that may only add to another."""
    first = claim.first
    if first is None or not first.known:
        return
    for group in (*NEVER_FIRST, *([NEVER_PRINCIPAL] if claim.care == "inpatient" else [])):
        if first.among(claim.family(group.codes)) and not first.among(claim.family(group.but)):
            message = f"{first.code} {group.what}; such a code is never the {claim.first_named}."
            yield finding("sequence", "error", [first], message, group.cite)
            return
    if first.phase == "sequela":
        message = (
            f"{first.code} tells where a lasting condition comes from. The condition itself comes first, then the "
            "code with the 7th character S."
        )
        yield finding("sequence", "error", [first], message, f"{GUIDELINES}I.B.10 and I.C.19.a")
    elif first.among(claim.family("T36-T50")) and intent(first.bare) == "6":
        message = f"{first.code} is an underdosing; the condition that it made worse comes first."
        yield finding("sequence", "error", [first], message, f"{GUIDELINES}I.C.19.e.5.c")


def first_only(claim: Claim) -> Iterator[Finding]:
    """Find Z codes that must be first and are not."""
    for one in claim.among(claim.family(FIRST_ONLY.codes)):
        if claim.place(one) and not one.among(claim.family(FIRST_ONLY.but)):
            if claim.codes[0].among(claim.family(FIRST_ONLY.codes)):
                continue  # two such reasons: which is first is for the record to say
            message = (
                f"{one.code} {FIRST_ONLY.what}: it is the {claim.first_named} or it is not reported (unless "
                "two encounters of one day are billed together)."
            )
            yield finding("sequence", "error", [one], message, FIRST_ONLY.cite)


def poisoning_first(claim: Claim) -> Iterator[Finding]:
    """Find poisonings and toxic effects that stand behind their manifestations."""
    first = claim.first
    if first is None or not first.known or first.bare[0] in "STVWXYZO":
        return
    for one in claim.among(claim.family("T36-T65")):
        drug = one.bare[:3] <= "T50"
        if one.phase == "initial" and (not drug or intent(one.bare) in "1234"):
            message = (
                f"{one.code} is a {'poisoning' if drug else 'toxic effect'}: it comes before the conditions that it "
                "caused."
            )
            section = "I.C.19.e.5.b" if drug else "I.C.19.e.5.d"
            yield finding("sequence", "warning", [one, first], message, f"{GUIDELINES}{section}")


def pregnancy_first(claim: Claim) -> Iterator[Finding]:
    """Find a code of another chapter before one of chapter 15."""
    first = claim.first
    # O94 tells what a pregnancy left behind and follows it (I.C.15.p.3).
    pregnancy = [one for one in claim.among(claim.family("O00-O9A")) if one.bare[:3] != "O94"]
    if first is None or not first.known or not pregnancy or first.bare[0] in "OVWXYZ":
        return
    message = (
        f"{pregnancy[0].code} belongs before {first.code}: chapter 15 has priority over all other chapters."
    )
    yield finding("sequence", "error", [pregnancy[0], first], message, f"{GUIDELINES}I.C.15.a.1")


def weight_diagnosis(claim: Claim) -> Iterator[Finding]:
    """Find a body mass index without the diagnosis that makes it worth reporting."""
    if claim.among(claim.family(_WEIGHT)):
        return
    for index in claim.among(frozenset(("Z68",))):
        message = (
            f"{index.code} needs a diagnosis that the provider made of the weight, such as obesity or underweight, "
            "before it."
        )
        yield finding("code_first", "warning", [index], message, f"{GUIDELINES}I.B.14 and I.C.21.c.3")


def pain_control(claim: Claim) -> Iterator[Finding]:
    """Advise where a G89 code stands first although the claim names the site or the cause of the pain."""
    first = claim.first
    if first is None or not first.among(claim.family(_PAIN)):
        return
    others = claim.among(claim.family(_SITE_OF_PAIN))
    if others:
        other = min(others, key=lambda one: one.code)
        message = (
            f"{first.code} before {other.code} is right only if the encounter is for pain control; otherwise "
            f"{other.code} comes first."
        )
        yield finding("sequence", "advice", [first, other], message, f"{GUIDELINES}I.C.6.b.1.b")
