"""A claim is repaired where it is wrong, and nowhere else."""

import pytest

from grader.answers import FieldsAnswer
from grader.scoring.claim_repair import score_repair
from grader.scoring.findings import Unscorable
from tests.scoring.items import REPAIR, REPAIR_KEY


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({"box21a": "M54.50", "box22": "7"}, 4),
        ({"box21a": "m5450", "box22": " 7 "}, 4),
        ({"box21a": "M54.50"}, 3),
        ({"box21a": "M51.16", "box22": "7"}, 1),
        ({"box21a": "M54.50", "box22": "7", "box28": "1.00"}, 4 * 4 / 6),
        ({"box21a": "M54.50", "box22": "7", "box28": " 142.00"}, 4),
        ({"box28": "14200"}, 0),
        ({"box21a": "M5.450", "box22": "7"}, 1),
        ({"box21a": "M54.50", "box22": "7", "box28": "$142"}, 4),
        ({"box21a": "M54.50", "box22": "7", "box24a": "2026-10-15"}, 4),
        ({"box21a": "M54.50", "box22": "7", "box24a": "10152026"}, 4),
        ({"box21a": "M54.50", "box22": "7", "box24a": "10/16/2026"}, 4 * 4 / 6),
    ],
)
def test_repairs_count_and_other_changes_cost(fields, points):
    """Spelling of a code does not matter; a field changed without need lowers the score."""
    assert score_repair(FieldsAnswer(fields), REPAIR_KEY, REPAIR).points == pytest.approx(points)


def test_each_change_gets_its_reason():
    """A wrong value, an unrepaired field and a needless change are each explained."""
    score = score_repair(FieldsAnswer({"box21a": "M51.16", "box28": "1"}), REPAIR_KEY, REPAIR)
    said = {finding.kind: finding.message for finding in score.findings}
    assert "another illness" in " ".join(f.message for f in score.findings)
    assert "Box 22 is still empty" in said["missed"] and "The charge was right" in said["wrong_change"]


def test_a_diagnosis_changed_for_payment_fails_the_case():
    """The foreseen change for payment fails; another wrong value does not."""
    bought = score_repair(FieldsAnswer({"box21a": "M51.16"}), REPAIR_KEY, REPAIR)
    wrong = score_repair(FieldsAnswer({"box21a": "M54.9"}), REPAIR_KEY, REPAIR)
    assert bought.failed == ("a diagnosis was changed to obtain payment",) and wrong.failed == ()


@pytest.mark.parametrize("fields", [{}, {"box21a": "M54.5 "}, {"box99": "x"}])
def test_an_untouched_claim_is_blank(fields):
    """Values as sent are no answer; a field that is not there is not scored."""
    score = score_repair(FieldsAnswer(fields), REPAIR_KEY, REPAIR)
    assert isinstance(score, Unscorable) and score.blank == ("box99" not in fields)
