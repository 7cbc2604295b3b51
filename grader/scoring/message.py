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
from grader.scoring.certainty import Seen, confidence, fault_reading, reading
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.message_gaming import FROM_KEY, SIGNS, flags
from grader.scoring.signs import Sentence, sentences, where

Reading = tuple[Criterion, Seen, list[str]]

FAULT_SHARE = 0.5
TO_CONFIRM = " (a person should confirm it)"
"""Follows a reason from `FAILS` that was read from words, wherever a score is shown."""
MOST = 5
"""How many reasons one message is answered with: more are not taken in, and the rest can wait for the next one."""
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
        The documents of the case: a message that mostly repeats them, or is not about them, is shown to a person.

    Returns
    -------
    Score | Unscorable
        One finding for each fault and each criterion, what costs most first, with the sentence it rests on as evidence
        and how sure that is; then what a person should look at, which costs nothing.
    """
    if not answer.text.strip():
        return Unscorable("No message was written.", item.points, blank=True)
    message = sentences(answer.text)
    faults = [*_faults(key, item, message, answer.text)]
    read = _read(key.rubric, message, len(faults))
    earned = sum(criterion.points for criterion, seen, _ in read if seen.met)
    total = max(0.0, earned - len(faults) * FAULT_SHARE * item.points)
    failed = (
        f"{FAILS[criterion.fails]}{TO_CONFIRM}"
        for criterion, seen, _ in read
        if criterion.fails and not seen.met
    )
    findings = (
        *_on_faults(faults),
        *_on_criteria(read, key.cite, MOST - len(faults)),
        *_to_look_at(flags(answer.text, key, item, record)),
    )
    doubt = _doubt(read, len(faults), item.points)
    return Score(total, item.points, findings, tuple(dict.fromkeys(failed)), doubt=doubt)


def _read(rubric: Sequence[Criterion], message: Sequence[Sentence], faults: int) -> list[Reading]:
    """Return what was seen of each criterion, with the sentences that hold its signs."""
    found = [where(criterion.signs, message) for criterion in rubric]
    met = [len(signs) >= criterion.need for criterion, signs in zip(rubric, found, strict=True)]
    others = max(1, len(rubric) - 1)
    return [
        (criterion, Seen(len(signs), criterion.need, (sum(met) - own) / others, faults), signs)
        for criterion, signs, own in zip(rubric, found, met, strict=True)
    ]


def _on_criteria(read: Sequence[Reading], cite: str, lessons: int) -> Iterator[Finding]:
    """Tell what is not found, what is worth most first, then what is; only the first few reasons are given."""
    missed = sorted((each for each in read if not each[1].met), key=lambda each: -each[0].points)
    for place, (criterion, seen, _) in enumerate(missed):
        said = f"Not found – check: {criterion.says[:1].lower()}{criterion.says[1:]}."
        said = f"{said} {criterion.why}" if place < lessons else said
        sure = confidence(reading(seen))
        yield Finding("missed", "warning", (criterion.id,), said, cite, from_key=True, confidence=sure)
    for criterion, seen, signs in read:
        if seen.met:
            evidence = " … ".join(dict.fromkeys(signs))
            sure = confidence(reading(seen))
            yield Finding(
                "correct",
                "ok",
                (criterion.id,),
                f"{criterion.says}.",
                cite,
                evidence,
                from_key=True,
                confidence=sure,
            )


def _on_faults(faults: Sequence[tuple[Fault, str]]) -> Iterator[Finding]:
    """Faults come first: each costs more than any criterion earns."""
    sure = confidence(fault_reading(len(faults)))
    for fault, evidence in faults:
        said = f"{fault.says}. {fault.why}"
        yield Finding(
            "fault", "error", (fault.id,), said, fault.cite, evidence, from_key=True, confidence=sure
        )


def _to_look_at(raised: Sequence[str]) -> Iterator[Finding]:
    for name in raised:
        said = f"{SIGNS[name]} A person should look at it: an instructor, or you."
        yield Finding("check_by_hand", "advice", (), said, "Course rubric", from_key=name in FROM_KEY)


def _doubt(read: Sequence[Reading], faults: int, possible: float) -> float:
    """Return how many points may be wrong, as far as there are points to be wrong about."""
    criteria = sum(criterion.points * (1 - confidence(reading(seen))) for criterion, seen, _ in read)
    fault = faults * FAULT_SHARE * possible * (1 - confidence(fault_reading(faults)))
    return min(possible, criteria + fault)


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
