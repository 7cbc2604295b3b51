"""Frozen dataclasses back from the plain data that `dataclasses.asdict` makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Shape = TypeVar("Shape")


def rebuild(shape: type[Shape], data: Mapping[str, Any]) -> Shape:
    """Build a dataclass from data of its shape; fields of the data that it does not have are left out.

    Raises
    ------
    TypeError
        When a field without a default is missing.
    """
    hints = _hints(shape)  # type: ignore[arg-type]  # every class is hashable
    return shape(**{name: _value(hint, data[name]) for name, hint in hints.items() if name in data})


@cache
def _hints(shape: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {field.name: hints[field.name] for field in fields(shape)}


def _value(hint: Any, value: Any) -> Any:
    if is_dataclass(hint):
        return rebuild(hint, value)  # type: ignore[arg-type]  # is_dataclass also accepts instances
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each) for each in value)
    if hint is float:
        return float(value)
    return dict(value) if isinstance(value, Mapping) else value
