"""Measure the documentation rules on labelled notes: macro-F1 for 'present' and accuracy over the four states.

Run it from the root of the project: ``python -m benchmarks.documentation [--wrong ELEMENT] [WRITER …]``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.find import find_elements

NOTES = Path(__file__).parent.parent / "tests" / "data" / "notes"
WRITERS = ("w0", "w1", "w2", "w3")


@dataclass(frozen=True, slots=True)
class Measured:
    """How well the rules agree with the labels of some notes."""

    notes: int
    macro_f1: float
    accuracy: float
    f1: dict[str, float]
    seconds: float


def read_notes(writer: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the notes of one writer, each with its chart."""
    folder = NOTES / writer
    charts = {
        path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("case-*.yaml"))
    }
    lines = (folder / "notes.jsonl").read_text("utf-8").splitlines()
    return [(note, charts[note["case"]]) for note in map(json.loads, lines)]


def measure(writers: Iterable[str]) -> Measured:
    """Score the notes of some writers and compare with their labels."""
    pairs = []
    start = time.perf_counter()
    for writer in writers:
        for note, chart in read_notes(writer):
            found = find_elements(note["text"], chart["facts"], chart["none"])
            pairs.append((note["labels"], {element: state.state for element, state in found.items()}))
    seconds = time.perf_counter() - start
    f1 = {element: _f1([(label[element], found[element]) for label, found in pairs]) for element in ELEMENTS}
    agreed = sum(label[element] == found[element] for label, found in pairs for element in ELEMENTS)
    return Measured(len(pairs), sum(f1.values()) / len(f1), agreed / len(pairs) / len(ELEMENTS), f1, seconds)


def _f1(pairs: list[tuple[str, str]]) -> float:
    both = sum(label == found == "present" for label, found in pairs)
    either = sum((label == "present") + (found == "present") for label, found in pairs)
    return 2 * both / either if either else 1.0


def show_wrong(element: str, writers: Iterable[str]) -> None:
    """Print the notes where rules and label differ on an element."""
    for writer in writers:
        for note, chart in read_notes(writer):
            found = find_elements(note["text"], chart["facts"], chart["none"])[element]
            if found.state != note["labels"][element]:
                print(
                    f"{note['id']} label {note['labels'][element]}, rules {found.state}: {found.quote!r}\n    {note['text']}"
                )


def main() -> None:
    """Print a table, or the notes where rules and labels differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("writers", nargs="*", default=list(WRITERS))
    parser.add_argument("--wrong", metavar="ELEMENT", help="show the notes where rules and label differ")
    chosen = parser.parse_args()
    if chosen.wrong:
        show_wrong(chosen.wrong, chosen.writers)
        return
    results = {writer: measure([writer]) for writer in chosen.writers}
    print("element      " + "".join(f"{writer:>7}" for writer in results))
    for element in ELEMENTS:
        print(f"{element:<13}" + "".join(f"{result.f1[element]:7.2f}" for result in results.values()))
    print(f"{'macro-F1':<13}" + "".join(f"{result.macro_f1:7.3f}" for result in results.values()))
    print(f"{'accuracy':<13}" + "".join(f"{result.accuracy:7.3f}" for result in results.values()))
    print(
        f"{'ms a note':<13}"
        + "".join(f"{1000 * result.seconds / result.notes:7.1f}" for result in results.values())
    )


if __name__ == "__main__":
    main()
