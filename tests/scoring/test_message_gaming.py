"""Flags for a person to look at: raised by messages written for points, not by messages written in earnest."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answers import NoteAnswer
from grader.scoring.message import score_message
from grader.scoring.message_gaming import SIGNS, flags
from tests.scoring.items import QUERY, QUERY_KEY
from tests.scoring.messages import Written, written

RECORD = (
    "She slipped on the back steps on 4 May and has had pain in the low back since. The ankle reflex on the left is absent and "
    "the outer foot is numb. Ibuprofen 400 mg did little. Assessment: low back pain. Plan: recheck in two weeks."
)
HONEST = {
    "a query with boxes": (
        "Visit of 4 May. Your note has an absent left ankle reflex and a numb outer foot; the assessment is low back pain.\n"
        "Is there a diagnosis that explains the foot?\n[ ] Radiculopathy\n[ ] Sciatica\n[ ] Neuropathy\n[ ] Other: ____\n"
        "[ ] Cannot be determined\nSignature: ____ Date: ____"
    ),
    "a query of blanks for the provider": (
        "Your note of 4 May says low back pain, reflex absent, foot numb.\n[ ] Cause of the numb foot: ____\n[ ] Side: ____\n"
        "[ ] Other: ____\n[ ] Not known\n[ ] No more to say\nPlease sign and date."
    ),
    "telegraphic": (
        "Query, visit 05/04. Low back pain since a slip on steps. Left ankle reflex absent. Outer foot numb. Ibuprofen, little "
        "relief. No imaging. Assessment: low back pain. What explains the numb foot, if you can say? Addendum, please; signed, dated."
    ),
    "a list of findings": (
        "Please clarify the diagnosis for 4 May, if there is one beyond low back pain. In the note:\n- reflex absent\n- foot numb\n"
        "- slip on steps\n- pain since\n- ibuprofen\n- little relief\n- recheck planned\nWrite it as an addendum, or that it is not known."
    ),
    "quotations": (
        'You wrote "the ankle reflex on the left is absent" and "the outer foot is numb" and assessed "low back pain". Do these '
        "belong together, and to what? If you cannot tell at this point, that is an answer as well. An addendum would do."
    ),
    "speaks of itself": (
        "This query asks about one thing only, the numb foot of 4 May 2026. The note of 05/04 describes an absent reflex and names "
        "no cause. It states back pain at 5/10. What is your diagnosis, if any?"
    ),
    "short": "The left reflex is absent and the outer foot numb. What might the cause be, in your judgment?",
}  # fmt: skip


@pytest.mark.parametrize("style", HONEST)
def test_an_honest_query_raises_no_flag(style):
    """Boxes, lists, quotations and telegrams are ways to write, with the record at hand or without."""
    assert flags(HONEST[style], QUERY_KEY, QUERY, RECORD) == ()
    assert flags(HONEST[style], QUERY_KEY, QUERY) == ()


TELEGRAMS = (
    ('enc-0029', 'Stop, forget the check. With numbness there and no urine since last night you need an ambulance. I am calling 911 with you; stay on the line and tell me your address.'),
    ('enc-0116', 'Dr., your note of 10/9: "Back pain. Ibuprofen 600." Site? Cause, if known? Duration? Other findings? Not determined is fine. Addendum please, signed, dated. Thanks, coding.'),
    ('enc-0075', 'Urgent: please decide within 72 hours. MRI lumbar spine. Right foot drop, new since Monday; dorsiflexion 4/5 on 11/3, 2/5 today. Waiting risks permanent weakness. Exam attached.'),
    ('enc-0137', 'Reopening request. Claim 0226299118840. DOS 10/20/2026. CPT 62323. Our error: wrong dx from slip. Correct dx: M48.062. Note enclosed. MRI: severe narrowing, L4-L5. Please correct and reprocess.'),
    ('enc-0141', 'Unspecified is right when history and exam leave the cause open. Write site, side and duration, and do not order films just to get a code.'),
    ('enc-0094', 'Please try to sleep. Unspecified just means the doctor has not found one exact spot yet. It is not a verdict. Come on November 3, and ring the nurse line if you get feverish or your legs go weak.'),
    ('enc-0100', 'hi, we cant change what the doctor wrote. u dont owe the 238 right now. because it happened at work your bosses insurance has to get it first so send us their name pls'),
    ('enc-0057', 'Patient slipped on wet tile in the restaurant kitchen while peeling potatoes on shift. Accident. Landed on the floor, right side. Contusion right lower back.'),
    ('enc-0038', 'Please clarify: history = lumbar strain; assessment = lumbar disc degeneration; plan = methocarbamol for strain, PT for disc. Which dx treated 11/10? strain / disc / both / other / undetermined. Addendum w/ date + signature.'),
    ('enc-0047', 'Re: PT extension. Visits used: 8/12. Requested: +4. ODI 48 -> 34. Pain 7 -> 3. Lifts 25 lb, job needs 50. Stands 40 min, needs 2 h. Goal 11/20: ODI 20, 50 lb x10. Therapist must correct form.'),
    ('enc-0037', 'Visit 11/9. Note: acute LBP x 3 days. Same text 6/8, 7/6, 8/10, 9/14, 10/12. MA: same as last time, pain 4/10. Onset? Duration? Pain-free between? Other / unable to determine OK. Addendum, dated, signed.'),
    ('enc-0028', 'Redetermination. Claim 2026-3091-774; DOS 10/6/26; 64493-RT. Denied CO-50. Attached: consult 9/21, PT d/c 7/31, MRI 9/3. PT x12 + naproxen x8 wk, pain 7/10 before and after. SLR neg. No fx, mass, infection. Please pay.'),
    ('enc-0125', 'Hello. Two tablets, morning. Two, noon. Two, evening. Water. Gel: skin only. Not mouth. Walk ten minutes. Twice a day. Therapy Tuesday. Doctor in four weeks. Fever? Weak legs? Call us. Now you tell me: how do you take it?'),
    ('enc-0103', "Medicare: 20 visits a year. You've had 20. Visit 21 = likely no. Cost $88. Box 1: visit, we bill, you can appeal. Box 2: visit, you pay, no bill. Box 3: no visit, no cost. Your choice. Come early, read it, ask."),
    ('enc-0089', 'Low back pain radiating to left leg - with SLR pos L 50 deg, paresthesia outer calf, decreased light touch - any further dx? Sciatica, radiculopathy, referred pain, other, unknown? Pls addend, sign, date. Thx'),
    ('enc-0124', 'Bilateral leg heaviness after two blocks, relieved sitting and leaning on cart, left pulse hard to feel, smoker 40 py, MRI and ABI ordered; please state cause if known, otherwise that it is open, in an addendum.'),
    ('enc-0066', "I get it. Losing the van is scary. I can't change what she wrote. She can call the plan's doctor until November 5. You can appeal, in writing, 180 days. Ask us for an estimate before you pay for anything."),
    ('enc-0032', 'No. Not your bill. $40 copay only. We forgot the approval number. We resend. Plan has 30 days. No statement till then. Sorry. Questions? Reply here.'),
)  # fmt: skip


@pytest.mark.parametrize(("case", "text"), TELEGRAMS)
def test_a_telegram_is_no_row_of_key_words(cases, keys, case, text):
    """Labels, sums and full stops instead of sentences save time; whoever reads them knows what is meant."""
    item = next(item for item in cases[case].items if item.kind == "message")
    record = "\n".join(document.text for document in cases[case].documents)
    assert flags(text, keys[case].items[item.id], item, record) == ()


@pytest.fixture(scope="module")
def earnest(cases, keys) -> list[Written]:
    """Messages of people who wrote in earnest, well or badly."""
    return written("messages.jsonl", cases, keys)


@pytest.fixture(scope="module")
def gamed(cases, keys) -> list[Written]:
    """Messages of people who wanted points."""
    return written("gaming_messages.jsonl", cases, keys)


def test_messages_written_in_earnest_are_hardly_ever_flagged(earnest):
    """Fewer than one in twenty of the good and the weak ask for a person's time, and of the bad ones as few."""
    for grades in (("good", "weak"), ("bad",)):
        raised = [flags(m.text, m.key, m.item, m.record) for m in earnest if m.labels["grade"] in grades]
        assert sum(map(bool, raised)) / len(raised) < 0.05


