"""What a newer release asks of the library: every touched place is found, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from grader.codeset.diff import differences
from grader.codeset.releases import Release, to_json
from grader.codeset.tabular import load
from grader.errors import CourseError
from grader.impact import Roots, impact
from tests.codeset.small import artefact

FIRST = date(2026, 10, 1)
RELEASE = Release(
    name="FY2027",
    starts=FIRST,
    source="order file of FY2027",
    codes=13,
    entries=(
        ("M54.91", "Dorsalgia with stiffness", "M54.9"),
        ("M62.83A", "Other muscle spasm of back", "M62.83"),
        ("M62.84", "Muscle cramp", "M62.8"),
        ("M62.840", "Muscle cramp of back", "M62.84"),
    ),
    begins={
        "M54.91": "Dorsalgia with stiffness",
        "M62.83A": "Other muscle spasm of back",
        "M62.840": "Muscle cramp of back",
    },
    ends={"M54.9": "Dorsalgia, unspecified", "S33.6XXA": "Sprain of sacroiliac joint, initial encounter"},
    revised=(("S33.5", "Sprain of ligaments of lumbar spine", "Sprain of lumbar ligaments"),),
)
CASE = """
schema: case/1
id: {id}
title: Sore since Monday
pool: practice
kind: coding
setting: primary care
care: outpatient
encounter_date: {date}
difficulty: 1
skills: [unspecified-code]
documents:
  - {{kind: claim, title: Claim, text: "Billed with M54.9 and room T12, M54."}}
items:
  - {{id: codes, kind: assign-codes, stem: Assign the codes., points: 8}}
"""
KEY = """
schema: key/1
case: {id}
canary: {canary}
items:
  codes:
    sequence: any
    expected:
      - {{code: "M54.9", points: 4, why: Nothing more is known., cite: "Tabular List, M54.2"}}
      - {{code: "S33.5XXA", points: 4, why: A sprain., cite: "Tabular List, S33.5"}}
    optional:
      - {{code: "Z79.1", when: If taken for long.}}
    alternatives:
      - {{codes: ["M62.830", "S33.6XXA"], credit: 0.5, when: If it is spasm.}}
    wrong:
      - {{codes: ["S33.6XXA"], error: wrong_site_or_type, why: Another joint., cite: "Tabular List, S33.6"}}
      - {{codes: ["M62.83"], error: invalid_code, why: A heading., cite: "Tabular List, M62.83"}}
review: {{status: unreviewed, note: ""}}
"""
PAGE = """# Lesson

Backache is M54.9. Neck pain is M54.2, see M62.83-.

```{code-cell} ipython3
show("M54.9")
```

```text
S33.6XXA
```
"""


@pytest.fixture(scope="module")
def codes(tmp_path_factory):
    """A small code set with a newer release on top."""
    folder = tmp_path_factory.mktemp("codes")
    (folder / "releases").mkdir()
    (folder / "releases" / RELEASE.file_name).write_text(to_json(RELEASE), encoding="utf-8")
    return load(artefact(folder), folder / "releases")


@pytest.fixture(scope="module")
def roots(tmp_path_factory):
    """A library of one case of the older release and one of the newer, and a page."""
    root = tmp_path_factory.mktemp("library")
    for number, day in ((1, "2026-09-30"), (2, "2026-10-01")):
        name = f"enc-000{number}"
        for part, text in (("cases", CASE), ("keys", KEY)):
            path = root / part / name / f"{part.removesuffix('s')}.yml"
            path.parent.mkdir(parents=True)
            canary = f"0000000{number}-0000-4000-8000-000000000001"
            path.write_text(text.format(id=name, date=day, canary=canary))
    (root / "book").mkdir()
    (root / "book" / "lesson.md").write_text(PAGE)
    return Roots(root / "cases", root / "keys", root / "book")


@pytest.fixture(scope="module")
def touches(codes, roots):
    """Everything that the release touches."""
    return impact(codes, differences(codes, "FY2026", "FY2027"), roots)


def of(touches, name: str) -> dict[tuple[str, str, str], str]:
    """When, by field, code and what, of one file or case."""
    return {(t.field, t.code, t.what): t.when for t in touches if name in t.file.as_posix()}


def test_a_key_of_the_newer_release_must_be_corrected_now(touches):
    """What the key holds right and is no longer billable is to be corrected; the rest is to be looked at."""
    assert of(touches, "keys/enc-0002") == {
        ("items.codes.expected.0.code", "M54.9", "became_heading"): "now",
        ("items.codes.expected.1.code", "S33.5XXA", "title_revised"): "check",
        ("items.codes.expected.1.cite", "S33.5", "title_revised"): "check",
        ("items.codes.alternatives.0.codes.0", "M62.830", "new_sibling"): "check",
        ("items.codes.alternatives.0.codes.1", "S33.6XXA", "ended"): "now",
        ("items.codes.wrong.0.codes.0", "S33.6XXA", "ended"): "check",
        ("items.codes.wrong.1.codes.0", "M62.83", "new_child"): "check",
        ("items.codes.wrong.1.codes.0", "M62.83", "new_sibling"): "check",
        ("items.codes.wrong.1.cite", "M62.83", "new_child"): "check",
        ("items.codes.wrong.1.cite", "M62.83", "new_sibling"): "check",
    }


def test_a_key_of_the_older_release_is_still_right(touches):
    """The same key a day earlier needs nothing until the case gets a later date."""
    older, newer = (of(touches, f"keys/enc-000{number}") for number in (1, 2))
    assert older.keys() == newer.keys() and set(older.values()) == {"redate"}


def test_codes_in_what_a_trainee_reads_are_found(touches):
    """A code in a document counts; T12 and M54 there may be anything."""
    assert of(touches, "cases/enc-0002") == {("documents.0.text", "M54.9", "became_heading"): "check"}


def test_pages_are_searched_outside_code_cells(touches):
    """A page's codes come with their line; code cells make theirs from the code set."""
    assert of(touches, "lesson.md") == {
        ("line 3", "M54.9", "became_heading"): "check",
        ("line 3", "M62.83", "new_child"): "check",
        ("line 3", "M62.83", "new_sibling"): "check",
        ("line 10", "S33.6XXA", "ended"): "check",
    }


def test_each_touch_says_what_happened_and_what_to_do(touches):
    """The words name the day, the codes and the way out."""
    said = {touch.what: f"{touch.happened}. {touch.todo}." for touch in touches}
    assert said["became_heading"] == "became a heading on 1 October 2026. Choose one of M54.91."
    assert said["ended"] == "ended on 1 October 2026. Find the code that the record supports now."
    by_code = {touch.code: touch for touch in touches if touch.what in ("new_sibling", "new_child")}
    assert "M62.83A (Other muscle spasm of back)" in by_code["M62.830"].happened
    assert "M62.84 (Muscle cramp)" in by_code["M62.83"].happened
    assert "→ Sprain of lumbar ligaments" in said["title_revised"]


def test_nothing_is_touched_when_nothing_changed(codes, roots):
    """Between two days without a change the library has nothing to do."""
    assert impact(codes, differences(codes, "2026-04-01", "2026-09-30"), roots) == []


def test_folders_that_hold_no_library_are_named(codes, roots, tmp_path):
    """A folder without cases and a folder that is not there say which option names the right one."""
    found = differences(codes, "FY2026", "FY2027")
    with pytest.raises(CourseError, match="--cases"):
        impact(codes, found, Roots(tmp_path, roots.keys, roots.pages))
    with pytest.raises(CourseError, match="--pages"):
        impact(codes, found, Roots(roots.cases, roots.keys, tmp_path / "nowhere"))
