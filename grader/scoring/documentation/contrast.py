"""What the model sees of a clause beside one fact of the record: whether both can be true.

Each feature is a name and stands for something that speaks for or against agreement; which way, and how strongly, was
learned from labelled notes.  A fact's *kind* (`record.kind_of`) goes with the words of the clause: 'fingers to the floor'
agrees with a full movement and contradicts a limited one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.scoring.documentation.conditions import conditions
from grader.scoring.documentation.features import Read
from grader.scoring.documentation.quantities import Span, doses, meet, numbers, scores, spans
from grader.scoring.documentation.record import Fact, Record, kind_of
from grader.scoring.documentation.sentences import denied_stems
from grader.scoring.documentation.substances import substances
from grader.scoring.documentation.words import stems

# The groups of words that can agree with or contradict the fact of an element.
_TELLING: dict[str, tuple[str, ...]] = {
    "location": ("site", "side"),
    "quality": ("quality",),
    "severity": ("severity",),
    "timing": ("time", "constant", "intermittent"),
    "modifiers": ("worse", "better", "posture", "thermal"),
    "function": ("function", "limit", "task"),
    "observation": ("observe", "normal", "amount.full"),
    "palpation": ("palpate", "muscle", "side", "normal"),
    "rom": ("amount", "move", "normal"),
    "prior_tx": ("drug", "therapy", "tried", "thermal"),
    "tx_response": ("response", "amount"),
    "comorbid": ("cond",),
    "followup": ("followup", "time.unit"),
    "careplan": ("drug", "therapy", "thermal", "plan"),
    "rationale": ("namedcause", "codeword", "unknown"),
    "education": ("teach", "goal"),
}
COMPARED = tuple(_TELLING)
"""The elements that can be contradicted: the patient's own words cannot."""

_TIMED = frozenset(("timing", "followup", "prior_tx", "tx_response", "education", "careplan"))
_COUNTED = frozenset(("rom", "palpation", "observation", "prior_tx", "careplan", "comorbid"))
_TREATED = frozenset(("prior_tx", "careplan", "tx_response"))
# What is planned is often put as a condition, and what a code rests on is often weighed.
_TO_COME = frozenset(("followup", "careplan", "education", "rationale"))
_LISTS = frozenset(("prior_tx", "careplan", "comorbid", "education"))
_SHORTEST = 0.9  # days: how long a spell of pain lasts is no duration of the complaint
_SAME_SCORE = 0.6
_WHOLE = 3  # telling words: of a shorter fact, a clause may have them all by chance
_LONGER = (1.6, 2.7, 4.5, 7.4)  # times as long


def is_compared(element: str, seen: Read, record: Record) -> bool:
    """Whether a clause can contradict the record: not if it is about others, only supposed, or says all that is there."""
    clause = seen.clause
    if element != "function" and (clause.theirs or clause.others):
        return False
    if element not in _TO_COME and clause.hypothetical:
        return False
    return not says_it_all(element, seen, record)


def says_it_all(element: str, seen: Read, record: Record) -> bool:
    """Whether a clause says all that the record says, and denies what it denies: then it cannot contradict it.

    That holds where a fact is a list of things; what a patient cannot do, the same words can say that he can.
    """
    fact = record.fact(element)
    if element not in _LISTS or len(fact.stems) < _WHOLE or not fact.stems <= seen.stems:
        return False
    said = numbers(seen.clause.norm)
    denied = denied_stems(seen.clause.norm) & fact.stems
    return denied == fact.denied & fact.stems and (not fact.numbers or said <= fact.numbers)


def contrast(element: str, seen: Read, record: Record) -> set[str]:
    """Return what speaks for and against a clause agreeing with the record on an element."""
    fact = record.fact(element)
    beside = f"{element}|{fact.kind}"
    found = {f"{beside}~{word}" for word in (*seen.tokens, *seen.pairs)}
    found |= {f"{element}~{word}" for word in seen.tokens}
    if says := kind_of(element, seen.clause.norm):
        found.add(f"{beside}|says {says}")
    for name in seen.groups:
        if name.startswith(_TELLING[element]):
            found.add(f"{element}:{'same' if name in fact.groups else 'other'}:{name}")
            found.add(f"{beside}|{name}")
    shared = min(len(seen.stems & fact.stems), 3)
    found |= {f"shared{shared}", f"{element}:shared{shared}"}
    if fact.stems:
        quarters = 4 * len(seen.stems & fact.stems) // len(fact.stems)
        found |= {f"covers {quarters}", f"{element}:covers {quarters}"}
    found.update(_marks(element, seen, fact, record))
    found.update(_compared(element, seen, fact, record))
    return found


def _marks(element: str, seen: Read, fact: Fact, record: Record) -> Iterator[str]:
    clause = seen.clause
    if clause.negated:
        yield "negated"
        yield f"{element}:negated"
        yield f"{element}|{fact.kind}|negated"
    if clause.hypothetical:
        yield "supposed"
    if clause.element:
        yield f"label {'own' if clause.element == element else 'other'}"
    yield f"{element}:section {clause.section}"
    if (seen.stems - fact.stems) & record.absent:
        denied = "denied, negated" if clause.negated else "denied"
        yield denied
        yield f"{element}:{denied}"


