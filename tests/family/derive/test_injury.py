"""Strains, sprains and fractures of a sound bone: chapter, kind and phase."""

import pytest


@pytest.mark.parametrize(
    ("problem", "region", "bases"),
    [
        ("strain", "cervical", ["S16.1XX"]),
        ("strain", "thoracic", ["S29.012"]),
        ("strain", "lumbar", ["S39.012"]),
        ("sprain", "cervical", ["S13.4XX"]),
        ("sprain", "thoracic", ["S23.3XX"]),
        ("sprain", "lumbar", ["S33.5XX"]),
        ("strain and sprain", "lumbar", ["S39.012", "S33.5XX"]),
    ],
)
@pytest.mark.parametrize(("phase", "seventh"), [("initial", "A"), ("subsequent", "D")])
def test_strain_and_sprain_by_region_and_phase(coded, problem, region, bases, phase, seventh):
    """I.C.13.b, I.C.19.a: a current injury is of chapter 19, with the character of its phase in the seventh place."""
    answer = coded(problem=problem, region=region, phase=phase)
    assert list(answer.codes) == [f"{code}{seventh}" for code in bases]
    assert answer.ordered == (len(bases) == 1)


@pytest.mark.parametrize(
    ("phase", "wound", "healing", "seventh"),
    [
        ("initial", "closed", "active", "A"),
        ("initial", "unstated", "active", "A"),
        ("initial", "open", "active", "B"),
        ("subsequent", "", "routine", "D"),
        ("subsequent", "", "delayed", "G"),
        ("subsequent", "", "nonunion", "K"),
    ],
)
def test_a_fracture_by_stage(coded, phase, wound, healing, seventh):
    """I.C.19.c: closed unless the record says open; D, G and K as healing is documented."""
    answer = coded(
        problem="vertebral fracture",
        level="T12",
        region="thoracic",
        break_type="wedge",
        phase=phase,
        wound=wound,
        healing=healing,
    )
    assert answer.codes == (f"S22.080{seventh}",)


@pytest.mark.parametrize(
    ("level", "break_type", "base"),
    [
        ("T4", "wedge", "S22.040"),
        ("T6", "stable burst", "S22.051"),
        ("T11", "unstable burst", "S22.082"),
        ("L1", "unstated", "S32.019"),
        ("L4", "unstable burst", "S32.042"),
    ],
)
def test_a_fracture_by_level_and_type(coded, level, break_type, base):
    """Vertebra and type as documented; a type that is not stated is not chosen."""
    answer = coded(
        problem="vertebral fracture",
        level=level,
        break_type=break_type,
        phase="initial",
        wound="closed",
        healing="active",
    )
    assert answer.codes == (f"{base}A",)


def test_a_sequela_follows_what_it_left(coded):
    """I.B.10: the lasting pain first, the injury with S after it."""
    answer = coded(
        problem="vertebral fracture", level="L1", region="lumbar", break_type="wedge", phase="sequela"
    )
    assert answer.codes == ("M54.50", "S32.010S") and answer.ordered