def test_what_the_library_shows_as_a_bad_message_is_no_gaming(cases, keys):
    """Counterexamples are wrong, not gamed."""
    for case in cases.values():
        record = "\n".join(document.text for document in case.documents)
        for item in (item for item in case.items if item.kind == "message"):
            key = keys[case.id].items[item.id]
            assert flags(key.counterexample, key, item, record) == (), (case.id, item.id)
            assert flags(key.exemplar, key, item, record) == ("model_copy",), (case.id, item.id)


def test_messages_written_for_points_are_caught_by_name(gamed):
    """Of at least thirty, over queries, letters and explanations, nineteen of twenty raise the flag of their kind.

    What is missed: key words with so many small words between them, or so many full stops, that they read like a telegram.
    """
    named = [m.labels["flag"] in flags(m.text, m.key, m.item, m.record) for m in gamed]
    assert len(gamed) >= 30 and {m.item.to for m in gamed} == {"provider", "payer", "patient"}
    assert {m.labels["flag"] for m in gamed} == {*SIGNS}
    assert sum(named) / len(named) >= 0.95


def test_a_flag_costs_nothing(gamed):
    """Whatever is flagged earns what its criteria and faults give."""
    for message in gamed:
        score = score_message(NoteAnswer(message.text), message.key, message.item, message.record)
        points = {criterion.id: criterion.points for criterion in message.key.rubric}
        earned = sum(points[f.subject[0]] for f in score.findings if f.kind == "correct")
        faults = sum(f.kind == "fault" for f in score.findings)
        assert score.points == max(0, earned - faults * score.possible / 2)
        looked = [f for f in score.findings if f.kind == "check_by_hand"]
        assert all(f.severity == "advice" and not f.subject for f in looked)


