"""Telling a note from what only looks like one: key words, a copied rubric or record, an empty form, another visit.

A flag costs nothing and decides nothing; it asks a person to look.  So each one rests on a wide gap: the measures below
keep labelled honest notes of many writers far on one side and labelled gaming far on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from grader.scoring.copying import is_copied
from grader.scoring.documentation.gaming_words import (
    ASPECTS,
    BACK,
    CONCRETE,
    DOCUMENTING,
    GLUE,
    LISTED,
    MARKS,
    MISSING,
    MOVEMENT,
    OPENING,
    OTHER_SUBJECT,
    PAIN,
    STATEMENTS,
    SYMBOLS,
)
from grader.scoring.documentation.sentences import Clause, clauses, normalize

SIGNS: dict[str, str] = {
    "stuffing": "Much of this note is a row of key words; it does not tell what was found in this patient.",
    "rubric_copy": "This note tells which things are documented, not what was found.",
    "vignette_copy": "Much of this note stands word for word in the record.",
    "model_copy": "Much of this note stands word for word in the model note.",
    "template": "Most fields of this form are empty.",
    "off_topic": "This note does not seem to be about this patient's back.",
    "bare": "This note says very little about this patient's back.",
}

WORD = re.compile(r"[a-z0-9]+(?:['/.+-][a-z0-9]+)*")
_SENTENCE = re.compile(r"[|;\n]+|(?<=[.!?])[\"')\]]{0,2}\s")
_ITEM = re.compile(r",|[.!?](?=\s|$)")

# A heap: a sentence of many words and hardly one that joins them.  Honest sentences of this length: one in six or more.
_HEAP = 16
_JOINED = 0.125
# A row: one- or two-word items side by side.  The longest one in an honest note has eight; a list opened as such
# ("Denies fever, chills …") is a statement.
_ROW = 10
_ITEM_MOST = 3
_ITEM_WORDS = 1.7
# This share of a note, or this many words beside an honest one.
_SHARE = 0.5
_MANY = 20

_BLANK = re.compile(
    r"_{2,}|\[[^\]\w]{0,20}\]|\[[a-z][a-z /,'-]{0,29}\]|\.{4,}|…{2,}|<[a-z][a-z /-]{1,20}>|[☐□]+"
    r"|: ?(?:n/a|na|tbd)(?=[.;,\n]|$)"
)
_TICKED = re.compile(r"\[ ?[xX✓✔] ?\]|[☑☒]")
_BOX = re.compile(r"\[\s{0,3}\]|[☐□]")
_FORM_WORDS = 6  # words to a blank: an empty form has two or three
_FIELDS = 5

_OTHERS = 2  # words of another subject; one more where the note speaks of movement, or nothing is known of the record
_LONG = 5  # letters
_STRANGE_WORDS = 15  # long words, of which hardly one stands in the record
_KNOWN_SHARE = 0.1

# Words.  In a longer note an honest writer's unusual wording is more likely than nothing said.
_SHORT = 60


def flags(text: str, source: str = "", exemplar: str = "") -> tuple[str, ...]:
    """Return the names of what a person should look at in a note, in the order of `SIGNS`.

    Parameters
    ----------
    text
        The note, as written.
    source
        The documents of the case.
    exemplar
        The model note of the case.

    Returns
    -------
    tuple[str, ...]
        Names out of `SIGNS`; none for an ordinary note.
    """
    norm, source, exemplar = normalize(text), _normalized(source), _normalized(exemplar)
    raised = {
        "template": is_empty_form(norm),
        "vignette_copy": is_copied(norm, source),
        "model_copy": is_copied(norm, exemplar),
    }
    if not raised["template"]:
        names = _only_names(norm)
        raised["rubric_copy"] = names and bool(DOCUMENTING.search(norm) or _is_joined(norm))
        raised["stuffing"] = not raised["rubric_copy"] and (names or _is_stuffed(norm))
    # What is said of the model note stays secret in an exam: the other flags must not depend on it.
    if not any(raised[name] for name in raised if name != "model_copy"):
        parts = clauses(text)
        raised["off_topic"] = _is_another_visit(parts, source)
        raised["bare"] = not raised["off_topic"] and _says_little(parts)
    return tuple(name for name in SIGNS if raised.get(name))


# A class writes many notes on the same case.
_normalized = lru_cache(maxsize=256)(normalize)


def _sentences(norm: str) -> Iterator[str]:
    return (sentence for sentence in _SENTENCE.split(norm) if sentence.strip())


def _is_stuffed(norm: str) -> bool:
    sentences = list(_sentences(norm))
    total = len(WORD.findall(norm))
    stuffed = max(sum(map(_heaped, sentences)), _in_rows(sentences))
    return stuffed >= _MANY or (stuffed >= _ROW and stuffed >= _SHARE * total)


def _heaped(sentence: str) -> int:
    """Return how many words a sentence heaps up; none when it joins them or opens a list as such."""
    words = len(WORD.findall(sentence))
    return 0 if words < _HEAP or LISTED.match(sentence) or _is_joined(sentence) else words


def _is_joined(text: str) -> bool:
    words = WORD.findall(text)
    joining = sum(word in GLUE for word in words) + len(MARKS.findall(text))
    return joining > _JOINED * len(words)


def _in_rows(sentences: list[str]) -> int:
    """Return how many words stand in long rows of items, set apart by commas or by full stops."""
    rows: list[list[int]] = [[]]
    for sentence in sentences:
        items = [item for item in _ITEM.split(sentence) if item.strip()]
        if len(items) > 2 and LISTED.match(sentence):
            rows.append([])
            continue
        for item in items:
            words = WORD.findall(item)
            if len(words) <= _ITEM_MOST and GLUE.isdisjoint(words) and not SYMBOLS.search(item):
                rows[-1].append(len(words))
            else:
                rows.append([])
    return sum(sum(row) for row in rows if len(row) >= _ROW and sum(row) <= _ITEM_WORDS * len(row))


def _only_names(norm: str) -> bool:
    """Whether a note names the elements of a note and states none of them: no number, no time, no dose."""
    said = "\n".join(sentence for sentence in _sentences(norm) if not MISSING.search(sentence))
    words = len(WORD.findall(said))
    named = sum(bool(aspect.search(said)) for aspect in ASPECTS)
    concrete = len(CONCRETE.findall(said))
    long = named >= 10 and named >= 0.12 * words and concrete <= 2
    short = named >= 7 and named >= 0.22 * words and concrete == 0 and bool(DOCUMENTING.search(said))
    return long or short


def is_empty_form(norm: str) -> bool:
    """Whether a normalized text is a form of which hardly a field is filled."""
    blanks = 0
    lines = [line for line in norm.splitlines() if line.strip()]
    for line, following in pairwise([*lines, ":"]):
        filled = _TICKED.sub(" ", _BOX.sub(" ", line)) if _TICKED.search(line) else line
        blanks += len(_BLANK.findall(filled))
        blanks += line.rstrip().endswith(":") and ":" in following
    words = len(WORD.findall(_BLANK.sub(" ", norm)))
    return blanks >= _FIELDS and words <= _FORM_WORDS * blanks and len(CONCRETE.findall(norm)) <= 2


def _is_another_visit(parts: list[Clause], source: str) -> bool:
    """Whether a note speaks of something else and never of the back; what the record speaks of is nothing else."""
    if source and not BACK.search(source):
        return False
    if any(not part.others and _asserts(BACK, part) for part in parts):
        return False
    whole = " ".join(part.norm for part in parts)
    if OPENING.match(whole):
        return True
    known = beginnings(WORD.findall(source))
    other = beginnings(OTHER_SUBJECT.findall(whole)) - known
    own = beginnings(MOVEMENT.findall(whole))
    if len(other) >= _OTHERS + bool(own) + (not source) and len(other) > len(own):
        return True
    words = beginnings(word for word in WORD.findall(whole) if len(word) >= _LONG)
    strange = len(words) >= _STRANGE_WORDS and len(words & known) <= _KNOWN_SHARE * len(words)
    return bool(source) and strange and not own and not PAIN.search(whole)


def beginnings(words: Iterable[str]) -> set[str]:
    """Return what words have in common with their kin: their first letters."""
    return {word[:5] for word in words}


def _asserts(pattern: re.Pattern[str], part: Clause) -> bool:
    return any(not part.is_negated(match.start()) for match in pattern.finditer(part.norm))


def _says_little(parts: list[Clause]) -> bool:
    told = [part for part in parts if not (part.others or part.not_done or part.silent)]
    if sum(len(WORD.findall(part.norm)) for part in parts) > _SHORT:
        return False
    return not any(_asserts(kind, part) for part in told for kind in STATEMENTS)
