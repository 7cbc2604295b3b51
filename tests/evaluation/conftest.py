"""A writer's folder that the tests of the evaluation share."""

import json
from pathlib import Path

import pytest

from grader.library.item_keys import ELEMENTS
from tests.scoring.documentation.chart import FACTS


@pytest.fixture
def writer(tmp_path: Path) -> Path:
    """A folder of one writer with one chart and two labelled notes."""
    folder = tmp_path / "x1"
    folder.mkdir()
    facts = "\n".join(f"  {element}: {json.dumps(fact)}" for element, fact in FACTS.items())
    (folder / "case-1.yaml").write_text(
        f"id: case-1\nvignette: A clerk with back pain.\nfacts:\n{facts}\nnone: [injury, leg pain]\n"
    )
    stated = dict.fromkeys(ELEMENTS, "absent") | {"severity": "present"}
    notes = [
        {
            "id": "x1-1", "case": "case-1", "text": "Her back pain is 5/10.", "labels": stated, "flags": [],
            "evidence": [{"element": "severity", "state": "present", "quote": "5/10"}],
        },
        {"id": "x1-2", "case": "case-1", "text": "Back pain.", "labels": dict.fromkeys(ELEMENTS, "absent"), "flags": ["bare"]},
    ]  # fmt: skip
    (folder / "notes.jsonl").write_text("".join(json.dumps(note) + "\n" for note in notes))
    return folder
