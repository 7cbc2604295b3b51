"""What forms are drawn from: the encounters of the exam pool with their keys, and the case families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.codeset.tabular import CodeSet
from grader.errors import KeyFileError, NotFoundError
from grader.exam.level import CODES, level
from grader.family.key import POINTS
from grader.family.source import Family, family_names, read_family
from grader.library.case import load_cases
from grader.library.encounter import Case
from grader.library.item_keys import CodesKey
from grader.library.key import load_key
from grader.library.reference import Key
from grader.scoring.edits import check_codes

_UNSETTLED = "second-coder"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one place of a form may be filled with: an encounter of the library, or a draw from a family.

    Parameters
    ----------
    name
        Id of the encounter, or ``<family>#2`` for the second draw from a family.
    family
        Empty for an encounter of the library.
    kinds
        Of its questions, one for each.
    """

    name: str
    family: str
    kind: str
    points: float
    difficulty: int
    skills: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """What forms of one exam are drawn from.

    Parameters
    ----------
    cases, keys
        Of the library, by id.
    families
        By name.
    """

    cases: Mapping[str, Case]
    keys: Mapping[str, Key]
    families: Mapping[str, Family]

    def with_cases(self, cases: Mapping[str, Case], keys: Mapping[str, Key]) -> Pool:
        """Return the pool with other versions of encounters, such as those that forms were drawn with before."""
        return replace(self, cases={**self.cases, **cases}, keys={**self.keys, **keys})


def load_pool(cases: Path, keys: Path, families: Path, codeset: CodeSet, pool: str = "exam") -> Pool:
    """Read the exam pool, or that of practice: encounters that no second coder has still to look at, and all families.

    Every question that asks for codes is worth the same, as in draws from families.

    Raises
    ------
    CaseFileError, KeyFileError
        When a file is wrong, or a key has a code that is not valid on the date of its encounter.
    NotFoundError
        When there is nothing to draw from.
    """
    found = {name: case for name, case in load_cases(cases).items() if case.pool == pool}
    of_pool = {name: load_key(keys / name, case) for name, case in found.items()}
    settled = {name: key for name, key in of_pool.items() if key.review_status != _UNSETTLED}
    for name, key in settled.items():
        _check(keys / name / "key.yml", found[name], key, codeset)
    names = family_names(families) if families.is_dir() else []
    if not settled and not names:
        raise NotFoundError(f"Neither {cases} nor {families} has an encounter for an exam.")
    levelled = {name: level(found[name], key) for name, key in settled.items()}
    return Pool(
        {name: case for name, (case, _) in levelled.items()},
        {name: key for name, (_, key) in levelled.items()},
        {name: read_family(name, families) for name in names},
    )


def _check(path: Path, case: Case, key: Key, codeset: CodeSet) -> None:
    for name, item in key.items.items():
        if not isinstance(item, CodesKey):
            continue
        codes = [expected.code for expected in item.expected]
        for finding in check_codes(codes, case.encounter_date, codeset, case.care, item.encounter):
            if finding.severity == "error":
                raise KeyFileError(
                    path, f"items.{name}.expected", finding.message, "Correct the key; nothing was drawn"
                )


def from_library(case: Case) -> Candidate:
    """Return an encounter of the library as what a place may be filled with."""
    points = sum(item.points for item in case.items)
    kinds = tuple(item.kind for item in case.items)
    return Candidate(case.id, "", case.kind, points, case.difficulty, case.skills, kinds)


def from_family(family: Family, number: int) -> Candidate:
    """Return one of several draws from a family as what a place may be filled with."""
    name = f"{family.name}#{number}"
    return Candidate(name, family.name, "coding", POINTS, family.difficulty, family.skills, (CODES,))
