"""What holds for every kind of item, over the whole library."""

from dataclasses import replace

import pytest

from grader.answers import NoteAnswer, OrderAnswer, PairsAnswer
from grader.library.encounter import case_from_public
from grader.library.item_keys import KEY_TYPES, CodesKey, MessageKey, NoteKey
from grader.library.reference import key_from_dict, key_to_dict
from grader.lint import exemplar
from grader.scoring.findings import Score, Unscorable
from grader.scoring.score import score_case, score_item
from tests.conftest import ROOT


def test_every_kind_of_item_is_in_the_library(cases):
    """The tests below see each kind."""
    assert {item.kind for case in cases.values() for item in case.items} == set(KEY_TYPES)


def test_an_answer_of_another_kind_is_unscorable(cases, keys, codes):
    """Text where choices are asked, and the reverse, is neither 0 nor an exception."""
    for case_id, case in cases.items():
        for item in case.items:
            others = [other for other in case.items if other.is_free_text != item.is_free_text]
            answer = exemplar(keys[case_id].items[others[0].id], case) if others else None
            if answer is None and not item.is_free_text:
                answer = NoteAnswer("x")
            if answer is not None:
                score = score_item(case, item, answer, keys[case_id].items[item.id], codes)
                assert isinstance(score, Unscorable) and not score.blank, (case_id, item.id)


def test_the_browser_scores_what_the_instructor_scores(cases, keys, codes):
    """A case rebuilt from its public part and a key from its JSON give the same score, finding by finding."""
    for case_id, case in cases.items():
        answers = {case.item_key(item): exemplar(keys[case_id].items[item.id], case) for item in case.items}
        practice = replace(case, pool="practice")
        rebuilt = case_from_public(case.public())
        key = key_from_dict(key_to_dict(keys[case_id]))
        assert score_case(practice, answers, keys[case_id], codes) == score_case(rebuilt, answers, key, codes)


def test_an_exam_says_nothing_of_its_key_whatever_the_kind(cases, keys, codes):
    """Answered rightly or with the model of how not to write, an exam's findings hold no word of the key."""
    exam = [case for case in cases.values() if case.pool == "exam"]
    assert exam
    for case in exam:
        for item in case.items:
            reference = keys[case.id].items[item.id]
            answers = [exemplar(reference, case)]
            if isinstance(reference, MessageKey):
                answers.append(NoteAnswer(reference.counterexample))
            for answer in answers:
                score = score_item(case, item, answer, reference, codes)
                assert isinstance(score, Score)
                for finding in score.findings:
                    # A note's evidence is the trainee's own; elsewhere it could be words of the key.
                    own = isinstance(reference, NoteKey) or not finding.evidence
                    assert own and not finding.from_key, (case.id, item.id, finding)


@pytest.mark.parametrize("name", ["case.yml", "key.yml"])
def test_no_hidden_control_characters(name):
    """No file of the library holds characters that change what a reader sees."""
    for path in ROOT.glob(f"cases/*/{name}"):
        text = path.read_text(encoding="utf-8")
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"), path


def test_answering_by_ids_earns_no_item_in_full(cases, keys, codes):
    """Steps sorted by their ids, and prompts paired with options in the order of ids, are nowhere the whole answer."""
    for case in cases.values():
        for item in case.items:
            reference = keys[case.id].items[item.id]
            ids = [choice.id for choice in item.choices]
            if item.kind == "order":
                answer = OrderAnswer(tuple(ids))
            elif item.kind == "match":
                answer = PairsAnswer(
                    {prompt.id: ids[place % len(ids)] for place, prompt in enumerate(item.prompts)}
                )
            else:
                continue
            score = score_item(case, item, answer, reference, codes)
            assert score.points < item.points - 1e-9, (case.id, item.id)


def test_an_exam_names_no_part_that_is_right(cases, keys, codes):
    """Outside the trainee's own codes, findings of an exam have no subject, and equal ones are one."""
    for case in cases.values():
        if case.pool != "exam":
            continue
        for item in case.items:
            reference = keys[case.id].items[item.id]
            if isinstance(reference, CodesKey | NoteKey):
                continue
            score = score_item(case, item, exemplar(reference, case), reference, codes)
            assert all(not finding.subject for finding in score.findings), (case.id, item.id)
            assert len({finding.kind for finding in score.findings}) == len(score.findings)
