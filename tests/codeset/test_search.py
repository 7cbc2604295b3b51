"""Search: what coders type leads to the code, in Python and on the page alike."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

from grader.codeset.build import write_search_text
from grader.codeset.search import CodeIndex, SearchRow, parse_rows
from grader.codeset.search.matching import Matcher
from grader.codeset.search.postings import Postings
from grader.codeset.search.query import Thesaurus, Word, thesaurus, typed_words, weight_of
from grader.codeset.search.spelling import Speller, distances
from grader.codeset.words import root_of, words_about, words_of
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data"
PHRASES = json.loads((DATA / "search_phrases.json").read_text(encoding="utf-8"))
REALISTIC = json.loads((DATA / "realistic_phrases.json").read_text(encoding="utf-8"))
FURTHER = json.loads((DATA / "further_phrases.json").read_text(encoding="utf-8"))
EVERY = [phrase["query"] for phrase in (*PHRASES, *REALISTIC, *FURTHER)]


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


@pytest.mark.parametrize("phrases", [REALISTIC, FURTHER], ids=["realistic", "further"])
def test_realistic_phrases_find_a_right_code(index, phrases):
    """For nine in ten of what people say and write, clinicians and laymen, a right code is among the first five."""
    missed = [
        phrase["query"]
        for phrase in phrases
        if not {hit.code for hit in index.search(phrase["query"])[:5]} & set(phrase["right"])
    ]
    assert len(missed) <= len(phrases) // 10, missed


def test_the_phrases_are_a_fair_list(index):
    """150 different phrases, each with the source where it was found and with codes that there are."""
    assert len({phrase["query"] for phrase in REALISTIC}) == 150
    assert all(phrase["source"] for phrase in REALISTIC)
    for code in {code for phrase in (*REALISTIC, *FURTHER) for code in phrase["right"]}:
        assert index.search(code)[0].code.startswith(code), code


def test_codes_to_report_come_before_headings(index):
    """Among the hits for words, whatever can be reported stands before every heading."""
    asked = re.compile(r"[A-Za-z][0-9][0-9A-Za-z.]*")
    for query in EVERY:
        if not asked.fullmatch(query.strip()):
            headings = [hit.why.endswith("heading, not complete") for hit in index.search(query)]
            assert headings == sorted(headings), query


def test_unspecified_codes_stay_visible(index):
    """Where a word leaves the side or the site open, the code that does so too comes first, the others after it."""
    found = {query: [hit.code for hit in index.search(query)] for query in ("sciatica", "right sciatica")}
    assert found["sciatica"][:3] == ["M54.30", "M54.31", "M54.32"]
    assert found["right sciatica"][0] == "M54.31" and "M54.30" in found["right sciatica"]


def test_the_page_finds_the_same(index, text_file, tmp_path):
    """At every keystroke of every phrase, the page's search and Python's give the same hits in the same order."""
    typed = [{"query": query} for query in sorted({q[:end] for q in EVERY for end in range(len(q) + 1)})]
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
    title = "Essential (primary) hypertension, unspecified"
    assert weight_of(title, words_of(title)) == 2


def test_what_is_absent_is_told_apart():
    """A code "without radiculopathy" is not found by "radiculopathy", and does not count as long for it."""
    title = "Spondylosis without myelopathy or radiculopathy, lumbar region"
    assert words_about(title)[-2:] == ["-myelopathy", "-radiculopathy"]
    assert weight_of(title, words_about(title)) == 3
    index = CodeIndex(
        [SearchRow("M47.816", "b", title), SearchRow("M47.26", "b", "Spondylosis with radiculopathy")]
    )
    assert [hit.code for hit in index.search("radiculopathy")] == ["M47.26"]
    assert index.search("spondylosis without radiculopathy")[0].code == "M47.816"
    assert index.search("spondylosis w/o radiculopathy")[0].code == "M47.816"


@pytest.mark.parametrize(
    ("word", "kin"),
    [
        ("herniated", "herniation"),
        ("degenerative", "degeneration"),
        ("spine", "spinal"),
        ("slip", "slipping"),
        ("osteoporotic", "osteoporosis"),
        ("stiff", "stiffness"),
    ],
)
def test_kin_have_a_root(word, kin):
    """Words made from one another have the same root."""
    assert root_of(word) == root_of(kin)


def test_words_without_kin_keep_to_themselves():
    """Words that only look alike do not have the same root."""
    assert root_of("number") != root_of("numbness")
    assert root_of("ladder") != root_of("lad")


def test_a_query_is_read_as_words():
    """Levels of the spine are spelt out, filling words left out, and only the last word is unfinished."""
    assert typed_words("L4-5 disc") == [Word("l4"), Word("l5"), Word("disc", True)]
    assert typed_words("I have a sore back ") == [Word("sore"), Word("back")]
    assert typed_words("AS") == [Word("as", True)] and typed_words("of the") == []
    assert not Word("right").counts and not Word("42").counts and Word("disc").counts


def test_expressions_are_found_in_any_order():
    """An expression's words may stand apart and in any order; a wider meaning comes after what has the word itself."""
    phrases = ["Intervertebral disc displacement, lumbar", "Torticollis, neck", "Torticollis, cervical"]
    postings = Postings(words_of(phrase) for phrase in phrases)
    table = {"same": {"slipped disc": ["disc displacement"]}, "wider": {"neck": ["cervical"]}}
    matcher = Matcher(postings, Thesaurus(table))
    assert next(matcher.best(typed_words("disc in the lumbar spine has slipped ")))[1] == 0
    assert [phrase for _, phrase in matcher.best(typed_words("neck "))][:2] == [1, 1]
    assert {phrase for _, phrase in matcher.best(typed_words("neck "))} == {1, 2}


