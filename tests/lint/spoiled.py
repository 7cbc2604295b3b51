"""A sound case with every kind of item but codes and notes, to be spoiled one field at a time."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

FILLER = " ".join(["The rest of the chart is of no concern to anybody here and only makes it longer."] * 8)
CITE = "42 CFR 424.44"

CASE: dict[str, Any] = {
    "schema": "case/1",
    "id": "enc-9001",
    "title": "A claim on the desk",
    "pool": "practice",
    "kind": "denial",
    "setting": "billing office",
    "care": "outpatient",
    "encounter_date": "2026-11-02",
    "difficulty": 2,
    "skills": ["claim-repair"],
    "documents": [
        {"kind": "progress-note", "title": "Visit", "text": f"HISTORY:\nShe fell at home. It aches.\n{FILLER}"}
    ],
    "items": [
        {"id": "pick", "kind": "choices", "stem": "Which?", "points": 2, "choices": [
            {"id": "c1", "text": "First thing."}, {"id": "c2", "text": "Second thing."}]},
        {"id": "sort", "kind": "match", "stem": "Sort.", "points": 2,
         "prompts": [{"id": "p1", "text": "One"}, {"id": "p2", "text": "Two"}],
         "choices": [{"id": "c1", "text": "Odd"}, {"id": "c2", "text": "Even"}]},
        {"id": "steps", "kind": "order", "stem": "Order.", "points": 2, "choices": [
            {"id": "c1", "text": "Read it."}, {"id": "c2", "text": "Mend it."}, {"id": "c3", "text": "Send it."}]},
        {"id": "claim", "kind": "claim-repair", "stem": "Repair.", "points": 2, "fields": [
            {"id": "box21a", "label": "Box 21 A", "value": "M54.5"}, {"id": "box28", "label": "Box 28", "value": "142.00"}]},
        {"id": "marks", "kind": "evidence", "stem": "Mark.", "points": 2},
        {"id": "audit", "kind": "audit", "stem": "Audit.", "points": 2, "coded": ["M54.5", "R52"]},
        {"id": "query", "kind": "message", "to": "provider", "stem": "Write.", "points": 2},
    ],
}  # fmt: skip
KEY: dict[str, Any] = {
    "schema": "key/1",
    "case": "enc-9001",
    "canary": "0b0f7a52-8a3e-4c39-9a3b-1df0a1c2f001",
    "items": {
        "pick": {"correct": ["c1"], "reasons": {"c1": "Yes.", "c2": "No."}, "cite": CITE},
        "sort": {"pairs": {"p1": "c1", "p2": "c2"}, "reasons": {"p1": "Odd.", "p2": "Even."}, "cite": CITE},
        "steps": {"order": ["c1", "c2", "c3"], "reasons": {"c1": "a", "c2": "b", "c3": "c"}, "cite": CITE},
        "claim": {
            "repairs": [{"field": "box21a", "accept": ["M54.50"], "points": 2, "why": "A heading.", "cite": CITE}],
            "wrong": [{"field": "box28", "error": "under_coded", "why": "It was right.", "cite": CITE}],
        },
        "marks": {
            "passages": [{"quote": "She fell", "points": 2, "why": "The cause."}],
            "neutral": [],
            "wrong": [{"quote": "It aches", "why": "A symptom."}],
            "cite": CITE,
        },
        "audit": {
            "verdicts": [
                {"code": "M54.5", "verdict": "wrong", "error": "invalid_code", "why": "A heading.", "cite": CITE},
                {"code": "R52", "verdict": "wrong", "error": "wrong_chapter", "why": "It has a site.", "cite": CITE},
            ],
            "missing": [{"code": "M54.50", "why": "The low back.", "cite": CITE}],
        },
        "query": {
            "rubric": [{"id": "open", "says": "Asks openly", "points": 2, "signs": ["what cause"], "why": "Ask."}],
            "cite": CITE,
            "exemplar": "What is the cause?",
            "counterexample": "Do you agree?",
        },
    },
    "review": {"status": "unreviewed"},
}  # fmt: skip

Change = Callable[[dict[str, Any], dict[str, Any]], object]


def write(root: Path, change: Change = lambda case, key: None) -> Path:
    """Write the case into a library, after a change to case and key."""
    case, key = copy.deepcopy(CASE), copy.deepcopy(KEY)
    change(case, key)
    folder = root / case["id"]
    folder.mkdir(parents=True)
    (folder / "case.yml").write_text(yaml.safe_dump(case, sort_keys=False))
    (folder / "key.yml").write_text(yaml.safe_dump(key, sort_keys=False))
    return root
