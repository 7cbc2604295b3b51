"""Feeds the reader of answers with what coverage leads to, and ends with an error at the first surprise.

    python tests/fuzz_answers.py [--broken] FOLDER [-runs=N] [-max_total_time=SECONDS] [-seed=N]

FOLDER holds examples to start from.  ``--broken`` puts a reader with a fault in place of the real one: it must be found.
"""

import json
import random
import sys
from typing import Any

import atheris

with atheris.instrument_imports(include=["grader.answers"]):
    from grader import answers
from grader.errors import AnswersFileError

ODD = (
    "",
    "a",
    "\0",
    "\ud83d",
    "\u202e",
    "x" * 81,
    "x" * 20_001,
    0,
    -1,
    1e999,
    True,
    None,
    [],
    {},
    [""],
    ["a"] * 201,
)


def check(data: bytes) -> None:
    """Read any bytes: either the error that explains itself comes of it, or answers that are written as they were read."""
    try:
        found = answers.parse_answers(data, "answers.json")
    except AnswersFileError as error:
        assert str(error).isprintable() and len(str(error)) < 1_000
        return
    again = json.dumps(answers.to_data(found), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(again) > answers.MAX_BYTES or answers.parse_answers(again, "answers.json") == found


def check_broken(data: bytes) -> None:
    """Read as `check` does, and forget that nothing may be reported at all."""
    check(data)
    try:
        found = answers.parse_answers(data, "answers.json")
    except AnswersFileError:
        return
    first = [answer.codes[0] for answer in found.items.values() if isinstance(answer, answers.CodesAnswer)]
    assert None not in first


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """Change JSON as JSON more often than as bytes: of changed bytes few are JSON."""
    chance = random.Random(seed)
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict) or chance.random() < 0.3:
        changed: bytes = atheris.Mutate(data, most)
        return changed
    disturb(tree, chance)
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")[:most]


def disturb(tree: Any, chance: random.Random) -> None:
    """Replace, remove, repeat or rename one thing somewhere in a tree."""
    places = [*tree] if isinstance(tree, dict) else [*range(len(tree))]
    if not places:
        return
    place = chance.choice(places)
    if isinstance(tree[place], dict | list) and chance.random() < 0.8:
        disturb(tree[place], chance)
        return
    what = chance.choice(("replace", "remove", "repeat"))
    if what == "replace":
        tree[place] = chance.choice(ODD)
    elif what == "remove":
        del tree[place]
    elif isinstance(tree, dict):
        tree[str(chance.choice(ODD))] = tree[place]
    else:
        tree.append(tree[place])


if __name__ == "__main__":
    options = [option for option in sys.argv if option != "--broken"]
    checked = check_broken if "--broken" in sys.argv else check
    atheris.Setup(options, checked, custom_mutator=mutate)
    atheris.Fuzz()
