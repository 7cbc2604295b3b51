"""Reading a YAML file into a checked model; errors name file, field and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from grader.errors import FileError

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As safe as `yaml.safe_load`, and ten times as quick where PyYAML was built with libyaml."""


class _Loader(_SAFE):  # type: ignore[misc]  # which of the two it is, PyYAML's build decides
    """Refuses what YAML lets pass in silence: a field given twice, of which the last would win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the field {name!r} is given twice", node.value[place][0].start_mark
                )
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


_REMEDIES = {
    "missing": "Add this field",
    "extra_forbidden": "Remove this field or correct its name",
    "literal_error": "Use one of the values listed",
    "string_type": "Put the value in quotes",
    "date_from_datetime_parsing": "Write the date as YYYY-MM-DD",
    "date_parsing": "Write the date as YYYY-MM-DD",
    "string_pattern_mismatch": "Codes are written M54.9, cases enc-0143, other names in small letters with hyphens",
    "tuple_type": "Write a list in brackets, such as [M54.9]",
    "model_type": "Write fields in braces, such as {status: unreviewed}",
}

_PROBLEMS = {
    "missing": "the field is missing",
    "extra_forbidden": "there is no such field",
    "float_parsing": "it is not a number",
    "int_parsing": "it is not a whole number",
    "string_pattern_mismatch": "it is not spelled as it must be",
    "tuple_type": "it is not a list",
    "model_type": "it does not hold fields",
}


class FileModel(BaseModel):
    """A part of a file: unknown fields are refused and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Model = TypeVar("Model", bound=FileModel)


def read_model(path: Path, model: type[Model], error: type[FileError]) -> Model:
    """Read ``path`` and check it against ``model``.

    Parameters
    ----------
    path
        A YAML file.
    model
        Its shape.
    error
        The kind of `FileError` to raise; it names the first field that is wrong.
    """
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise error(path, "", "there is no such file", f"Write {path.name} in this folder") from None
    except UnicodeDecodeError:
        raise error(path, "", "it is not UTF-8 text", "Save the file as UTF-8") from None
    except yaml.constructor.ConstructorError as problem:
        wrong = problem.problem or "it is not valid YAML"
        raise error(path, _place(problem), wrong, "Give each field once, and plain values") from None
    except ValueError:
        raise error(
            path, "", "it holds a date that does not exist", "Write dates as YYYY-MM-DD, such as 2026-11-30"
        ) from None
    except yaml.YAMLError as problem:
        raise error(
            path, _place(problem), "it is not valid YAML", "Check indentation, quotes and colons there"
        ) from None
    if not isinstance(data, dict):
        raise error(path, "", "it does not hold fields", "Begin with 'schema:' as in CONTRIBUTING.md")
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        raise error(path, *explain(problem)) from None


def explain(problem: ValidationError) -> tuple[str, str, str]:
    """Return field, problem and remedy of the first fault; a misspelt field before the one it leaves missing."""
    faults = sorted(problem.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    first = faults[0]
    wrong = _PROBLEMS.get(first["type"], first["msg"].removeprefix("Value error, "))
    remedy = _REMEDIES.get(first["type"], "Correct this field; CONTRIBUTING.md shows the format")
    return ".".join(str(part) for part in first["loc"]), wrong[:1].lower() + wrong[1:], remedy


def _place(problem: yaml.YAMLError) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
