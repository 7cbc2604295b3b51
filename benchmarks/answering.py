"""What a made-up class answers: right, wrong, in part or nothing, each trainee by a seed of its own.

Notes are put together sentence by sentence from the labelled notes of the tests, with numbers changed, a word put in, and now
and then a slip of typing: no two are the same, hardly a sentence is, and what is remembered of one helps little with the next.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import codeset
from grader.answers import Answers, to_data
from grader.assignment import Assignment
from grader.evaluation.corpus import read_corpus
from grader.library.encounter import Case, Item
from grader.library.item_keys import CodesKey, ItemKey, RepairKey
from grader.library.key import load_keys
from grader.lint import exemplar

NOTES = Path(__file__).parent.parent / "tests" / "data" / "notes"
WRITERS = ("w0", "w1", "w2", "w3")
SHORTEST, LONGEST = 100, 250
"""Words of a note."""
ABILITY = (5, 2.5)
"""Shape of the beta distribution of abilities: two answers of three are right, for some trainees nearly all."""
# Where an answer is not right: in part, wrong, nothing.
_OTHERWISE = (0.4, 0.45, 0.15)
_BY_ANYBODY = 0.25  # of wrong codes: any code of the list, instead of a mistake that was foreseen
_WITH_MORE = 0.25  # of right codes: with one that may be reported as well
_SLIPS = 0.1  # of sentences
_FILLERS = (
    "today", "again", "overall", "so far", "still", "mostly", "really", "clearly", "at present", "as before", "in general",
    "for now", "as such", "once more", "indeed", "now", "also", "likewise", "thus", "apparently", "by and large", "to date",
)  # fmt: skip
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+")
_DIGIT = re.compile(r"(?<![\w.])[2-9](?![\w.])")
_LONG_WORD = re.compile(r"\b[a-z]{6,}\b")


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: float  # where it stands in its note, 0 to 1
    text: str
    words: int  # with the one that is put in


class Notes:
    """Writes notes of other people's sentences."""

    def __init__(self, folder: Path = NOTES) -> None:
        notes = [note for writer in WRITERS for note in read_corpus(folder / writer)]
        # Heaps of key words and copies of the record are no sentences of a plausible class.
        honest = [note.text for note in notes if not set(note.flags) - {"hallucinated"}]
        self._sentences = [sentence for text in honest for sentence in _sentences(text)]

    def write(self, draw: random.Random) -> str:
        """Return a note of 100 to 250 words; the sentences stand in the order that notes have."""
        wanted, words = draw.randint(SHORTEST, LONGEST - 60), 0
        chosen: list[_Sentence] = []
        while words < wanted:
            sentence = draw.choice(self._sentences)
            # Some of what is put in is of two or three words.
            if sentence not in chosen and words + sentence.words <= LONGEST - 30:
                chosen.append(sentence)
                words += sentence.words
        chosen.sort(key=lambda each: each.place)
        return " ".join(_changed(each.text, draw) for each in chosen)


def _sentences(text: str) -> list[_Sentence]:
    found = [part.strip() for part in _ENDS.split(text) if part.strip()]
    return [
        _Sentence(place / len(found), part, len(part.split()) + 1)
        for place, part in enumerate(found)
        if 3 <= len(part.split()) <= 40
    ]


def _changed(sentence: str, draw: random.Random) -> str:
    words = _DIGIT.sub(lambda _: str(draw.randint(2, 9)), sentence).split(" ")
    words.insert(draw.randint(1, len(words) - 1), draw.choice(_FILLERS))
    sentence = " ".join(words)
    long = list(_LONG_WORD.finditer(sentence)) if draw.random() < _SLIPS else []
    if not long:
        return sentence
    at = draw.choice(long).start() + draw.randint(1, 4)
    return f"{sentence[:at]}{sentence[at + 1]}{sentence[at]}{sentence[at + 2 :]}"


