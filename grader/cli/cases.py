"""``python -m grader case`` and ``coverage``: disputes about keys, corrections, and what the library trains."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from grader import codeset
from grader.answers import read_answers
from grader.coverage import as_text, coverage, gaps
from grader.dispute import Dispute, dispute_data, errata, write_dispute
from grader.errors import NotFoundError
from grader.library.case import find_case, load_cases
from grader.library.key import load_key, load_keys


def add_verbs(verbs: Any, roots: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands; ``roots`` adds the options that name the folders of cases and keys."""
    count = verbs.add_parser("coverage", help="count what the case library trains, by pool")
    roots(count)
    count.set_defaults(run=_coverage)
    case = verbs.add_parser("case", help="dispute a key, list corrections")
    actions = case.add_subparsers(required=True, metavar="COMMAND")
    dispute = actions.add_parser("dispute", help="write a file that says why a key is wrong")
    dispute.add_argument("case")
    dispute.add_argument("--item", required=True, help="the question, such as codes")
    dispute.add_argument("--why", required=True, help="what is wrong with the key")
    dispute.add_argument("--cite", default="", help="the rule you rely on")
    dispute.add_argument("--answers", type=Path, help="your answers.json, to put your answer beside it")
    dispute.add_argument("--out", type=Path, help="the file to write (dispute-CASE-ITEM.yml)")
    roots(dispute)
    dispute.set_defaults(run=_dispute)
    listed = actions.add_parser("errata", help="list the corrections of keys, newest first")
    roots(listed)
    listed.set_defaults(run=_errata)


def _coverage(options: argparse.Namespace) -> int:
    cases = load_cases(options.cases)
    if not cases:
        raise NotFoundError(f"There is no case in {options.cases}.")
    tables = coverage(cases, load_keys(options.keys or options.cases, cases))
    print(as_text(tables))
    missing = gaps(tables)
    for gap in missing:
        print(f"Never trained: {gap}")
    return 1 if missing else 0


def _dispute(options: argparse.Namespace) -> int:
    case = find_case(options.cases, options.case)
    key = load_key((options.keys or options.cases) / case.id, case)
    answer = None
    if options.answers:
        answer = read_answers(options.answers).items.get(f"{case.id}/{options.item}")
        if answer is None:
            raise NotFoundError(
                f"{options.answers} holds no answer to {case.id}/{options.item}. Leave --answers out, or name the right file."
            )
    dispute = Dispute(options.item, options.why, options.cite, answer)
    path = options.out or Path(f"dispute-{case.id}-{options.item}.yml")
    write_dispute(path, dispute_data(dispute, case, key, codeset.load(), date.today()))
    print(f"Written: {path}. Give it to your instructor, or attach it to a report.")
    return 0


def _errata(options: argparse.Namespace) -> int:
    cases = load_cases(options.cases)
    found = errata(cases, load_keys(options.keys or options.cases, cases).values())
    for erratum in found:
        change = erratum.change
        print(f"{change.date}  {erratum.case}  version {change.version}  {change.what}")
    if not found:
        print("No key has been corrected since its first release.")
    return 0
