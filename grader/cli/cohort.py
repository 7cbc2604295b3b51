"""``python -m grader exam simulate``: how often an exam decides wrongly, found with made-up trainees."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from grader.errors import CourseError

TRAINEES, SEED = 500, 1
_FEWEST = 20
_SHIPPED = Path("exercises") / "certification" / "blueprint.yml"
_OF_THE_BOOK = Path("grader") / "cohort" / "card.json"


def add_exam_verbs(exam: Any, root: Path) -> None:
    """Add ``simulate`` to the verbs of ``exam``; ``root`` is the folder of the project."""
    simulate = exam.add_parser(
        "simulate", help="let made-up trainees sit an exam, and count wrong decisions (minutes)"
    )
    simulate.add_argument(
        "blueprint",
        type=Path,
        nargs="?",
        default=root / _SHIPPED,
        help="a blueprint.yml, or its folder (the certification exam)",
    )
    simulate.add_argument(
        "--trainees", type=int, default=TRAINEES, metavar="N", help=f"how many ({TRAINEES})"
    )
    simulate.add_argument("--seed", type=int, default=SEED, help=f"other trainees for each number ({SEED})")
    simulate.add_argument(
        "--card",
        type=Path,
        nargs="?",
        const=root / _OF_THE_BOOK,
        metavar="FILE",
        help="write all numbers as JSON; without FILE, to where the book reads them",
    )
    for name, what in (("cases", "encounters"), ("keys", "keys")):
        simulate.add_argument(f"--{name}", type=Path, default=root / "cases", help=f"folder of {what}")
    simulate.set_defaults(run=_simulate, root=root)


def _simulate(options: argparse.Namespace) -> int:
    from grader import codeset
    from grader.cohort.digest import blueprint_digest, pool_digest
    from grader.cohort.study import study
    from grader.cohort.summary import summary
    from grader.cohort.world import make_world
    from grader.exam.blueprint import load_blueprint
    from grader.exam.demands import content_of
    from grader.exam.pool import load_pool

    if options.trainees < _FEWEST:
        raise CourseError(
            f"{options.trainees} trainees tell nothing. Simulate {_FEWEST} or more: --trainees {_FEWEST}."
        )
    path = options.blueprint / "blueprint.yml" if options.blueprint.is_dir() else options.blueprint
    if options.card == options.root / _OF_THE_BOOK and path.resolve() != (options.root / _SHIPPED).resolve():
        raise CourseError(
            "The card of the book is about the exam that ships. Name another file: --card FILE."
        )
    blueprint = load_blueprint(path)
    codes, families = codeset.load(), options.cases / "families"
    pool = load_pool(options.cases, options.keys, families, codes, content_of(blueprint).pool)
    found = study(make_world(blueprint, pool, codes, _progress), options.trainees, options.seed, _progress)
    made_from = {
        "schema": "cohort/1",
        "blueprint": blueprint_digest(blueprint),
        "pool": pool_digest(pool, options.cases, options.keys, families),
    }
    _progress("")
    print(summary(found))
    if options.card:
        _write(options.card, {**made_from, **found})
    return 0


def _write(path: Path, card: dict[str, Any]) -> None:
    try:
        path.write_text(f"{json.dumps(card, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}). Name another file with --card."
        ) from error
    print(f"Written: {path}.")


def _progress(line: str) -> None:
    """Show how far it is, in one line of a terminal, and nowhere else."""
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
