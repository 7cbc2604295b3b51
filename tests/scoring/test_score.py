"""A whole case: what an exam may tell of its key."""

from dataclasses import replace

from grader.answers import CodesAnswer, NoteAnswer
from grader.library.item_keys import NoteKey, RubricElement
from grader.scoring.documentation import score_note
from grader.scoring.findings import Finding
from grader.scoring.score import conceal, score_case, score_item
from tests.scoring.messages import written


def test_an_exam_tells_nothing_of_its_key(cases, keys, codes):
    """Whatever is answered, no reason, no code of the key and no error type is in an exam's findings."""
    for case_id in ("enc-0010", "enc-0014", "enc-0017"):
        key = keys[case_id].items["codes"]
        for wrong in key.wrong:
            answers = {f"{case_id}/codes": CodesAnswer(wrong.codes)}
            score = score_case(cases[case_id], answers, keys[case_id], codes).items[f"{case_id}/codes"]
            said = " ".join(f"{finding.message} {finding.cite}" for finding in score.findings)
            named = {code for finding in score.findings for code in finding.subject}
            assert wrong.why not in said and all(expected.why not in said for expected in key.expected)
            assert named <= {*wrong.codes}
            assert "uncertain" not in " ".join(score.failed)


def test_practice_tells_the_reasons(cases, keys, codes):
    """The same mistakes in practice are answered with the reason from the key."""
    case = replace(cases["enc-0010"], pool="practice")
    wrong = keys["enc-0010"].items["codes"].wrong[0]
    scored = score_case(case, {"enc-0010/codes": CodesAnswer(wrong.codes)}, keys["enc-0010"], codes)
    assert wrong.why in [finding.message for finding in scored.items["enc-0010/codes"].findings]


def test_an_exam_tells_nothing_by_confidence_doubt_or_flags(cases, keys, codes):
    """No finding says how sure it is, none says how near a message is to the model or the rubric; practice tells."""
    for message in written("gaming_messages.jsonl", cases, keys):
        case = cases[message.labels["case"]]
        exam, practice = (
            score_item(replace(case, pool=pool), message.item, NoteAnswer(message.text), message.key, codes)
            for pool in ("exam", "practice")
        )
        assert exam.points == practice.points and exam.doubt == 0 < practice.doubt
        assert all(finding.confidence is None for finding in exam.findings)
        assert any(finding.confidence is not None for finding in practice.findings)
        flagged = [finding for finding in exam.findings if finding.kind == "check_by_hand"]
        if message.labels["flag"] in ("rubric_copy", "model_copy"):
            assert not flagged, message.labels
        assert flagged == [f for f in practice.findings if f.kind == "check_by_hand" and not f.from_key]


def test_the_flags_of_an_exam_are_the_same_whatever_its_key_says(cases, keys, codes):
    """With the rubric and the model of another message, an exam raises the same flags."""
    messages = written("gaming_messages.jsonl", cases, keys)
    for message, other in zip(messages, [*messages[1:], messages[0]], strict=True):
        case = replace(cases[message.labels["case"]], pool="exam")
        raised = [
            [
                f
                for f in score_item(case, message.item, NoteAnswer(message.text), key, codes).findings
                if f.kind == "check_by_hand"
            ]
            for key in (message.key, other.key)
        ]
        assert raised[0] == raised[1]


def test_the_order_of_an_exams_findings_tells_no_points():
    """Missed and met criteria are one finding each, whatever they are worth and whichever comes first."""
    missed = [
        Finding("missed", "warning", (name,), name, from_key=True, confidence=sure)
        for name, sure in (("a", 0.9), ("b", 0.7))
    ]
    met = Finding("correct", "ok", ("c",), "c", from_key=True, confidence=0.5)
    assert conceal((*missed, met), False) == conceal((*reversed(missed), met), False)
    assert len(conceal((*missed, met), False)) == 2


def test_what_is_taught_from_the_key_stays_out_of_an_exam():
    """A line that answers what a payer asks is the key's; the trainee's own words are shown."""
    taught = Finding("teaching", "advice", ("Severity",), "For example: 5/10", from_key=True)
    own = Finding("severity", "ok", ("Severity",), "Severity: stated.", confidence=0.8)
    assert conceal((own, taught), False) == (replace(own, confidence=None),)


def test_an_exam_shows_of_a_note_what_it_says_and_no_more(cases, keys, codes):
    """No record, no lesson and no confidence of a note is in an exam's findings; the same note in practice has all three."""
    text = "Dull ache in the left big toe, 1/10, since yesterday. It is sharp. Come back in two years. Walks on his hands."
    exams = [case for case in cases.values() if case.pool == "exam"]
    notes = [(case, item) for case in exams for item in case.items if item.kind == "documentation"]
    assert notes
    for case, item in notes:
        key = keys[case.id].items[item.id]
        exam, practice = (
            score_item(replace(case, pool=pool), item, NoteAnswer(text), key, codes)
            for pool in ("exam", "practice")
        )
        assert not [f for f in exam.findings if f.record or f.confidence is not None or f.kind == "teaching"]
        assert [f for f in practice.findings if f.record] and practice.doubt > 0 == exam.doubt
        assert [f for f in practice.findings if f.kind == "teaching"]
        assert exam.points == practice.points


def test_an_exam_words_a_note_alike_whatever_its_key() -> None:
    """Whether site and cause are known, and what the key requires, would tell a trainee which code is right."""
    note = "Back pain for three weeks."

    def shown(rationale: str, required: bool) -> tuple[Finding, ...]:
        facts = {"rationale": rationale, "timing": "three weeks; comes and goes"}
        rubric = (RubricElement("rationale", 1.0, required), RubricElement("timing", 1.0, required))
        return conceal(score_note(note, NoteKey(facts, (), rubric, "")).findings, False)

    known = shown("a strain of the lumbar muscles is named as the cause; S39.012A", True)
    assert known == shown("the pain has no single site and the cause is not known", False)
    assert known[0].message.startswith("Site and cause, known or not: not found")
