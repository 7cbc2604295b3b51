"""How a made-up trainee answers questions that ask for something else than codes."""

from __future__ import annotations

import random
from collections.abc import Collection

from grader.answers import (
    Answer,
    AuditAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    FieldsAnswer,
    OrderAnswer,
    PairsAnswer,
    PassagesAnswer,
)
from grader.cohort.coding import code
from grader.cohort.trainee import chance
from grader.library.encounter import Case, Item
from grader.library.item_keys import (
    AuditKey,
    ChoiceKey,
    ChoicesKey,
    CodesKey,
    EvidenceKey,
    ItemKey,
    MatchKey,
    OrderKey,
    RepairKey,
)
from grader.library.passages import holding

RECOGNISED = 0.75
"""How often somebody who errs still sees that an option harms the patient or cheats the payer: every lesson warns of those."""
TEMPTED = 0.5
"""Chance of marking or choosing what does not belong there, as a part of the chance of an error."""
MEDDLED = 0.2
"""The same for changing a field of a claim that was right."""


def answer(case: Case, item: Item, key: ItemKey, logit: float, rng: random.Random) -> Answer:
    """Return the answer to one question that is not answered in one's own words.

    Parameters
    ----------
    case, item, key
        The question and its reference.
    logit
        Ability of the trainee in this case, less the difficulty of the case.
    rng
        Where chance comes from.

    Raises
    ------
    TypeError
        For a note or a message: their points are drawn, not their words.
    """
    right = chance(logit)
    match key:
        case CodesKey():
            return code(key, logit, rng)
        case ChoiceKey():
            return ChoiceAnswer(_option(item, key, right, rng))
        case ChoicesKey():
            return _choices(item, key, right, rng)
        case MatchKey():
            return _pairs(item, key, right, rng)
        case OrderKey():
            return _order(key, right, rng)
        case RepairKey():
            return _repair(key, right, rng)
        case EvidenceKey():
            return _evidence(case, key, right, rng)
        case AuditKey():
            return _audit(key, right, rng)
    raise TypeError(f"{case.item_key(item)} is answered in one's own words")


def _option(item: Item, key: ChoiceKey, right: float, rng: random.Random) -> str:
    if rng.random() < right:
        return key.correct
    chosen = rng.choice([choice.id for choice in item.choices if choice.id != key.correct])
    return key.correct if _stopped(chosen, key.fails, rng) else chosen


def _stopped(option: str, fails: Collection[str], rng: random.Random) -> bool:
    return option in fails and rng.random() < RECOGNISED


def _choices(item: Item, key: ChoicesKey, right: float, rng: random.Random) -> ChoicesAnswer:
    chosen = []
    for option in (choice.id for choice in item.choices):
        taken = rng.random() < (right if option in key.correct else TEMPTED * (1 - right))
        if taken and not _stopped(option, key.fails, rng):
            chosen.append(option)
    return ChoicesAnswer(tuple(chosen) or key.correct[:1])


def _pairs(item: Item, key: MatchKey, right: float, rng: random.Random) -> PairsAnswer:
    options = [choice.id for choice in item.choices]
    pairs = {}
    for prompt, wanted in key.pairs.items():
        others = [option for option in options if option != wanted]
        pairs[prompt] = wanted if rng.random() < right else rng.choice(others)
    return PairsAnswer(pairs)


def _order(key: OrderKey, right: float, rng: random.Random) -> OrderAnswer:
    order = list(key.order)
    for place in range(len(order) - 1):
        if rng.random() >= right:
            order[place], order[place + 1] = order[place + 1], order[place]
    return OrderAnswer(tuple(order))


def _repair(key: RepairKey, right: float, rng: random.Random) -> FieldsAnswer:
    changed: dict[str, str] = {}
    repaired = {repair.field for repair in key.repairs}
    for repair in key.repairs:
        if rng.random() < right:
            changed[repair.field] = repair.accept[0]
        elif rng.random() < TEMPTED:
            changed[repair.field] = _harm(key, repair.field)
    for wrong in key.wrong:
        if wrong.field not in repaired and rng.random() < MEDDLED * (1 - right):
            changed[wrong.field] = _harm(key, wrong.field)
    return FieldsAnswer(changed)


def _harm(key: RepairKey, field: str) -> str:
    """Return a value that does not belong there: the foreseen one, where there is one."""
    values = [wrong.value for wrong in key.wrong if wrong.field == field and wrong.value is not None]
    return values[0] if values else "another value"


def _evidence(case: Case, key: EvidenceKey, right: float, rng: random.Random) -> PassagesAnswer:
    chart = case.passages()
    marked = [holding(each.quote, chart)[0] for each in key.passages if rng.random() < right]
    for each in key.wrong:
        if rng.random() < TEMPTED * (1 - right):
            marked.extend(holding(each.quote, chart)[:1])
    return PassagesAnswer(tuple(dict.fromkeys(marked)))


def _audit(key: AuditKey, right: float, rng: random.Random) -> AuditAnswer:
    other = {"right": "wrong", "wrong": "right"}
    verdicts = {
        each.code: each.verdict if rng.random() < right else other[each.verdict] for each in key.verdicts
    }
    return AuditAnswer(verdicts, tuple(each.code for each in key.missing if rng.random() < right))
