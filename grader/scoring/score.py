"""Scoring a whole case: every item by its kind, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.answers import (
    Answer,
    AuditAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    CodesAnswer,
    FieldsAnswer,
    NoteAnswer,
    OrderAnswer,
    PairsAnswer,
    PassagesAnswer,
)
from grader.codeset.tabular import CodeSet
from grader.library.encounter import Case, Item
from grader.library.item_keys import (
    AuditKey,
    ChoiceKey,
    ChoicesKey,
    CodesKey,
    EvidenceKey,
    ItemKey,
    MatchKey,
    MessageKey,
    NoteKey,
    OrderKey,
    RepairKey,
)
from grader.library.reference import Key
from grader.scoring.arrangement import score_match, score_order
from grader.scoring.audit import score_audit
from grader.scoring.choice import score_choice, score_choices
from grader.scoring.claim_repair import score_repair
from grader.scoring.codes import NOT_VALID, score_codes
from grader.scoring.documentation import score_note
from grader.scoring.documentation.names import NAMES
from grader.scoring.evidence import score_evidence
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.message import score_message

ItemScore = Score | Unscorable


@dataclass(frozen=True, slots=True)
class CaseScore:
    """The scores of one case, by item key (``enc-0001/codes``)."""

    case_id: str
    items: Mapping[str, ItemScore]

    @property
    def points(self) -> float:
        """Points earned; an unscorable item earns none."""
        return sum(score.points for score in self.items.values() if isinstance(score, Score))

    @property
    def possible(self) -> float:
        """Points of all items."""
        return sum(score.possible for score in self.items.values())

    @property
    def failed(self) -> tuple[str, ...]:
        """Reasons for which the case fails whatever its points."""
        scores = [score for score in self.items.values() if isinstance(score, Score)]
        return tuple(dict.fromkeys(reason for score in scores for reason in score.failed))

    @property
    def whole_case(self) -> bool:
        """Whether everything is right: the strictest of the three counts."""
        return not self.failed and abs(self.points - self.possible) < 1e-9


def score_item(case: Case, item: Item, answer: Answer | None, key: ItemKey, codeset: CodeSet) -> ItemScore:
    """Score one item; for an exam case the findings do not give the key away."""
    return as_shown(case, key, score_openly(case, item, answer, key, codeset))


def as_shown(case: Case, key: ItemKey, score: ItemScore) -> ItemScore:
    """Return a score as the trainee may see it: of an exam case, without what would give the key away."""
    if case.pool == "exam" and isinstance(score, Score):
        failed = tuple(dict.fromkeys(r if r == NOT_VALID else _FAILED_BY_KEY for r in score.failed))
        shown = conceal(score.findings, isinstance(key, CodesKey))
        return replace(score, findings=shown, failed=failed, doubt=0.0)
    return score


def score_openly(case: Case, item: Item, answer: Answer | None, key: ItemKey, codeset: CodeSet) -> ItemScore:
    """Score one item with every finding, for an instructor's eyes."""
    match key, answer:
        case _, None:
            return Unscorable("No answer was given.", item.points, blank=True)
        case CodesKey(), CodesAnswer():
            return score_codes(answer, key, item.points, case.encounter_date, codeset, case.care)
        case NoteKey(), NoteAnswer():
            if not answer.text.strip():
                return Unscorable("No note was written.", item.points, blank=True)
            return score_note(answer.text, key, _record(case))
        case ChoiceKey(), ChoiceAnswer():
            return score_choice(answer, key, item)
        case ChoicesKey(), ChoicesAnswer():
            return score_choices(answer, key, item)
        case MatchKey(), PairsAnswer():
            return score_match(answer, key, item)
        case OrderKey(), OrderAnswer():
            return score_order(answer, key, item)
        case RepairKey(), FieldsAnswer():
            return score_repair(answer, key, item)
        case EvidenceKey(), PassagesAnswer():
            return score_evidence(answer, key, item, case)
        case AuditKey(), AuditAnswer():
            return score_audit(answer, key, item, codeset)
        case MessageKey(), NoteAnswer():
            return score_message(answer, key, item, _record(case))
    return Unscorable("The answer is of another kind than the question.", item.points, blank=False)


