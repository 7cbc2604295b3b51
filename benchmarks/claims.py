"""Check many claims in one process: milliseconds a claim and memory as it goes on.

    python -m benchmarks.claims [--claims 100000] [--codes 12]

The claims are drawn from the whole code set with a seed, which is harder than a real day: every code is another one.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date

from grader import codeset
from grader.codeset import CodeSet
from grader.codeset.tabular import with_seventh
from grader.scoring.edits import check_codes

ON = date(2026, 11, 2)


def drawn_claims(codes: CodeSet, how_many: int, length: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield claims of ``length`` complete codes each."""
    draw = random.Random(seed)
    leaves = [entry.code for entry in codes.entries() if entry.leaf]
    for _ in range(how_many):
        yield [_complete(codes, code, draw) for code in draw.sample(leaves, length)]


def _complete(codes: CodeSet, code: str, draw: random.Random) -> str:
    allowed = sorted(codes.seventh_characters(code))
    return with_seventh(code, draw.choice(allowed)) if allowed else code


def main() -> None:
    """Print a line for each tenth of the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--codes", type=int, default=12)
    chosen = parser.parse_args()
    codes = codeset.load()
    step = max(1, chosen.claims // 10)
    begin = time.perf_counter()
    for number, claim in enumerate(drawn_claims(codes, chosen.claims, chosen.codes), start=1):
        check_codes(claim, ON, codes)
        if number % step == 0:
            passed = time.perf_counter() - begin
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:>8,} claims  {1000 * passed / step:6.2f} ms a claim  {megabytes:6.0f} MB at most")
            begin = time.perf_counter()


if __name__ == "__main__":
    main()
