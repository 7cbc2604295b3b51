"""Case and key files: what is wrong is named by file, field and remedy."""

from pathlib import Path

import pytest
import yaml

from grader.errors import CaseFileError, KeyFileError, NotFoundError
from grader.library.case import find_case, load_case
from grader.library.encounter import case_from_public
from grader.library.key import load_key
from grader.library.reference import key_from_dict, key_to_dict

CASE = {
    "schema": "case/1",
    "id": "enc-9001",
    "title": "Aching back",
    "pool": "practice",
    "kind": "coding",
    "setting": "primary care",
    "care": "outpatient",
    "encounter_date": "2026-11-02",
    "difficulty": 1,
    "skills": ["unspecified-code"],
    "documents": [{"kind": "progress-note", "title": "Visit", "text": "HISTORY:\nIt aches."}],
    "items": [
        {"id": "codes", "kind": "assign-codes", "stem": "Assign the codes.", "points": 4},
        {
            "id": "why",
            "kind": "choice",
            "stem": "Why?",
            "points": 1,
            "choices": [
                {"id": "c1", "text": "So"},
                {"id": "c2", "text": "Thus"},
                {"id": "c3", "text": "Hence"},
            ],
        },
    ],
}
KEY = {
    "schema": "key/1",
    "case": "enc-9001",
    "canary": "0b0f7a52-8a3e-4c39-9a3b-1df0a1c2f001",
    "items": {
        "codes": {
            "sequence": "first_listed",
            "expected": [
                {"code": "M54.9", "points": 4, "why": "No site named", "cite": "Tabular List, M54.9"}
            ],
            "wrong": [
                {"codes": ["M54.5"], "error": "invalid_code", "why": "Retired", "cite": "Tabular List, M54.5"}
            ],
        },
        "why": {"correct": "c2", "reasons": {"c1": "no", "c2": "yes", "c3": "no"}, "cite": "I.B.18"},
    },
    "review": {"status": "unreviewed"},
}


def write(tmp_path: Path, case: object = CASE, key: object = KEY) -> Path:
    """A case folder with these files."""
    folder = tmp_path / "enc-9001"
    folder.mkdir()
    (folder / "case.yml").write_text(case if isinstance(case, str) else yaml.safe_dump(case))
    (folder / "key.yml").write_text(yaml.safe_dump(key))
    return folder


def test_a_sound_case_is_read(tmp_path):
    """Case and key come back as written."""
    folder = write(tmp_path)
    case = load_case(folder)
    key = load_key(folder, case)
    assert case.item_key(case.items[0]) == "enc-9001/codes"
    assert key.items["codes"].expected[0].code == "M54.9"


@pytest.mark.parametrize(
    ("change", "field", "remedy"),
    [
        ({"pool": "secret"}, "pool", "values listed"),
        ({"titel": "x"}, "titel", "correct its name"),
        ({"encounter_date": "2026-13-40"}, "encounter_date", "YYYY-MM-DD"),
        ({"id": "back-pain"}, "id", "spelled"),
        ({"difficulty": 9}, "difficulty", "Correct"),
        ({"documents": []}, "documents", "Correct"),
        ({"items": [CASE["items"][0], CASE["items"][0]]}, "two items have the same id", "Correct"),
        ({"items": [{**CASE["items"][1], "choices": []}]}, "a choice item needs choices", "Correct"),
        (
            {"items": [{**CASE["items"][1], "choices": CASE["items"][1]["choices"][:1]}]},
            "at least two choices",
            "Correct",
        ),
        (
            {"items": [{**CASE["items"][0], "coded": ["M54.9"]}]},
            "an assign-codes item has no coded",
            "Correct",
        ),
        ({"skills": ["juggling"]}, "no skill 'juggling'", "Correct"),
        ({"id": "enc-9002"}, "id", "the same"),
    ],
)
def test_a_wrong_case_names_file_field_and_remedy(tmp_path, change, field, remedy):
    """The author is told where to look and what to do."""
    folder = write(tmp_path, {**CASE, **change})
    with pytest.raises(CaseFileError) as caught:
        load_case(folder)
    assert "case.yml" in str(caught.value) and field in str(caught.value) and remedy in str(caught.value)


