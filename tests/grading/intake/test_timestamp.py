"""When something was handed in is read as nbgrader reads it, and what is no time is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading.intake.submission import utc
from tests.grading.intake.handing_in import TIME


@pytest.mark.parametrize(
    "text",
    [
        TIME,
        "2026-11-02 10:00:00 UTC",
        "2026-11-02 10:00:00",
        "2026-11-02 10:00:00.5",
        "2026-11-02",
        "2026-11-02T10:00:00Z",
        "2026-11-02T10:00:00+01:00",
        "2026-11-02 10:00:00-0500",
        "2026-11-02 10:00:00 CET",
        "2026-11-02 10:00:00.123456 EST",
        "2026-07-02 10:00:00 Europe/Berlin",
        "2026-11-02 10:00:00 America/Argentina/Buenos_Aires",
        "2026-11-02 10:00:00 Nowhere",
        "2026-11-02 10:00:00 +0100",
        "2026-11-02 10:00:00 3600",
        "Mon, 02 Nov 2026 10:00:00 +0100",
        "2 November 2026 10:00",
        "20261102T100000",
    ],
)
def test_times_are_those_that_nbgrader_reads(text):
    """Our command and nbgrader's own enter the same time into the gradebook."""
    from nbgrader.utils import parse_utc

    assert utc(text) == parse_utc(text)


@pytest.mark.parametrize(
    "text", ["", " ", "on time", "10:00", "Monday", "November 2026", "2026-02-30 10:00:00", "2026-13-02 10:00:00 UTC", "2026-11-02 25:00:00", "0000-00-00",
             "2026-11-02 10:00:00 ../../etc/passwd", "2026-11-02 10:00:00 /etc/localtime", "2026-11-02 10:00:00 999999", "1" * 400, "٢٠٢٦-١١-٠٢"]
)  # fmt: skip
def test_what_is_no_time_has_none(text):
    """A time needs a day, and a zone is never the path of a file."""
    assert utc(text) is None


@given(st.text(max_size=120) | st.from_regex(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? [A-Za-z+\-\d/.]{,12}"))
def test_no_text_whatever_upsets_the_clock(text):
    """Whatever stands in timestamp.txt is a time or none."""
    moment = utc(text)
    assert moment is None or moment.tzinfo is None
