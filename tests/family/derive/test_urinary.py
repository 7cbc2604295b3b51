"""Flank pain and stones."""

import pytest


@pytest.mark.parametrize(
    ("problem", "side", "code"),
    [
        ("flank pain", "right", "R10.A1"),
        ("flank pain", "left", "R10.A2"),
        ("flank pain", "both", "R10.A3"),
        ("flank pain", "unstated", "R10.A0"),
        ("renal colic", "left", "N23"),
        ("kidney stone", "left", "N20.0"),
        ("ureter stone", "left", "N20.1"),
        ("both stones", "left", "N20.2"),
        ("stone with hydronephrosis", "left", "N13.2"),
    ],
)
def test_pain_by_side_and_stones_by_place(coded, problem, side, code):
    """The symptom has a side, the stone takes the place of its pain, and combinations are one code."""
    assert coded(problem=problem, side=side).codes == (code,)
