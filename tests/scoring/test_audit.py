"""An audit: each code judged, missing codes found, none invented."""

import pytest

from grader.answers import AuditAnswer
from grader.scoring.audit import score_audit
from grader.scoring.findings import Unscorable
from tests.scoring.items import AUDIT, AUDIT_KEY


@pytest.mark.parametrize(
    ("verdicts", "missing", "points"),
    [
        ({"M54.50": "wrong", "S39.012A": "right"}, ("e119",), 3),
        ({"M54.50": "wrong", "S39.012A": "right"}, (), 2),
        ({"M54.50": "right", "S39.012A": "right"}, ("E11.9",), 2),
        ({"M54.50": "wrong", "S39.012A": "right"}, ("E11.9", "I10"), 3 * 3 / 4),
        ({"M54.50": "right"}, (), 0),
    ],
)
def test_verdicts_and_missing_codes_count_alike(verdicts, missing, points, codes):
    """Points are what is right ÷ (all parts + codes wrongly called missing)."""
    score = score_audit(AuditAnswer(verdicts, missing), AUDIT_KEY, AUDIT, codes)
    assert score.points == pytest.approx(points)


def test_each_part_is_explained(codes):
    """A wrong verdict, an open one, a missed code and an invented one each get a finding."""
    score = score_audit(AuditAnswer({"M54.50": "right"}, ("I10",)), AUDIT_KEY, AUDIT, codes)
    assert [finding.kind for finding in score.findings] == [
        "wrong_verdict",
        "missed",
        "missed",
        "unsupported",
    ]
    assert "The strain explains it" in score.findings[0].message


def test_nothing_and_nonsense_are_unscorable(codes):
    """No judgement is blank; a verdict on a code that was not reported is not scored."""
    assert score_audit(AuditAnswer({}, ()), AUDIT_KEY, AUDIT, codes).blank
    for verdicts in ({"I10": "right"}, {"M54.50": "maybe"}):
        assert isinstance(score_audit(AuditAnswer(verdicts, ()), AUDIT_KEY, AUDIT, codes), Unscorable)
