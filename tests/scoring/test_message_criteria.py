"""The signs of the cases' own keys: what a criterion asks for is found, and what only sounds like it is not."""

import pytest

from grader.answers import NoteAnswer
from grader.scoring.message import score_message
from grader.scoring.signs import sentences, where

# case, item, criterion, what earns it, what must not
MENDED = [
    (
        "enc-0026", "words", "sorry",
        ["I am sorry you had to hear it at supper.", "I can see how much that hurt."],
        ["We are sorry for the inconvenience.", "Thank you for calling.", "Please understand that this is a hard rule."],
    ),
    (
        "enc-0026", "words", "privacy",
        ["Our mail goes to your sister's address from today.", "We tell your husband nothing without your permission."],
        ["I will send a new bill.", "I cannot tell you that.", "What is your address?"],
    ),
    (
        "enc-0027", "reply", "ask",
        ["Please send us a picture of both sides of your card.", "Which insurance did you have on November 3?"],
        ["What the new plan will pay is its decision.", "We will send the claim to the insurance again.", "Please call your plan."],
    ),
    (
        "enc-0027", "reply", "reach",
        ["If you have questions, call the billing office.", "Just reply here."],
        ["Thanks for calling.", "I hope this helps.", "I have your message here and I read it.", "How can I help you today?"],
    ),
    (
        "enc-0029", "words", "handoff",
        ["I won't hang up.", "Stay on the line with me.", "My colleague is bringing the nurse into this call."],
        ["Please call us with any questions.", "I will send a message to the nurses, they call you back."],
    ),
    (
        "enc-0032", "reply", "not-billed",
        ["You do not owe the $1,240.", "You don't have to pay for the MRI."],
        ["The MRI was not paid.", "The approval did not guarantee that they would pay."],
    ),
    (
        "enc-0032", "reply", "time",
        ["The plan has 30 days to decide, and no statement goes out until then."],
        ["Have a good day.", "I am off for two weeks in November.", "The plan has 30 days to decide."],
    ),
    (
        "enc-0035", "reply", "owes",
        ["You owe nothing for that day.", "We will not send you a bill."],
        ["Medicare did not pay.", "Nothing came back from Medicare."],
    ),
    (
        "enc-0035", "reply", "diagnosis",
        ["I cannot send it in as your neck.", "The claim has to say what was treated."],
        ["That is the reason they did not pay."],
    ),
    (
        "enc-0035", "reply", "next",
        ["You may still come on the 24th.", "Whether you keep November 24 is up to you: keep it or cancel it."],
        ["Please call us with questions.", "Go to the emergency room if your legs get weak.", "We saw you on the 3rd."],
    ),
    (
        "enc-0066", "words", "empathy",
        [
            "If you cannot work you lose the van, and that is a lot of worry.",
            "I am sorry you are in this spot.",
            "I understand what a month without work means for you.",
            "That sounds rough.",
        ],
        [
            "Dear patient, thank you for writing.",
            "I'm sorry, but I cannot change that.",
            "Please understand that the plan does not pay.",
            "Let me know about the bill.",
            "Don't worry about the money.",
        ],
    ),
    (
        "enc-0088", "reply", "heard",
        ["I am sorry you left disappointed.", "Five days of pain is long.", "I can hear how frustrating that was."],
        ["I'm sorry, but I can't order an X-ray.", "I see the note about your back.", "Thank you for your message."],
    ),
    (
        "enc-0088", "reply", "not-billing",
        ["Nobody in billing told her not to order it.", "Your clinician decided that because she found no warning sign."],
        ["We do not know.", "Please call your doctor for a visit.", "We will not say anything about it."],
    ),
    (
        "enc-0094", "reply", "feeling",
        ["I am sorry that word kept you awake.", "I can see why you are worried.", "That is a scary word to read at night."],
        ["Thank you for your message.", "Thanks for asking.", "I am sorry for the delay.", "I see the summary."],
    ),
    (
        "enc-0094", "reply", "questions",
        ["Please ask us again at any time.", "If anything is unclear, write to us again."],
        ["I can ask him to change it if it bothers you.", "Thank you for reaching out."],
    ),
    (
        "enc-0100", "reply", "worry",
        ["I understand the worry about your job.", "That is a hard spot to be in.", "Nobody here thinks you are making trouble."],
        [
            "Dear patient, thank you for writing.",
            "We're happy to hear that your back is better.",
            "I hear that you want a new code.",
            "Please understand our rules.",
        ],
    ),
    (
        "enc-0103", "words", "free",
        ["The choice is yours.", "Which one is up to you.", "Nobody here will push you."],
        ["Medicare will decide that for you.", "I can't tell you what they check.", "That is up for review."],
    ),
    (
        "enc-0103", "words", "before",
        ["Please read the form in peace.", "We settle this before your session."],
        ["I have your message here and I read it.", "I understand it."],
    ),
    (
        "enc-0116", "ask", "details",
        [
            "Where in the back is the pain?",
            "Please state the site.",
            "What is the cause, if it is known?",
            "Could you describe the site and the cause of the pain?",
            "How did it come about?",
        ],
        [
            "Please clarify.",
            'Your note reads "Back pain. Ibuprofen 600."',
            'He wrote: "low down, mostly the one side", since he moved a freezer.',
            'The intake form asks "Where does it hurt?"',
            "Please document lumbar strain.",
        ],
    ),
    (
        "enc-0116", "ask", "record",
        ["Please answer in an addendum.", "Please write your answer in the record.", "Would you update the note?"],
        ["The note states back pain.", "In the record:", "Please sign and date.", "The record documents a fall."],
    ),
    (
        "enc-0038", "ask", "question",
        ["Please clarify which diagnosis was treated.", "What condition explains the pain?"],
        ["Please clarify.", "Please clarify by Friday."],
    ),
    (
        "enc-0089", "ask", "open",
        ["- Other (please specify)", "Or it cannot be determined.", "Please say whether you have a diagnosis."],
        ["Let me know if you have any questions."],
    ),
    (
        "enc-0124", "rewrite", "question",
        ["What is the cause of the heaviness?", "Can the cause be stated at this time?"],
        ["A diagnosis of neurogenic claudication would move this visit into a higher group."],
    ),
    (
        "enc-0125", "words", "back",
        ["Please tell me in your own words how you will take the tablets.", "How will you use the gel?"],
        ["I will tell you how to take the tablets.", "She can go to the ER and take her pills home."],
    ),
    (
        "enc-0141", "tip", "honest",
        [
            "Please do not guess a cause.",
            "Do not order a test only to avoid the word.",
            "Don't choose a diagnosis merely to avoid it.",
        ],
        [
            'Please write where it hurts, and write "site not clear" or "cause not known" when that is so.',
            "Can the pain be further specified?",
            "Avoid unspecified codes, because they cost the practice money.",
        ],
    ),
    (
        "enc-0141", "tip", "condition",
        [
            "An unspecified diagnosis is right when nothing more is known at this visit.",
            "If the cause is not known, say so.",
        ],
        [
            "Document the site, so that the diagnosis in the record can be as specific as possible.",
            "Have another look at your note before you sign it.",
        ],
    ),
    (
        "enc-0141", "tip", "detail",
        ["Write down the site and the side.", "Document as precisely as you can."],
        ["The pain was on the left side.", "We are on the same level."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "item", "criterion", "good", "cheap"), MENDED, ids=[f"{m[0]}-{m[2]}" for m in MENDED]
)
def test_a_criterion_is_earned_by_what_it_asks_for(keys, case, item, criterion, good, cheap):
    """In other people's words it is found; a courtesy, or words that only look alike, earn nothing."""
    asked = next(c for c in keys[case].items[item].rubric if c.id == criterion)
    for text, earns in [(text, True) for text in good] + [(text, False) for text in cheap]:
        assert (len(where(asked.signs, sentences(text))) >= asked.need) == earns, text


COURTESIES = {
    "patient": "Dear patient, thank you for writing. We received your message. I am glad to help you today. Have a good day.",
    "provider": "Good morning. This is about the visit of 9 October 2026. Please see the note. Thank you for your time.",
    "payer": "Dear Sir or Madam, thank you for your time. The patient was seen at our clinic. We look forward to your reply.",
}


def test_courtesies_alone_earn_nothing(cases, keys):
    """Thanks, greetings and announcements meet no criterion of any message."""
    for case in cases.values():
        for item in case.items:
            if item.kind == "message":
                message = sentences(COURTESIES[item.to])
                for criterion in keys[case.id].items[item.id].rubric:
                    assert len(where(criterion.signs, message)) < criterion.need, (case.id, criterion.id)


def test_a_query_for_the_essential_is_complete(cases, keys):
    """Who asks for site and cause alone has asked for what is missing: no point is lost."""
    text = (
        "Query on the visit of 9 October 2026: site and cause of the pain. Your note reads 'Back pain. Ibuprofen 600.' In your "
        "clinical judgment, can the site and the cause of the pain be stated? If not, please say so. "
        "Please answer in a signed and dated addendum."
    )
    item = next(item for item in cases["enc-0116"].items if item.id == "ask")
    score = score_message(NoteAnswer(text), keys["enc-0116"].items["ask"], item)
    assert score.points == score.possible
