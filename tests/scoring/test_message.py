"""Messages: criteria are found in other people's words, faults are quoted and cost."""

import json
import time
from dataclasses import replace

import pytest

from grader.answers import NoteAnswer
from grader.library.item_keys import Criterion
from grader.scoring.findings import Unscorable
from grader.scoring.message import MOST, score_message
from tests.conftest import ROOT
from tests.scoring.items import QUERY, QUERY_KEY

GOOD = QUERY_KEY.exemplar


def scored(text: str):
    """The score of a query."""
    return score_message(NoteAnswer(text), QUERY_KEY, QUERY)


def faults(text: str) -> set[str]:
    """The faults found in a query."""
    return {finding.subject[0] for finding in scored(text).findings if finding.kind == "fault"}


def test_the_model_earns_everything_and_its_evidence_is_quoted():
    """Each criterion met quotes the sentence it rests on."""
    score = scored(GOOD)
    assert score.points == 4 and not score.failed
    assert score.findings[0].evidence == "Reflex absent and foot numb."


def test_a_criterion_needs_as_many_signs_as_it_says():
    """One of two findings is not enough; two in different sentences are."""
    assert scored("The reflex is gone. Please clarify.").points == 2
    assert scored("The reflexes are gone. Numbness of the foot. Please clarify.").points == 4


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Please document sciatica.", "naming"),
        ("Do you agree that it is a root problem?", "leading"),
        ("Could you change the diagnosis to radiculopathy?", "leading"),
        ("Otherwise the claim will be denied.", "payment"),
        ("This would improve our reimbursement.", "payment"),
        ("Insurance will reject the claim.", "payment"),
        ("Please document acute fracture.", "leading"),
        ("Please confirm radiculopathy.", "leading"),
        ("You meant sciatica, right?", "leading"),
        ("Don't you think this is a strain?", "leading"),
        ("Is this a fracture, yes or no?", "leading"),
        ("Which? a) sciatica b) radiculopathy", "options"),
        ("Which is it?\n- sciatica\n- radiculopathy", "options"),
        ("Please tick one:\n1) sciatica\n2) radiculopathy\n3) other", "options"),
        ("The cause:\n[ ] sciatica\n[ ] radiculopathy", "options"),
    ],
)
def test_a_leading_query_is_a_fault(text, fault):
    """What leads, speaks of payment or leaves no way out is found, and costs half of the points."""
    assert fault in faults(text)
    assert scored(f"{GOOD}\n{text}").points <= 2


@pytest.mark.parametrize(
    "text",
    [
        "Which is it?\n- sciatica\n- radiculopathy\n- other: ____\n- cannot be determined",
        "Please clarify the diagnosis in your note.",
        "Please clarify whether the assessment has changed.",
        "Patient denies fever and incontinence; the wound is covered.",
        "Pay attention to the reflex.",
        "Your note documents a strain in the history. What is the diagnosis?",
        "Please document the cause of the pain: strain, radiculopathy, other, or cannot be determined.",
        "What diagnosis, if any, explains the numb foot?",
        "The record shows:\n- reflex absent\n- foot numb\nWhat is the cause?",
        "What is the cause of these findings?\n- reflex absent\n- foot numb",
    ],
)
def test_an_open_query_is_no_fault(text):
    """Open questions, and lists with a way out, are left alone."""
    assert faults(text) == set()


def test_general_faults_are_for_queries_alone():
    """A letter to a payer may speak of payment."""
    score = score_message(NoteAnswer("Please pay this claim."), QUERY_KEY, replace(QUERY, to="payer"))
    assert not [finding for finding in score.findings if finding.kind == "fault"]


def test_points_never_fall_below_zero_and_a_missed_red_flag_fails():
    """Several faults cost everything, no more; a criterion that must be met fails the case."""
    score = scored("Do you agree? Please document sciatica or it is not paid.")
    assert score.points == 0 and score.failed == ("a red flag was missed (a person should confirm it)",)


