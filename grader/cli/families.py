"""The commands about case families: ``python -m grader family list``, ``draw`` and ``lint``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader import codeset
from grader.codeset import CodeSet
from grader.errors import CourseError
from grader.family.axes import count
from grader.family.draw import Drawn, draw
from grader.family.inspection import Report, inspect
from grader.family.source import FAMILIES, Family, family_names, read_family
from grader.family.writing import case_text, key_text, write
from grader.lint import lint

_SHOWN = 20
_SECRET = 16  # characters of a seed that nobody finds by trying


def add_verbs(verbs: Any) -> None:
    """Add ``family`` and its commands to the parser."""
    family = verbs.add_parser("family", help="draw cases from families").add_subparsers(
        required=True, metavar="COMMAND"
    )
    names = family.add_parser("list", help="list the families, each with its number of encounters")
    names.set_defaults(run=_list)
    one = family.add_parser("draw", help="draw cases; the same seed gives the same case")
    one.add_argument("family")
    one.add_argument("--seed", required=True, help="any text; for an exam a long secret one")
    one.add_argument("--count", type=_count, default=1, help="how many; then seeds are SEED/1, SEED/2 … (1)")
    one.add_argument("--out", type=Path, help="folder to write to (print instead)")
    one.add_argument("--pool", choices=("practice", "exam"), default="practice")
    one.set_defaults(run=_draw)
    check = family.add_parser("lint", help="draw many cases of every family and check them")
    check.add_argument("--draws", type=_count, default=10_000, help="how many in all (10000)")
    check.set_defaults(run=_lint)
    for verb in (names, one, check):
        verb.add_argument("--families", type=Path, default=FAMILIES, help="folder of the families")


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a count; write a number from 1")
    return int(text)


def _list(options: argparse.Namespace) -> int:
    for name in family_names(options.families):
        family = read_family(name, options.families)
        print(f"{name:<20} {count(family):>7,} encounters  {family.about}")
    return 0


def _draw(options: argparse.Namespace) -> int:
    family = read_family(options.family, options.families)
    if options.pool == "exam" and len(options.seed) < _SECRET:
        raise CourseError(
            f"The seed of an exam needs {_SECRET} characters or more: a short one could be found by trying, and with it "
            'the key. Make one with: python -c "import secrets; print(secrets.token_hex())"'
        )
    codes = codeset.load()
    seeds = (
        [options.seed]
        if options.count == 1
        else [f"{options.seed}/{place}" for place in range(1, options.count + 1)]
    )
    for seed in seeds:
        drawn = draw(family, seed, codes, options.pool)
        if options.out:
            print(_written(drawn, options.out))
        else:
            print(f"# case.yml\n{case_text(drawn.case)}\n# key.yml\n{key_text(drawn.key)}", end="")
    return 0


def _written(drawn: Drawn, out: Path) -> Path:
    try:
        return write(drawn, out)
    except OSError as error:
        raise CourseError(
            f"{out} cannot be written to ({error.strerror}). Name another folder with --out."
        ) from None


def lint_families(folder: Path, draws: int, codes: CodeSet, tell: Callable[[str], None]) -> list[Report]:
    """Draw cases of every family in equal shares and check them as the library's own are checked.

    ``tell`` is told of each family before its cases are drawn.
    """
    names = family_names(folder)
    reports = []
    for place, name in enumerate(names):
        share = draws // len(names) + (place < draws % len(names))
        tell(f"{name}: {share} draws …")
        reports.append(_lint_family(read_family(name, folder), share, codes))
    return reports


def _lint(options: argparse.Namespace) -> int:
    reports = lint_families(options.families, options.draws, codeset.load(), _progress)
    for report in reports:
        for fault in report.faults[:_SHOWN]:
            print(fault)
        if len(report.faults) > _SHOWN:
            print(f"{report.family}: {len(report.faults) - _SHOWN} more faults.")
    for report in reports:
        print(
            f"{report.family:<20} {report.drawn:>6,} drawn  {len(report.faults):>4} faults  {report.rate:.2%} near-duplicates"
        )
    clean = all(report.clean for report in reports)
    print("All drawn cases are clean." if clean else "Some drawn cases are not clean.")
    return 0 if clean else 1


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _lint_family(family: Family, draws: int, codes: CodeSet) -> Report:
    """Inspect the cases of one family, and lint them as the library's own are."""
    report, cases = inspect(family, range(draws), codes)
    report.faults.extend(_library_faults(cases, codes))
    return report


def _library_faults(cases: list[Drawn], codes: CodeSet) -> list[str]:
    """Write cases as files and return what the library's lint says of them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for drawn in cases:
            write(drawn, root)
        return [str(fault).replace(f"{root}/", "") for fault in lint(root, root, codes)] if cases else []
