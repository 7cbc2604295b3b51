"""``codes check``: one claim or many, in words or as JSON."""

import json

import pytest

from tests.test_cli import run


def test_one_claim_as_json(capsys):
    """Each finding has kind, weight, codes, sentence and rule."""
    code, out, _ = run(capsys, "codes", "check", "m5450", "s39.012a", "--date", "2026-11-02", "--json")
    found = {each["kind"]: each for each in json.loads(out)}
    excluded = found["excludes1"]
    assert code == 0 and excluded["codes"] == ["M54.50", "S39.012A"] and excluded["severity"] == "error"
    assert "M54.5" in excluded["rule"] and "low back strain" in excluded["message"]


def test_one_claim_in_words(capsys):
    """A clean claim says so, a faulty one says what is wrong."""
    assert run(capsys, "codes", "check", "M54.9", "--date", "2026-11-02")[1] == "No finding.\n"
    _, out, _ = run(capsys, "codes", "check", "W01.0XXA", "M54.9", "--date", "2026-11-02")
    assert out.startswith("Not right (sequence): W01.0XXA") and "Section I.C.20.a.6" in out


def test_setting_and_encounter_count(capsys):
    """The phase of the encounter and the setting change what is found."""
    claim = ("codes", "check", "S39.012D", "--date", "2026-11-02", "--json")
    kinds = [
        {each["kind"] for each in json.loads(run(capsys, *claim, *more)[1]) if each["severity"] == "error"}
        for more in ([], ["--encounter", "initial"], ["--encounter", "subsequent"])
    ]
    assert kinds == [set(), {"wrong_7th"}, set()]
    status = ("codes", "check", "Z66", "M54.9", "--date", "2026-11-02", "--json", "--setting")
    assert json.loads(run(capsys, *status, "inpatient")[1])[0]["kind"] == "sequence"
    assert json.loads(run(capsys, *status, "outpatient")[1]) == []


def test_many_claims(capsys, tmp_path):
    """A file gives one line a claim in its order; a wrong line gets its error and the others their findings."""
    path = tmp_path / "claims.jsonl"
    path.write_text(
        '{"id": "a", "codes": ["M54.9", "M54.50"], "date": "2026-11-02", "setting": "outpatient"}\n'
        "\n"
        '{"id": "b", "codes": ["M54.9"], "date": "2 November"}\n'
        '{"id": "c", "codes": ["M54.9"], "date": "2026-11-02", "encounter": "initial"}\n',
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "codes", "check", "--file", str(path))
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 2 and [line["id"] for line in lines] == ["a", "b", "c"] and lines[1]["line"] == 3
    assert lines[0]["findings"][0]["kind"] == "unspecified_with_specific" and lines[2]["findings"] == []
    assert "line 3, date: it must be the date" in lines[1]["error"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"codes": "M54.9", "date": "2026-11-02"}', "codes: it must be a list"),
        ('{"codes": [" "], "date": "2026-11-02"}', "codes: each code must have 1 to 40 characters"),
        ('{"codes": [], "date": "2026-11-02"}', "codes: it must hold 1 to 100 codes"),
        ('{"codes": ["M54.9"], "date": "2026-11-02", "seting": "inpatient"}', "seting: there is no such field"),
        ('{"codes": ["M54.9"], "date": 20261102}', "date: it must be the date"),
        ('{"codes": ["M54.9"], "date": "2026-W45-1"}', "date: it must be the date"),
        ('{"id": ["a"], "codes": ["M54.9"], "date": "2026-11-02"}', "id: it must be a text"),
        ('{"codes": ["M54.9"], "date": "2026-11-02", "setting": "home"}', "setting: it must be outpatient or inpatient"),
        ('{"codes": ["M54.9"], "date": "2026-11-02", "encounter": "first"}', "encounter: it must be initial"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_explained(capsys, tmp_path, line, says):
    """Each wrong line names its number, the field and the format."""
    path = tmp_path / "claims.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    code, out, _ = run(capsys, "codes", "check", "--file", str(path))
    assert code == 2 and says in json.loads(out)["error"] and "Write {" in json.loads(out)["error"]


def test_a_file_that_cannot_be_read(capsys, tmp_path):
    """A missing file, one that is no text, and claim and file at once are refused in a sentence."""
    code, _, err = run(capsys, "codes", "check", "--file", str(tmp_path / "none.jsonl"))
    assert code == 2 and "there is no such file" in err
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00")
    code, _, err = run(capsys, "codes", "check", "--file", str(tmp_path / "x"))
    assert code == 2 and "not UTF-8" in err
    assert run(capsys, "codes", "check")[0] == 2
    assert "1 to 40 characters" in run(capsys, "codes", "check", "M54.9", " ")[2]


def test_a_file_from_a_spreadsheet(capsys, tmp_path):
    """The mark that Windows programs put before UTF-8 text is no part of the first claim."""
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": null, "codes": ["M54.9"], "date": "2026-11-02"}\n', encoding="utf-8-sig")
    code, out, _ = run(capsys, "codes", "check", "--file", str(path))
    assert code == 0 and json.loads(out) == {"id": "1", "findings": []}


def test_what_is_not_known_is_said(capsys):
    """For an encounter after the last release that is installed, a note says so, beside the findings."""
    _, out, err = run(capsys, "codes", "check", "M54.9", "--date", "2099-01-01", "--json")
    assert json.loads(out) == [] and "codes install" in err
    assert run(capsys, "codes", "check", "M54.9", "--date", "2026-05-01")[2] == ""


def test_commas_between_codes(capsys):
    """Codes may be given as on a claim form, with commas."""
    _, out, _ = run(capsys, "codes", "check", "M54.50,S39.012A", "--date", "2026-05-01", "--json")
    assert json.loads(out)[0]["codes"] == ["M54.50", "S39.012A"]


def test_options_hold_for_the_claims_of_a_file_that_do_not_say(capsys, tmp_path):
    """Date, setting and encounter of the command are those of each claim that leaves them out or empty."""
    path = tmp_path / "claims.jsonl"
    path.write_text(
        '{"codes": ["S39.012D"], "setting": null, "encounter": ""}\n{"codes": ["S39.012D"], "encounter": "subsequent"}\n',
        encoding="utf-8",
    )
    _, out, _ = run(
        capsys, "codes", "check", "--file", str(path), "--date", "2026-05-01", "--encounter", "initial"
    )
    kinds = [{each["kind"] for each in json.loads(line)["findings"]} for line in out.splitlines()]
    assert "wrong_7th" in kinds[0] and "wrong_7th" not in kinds[1]
