"""Finding and reading the official files: where they lie, which release they are of, every way to be damaged."""

from __future__ import annotations

import zipfile

import pytest

from grader.codeset.install import install
from grader.errors import CodeSetError, ReleaseFileError
from tests.codeset.small import (
    ADDENDA,
    CODES,
    NEW_LINES,
    ORDER,
    STEPS,
    TABULAR,
    TEXTS,
    addenda_text,
    order_text,
    put,
    rows,
)


def test_zips_and_folders_are_read_where_they_are(base, into, tmp_path):
    """A zip, and a folder with a zip in it, do as well as the file, and the zip's name may tell of April."""
    zipped = tmp_path / "downloads" / "2027-code-descriptions-tabular-order.zip"
    zipped.parent.mkdir()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("Code Descriptions/readme.txt", "Read me.")
        archive.writestr(f"Code Descriptions/{ADDENDA}", TEXTS[ADDENDA])
    for path in (zipped, zipped.parent):
        assert install(path, folder=into, artefact=base).release.codes == CODES + 5


def test_a_hostile_zip_writes_nothing(base, into, tmp_path):
    """Names that lead out of a zip lead nowhere: its files are read, and only the release's file is written."""
    hostile = tmp_path / "2027.zip"
    with zipfile.ZipFile(hostile, "w") as archive:
        archive.writestr(f"../../outside/{ADDENDA}", TEXTS[ADDENDA])
        archive.writestr(f"{tmp_path}/absolute/{ADDENDA}", TEXTS[ADDENDA])
        archive.writestr("../evil.txt", "evil")
    install(hostile, folder=into, artefact=base)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["2027.zip", "FY2027.json", "releases"]


def wrong_order(change):
    """The order file with one thing wrong."""
    return "".join(change(TEXTS[ORDER].splitlines(keepends=True)))


BAD = {
    "footer cut off": (ADDENDA, TEXTS[ADDENDA].partition("Codes\r\n")[0], "counts of codes at its end are missing"),
    "half a line": (ADDENDA, TEXTS[ADDENDA][:150], "line 2: it is not a line"),
    "one addition too many": (ADDENDA, addenda_text(STEPS, additions=8), "says 8 additions of codes and lists 7"),
    "a sum that is wrong": (ADDENDA, addenda_text(STEPS, after=99), "do not make 99"),
    "another list before": (ADDENDA, addenda_text(STEPS, before=13), "starts from 13 codes; on 2026-09-30 12 are known"),
    "an unknown code deleted": (
        ADDENDA,
        addenda_text([*STEPS, ("Delete", "M99.9", True, "Biomechanical lesion")]),
        "has delete M99.9, which does not fit",
    ),
    "a known code added": (ADDENDA, addenda_text([*STEPS, ("Add", "M54.2", True, "Cervicalgia")]), "add M54.2"),
    "empty": (ADDENDA, "", "no line that changes a code"),
    "UTF-16": (ADDENDA, TEXTS[ADDENDA].encode("utf-16"), "not plain text"),
    "a web page": (ADDENDA, "<!DOCTYPE html><title>Not found</title>", "line 1: it is not a line"),
    "empty order file": (ORDER, "", "it is empty"),
    "a line left out": (ORDER, wrong_order(lambda lines: lines[:3] + lines[4:]), "00005 out of order"),
    "a code twice": (ORDER, order_text([*rows(NEW_LINES), ("Z79.1", True, "again")]), "Z79.1 is there twice"),
    "end cut off": (ORDER, wrong_order(lambda lines: lines[:-2]), "so it is not whole"),
    "last line cut off": (ORDER, wrong_order(lambda lines: lines[:-1]), "so it is not whole"),
    "cut within a line": (ORDER, TEXTS[ORDER][:-90], "it is not a line of the order file"),
    "XML cut off": (TABULAR, TEXTS[TABULAR][:-40], "not the tabular list of ICD-10-CM, or damaged"),
    "other XML": (TABULAR, "<feed><entry/></feed>", "not the tabular list"),
    "XML of another year": (TABULAR, TEXTS[TABULAR].replace("2027", "2025"), "version: it says 2025, not FY2027"),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_a_damaged_or_foreign_file_changes_nothing(base, into, tmp_path, bad):
    """It is refused with the file, the place and a remedy, and what was installed before stays."""
    name, content, says = BAD[bad]
    good = install(put(tmp_path / "good", ADDENDA, TEXTS[ADDENDA]), folder=into, artefact=base).path
    held = good.read_bytes()
    with pytest.raises(ReleaseFileError) as refused:
        install(put(tmp_path, name, content), folder=into, artefact=base)
    assert says in str(refused.value) and name in str(refused.value)
    assert [path.name for path in into.iterdir()] == ["FY2027.json"] and good.read_bytes() == held


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({}, "holds no official file"),
        ({"notes.txt": "nothing"}, "holds no official file"),
        (None, "damaged or locked"),
    ],
)
def test_a_zip_without_a_release_is_refused(base, into, tmp_path, content, says):
    """An empty, foreign or damaged zip says so and names what to look for."""
    path = tmp_path / "2027.zip"
    if content is None:
        path.write_bytes(b"PK\x03\x04 not a zip")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    with pytest.raises(ReleaseFileError, match=says):
        install(path, folder=into, artefact=base)
    with pytest.raises(ReleaseFileError, match="no such file or folder"):
        install(tmp_path / "nowhere.txt", folder=into, artefact=base)
    assert not into.exists()


def test_the_fiscal_year_is_asked_for_when_no_name_tells_it(base, into, tmp_path):
    """Without a year in the name, --release is needed; a year that contradicts it is refused."""
    plain = put(tmp_path, "addenda.txt", TEXTS[ADDENDA])
    with pytest.raises(ReleaseFileError, match="--release FY2027"):
        install(plain, folder=into, artefact=base)
    assert install(plain, "fy2027", folder=into, artefact=base).release.name == "FY2027"
    with pytest.raises(ReleaseFileError, match="of FY2027, not of FY2028"):
        install(put(tmp_path, ADDENDA, TEXTS[ADDENDA]), "FY2028", folder=into, artefact=base)
    with pytest.raises(CodeSetError, match="Write it like FY2027"):
        install(plain, "next year", folder=into, artefact=base)


def test_two_releases_in_one_folder_are_told_apart(base, into, tmp_path):
    """A folder with several years needs --release; two files of one kind and year are refused."""
    folder = tmp_path / "downloads"
    put(folder, ADDENDA, TEXTS[ADDENDA])
    put(folder, "icd10cm_order_addenda_2026.txt", "of another year")
    with pytest.raises(ReleaseFileError, match="FY2026 and FY2027"):
        install(folder, folder=into, artefact=base)
    assert install(folder, "FY2027", folder=into, artefact=base).release.codes == CODES + 5
    put(folder, f"old/{ADDENDA}", TEXTS[ADDENDA] + " ")
    with pytest.raises(ReleaseFileError, match="two different files"):
        install(folder, "FY2027", folder=into, artefact=base)
