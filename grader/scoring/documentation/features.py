"""What the model sees of a clause: its words, the groups they belong to, where it stands, and what it shares with the record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation import lexicon
from grader.scoring.documentation.conditions import conditions
from grader.scoring.documentation.lexicon import Groups
from grader.scoring.documentation.openness import opens
from grader.scoring.documentation.record import Record
from grader.scoring.documentation.sentences import Clause
from grader.scoring.documentation.substances import substances
from grader.scoring.documentation.words import stems


def _masks(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), f" {name} ") for pattern, name in pairs)


# Numbers stand for what they measure: a model that learns '6 weeks' must know '9 weeks', too.
_MASKS = _masks(
    (r"\bm\d\d(?:\.\w{1,4})?\b|\bs\d\d\.?\w*", "<code>"),
    (r"\b\d{1,2}(?:\.\d)?(?:-\d{1,2})? ?(?:/|out of|of) ?10\b", "<score>"),
    (r"\b\d+ ?/ ?\d+\b", "<ratio>"),
)
_TIME = re.compile(
    r"\bx? ?\d+(?:\.\d+)?(?: ?- ?\d+)?[ -]?(days?|d|weeks?|wks?|w|months?|mos?|mths?|years?|yrs?|y|hours?|hrs?|h|minutes?|mins?|min|nights?)\b"
)
_MEASURES = _masks(
    (r"\b\d+(?:\.\d+)? ?(?:mg|g|mcg|ml)\b", "<dose>"),
    (r"\b\d+(?:\.\d+)? ?(?:degrees?|deg|°)", "<deg>"),
    (r"\b\d+(?:\.\d+)? ?(?:cm|inch(?:es)?|in|mm)\b", "<cm>"),
    (r"\d+(?:\.\d+)? ?%", "<pct>"),
    (r"\d+(?:\.\d+)?", "<n>"),
)
_TOKEN = re.compile(r"<\w+>|[a-z]+(?:'[a-z]+)?|[↑↓→+/=\"%]")
_BACK = re.compile(
    r"\b(?:backs?|backaches?|lbp|spin(?:e|al)|paraspin\w*|dorsalgia|lumba\w*|thorac\w*|m54\S*|trunk|scapula\w*)\b"
)
_NEAR = 4  # words between two groups that stand together
_MOST_SHARED = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A clause with what is read of it once and used many times."""

    clause: Clause
    tokens: tuple[str, ...]
    pairs: tuple[str, ...]
    groups: Groups
    stems: frozenset[str]
    features: tuple[str, ...]


def tokens(norm: str) -> list[str]:
    """Return the words of a normalized text, with every number as the kind of thing it counts."""
    for pattern, name in _MASKS:
        norm = pattern.sub(name, norm)
    norm = _TIME.sub(lambda match: f" <t{match[1][0]}> ", norm)
    for pattern, name in _MEASURES:
        norm = pattern.sub(name, norm)
    return _TOKEN.findall(norm)


def read(clauses: Sequence[Clause], record: Record) -> list[Read]:
    """Return every clause of a note as the model sees it beside a record."""
    quoted = spoken(clauses)
    topic = _topic(clauses, record)
    return [
        _read(clause, (f"P:{min(3, 4 * place // len(clauses))}", topic), place in quoted, record)
        for place, clause in enumerate(clauses)
    ]


def _topic(clauses: Sequence[Clause], record: Record) -> str:
    """Return whether a note names the back, and how much of all that it says the record speaks of."""
    whole = " ".join(clause.norm for clause in clauses)
    facts = frozenset[str]().union(*(fact.stems for fact in record.facts.values()))
    return f"T:{bool(_BACK.search(whole))}:{min(3, len(stems(whole) & facts) // 3)}"


def _read(clause: Clause, whole: tuple[str, ...], quoted: bool, record: Record) -> Read:
    words = tokens(clause.norm)
    pairs = tuple(dict.fromkeys(f"{one} {other}" for one, other in pairwise(["^", *words, "$"])))
    named = lexicon.named(clause.norm)
    groups = frozenset[str]().union(*(names for _, names in named))
    known = stems(clause.norm)
    found = {f"w:{word}" for word in words}
    found.update(f"b:{pair}" for pair in pairs)
    found.update(f"k:{name}" for name in groups)
    found.update(_neighbours(named))
    found.update(_standing(clause))
    found.update(_shared(clause, known, record))
    found.update(whole)
    if quoted:
        found.add("quoted")
    return Read(clause, tuple(dict.fromkeys(words)), pairs, groups, known, tuple(sorted(found)))


def _neighbours(named: Sequence[tuple[int, Groups]]) -> Iterator[str]:
    for (place, names), (next_place, next_names) in pairwise(named):
        if next_place - place <= _NEAR:
            yield from (f"k2:{one}>{other}" for one in names for other in next_names)


def _standing(clause: Clause) -> Iterator[str]:
    """Yield where a clause stands, and what makes it no assertion about this patient today."""
    yield f"S:{clause.section}"
    yield f"L:{clause.element}{clause.part}"
    marks = {
        "not done": clause.not_done,
        "others": clause.others,
        "negated": bool(clause.negated),
        "supposed": bool(clause.hypothetical),
    }
    yield from (mark for mark, holds in marks.items() if holds)
    yield from (f"open {what}" for what in opens(clause.norm))


def _shared(clause: Clause, known: frozenset[str], record: Record) -> Iterator[str]:
    """Yield how much a clause shares with each fact of the record."""
    for element in ELEMENTS:
        fact = record.fact(element)
        if common := len(known & fact.stems):
            yield f"F:{element}:{min(common, _MOST_SHARED)}"
        if common := len(known & fact.alone):
            yield f"A:{element}:{min(common, _MOST_SHARED)}"
    drugs = substances(clause.norm)
    if drugs:
        yield "drug"
    if drugs & record.substances("prior_tx"):
        yield "drug:tried"
    if drugs & record.substances("careplan"):
        yield "drug:planned"
    whose = "others" if clause.others else "own"
    if drugs:
        yield f"drug:{whose}"
    for at in conditions(clause.norm).values():
        yield f"condition:{'denied' if clause.is_negated(at) else whose}"


_STRAIGHT = str.maketrans("“”’‘", "\"\"''")
_QUOTED = re.compile(
    r'"([^"\n]{6,300})"|(?:^|[\s(:,])\'([^\'\n]{6,300}(?:\'[a-z]{1,2}\b[^\'\n]{1,300}){0,3})\'(?=[\s.,;:)!?]|$)'
)
_NOT_SAID = re.compile(r"unspecified|m54|specif")
_SAID_WORDS = 3


def spoken(clauses: Sequence[Clause]) -> frozenset[int]:
    """Return the places of clauses that hold words in quotation marks; one or two words so marked are no speech."""
    starts, joined = [], ""
    for clause in clauses:
        starts.append(len(joined))
        joined += clause.text.translate(_STRAIGHT) + " "
    found = set()
    for match in _QUOTED.finditer(joined):
        said = (match[1] or match[2] or "").lower()
        if len(said.split()) >= _SAID_WORDS and not _NOT_SAID.search(said):
            found.add(bisect_right(starts, match.start(match.lastindex or 0)) - 1)
    return frozenset(found)
