"""`family list`, `draw` and `lint`."""

import shutil

import pytest
import yaml

from grader.cli import main
from grader.family.source import FAMILIES, family_names


def test_list_shows_every_family_with_its_number(capsys):
    """A line a family, counted exactly."""
    assert main(["family", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == family_names()
    assert all(int(line.split()[1].replace(",", "")) >= 500 for line in lines)


def test_draw_prints_case_and_key(capsys):
    """Both are YAML that a person can read."""
    assert main(["family", "draw", "stenosis", "--seed", "x"]) == 0
    case, key = capsys.readouterr().out.split("# key.yml\n")
    assert yaml.safe_load(case)["id"] == yaml.safe_load(key)["case"]


def test_draw_writes_many_for_an_exam(tmp_path, capsys):
    """Folders with case and key, in the pool asked for; seeds differ."""
    assert (
        main(
            [
                "family",
                "draw",
                "flank",
                "--seed",
                "s" * 16,
                "--count",
                "3",
                "--out",
                str(tmp_path),
                "--pool",
                "exam",
            ]
        )
        == 0
    )
    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 3 == len(capsys.readouterr().out.splitlines())
    assert all(yaml.safe_load((f / "case.yml").read_text())["pool"] == "exam" for f in folders)


def test_the_seed_of_an_exam_is_not_to_be_guessed(tmp_path, capsys):
    """A short seed could be found by trying, so it is refused with the way to make one."""
    assert main(["family", "draw", "flank", "--seed", "7", "--pool", "exam", "--out", str(tmp_path)]) == 2
    assert "secrets" in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_an_unknown_family_and_a_wrong_count_are_explained(capsys):
    """Exit code 2; the families that exist are named."""
    assert main(["family", "draw", "nothing", "--seed", "1"]) == 2
    assert "sciatica" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["family", "draw", "flank", "--seed", "1", "--count", "none"])
    assert "is not a count" in capsys.readouterr().err


def test_lint_ends_with_1_where_there_are_faults(tmp_path, capsys):
    """A family whose wording contradicts its facts is found; a clean one is not."""
    for name in ("_shared.yml", "sciatica.yml"):
        shutil.copy(FAMILIES / name, tmp_path)
    assert main(["family", "lint", "--draws", "20", "--families", str(tmp_path)]) == 0
    assert "clean" in capsys.readouterr().out
    path = tmp_path / "sciatica.yml"
    path.write_text(path.read_text().replace("No pain in the back.", "Lumbar stenosis."))
    assert _lint_again(tmp_path) == 1
    assert "problem: the text says stenosis" in capsys.readouterr().out


def _lint_again(folder) -> int:
    from grader.family import source

    source.read_family.cache_clear()
    return main(["family", "lint", "--draws", "20", "--families", str(folder)])


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path, capsys):
    """A file in the place of the folder is said, without a traceback."""
    (tmp_path / "taken").write_text("x")
    assert main(["family", "draw", "sciatica", "--seed", "1", "--out", str(tmp_path / "taken")]) == 2
    assert "cannot be written to" in capsys.readouterr().err


def test_coverage_of_an_empty_folder_says_so(tmp_path, capsys):
    """Nothing to count is an error, not a page of zeros."""
    assert main(["coverage", "--cases", str(tmp_path)]) == 2
    assert "There is no case in" in capsys.readouterr().err
