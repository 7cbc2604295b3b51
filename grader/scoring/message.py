"""Scoring a message to a provider, a payer or a patient against its rubric: a suggestion with the words it rests on.

A criterion earns its points where its signs are found in the message; a fault costs half of the points of the item.
What holds for every query to a provider stands in `QUERY_FAULTS`, whatever its case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.answers import NoteAnswer
from grader.library.encounter import Item
from grader.library.item_keys import FAILS, Criterion, Fault, MessageKey
from grader.scoring.copying import signs_of_copying
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.signs import Sentence, sentences, where

FAULT_SHARE = 0.5
COMPLIANT_QUERY = "AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice (2022 update)"
_PAYER = "claim|claims|payer|insurance|insurer|plan|medicare|medicaid|carrier|company"
_DIAGNOSIS = (
    "sciatica|radiculopathy|fracture|strain|sprain|stenosis|spondylosis|herniation|degeneration|osteoporosis|neuropathy|myelopathy|"
    "discitis|infection|scoliosis|spondylolisthesis"
)
_OPEN = "!what !which !whether !cause !if !or !other"
QUERY_FAULTS = (
    Fault(
        "payment",
        "It speaks of payment",
        (
            "reimburse|reimbursement",
            "paid|unpaid|payment",
            "revenue|rvu|money",
            "=denial|=denials",
            f"{_PAYER} pay|deny|denied|denies|reject|cover|covered|coverage",
        ),
        "A query asks what is true of the patient. What a payer does with the answer must not be in it.",
        COMPLIANT_QUERY,
    ),
    Fault(
        "leading",
        "It leads to an answer",
        (
            "you+agree|you+concur|you+meant|dont+you+think|isnt+it|isnt+this|wouldnt+you",
            "please+change|please+amend|please+revise|you+change|you+amend|you+revise|to+change diagnosis|assessment|code",
            f"please|kindly|can+you|could+you|would+you confirm|document|add|write|record|state|diagnose {_DIAGNOSIS} {_OPEN}",
            f"is+this|is+it|was+this|was+it {_DIAGNOSIS} {_OPEN}",
            "yes+or+no !other !undetermined !cannot",
        ),
        "A query that puts an answer into the provider's mouth is leading. Ask openly, or offer every answer that the "
        "record allows, 'other' and 'cannot be determined' among them.",
        COMPLIANT_QUERY,
    ),
)
_UNOPENED = Fault(
    "options",
    "Its options leave no way out",
    (),
    "A list of diagnoses to choose from needs 'other' and 'cannot be determined', or the provider is pushed to one of yours.",
    COMPLIANT_QUERY,
)
# Boxes to tick are options wherever they stand; bullets are options below a line that asks to choose among them.
_BOX = re.compile(r"^[ \t]*(?:[☐□]|\[ ?\]|\( ?\)|_{2,})[ \t]*\S", re.MULTILINE)
_LETTERED = re.compile(r"(?:^|\s)[a-hA-H1-9]\)[ \t]*\S")
_BULLET = re.compile(r"\s*(?:[-*•]|[a-hA-H][.)]|\d[.)])\s*\S")
_CHOOSE = re.compile(
    r"\b(?:which|choose|select|check|tick|one of|following|options?)\b.*[?:]\s*$", re.IGNORECASE
)
_WAYS_OUT = ("other", "undetermined|unable|cannot|unknown|unclear")


def score_message(answer: NoteAnswer, key: MessageKey, item: Item, record: str = "") -> Score | Unscorable:
    """Score a message; one without a word is unscorable.

    Parameters
    ----------
    record
        The documents of the case: a message that mostly repeats them, or the model, is shown to a person.

    Returns
    -------
    Score | Unscorable
        One finding for each criterion and each fault, with the sentence it rests on as evidence.
    """
    if not answer.text.strip():
        return Unscorable("No message was written.", item.points, blank=True)
    message = sentences(answer.text)
    findings, failed, earned = [], [], 0.0
    for criterion in key.rubric:
        found = where(criterion.signs, message)
        met = len(found) >= criterion.need
        earned += criterion.points if met else 0.0
        findings.append(_on_criterion(criterion, found if met else [], key.cite))
        if criterion.fails and not met:
            failed.append(f"{FAILS[criterion.fails]} (a person should confirm it)")
    faults = [*_faults(key, item, message, answer.text)]
    findings += [
        Finding(
            "fault", "error", (fault.id,), f"{fault.says}. {fault.why}", fault.cite, evidence, from_key=True
        )
        for fault, evidence in faults
    ]
    findings += [
        Finding(
            "check_by_hand",
            "advice",
            (),
            f"{sign} A person should look at it: an instructor, or you.",
            "Course rubric",
        )
        for sign in signs_of_copying(answer.text, key.exemplar, record)
    ]
    total = max(0.0, earned - len(faults) * FAULT_SHARE * item.points)
    return Score(total, item.points, tuple(findings), tuple(dict.fromkeys(failed)))


def _on_criterion(criterion: Criterion, found: Sequence[str], cite: str) -> Finding:
    subject = (criterion.id,)
    if found:
        evidence = " … ".join(dict.fromkeys(found))
        return Finding("correct", "ok", subject, f"{criterion.says}.", cite, evidence, from_key=True)
    said = f"Not found – check: {criterion.says[:1].lower()}{criterion.says[1:]}. {criterion.why}"
    return Finding("missed", "warning", subject, said, cite, from_key=True)


def _faults(
    key: MessageKey, item: Item, message: Sequence[Sentence], text: str
) -> Iterator[tuple[Fault, str]]:
    own = {fault.id: fault for fault in key.faults}
    general = {fault.id: fault for fault in QUERY_FAULTS} if item.to == "provider" else {}
    for name in dict.fromkeys((*own, *general)):
        # A key may add signs and words of its own to what holds for every query.
        same = [faults[name] for faults in (own, general) if name in faults]
        found = where([sign for fault in same for sign in fault.signs], message)
        if found:
            yield same[0], found[0]
    if item.to == "provider" and _offers_options(text) and len(where(_WAYS_OUT, message)) < len(_WAYS_OUT):
        yield _UNOPENED, ""


def _offers_options(text: str) -> bool:
    """Whether a query lists answers to choose from; a list of findings is none."""
    if len(_BOX.findall(text)) >= 2 or any(len(_LETTERED.findall(line)) >= 2 for line in text.splitlines()):
        return True
    asked, bullets = False, 0
    for line in filter(str.strip, text.splitlines()):
        if asked and _BULLET.match(line):
            bullets += 1
        else:
            asked, bullets = bool(_CHOOSE.search(line)), 0
        if bullets >= 2:
            return True
    return False