def _record(case: Case) -> str:
    return "\n".join(document.text for document in case.documents)


def score_case(case: Case, answers: Mapping[str, Answer], key: Key, codeset: CodeSet) -> CaseScore:
    """Score every item of a case.

    Parameters
    ----------
    case
        The case; items without an answer are unscorable and blank.
    answers
        Answers by item key; those of other cases are ignored.
    key
        The key of the case.
    codeset
        The tabular list.
    """
    items = {
        case.item_key(item): score_item(
            case, item, answers.get(case.item_key(item)), key.items[item.id], codeset
        )
        for item in case.items
    }
    return CaseScore(case.id, items)


# What an exam may tell about its key: nothing beyond the trainee's own codes and the published rules.
_CONCEALED = {
    "correct": "This earns its points.",
    "alternative": "This is an accepted alternative.",
    "missing": "Something that the record supports is not among your codes.",
    "sequence": "The order of your codes is not that of the record.",
    "optional": "This may be reported and costs nothing.",
    "unsupported": "This is not what the record supports.",
    "wrong_choice": "This is not the best answer.",
    "missed": "Something that belongs here is not in your answer.",
    "wrong_answer": "Part of this answer is not right.",
    "fault": "Your message holds something that must not be in it.",
}
# Where these rest on the key, an exam has no word for them that would not tell how near an answer is to it.
_LEFT_OUT = ("teaching", "check_by_hand")
_WRONG_ANSWERS = ("wrong_match", "wrong_place", "wrong_change", "wrong_passage", "wrong_verdict")
_FAILED_BY_KEY = "an answer breaks a rule that decides a case"
_ORDER = ("sequencing", "external_cause_first")
_IN_AN_EXAM = {"rationale": "Site and cause, known or not"}
_OWN_CODE = ("correct", "optional", "unsupported")


def conceal(findings: tuple[Finding, ...], own_codes: bool) -> tuple[Finding, ...]:
    """Replace every finding worded by a key with one that tells nothing about it, however many there are.

    How sure the reading is goes too, for it depends on what the key looks for, and so do the words of the record that an
    answer does not agree with: the key chose them.  ``own_codes`` tells whether the subjects of findings are codes that the
    trainee chose; other subjects, such as the codes of an audit or the criteria of a message, would tell which parts are
    right.
    """
    said = (
        _concealed(finding, own_codes)
        if finding.from_key
        else replace(_neutral(finding), confidence=None, record="")
        for finding in findings
        if not (finding.from_key and finding.kind in _LEFT_OUT)
    )
    return tuple(dict.fromkeys(said))


_STATED = {
    "ok": "stated.",
    "advice": "stated in part; say it in full.",
    "warning": "not found – check whether your note says it in plain words.",
    "error": "your note says otherwise than the record.",
}


def _neutral(finding: Finding) -> Finding:
    """Word a finding on an element of a note alike whatever the key says of it, its fact and its weight."""
    if finding.kind not in NAMES:
        return finding
    name = _IN_AN_EXAM.get(finding.kind, NAMES[finding.kind])
    return replace(finding, subject=(name,), message=f"{name}: {_STATED[finding.severity]}")


def _concealed(finding: Finding, own_codes: bool) -> Finding:
    kind = "sequence" if finding.kind in _ORDER else finding.kind
    kind = "wrong_answer" if kind in _WRONG_ANSWERS else kind
    kind = kind if kind in _CONCEALED else "unsupported"
    subject = finding.subject if own_codes and finding.kind in _OWN_CODE else ()
    return Finding(kind, finding.severity, subject, _CONCEALED[kind])
