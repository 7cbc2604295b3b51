"""Installed releases: read, merged, compared, and never lost."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from grader import practice
from grader.codeset import releases
from grader.codeset.build import build
from grader.codeset.changes import load_changes
from grader.codeset.diff import differences, newest
from grader.codeset.releases import Release, first_day, fiscal_year, last_day, read_releases, to_json
from grader.codeset.tabular import load
from grader.codeset.validity import validity
from grader.errors import CodeSetError
from tests.codeset.small import artefact
from tests.conftest import ROOT

FIRST = date(2026, 10, 1)
RELEASE = Release(
    name="FY2027",
    starts=FIRST,
    source="order file of FY2027",
    codes=14,
    entries=(
        ("M54.3", "Sciatica", "M54"),
        ("M54.91", "Dorsalgia with stiffness", "M54.9"),
        ("M6A", "Disorders of fascia", "M62-M62"),
        ("M6A.0", "Stiffness of fascia", "M6A"),
    ),
    seventh={"M54.3": {"A": "first", "D": "later"}},
    begins={
        "M54.3XXA": "Sciatica, first",
        "M54.3XXD": "Sciatica, later",
        "M54.91": "Dorsalgia with stiffness",
        "M6A.0": "Stiffness of fascia",
    },
    ends={"M54.9": "Dorsalgia, unspecified", "S33.6XXA": "Sprain of sacroiliac joint, initial encounter"},
    revised=(("M54.6", "Pain in thoracic spine", "Pain in the thoracic spine"),),
    notes={"M6A.0": {"excludes1": ("cervicalgia (M54.2)",)}},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with one installed release."""
    folder = tmp_path_factory.mktemp("releases")
    (folder / RELEASE.file_name).write_text(to_json(RELEASE), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def merged(base, folder):
    """The small code set with the release on top."""
    return load(base, folder)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The real code set without any installed release."""
    return load(releases=tmp_path_factory.mktemp("none"))


def test_what_is_written_is_read_back(folder):
    """A release survives its file, which is text with a line a code."""
    assert read_releases(folder) == (RELEASE,)
    text = (folder / "FY2027.json").read_text(encoding="utf-8")
    assert '\n  ["M54.3", "Sciatica", "M54"],\n' in text and json.loads(text)["format"] == "release/1"


@pytest.mark.parametrize(
    "damage", ["", "[]", "{", '{"format": "release/2"}', '{"format": "release/1", "release": "FY2027"}']
)
def test_a_damaged_release_is_named_with_its_remedy(base, tmp_path, damage):
    """It stops the code set with the file's name instead of being skipped."""
    (tmp_path / "FY2027.json").write_text(damage)
    with pytest.raises(CodeSetError, match=r"FY2027\.json is damaged.*codes install"):
        load(base, tmp_path)


def test_new_lines_have_their_place_and_notes(merged):
    """Added codes stand in tabular order below the code above them, with what binds it."""
    assert merged.get("M54").children == ("M54.2", "M54.3", "M54.6", "M54.9")
    order = [entry.code for entry in merged.entries()]
    assert order.index("M54.2") + 1 == order.index("M54.3") and order.index("M6A") < order.index("S33")
    assert (
        merged.title("M54.6") == "Pain in the thoracic spine"
        and merged.title("M54.3XXD") == "Sciatica, later"
    )
    assert [note.text for note in merged.notes("M6A.0", "excludes1")] == ["cervicalgia (M54.2)"]
    assert merged.release == "FY2027" and merged.known_until == date(2027, 9, 30)


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("M54.9", "billable", "retired"),
        ("M54.91", "not_yet_valid", "billable"),
        ("M54.3XXA", "not_yet_valid", "billable"),
        ("M54.3", "not_yet_valid", "missing_7th"),
        ("M6A", "not_yet_valid", "not_billable"),
        ("S33.6XXA", "billable", "retired"),
        ("S33.6XXD", "billable", "billable"),
        ("S33.6", "missing_7th", "missing_7th"),
        ("M54.6", "billable", "billable"),
    ],
)
def test_the_date_decides_between_the_releases(merged, code, before, after):
    """Each code is judged by the release of its day, headings and 7th characters included."""
    assert [validity(merged, code, day).kind for day in (date(2026, 9, 30), FIRST)] == [before, after]


def test_successors_come_from_what_stands_below(merged):
    """A code that became a heading is replaced by its new codes; one that is gone by none, as no file names any."""
    assert validity(merged, "M54.9", FIRST).instead == ("M54.91",)
    assert validity(merged, "S33.6XXA", FIRST).instead == ()
    assert validity(merged, "M54.91", date(2026, 9, 30)).instead == ("M54.9",)


def test_hand_written_changes_stay_apart(merged, folder, bare):
    """The book's tables list the hand-written changes alone, and these hold where a release tells the same."""
    assert merged.changes == bare.changes == load_changes()
    assert load(releases=folder).histories["M54.5"] == bare.histories["M54.5"]
    assert [change.on.year for change in bare.histories["M51.36"]] == [2024]


