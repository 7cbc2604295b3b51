"""The coding rules, each a small function with its citation: from the facts of an encounter to its codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader.family.derive import bone, coexisting, external, injury, pain, spine, uncertain, urinary
from grader.family.derive.find import Finder
from grader.family.derive.line import Answer, Line, May, cited
from grader.family.facts import Facts

__all__ = ["PROBLEMS", "Answer", "Finder", "derive"]

PROBLEMS: dict[str, Callable[[Facts, Finder], list[Line]]] = {
    "pain": spine.pain,
    "vertebrogenic": spine.vertebrogenic,
    "sciatica": spine.sciatica,
    "lumbago with sciatica": spine.sciatica,
    "radiculopathy": spine.radiculopathy,
    "displacement": spine.displacement,
    "degeneration": spine.degeneration,
    "spondylosis": spine.spondylosis,
    "stenosis": spine.stenosis,
    "osteomyelitis": spine.infection,
    "discitis": spine.infection,
    "strain": injury.soft_tissue,
    "sprain": injury.soft_tissue,
    "strain and sprain": injury.soft_tissue,
    "vertebral fracture": injury.fracture,
    "osteoporotic fracture": bone.osteoporotic_fracture,
    "osteoporosis": bone.osteoporosis,
    "flank pain": urinary.flank_pain,
    "renal colic": urinary.renal_colic,
    "kidney stone": urinary.stone,
    "ureter stone": urinary.stone,
    "both stones": urinary.stone,
    "stone with hydronephrosis": urinary.stone,
    "pyelonephritis": urinary.stone,
}
"""The rule that codes each problem."""

_EQUALS = ("strain and sprain",)
_OSTEOPOROSIS = ("osteoporosis", "osteoporotic fracture")


def derive(facts: Facts, find: Finder) -> Answer:
    """Return the codes that the facts support, in order.

    Parameters
    ----------
    facts
        The encounter.
    find
        The tabular list.
    """
    coded = uncertain.settled(facts)
    lines = [_told_of(line, facts) for line in PROBLEMS[coded.problem](coded, find)]
    main = pain.with_chronic_pain(coded, lines, find)
    others = pain.without_the_word(coded, lines, main)
    more = [*pain.opioids(coded, find), *coexisting.managed(coded, find)]
    optional = (
        *coexisting.mentioned(facts, find),
        *external.external_causes(facts, find),
        *_bisphosphonates(facts, find),
    )
    return Answer(
        expected=(*main, *more),
        optional=optional,
        others=() if more else tuple(others),
        ordered=bool(more) or not _equals(coded, main),
        main=len(main),
    )


def _told_of(line: Line, facts: Facts) -> Line:
    """Say why a diagnosis that was not certain is coded, where it is."""
    if not uncertain.counts(facts) or facts.certainty == uncertain.ESTABLISHED:
        return line
    why = f"{line.why} At discharge it is documented as “{facts.certainty}”, and for an inpatient stay that is coded as if it were established."
    return replace(line, why=why, cite=(*line.cite, *cited("II.H")))


def _bisphosphonates(facts: Facts, find: Finder) -> list[May]:
    if facts.problem in _OSTEOPOROSIS or "osteoporosis" in facts.managed:
        return [bone.bisphosphonate(find)]
    return []


def _equals(facts: Facts, main: list[Line]) -> bool:
    """Tell whether the codes of the problem are equals, so that none of them must be first."""
    if len(main) < 2:
        return False
    return facts.side == "both" or facts.problem in _EQUALS or facts.problem == "degeneration"
