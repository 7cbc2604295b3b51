"""Signs: small patterns by which a rubric finds what a message says.

A sign is a few words that stand in one sentence, in any order: ``ask|request redetermin* !not``

``word``      this word or its kin (decide, decides, deciding; see `grader.codeset.words.root_of`)
``=word``     this very word and no kin
``word*``     this word with a regular ending (numb, numbed, numbness, and never number)
``a|b``       either of them
``a+b``       these words one after the other; so is a code, ``M54.50``
``!word``     and not this word in the same sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from grader.codeset.words import root_of, singular

# A run of marks is tried at its first mark only, so that the time stays in proportion to the text.
_SENTENCE = re.compile(
    r"(?<!\bDr)(?<!\bvs)(?<![\s.(][A-Za-z])(?<!\d)(?<![.?!])[.?!]+(?=[\"')\]]*(?:\s|$))|\n+"
    r"|(?<=\d)[.?!]+(?=[\"')\]]*(?:\s+[A-Z\"']|\s*$))"
)
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"['’](?=[a-z])")
# What ``word*`` may end in. No "er": it makes another word more often (pay, payer; slip, slipper) than a comparative.
_ENDINGS = "s|es|d|ed|ings?|e?n|t|ly|ness|ful|fully|able|ably|ments?|ions?|ations?|ive"
# Words that look like the kin of another one: several is not severe, and a medical center is no cent.
_KINLESS = frozenset(
    ("better", "bother", "center", "county", "every", "former", "lateral", "mention", "number", "party", "portion",
     "positive", "provider", "sentence", "several", "shoulder", "signal", "station")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, with its words and, for each, its root."""

    text: str
    words: tuple[str, ...]
    roots: tuple[str, ...]
    known: frozenset[str]


def sentences(text: str) -> list[Sentence]:
    """Cut a message into sentences; a line of a list is one of its own."""
    return [_sentence(part) for part in _parts(text) if part]


def _parts(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()


def _sentence(text: str) -> Sentence:
    words = tuple(_words(text))
    roots = tuple(_root(word) for word in words)
    return Sentence(text, words, roots, frozenset((*words, *roots)))


def _words(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHE.sub("", text.lower()))


def _root(word: str) -> str:
    one = singular(word)
    return one if one in _KINLESS else root_of(one)


def _forms(word: str) -> re.Pattern[str]:
    """Return what matches a word with any regular ending: decide, deciding; stop, stopped; worry, worries."""
    stem, last = re.escape(word[:-1]), re.escape(word[-1:])
    changed = {"e": "ings?|able", "y": "ies|ied|ily|iness"}.get(last, f"{last}{last}(?:ed|ing|en)")
    return re.compile(f"{stem}(?:{last}(?:{_ENDINGS})?|{changed})")


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a sign: itself, what it shares with its kin, or the forms that it takes."""

    word: str
    root: str
    forms: re.Pattern[str] | None

    def is_at(self, sentence: Sentence, place: int) -> bool:
        """Whether the word stands at this place of the sentence."""
        if self.forms:
            return bool(self.forms.fullmatch(sentence.words[place]))
        return self.word == sentence.words[place] or (bool(self.root) and self.root == sentence.roots[place])

    def may_be_in(self, sentence: Sentence) -> bool:
        """Whether it is worth to look for it place by place."""
        return bool(self.forms) or self.word in sentence.known or self.root in sentence.known


@dataclass(frozen=True, slots=True)
class _Term:
    """One condition of a sign: any of its alternatives, each a few words; or none of them, where it is ``absent``."""

    alternatives: tuple[tuple[_Word, ...], ...]
    absent: bool

    def holds(self, sentence: Sentence) -> bool:
        """Whether the sentence meets the condition."""
        return any(_has(sentence, words) for words in self.alternatives) != self.absent


def _has(sentence: Sentence, words: tuple[_Word, ...]) -> bool:
    """Whether the words stand in the sentence one after the other."""
    if not words or not all(word.may_be_in(sentence) for word in words):
        return False
    last = len(sentence.words) - len(words)
    return any(
        all(word.is_at(sentence, start + at) for at, word in enumerate(words)) for start in range(last + 1)
    )


@cache
def _terms(sign: str) -> tuple[_Term, ...]:
    terms = []
    for part in sign.split():
        alternatives = tuple(_alternative(text) for text in part.removeprefix("!").split("|"))
        terms.append(_Term(alternatives, part.startswith("!")))
    return tuple(terms)


def _alternative(text: str) -> tuple[_Word, ...]:
    words = _words(text)
    exact = text.startswith("=")
    made = [_Word(word, "" if exact else _root(word), None) for word in words]
    if text.endswith("*") and words:
        made[-1] = _Word(words[-1], "", _forms(words[-1]))
    return tuple(made)


def where(signs: Sequence[str], message: Sequence[Sentence]) -> list[str]:
    """Return for each sign that is found the first sentence that holds it."""
    found = []
    for sign in signs:
        sentence = next((s.text for s in message if all(term.holds(s) for term in _terms(sign))), None)
        if sentence is not None:
            found.append(sentence)
    return found
