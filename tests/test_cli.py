"""The commands: what they print, and how they say that something is wrong."""

import json

import pytest

from grader.cli import main
from grader.lint import exemplar


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
        answer = exemplar(key.items[item.id])
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
