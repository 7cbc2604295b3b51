"""The numbers of a study in a few lines, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.cohort.names import COHORT_NAMES


def summary(found: Mapping[str, Any]) -> str:
    """Return the numbers that matter most, cohort by cohort."""
    rows = [
        f"{found['title']}: {found['encounters']} encounters, {found['codes']:.0f} codes, {found['minutes']} minutes;"
        f" {found['trainees']} made-up trainees in each cohort, seed {found['seed']}.",
        "",
        f"{'Cohort':<34}{'Competent':>10}{'Pass':>7}{'False pass':>12}{'False fail':>12}{'Wrong, with its range':>24}{'Reliability':>13}",
    ]
    for name, told in found["cohorts"].items():
        rates = told["rates"]
        wrong = f"{_percent(rates['wrong'])} ({100 * rates['wrong']['low']:.1f}–{100 * rates['wrong']['high']:.1f})"
        cells = [_percent(rates[each]) for each in ("competent", "passed", "false_pass", "false_fail")]
        reliable = "–" if told["reliability"] is None else f"{told['reliability']:.2f}"
        rows.append(
            f"{COHORT_NAMES[name]:<34}{cells[0]:>10}{cells[1]:>7}{cells[2]:>12}{cells[3]:>12}{wrong:>24}{reliable:>13}"
        )
    return "\n".join(rows)


def _percent(count: Mapping[str, Any]) -> str:
    return f"{100 * count['count'] / count['of']:.1f}%" if count["of"] else "–"
