"""The page of abbreviations explains what the charts use."""

from __future__ import annotations

import re
from collections import defaultdict

from grader.lint.spelling import Speller
from tests.conftest import ROOT

CAPITALS = re.compile(r"\b[A-Z]{2,6}\b")
NO_ABBREVIATIONS = frozenset(("AND", "FOR", "OF", "OK", "THE", "TO", "YES"))
"""Short words that headings and excited people write in capitals; longer ones are known to the speller."""


def explained() -> set[str]:
    """Return what stands in the first column of the page's tables, and the terms of the glossary."""
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "book" / "abbreviations.md").read_text(), re.MULTILINE)
    glossary = (ROOT / "book" / "glossary.md").read_text()
    terms = [
        line
        for block in re.findall(r"^```\{glossary\}\n(.*?)^```", glossary, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
        if not line.startswith(" ")
    ]
    return {word for line in rows + terms for word in CAPITALS.findall(line)}


def test_abbreviations_of_the_charts_are_explained(cases, codes):
    """Capital letters that two practice charts use are on the page of abbreviations or in the glossary."""
    charts = defaultdict(set)
    for case in cases.values():
        for document in case.documents if case.pool == "practice" else ():
            for word in CAPITALS.findall(f"{document.title}\n{document.text}"):
                charts[word].add(case.id)
    speller = Speller(ROOT / "cases" / "words.txt", codes)
    used = {
        word
        for word, where in charts.items()
        if len(where) > 1
        and word not in NO_ABBREVIATIONS
        and (len(word) < 4 or speller.unknown(word.lower()))
    }
    assert len(used) > 50 and {"SLR", "NKDA"} <= used, "the charts were not read"
    assert used - explained() == set()
