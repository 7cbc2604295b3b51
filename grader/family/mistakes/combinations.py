"""Mistakes with combination codes: the parts in place of the whole, and a whole that is not there."""

from __future__ import annotations

from dataclasses import replace

from grader.family.derive import said, urinary
from grader.family.derive.line import cited
from grader.family.derive.spine import degeneration_code, disc_code, pain_code, sciatica, stenosis_code
from grader.family.facts import Facts
from grader.family.mistakes.work import Mistakes, Work, Wrong, one


def splits_sciatica(work: Work) -> Mistakes:
    """Report low back pain and sciatica apart, or one of them alone (I.B.9, I.A.12.a)."""
    facts = work.coded
    low = pain_code("lumbar", work.find)
    if facts.problem == "lumbago with sciatica":
        apart = tuple(line.code for line in sciatica(replace(facts, problem="sciatica"), work.find))
        why = "Low back pain with sciatica has a combination code; Excludes1 notes at M54.5 and M54.3 keep the separate codes off the same claim."
        yield Wrong((low, *apart), "excludes1", why, cited("M54.5 and M54.3 Excludes1", "I.A.12.a", "I.B.9"))
        yield Wrong(
            (low,),
            "combination_missed",
            "You have the back and lost the leg. The note at M54.5 sends low back pain with sciatica to M54.4-.",
            cited("M54.5 Excludes1", "I.B.9"),
        )
        yield Wrong(
            apart,
            "combination_missed",
            "You have the leg and lost the back. The note at M54.3 sends sciatica with low back pain to M54.4-.",
            cited("M54.3 Excludes1", "I.B.9"),
        )
    elif facts.problem == "sciatica":
        whole = tuple(
            line.code for line in sciatica(replace(facts, problem="lumbago with sciatica"), work.find)
        )
        why = (
            "This code has low back pain in it. The provider diagnoses sciatica and denies pain in the back."
        )
        yield Wrong(whole, "unsupported_specificity", why, cited("M54.4", "I.A.19"))


def drops_the_nerve(work: Work) -> Mistakes:
    """Code the disc or the spondylosis without the nerve that the provider links, or the two apart (I.B.9)."""
    facts = work.coded
    if facts.problem not in ("displacement", "spondylosis") or facts.nerve == "none":
        return
    plain = _same_disease(facts, "none", work)
    why = f"The provider links {facts.nerve} with it. This code denies or leaves out what the combination code says."
    yield Wrong((plain,), "combination_missed", why, cited(plain, "I.B.9"))
    if facts.nerve == "radiculopathy":
        root = work.below("M54.1", f"{facts.region} region")
        why = "The radiculopathy is in the combination code, and the Excludes1 note at M54.1 keeps the root away from its cause."
        yield Wrong((plain, root), "excludes1", why, cited("M54.1 Excludes1", "I.A.12.a", "I.B.9"))
        yield Wrong(
            (root,),
            "symptom_with_diagnosis",
            "The cause of the radiculopathy is established; M54.1- is for roots without a known cause.",
            cited("M54.1 Excludes1", "I.B.4"),
        )


def adds_a_nerve(work: Work) -> Mistakes:
    """Code radiculopathy that the provider denies (I.A.19)."""
    facts = work.coded
    if facts.problem not in ("displacement", "spondylosis") or facts.nerve != "none":
        return
    code = _same_disease(facts, "radiculopathy", work)
    yield Wrong(
        (code,),
        "unsupported_specificity",
        "The provider says that there is no radiculopathy.",
        cited(code, "I.A.19"),
    )


def _same_disease(facts: Facts, nerve: str, work: Work) -> str:
    if facts.problem == "displacement":
        return disc_code(nerve, facts.region, facts.level, work.find)
    place = {"none": "M47.81", "radiculopathy": "M47.2"}[nerve]
    return work.below(place, f"{facts.region} region")


def other_disc_disease(work: Work) -> Mistakes:
    """Take displacement for degeneration and the reverse."""
    facts = work.coded
    if facts.region not in ("lumbar", "lumbosacral"):
        return
    if facts.problem == "displacement":
        code = degeneration_code(
            facts.region, "back and leg" if facts.nerve == "radiculopathy" else "back", work.find
        )
        yield Wrong(
            (code,),
            "wrong_site_or_type",
            "The provider diagnoses a displaced disc, not a degenerated one.",
            cited(code, "I.A.19"),
        )
    elif facts.problem == "degeneration":
        code = disc_code("none", facts.region, "", work.find)
        yield Wrong(
            (code,),
            "wrong_site_or_type",
            "The provider diagnoses degeneration. No disc is said to be displaced.",
            cited(code, "I.A.19"),
        )


def other_pattern(work: Work) -> Mistakes:
    """Take another pattern of pain for disc degeneration."""
    facts = work.coded
    if facts.problem != "degeneration":
        return
    told = {
        "back": "back pain only",
        "leg": "leg pain only",
        "back and leg": "pain of back and leg",
        "neither": "no pain from the discs",
    }
    for pattern in told:
        if pattern != facts.pattern:
            code = degeneration_code(facts.region, pattern, work.find)
            error = "unspecified_when_specific" if pattern == "neither" else "unsupported_specificity"
            if facts.pattern == "back and leg":
                error = "combination_missed"
            yield Wrong(
                (code,),
                error,
                f"This code is for {told[pattern]}. The provider documents {told[facts.pattern]}.",
                cited(code, "I.B.2"),
            )
    if facts.pattern in ("back", "back and leg"):
        two = (degeneration_code(facts.region, "neither", work.find), pain_code("lumbar", work.find))
        why = "The pain is not coded beside the disc: the last character of the disc code says it."
        yield Wrong(two, "combination_missed", why, cited("M51.36 and M51.37", "I.B.5", "I.B.9"))


