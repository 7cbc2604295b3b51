"""The printed book's type: the same on every machine, so that chapters stand on the same pages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from grader.errors import CourseError

FOLDER = "fonts"
_PACKAGES = {"Source Serif Pro": "font_source_serif_pro", "Source Sans Pro": "font_source_sans_pro"}
_FORMS = {
    "Regular": (400, "normal"),
    "It": (400, "italic"),
    "Semibold": (600, "normal"),
    "Bold": (700, "normal"),
}


def font_faces() -> str:
    """Return the style rules that name the fonts, with files in ``fonts/``."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style};'
        f' src: url("{FOLDER}/{_file(family, form)}") }}'
        for family in _PACKAGES
        for form, (weight, style) in _FORMS.items()
    )


def font_files() -> dict[str, Path]:
    """Return the files of the fonts by name.

    Raises
    ------
    CourseError
        When the packages that carry them are not installed.
    """
    return {
        _file(family, form): _folder(package) / _file(family, form)
        for family, package in _PACKAGES.items()
        for form in _FORMS
    }


def _file(family: str, form: str) -> str:
    return f"{family.replace(' ', '')}-{form}.ttf"


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CourseError(
            f"The package {package} is missing. Install tests/requirements.txt, or run `make pdf`."
        )
    return Path(spec.origin).parent / "files"