def test_a_missing_field_and_broken_yaml_are_named(tmp_path):
    """A field left out and a misplaced quote are found in the file."""
    folder = write(tmp_path, {k: v for k, v in CASE.items() if k != "title"})
    with pytest.raises(CaseFileError, match=r"case\.yml: title: the field is missing\. Add this field"):
        load_case(folder)
    (folder / "case.yml").write_text("schema: case/1\nid: 'enc-9001\n")
    with pytest.raises(CaseFileError, match=r"line .*not valid YAML"):
        load_case(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"case": "enc-9002"}, "enc-9002"),
        ({"canary": "not a uuid"}, "canary"),
        ({"canary": "00000000-0000-4000-8000-000000000000"}, "the one of the example"),
        ({"items": {"codes": KEY["items"]["codes"]}}, "items.why"),
        ({"items": {**KEY["items"], "more": {}}}, "items.more"),
        ({"items": {**KEY["items"], "why": {"correct": "c9", "reasons": {}, "cite": "x"}}}, "c1, c2, c3"),
    ],
)
def test_a_wrong_key_names_file_field_and_remedy(tmp_path, change, says):
    """A key that does not fit its case is refused."""
    folder = write(tmp_path, key={**KEY, **change})
    with pytest.raises(KeyFileError) as caught:
        load_key(folder, load_case(folder))
    assert "key.yml" in str(caught.value) and says in str(caught.value)


def test_points_of_key_and_case_agree(tmp_path):
    """Points that do not add up are refused."""
    codes = {**KEY["items"]["codes"], "expected": [{**KEY["items"]["codes"]["expected"][0], "points": 3}]}
    folder = write(tmp_path, key={**KEY, "items": {**KEY["items"], "codes": codes}})
    with pytest.raises(KeyFileError, match="add up to 3, the item is worth 4"):
        load_key(folder, load_case(folder))


def test_what_is_public_survives_the_journey_and_shuffles_the_choices(tmp_path):
    """The browser rebuilds the same questions; the order of choices does not follow the author's."""
    case = load_case(write(tmp_path))
    public = case.public()
    assert case_from_public(public).public() == public
    assert set(public) == {"id", "title", "setting", "care", "encounter_date", "documents", "items"}


def test_the_key_survives_the_journey_to_the_browser(cases, keys):
    """A practice key read back from JSON is the same key, without its canary."""
    for case_id, key in keys.items():
        again = key_from_dict(key_to_dict(key))
        assert again.items == key.items and again.canary == "", case_id


def test_an_unknown_case_is_said_to_be_unknown(tmp_path):
    """A name that leads elsewhere finds nothing."""
    write(tmp_path)
    for name in ("enc-0404", "../enc-9001", "", "."):
        with pytest.raises(NotFoundError, match="There is no case"):
            find_case(tmp_path, name)


def test_ids_of_options_tell_nothing(cases):
    """What is shown numbers options by their place; the ids in the files, which follow the author's thoughts, stay there."""
    for case in cases.values():
        for item, shown in zip(case.items, case.public()["items"], strict=True):
            ids = [choice["id"] for choice in shown["choices"]]
            assert ids == [f"c{place}" for place in range(1, len(ids) + 1)], case.id
            assert [set(choice) for choice in shown["choices"]] == [{"id", "text"}] * len(ids)
            assert [choice.id for choice in item.choices] == ids


def test_a_key_follows_its_options_to_where_they_are_shown(tmp_path):
    """Correct options and reasons name the texts that the author meant."""
    folder = write(tmp_path)
    case = load_case(folder)
    item, key = case.items[1], load_key(folder, case).items["why"]
    texts = {choice.id: choice.text for choice in item.choices}
    assert texts[key.correct] == "Thus" and {texts[name]: said for name, said in key.reasons.items()} == {
        "So": "no", "Thus": "yes", "Hence": "no",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("encounter_date: 2026-11-31", "a date that does not exist"),
        ("encounter_date: 2026-11-02\npool: exam", "the field 'pool' is given twice"),
    ],
)
def test_what_yaml_lets_pass_is_refused(tmp_path, line, says):
    """An impossible date, and a field given twice of which the last would win, are named with the file."""
    text = yaml.safe_dump(CASE).replace("encounter_date: '2026-11-02'", line)
    folder = write(tmp_path, text)
    with pytest.raises(CaseFileError, match=says):
        load_case(folder)
