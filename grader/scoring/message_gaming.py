"""Telling a message from what only looks like one: key words, a listed rubric, a copy, an empty form, another subject.

A flag costs nothing and decides nothing; it asks a person to look.  The bounds stand between labelled messages of people
who wrote in earnest, well or badly, and messages written to collect points; the gaps are wide, and a test measures them.
"""

from __future__ import annotations

import re

from grader.library.encounter import Item
from grader.library.item_keys import MessageKey
from grader.scoring.copying import is_copied
from grader.scoring.documentation.gaming import WORD, beginnings, is_empty_form
from grader.scoring.documentation.gaming_words import CONCRETE, GLUE, SYMBOLS
from grader.scoring.documentation.sentences import normalize

SIGNS: dict[str, str] = {
    "stuffing": "Much of this message is a row of key words; it does not speak to its reader.",
    "rubric_copy": "This message tells what should be said instead of saying it.",
    "record_copy": "Much of this message stands word for word in the record.",
    "model_copy": "Much of this message stands word for word in the model message.",
    "template": "Most fields of this form are empty.",
    "off_topic": "This message does not seem to be about this case.",
    "bare": "This message is very short.",
}
FROM_KEY = ("rubric_copy", "model_copy")
"""Flags that would tell a trainee how near a message is to the key."""

# Who writes about a record has to quote it: honest messages share up to .54 of their words with it, copies .77 and more.
_OF_RECORD = 0.65
# Honest messages share up to .16 of their words with the wording of the criteria; a listed rubric .67 and more.
_OF_RUBRIC = 0.4
# Or it speaks of itself, by one verb after the other, and gives not a date, a number or an amount.
_ITSELF = re.compile(
    r"\b(?:this|the|my|our) (?:[a-z]+ )?(?:letter|message|query|reply|request|answer|paragraph|tip|rewrite)\b"
)
_TELLS = re.compile(
    r"\b(?:mentions|covers|describes|explains|names|says|states|gives|provides|requests|asks|cites|excludes|closes|avoids|"
    r"informs|identifies|includes|offers|points|shows|leaves|quotes|lists|addresses|acknowledges|declines|invites)\b"
)
_VERBS = 4
_FIGURES = 2
# Words heaped up without a mark between them, and hardly one that joins them: in honest messages, telegrams among them,
# 16 words at most.  Half of a message of such heaps is one heap, and so is much beside an honest message.
_JOINED = 0.15
_HEAP = 9  # words
_MANY = 20  # words
# Or single words set apart.  The longest row of short items in an honest message has eight; those of a telegram hold more
# words each, or a label, an arrow or a sum.
_ITEM = re.compile(r"[,;|\n]+|[.!?](?=\s|$)")
_SHORT = 3  # words
_ROW = 12
_EACH = 1.85
# A tenth and more of the longer words of an honest message stand in the record or the question.
_LONG = 5  # letters
_STRANGE = 15
_KNOWN = 0.08
_BARE = 15  # words; the shortest honest one has 66
# A query may leave boxes and blanks for the provider to fill in.
_FOR_THE_PROVIDER = re.compile(
    r"^[ \t]*(?:[-*•] *)?(?:[☐□]|\[ ?\]|\( ?\)).*$|\bother\b[^\n]{0,20}_{2,}", re.MULTILINE
)


def flags(text: str, key: MessageKey, item: Item, record: str = "") -> tuple[str, ...]:
    """Return the names of what a person should look at in a message, in the order of `SIGNS`.

    Parameters
    ----------
    text
        The message, as written.
    key, item
        Its rubric and model, and the question.
    record
        The documents of the case.

    Returns
    -------
    tuple[str, ...]
        Names out of `SIGNS`; none for an ordinary message.
    """
    norm, given = normalize(text), normalize(f"{record}\n{item.stem}")
    criteria = normalize("\n".join(criterion.says for criterion in key.rubric))
    form = _FOR_THE_PROVIDER.sub("", norm) if item.to == "provider" else norm
    raised = {
        "record_copy": is_copied(norm, given, _OF_RECORD),
        "template": is_empty_form(form),
        "bare": len(text.split()) < _BARE,
    }
    if not any(raised.values()):
        raised["stuffing"] = _is_heap(norm) or _is_row(norm)
    if record and not any(raised.values()):
        raised["off_topic"] = _is_strange(norm, given)
    # Apart from the others, so that these show the same whatever the key says.
    raised["rubric_copy"] = is_copied(norm, criteria, _OF_RUBRIC) or _is_about_itself(norm)
    raised["model_copy"] = is_copied(norm, normalize(key.exemplar))
    return tuple(name for name in SIGNS if raised.get(name))


def _is_about_itself(norm: str) -> bool:
    figures = len(CONCRETE.findall(norm))
    return bool(_ITSELF.search(norm)) and len(_TELLS.findall(norm)) >= _VERBS and figures <= _FIGURES


def _is_heap(norm: str) -> bool:
    items = [WORD.findall(item) for item in _ITEM.split(norm)]
    heaped = sum(len(words) for words in items if len(words) >= _HEAP and _joining(words) < _JOINED)
    return heaped >= min(_MANY, max(_HEAP, sum(map(len, items)) / 2))


def _joining(words: list[str]) -> float:
    return sum(word in GLUE for word in words) / len(words)


def _is_row(norm: str) -> bool:
    """Whether short items stand side by side, too many of them for a list of findings."""
    rows: list[list[int]] = [[]]
    for item in _ITEM.split(norm):
        size = len(WORD.findall(item))
        if size > _SHORT or SYMBOLS.search(item):
            rows.append([])
        elif size:
            rows[-1].append(size)
    longest = max(rows, key=len)
    enough = min(_MANY, len(WORD.findall(norm)) / 2)
    return len(longest) >= _ROW and enough <= sum(longest) <= _EACH * len(longest)


def _is_strange(norm: str, given: str) -> bool:
    """Whether hardly a longer word of a message stands in the record or the question."""
    words = beginnings(word for word in WORD.findall(norm) if len(word) >= _LONG)
    known = beginnings(WORD.findall(given))
    return len(words) >= _STRANGE and len(words & known) < _KNOWN * len(words)
