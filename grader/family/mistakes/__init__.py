"""Wrong answers, each made by one mistake applied to the facts or the codes, with the reason that teaches."""

from __future__ import annotations

from collections.abc import Callable

from grader.family.derive import uncertain
from grader.family.derive.find import Finder
from grader.family.derive.line import Answer
from grader.family.facts import Facts
from grader.family.mistakes import certainty, codes, combinations, fractures, injuries, others, symptoms
from grader.family.mistakes.work import Mistakes, Work, Wrong

__all__ = ["MISTAKES", "Wrong", "mistakes"]

MISTAKES: tuple[Callable[[Work], Mistakes], ...] = (
    certainty.codes_the_suspicion,
    certainty.refuses_the_suspicion,
    certainty.adds_the_symptom,
    certainty.the_other_suspicion,
    others.swaps_the_order,
    others.omits_the_managed,
    others.omits_what_a_note_asks,
    others.other_condition,
    others.pain_codes,
    fractures.sequela_mistakes,
    fractures.osteoporotic_mistakes,
    fractures.healed_mistakes,
    injuries.cause_first,
    injuries.circumstances_too_late,
    codes.leaves_out_the_seventh,
    injuries.other_phase,
    fractures.other_stage,
    injuries.other_tissue,
    fractures.other_break,
    fractures.disease_of_bone,
    injuries.aftercare,
    injuries.muscle_spasm,
    fractures.pain_of_old,
    combinations.splits_sciatica,
    combinations.drops_the_nerve,
    combinations.adds_a_nerve,
    combinations.other_pattern,
    combinations.other_claudication,
    combinations.other_disc_disease,
    combinations.other_stone,
    combinations.splits_the_stone,
    combinations.flank_and_back,
    combinations.flank_pain_instead,
    combinations.vague_infection,
    symptoms.integral_symptom,
    symptoms.symptom_instead,
    symptoms.pain_everywhere,
    symptoms.other_region_of_pain,
    symptoms.one_region_of_two,
    symptoms.plain_kind,
    symptoms.radiculopathy_for_sciatica,
    symptoms.guesses_the_disc,
    symptoms.leg_pain,
    codes.takes_the_heading,
    codes.other_side,
    codes.one_side_of_two,
    codes.neighboring_region,
    codes.says_less,
    injuries.invents_an_injury,
    symptoms.back_pain_unspecified,
)
"""Every mistake, the one that teaches most first: of two with the same codes the first is kept."""


def mistakes(facts: Facts, answer: Answer, find: Finder) -> list[Wrong]:
    """Return the mistakes that this encounter invites and that lose points, each set of codes once."""
    work = Work(facts, uncertain.settled(facts), answer, find)
    kept: dict[tuple[str, ...], Wrong] = {}
    for make in MISTAKES:
        for wrong in make(work):
            if _loses(wrong, answer):
                kept.setdefault(_identity(wrong), wrong)
    return list(kept.values())


def _identity(wrong: Wrong) -> tuple[str, ...]:
    """Return what tells two mistakes apart: their codes, and their order only where order is the mistake."""
    ordered = wrong.error in ("sequencing", "external_cause_first")
    return ("in order", *wrong.codes) if ordered else tuple(sorted(wrong.codes))


def _loses(wrong: Wrong, answer: Answer) -> bool:
    """Tell whether the codes are no full answer: an extra code, one too few, or the first one out of place."""
    reported = set(wrong.codes)
    free = {may.code for may in answer.optional}
    extra = reported - set(answer.codes) - free
    if wrong.error in ("sequencing", "external_cause_first"):
        return answer.ordered and wrong.codes[0] != answer.codes[0] and answer.codes[0] in reported
    if extra:
        return all(reported - free != set(other.codes) for other in answer.others)
    return not set(answer.codes) <= reported
