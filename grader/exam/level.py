"""Every question that asks for codes is worth the same in a form, so that its points tell nothing about how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grader.family.key import POINTS
from grader.library.encounter import Case, Item
from grader.library.item_keys import CodesKey, ExpectedCode
from grader.library.reference import Key

CODES = "assign-codes"


def level(case: Case, key: Key) -> tuple[Case, Key]:
    """Return an encounter whose questions for codes are worth `POINTS` each.

    Each code keeps its share of its question, so that every answer earns the share that it earned before.
    """
    items = {
        name: replace(item, expected=_levelled(item.expected)) if isinstance(item, CodesKey) else item
        for name, item in key.items.items()
    }
    return replace(case, items=tuple(_worth(item) for item in case.items)), replace(key, items=items)


def _worth(item: Item) -> Item:
    return replace(item, points=POINTS) if item.kind == CODES else item


def _levelled(expected: tuple[ExpectedCode, ...]) -> tuple[ExpectedCode, ...]:
    total = sum(each.points for each in expected)
    return tuple(replace(each, points=each.points * POINTS / total) for each in expected)


def level_case(data: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """Return what a ``case.yml`` holds, with the points of an encounter's questions."""
    points = {item.id: item.points for item in case.items}
    return {**data, "items": [{**item, "points": points[item["id"]]} for item in data["items"]]}


def level_key(data: Mapping[str, Any], key: Key) -> dict[str, Any]:
    """Return what a ``key.yml`` holds, with the points of a key's codes."""
    return {**data, "items": {name: _of_key(item, key.items[name]) for name, item in data["items"].items()}}


def _of_key(data: Mapping[str, Any], item: object) -> Mapping[str, Any]:
    if not isinstance(item, CodesKey):
        return data
    pairs = zip(data["expected"], item.expected, strict=True)
    return {**data, "expected": [{**each, "points": code.points} for each, code in pairs]}