def other_claudication(work: Work) -> Mistakes:
    """Take lumbar stenosis with claudication for that without, and the reverse; or claudication for a vessel's."""
    facts = work.coded
    if facts.problem != "stenosis" or "lumbar" not in (facts.region, facts.second):
        return
    wanted = "without" if facts.claudication == "with" else "with"
    code = stenosis_code("lumbar", wanted, work.find)
    if wanted == "with":
        told = "says that there is none" if facts.claudication == "without" else "does not mention it"
        yield Wrong(
            (code,),
            "unsupported_specificity",
            f"Neurogenic claudication is not documented: the provider {told}.",
            cited(code, "I.A.19"),
        )
    else:
        yield Wrong(
            (code,),
            "under_coded",
            "The provider documents neurogenic claudication; this code denies it.",
            cited(code, "I.B.2"),
        )
        vessel = work.below("I73.9")
        why = "The claudication is called neurogenic. This code is for disease of the blood vessels."
        yield Wrong((vessel,), "wrong_site_or_type", why, cited(code, "I.A.19"))
    why = "M48.06 is a heading: a 6th character tells whether there is neurogenic claudication."
    yield Wrong(("M48.06",), "invalid_code", why, cited("M48.06", "I.B.2"))


_STONES = {
    "kidney stone": "N20.1", "ureter stone": "N20.0", "both stones": "N20.0", "stone with hydronephrosis": "N20.1",
}  # fmt: skip
_COMBINED = ("both stones", "stone with hydronephrosis")


def other_stone(work: Work) -> Mistakes:
    """Take a stone of another place or of none, or code the pain of a stone."""
    problem = work.coded.problem
    if problem not in _STONES:
        return
    other = work.below(_STONES[problem])
    error = "combination_missed" if problem in _COMBINED else "wrong_site_or_type"
    why = (
        f"The provider diagnoses {said.diagnosis(work.coded)}. This code says something else, or half of it."
    )
    yield one(other, error, why, other, "I.B.2")
    why = "Colic is how a stone hurts. The stone is established, so the pain is not coded."
    yield one(work.below("N23"), "symptom_with_diagnosis", why, "N23", "I.B.4", "I.B.5")
    vague = work.below("N20.9")
    why = f"The record tells where it is: {said.diagnosis(work.coded)}."
    yield one(vague, "unspecified_when_specific", why, vague, "I.B.2")


def splits_the_stone(work: Work) -> Mistakes:
    """Report the parts of a combination of stones apart (I.B.9, I.A.12.a)."""
    if work.coded.problem == "stone with hydronephrosis":
        two = (work.below("N20.1"), work.below("N13.30"))
        why = "A stone with hydronephrosis has one code; the Excludes1 note at N20 sends it to N13.2."
        yield Wrong(two, "excludes1", why, cited("N20 Excludes1", "I.A.12.a", "I.B.9"))
    elif work.coded.problem == "both stones":
        two = (work.below("N20.0"), work.below("N20.1"))
        why = "Kidney and ureter together have one code."
        yield Wrong(two, "combination_missed", why, cited("N20.2", "I.B.9"))


def vague_infection(work: Work) -> Mistakes:
    """Take an infection of the kidney for one of no stated place, or for pain of the back."""
    if work.coded.problem == "pyelonephritis":
        vague = work.below("N39.0")
        yield Wrong(
            (vague,),
            "unspecified_when_specific",
            "The place of the infection is named: the kidney.",
            cited(vague, "I.B.2"),
        )
        stone = work.below("N20.0")
        yield Wrong((stone,), "wrong_site_or_type", "No stone is diagnosed.", cited(stone, "I.A.19"))


_OF_THE_FLANK = ("flank pain", "renal colic", *_STONES)


def flank_and_back(work: Work) -> Mistakes:
    """Code the pain of the flank as pain of the back, of the belly, or as colic."""
    problem = work.coded.problem
    if problem not in _OF_THE_FLANK:
        return
    low = pain_code("lumbar", work.find)
    why = "The provider does not diagnose low back pain. The pain comes from the flank."
    yield one(low, "wrong_site_or_type", why, low, "I.A.19")
    if problem == "flank pain":
        why = "The pain has a place: flank pain has codes of its own."
        yield one(work.below("R10.9"), "unspecified_when_specific", why, "R10.A", "I.B.2")
        why = "The provider writes flank pain, not renal colic."
        yield one(work.below("N23"), "unsupported_specificity", why, "N23", "I.A.19")


def flank_pain_instead(work: Work) -> Mistakes:
    """Code the complaint in place of, or beside, the diagnosis that explains it."""
    facts = work.coded
    if (
        facts.problem not in _OF_THE_FLANK
        or facts.problem == "flank pain"
        or facts.side not in ("right", "left")
    ):
        return
    code = urinary.flank_pain(replace(facts, problem="flank pain"), work.find)[0].code
    why = f"Flank pain is the complaint. The provider's diagnosis is {said.diagnosis(facts)}."
    yield one(code, "symptom_with_diagnosis", why, "I.B.4", "I.B.5")
    if facts.problem == "renal colic":
        why = "Renal colic and pain of the flank are kept apart by the Excludes1 note at R10."
        yield Wrong((work.problem_code, code), "excludes1", why, cited("R10 Excludes1", "I.A.12.a"))
        stone = work.below("N20.9")
        why = "No stone is established. The provider's diagnosis is renal colic."
        yield one(stone, "unsupported_specificity", why, stone, "I.A.19")
