"""Installing an official release: what it changes in the code set, and when."""

from __future__ import annotations

from datetime import date

import pytest

from grader.codeset.changes import load_changes
from grader.codeset.install import install
from grader.codeset.install.listing import billable, listing
from grader.codeset.tabular import load
from grader.codeset.validity import validity
from grader.errors import CodeSetError
from tests.codeset.small import (
    ABC,
    ADDENDA,
    CODES,
    LINES,
    NEW_LINES,
    ORDER,
    STEPS,
    TABULAR,
    TEXTS,
    addenda_text,
    artefact,
    order_text,
    put,
    rows,
    tabular_xml,
)
from tests.conftest import ROOT

SAMPLE = ROOT / ".." / "shared" / "data" / "icd10cm_order_addenda_2027.txt"
EVE, FIRST = date(2026, 9, 30), date(2026, 10, 1)


# The whole official file is no part of the project; the tests with changes written for them stand in for it elsewhere.
@pytest.mark.skipif(not SAMPLE.exists(), reason="the official FY2027 addenda lie beside the project only")
def test_the_official_release_has_exactly_its_codes(into):
    """With the FY2027 addenda installed, exactly 74,879 codes are billable from 1 October 2026, 74,719 before."""
    done = install(SAMPLE, folder=into)
    codes = load(releases=into)
    assert (done.before, done.release.codes) == (74_719, 74_879)
    assert (len(done.release.begins), len(done.release.ends), len(done.release.revised)) == (190, 30, 4)
    for day, count, headings in ((EVE, 74_719, 23_467), (FIRST, 74_879, 23_524)):
        lines = listing(codes, day)
        reportable = billable(lines)
        assert all(validity(codes, code, day).billable for code in reportable)
        assert (len(reportable), len(lines) - len(reportable)) == (count, headings)
    assert codes.seventh_characters("T52.811") == ABC and "M86.8X11" in codes
    assert validity(codes, "D69.1", FIRST).instead == ("D69.11", "D69.19")
    assert codes.get("K6A").parent == "K65-K68" and codes.get("J4B").parent == "J40-J4A"


@pytest.mark.parametrize("name", TEXTS)
def test_every_kind_of_file_gives_the_same_codes(base, into, tmp_path, name):
    """Addenda, order file and tabular XML of one release lead to the same list, titles and successors."""
    done = install(put(tmp_path, name, TEXTS[name]), folder=into, artefact=base)
    codes = load(base, into)
    expected = {code: (flag, title) for code, flag, title in rows(NEW_LINES)}
    after = listing(codes, FIRST)
    assert {code: (line.billable, line.title) for code, line in after.items()} == expected
    assert billable(listing(codes, EVE)) == {code for code, flag, _ in rows(LINES) if flag}
    assert (done.before, done.release.codes, done.release.name) == (CODES, CODES + 5, "FY2027")
    assert validity(codes, "M54.9", FIRST).instead == ("M54.91", "M54.99")
    assert done.release.revised == (("M54.6", LINES["M54.6"], NEW_LINES["M54.6"]),)
    assert codes.ancestors("M6A.0") == ("M6A", "M62-M62", "M") and codes.seventh_characters("S33.7") == ABC
    assert codes.get("M62.83").children == ("M62.830", "M62.831", "M62.832")


def test_the_tabular_list_brings_the_notes_of_new_codes(base, into, tmp_path):
    """Beside the addenda, the tabular XML adds notes; those that changed on older codes are counted, not taken."""
    folder = tmp_path / "downloads"
    put(folder, f"Code Descriptions/{ADDENDA}", TEXTS[ADDENDA])
    notes = {"M6A.0": "low back pain (M54.5-)", "M54.2": "a new note"}
    put(folder, TABULAR, tabular_xml(NEW_LINES, notes=notes, version="2027"))
    done = install(folder, folder=into, artefact=base)
    codes = load(base, into)
    assert [note.text for note in codes.notes("M6A.0", "excludes1")] == ["low back pain (M54.5-)"]
    assert done.renoted == ("M54.2",) and not codes.notes("M54.2", "excludes1")
    assert "order file addenda" in done.release.source


