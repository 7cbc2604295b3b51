"""The commands about reading notes: ``python -m grader documentation …``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from grader.errors import CourseError


def add_verbs(verbs: Any, root: Path) -> None:
    """Add ``documentation`` and its commands to the parser; ``root`` is the folder of the project."""
    documentation = verbs.add_parser("documentation", help="measure and train the reading of notes")
    commands = documentation.add_subparsers(required=True, metavar="COMMAND")
    evaluate = commands.add_parser("evaluate", help="read labelled notes and compare with their labels")
    evaluate.add_argument("folder", type=Path, help="folder of a writer, or of several writers")
    evaluate.add_argument("--predictions", type=Path, metavar="FILE", help="write one JSON line a note")
    evaluate.set_defaults(run=_evaluate)
    train = commands.add_parser("train", help="train the model anew from labelled notes")
    train.add_argument("--notes", type=Path, default=root / "tests" / "data" / "notes")
    train.add_argument(
        "--out", type=Path, default=root / "grader" / "scoring" / "documentation", help="folder of the model"
    )
    train.add_argument("--card", action="store_true", help="measure on held-out writers, too (minutes)")
    train.set_defaults(run=_train)


def _evaluate(options: argparse.Namespace) -> int:
    from grader.evaluation.corpus import read_corpus, writers_of
    from grader.evaluation.predictions import measured, predict, trained_on, write

    notes = read_corpus(options.folder)
    predictions = predict(notes)
    if options.predictions:
        write(predictions, options.predictions)
        print(f"Written: {options.predictions}, {len(predictions)} notes.")
    for writer in [*writers_of(notes), "all"]:
        found = measured([p for p in predictions if writer in ("all", p.note.writer)])
        if found:
            print(f"\n{writer}: {sum(writer in ('all', note.writer) for note in notes)} notes")
            for name, each in found.items():
                interval = f"   ({each.low:.3f} to {each.high:.3f})" if each.low < each.high else ""
                print(f"  {name.replace('_', ' '):<24} {each.value:6.3f}{interval}")
        else:
            print(f"\n{writer}: these notes have no labels to compare with.")
    if known := trained_on(notes):
        print(
            f"\nThe model was trained on {known} of these notes, so these numbers flatter it. What it reads of writers whom it"
            " never saw stands in the model card and in the book."
        )
    return 0


def _train(options: argparse.Namespace) -> int:
    try:
        from grader.evaluation import heldout
        from grader.evaluation.training import train
    except ImportError as error:
        raise CourseError(
            f"Training needs {error.name}, which the tests bring: run `make test` once, or install tests/requirements.txt."
        ) from error
    from grader.evaluation.corpus import read_corpus
    from grader.evaluation.samples import samples

    notes = read_corpus(options.notes)
    model = heldout.model_bytes(train(samples(notes)))
    card = ""
    if options.card:
        predictions = heldout.held_out(notes, lambda line: print(line, file=sys.stderr, flush=True))
        card = json.dumps(heldout.card(notes, predictions, model), ensure_ascii=False, indent=1)
    (options.out / "model.json").write_bytes(model)
    print(f"Written: model.json, {len(model):,} bytes, from {len(notes)} notes.")
    if card:
        (options.out / "model_card.json").write_text(f"{card}\n", encoding="utf-8")
        print("Written: model_card.json.")
    return 0