def test_expressions_can_be_begun():
    """An expression still being typed is recognized from its fourth letter."""
    assert thesaurus().beginning("lumbag") == ["lumbago"]
    assert thesaurus().beginning("lum") == []


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [("back", "back", 0), ("bcak", "back", 1), ("bak", "back", 1), ("backk", "back", 1), ("pain", "back", 3)],
)
def test_slips_are_counted(word, other, slips):
    """A letter more, less, wrong or swapped with its neighbour is one slip."""
    assert distances(word, other, 3)[-1] == slips


def test_slips_have_a_limit():
    """Words too far apart are given up, and only the nearest are taken; numbers are never guessed."""
    speller = Speller(["cervical", "sciatica", "spasm", "spine", "stenosis"])
    assert distances("sciatica", "stenosis", 2) == []
    assert speller.near("siatica", False) == ["sciatica"] and speller.near("spazm", False) == ["spasm"]
    assert speller.near("siati", True) == ["sciatica"] and speller.near("siati", False) == []
    assert speller.near("m545", True) == []


def test_a_query_of_any_length_is_answered(index):
    """Endless or strange input is answered, not choked on."""
    for query in ("a" * 100_000, "back " * 5_000, "\x00\ud800", "M" + "5" * 500, "((((", "ß İ ﬁ"):
        assert isinstance(index.search(query), list)


def test_the_synonym_table_holds_words_of_the_code_set(index):
    """Every meaning in the synonym table finds something with all its words."""
    table = json.loads(
        (Path(ROOT) / "grader" / "codeset" / "search" / "synonyms.json").read_text(encoding="utf-8")
    )
    meanings = {meaning for part in table.values() for means in part.values() for meaning in means}
    postings = Postings(words_of(f"{row.title} {' '.join(row.terms)}") for row in index.rows)
    assert [meaning for meaning in sorted(meanings) if not postings.having_all(words_of(meaning))] == []


def test_a_code_that_is_not_in_the_list_leads_to_the_nearest(index):
    """An unknown code is never read as words: what comes is the code above it and its family."""
    assert index.search("M54.99")[0].code == "M54.9"
    assert all(hit.code.startswith("I42") for hit in index.search("I42.77"))


@pytest.mark.parametrize("limit", [1, 3, 5, 12])
def test_the_best_code_can_be_picked_however_short_the_list(index, limit):
    """The first hit is complete even where few are asked for."""
    assert index.search("fell off a ladder", limit)[0].code == "W11.XXXA"
    assert len(index.search("fell off a ladder", limit)) <= limit