def test_an_update_of_april_begins_in_april(base, into, tmp_path):
    """--from or the word April in the name date an update within the year, on top of its October release."""
    install(put(tmp_path, ADDENDA, TEXTS[ADDENDA]), folder=into, artefact=base)
    steps = [("Add", "M54.3", True, "Sciatica")]
    text = addenda_text(steps, before=CODES + 5)
    named = put(tmp_path, "icd10cm-order-addenda-April-1-2027.txt", text)
    plain = put(tmp_path, "april/icd10cm_order_addenda_2027.txt", text)
    for done in (
        install(named, folder=into, artefact=base),
        install(plain, starts=date(2027, 4, 1), folder=into, artefact=base),
    ):
        assert done.release.name == "FY2027 April 2027" and done.path.name == "FY2027-April-2027.json"
    codes = load(base, into)
    assert codes.release == "FY2027 April 2027" and codes.known_until == date(2027, 9, 30)
    kinds = [validity(codes, "M54.3", day).kind for day in (date(2027, 3, 31), date(2027, 4, 1))]
    assert kinds == ["not_yet_valid", "billable"]
    again = install(tmp_path / ADDENDA, folder=into, artefact=base)
    assert again.others == ("FY2027 April 2027",)
    with pytest.raises(CodeSetError, match="Releases begin on"):
        install(plain, starts=date(2027, 5, 1), folder=into, artefact=base)
    with pytest.raises(CodeSetError, match="Correct one of the two"):
        install(plain, "FY2028", date(2027, 4, 1), folder=into, artefact=base)


def test_releases_come_one_after_the_other(base, into, tmp_path):
    """A release that is not newer, or skips one, is refused."""
    with pytest.raises(CodeSetError, match="Install FY2027 first"):
        install(put(tmp_path, "icd10cm_order_2028.txt", TEXTS[ORDER]), folder=into, artefact=base)
    with pytest.raises(CodeSetError, match="not newer than FY2026 April 2026"):
        install(put(tmp_path, "icd10cm_order_2026.txt", TEXTS[ORDER]), folder=into, artefact=base)


def test_installing_again_replaces(base, into, tmp_path):
    """The second install of a release leaves one file, as the second said."""
    path = put(tmp_path, ADDENDA, TEXTS[ADDENDA])
    first = install(path, folder=into, artefact=base).path.read_bytes()
    put(tmp_path, ADDENDA, addenda_text(STEPS[:2]))
    assert install(path, folder=into, artefact=base).release.codes == CODES
    put(tmp_path, ADDENDA, TEXTS[ADDENDA])
    assert install(path, folder=into, artefact=base).path.read_bytes() == first
    assert len(list(into.iterdir())) == 1


def test_seventh_characters_are_learnt_from_their_variants(base, into, tmp_path):
    """A new code has exactly the 7th characters listed, be they inherited, fewer, or in a new category."""
    lines = [
        ("Add", "S33.8", False, "Sprain of pelvis"),
        ("Add", "S33.8XXA", True, "Sprain of pelvis, initial encounter"),
        ("Add", "S34", False, "Injury of nerves"),
        ("Add", "S34.1", False, "Injury of one nerve"),
        ("Add", "S34.1XXA", True, "Injury of one nerve, initial encounter for a new injury"),
        ("Add", "S34.1XXS", True, "Injury of one nerve, sequela"),
        ("Delete", "M54.9", True, LINES["M54.9"]),
        ("Add", "M54.9", False, LINES["M54.9"]),
        ("Add", "M54.9XXA", True, "Dorsalgia, unspecified, initial encounter"),
    ]
    install(put(tmp_path, ADDENDA, addenda_text(lines)), folder=into, artefact=base)
    codes = load(base, into)
    assert codes.seventh_characters("S33.8") == {"A": "initial encounter"}
    assert codes.seventh_characters("S34.1") == {"A": "initial encounter for a new injury", "S": "sequela"}
    assert codes.seventh_characters("S33.5") == ABC
    assert validity(codes, "S33.8XXD", FIRST).kind == "wrong_7th"
    assert [validity(codes, "M54.9", day).kind for day in (EVE, FIRST)] == ["billable", "retired"]
    assert validity(codes, "M54.9", FIRST).instead == ("M54.9XXA",)


