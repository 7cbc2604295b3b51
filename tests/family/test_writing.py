"""Files of drawn cases: read by the library, and by people."""

import yaml

from grader.family.draw import draw
from grader.family.source import family_names, read_family
from grader.family.writing import write
from grader.library.case import case_folders, find_case, load_case
from grader.library.key import load_key


def test_what_is_written_is_what_was_drawn(tmp_path, codes):
    """The library reads back every text and code."""
    for name in family_names():
        drawn = draw(read_family(name), "w", codes)
        folder = write(drawn, tmp_path)
        case = load_case(folder)
        key = load_key(folder, case)
        assert [d.text.strip() for d in case.documents] == [
            d["text"].strip() for d in drawn.case["documents"]
        ]
        assert yaml.safe_load((folder / "key.yml").read_text()) == drawn.key
        assert [e.code for e in key.items["codes"].expected] == [
            e["code"] for e in drawn.key["items"]["codes"]["expected"]
        ]
    assert len(case_folders(tmp_path)) == len(family_names())
    assert find_case(tmp_path, case.id) == case


def test_files_read_as_if_written_by_hand(tmp_path, codes):
    """Charts stand in block text, codes in quotes, points as whole numbers."""
    folder = write(draw(read_family("sciatica"), "w", codes), tmp_path)
    case, key = (folder / "case.yml").read_text(), (folder / "key.yml").read_text()
    assert "text: |\n" in case and "points: 8}" in case and "!!" not in case + key
    assert 'code: "M54' in key and "\\\n" not in key
