"""Drugs by their one name: what people take by a brand is the same drug."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_BRANDS = {
    "advil": "ibuprofen", "motrin": "ibuprofen", "nurofen": "ibuprofen", "ibuprofin": "ibuprofen", "brufen": "ibuprofen",
    "aleve": "naproxen", "naprosyn": "naproxen", "tylenol": "acetaminophen", "paracetamol": "acetaminophen",
    "apap": "acetaminophen", "panadol": "acetaminophen", "voltaren": "diclofenac", "voltarol": "diclofenac",
    "flexeril": "cyclobenzaprine", "robaxin": "methocarbamol", "zanaflex": "tizanidine", "cymbalta": "duloxetine",
    "neurontin": "gabapentin", "lyrica": "pregabalin", "celebrex": "celecoxib", "mobic": "meloxicam",
}  # fmt: skip
# Kinds of drugs and ways to take them: many drugs share them.
_NO_NAMES = frozenset((
    "gel", "cream", "ointment", "rub", "patch", "patches", "topical", "balm", "plaster", "nsaid", "nsaids",
    "antiinflammatory", "relaxant", "soma", "epidural", "embrocation", "liniment", "opioid", "opioids", "opiate",
    "narcotic", "narcotics", "steroid", "steroids",
))  # fmt: skip
_WORD = re.compile(r"[a-z]{4,}")


@cache
def _known() -> frozenset[str]:
    groups = json.loads(Path(__file__).with_name("lexicon.json").read_text(encoding="utf-8"))
    words = ", ".join(
        text for name, text in groups.items() if name.startswith("drug.") and name != "drug.generic"
    )
    return frozenset(word for word in words.split(", ") if " " not in word) - _NO_NAMES


def substances(norm: str) -> frozenset[str]:
    """Return the drugs that a normalized text names, brands by the name of the drug."""
    return frozenset(_BRANDS.get(word, word) for word in _WORD.findall(norm) if word in _known())
