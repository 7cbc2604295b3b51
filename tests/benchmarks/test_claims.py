"""How long a claim takes and what it leaves in memory.  Times are reported, never asserted."""

import gc
import tracemalloc
from datetime import date

from benchmarks.claims import drawn_claims
from grader.scoring.edits import check_codes

ON = date(2026, 11, 2)
CLAIM = (
    "S32.010A", "S39.012A", "M54.50", "E11.22", "N18.31", "I12.9", "J44.9", "F17.210", "E66.9", "Z68.36", "W11.XXXA",
    "Y92.018",
)  # fmt: skip


def test_a_claim_of_twelve_codes(benchmark, codes):
    """A long claim with several faults is checked; the benchmark's table tells how fast."""
    found = benchmark(check_codes, CLAIM, ON, codes)
    assert {"excludes1"} <= {finding.kind for finding in found}


def test_memory_stays_flat(codes):
    """After the first thousands, more claims leave nothing behind."""

    def check(how_many: int, seed: int) -> int:
        for claim in drawn_claims(codes, how_many, 12, seed):
            check_codes(claim, ON, codes)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = check(1_000, seed=1)  # fills what is remembered
        after = check(500, seed=2)
    finally:
        tracemalloc.stop()
    assert after < 1.15 * before
