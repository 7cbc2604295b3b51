"""What the case library trains: how often each skill, mistake and kind occurs in each pool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.library.encounter import Case
from grader.library.item_keys import AuditKey, CodesKey, ItemKey, RepairKey
from grader.library.mistakes import MISTAKES
from grader.library.reference import Key
from grader.library.skills import SKILLS

POOLS = ("practice", "exam")
KINDS = {
    "coding": "Coding",
    "documentation": "Documentation",
    "query": "Query to the provider",
    "denial": "Denied claim",
    "preauthorization": "Preauthorization",
    "communication": "Talking with patients",
    "audit": "Audit",
}
ITEM_KINDS = {
    "assign-codes": "Assign codes",
    "documentation": "Write a note",
    "choice": "Choose one",
    "choices": "Choose several",
    "match": "Match",
    "order": "Put in order",
    "claim-repair": "Repair a claim",
    "evidence": "Mark the evidence",
    "audit": "Audit a coder",
    "message": "Write a query, letter or reply",
}
DIFFICULTIES = {
    "1": "1 Recall",
    "2": "2 Apply one rule",
    "3": "3 Combine rules",
    "4": "4 Expert or contested",
}


@dataclass(frozen=True, slots=True)
class Row:
    """How many cases of each pool have something."""

    title: str
    practice: int
    exam: int


@dataclass(frozen=True, slots=True)
class Table:
    """One way to look at the library; each case counts once a row.

    ``from_keys`` tells whether it is counted from keys, those that are not here left out.
    """

    title: str
    rows: tuple[Row, ...]
    from_keys: bool = False


def coverage(cases: Mapping[str, Case], keys: Mapping[str, Key]) -> tuple[Table, ...]:
    """Count the library by kind, kind of question, difficulty, skill and foreseen mistake."""
    listed = cases.values()
    return (
        _table("Kind of case", KINDS, ((case.pool, {case.kind}) for case in listed)),
        _table(
            "Kind of question",
            ITEM_KINDS,
            ((case.pool, {item.kind for item in case.items}) for case in listed),
        ),
        _table("Difficulty", DIFFICULTIES, ((case.pool, {str(case.difficulty)}) for case in listed)),
        _table("Skill", SKILLS, ((case.pool, set(case.skills)) for case in listed)),
        _table(
            "Foreseen mistake",
            MISTAKES,
            ((case.pool, mistakes(keys[case.id])) for case in listed if case.id in keys),
            from_keys=True,
        ),
    )


def mistakes(key: Key) -> set[str]:
    """Return the error types that a key foresees."""
    return {error for item in key.items.values() for error in _errors(item)}


def _errors(item: ItemKey) -> Iterator[str]:
    match item:
        case CodesKey() | RepairKey():
            yield from (wrong.error for wrong in item.wrong)
        case AuditKey():
            yield from (verdict.error for verdict in item.verdicts if verdict.error)


def _table(
    title: str, titles: Mapping[str, str], found: Iterable[tuple[str, set[str]]], *, from_keys: bool = False
) -> Table:
    counts = Counter((pool, name) for pool, names in found for name in names)
    rows = (Row(words, *(counts[pool, name] for pool in POOLS)) for name, words in titles.items())
    return Table(title, tuple(rows), from_keys)


def gaps(tables: Iterable[Table]) -> list[str]:
    """Name what one of the pools never trains."""
    return [
        f"{table.title}: {row.title} ({pool} pool)"
        for table in tables
        for row in table.rows
        for pool, count in (("practice", row.practice), ("exam", row.exam))
        if not count
    ]


def as_text(tables: Iterable[Table]) -> str:
    """Return the tables for a terminal."""
    lines: list[str] = []
    for table in tables:
        lines += ["", f"{table.title:<56} {'practice':>8} {'exam':>6}"]
        lines += [f"  {row.title:<54} {row.practice:>8} {row.exam:>6}" for row in table.rows]
    return "\n".join(lines).strip()
