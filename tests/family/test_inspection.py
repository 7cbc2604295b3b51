"""Many draws: clean, and what is not is reported."""

from dataclasses import replace

import pytest

from grader.family.draw import draw
from grader.family.inspection import case_faults, inspect
from grader.family.source import family_names, read_family
from grader.family.writing import write
from grader.lint import lint

DRAWS = 25


@pytest.mark.parametrize("name", family_names())
def test_draws_are_clean(name, codes, tmp_path):
    """No fault, no near-duplicate, and nothing for the library's own lint to say."""
    report, cases = inspect(read_family(name), range(DRAWS), codes)
    assert report.drawn == DRAWS and report.clean and report.faults == []
    for drawn in cases:
        write(drawn, tmp_path)
    assert lint(tmp_path, tmp_path, codes) == []


@pytest.mark.parametrize(
    ("text", "title", "says"),
    [
        ("See M54.41 in the list.", "Neutral", "looks like a code"),
        ("{slot}", "Neutral", "not filled"),
        ("Too " * 400, "Neutral", "words"),
        ("", "Sciatica on the right", "the title"),
        ("Pain at night. No fever. Pain at night.", "Neutral", "twice"),
        ("", "The grandchild came along", "does not fit"),
    ],
)
def test_faults_are_reported(codes, text, title, says):
    """A code in the text, an empty slot, a chart too long, an answer in the title."""
    family = read_family("sciatica")
    drawn = next(d for d in (draw(family, str(s), codes) for s in range(50)) if d.facts.age < 60)
    papers = [*drawn.case["documents"], {"kind": "interview", "title": "More", "text": text}]
    spoiled = replace(drawn, case={**drawn.case, "documents": papers, "title": title})
    assert any(says in fault for fault in case_faults(spoiled, family))
