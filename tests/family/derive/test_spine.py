"""Pain and diseases of the spine: each rule in both directions."""

import pytest


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"problem": "pain", "region": "cervical"}, ["M54.2"]),
        ({"problem": "pain", "region": "thoracic"}, ["M54.6"]),
        ({"problem": "pain", "region": "lumbar"}, ["M54.50"]),
        ({"problem": "pain", "region": "whole"}, ["M54.9"]),
        ({"problem": "pain", "region": "lumbar", "second": "cervical"}, ["M54.50", "M54.2"]),
        ({"problem": "pain", "region": "cervical", "second": "lumbar"}, ["M54.2", "M54.50"]),
        ({"problem": "vertebrogenic"}, ["M54.51"]),
    ],
)
def test_pain_without_a_cause_is_coded_by_region(coded, values, expected):
    """Each documented region has its code, the chief one first; no region has M54.9."""
    assert list(coded(**values).codes) == expected


@pytest.mark.parametrize(
    ("side", "alone", "with_back"),
    [
        ("right", ["M54.31"], ["M54.41"]),
        ("left", ["M54.32"], ["M54.42"]),
        ("both", ["M54.31", "M54.32"], ["M54.41", "M54.42"]),
        ("unstated", ["M54.30"], ["M54.40"]),
    ],
)
def test_sciatica_by_side_and_with_low_back_pain_in_one_code(coded, side, alone, with_back):
    """I.B.9 and I.B.13: the combination code only with low back pain; both sides are two codes, equals."""
    assert list(coded(problem="sciatica", side=side).codes) == alone
    answer = coded(problem="lumbago with sciatica", side=side)
    assert list(answer.codes) == with_back and answer.ordered == (side != "both")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"region": "lumbar", "level": "L4-L5"}, "M51.26"),
        ({"region": "lumbar", "level": "L4-L5", "nerve": "radiculopathy"}, "M51.16"),
        ({"region": "lumbosacral", "level": "L5-S1", "nerve": "radiculopathy"}, "M51.17"),
        ({"region": "thoracic", "level": "T7-T8", "nerve": "myelopathy"}, "M51.04"),
        ({"region": "cervical", "level": "C5-C6"}, "M50.222"),
        ({"region": "cervical", "level": "C3-C4", "nerve": "radiculopathy"}, "M50.11"),
        ({"region": "cervicothoracic", "level": "C7-T1", "nerve": "myelopathy"}, "M50.03"),
    ],
)
def test_a_displaced_disc_by_level_and_nerve(coded, values, code):
    """The disc code holds its radiculopathy or myelopathy, and nothing of them where they are denied."""
    assert coded(problem="displacement", **values).codes == (code,)


@pytest.mark.parametrize(
    ("pattern", "last"), [("back", "0"), ("leg", "1"), ("back and leg", "2"), ("neither", "9")]
)
def test_disc_degeneration_by_pattern_of_pain(coded, pattern, last):
    """The last character is the pattern; two regions are two codes, equals."""
    assert coded(problem="degeneration", pattern=pattern).codes == (f"M51.36{last}",)
    answer = coded(problem="degeneration", pattern=pattern, second="lumbosacral")
    assert answer.codes == (f"M51.36{last}", f"M51.37{last}") and not answer.ordered


def test_spondylosis_by_region_and_nerve(coded):
    """Radiculopathy that is linked is in the code; a second region has its own."""
    assert coded(problem="spondylosis", region="cervical").codes == ("M47.812",)
    assert coded(problem="spondylosis", region="thoracic", nerve="myelopathy").codes == ("M47.14",)
    answer = coded(problem="spondylosis", region="lumbar", nerve="radiculopathy", second="cervical")
    assert answer.codes == ("M47.26", "M47.812") and answer.ordered


@pytest.mark.parametrize(
    ("claudication", "code"), [("with", "M48.062"), ("without", "M48.061"), ("unstated", "M48.061")]
)
def test_lumbar_stenosis_by_claudication(coded, claudication, code):
    """Silence counts as without; other regions do not ask."""
    assert coded(problem="stenosis", claudication=claudication).codes == (code,)
    assert coded(problem="stenosis", region="cervical").codes == ("M48.02",)
