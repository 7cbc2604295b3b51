"""Measure how long a note takes to read: ``python -m benchmarks.documentation`` from the root of the project."""

from __future__ import annotations

import time
from pathlib import Path

from grader.evaluation.corpus import LabelledNote, read_corpus
from grader.scoring.documentation import model
from grader.scoring.documentation.find import find_elements

NOTES = Path(__file__).parent.parent / "tests" / "data" / "notes"
_LENGTHS = ((1, 60), (60, 150), (150, 300))  # words


def milliseconds(notes: list[LabelledNote]) -> list[float]:
    """Return how long each note took, in order of time; every record is prepared anew, as for a class of one case each."""
    spent = []
    for note in notes:
        start = time.perf_counter()
        find_elements(note.text, note.chart.facts, note.chart.absent)
        spent.append(1000 * (time.perf_counter() - start))
    return sorted(spent)


def main() -> None:
    """Print a table: time to load the model, then median, 95th percentile and worst by length of the note."""
    start = time.perf_counter()
    model.load()
    print(f"model loaded in {1000 * (time.perf_counter() - start):.0f} ms")
    notes = read_corpus(NOTES)
    print(f"{'words':>10} {'notes':>6} {'median ms':>10} {'95 % ms':>8} {'worst ms':>9}")
    for low, high in _LENGTHS:
        chosen = [note for note in notes if low <= len(note.text.split()) < high]
        spent = milliseconds(chosen)
        print(
            f"{low:>4} to {high:<4}{len(spent):>6} {spent[len(spent) // 2]:>10.1f}"
            f" {spent[int(0.95 * len(spent))]:>8.1f} {spent[-1]:>9.1f}"
        )


if __name__ == "__main__":
    main()
