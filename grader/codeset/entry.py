"""One line of the tabular list, and how a code is spelled."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the tabular list: a chapter, a block, a category or a code without its 7th character."""

    code: str
    title: str
    parent: str
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_seventh: Mapping[str, str] = field(default_factory=dict)
    children: tuple[str, ...] = ()

    @property
    def leaf(self) -> bool:
        """Whether nothing more specific stands below it."""
        return not self.children

    @property
    def inclusion_terms(self) -> tuple[str, ...]:
        """Other names that the tabular list files under this code."""
        return self.notes.get("inclusion_terms", ())


def with_seventh(code: str, seventh: str) -> str:
    """Return a code with its 7th character, the gap filled with the placeholder X (Guidelines I.A.5)."""
    return dotted(code.replace(".", "").ljust(6, "X") + seventh)


def dotted(code: str) -> str:
    """Return a code with its dot after the third character."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def split_seventh(code: str, known: Container[str]) -> tuple[str, str]:
    """Split a dotted code into the one of ``known`` it belongs to and its 7th character; ``""`` when it has none."""
    if code in known or len(code) != 8:
        return code, ""
    base, seventh = code[:-1], code[-1]
    for candidate in (base, base.rstrip("X"), base.rstrip("X").rstrip(".")):
        if candidate in known and with_seventh(candidate, seventh) == code:
            return candidate, seventh
    return code, ""