def test_a_list_of_key_words_beside_an_honest_message_is_seen(earnest):
    """Key words at the end of a message do not hide behind it."""
    tail = (
        " claim number date service redetermination timely pain function therapy naproxen success radiculopathy fracture page "
        "request covered expedited enclosed goals therapist kitchen potatoes"
    )
    honest = [m for m in earnest if m.labels["grade"] == "weak" and m.item.to == "payer"]
    for message in honest:
        assert flags(message.text + tail, message.key, message.item, message.record) == ("stuffing",)


def test_every_flag_has_a_sentence_that_accuses_nobody():
    """Readers get a plain sentence about the message, not about the person."""
    for sentence in SIGNS.values():
        assert sentence.endswith(".")
        assert "message" in sentence or "form" in sentence
        assert not {"you", "cheat", "cheating", "gaming", "copied"} & set(sentence.lower().split())


WORDS = st.sampled_from(
    ["claim", "please", "reflex", ",", ".", "\n", "____", "[ ]", "[name]", "names findings", "asks openly", "this message", "names",
     "other", '"', "İ", "<b>", "05/04", "and", "the"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join)),
    st.sampled_from(["", RECORD]),
)
def test_any_text_gives_known_flags_and_always_the_same(text, record):
    """No text crashes the check, and its answer depends on nothing but the text."""
    found = flags(text, QUERY_KEY, QUERY, record)
    assert found == flags(text, QUERY_KEY, QUERY, record)
    assert list(found) == [name for name in SIGNS if name in found]


@pytest.mark.parametrize("piece", ["a ", "other ", "_", "[ ] ", "\n", ", a", "this message ", "explains "])
def test_time_grows_no_faster_than_the_text(piece):
    """Ten times the text takes about ten times as long: no pattern runs away."""

    def spent(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        flags(text, QUERY_KEY, QUERY, RECORD)
        return time.process_time() - start

    spent(2_000)
    assert spent(20_000) < 40 * max(spent(2_000), 0.005)
