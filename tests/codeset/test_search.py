"""Search: what coders type leads to the code, in Python and on the page alike."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from grader.codeset.build import write_search_text
from grader.codeset.query import readings, weight_of, words_of
from grader.codeset.search import CodeIndex, SearchRow, parse_rows
from grader.codeset.spelling import distances
from tests.conftest import ROOT

PHRASES_FILE = ROOT / "tests" / "data" / "search_phrases.json"
PHRASES = json.loads(PHRASES_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def text_file(codes, tmp_path_factory):
    """The search text of the real code set, unpacked."""
    folder = tmp_path_factory.mktemp("search")
    write_search_text(codes, folder / "codes.bin")
    text = folder / "codes.txt"
    text.write_bytes(gzip.decompress((folder / "codes.bin").read_bytes()))
    return text


@pytest.fixture(scope="module")
def index(text_file):
    """An index over the real code set."""
    return CodeIndex(parse_rows(text_file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["query"] or "nothing")
def test_a_phrase_finds_its_codes(index, phrase):
    """What a coder types brings the code meant to the top, and its neighbours into sight."""
    found = [hit.code for hit in index.search(phrase["query"])]
    if phrase["first"]:
        assert found[0] == phrase["first"]
    assert set(phrase["among"]) <= set(found)


def test_the_page_finds_the_same(index, text_file, tmp_path):
    """At every keystroke of every phrase, the page's search and Python's give the same hits in the same order."""
    typed = [{"query": p["query"][:end]} for p in PHRASES for end in range(len(p["query"]) + 1)]
    keystrokes = tmp_path / "keystrokes.json"
    keystrokes.write_text(json.dumps(typed), encoding="utf-8")
    script = ROOT / "tests" / "workbench_js" / "hits.js"
    run = subprocess.run(
        ["node", str(script), str(text_file), str(keystrokes)], capture_output=True, check=True, timeout=120
    )
    page = json.loads(run.stdout)
    for one, theirs in zip(typed, page, strict=True):
        ours = [[hit.code, hit.title, hit.billable, hit.why] for hit in index.search(one["query"])]
        assert theirs == ours, one["query"]


def test_the_parts_of_the_page_hold():
    """The page's own unit tests pass."""
    tests = sorted(str(path) for path in (ROOT / "tests" / "workbench_js").glob("*.test.js"))
    run = subprocess.run(["node", "--test", *tests], capture_output=True, text=True, timeout=120)
    assert tests and run.returncode == 0, run.stdout


def test_limit_and_order():
    """What can be reported comes before headings, and no more than the limit is given."""
    rows = [
        SearchRow("M54", "h", "Back trouble"),
        SearchRow("M54.1", "b", "Back trouble, right"),
        SearchRow("M54.2", "b", "Back trouble, left"),
    ]
    index = CodeIndex(rows)
    assert [hit.code for hit in index.search("back trouble")] == ["M54.1", "M54.2", "M54"]
    assert [hit.code for hit in index.search("back trouble", 1)] == ["M54.1"]


def test_every_variant_of_a_code_asked_for():
    """All 7th-character variants of a code asked for by name come, with placeholders, even beyond the limit."""
    seventh = tuple((char, f"stage {char}") for char in "ABCDEFGHJKMNPQRS")
    index = CodeIndex([SearchRow("S33.5", "7", "Sprain of the spine", (), seventh)])
    found = index.search("s33.5")
    assert [hit.code for hit in found] == [f"S33.5XX{char}" for char, _ in seventh]
    assert all(hit.billable for hit in found) and found[0].title == "Sprain of the spine, stage A"
    words = index.search("sprain")
    assert [(hit.code, hit.billable, hit.why) for hit in words] == [("S33.5", False, "needs a 7th character")]


def test_an_inclusion_term_is_said():
    """A hit by another name than the title says which."""
    (hit,) = CodeIndex([SearchRow("M54.50", "b", "Low back pain, unspecified", ("Loin pain",))]).search(
        "loin"
    )
    assert hit.why == "Loin pain"


def test_words_are_made_alike():
    """Accents, case, plural and possessive do not matter, nor words that say nothing."""
    assert words_of("Ménière's Diseases of the Ear") == ["meniere", "disease", "ear"]
    assert words_of("injuries, fractures, sinus, pelvis, loss") == [
        "injury",
        "fracture",
        "sinus",
        "pelvis",
        "loss",
    ]
    assert weight_of("Essential (primary) hypertension, unspecified") == 2


def test_expressions_have_several_readings():
    """A known expression is also read as what the code set calls it, one that is still being typed too."""
    texts = [" ".join(word.text for word in reading) for reading in readings("chronic lbp ")]
    assert texts == ["chronic lbp", "chronic low back pain"]
    assert len(readings("lumb")) == 2 and len(readings("lum")) == 1


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [("back", "back", 0), ("bcak", "back", 1), ("bak", "back", 1), ("backk", "back", 1), ("pain", "back", 3)],
)
def test_slips_are_counted(word, other, slips):
    """A letter more, less, wrong or swapped with its neighbour is one slip."""
    assert distances(word, other)[-1] == slips


def test_a_query_of_any_length_is_answered(index):
    """Endless or strange input is answered, not choked on."""
    for query in ("a" * 100_000, "back " * 5_000, "\x00\ud800", "M" + "5" * 500, "((((", "ß İ ﬁ"):
        assert isinstance(index.search(query), list)


def test_the_synonym_table_holds_words_of_the_code_set(index):
    """Every meaning in the synonym table finds something with all its words."""
    table = json.loads((Path(ROOT) / "grader" / "codeset" / "synonyms.json").read_text(encoding="utf-8"))
    for meaning in {meaning for meanings in table.values() for meaning in meanings}:
        words = set(words_of(meaning))
        assert any(words <= set(words_of(f"{hit.title} {hit.why}")) for hit in index.search(meaning)), meaning
