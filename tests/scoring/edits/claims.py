"""The labelled claims: what each must bring, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grader.codeset.tabular import normalize
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "data" / "claims"


@dataclass(frozen=True)
class LabelledClaim:
    """A claim with the findings of weight error or warning that the rules support: each the kinds that name it, and codes.

    Some faults go by two names: a manifestation listed first lacks its cause and is out of order.
    """

    id: str
    codes: tuple[str, ...]
    on: date
    care: str
    encounter: str | None
    expect: tuple[tuple[frozenset[str], frozenset[str]], ...]
    why: str


def labelled_claims() -> Iterator[LabelledClaim]:
    """Yield every labelled claim."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            expect = tuple(
                (
                    frozenset((e["kind"], *e.get("also", ()))),
                    frozenset(normalize(code) for code in e["codes"]),
                )
                for e in row["expect"]
            )
            codes = tuple(normalize(code) for code in row["codes"])
            on = date.fromisoformat(row["date"])
            yield LabelledClaim(
                row["id"], codes, on, row["setting"], row.get("encounter"), expect, row["why"]
            )
