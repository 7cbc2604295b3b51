"""A trainee's name is one that files, pages and the gradebook can keep."""

import pytest

from grader.grading.intake.submission import HandedIn, name_fault, take_in
from tests.grading.intake.handing_in import RELEASED, UNIT


@pytest.mark.parametrize(
    "name", ["ana", "O'Brien", "Zoë", "ana+1", "李雷", "a.b@c.org", "Ana María", "x" * 128, "é" * 120, "a:b;c|d$e`f"]
)  # fmt: skip
def test_ordinary_names_are_fine(name):
    """Names of people and their addresses are kept as they are."""
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        *((name, "cannot be empty") for name in ("", ".", "..", ".ana", " ana", "ana ", "ana\n")),
        *((f"a{c}b", "cannot be seen") for c in "\0\t\x7f\x85\xa0\xad\u034f\u200b\u200d\u202e\u2066\u2800\u3164\ufe0f\ufeff\ud800\U000e0041"),
        *((f"a{c}b", f"has {c} in it") for c in "/\\*?[]<>&\""),
        ("x" * 129, "longer than 128 characters"),
        ("李" * 81, "or 240 bytes"),
    ],
)  # fmt: skip
def test_names_that_cannot_be_kept_are_refused(tmp_path, name, says):
    """Names that hide something, or mean something to files and pages, are refused with what to do."""
    fault = name_fault(name)
    assert says in fault and fault.endswith("Give the trainee's folder another name.")
    assert take_in(tmp_path, name, UNIT, RELEASED) == HandedIn(name, "", None, fault)
