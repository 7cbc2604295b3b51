"""The commands: what they print, and how they say that something is wrong."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from grader.cli import main
from grader.codeset import releases
from grader.codeset.changes import load_changes
from grader.codeset.tabular import forget
from grader.lint import exemplar
from tests.codeset.small import addenda_text
from tests.conftest import ROOT


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of one command."""
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_show_a_code(capsys):
    """A code is shown with title, validity on the date and its notes."""
    code, out, _ = run(capsys, "codes", "show", "m549", "--date", "2026-11-02", "--json")
    shown = json.loads(out)
    assert (
        code == 0
        and shown["code"] == "M54.9"
        and shown["title"] == "Dorsalgia, unspecified"
        and shown["billable"]
    )
    assert [note["text"] for note in shown["notes"]["inclusion_terms"]] == ["Backache NOS", "Back pain NOS"]
    _, out, _ = run(capsys, "codes", "show", "M54.5", "--date", "2026-11-02")
    assert "has not been valid since 1 October 2021" in out


def test_search_codes(capsys):
    """Words find codes, with and without typing mistakes."""
    for words in ("low back pain", "low bakc pain"):
        _, out, _ = run(capsys, "codes", "search", words, "--json")
        assert "M54.50" in [hit["code"] for hit in json.loads(out)], words


def test_score_a_case(capsys, tmp_path, cases, keys):
    """The reference answer earns every point, and each finding is printed."""
    case, key = cases["enc-0001"], keys["enc-0001"]
    items = {}
    for item in case.items:
        answer = exemplar(key.items[item.id], case)
        items[case.item_key(item)] = (
            {"codes": list(answer.codes)} if item.kind == "assign-codes" else {"text": answer.text}
        )
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"schema": "answers/1", "assignment": "unit-1", "items": items}))
    code, out, _ = run(capsys, "score", "enc-0001", str(path), "--json")
    scored = json.loads(out)
    assert code == 0 and scored["points"] == scored["possible"] > 0
    assert all(item["findings"] for item in scored["items"].values())
    assert key.canary not in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["score", "enc-9999", "answers.json"], "There is no case 'enc-9999'"),
        (["score", "enc-0001", "no-such.json"], "there is no such file"),
        (["lint", "--cases", "no-such-folder"], "There is no case"),
    ],
)
def test_mistakes_are_explained_without_a_traceback(capsys, arguments, says):
    """A wrong name ends with exit code 2 and a sentence."""
    code, _, err = run(capsys, *arguments)
    assert code == 2 and says in err and "Traceback" not in err


def test_a_wrong_date_is_explained(capsys):
    """A date that is none is refused with the format."""
    with pytest.raises(SystemExit):
        main(["codes", "show", "M54.9", "--date", "yesterday"])
    assert "write YYYY-MM-DD" in capsys.readouterr().err


@pytest.fixture
def no_release(tmp_path, monkeypatch):
    """The real code set with an empty folder of releases, and nothing written into the project."""
    folder = tmp_path / "releases"
    monkeypatch.setattr(releases, "RELEASES", folder)
    monkeypatch.setattr("grader.cli.releases.SEARCH_TEXT", tmp_path / "codes.bin")
    monkeypatch.chdir(tmp_path)
    forget()
    yield folder
    forget()


def addenda_of_changes(folder):
    """Addenda of FY2027 that hold no more than what changes.json tells of that day."""
    steps = []
    for change in load_changes():
        if change.on == date(2026, 10, 1):
            steps.append(("Add" if change.added else "Delete", change.code, True, change.title))
            if change.replaced_by:
                steps.append(("Add", change.code, False, change.title))
    path = folder / "icd10cm_order_addenda_2027.txt"
    path.write_text(addenda_text(steps, before=74_719))
    return path


def test_install_and_compare_a_release(capsys, tmp_path, no_release):
    """A release that was not there is said to be missing; once installed, every command goes by it."""
    code, out, _ = run(capsys, "codes", "diff", "FY2026", "FY2027")
    assert (
        code == 0 and "This list is not whole. FY2027 is not installed" in out and "codes install PATH" in out
    )
    (tmp_path / "codes.bin").write_bytes(b"old")
    code, out, _ = run(capsys, "codes", "install", str(addenda_of_changes(tmp_path)))
    changes = [change for change in load_changes() if change.on == date(2026, 10, 1)]
    added = sum(change.added for change in changes)
    ended = len(changes) - added
    headings = sum(bool(change.replaced_by) for change in changes)
    after = f"{74_719 + added - ended:,}"
    assert code == 0
    assert f"74,719 → {after} codes, {added} added, {ended} ended or now headings" in out
    assert f"Written: {Path('releases') / 'FY2027.json'}. Commit this file." in out
    assert [path.name for path in no_release.iterdir()] == ["FY2027.json"]
    assert (tmp_path / "codes.bin").read_bytes() != b"old"
    _, out, _ = run(capsys, "codes", "diff", "FY2026", "FY2027")
    assert "This is the whole list, as of the release FY2027." in out
    assert "Z68.1     Body mass index [BMI] 19.9 or less, adult → Z68.18, Z68.19" in out
    _, out, _ = run(capsys, "codes", "diff", "2026-09-30", "2026-10-01", "--json")
    found = json.loads(out)
    assert found["whole"] and len(found["added"]) == added and len(found["became_headings"]) == headings
    _, out, _ = run(capsys, "codes", "show", "Z68.18", "--date", "2026-10-01", "--json")
    assert json.loads(out)["release"] == "FY2027"


