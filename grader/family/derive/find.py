"""Codes found by walking the tabular list: the one leaf below a place whose title, or another of its names, has the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from grader.codeset.entry import Entry, with_seventh
from grader.codeset.tabular import CodeSet
from grader.errors import CodeSetError

_REMEMBERED = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Finder:
    """A code set to look in; what was found is remembered."""

    codes: CodeSet

    def below(self, place: str, *words: str, without: str = "") -> str:
        """Return the one code at or below ``place`` that is named by all the words.

        Parameters
        ----------
        place
            A category or subcategory.
        words
            Whole words or phrases; a title with all of them goes before an inclusion term with all of them.
        without
            A word that must not be in the title.

        Raises
        ------
        CodeSetError
            When none or several codes fit: the tabular list has changed, and the rule must be read again.
        """
        return _below(self.codes, place, words, without)

    def leaves(self, place: str) -> tuple[str, ...]:
        """Return the codes at or below a place in tabular order."""
        return _leaves(self.codes, place)

    def title(self, code: str) -> str:
        """Return the title of a code."""
        return self.codes.title(code)

    def base(self, code: str) -> str:
        """Return a code without its 7th character."""
        return self.codes.split(code)[0]

    def lineage(self, code: str) -> tuple[str, ...]:
        """Return what stands above a code, nearest first, up to its category."""
        return tuple(a for a in self.codes.ancestors(self.base(code)) if "-" not in a and not a.isdigit())

    def seventh(self, base: str, meaning: str) -> str:
        """Return ``base`` with the 7th character that means what is given; unchanged when it takes none."""
        characters = self.codes.seventh_characters(base)
        if not characters:
            return base
        fitting = [char for char, said in characters.items() if said.startswith(meaning)]
        if len(fitting) != 1:
            raise CodeSetError(f"{base} has {len(fitting)} 7th characters that mean {meaning!r}.")
        return with_seventh(base, fitting[0])


@lru_cache(maxsize=_REMEMBERED)
def _leaves(codes: CodeSet, place: str) -> tuple[str, ...]:
    entry = codes.get(place)
    if entry is None:
        raise CodeSetError(f"The tabular list has no {place}.")
    if entry.leaf:
        return (place,)
    return tuple(leaf for child in entry.children for leaf in _leaves(codes, child))


@lru_cache(maxsize=_REMEMBERED)
def _below(codes: CodeSet, place: str, words: tuple[str, ...], without: str) -> str:
    entries = [entry for leaf in _leaves(codes, place) if (entry := codes.get(leaf)) is not None]
    kept = [entry for entry in entries if not (without and _has(entry.title, (without,)))]
    fitting = [e for e in kept if _has(e.title, words)] or [e for e in kept if _named(e, words)]
    if len(fitting) != 1:
        found = ", ".join(entry.code for entry in fitting) or "none"
        raise CodeSetError(
            f"Below {place}, {' + '.join(words) or 'the only code'} should name one code: {found}."
        )
    return fitting[0].code


def _named(entry: Entry, words: tuple[str, ...]) -> bool:
    return any(_has(term, words) for term in entry.inclusion_terms)


def _has(text: str, words: tuple[str, ...]) -> bool:
    return all(re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)
