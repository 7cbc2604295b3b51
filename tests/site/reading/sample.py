"""A model card as training writes it, with invented numbers."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from grader.library.item_keys import ELEMENTS
from grader.site.reading.card import PLACE

WRITERS = ("w0", "w1", "w2", "w3", *(f"p{number}" for number in range(1, 13)))
_VOICES = (
    "billing staff, English as a second language, chatty prose",
    "chart shorthand, nurses, urgent care",
)


def sample() -> dict[str, Any]:
    """Return a card whose numbers all differ, so that one cannot pass for another."""
    trained_on = [
        {
            "writer": name,
            "voices": _VOICES[place % 2],
            "notes": 44 + place,
            "cases": 1 + place % 3,
            "contradicted": 20 + place,
        }
        for place, name in enumerate(WRITERS)
    ]
    return {
        "notes": sum(int(str(each["notes"])) for each in trained_on),
        "writers": len(WRITERS),
        "seed": 7,
        "trained_on": trained_on,
        "held_out": {
            name: _measures(place) for place, name in enumerate(("all", "shared", "own", *reversed(WRITERS)))
        },
        "elements": {
            name: {
                "f1": 0.99 - place / 97,
                "precision": 0.985 - place / 89,
                "recall": 0.975 - place / 101,
                "contradiction_f1": 0.8 - place / 61 if name != "quote" else None,
                "n": 1812 - 37 * place,
            }
            for place, name in enumerate(ELEMENTS)
        },
        "calibration": _bins(),
        "model": {"bytes": 1_412_345, "features": 12_043, "sha256": "0f3ac9" + "4be1" * 14 + "77"},
        "ms_per_note": {"p50": 4.27, "p95": 11.84},
        "failures": [
            "A location that is told by a gesture alone is often missed.",
            "Irony is read as it stands.",
        ],
    }


def _measures(place: int) -> dict[str, dict[str, float | None]]:
    """Return measures that fall a little from name to name."""
    best = {
        "micro_f1": 0.953, "macro_f1": 0.931, "precision": 0.961, "recall": 0.944, "kappa": 0.884, "qwk": 0.967,
        "contradiction_f1": 0.712, "contradiction_precision": 0.793, "contradiction_recall": 0.645,
    }  # fmt: skip
    falling = {name: value - place / 173 for name, value in best.items()}
    rising = {"mae": 0.61 + place / 47, "honest_flagged": 0.008 + place / 900}
    return {
        name: {"value": value, "low": value - 0.0083, "high": value + 0.0067}
        for name, value in (falling | rising).items()
    } | {"honest_flagged": dict.fromkeys(("value", "low", "high"), rising["honest_flagged"])}


def _bins() -> list[dict[str, float | int | None]]:
    right = (None, 0.48, 0.61, 0.72, 0.79, 0.87, 0.985)
    counts = (0, 211, 463, 702, 1204, 3108, 14_733)
    starts = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    return [
        {
            "from": start,
            "to": end,
            "said": round(start + 0.06, 3) if count else None,
            "right": share,
            "n": count,
        }
        for (start, end), share, count in zip(pairwise(starts), right, counts, strict=True)
    ]


def put(root: Path, data: Any) -> Path:
    """Write a card where training does, below a root."""
    path = root / PLACE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
