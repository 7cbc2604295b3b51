"""Finding the elements of a note: each clause is weighed by the model, and the record says whether it can be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation import model as trained
from grader.scoring.documentation.contrast import COMPARED, contrast, is_compared
from grader.scoring.documentation.evidence import ElementState
from grader.scoring.documentation.features import Read, read
from grader.scoring.documentation.model import SCALE, Model, Statement, probability, weigh
from grader.scoring.documentation.openness import has_a_site, says_beside_a_site
from grader.scoring.documentation.parts import PARTS, parts_said
from grader.scoring.documentation.record import Record, record_of
from grader.scoring.documentation.sentences import Clause, clauses

LEAST_STATED = -7 * SCALE // 2
"""A clause that states an element less than this is not compared with the record."""
_NOWHERE = -9 * SCALE
_SAYING = -SCALE  # a clause that says less does not speak of an element
_ALL_PARTS = 2 * SCALE
_PARTS = re.compile(r"(?<=[,;:])\s+|\s+(?:—|–|-{1,2}|=>|→)\s+")
_LONG_QUOTE = 60
_BY_RULE = 0.75
_OWN = frozenset(("comorbid", "prior_tx", "tx_response"))
# Below this a contradiction is not claimed: ordinary notes hold fewer of them than the notes of training.
_LIKELY_WRONG = 0.5


def find_elements(
    text: str, facts: Mapping[str, str], absent: Iterable[str], model: Model | None = None
) -> dict[str, ElementState]:
    """Tell for each of the 17 elements whether a note states it.

    Parameters
    ----------
    text
        The note, as written.
    facts
        What the record says, by element; a note that says otherwise contradicts it.
    absent
        What the record denies.
    model
        What was learned from labelled notes; the one that comes with the course when not given.

    Returns
    -------
    dict[str, ElementState]
        ``present``, ``partial``, ``absent`` or ``contradicted`` for every element, with its confidence and the words of
        the note that it rests on.
    """
    model = model or trained.load()
    record = record_of(tuple(facts.items()), tuple(absent))
    seen = read(heard(text), record)
    statements = statements_of(seen, model)
    quotes = _Quotes(record, model)
    return {
        element: _decide(place, element, seen, statements, record, model, quotes)
        for place, element in enumerate(ELEMENTS)
    }


def heard(text: str) -> list[Clause]:
    """Return the clauses of a note that can state something; lists of key words and talk about documenting cannot."""
    return [clause for clause in clauses(text) if not clause.silent]


def statements_of(seen: Sequence[Read], model: Model) -> list[Statement]:
    """Return how strongly each clause states each element; what others have, or is only considered, is not the patient's."""
    found = []
    for clause in seen:
        said = model.statement(clause.features)
        if clause.clause.theirs or clause.clause.opens_supposed:
            said = replace(said, stated=_without(said.stated), in_full=_without(said.in_full))
        found.append(said)
    return found


