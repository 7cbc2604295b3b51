"""``python -m grader codes search``: the codes for some words, or for a file with a phrase a line."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.codeset.search import CodeIndex, Hit, parse_rows
from grader.codeset.tabular import SEARCH_TEXT
from grader.errors import CourseError, FileError

_NONE = "No code has these words. Try fewer or other words."


def add_verb(codes: Any) -> None:
    """Add ``search`` to the commands about codes."""
    search = codes.add_parser("search", help="find codes by words, with typing mistakes forgiven")
    search.add_argument("words", nargs="?", help="what to look for, between quotes where it is several words")
    search.add_argument("--file", type=Path, help="look for many phrases: one a line, in UTF-8")
    search.add_argument("--limit", type=_count, default=10, help="how many codes at most (10)")
    search.add_argument("--json", action="store_true")
    search.set_defaults(run=_search)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a count; write a number from 1")
    return int(text)


def _search(options: argparse.Namespace) -> int:
    if (options.words is None) == (options.file is None):
        raise CourseError(
            "Give the words to look for (between quotes), or --file with a phrase a line; not both."
        )
    phrases = list(read_phrases(options.file)) if options.file else []
    if not SEARCH_TEXT.exists():
        raise CourseError("The code set has not been built yet. Run `python -m grader codes build`.")
    index = CodeIndex(parse_rows(gzip.decompress(SEARCH_TEXT.read_bytes()).decode("utf-8")))
    if not options.file:
        hits = index.search(options.words, options.limit)
        print(json.dumps(as_data(hits), ensure_ascii=False, indent=2) if options.json else as_text(hits))
        return 0
    for phrase in phrases:
        hits = index.search(phrase, options.limit)
        if options.json:
            print(json.dumps({"query": phrase, "hits": as_data(hits)}, ensure_ascii=False))
        else:
            print(f"{phrase}\n{as_text(hits, '  ')}\n")
    return 0


def read_phrases(path: Path) -> Iterator[str]:
    """Yield the phrases of a file, one a line; blank lines are skipped.

    Raises
    ------
    FileError
        If the file cannot be read, or is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        number = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise FileError(path, f"line {number}", "this is not UTF-8", "Save the file as UTF-8 text.") from None
    except OSError as error:
        problem = "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise FileError(path, "", problem, "Give a text file with a phrase a line.") from None
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()


def as_data(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Return the hits as JSON data."""
    return [{"code": hit.code, "title": hit.title, "billable": hit.billable} for hit in hits]


def as_text(hits: Sequence[Hit], indent: str = "") -> str:
    """Return the hits for people, one a line."""
    lines = [f"{hit.code:<9} {hit.title}" + ("" if hit.billable else f"  ({_lack(hit)})") for hit in hits]
    return "\n".join(indent + line for line in lines or [_NONE])


def _lack(hit: Hit) -> str:
    return f"{hit.why.split('; ')[-1].removesuffix(', not complete')}, not billable"
