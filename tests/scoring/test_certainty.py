"""How sure a message is read: as often right as it says, on messages that a person had read."""

from collections import defaultdict
from collections.abc import Iterable

import pytest

from grader.answers import NoteAnswer
from grader.scoring.certainty import MEASURED, Seen, confidence, fault_reading, reading
from grader.scoring.findings import Finding, Score
from grader.scoring.message import score_message
from tests.scoring.messages import Written, written

BINS = ((0.0, 0.6), (0.6, 0.75), (0.75, 0.9), (0.9, 1.01))


@pytest.fixture(scope="module")
def read(cases, keys) -> list[tuple[Written, Score]]:
    """Every labelled message with its score."""
    found = []
    for message in written("messages.jsonl", cases, keys):
        score = score_message(NoteAnswer(message.text), message.key, message.item, message.record)
        assert isinstance(score, Score)
        found.append((message, score))
    return found


def right(finding: Finding, message: Written) -> bool:
    """Whether a person agrees with a finding."""
    (name,) = finding.subject
    if finding.kind == "fault":
        return name not in message.labels.get("no_fault", ())
    return (finding.kind == "correct") == (name in message.labels["met"])


def judged(read: Iterable[tuple[Written, Score]]) -> list[tuple[float, bool]]:
    """How sure each finding is, and whether it is right."""
    return [
        (finding.confidence, right(finding, message))
        for message, score in read
        for finding in score.findings
        if finding.confidence is not None
    ]


def test_every_criterion_and_fault_says_how_sure_it_is_and_nothing_else_does(read):
    """What was read has a confidence between 0 and 1; a flag has none."""
    for message, score in read:
        for finding in score.findings:
            assert (finding.confidence is None) == (finding.kind == "check_by_hand")
            assert finding.confidence is None or 0 < finding.confidence < 1
        assert 0 <= score.doubt <= score.possible, message.labels["case"]


def test_a_reading_is_as_often_right_as_it_is_sure(read):
    """In each of four bins the mean confidence is within .1 of the share that a person agrees with."""
    pairs = judged(read)
    assert len(pairs) > 500
    for low, high in BINS:
        inside = [(sure, ok) for sure, ok in pairs if low <= sure < high]
        mean = sum(sure for sure, _ in inside) / len(inside)
        assert len(inside) >= 30 and abs(mean - sum(ok for _, ok in inside) / len(inside)) <= 0.1


def test_the_numbers_are_those_of_the_labelled_messages(read):
    """The counts in the code are counted, not chosen."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for message, score in read:
        for kind, ok in kinds(message, score):
            counted[kind][0] += ok
            counted[kind][1] += 1
    assert {kind: tuple(counts) for kind, counts in counted.items()} == MEASURED


def kinds(message: Written, score: Score) -> list[tuple[str, bool]]:
    """The kind of each reading of a message, found by its confidence, and whether it is right."""
    by_confidence = {confidence(kind): kind for kind in MEASURED}
    assert len(by_confidence) == len(MEASURED)
    return [
        (by_confidence[finding.confidence], right(finding, message))
        for finding in score.findings
        if finding.confidence is not None
    ]


def test_it_holds_for_cases_whose_messages_were_not_counted(read):
    """Measured on all other cases, a case's own readings are right about as often as they say: within .15 in three bins."""
    by_case: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for message, score in read:
        by_case[message.labels["case"]] += kinds(message, score)
    pairs = []
    for case, own in by_case.items():
        others = [pair for other, found in by_case.items() if other != case for pair in found]
        for kind, ok in own:
            same = [right for name, right in others if name == kind]
            pairs.append(((sum(same) + 1) / (len(same) + 2), ok))
    for low, high in ((0, 0.72), (0.72, 0.9), (0.9, 1.01)):
        inside = [(sure, ok) for sure, ok in pairs if low <= sure < high]
        mean = sum(sure for sure, _ in inside) / len(inside)
        assert abs(mean - sum(ok for _, ok in inside) / len(inside)) <= 0.15


def test_the_points_in_doubt_are_as_many_as_are_wrong(read):
    """Over all messages, as many points are misread as are called doubtful, a tenth of a message up or down."""
    wrong, doubt = 0.0, 0.0
    for message, score in read:
        points = {criterion.id: criterion.points for criterion in message.key.rubric}
        misread = [f for f in score.findings if f.confidence is not None and not right(f, message)]
        wrong += sum(points.get(f.subject[0], message.item.points / 2) for f in misread) / score.possible
        doubt += score.doubt / score.possible
    assert abs(wrong - doubt) / len(read) <= 0.1


def test_doubt_tells_the_clear_messages_from_the_others(read):
    """Who wrote well leaves little to confirm; who wrote badly leaves more."""
    shares: dict[str, list[float]] = defaultdict(list)
    for message, score in read:
        shares[message.labels["grade"]].append(score.doubt / score.possible)
    mean = {grade: sum(values) / len(values) for grade, values in shares.items()}
    assert mean["good"] < 0.05 < mean["weak"] < mean["bad"]


def test_what_is_seen_makes_a_reading_surer_or_less_sure():
    """More signs are surer; a fault beside, or half of what is needed, is less sure."""

    def sure(found: int, need: int, others: float, faults: int) -> float:
        return confidence(reading(Seen(found, need, others, faults)))

    assert sure(2, 1, 1.0, 0) > sure(1, 1, 1.0, 0) > sure(1, 1, 0.2, 0) > sure(1, 1, 0.2, 1)
    assert sure(0, 2, 0.2, 0) > sure(0, 2, 1.0, 0) > sure(1, 2, 0.2, 0)
    assert confidence(fault_reading(2)) > confidence(fault_reading(1))
