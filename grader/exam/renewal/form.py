"""The short form of a renewal: what changed since a certificate was issued, filled up with charts that turn on dates."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grader.codeset.tabular import CodeSet
from grader.exam.draw import DrawnForm, case_of, key_of
from grader.exam.form import Form
from grader.exam.pool import Pool
from grader.exam.renewal.changed import Group, changed
from grader.exam.renewal.questions import Question, claims_question, record_question
from grader.exam.secret import Source
from grader.family.draw import canary, case_id, draw
from grader.family.writing import case_text, key_text
from grader.library.case import load_case
from grader.library.encounter import Case
from grader.library.key import load_key
from grader.library.reference import Key

RECORDS = 6
"""At most so many records with new codes."""
FEWEST = 12
"""Encounters of a form, whatever changed: with fewer codes, a single slip would decide."""
_LOOK_BACK = 5  # years
_MOST_DRAWS = 500
_BY_DATE = "code-validity"
_ORIGIN = "Made from the dated changes of the code set."


@dataclass(frozen=True, slots=True)
class MadeCase:
    """An encounter in the shape of ``case.yml`` and ``key.yml``."""

    case: dict[str, Any]
    key: dict[str, Any]


def renewal_form(
    source: Source, since: date, until: date, taught: Collection[str], pool: Pool, codeset: CodeSet
) -> DrawnForm:
    """Make the renewal form of one trainee: the same secret, dates and code set give the same form.

    Parameters
    ----------
    source
        The secret of this trainee's form.
    since
        Day on which the certificate was issued.
    until
        Day up to which changes are asked about.
    taught
        Categories that the course's encounters have codes of.
    pool
        What the form is filled up from.
    codeset
        The code set, with every release that is installed.

    Raises
    ------
    CodeSetError
        When the changes between the two days are not known.
    """
    rng = source.randomness()
    groups = changed(codeset, since, until, taught)
    questions = _questions(groups, codeset, since, until, taught, rng)
    made = {each.case["id"]: each for each in (_named(question, source) for question in questions)}
    read = [*_read(made), *_fill(FEWEST - len(made), source, until, pool, codeset, made)]
    rng.shuffle(read)
    cases = tuple(case for case, _ in read)
    keys: Mapping[str, Key] = {case.id: key for case, key in read}
    return DrawnForm(Form(source.form, source.exam, source.trainee, source.attempt, cases, keys), made)


def _questions(
    groups: Sequence[Group],
    codeset: CodeSet,
    since: date,
    until: date,
    taught: Collection[str],
    rng: random.Random,
) -> list[Question]:
    records = (record_question(group, codeset, until, rng) for group in groups)
    found = [question for question in records if question is not None][:RECORDS]
    claims = claims_question(groups, codeset, since, until, rng)
    if claims is None:
        # Too little has changed since: the claims are of the changes before.  Every form has the question.
        earlier = until.replace(year=until.year - _LOOK_BACK, day=1)
        claims = claims_question(changed(codeset, earlier, until, taught), codeset, earlier, until, rng)
    return [*found, claims] if claims else found


def _named(question: Question, source: Source) -> MadeCase:
    """Give a question the id and the canary of a drawn case: of this form alone, and not to be guessed."""
    place = (
        f"{question.case['encounter_date']}/{sorted(question.items)}/{question.case['documents'][0]['text']}"
    )
    seed = source.family_seed(place, 0)
    name = case_id("renewal", seed)
    key = {
        "schema": "key/1",
        "case": name,
        "canary": canary("renewal", seed),
        "items": question.items,
        "review": {"status": "unreviewed", "note": _ORIGIN},
    }
    return MadeCase({"schema": "case/1", "id": name, **question.case}, key)


def _read(made: Mapping[str, MadeCase]) -> list[tuple[Case, Key]]:
    """Return what was made as it is read back from files, checked as any case is."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, each in made.items():
            place = Path(folder) / name
            place.mkdir()
            (place / "case.yml").write_text(case_text(each.case), encoding="utf-8")
            (place / "key.yml").write_text(key_text(each.key), encoding="utf-8")
            case = load_case(place)
            found.append((case, load_key(place, case)))
    return found


def _fill(
    count: int, source: Source, until: date, pool: Pool, codeset: CodeSet, made: dict[str, Any]
) -> list[tuple[Case, Key]]:
    """Draw charts of the families that turn on the date of a code, none of a day to come, and put them among what was made."""
    names = sorted(name for name, family in pool.families.items() if _BY_DATE in family.skills)
    found: list[tuple[Case, Key]] = []
    for again in range(_MOST_DRAWS if names else 0):
        if len(found) >= count:
            break
        drawn = draw(
            pool.families[names[again % len(names)]], source.family_seed("fill", again), codeset, "exam"
        )
        if drawn.case["id"] not in made and drawn.case["encounter_date"] <= until:
            made[drawn.case["id"]] = drawn
            found.append((case_of(drawn), key_of(drawn)))
    return found
