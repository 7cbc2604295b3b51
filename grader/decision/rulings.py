"""``rulings.yml`` of an exam: what an instructor decided that no program can know, and why.

An entry rules on a whole sitting, or on the automatic fail of one question.  ``why`` is for instructors alone; what the
trainee of a sitting that does not count is to read stands in ``tell``::

    schema: rulings/1
    rulings:
      - {form: certification-3f9c01ab, counts: true, why: The machine's clock was wrong; the room was watched.}
      - {form: certification-77d0e2c4, counts: false, why: Seen with a phone., tell: You used a phone in the exam.}
      - {form: certification-9a51c0de, item: enc-0029/words, fails: false, why: It says to call an ambulance.}
      - {form: certification-9a51c0de, item: enc-0031/words, fails: [red_flag], why: It tells him to wait until Monday.}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from grader.decision.judged import FAILURES
from grader.errors import DecisionsFileError
from grader.exam.folder import ExamFolder
from grader.library.case import Text
from grader.library.files import FileModel, read_model

FILE = "rulings.yml"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One sitting: whether it counts whatever its time, why, and what the trainee is told of it (empty: nothing)."""

    form: str
    counts: bool
    why: str
    tell: str = ""


@dataclass(frozen=True, slots=True)
class ItemRuling:
    """One question of a form: by which names of `FAILURES` it fails its case, none where it does not, and why."""

    form: str
    item: str
    fails: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """All rulings of an exam.

    Parameters
    ----------
    sittings
        By form.
    items
        By form, and by case and question (``enc-0029/words``).
    """

    sittings: Mapping[str, Ruling]
    items: Mapping[str, Mapping[str, ItemRuling]]

    @property
    def forms(self) -> frozenset[str]:
        """Every form that something is ruled about."""
        return frozenset((*self.sittings, *self.items))


def _fails(value: Any) -> Any:
    if value is False:
        return ()
    if isinstance(value, list) and value and all(name in FAILURES for name in value):
        return tuple(value)
    raise ValueError(f"write false, or a list in brackets of these: {', '.join(FAILURES)}")


class _Entry(FileModel):
    form: Text
    counts: bool | None = None
    item: Text | None = None
    fails: Annotated[tuple[str, ...] | None, BeforeValidator(_fails)] = None
    why: Text
    tell: Text | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> _Entry:
        if (self.item is None) != (self.fails is None):
            raise ValueError("item and fails go together: which question, and whether it fails its case")
        if (self.counts is None) == (self.item is None):
            raise ValueError(
                "an entry has either counts, for the sitting, or item and fails, for one question"
            )
        if self.tell is not None and self.counts is not False:
            raise ValueError(
                "only of a sitting that does not count is the trainee told something: leave tell out"
            )
        return self


class _RulingsFile(FileModel):
    schema_: Annotated[Literal["rulings/1"], Field(alias="schema")]
    rulings: tuple[_Entry, ...]


def read_rulings(folder: ExamFolder) -> Rulings:
    """Return an instructor's rulings; none where there is no such file.

    Raises
    ------
    DecisionsFileError
        When the file is wrong, or rules twice on one form or question.
    """
    path = folder.root / FILE
    sittings: dict[str, Ruling] = {}
    items: defaultdict[str, dict[str, ItemRuling]] = defaultdict(dict)
    entries = read_model(path, _RulingsFile, DecisionsFileError).rulings if path.is_file() else ()
    for place, entry in enumerate(entries):
        if entry.form in sittings if entry.item is None else entry.item in items[entry.form]:
            problem = f"{' '.join(filter(None, (entry.form, entry.item)))} is ruled on twice"
            raise DecisionsFileError(path, f"rulings.{place}.form", problem, "Leave one of the two")
        if entry.item is not None and entry.fails is not None:
            items[entry.form][entry.item] = ItemRuling(entry.form, entry.item, entry.fails, entry.why)
        elif entry.counts is not None:
            sittings[entry.form] = Ruling(entry.form, entry.counts, entry.why, entry.tell or "")
    return Rulings(sittings, dict(items))
