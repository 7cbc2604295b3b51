"""Marked passages: those that decide count, others cost, neutral ones do neither."""

import pytest

from grader.answers import PassagesAnswer
from grader.library.passages import passages
from grader.scoring.evidence import score_evidence
from grader.scoring.findings import Unscorable
from tests.scoring.items import CASE, EVIDENCE, EVIDENCE_KEY

PLACES = {text: place for place, text in passages([(d.title, d.text) for d in CASE.documents]).items()}


def marked(*texts: str) -> PassagesAnswer:
    """Marks on these sentences."""
    return PassagesAnswer(tuple(PLACES[text] for text in texts))


@pytest.mark.parametrize(
    ("texts", "points"),
    [
        (("Lumbar strain.", "He lifted a box."), 3),
        (("Lumbar strain.", "He lifted a box.", "Rest."), 3),
        (("Lumbar strain.",), 2),
        (("Lumbar strain.", "It aches."), 4 / 3),
        (("It aches.",), 0),
    ],
)
def test_deciding_passages_count_and_others_cost(texts, points):
    """Points are those of the passages found ÷ (all + others marked)."""
    assert score_evidence(marked(*texts), EVIDENCE_KEY, EVIDENCE, CASE).points == pytest.approx(points)


def test_findings_quote_the_record():
    """What was marked wrongly is quoted with its reason, what was not marked with its own."""
    score = score_evidence(marked("It aches.", "Lumbar strain."), EVIDENCE_KEY, EVIDENCE, CASE)
    said = {finding.kind: (finding.message, finding.evidence) for finding in score.findings}
    assert said["wrong_passage"] == ("A symptom.", "It aches.")
    assert said["missed"] == ("Not marked: The cause.", "lifted a box")


def test_no_mark_and_unknown_marks_are_unscorable():
    """Nothing marked is blank; a passage that the record does not have is not scored."""
    assert score_evidence(PassagesAnswer(()), EVIDENCE_KEY, EVIDENCE, CASE).blank
    assert isinstance(score_evidence(PassagesAnswer(("9.9",)), EVIDENCE_KEY, EVIDENCE, CASE), Unscorable)
