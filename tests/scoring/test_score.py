"""A whole case: what an exam may tell of its key."""

from dataclasses import replace

from grader.answers import CodesAnswer
from grader.scoring.score import score_case


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
