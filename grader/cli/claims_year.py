"""The command that makes a year of claims: ``python -m grader claims-year``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from grader.claims_year import as_csv, generate
from grader.errors import CourseError

SEED = 2026
"""The year that the lesson reads."""


def add_verbs(verbs: Any) -> None:
    """Add ``claims-year`` to the parser."""
    year = verbs.add_parser(
        "claims-year", help="make a year of claims of an invented practice, to count and read"
    )
    year.add_argument("--seed", type=int, default=SEED, help=f"another number makes another year ({SEED})")
    year.add_argument("--out", type=Path, default=Path("claims.csv"), help="file to write (claims.csv)")
    year.set_defaults(run=_claims_year)


def _claims_year(options: argparse.Namespace) -> int:
    claims = generate(options.seed)
    try:
        options.out.write_text(as_csv(claims), encoding="utf-8", newline="")
    except OSError as error:
        raise CourseError(
            f"{options.out} cannot be written ({error.strerror}). Name another file with --out."
        ) from error
    print(f"Written: {options.out}, {len(claims):,} claims of an invented practice (seed {options.seed}).")
    return 0
