"""Osteoporosis: a current fracture, a healed one, and none (I.C.13.d)."""

import pytest


@pytest.mark.parametrize(
    ("phase", "healing", "seventh"),
    [
        ("initial", "active", "A"),
        ("subsequent", "routine", "D"),
        ("subsequent", "delayed", "G"),
        ("subsequent", "nonunion", "K"),
    ],
)
def test_a_current_fracture_is_in_one_code_with_the_osteoporosis(coded, phase, healing, seventh):
    """I.C.13.d.2: M80 whatever the trauma, with the character of its stage."""
    answer = coded(
        problem="osteoporotic fracture",
        level="T8",
        region="thoracic",
        bone="senile",
        phase=phase,
        healing=healing,
        event="bed",
    )
    assert answer.codes == (f"M80.08X{seventh}",)


def test_a_healed_fracture_is_history(coded):
    """I.C.13.d.1: M81 with the history after it; without an old fracture no history."""
    assert coded(problem="osteoporosis", bone="senile", healed_fracture="past").codes == ("M81.0", "Z87.310")
    assert coded(problem="osteoporosis", bone="senile").codes == ("M81.0",)


def test_back_pain_beside_osteoporosis_keeps_its_place(coded):
    """Pain that brings the patient in comes first, the osteoporosis that is treated after it."""
    answer = coded(
        problem="pain", region="thoracic", managed="osteoporosis", bone="unstated", healed_fracture="past"
    )
    assert answer.codes == ("M54.6", "M81.0", "Z87.310")
