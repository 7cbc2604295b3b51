"""Writing drawn cases as files that read as if written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from grader.family.draw import Drawn

_WIDTH = 10_000  # a reason stays on its line
_Node = yaml.nodes.Node


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _Row(list[Any]):
    """A list that is written on one line."""


class _Quoted(str):
    """A text that is written between double quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> _Node:
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Quoted, lambda d, text: d.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)
_Dumper.add_representer(
    _Row, lambda d, row: d.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)
)
_Dumper.add_representer(_Flow, lambda d, m: d.represent_mapping("tag:yaml.org,2002:map", m, flow_style=True))
_Dumper.add_representer(float, lambda d, n: d.represent_float(n) if n % 1 else d.represent_int(int(n)))


def case_text(case: Mapping[str, Any]) -> str:
    """Return ``case.yml``."""
    data = {
        **case,
        "skills": _Row(case["skills"]),
        "items": [_Flow({**i, "stem": _Quoted(i["stem"])}) for i in case["items"]],
    }
    return _dump(data)


def key_text(key: Mapping[str, Any]) -> str:
    """Return ``key.yml``: codes and reasons in quotes, what is short on one line."""
    return _dump(
        {
            **key,
            "items": {name: _codes(item) for name, item in key["items"].items()},
            "review": _Flow(key["review"]),
        }
    )


def _codes(item: Mapping[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for field, value in item.items():
        written[field] = [_entry(entry) for entry in value] if isinstance(value, list) else value
    return written


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for field, value in entry.items():
        if field == "codes":
            written[field] = _Row(_Quoted(code) for code in value)
        else:
            written[field] = _Quoted(value) if isinstance(value, str) and field != "error" else value
    return written


def _dump(data: Mapping[str, Any]) -> str:
    return yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)


def write(drawn: Drawn, root: Path) -> Path:
    """Write case and key into a folder of their own below ``root`` and return it."""
    folder = root / str(drawn.case["id"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yml").write_text(case_text(drawn.case), encoding="utf-8")
    (folder / "key.yml").write_text(key_text(drawn.key), encoding="utf-8")
    return folder


def plain(value: object) -> object:
    """Return data that JSON can hold: dates as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value
