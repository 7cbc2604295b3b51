"""Short ways to check a few codes."""

from datetime import date

import pytest

from grader.scoring.edits import check_codes

ON = date(2026, 11, 2)


@pytest.fixture
def weights(codes):
    """A function that returns kind and weight of each finding on some codes, without reminders of conditional notes."""

    def check(reported: str, care: str = "outpatient", encounter: str | None = None) -> set[tuple[str, str]]:
        found = check_codes(reported.split(), ON, codes, care, encounter)
        reminders = ("code_first", "use_additional", "code_also")
        return {
            (each.kind, each.severity)
            for each in found
            if not (each.kind in reminders and each.severity == "advice")
        }

    return check
