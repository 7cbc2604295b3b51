"""Drawing a case from a family: the same seed gives the same case and key, byte for byte, on any machine."""

from __future__ import annotations

import hashlib
import random
import uuid
from dataclasses import dataclass
from typing import Any

from grader.codeset.tabular import CodeSet
from grader.family.axes import draw_facts
from grader.family.facts import Facts
from grader.family.key import POINTS, codes_key
from grader.family.prose import Teller
from grader.family.source import Family

_STEMS = (
    "Assign the ICD-10-CM codes for this visit, in order.",
    "Assign the ICD-10-CM diagnosis codes that this record supports, in order.",
    "Which ICD-10-CM codes does this record support? List them in order.",
)
_STEM_STAY = "Assign the ICD-10-CM codes for this stay, in order."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn case in the shape of ``case.yml`` and ``key.yml``, with the facts that both were made of."""

    case: dict[str, Any]
    key: dict[str, Any]
    facts: Facts

    @property
    def text(self) -> str:
        """Everything that a trainee reads in the documents."""
        return "\n".join(f"{paper['title']}\n{paper['text']}" for paper in self.case["documents"])


def draw(family: Family, seed: str, codeset: CodeSet, pool: str = "practice") -> Drawn:
    """Draw one case.

    Parameters
    ----------
    family
        As `grader.family.source.read_family` returns it.
    seed
        Any text; for an exam a secret one.
    codeset
        The tabular list.
    pool
        ``practice`` or ``exam``.
    """
    rng = random.Random(f"{family.name}/{seed}")
    facts = draw_facts(family, rng)
    name = case_id(family.name, seed)
    key = {
        "schema": "key/1",
        "case": name,
        "canary": canary(family.name, seed),
        "items": {"codes": codes_key(facts, codeset)},
        "review": {"status": "unreviewed", "note": f"Derived from the facts of the family {family.name}."},
    }
    return Drawn({"schema": "case/1", "id": name, **_case(family, facts, rng, pool)}, key, facts)


def _case(family: Family, facts: Facts, rng: random.Random, pool: str) -> dict[str, Any]:
    teller = Teller(family, facts, rng)
    form = teller.form()
    stem = _STEM_STAY if facts.care == "inpatient" else rng.choice(_STEMS)
    return {
        "title": teller.title(),
        "pool": pool,
        "kind": "coding",
        "setting": facts.setting,
        "care": facts.care,
        "encounter_date": facts.on,
        "difficulty": family.difficulty,
        "skills": list(family.skills),
        "documents": teller.documents(form),
        "items": [{"id": "codes", "kind": "assign-codes", "stem": stem, "points": POINTS}],
    }


def case_id(family: str, seed: str) -> str:
    """Return the id of a drawn case, which tells neither family nor seed."""
    return f"var-{_digest(f'{family}/{seed}')[:10]}"


def canary(family: str, seed: str) -> str:
    """Return the canary of a key: of its own, the same at each drawing, and not to be guessed from the id."""
    return str(uuid.UUID(_digest(f"canary/{family}/{seed}")[:32], version=4))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
