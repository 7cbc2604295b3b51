"""Finding the elements of a note: every rule on every clause, then the facts of the record have their say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation import history_rules, reasoning, visit_rules
from grader.scoring.documentation.compare import compare
from grader.scoring.documentation.evidence import ElementState, Hit
from grader.scoring.documentation.facts import Record
from grader.scoring.documentation.rules import CompiledRule, Rule, compile_parts
from grader.scoring.documentation.sentences import Clause, clauses

RULES: dict[str, tuple[Rule, ...]] = {
    "location": history_rules.LOCATION,
    "quality": history_rules.QUALITY,
    "severity": history_rules.SEVERITY,
    "timing": history_rules.TIMING,
    "modifiers": history_rules.MODIFIERS,
    "function": history_rules.FUNCTION,
    "observation": visit_rules.OBSERVATION,
    "palpation": visit_rules.PALPATION,
    "rom": visit_rules.ROM,
    "prior_tx": visit_rules.PRIOR_TX,
    "tx_response": visit_rules.RESPONSE,
    "followup": visit_rules.FOLLOWUP,
    "careplan": visit_rules.CAREPLAN,
    "rationale": reasoning.RATIONALE,
    "education": visit_rules.EDUCATION,
}

# Elements of two parts: both make it present, one makes it partial.
PARTS = {
    "timing": ("duration", "frequency"),
    "modifiers": ("aggravating", "relieving"),
    "education": ("education", "goal"),
}

_ON_TOPIC = compile_parts(
    r"backs?|back-?aches?|lbp|spin(?:e|al)|paraspin\w*|dorsalgia|lumba\w*|thorac\w*|trunk|m54\S*|{pain}|flexion|tender\w*|function\w*|plan"
)
_OTHER_VISIT = compile_parts(
    r"(?:knee|ankle|ear|throat|eye|skin|chest|foot exam|a1c|refill|rash|sinus|cough|wrist|tooth|abdom\w*|shoulder)"
)
_BACK = compile_parts(r"backs?|backaches?|lbp|spin(?:e|al)|paraspin\w*|dorsalgia|lumba\w*|m54\S*|trunk")
_BLANK = compile_parts(
    r"none|nil|n/a|na|unknown|no|denies|not \w+|normal exam|tbd|see \w+|documented|yes|as above|noted|reviewed|wnl"
)


@cache
def _rules() -> dict[str, tuple[CompiledRule, ...]]:
    return {element: tuple(rule.compiled() for rule in rules) for element, rules in RULES.items()}


def find_elements(text: str, facts: Mapping[str, str], absent: Iterable[str]) -> dict[str, ElementState]:
    """Tell for each of the 17 elements whether a note states it.

    Parameters
    ----------
    text
        The note, as written.
    facts
        What the record says, by element; a note that says otherwise contradicts it.
    absent
        What the record denies.

    Returns
    -------
    dict[str, ElementState]
        ``present``, ``partial``, ``absent`` or ``contradicted`` with a quote from the note, for every element.
    """
    parts = clauses(text)
    record = Record(facts, absent)
    if not is_on_topic(parts):
        return {element: ElementState("absent") for element in ELEMENTS}
    heard = [clause for clause in parts if not clause.silent]
    return {element: _decide(element, _hits(element, heard, record)) for element in ELEMENTS}


def is_on_topic(parts: list[Clause]) -> bool:
    """Whether a note is about this patient's back at all."""
    whole = " ".join(clause.norm for clause in parts)
    return bool(_BACK.search(whole)) or (bool(_ON_TOPIC.search(whole)) and not _OTHER_VISIT.search(whole))


def _hits(element: str, heard: list[Clause], record: Record) -> list[Hit]:
    found = [hit for clause in heard for hit in _by_rules(element, clause)]
    found += [hit for clause in heard for hit in _by_label(element, clause)]
    return compare(element, found, heard, record)


def _by_rules(element: str, clause: Clause) -> Iterator[Hit]:
    """Yield what the rules of an element find in a clause."""
    if clause.not_done and element not in ("rationale", "followup", "location"):
        return
    for compiled in _rules().get(element, ()):
        rule = compiled.rule
        if rule.sections and clause.section not in rule.sections:
            continue
        if clause.others and not rule.others:
            continue
        if compiled.unless.search(clause.norm) or (rule.given and not compiled.given.search(clause.norm)):
            continue
        for match in compiled.pattern.finditer(clause.norm):
            at = match.start()
            if not rule.future and clause.is_hypothetical(at):
                continue
            if clause.is_negated(at) and rule.negated != "ignore":
                if rule.negated == "contradicts":
                    yield Hit("contradicted", clause)
                continue
            value = match[1] if match.re.groups and match[1] else match[0]
            yield Hit(rule.state, clause, rule.part, value)
            break


def _by_label(element: str, clause: Clause) -> Iterator[Hit]:
    """Yield what stands behind a label of the element, such as 'Palpation: …'; a label alone says nothing."""
    if clause.element != element or clause.not_done:
        return
    value = clause.norm.partition(":")[2].strip(" .*-")
    if len(value) < 3 or not any(letter.isalpha() for letter in value):
        return
    first = _BLANK.match(value)
    if (
        element in ("severity", "rationale", "followup", "careplan", "comorbid", "tx_response")
        or clause.others
    ):
        return
    if first and first.end() >= len(value) - 2:
        if element in ("prior_tx", "modifiers") and value.startswith(("none", "nil")):
            yield Hit("contradicted", clause)
        return
    if clause.is_negated(clause.norm.find(value)) and element not in (
        "observation",
        "location",
        "function",
        "rom",
    ):
        return
    if element in PARTS and not clause.part:
        return
    yield Hit("present", clause, clause.part)


def _decide(element: str, hits: list[Hit]) -> ElementState:
    """Weigh the hits: a contradiction wins, then what is fully stated, then what is half stated."""
    for hit in hits:
        if hit.state == "contradicted":
            return ElementState("contradicted", hit.clause.text)
    full = [hit for hit in hits if hit.state == "present"]
    if element in PARTS and full:
        named = {hit.part for hit in full}
        if "" in named or set(PARTS[element]) <= named:
            return ElementState("present", full[0].clause.text)
        return ElementState("partial", full[0].clause.text)
    if full:
        return ElementState("present", full[0].clause.text)
    for hit in hits:
        if hit.state == "partial":
            return ElementState("partial", hit.clause.text)
    return ElementState("absent")