def _compared(element: str, seen: Read, fact: Fact, record: Record) -> Iterator[str]:
    norm = seen.clause.norm
    if element == "severity":
        yield from _scores(norm, record)
    if element in _TIMED:
        yield from _times(element, norm, fact)
    if element in _COUNTED:
        counted = numbers(norm)
        if counted and fact.numbers:
            yield f"{element}:number {'same' if counted & fact.numbers else 'other'}"
            yield f"{element}:numbers {'all same' if counted <= fact.numbers else 'not all'}"
    if element in _TREATED:
        yield from _drugs(element, norm, fact, record)
    if element == "comorbid":
        named, known = conditions(norm), conditions(fact.text).keys()
        said = {name for name, at in named.items() if not seen.clause.is_negated(at)}
        if named and not said:
            yield f"condition denied {'same' if named.keys() & known else 'other'}"
        if said:
            yield f"condition {'same' if said & known else 'other'}"
        if said - known:
            yield "condition unknown"
    if element == "modifiers":
        yield from _swapped(norm, record)
    if element == "rationale":
        yield from _codes(norm, fact)


def _scores(norm: str, record: Record) -> Iterator[str]:
    said = scores(norm, record.of_hundred)
    if not said or not record.scores:
        return
    apart = [min(abs(score - other) for other in record.scores) for score in said]
    yield f"score {'same' if min(apart) < _SAME_SCORE else 'other'}"
    yield f"scores {'all same' if max(apart) < _SAME_SCORE else 'not all'}"
    yield f"score apart {min(4, int(min(apart) + 0.5))}"
    yield f"scores {min(3, len(said))}"


def _times(element: str, norm: str, fact: Fact) -> Iterator[str]:
    said, known = spans(norm), list(fact.spans)
    if element == "timing":
        said = [span for span in said if span[1] >= _SHORTEST]
        known = [span for span in known if span[1] >= _SHORTEST][:1]
    if not said or not known:
        return
    same = [any(meet(span, other) for other in known) for span in said]
    for name in (f"{element}:", ""):
        yield f"{name}time {'same' if any(same) else 'other'}"
    yield f"{element}:times {'all same' if all(same) else 'not all'}"
    yield f"{element}:time apart {min(_apart(span, other) for span in said for other in known)}"


def _apart(one: Span, other: Span) -> int:
    """Return how far one span is from being as long as the other, in steps up to four."""
    longer = (one[0] + one[1] + 0.01) / (other[0] + other[1] + 0.01)
    longer = max(longer, 1 / longer)
    return sum(longer >= limit for limit in _LONGER)


def _drugs(element: str, norm: str, fact: Fact, record: Record) -> Iterator[str]:
    said = substances(norm)
    if said:
        yield f"{element}:drug {'same' if said & fact.substances else 'other'}"
        if said - fact.substances:
            yield f"{element}:drug more"
        if said - record.treated:
            yield f"{element}:drug unknown"
    amounts = doses(norm)
    if amounts:
        known = record.fact("prior_tx").numbers | record.fact("careplan").numbers
        yield f"{element}:dose {'same' if amounts <= known else 'other'}"


_WORSE = re.compile(
    r"\b(?:worse|worsen\w*|aggrav\w*|exacerb\w*|provok\w*|brings?(?: it)? on|sets?(?: it)? off|trigger\w*|culprit|increas\w*|hurts (?:more|most)|agg)\b|↑"
)
_BETTER = re.compile(
    r"\b(?:better|reliev\w*|eas(?:e|es|ed|ier|ing)|sooth\w*|calm\w*|helps?|helped|settl\w*|quiet\w*|loosen\w*|alleviat\w*|palliat\w*|improv\w*|less)\b|↓"
)


def _swapped(norm: str, record: Record) -> Iterator[str]:
    """Yield which of the record's triggers and reliefs stand before and after each 'worse' and 'better'."""
    marks = [(match.start(), match.end(), "worse") for match in _WORSE.finditer(norm)]
    marks += [(match.start(), match.end(), "better") for match in _BETTER.finditer(norm)]
    marks.sort()
    starts = [0, *(end for _, end, _ in marks)]
    ends = [*(start for start, _, _ in marks), len(norm)]
    for place, (start, end, kind) in enumerate(marks):
        for where, text in (("before", norm[starts[place] : start]), ("after", norm[end : ends[place + 1]])):
            said = stems(text)
            worse, better = bool(said & record.worse), bool(said & record.better)
            if worse:
                yield f"trigger {where} {kind}"
            if better:
                yield f"relief {where} {kind}"
            if worse != better:
                agrees = worse == (kind == "worse")
                yield f"{'as in the record' if agrees else 'swapped'} {where}"


_CODE = re.compile(r"\b[ms]\d\d\.?\w{0,4}")
_WEIGHED = re.compile(
    r"\b(?:not|cannot|can't|rather|instead|no|nor|neither|without|would|more specific|excludes?|if|unless|lack\w*|than|ruled|only|require[sd]?|insufficient|isn't|needs?|avoid|over|considered)\b"
)


def _codes(norm: str, fact: Fact) -> Iterator[str]:
    right = _CODE.search(fact.text)
    said = set(_CODE.findall(norm))
    if not said:
        return
    kept = right[0] if right else "m54.9"
    weighed = ", weighed" if _WEIGHED.search(norm) else ""
    yield f"code right{weighed}" if kept in said else f"code other only{weighed}"
    if said - {kept}:
        yield f"code other{weighed}"