def _without(scores: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(
        _NOWHERE if element in _OWN else score for element, score in zip(ELEMENTS, scores, strict=True)
    )


def _decide(
    place: int,
    element: str,
    seen: Sequence[Read],
    statements: Sequence[Statement],
    record: Record,
    model: Model,
    quotes: _Quotes,
) -> ElementState:
    """Choose the likeliest of four states; its probability is the confidence."""
    if element == "rationale" and has_a_site(record.fact(element).text):
        return _beside_a_site(seen, record)
    stated = [statement.stated[place] for statement in statements]
    in_full = [statement.in_full[place] for statement in statements]
    evidence = note_evidence(element, seen, stated, in_full)
    weights = model.weighing[element]
    said = probability(weigh(weights.stated, evidence))
    full = probability(weigh(weights.in_full, evidence))
    against, where = strongest_contrast(element, place, seen, statements, record, model)
    wrong = probability(weigh(weights.contradicted, (against,))) if where >= 0 else 0.0
    chances = {
        "present": (1 - wrong) * said * full,
        "partial": (1 - wrong) * said * (1 - full),
        "absent": (1 - wrong) * (1 - said),
    }
    parts = _parts(element, seen, stated)
    if wrong >= _LIKELY_WRONG:
        quote = quotes.of(place, seen[where])
        return ElementState("contradicted", quote, wrong, record.chart[element], parts)
    state = max(chances, key=chances.__getitem__)
    if state == "absent":
        return ElementState("absent", confidence=chances[state])
    at = max(range(len(seen)), key=lambda i: (stated[i] + in_full[i], -i))
    return ElementState(state, quotes.of(place, seen[at]), chances[state], "", parts)


def _beside_a_site(seen: Sequence[Read], record: Record) -> ElementState:
    """Judge by rule what is not known where the site is: the labelled notes are all of pain without a site."""
    fact = record.fact("rationale").text
    for clause in seen:
        if says_beside_a_site(clause.clause, fact):
            return ElementState("present", clause.clause.text, _BY_RULE)
    return ElementState("absent", confidence=_BY_RULE)


def note_evidence(
    element: str, seen: Sequence[Read], stated: Sequence[int], in_full: Sequence[int]
) -> tuple[int, int, int, int]:
    """Return what the clauses of a note say together.

    That is the strongest statement, the second, the strongest full one, and how many of its parts an element of two
    parts has: both of them, less, or none to have.
    """
    ordered = sorted(stated, reverse=True)
    first = ordered[0] if ordered else _NOWHERE
    second = ordered[1] if len(ordered) > 1 else _NOWHERE
    parts = 0
    if element in PARTS:
        parts = _ALL_PARTS if _parts(element, seen, stated) == set(PARTS[element]) else -_ALL_PARTS
    return first, second, max(in_full, default=_NOWHERE), parts


def _parts(element: str, seen: Sequence[Read], stated: Sequence[int]) -> frozenset[str]:
    """Return the parts of an element in all clauses that speak of it; none of an element without parts."""
    if element not in PARTS:
        return frozenset()
    saying = [clause for clause, said in zip(seen, stated, strict=True) if said >= _SAYING]
    return parts_said(element, [(each.clause.norm, each.groups, each.clause.part) for each in saying])


def strongest_contrast(
    element: str,
    place: int,
    seen: Sequence[Read],
    statements: Sequence[Statement],
    record: Record,
    model: Model,
) -> tuple[int, int]:
    """Return how strongly a note contradicts a fact, and the clause that does most; -1 where none was compared."""
    best, where = _NOWHERE, -1
    if element not in COMPARED or not record.fact(element).text:
        return best, where
    for at, (clause, statement) in enumerate(zip(seen, statements, strict=True)):
        said = statement.stated[place]
        if said >= LEAST_STATED and is_compared(element, clause, record):
            against = model.contrast(contrast(element, clause, record) | strength(element, said))
            if against > best:
                best, where = against, at
    return best, where


def strength(element: str, stated: int) -> set[str]:
    """Return how strongly a clause states an element, as features of a contrast."""
    coarse = max(-3, min(2, stated // (SCALE * 3 // 2)))
    return {f"stated {max(-5, min(4, stated // SCALE))}", f"{element}:stated {coarse}"}


class _Quotes:
    """Finds the words of a clause that state an element; a part of a clause is read once for all elements."""

    def __init__(self, record: Record, model: Model) -> None:
        self._record = record
        self._model = model
        self._stated: dict[str, tuple[int, ...] | None] = {}

    def of(self, place: int, clause: Read) -> str:
        """Return one part of a clause, where that part states the element by itself, and else all of it."""
        text = clause.clause.text
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if len(text) <= _LONG_QUOTE or len(parts) < 2:
            return text
        best, most = text, 0
        for part in parts:
            stated = self._read(part)
            if stated is not None and stated[place] > most:
                best, most = part.strip(), stated[place]
        return best

    def _read(self, part: str) -> tuple[int, ...] | None:
        """Return how strongly a part states each element; None where it is not one clause."""
        if part not in self._stated:
            inner = clauses(part)
            alone = len(inner) == 1
            self._stated[part] = (
                self._model.statement(read(inner, self._record)[0].features).stated if alone else None
            )
        return self._stated[part]
