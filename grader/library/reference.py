"""The reference answer of a case, as frozen data.  Standard library alone: the reader's browser runs it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from grader.library.item_keys import KEY_TYPES, ItemKey, item_key


@dataclass(frozen=True, slots=True)
class Change:
    """A correction of a key after its first release: what was wrong, and what is right now."""

    version: int
    date: str
    what: str


@dataclass(frozen=True, slots=True)
class Key:
    """The reference answers of one case."""

    case: str
    canary: str
    items: Mapping[str, ItemKey]
    review_status: str
    review_note: str
    version: int = 1
    changes: tuple[Change, ...] = ()


def key_to_dict(key: Key) -> dict[str, Any]:
    """Return a key as plain JSON data for the practice pack; the canary stays behind."""
    kinds = {shape: kind for kind, shape in KEY_TYPES.items()}
    return {
        "case": key.case,
        "version": key.version,
        "items": {name: {"kind": kinds[type(item)], **asdict(item)} for name, item in key.items.items()},
        "review": {"status": key.review_status, "note": key.review_note},
    }


def key_from_dict(data: Mapping[str, Any]) -> Key:
    """Read back what `key_to_dict` wrote."""
    return Key(
        case=data["case"],
        canary=data.get("canary", ""),
        items={name: item_key(item["kind"], item) for name, item in data["items"].items()},
        review_status=data["review"]["status"],
        review_note=data["review"]["note"],
        version=data.get("version", 1),
    )
