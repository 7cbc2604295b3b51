"""Telling facts as a chart: forms with slots, each slot one of many wordings, nested as deep as they go."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from grader.codeset.changes import in_words
from grader.errors import CourseError
from grader.family.derive.coexisting import obesity_class
from grader.family.facts import Facts
from grader.family.source import Family, Form
from grader.family.values import short, values_of

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)-(\d+)")
_HEADING = re.compile(r"[A-Z][A-Z ,/&]*:")
_BEFORE_VOWEL = re.compile(r"\b([Aa])(?= [aeiou])")
_DEEPEST = 12
FEWEST_WORDS = 120
"""A shorter chart gets more of what every chart has: remarks that decide nothing."""
_KEPT_WORD = 0.75


class Teller:
    """Renders the wordings of one case; a wording that was used comes again only when no other is left.

    Parameters
    ----------
    family
        The wordings.
    facts
        What they tell.
    rng
        Where choices come from.
    """

    def __init__(self, family: Family, facts: Facts, rng: random.Random) -> None:
        self._family = family
        self._facts = facts
        self._rng = rng
        self._values = values_of(facts)
        self._used: set[tuple[str, str]] = set()
        self._kept: dict[str, str] = {}

    def title(self) -> str:
        """Return a title that fits the facts: a neutral remark."""
        fitting = [text for limit, text in self._family.titles if limit.allows(self._values)]
        if not fitting:
            raise CourseError(f"{self._family.name}: no title fits {self._values}.")
        said = _BEFORE_VOWEL.sub(r"\1n", self.render(self._rng.choice(fitting)))
        return said[:1].upper() + said[1:]

    def form(self) -> Form:
        """Return a layout that fits the setting."""
        fitting = [form for form in self._family.forms if form.limit.allows(self._values)]
        if not fitting:
            raise CourseError(f"{self._family.name}: no form fits {self._values['setting']!r}.")
        chosen = self._rng.choice(fitting)
        self._values["form"] = chosen.name
        return chosen

    def documents(self, form: Form) -> list[dict[str, str]]:
        """Return the papers of a form with every slot filled."""
        kept = {
            full: short
            for full, short in self._family.abbreviations.items()
            if self._rng.random() < _KEPT_WORD
        }
        papers = []
        for document in form.documents:
            text = tidy(self.render(document.text))
            if form.style == "terse":
                text = abbreviate(text, kept)
            papers.append({"kind": document.kind, "title": self.render(document.title), "text": text})
        while sum(len(paper["text"].split()) for paper in papers) < FEWEST_WORDS:
            papers[-1]["text"] += f"\n{self._say('filler')}\n"
        return papers

    def render(self, text: str, depth: int = 0) -> str:
        """Return a text with its slots filled."""
        if depth > _DEEPEST:
            raise CourseError(f"{self._family.name}: wordings go round in circles at {text!r}.")
        return _SLOT.sub(lambda slot: self._fill(slot[1], depth), text)

    def _fill(self, slot: str, depth: int) -> str:
        if slot[0] == "=":
            return self._keep(slot[1:], depth)
        if span := _RANGE.fullmatch(slot):
            return str(self._rng.randint(int(span[1]), int(span[2])))
        if "|" in slot:
            return self._rng.choice(slot.split("|"))
        if slot[0].isupper() and slot not in self._family.phrases:
            said = self._fill(slot[0].lower() + slot[1:], depth)
            return said[:1].upper() + said[1:]
        built = getattr(self, f"_say_{slot}", None)
        return built() if built else self._say(slot, depth)

    def _keep(self, name: str, depth: int) -> str:
        """Return a wording that stays the same through the whole chart."""
        plain = name[0].lower() + name[1:]
        if plain not in self._kept:
            self._kept[plain] = self._say(plain, depth)
        said = self._kept[plain]
        return said if plain == name else said[:1].upper() + said[1:]

    def _say(self, name: str, depth: int = 0) -> str:
        group = self._family.phrases.get(name)
        if group is None:
            raise CourseError(f"{self._family.name}: there is no wording {name!r}.")
        possible = [text for limit, text in group if limit.allows(self._values)]
        if not possible:
            raise CourseError(f"{self._family.name}: no wording of {name!r} fits {self._values}.")
        fresh = [text for text in possible if (name, text) not in self._used]
        chosen = self._rng.choice(fresh or possible)
        self._used.add((name, chosen))
        return self.render(chosen, depth + 1)

    def _say_age(self) -> str:
        return str(self._facts.age)

    def _say_date(self) -> str:
        return in_words(self._facts.on)

    def _say_shortdate(self) -> str:
        return short(self._facts.on)

    def _say_level(self) -> str:
        return self._facts.level

    def _say_bmi(self) -> str:
        return f"{self._facts.bmi}.{self._rng.randint(0, 9)}"

    def _say_class(self) -> str:
        return obesity_class(int(self._facts.bmi))

    def _say_mentioned_list(self) -> str:
        names = [self._say(f"name {name}") for name in self._facts.mentioned]
        self._rng.shuffle(names)
        return ", ".join(names)

    def _say_problem_list(self) -> str:
        """Return the assessment: the problem of the visit, and below it what is managed."""
        first = self._say("assessment").strip()
        first = first[:1].upper() + first[1:]
        if not self._facts.managed:
            return first
        lines = [first, *(self._say(f"managed {name}") for name in self._facts.managed)]
        return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1))


def tidy(text: str) -> str:
    """Return a text without the traces of empty slots: double blanks, lonely stops, headings with nothing below."""
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" +([.,;:])", r"\1", text)
    text = re.sub(r"\.{2,}", ".", text)
    text = re.sub(r" *\n *", "\n", text)
    paragraphs = [part.strip() for part in re.split(r"\n{2,}", text)]
    kept = [part for part in paragraphs if part and not _HEADING.fullmatch(part)]
    return "\n\n".join(kept) + "\n"


def abbreviate(text: str, table: Mapping[str, str]) -> str:
    """Return a text in the short hand of busy people; longer words first, headings untouched."""
    for full, brief in sorted(table.items(), key=lambda pair: -len(pair[0])):
        text = re.sub(rf"(?<![\w-]){re.escape(full)}(?![\w-])", brief, text)
    return text


def expand(text: str, table: Mapping[str, str]) -> str:
    """Undo `abbreviate` as far as another reader needs it."""
    for full, brief in table.items():
        text = re.sub(rf"(?<![\w/]){re.escape(brief)}(?![\w/])", full, text)
    return text
