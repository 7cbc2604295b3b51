"""Why a certificate does not hold: stable codes, and plain words that the command and the page share."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from grader.errors import CourseError

FILE = "reasons.json"


class RefusedError(CourseError):
    """A certificate does not hold; ``code`` is one of `reasons`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(words(code))


@lru_cache(maxsize=1)
def reasons() -> dict[str, str]:
    """Return the words of every code."""
    words: dict[str, str] = json.loads((files(__package__) / FILE).read_text(encoding="utf-8"))
    return words


def words(code: str) -> str:
    """Return what a code says, in a sentence or two."""
    return reasons()[code]
