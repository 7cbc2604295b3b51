"""No answers.json whatever brings another error than the one that explains itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import Answers, answers_from_data, parse_answers, to_data
from grader.errors import AnswersFileError
from tests.conftest import ROOT

FUZZ = ROOT / "tests" / "fuzz_answers.py"
SAMPLES = sorted((ROOT / "exercises" / "unit-1" / "sample_class").glob("*.json"))
EACH_SHAPE = {
    "schema": "answers/1",
    "assignment": "unit-1",
    "items": {
        "a/codes": {"codes": ["M54.9", "M15.0"]},
        "a/note": {"text": "Dull ache."},
        "a/why": {"choice": "c1"},
        "a/which": {"choices": ["c1", "c3"]},
        "a/sort": {"pairs": {"p1": "c2"}},
        "a/steps": {"order": ["c2", "c1"]},
        "a/claim": {"fields": {"box21a": "M54.50"}},
        "a/marks": {"passages": ["1.2"]},
        "a/audit": {"audit": {"verdicts": {"M54.50": "right"}, "missing": ["I10"]}},
    },
}

NAMES = st.text(max_size=80)
CODES = st.lists(st.text(max_size=40), max_size=3)
SHAPES = st.one_of(
    st.fixed_dictionaries({"codes": CODES}),
    st.fixed_dictionaries({"text": st.text()}),
    st.fixed_dictionaries({"choice": NAMES}),
    *(
        st.fixed_dictionaries({kind: st.lists(NAMES, max_size=3)})
        for kind in ("choices", "order", "passages")
    ),
    st.fixed_dictionaries({"pairs": st.dictionaries(NAMES, NAMES, max_size=3)}),
    st.fixed_dictionaries({"fields": st.dictionaries(NAMES, st.text(max_size=200), max_size=3)}),
    st.fixed_dictionaries(
        {"audit": st.fixed_dictionaries({"verdicts": st.dictionaries(NAMES, NAMES), "missing": CODES})}
    ),
)
TREES = st.fixed_dictionaries(
    {
        "schema": st.just("answers/1"),
        "assignment": st.text(max_size=200),
        "items": st.dictionaries(NAMES, SHAPES, max_size=4),
    }
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)


def read(data: bytes) -> Answers | None:
    """Answers that are written as they were read, or None after the error that explains itself."""
    try:
        answers = parse_answers(data, "answers.json")
    except AnswersFileError as error:
        assert str(error).startswith("answers.json: ") and str(error).isprintable()
        return None
    assert answers_from_data(json.loads(json.dumps(to_data(answers))), "again") == answers
    return answers


@given(TREES)
def test_answers_of_every_shape_survive_writing(tree):
    """What the format allows is read and written without change, except for what no file or gradebook can hold."""
    answers = read(json.dumps(tree).encode())
    assert (answers is None) == ("\0" in str_of(tree))
    assert answers is None or to_data(answers) == tree


def str_of(tree: object) -> str:
    """All texts of a tree."""
    if isinstance(tree, dict):
        return "".join(map(str_of, [*tree, *tree.values()]))
    return "".join(map(str_of, tree)) if isinstance(tree, list) else str(tree)


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_told(data):
    """Bytes that happen to be answers do not occur; all others are told."""
    assert read(data) is None


@given(
    JSON, st.sampled_from([None, "schema", "assignment", "items", "a/codes", "a/note", "a/sort", "a/audit"])
)
def test_arbitrary_json_is_told_wherever_it_stands(value, place):
    """JSON in the place of the answers, or of a part of them, is read or told."""
    tree = json.loads(json.dumps(EACH_SHAPE))
    if place is None:
        tree = value
    elif place in tree:
        tree[place] = value
    else:
        tree["items"][place] = {next(iter(tree["items"][place])): value}
    read(json.dumps(tree).encode())


@given(
    st.sampled_from([path.read_bytes() for path in SAMPLES] + [json.dumps(EACH_SHAPE).encode()]), st.data()
)
def test_damaged_answers_are_told(original, data):
    """Valid answers with a stretch of bytes lost, changed or doubled are read or told."""
    start = data.draw(st.integers(0, len(original)))
    end = data.draw(st.integers(start, min(start + 40, len(original))))
    damage = data.draw(st.binary(max_size=8) | st.just(original[start:end] * 2))
    read(original[:start] + damage + original[end:])


def fuzz(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the fuzzer from the sample answers."""
    for path in SAMPLES:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "each-shape.json").write_text(json.dumps(EACH_SHAPE))
    bounds = ["-runs=20000", "-max_total_time=20", "-seed=2026", f"-artifact_prefix={folder}/"]
    command = [sys.executable, FUZZ, *options, folder, *bounds]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def corpus(tmp_path) -> Path:
    """A folder for examples."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def test_the_fuzzer_finds_nothing_in_the_reader(corpus):
    """Twenty thousand inputs, led by coverage, bring no other error than the one that explains itself."""
    done = fuzz(corpus)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "DONE" in done.stderr


def test_the_fuzzer_finds_a_fault(corpus):
    """A reader that forgets one case is found out: silence of the fuzzer means something."""
    done = fuzz(corpus, "--broken")
    assert done.returncode != 0 and "IndexError" in done.stdout + done.stderr
