"""The library's own checks: they speak when a case is wrong and stay silent when it is right."""

import re
import shutil
import textwrap
import uuid
from pathlib import Path

import pytest
import yaml

from grader.lint import exemplar, lint
from grader.scoring.score import score_case
from tests.conftest import ROOT


def test_the_whole_library_is_clean(codes):
    """Every case of the library passes every check."""
    assert lint(ROOT / "cases", ROOT / "cases", codes) == []


def test_every_key_answers_its_own_case(cases, keys, codes):
    """A key scored as an answer earns every point possible and no fault."""
    for case_id, case in cases.items():
        key = keys[case_id]
        answers = {case.item_key(item): exemplar(key.items[item.id], case) for item in case.items}
        scored = score_case(case, answers, key, codes)
        assert scored.points == pytest.approx(scored.possible) and scored.whole_case, case_id


def test_no_answers_earn_nothing(cases, keys, codes):
    """A case without an answer is unscorable throughout and earns no point."""
    for case_id, case in cases.items():
        scored = score_case(case, {}, keys[case_id], codes)
        assert scored.points == 0 and not scored.whole_case, case_id


@pytest.fixture
def library(tmp_path) -> Path:
    """A library of one sound case to spoil."""
    shutil.copytree(ROOT / "cases" / "enc-0003", tmp_path / "enc-0003")
    return tmp_path


def spoil(library: Path, name: str, change) -> None:
    """Change one file of the sound case."""
    path = library / "enc-0003" / name
    data = yaml.safe_load(path.read_text())
    change(data)
    path.write_text(yaml.safe_dump(data))


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("key.yml", lambda key: key["items"]["codes"]["expected"][0].update(code="S39.012"), "not complete"),
        (
            "key.yml",
            lambda key: key["items"]["codes"]["expected"][0].update(code="M54.5"),
            "not been valid since",
        ),
        (
            "key.yml",
            lambda key: key["items"]["codes"].update(optional=[{"code": "M54.50", "when": "x"}]),
            "does not get its reason",
        ),
        (
            "key.yml",
            lambda key: key["items"]["codes"]["wrong"].append(
                {"codes": ["S39.012A"], "error": "laterality", "why": "x", "cite": "y"}
            ),
            "loses no points",
        ),
        (
            "key.yml",
            lambda key: key["items"]["codes"].update(
                alternatives=[{"codes": ["S39.012A", "M54.50"], "credit": 0.5, "when": "x"}]
            ),
            "breaks a coding rule: M54.50 and S39.012A are not reported together",
        ),
        (
            "key.yml",
            lambda key: key["items"]["codes"]["wrong"].append(
                {"codes": ["M54.77"], "error": "laterality", "why": "x", "cite": "y"}
            ),
            "M54.77 cannot be reported on the encounter's date",
        ),
        (
            "key.yml",
            lambda key: key["items"]["codes"]["wrong"].append(
                {"codes": ["M54.6"], "error": "invalid_code", "why": "x", "cite": "y"}
            ),
            "M54.6 can be reported on the encounter's date",
        ),
        (
            "case.yml",
            lambda case: case["documents"][0].update(text="Assessment: S39.012A"),
            "case.yml shows S39.012A",
        ),
        ("case.yml", lambda case: case.update(title="He strained it"), "the title's word 'strained'"),
        ("case.yml", lambda case: case["items"][0].update(stem="Code her strains."), "the stem's word"),
        ("case.yml", lambda case: case.update(pool="other"), "pool"),
        ("key.yml", lambda key: key.update(canary="x"), "canary"),
    ],
)
def test_a_spoiled_case_is_caught(library, codes, name, change, says):
    """Each fault is found and named."""
    spoil(library, name, change)
    faults = "\n".join(map(str, lint(library, library, codes)))
    assert says in faults


def test_two_keys_with_one_canary_are_caught(library, codes):
    """A canary names one key only."""
    shutil.copytree(ROOT / "cases" / "enc-0005", library / "enc-0005")
    canary = yaml.safe_load((library / "enc-0003" / "key.yml").read_text())["canary"]
    path = library / "enc-0005" / "key.yml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), "canary": canary}))
    assert "the same canary" in "\n".join(map(str, lint(library, library, codes)))


def test_the_example_in_contributing_is_clean(tmp_path, codes):
    """A case copied word for word from CONTRIBUTING, with a canary of its own, has no fault."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
    case, key = (textwrap.dedent(block) for block in blocks[:2])
    folder = tmp_path / "enc-0143"
    folder.mkdir()
    (folder / "case.yml").write_text(case)
    (folder / "key.yml").write_text(key.replace("00000000-0000-4000-8000-000000000000", str(uuid.uuid4())))
    assert lint(tmp_path, tmp_path, codes) == []
