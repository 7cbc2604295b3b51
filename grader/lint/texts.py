"""What trainees read: neutral titles, charts of a readable length, and no code that gives the answer away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.codeset import CodeSet
from grader.codeset.words import root_of, words_of
from grader.library.encounter import Case, Item
from grader.library.item_keys import CodesKey
from grader.library.reference import Key
from grader.lint.exemplar import Fault

SHORTEST, LONGEST = 120, 400
"""Words of a case's documents together."""

# Words of code titles that a patient would say, so that a title may say them.
_PLAIN = frozenset((
    "acute", "back", "body", "chest", "counter", "fall", "foot", "head", "hip", "initial", "kitchen", "knee", "leg", "long",
    "low", "lower", "month", "muscle", "neck", "other", "pain", "part", "place", "side", "unit", "upper", "use", "visit",
    "week", "woman", "work", "year",
))  # fmt: skip


def case_text_faults(case: Case) -> Iterator[Fault]:
    """Yield what is wrong with the texts of ``case.yml`` by themselves."""
    words = sum(len(document.text.split()) for document in case.documents)
    if not SHORTEST <= words <= LONGEST:
        remedy = f"Write between {SHORTEST} and {LONGEST} words in all"
        yield "documents", f"they have {words} words together", remedy
    for place, document in enumerate(case.documents):
        if "\t" in document.text or re.search(r"[\u0000-\u0008\u000e-\u001f\u202a-\u202e]", document.text):
            yield f"documents.{place}", "it holds a tab or a control character", "Use spaces"


def given_away(case: Case, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    """Yield where the title or a text of the case shows what an assign-codes item asks for."""
    for item in case.items:
        reference = key.items[item.id]
        if not isinstance(reference, CodesKey):
            continue
        shown = "\n".join(_shown(case))
        for expected in reference.expected:
            # A code of three characters, such as N10, could be part of any number.
            bare = expected.code.replace(".", "")
            if "." in expected.code and re.search(rf"{re.escape(expected.code)}|\b{bare}\b", shown):
                problem = f"case.yml shows {expected.code}"
                yield f"items.{item.id}.expected", problem, "Take the code out of what trainees read"
        yield from _title(case, item, reference, codeset)


def _title(case: Case, item: Item, reference: CodesKey, codeset: CodeSet) -> Iterator[Fault]:
    telling = {
        root_of(word)
        for expected in reference.expected
        for word in words_of(codeset.title(expected.code))
        if word not in _PLAIN and len(word) > 3
    }
    for place, text in (("title", case.title), ("stem", item.stem)):
        for word in words_of(text):
            if word not in _PLAIN and any(_akin(root_of(word), root) for root in telling):
                problem = f"the {place}'s word {word!r} in case.yml is in the title of a code of the answer"
                yield f"items.{item.id}.expected", problem, "Say the complaint in plain words"


def _akin(one: str, other: str) -> bool:
    """Whether two roots are of one word: the same, or with the same six letters first (sciatic, sciatica)."""
    return one == other or (len(one) >= 6 and one[:6] == other[:6])


def _shown(case: Case) -> Iterator[str]:
    """Yield every text that a trainee sees."""
    yield case.title
    for document in case.documents:
        yield document.title
        yield document.text
    for item in case.items:
        yield from _texts(item)


def _texts(item: Item) -> Iterator[str]:
    yield item.stem
    yield from (choice.text for choice in (*item.choices, *item.prompts))
    yield from (f"{field.label} {field.value}" for field in item.fields)
    yield from item.coded
