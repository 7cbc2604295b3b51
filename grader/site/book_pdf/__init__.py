"""The whole book as one PDF, printed from the built site.

The pages of the table of contents become one HTML document (`assemble`), Chromium prints it (`printing`), and what
it leaves open is added (`finishing`).
"""

from __future__ import annotations

from grader.codeset import CodeSet
from grader.codeset.changes import in_words
from grader.codeset.diff import newest
from grader.codeset.releases import first_day


def edition(codes: CodeSet) -> str:
    """Return the line that tells one edition from another: the code set that the book teaches."""
    release = f"FY{newest(codes)}"
    return f"Edition {release}: ICD-10-CM codes in force from {in_words(first_day(release))}"
