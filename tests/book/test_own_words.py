"""The course teaches what the guide covers in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

from tests.conftest import ROOT

RUN = 7
"""Words in a row that two texts do not share by chance."""
SIZE = 5
GUIDE = ROOT / "tests" / "data" / "guide_runs.bin"
"""A digest of each run of seven words of the guide, sorted; the guide itself is no part of the project."""
WRITTEN = [
    *(path for path in sorted((ROOT / "book").rglob("*.md")) if "node_modules" not in path.parts),
    *sorted((ROOT / "cases").glob("enc-*/*.yml")),
]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of words, marks and capitals left out."""
    text = re.sub(r"\]\([^)]*\)|['’]", "", text.lower())  # addresses of links are not words
    words = re.findall(r"[a-z0-9]+", text)
    for at in range(len(words) - RUN + 1):
        yield tuple(words[at : at + RUN])


def digest(run: tuple[str, ...]) -> bytes:
    """Return the digest of a run."""
    return blake2b(" ".join(run).encode(), digest_size=SIZE).digest()


@pytest.fixture(scope="module")
def guide() -> frozenset[bytes]:
    """The digests of the guide's runs."""
    data = GUIDE.read_bytes()
    return frozenset(data[at : at + SIZE] for at in range(0, len(data), SIZE))


def test_no_run_of_seven_words_is_the_guides(guide):
    """Neither a page nor a case copies a sentence, or a good part of one."""
    found = {
        f"{path.relative_to(ROOT)}: {' '.join(run)}"
        for path in WRITTEN
        for run in runs(path.read_text(encoding="utf-8"))
        if digest(run) in guide
    }
    assert found == set()


def test_a_copied_sentence_is_noticed(guide):
    """The check speaks: digests of a known run of the guide are there, and those of other words are not."""
    assert len(guide) > 6000 and len(WRITTEN) > 300
    subject = "the international classification of diseases tenth revision icd 10"
    assert {digest(run) for run in runs(subject)} <= guide
    assert digest(("none", "of", "these", "words", "is", "a", "copy")) not in guide


def test_links_are_no_words():
    """An address inside a link does not hide a copied run, nor make one."""
    assert list(runs("one two [three](#four-five) six seven eight nine")) == [
        ("one", "two", "three", "six", "seven", "eight", "nine")
    ]


def write_guide(source: Path) -> None:
    """Make the file of digests from the guide: ``python -c "from tests.book.test_own_words import *; write_guide(...)"``."""
    found = sorted({digest(run) for run in runs(source.read_text(encoding="utf-8"))})
    GUIDE.write_bytes(b"".join(found))