def test_a_longer_code_is_no_seventh_character(base, into, tmp_path):
    """A code of seven characters with a title of its own stands below its heading as a code."""
    lines = [
        ("Delete", "M62.830", True, LINES["M62.830"]),
        ("Add", "M62.830", False, LINES["M62.830"]),
        ("Add", "M62.8301", True, "Spasm of the right side of the back"),
        ("Add", "M62.8302", True, "Spasm of the left side of the back"),
    ]
    install(put(tmp_path, ADDENDA, addenda_text(lines)), folder=into, artefact=base)
    codes = load(base, into)
    assert codes.get("M62.830").children == ("M62.8301", "M62.8302")
    assert codes.split("M62.8301") == ("M62.8301", "") and validity(codes, "M62.8301", FIRST).billable
    assert validity(codes, "M62.830", FIRST).instead == ("M62.8301", "M62.8302")


def test_a_code_with_seventh_characters_can_be_divided(base, into, tmp_path):
    """Its variants end and name those of the new codes below; the day before they are as they were."""
    lines = [
        *[("Delete", f"S33.5XX{c}", True, f"{LINES['S33.5']}, {m}") for c, m in ABC.items()],
        ("Add", "S33.51", False, "Sprain of upper lumbar spine"),
        *[("Add", f"S33.51X{c}", True, f"Sprain of upper lumbar spine, {m}") for c, m in ABC.items()],
    ]
    install(put(tmp_path, ADDENDA, addenda_text(lines)), folder=into, artefact=base)
    codes = load(base, into)
    assert validity(codes, "S33.5XXA", FIRST).instead == ("S33.51XA",)
    assert validity(codes, "S33.5XXA", EVE).billable
    before = validity(codes, "S33.5", EVE)
    assert before.kind == "missing_7th" and before.instead == ("S33.5XXA", "S33.5XXD", "S33.5XXS")
    assert validity(codes, "S33.5", FIRST).kind == "not_billable"


def test_accents_are_no_revision(tmp_path, into):
    """The order file's ASCII spelling of a title with an accent is not taken for a new title."""
    lines = {**LINES, "H81": "Disorders of vestibular function", "H81.0": "Ménière's disease"}
    base = artefact(tmp_path, lines)
    text = order_text(sorted(rows(lines))).replace("Ménière", "Meniere")
    done = install(put(tmp_path, ORDER, text), folder=into, artefact=base)
    assert not done.release.revised and load(base, into).title("H81.0") == "Ménière's disease"


HAND = [change for change in load_changes() if change.on == FIRST and change.code.startswith("Z68.1")]


def test_hand_written_changes_and_the_release_agree_or_it_is_refused(tmp_path, into):
    """What changes.json tells of the same day keeps its successors, is told once, and may not contradict."""
    base = artefact(tmp_path, {**LINES, "Z68": "Body mass index", "Z68.1": "BMI 19.9 or less, adult"})
    retired = next(change for change in HAND if not change.added)
    steps = [("Delete" if not c.added else "Add", c.code, True, c.title) for c in HAND]
    steps.append(("Add", "Z68.1", False, retired.title))
    install(put(tmp_path, ADDENDA, addenda_text(steps, before=CODES + 1)), folder=into, artefact=base)
    codes = load(base, into)
    assert codes.histories["Z68.1"] == (retired,) and len(codes.histories["Z68.18"]) == 1
    with pytest.raises(CodeSetError, match=r"about .*Z68\.1.*changes\.json"):
        install(
            put(tmp_path, ADDENDA, addenda_text(STEPS, before=CODES + 1)),
            folder=tmp_path / "other",
            artefact=base,
        )
    assert not (tmp_path / "other").exists()