def test_impact_finds_what_must_be_corrected(capsys, tmp_path, no_release):
    """The exit code is 1 when a key is wrong for its encounter, and 0 when places are only to be looked at."""
    case = tmp_path / "cases" / "enc-0001"
    shutil.copytree(ROOT / "cases" / "enc-0005", case)
    for name in ("case.yml", "key.yml"):
        text = (case / name).read_text(encoding="utf-8").replace("enc-0005", "enc-0001")
        (case / name).write_text(text.replace('code: "M47.814"', 'code: "M72.2"'), encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "lesson.md").write_text("The code was Z68.1 once.")
    folders = ("--cases", str(tmp_path / "cases"), "--pages", str(tmp_path / "book"))
    code, out, _ = run(capsys, "codes", "impact", *folders)
    key = Path("cases") / "enc-0001" / "key.yml"
    assert (
        code == 1 and f"{key}: items.codes.expected.0.code: M72.2 became a heading on 1 October 2026" in out
    )
    assert f"{Path('book') / 'lesson.md'}: line 1: Z68.1" in out and "More may be touched" in out
    code, out, _ = run(capsys, "codes", "impact", "FY2026", "FY2027", *folders, "--json")
    assert code == 1 and [touch["when"] for touch in json.loads(out)["touched"]] == ["now", "check"]
    text = (case / "case.yml").read_text(encoding="utf-8").replace("2026-11-09", "2026-09-09")
    (case / "case.yml").write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, "codes", "impact", *folders)
    assert code == 0 and "still right for the date of the encounter" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["codes", "install", "nowhere.zip"], "nowhere.zip: there is no such file or folder"),
        (["codes", "diff", "FY2027", "FY2026"], "Name the older release first"),
        (["codes", "diff", "spring", "FY2026"], "neither a release"),
        (["codes", "impact", "FY2026"], "Name two releases"),
        (["codes", "impact", "--cases", "nowhere"], "--cases"),
    ],
)
def test_mistakes_about_releases_are_explained(capsys, no_release, arguments, says):
    """A wrong name ends with exit code 2 and a sentence, and nothing is written."""
    code, _, err = run(capsys, *arguments)
    assert code == 2 and says in err and "Traceback" not in err and not no_release.exists()


def test_search_many_phrases(capsys, tmp_path):
    """A file with a phrase a line gets a JSON line each, in its order, or a block each for people to read."""
    path = tmp_path / "phrases.txt"
    path.write_bytes("\ufeffslipped disc\r\n\r\n  fell off a ladder \nzzqqxx\n".encode())
    code, out, _ = run(capsys, "codes", "search", "--file", str(path), "--limit", "6", "--json")
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert code == 0 and [first["query"], second["query"]] == ["slipped disc", "fell off a ladder"]
    assert len(first["hits"]) == 6 and third == {"query": "zzqqxx", "hits": []}
    ladder = {"code": "W11.XXXA", "title": "Fall on and from ladder, initial encounter", "billable": True}
    assert second["hits"][0] == ladder
    _, out, _ = run(capsys, "codes", "search", "--file", str(path))
    blocks = out.split("\n\n")
    assert blocks[1].splitlines()[:2] == ["fell off a ladder", f"  {ladder['code']:<9} {ladder['title']}"]
    assert "No code has these words" in blocks[2]


def test_search_says_what_a_code_lacks(capsys):
    """Without --json, a heading and a code without its 7th character are marked."""
    _, out, _ = run(capsys, "codes", "search", "low back pain")
    assert out.startswith("M54.50    Low back pain, unspecified\n")
    assert "M54.5     Low back pain  (heading, not billable)" in out
    _, out, _ = run(capsys, "codes", "search", "fracture of sacrum")
    assert "(needs a 7th character, not billable)" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["back pain", "--file", "phrases.txt"], "Give the words to look for"),
        ([], "Give the words to look for"),
        (["--file", "no-such.txt"], "no-such.txt: there is no such file. Give a text file"),
        (["--file", "latin.txt"], "line 2: this is not UTF-8. Save the file as UTF-8"),
        (["--file", "."], "Give a text file with a phrase a line"),
    ],
)
def test_search_explains_what_is_wrong(capsys, tmp_path, monkeypatch, arguments, says):
    """A search that cannot be done ends with exit code 2 and says what to do."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.txt").write_bytes(b"back pain\nM\xe9ni\xe8re\n")
    code, out, err = run(capsys, "codes", "search", *arguments)
    assert code == 2 and says in err and not out


def test_a_wrong_limit_is_explained(capsys):
    """A limit that is no count is refused."""
    with pytest.raises(SystemExit):
        main(["codes", "search", "back pain", "--limit", "0"])
    assert "write a number from 1" in capsys.readouterr().err