def test_building_again_loses_nothing(tmp_path, folder):
    """`codes build` renews the list below the installed releases."""
    built = artefact(tmp_path)
    build(tmp_path / "base.xml", built)
    assert "M6A.0" in load(built, folder)
    assert "installed" not in (ROOT / "Makefile").read_text().partition("clean:")[2]


def test_a_base_that_has_caught_up_is_left_alone(tmp_path, folder):
    """A release that is not newer than the list itself is not put on top of it."""
    older = replace(RELEASE, name="FY2026", starts=date(2025, 10, 1))
    (tmp_path / "FY2026.json").write_text(to_json(older), encoding="utf-8")
    assert "M6A.0" not in load(artefact(tmp_path), tmp_path)


def test_the_browser_gets_the_installed_releases(tmp_path, monkeypatch):
    """The page's Python holds the reader of releases and every release's file."""
    package = tmp_path / "grader"
    (package / "codeset" / "installed").mkdir(parents=True)
    (package / "codeset" / "installed" / "FY2027.json").write_text(to_json(RELEASE))
    monkeypatch.setattr(practice, "PACKAGE", package)
    names = zipfile.ZipFile(io.BytesIO(practice.browser_package())).namelist()
    assert "grader/codeset/installed/FY2027.json" in names
    assert {"codeset/releases.py", "codeset/entry.py"} <= set(practice.IN_BROWSER)
    assert releases.RELEASES.is_dir()


def test_days_of_releases():
    """A fiscal year begins on 1 October of the year before; an update of April ends with its year."""
    assert [fiscal_year(day) for day in (date(2026, 9, 30), FIRST)] == [2026, 2027]
    assert (first_day("FY2027"), last_day("FY2027")) == (FIRST, date(2027, 9, 30))
    assert (first_day("FY2026 April 2026"), last_day("FY2026 April 2026")) == (
        date(2026, 4, 1),
        date(2026, 9, 30),
    )
    with pytest.raises(CodeSetError, match="Write it like FY2027"):
        first_day("2027")


def test_an_unknown_code_after_the_last_release_may_be_of_a_newer_one(bare, merged):
    """The reason owns up to the release it goes by, on days after it only."""
    for code in ("M54.99", "QZZ"):
        late, early = (validity(bare, code, day) for day in (FIRST, date(2026, 9, 30)))
        assert late.kind == early.kind == "unknown_code"
        assert "codes of FY2026 April 2026, the newest" in late.reason and "newest" not in early.reason
    assert "newest" not in validity(merged, "M54.99", date(2027, 9, 30)).reason
    assert "codes of FY2027, the newest" in validity(merged, "M54.99", date(2027, 10, 1)).reason
    assert validity(bare, "M54.9", FIRST).billable


def test_differences_of_two_releases(merged):
    """Added, ended, divided and renamed codes are told apart; with the release installed the list is whole."""
    found = differences(merged, "FY2026", "FY2027")
    assert found.whole and (found.first, found.second) == (date(2026, 9, 30), date(2027, 9, 30))
    assert {"M54.3XXA", "M54.91", "M6A.0"} <= {change.code for change in found.added}
    assert "S33.6XXA" in {ended.code for ended in found.ended}
    assert {ended.code: ended.replaced_by for ended in found.headings}["M54.9"] == ("M54.91",)
    assert [(revised.code, revised.new) for revised in found.revised] == [
        ("M54.6", "Pain in the thoracic spine")
    ]


def test_a_list_that_is_not_whole_says_so(bare, merged):
    """Without the release, or before the list itself, only the course's own changes are known."""
    missing = differences(bare, "FY2026", "FY2027")
    assert not missing.whole and "FY2027 is not installed" in missing.unknown[0]
    osteomyelitis = {f"M86.8X{site}" for site in "12345678"}
    assert {ended.code for ended in missing.headings} == {"M72.2", "Z68.1", *osteomyelitis}
    assert "codes install" in missing.unknown[0] and newest(bare) == 2027
    early = differences(merged, "FY2024", "FY2025")
    assert not early.whole and "before FY2026 April 2026" in early.unknown[0]
    assert "M51.36" in {ended.code for ended in early.headings} | {ended.code for ended in early.ended}
    assert differences(bare, "2026-04-01", "2026-09-30").whole


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("FY2027", "FY2026", "Name the older release first"),
        ("FY2026", "FY2026", "FY2026 is not before FY2026"),
        ("FY2026", "FY2031", "Nothing is known of FY2031; known are FY2020 to FY2027"),
        ("FY1999", "FY2027", "Nothing is known of FY1999"),
        ("last year", "FY2027", "neither a release, like FY2027, nor a date"),
        ("2026-13-01", "FY2027", "nor a date"),
    ],
)
def test_releases_that_cannot_be_compared(bare, first, second, says):
    """A wrong order and names that nothing is known of are explained."""
    with pytest.raises(CodeSetError, match=says):
        differences(bare, first, second)


def test_looking_up_changes_needs_no_scan(bare):
    """Changes are held by code, and every hand-written one is among them."""
    assert {change.code for change in bare.changes} == set(bare.histories)
