"""Which phrases fit a query best: all of its words, or as many as there can be.

A query is cut into *parts*: single words, and expressions of several words that the code set may call otherwise.
A part stands in a phrase at one of three levels of likeness: exactly (or by what an expression means); also as a
beginning, or as a word of the same root; also with slips of the keys where nothing else fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.codeset.search.postings import Postings
from grader.codeset.search.query import Said, Thesaurus, Word
from grader.codeset.search.spelling import Speller
from grader.codeset.words import root_of

LEVELS = 3
_REMEMBERED = 256
_RAREST = 24
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A word as typed: for each level the phrases it stands in, and the roots it may have in an expression."""

    phrases: tuple[int, ...]
    roots: tuple[frozenset[str], ...]
    counts: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a query that stand or fall together: how many of them count, and for each level the phrases.

    ``rarity`` says how much is lost without them, where there is a choice.
    """

    count: int
    phrases: tuple[int, ...]
    rarity: int


@dataclass
class Reading:
    """One way to cut a query into parts; a part found nowhere is lost from the beginning."""

    parts: list[Part]
    lost: int
    _kept: list[dict[int, int]] = field(default_factory=lambda: [{} for _ in range(LEVELS)])
    _choices: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        choices: dict[int, list[tuple[int, int]]] = {}
        for mask in range(1, 1 << len(self.parts)):
            left = [at for at in range(len(self.parts)) if not mask >> at & 1]
            lost = self.lost + sum(self.parts[at].count for at in left)
            choices.setdefault(lost, []).append((sum(self.parts[at].rarity for at in left), mask))
        self._choices = {lost: [mask for _, mask in sorted(found)] for lost, found in choices.items()}

    def choices(self, lost: int) -> list[int]:
        """Return the parts that can be kept, as bits, when so many words are left out: the rarest kept first."""
        return self._choices.get(lost, [])

    def phrases(self, mask: int, level: int) -> int:
        """Return the phrases that hold all parts of ``mask``."""
        kept = self._kept[level]
        if mask not in kept:
            part = self.parts[mask.bit_length() - 1].phrases[level]
            rest = mask & ~(1 << (mask.bit_length() - 1))
            kept[mask] = part & self.phrases(rest, level) if rest else part
        return kept[mask]


class Matcher:
    """Finds the phrases for the words of a query."""

    def __init__(self, postings: Postings, thesaurus: Thesaurus) -> None:
        self._postings = postings
        self._thesaurus = thesaurus
        self._speller = Speller(sorted({*postings.vocabulary, *thesaurus.words}))
        self._remembered: dict[Word, Meant] = {}

    def best(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        """Yield the phrases that hold the words, best first, each after the number of words it lacks."""
        readings = self._readings(words)
        for lost in range(len(words)):
            fit = [
                (reading, mask)
                for reading in readings
                for mask in reading.choices(lost)
                if reading.phrases(mask, LEVELS - 1)
            ]
            for reading, mask in fit:
                for level in range(LEVELS):
                    for phrase in self._postings.numbers(reading.phrases(mask, level)):
                        yield lost, phrase

    def _readings(self, words: list[Word]) -> list[Reading]:
        """Cut at the longest expressions, and at single words."""
        meant = [self._meant(word) for word in words]
        said = self._thesaurus.said([each.roots for each in meant])
        singles = [each for each in said if len(each.places) == 1]
        cuts = [said, singles] if len(singles) < len(said) else [singles]
        return [self._reading(meant, cut) for cut in cuts]

    def _reading(self, meant: list[Meant], said: list[Said]) -> Reading:
        parts: dict[tuple[int, ...], list[int]] = {}
        taken: set[int] = set()
        for each in said:
            if each.places not in parts and not taken.isdisjoint(each.places):
                continue
            taken.update(each.places)
            phrases = parts.setdefault(each.places, self._literally(meant, each.places))
            for meaning in each.expression.meanings:
                bits = self._postings.having_all(meaning)
                for level in range(max(each.level, int(each.expression.wider)), LEVELS):
                    phrases[level] |= bits
        for place in sorted(set(range(len(meant))) - taken):
            parts[(place,)] = list(meant[place].phrases)
        every = [
            self._part([meant[at] for at in places], phrases) for places, phrases in sorted(parts.items())
        ]
        found = [part for part in every if part.phrases[-1]]
        return Reading(found, sum(part.count for part in every) - sum(part.count for part in found))

    def _part(self, words: list[Meant], phrases: list[int]) -> Part:
        count = sum(word.counts for word in words)
        return Part(count, tuple(phrases), _RAREST - phrases[-1].bit_count().bit_length() if count else 1)

    def _literally(self, meant: list[Meant], places: tuple[int, ...]) -> list[int]:
        phrases = list(meant[places[0]].phrases)
        for place in places[1:]:
            phrases = [a & b for a, b in zip(phrases, meant[place].phrases, strict=True)]
        return phrases

    def _meant(self, word: Word) -> Meant:
        """Look a word up; those of the same query at the keystroke before are remembered."""
        if word not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._look_up(word)
        return self._remembered[word]

    def _look_up(self, word: Word) -> Meant:
        postings, own = self._postings, frozenset((root_of(word.text),))
        exact = postings.having((word.text,))
        longer: list[str] = []
        completed: list[str] = []
        # A finished word that is in no phrase can be a beginning too: "degen disc".
        if len(word.text) > (1 if word.unfinished else _SHORTEST) and (word.unfinished or not exact):
            longer = postings.beginning(word.text)
            completed = self._thesaurus.beginning(word.text)
        begun = postings.having((word.text, *postings.kin(word.text), *longer))
        roots = own.union(root_of(other) for other in completed)
        # A misspelt word can have kin by chance: it is looked at as a slip all the same.
        if exact or longer or completed or self._thesaurus.knows(root_of(word.text)):
            return Meant((exact, begun, begun), (own, roots, roots), word.counts)
        near = self._speller.near(word.text, word.unfinished)
        guessed = frozenset(root_of(other) for other in near)
        return Meant((exact, begun, begun | postings.having(near)), (own, roots, guessed), word.counts)
