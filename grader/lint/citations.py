"""Citations: each names a source that exists, in the one form the course uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from grader.codeset import CodeSet
from grader.library.reference import Key
from grader.lint.exemplar import Fault

_TABULAR = "ICD-10-CM Tabular List, "
_INDEX = "ICD-10-CM Alphabetic Index, "
_GUIDELINES = re.compile(r"ICD-10-CM Official Guidelines, Sections? (.+)")
_SECTION = re.compile(r"(?:I\.[ABC]\.\d{1,2}(?:\.[a-z0-9]{1,2}){0,5}|I{2,3}(?:\.[A-K])?|IV(?:\.[A-Q])?)")
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?-?")
SOURCES = (
    "ICD-10-CM addenda ", "ICD-10-CM order file addenda ",
    "42 CFR ", "31 USC ", "CMS-", "Medicare ", "NCD ", "LCD", "NCCI ", "AHIMA/ACDIS, ", "AHIMA ", "OIG ", "HIPAA", "45 CFR ",
    "X12 ", "HHS ", "ACP ", "AHRQ ", "National CLAS ", "NUBC ", "NUCC ", "This course, ", "DOJ ",
)  # fmt: skip
"""How citations of other sources begin; the page *Sources* lists them."""


def citation_faults(key: Key, codeset: CodeSet) -> Iterator[Fault]:
    """Yield every citation of a key that is not well formed or names a code that never was."""
    for name, reference in key.items.items():
        for field, cite in _citations(asdict(reference), f"items.{name}"):
            for source in re.split(r";\s+", cite):
                problem = _problem(source, codeset)
                if problem:
                    yield field, f"{source!r} {problem}", "Cite as in the page Sources"


def _problem(source: str, codeset: CodeSet) -> str:
    if source.startswith(_TABULAR):
        codes = _CODE.findall(source.removeprefix(_TABULAR))
        unknown = [code for code in codes if not _is_known(code.rstrip("-").rstrip("."), codeset)]
        if not codes:
            return "names no code"
        return f"names {', '.join(unknown)}, which the tabular list does not have" if unknown else ""
    guidelines = _GUIDELINES.fullmatch(source)
    if guidelines:
        sections = re.split(r", | and | to ", guidelines[1])
        wrong = [section for section in sections if not _SECTION.fullmatch(section)]
        return f"names {', '.join(wrong)}, which is no section" if wrong else ""
    if source.startswith((_INDEX, *SOURCES)):
        return ""
    return "is none of the sources of the course"


def _citations(data: Any, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name == "cite":
                yield field, value
            else:
                yield from _citations(value, f"{field}.{name}")
    elif isinstance(data, (list, tuple)):
        for place, value in enumerate(data):
            yield from _citations(value, f"{field}.{place}")


def _is_known(code: str, codeset: CodeSet) -> bool:
    """Tell whether a code, without a 7th character of its own, stands in the tabular list."""
    return code in codeset or codeset.split(code)[0] in codeset
