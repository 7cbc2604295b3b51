"""The shape of a rule, and the shorthand its pattern may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Shorthand of patterns: {gap} a few words between, {dur} a length of time, {drug} a medicine, and so on.
GAP = r"(?:[^a-z0-9]+[a-z0-9]+){0,4}?[^a-z0-9]+"
DURATION = (
    r"(?:\d+(?:\.\d+)?\s?-?(?:to \d+ |or \d+ )?-?\s?|(?:an?|half an?|several|few|couple of)[\s-])"
    r"(?:hours?|hrs?|days?|dayz|d|nights?|weeks?|wks?|wk|w|fortnights?|months?|mos?|mths?|years?|yrs?)\b"
)
DRUGS = {
    "ibuprofen": "ibuprofens?|ibuprofin|advil|motrin|ibu|nurofen|brufen",
    "naproxen": "naproxen|naproxin|aleve|alieve|naprosyn",
    "nsaid": "nsaids?|anti-?inflammator(?:y|ies)(?: (?:pills?|tablets?|meds?|medicines?|medications?|drugs?|use))?",
    "acetaminophen": "acetaminophen|tylenol|paracetamol|apap",
    "diclofenac": "diclofenac|voltaren",
    "aspirin": "aspirin",
    "meloxicam": "meloxicam|mobic",
    "celecoxib": "celecoxib|celebrex",
    "menthol": "menthol|biofreeze|icy hot|salonpas",
    "lidocaine": "lidocaine|lidoderm",
    "muscle relaxant": "cyclobenzaprine|flexeril|methocarbamol|robaxin|tizanidine|baclofen|muscle relaxants?|muscle relaxers?",
    "opioid": "opioids?|oxycodone|hydrocodone|tramadol|norco|percocet|morphine|codeine|narcotics?",
    "steroid": "prednisone|medrol|steroids?|methylprednisolone|dexamethasone",
    "duloxetine": "duloxetine|cymbalta",
    "gabapentin": "gabapentin|neurontin|pregabalin",
}
CARE = (
    r"physical therapy|physiotherapy|physio|therapy|massages?|chiropract\w+|acupuncture|injections?|epidurals?|tens|"
    r"(?:back )?(?:belt|brace)|rub|gel|creams?|patch(?:es)?|ointment|home exercises?"
)
PARTS = {
    "gap": GAP,
    "dur": DURATION,
    "drug": "(?:" + "|".join(DRUGS.values()) + ")",
    "care": f"(?:{CARE})",
    "pain": r"(?:pains?|pn|aches?|aching|backaches?|soreness|discomfort|dorsalgia|hurts?|hurting|symptoms?|sx|complaints?|bother\w*|trouble|misery)",
    "back": r"(?:backs?|spine|trunk)",
    "pron": r"(?:his|her|the|their|my|a)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying something about an element.

    Parameters
    ----------
    pattern
        What to look for in the normalized clause; braces name a shorthand of `PARTS`.
    part
        The part of the element that it fills, where the element has two (such as duration and frequency).
    state
        ``present`` or ``partial`` for what is stated, ``contradicted`` for what denies a fact of the record.
    negated
        What a negation before it means: ``block`` (it says nothing), ``ignore``, or ``contradicts``.
    future
        Whether a supposed or intended thing counts.
    others
        Whether a clause about other people counts.
    sections
        The parts of the note where it counts; everywhere when empty.
    unless
        What must not occur in the same clause.
    given
        What must occur in the same clause.
    """

    pattern: str
    part: str = ""
    state: str = "present"
    negated: str = "block"
    future: bool = False
    others: bool = False
    sections: tuple[str, ...] = ()
    unless: str = ""
    given: str = ""

    def compiled(self) -> CompiledRule:
        """Return the rule with its patterns ready for use."""
        return CompiledRule(self, _compile(self.pattern), _compile(self.unless), _compile(self.given))


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its patterns compiled."""

    rule: Rule
    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    given: re.Pattern[str]


def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern at word boundaries, its shorthand filled in; an empty one never matches."""
    if not pattern:
        return re.compile(r"(?!)")
    for name, value in PARTS.items():
        pattern = pattern.replace("{" + name + "}", value)
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z])")


def compile_parts(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that may use the shorthand of rules."""
    return _compile(pattern)
