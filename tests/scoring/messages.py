"""The labelled messages: of people who wrote in earnest, and of people who only wanted points."""

import json
from dataclasses import dataclass
from typing import Any

from grader.library.encounter import Case, Item
from grader.library.item_keys import MessageKey
from grader.library.reference import Key
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Written:
    """A message with its question, its key, the record, and what its writer or reader says of it."""

    text: str
    item: Item
    key: MessageKey
    record: str
    labels: dict[str, Any]


def written(name: str, cases: dict[str, Case], keys: dict[str, Key]) -> list[Written]:
    """The messages of one file of tests/data."""
    found = []
    for labels in map(json.loads, (ROOT / "tests" / "data" / name).read_text("utf-8").splitlines()):
        case = cases[labels["case"]]
        item = next(item for item in case.items if item.id == labels["item"])
        record = "\n".join(document.text for document in case.documents)
        found.append(Written(labels["text"], item, keys[case.id].items[item.id], record, labels))
    return found
