"""What each kind of item needs beyond a shape: that it can be answered wrongly, and that wrong answers are caught."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.answers import ChoicesAnswer, FieldsAnswer, NoteAnswer, PassagesAnswer
from grader.codeset import CodeSet
from grader.codeset.validity import validity
from grader.library.encounter import Case, Item
from grader.library.item_keys import AuditKey, ChoicesKey, EvidenceKey, MessageKey, OrderKey, RepairKey
from grader.library.passages import holding
from grader.library.reference import Key
from grader.lint.exemplar import Fault
from grader.scoring.choice import score_choices
from grader.scoring.claim_repair import score_repair
from grader.scoring.evidence import score_evidence
from grader.scoring.findings import Score
from grader.scoring.message import score_message

_CODE = re.compile(r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}")


def kind_faults(case: Case, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    """Yield the faults of items other than assign-codes: field, problem and remedy."""
    for item in case.items:
        field = f"items.{item.id}"
        for part, problem, remedy in _faults(case, item, key, codeset):
            yield f"{field}.{part}", problem, remedy


def _faults(case: Case, item: Item, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    match key.items[item.id]:
        case ChoicesKey() as reference:
            yield from _choices(item, reference)
        case OrderKey() as reference:
            if tuple(choice.id for choice in item.choices) == reference.order:
                yield (
                    "order",
                    "the steps happen to be shown in the right order",
                    "Reword one of them a little",
                )
        case RepairKey() as reference:
            yield from _repair(case, item, reference, codeset)
        case EvidenceKey() as reference:
            yield from _evidence(case, item, reference)
        case AuditKey() as reference:
            yield from _audit(case, reference, codeset)
        case MessageKey() as reference:
            yield from _message(item, reference)


def _choices(item: Item, key: ChoicesKey) -> Iterator[Fault]:
    everything = score_choices(ChoicesAnswer(tuple(key.reasons)), key, item)
    if isinstance(everything, Score) and everything.points > item.points - 1e-9:
        yield "correct", "choosing every option earns every point", "Offer an option that is wrong"


def _repair(case: Case, item: Item, key: RepairKey, codeset: CodeSet) -> Iterator[Fault]:
    for place, repair in enumerate(key.repairs):
        for value in repair.accept:
            if _CODE.fullmatch(value) and not validity(codeset, value, case.encounter_date).billable:
                yield f"repairs.{place}", f"{value} is not valid on the date", "Accept valid codes only"
        sent = next(field.value for field in item.fields if field.id == repair.field)
        if any(value.strip() == sent.strip() for value in repair.accept):
            yield f"repairs.{place}", "it accepts the value as sent", "Accept corrected values only"
    right = {repair.field: repair.accept[0] for repair in key.repairs}
    for place, wrong in enumerate(key.wrong):
        sent = next(field.value for field in item.fields if field.id == wrong.field)
        value = wrong.value if wrong.value is not None else f"{sent} changed"
        score = score_repair(FieldsAnswer({**right, wrong.field: value}), key, item)
        if not isinstance(score, Score) or score.points > item.points - 1e-9:
            yield (
                f"wrong.{place}",
                f"changing {wrong.field} to {value!r} loses no points",
                "Correct one of the two",
            )
        elif not any(wrong.why in finding.message for finding in score.findings):
            yield (
                f"wrong.{place}",
                f"{wrong.field} {value!r} does not get its reason",
                "Another entry hides it",
            )


def _evidence(case: Case, item: Item, key: EvidenceKey) -> Iterator[Fault]:
    chart = case.passages()
    quotes = [("passages", support.quote) for support in key.passages]
    quotes += [("neutral", quote) for quote in key.neutral] + [("wrong", wrong.quote) for wrong in key.wrong]
    for part, quote in quotes:
        found = holding(quote, chart)
        if len(found) != 1:
            problem = f"{quote!r} stands in {len(found)} passages of the record" + (
                f" ({', '.join(found)})" if found else ""
            )
            yield part, problem, "Quote words that stand in exactly one sentence, as written there"
    right = [place for support in key.passages for place in holding(support.quote, chart)]
    if len(right) == len(key.passages) and len(set(right)) < len(right):
        yield "passages", "two quotes stand in the same sentence", "Make them one, with the points of both"
    for place, wrong in enumerate(key.wrong):
        marked = PassagesAnswer((*right, *holding(wrong.quote, chart)))
        score = score_evidence(marked, key, item, case)
        if not isinstance(score, Score) or score.points > item.points - 1e-9:
            yield (
                f"wrong.{place}",
                f"marking {wrong.quote!r} loses no points",
                "It stands beside a right or neutral quote",
            )


def _audit(case: Case, key: AuditKey, codeset: CodeSet) -> Iterator[Fault]:
    for place, verdict in enumerate(key.verdicts):
        if (verdict.verdict == "wrong") != (verdict.error is not None):
            yield (
                f"verdicts.{place}",
                "a wrong code needs its error type, a right one has none",
                "Correct 'error'",
            )
        billable = validity(codeset, verdict.code, case.encounter_date).billable
        if verdict.verdict == "right" and not billable:
            yield (
                f"verdicts.{place}",
                f"{verdict.code} is not valid on the date",
                "Call it wrong, or correct it",
            )
    for place, missing in enumerate(key.missing):
        if not validity(codeset, missing.code, case.encounter_date).billable:
            yield f"missing.{place}", f"{missing.code} is not valid on the date", "Use a code that is"
    if all(verdict.verdict == "right" for verdict in key.verdicts) and not key.missing:
        yield "verdicts", "there is nothing to find", "Let the coder have made a mistake"


def _message(item: Item, key: MessageKey) -> Iterator[Fault]:
    bad = score_message(NoteAnswer(key.counterexample), key, item)
    if not isinstance(bad, Score) or bad.points > item.points / 2:
        yield "counterexample", "it earns more than half of the points", "Show how not to write, or add signs"
    elif not any(finding.kind == "fault" for finding in bad.findings):
        yield "counterexample", "no fault is found in it", "Add a fault with the signs that give it away"
    named = [criterion.id for criterion in key.rubric] + [fault.id for fault in key.faults]
    if len(named) > len(set(named)):
        yield "rubric", "two criteria or faults have the same id", "Give each an id of its own"
    listed = [criterion.signs for criterion in key.rubric] + [fault.signs for fault in key.faults]
    for place, signs in enumerate(listed):
        if any(all(term.startswith("!") for term in sign.split()) for sign in signs):
            yield f"signs.{place}", "a sign says only what must not be there", "Add a word that must be there"
    for place, criterion in enumerate(key.rubric):
        if criterion.need > len(criterion.signs):
            yield (
                f"rubric.{place}",
                f"it needs {criterion.need} signs and has {len(criterion.signs)}",
                "Add signs",
            )