class Answering:
    """The class: asked with a seed, it gives the answers of one trainee.

    Parameters
    ----------
    assignment
        What is answered.
    cases
        Folder of the keys, by which answers are made right or wrong.
    """

    def __init__(self, assignment: Assignment, cases: Path) -> None:
        self.assignment = assignment
        keys = load_keys(cases, {case.id: case for case in assignment.cases})
        self.items: list[tuple[str, Case, Item, ItemKey]] = [
            (case.item_key(item), case, item, keys[case.id].items[item.id])
            for case in assignment.cases
            for item in case.items
        ]
        self._notes = Notes()
        self._codes = [each.code for each in codeset.load().entries() if each.leaf and each.code[0] in "GMRS"]

    def answers(self, seed: str, right: float | None = None) -> dict[str, Any]:
        """Return the data of one ``answers.json``.

        Parameters
        ----------
        seed
            The same seed gives the same answers, on any machine.
        right
            Share of right answers to expect; drawn when not given.
        """
        draw = random.Random(seed)
        ability = draw.betavariate(*ABILITY) if right is None else right
        given = {name: self._answer(case, item, key, ability, draw) for name, case, item, key in self.items}
        items = {name: answer for name, answer in given.items() if answer is not None}
        return {**to_data(Answers(self.assignment.id, {})), "items": items}

    def _answer(
        self, case: Case, item: Item, key: ItemKey, ability: float, draw: random.Random
    ) -> dict[str, Any] | None:
        """Return the answer to one item as data, or None where it was left out."""
        otherwise = draw.choices(("partly", "wrong", "blank"), _OTHERWISE)[0]
        how = "right" if draw.random() < ability else otherwise
        if how == "blank":
            return _BLANK[item.kind] if draw.random() < 0.5 else None
        if item.kind == "documentation":
            return {"text": self._notes.write(draw)}
        reference = to_data(Answers("", {"": exemplar(key, case)}))["items"][""]
        make: Callable[..., dict[str, Any]] = getattr(self, f"_{item.kind.replace('-', '_')}")
        return make(how, reference, case, item, key, draw)

    def _assign_codes(
        self, how: str, right: dict[str, Any], case: Case, item: Item, key: CodesKey, draw: random.Random
    ) -> dict[str, Any]:
        codes = list(right["codes"])
        if how == "right":
            more = [each.code for each in key.optional]
            return {"codes": codes + (draw.sample(more, 1) if more and draw.random() < _WITH_MORE else [])}
        foreseen = list(draw.choice(key.wrong).codes)
        wrong = [draw.choice(self._codes)] if draw.random() < _BY_ANYBODY else foreseen
        return {"codes": list(dict.fromkeys(codes + wrong if how == "partly" else wrong))}

    def _choice(
        self, how: str, right: dict[str, Any], case: Case, item: Item, key: ItemKey, draw: random.Random
    ) -> dict[str, Any]:
        others = [choice.id for choice in item.choices if choice.id != right["choice"]]
        return right if how == "right" else {"choice": draw.choice(others)}

    def _evidence(
        self, how: str, right: dict[str, Any], case: Case, item: Item, key: ItemKey, draw: random.Random
    ) -> dict[str, Any]:
        if how == "right":
            return right
        wrong = draw.sample(list(case.passages()), draw.randint(1, 3))
        kept = right["passages"][:1] if how == "partly" else []
        return {"passages": sorted({*kept, *wrong})}

    def _claim_repair(
        self, how: str, right: dict[str, Any], case: Case, item: Item, key: RepairKey, draw: random.Random
    ) -> dict[str, Any]:
        if how == "right":
            return right
        wrong = draw.choice(key.wrong)
        harm = {wrong.field: wrong.value if wrong.value is not None else "99213"}
        fields = list(right["fields"].items())
        kept = dict(draw.sample(fields, draw.randint(1, len(fields) - 1)))
        return {"fields": kept | harm if how == "partly" else harm}


_BLANK: dict[str, dict[str, Any] | None] = {
    "assign-codes": {"codes": []},
    "documentation": {"text": ""},
    "choice": None,
    "evidence": {"passages": []},
    "claim-repair": {"fields": {}},
}