def test_copying_the_record_or_the_model_is_shown_to_a_person():
    """A message that repeats the chart earns what it earns, with a word for the instructor; an honest one has none."""
    record = "The reflex of the left ankle is absent and the foot is numb on its outer side since Monday of last week."
    copied = score_message(NoteAnswer(f"{record} What is the cause?"), QUERY_KEY, QUERY, record)
    assert copied.points == 4 and any("in the record" in finding.message for finding in copied.findings)
    model = f"{GOOD} Please write your answer as an addendum to the note of that day, with your name and the date."
    repeated = score_message(NoteAnswer(f"{model} Thank you."), replace(QUERY_KEY, exemplar=model), QUERY)
    assert any("in the model" in finding.message for finding in repeated.findings)
    honest = score_message(
        NoteAnswer(
            "Ankle reflex gone, foot numb on the outside: what might cause this, in your judgment, if anything?"
        ),
        QUERY_KEY,
        QUERY,
        record,
    )
    assert not [finding for finding in honest.findings if finding.kind == "check_by_hand"]


def test_what_costs_most_comes_first_and_five_reasons_are_enough():
    """Faults, then what is missed by its points, then what is met; only the first five give their reason."""
    rubric = tuple(
        Criterion(f"c{points}", f"Says {points}", points, (f"sign{points}",), f"Because of {points}.")
        for points in range(1, 8)
    )
    key = replace(QUERY_KEY, rubric=rubric)
    score = score_message(NoteAnswer("Please document sciatica. sign5"), key, QUERY)
    told = [(finding.kind, *finding.subject) for finding in score.findings if finding.subject]
    faults = [subject for kind, subject in told if kind == "fault"]
    missed = [subject for kind, subject in told if kind == "missed"]
    assert told[: len(faults)] == [("fault", subject) for subject in faults] and faults
    assert missed == ["c7", "c6", "c4", "c3", "c2", "c1"] and told[-1] == ("correct", "c5")
    reasons = [finding.subject[0] for finding in score.findings if "Because of" in finding.message]
    assert reasons == missed[: MOST - len(faults)]
    open_question = score_message(NoteAnswer("What do you think, sign5, sign6, sign7?"), key, QUERY)
    assert sum("Because of" in finding.message for finding in open_question.findings) == 4


def test_a_flag_costs_nothing_and_comes_last():
    """Key words earn what they earn; the advice to look at them stands behind the criteria."""
    score = scored(
        "Reflex, numb, straight leg, what cause, clarify, diagnosis, other, record, date, addendum, sign, note, leg, foot, query."
    )
    assert score.points == 4
    assert [finding.kind for finding in score.findings] == ["correct", "correct", "check_by_hand"]
    assert "row of key words" in score.findings[-1].message


def test_the_longest_message_is_read_in_good_time():
    """Marks, empty lines and single words by the thousand do not hold up the grading of a class."""
    short, long = NoteAnswer("." * 2_000 + "x"), NoteAnswer("." * 19_999 + "x")
    times = []
    for answer in (short, long):
        begin = time.perf_counter()
        for _ in range(3):
            score_message(answer, QUERY_KEY, QUERY)
        times.append(time.perf_counter() - begin)
    # Ten times the text may take ten times as long, and some; it took a hundred times as long once.
    assert times[1] < 40 * max(times[0], 0.001)


def test_an_empty_message_is_unscorable():
    """Blank is told apart from bad."""
    score = scored(" \n ")
    assert isinstance(score, Unscorable) and score.blank


WRITTEN = [json.loads(line) for line in (ROOT / "tests/data/messages.jsonl").read_text().splitlines()]


def test_messages_of_people_who_never_saw_the_rubric(cases, keys):
    """Of 92 messages, good ones earn most of their points, bad ones at most half, and no bad one beats a good one."""
    shares: dict[str, list[float]] = {"good": [], "weak": [], "bad": []}
    for written in WRITTEN:
        case = cases[written["case"]]
        item = next(item for item in case.items if item.id == written["item"])
        score = score_message(NoteAnswer(written["text"]), keys[case.id].items[item.id], item)
        shares[written["grade"]].append(score.points / score.possible)
    mean = {grade: sum(values) / len(values) for grade, values in shares.items()}
    assert len(WRITTEN) == 92 and mean["good"] > 0.95 > 0.6 > mean["weak"] and mean["bad"] < 0.1
    assert max(shares["bad"]) <= 0.5 < min(shares["good"])
