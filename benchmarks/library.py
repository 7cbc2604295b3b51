"""What the case library costs: milliseconds to lint a case, to draw one from a family, and to lint what was drawn.

    python -m benchmarks.library [--draws 140]

The last column is the ratio to linting one case of the library, which is comparable between machines.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader import codeset
from grader.family.draw import draw
from grader.family.source import FAMILIES, family_names, read_family
from grader.family.writing import write
from grader.library.case import case_folders
from grader.lint import lint


def per_case(act: Callable[[], object], cases: int) -> float:
    """Return milliseconds a case."""
    begin = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begin) / cases


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=140)
    draws = parser.parse_args().draws
    codes = codeset.load()
    root = FAMILIES.parent
    library = per_case(lambda: lint(root, root, codes), len(case_folders(root)))
    families = [read_family(name) for name in family_names()]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)

        def draw_all() -> None:
            for number in range(draws):
                write(draw(families[number % len(families)], str(number), codes), out)

        drawing = per_case(draw_all, draws)
        linting = per_case(lambda: lint(out, out, codes), draws)
    for name, value in (
        ("lint of the library", library),
        ("draw and write", drawing),
        ("lint of drawn cases", linting),
    ):
        print(f"{name:<22} {value:7.2f} ms a case  {value / library:5.2f}")


if __name__ == "__main__":
    main()
