"""What the notes of the tabular list say: the codes they name and how binding their words are."""

import pytest

from grader.codeset.notes import NoteIndex


@pytest.fixture(scope="module")
def index(codes):
    """The notes of the real code set."""
    return NoteIndex(codes)


@pytest.mark.parametrize(
    ("text", "named", "not_named"),
    [
        ("radiculopathy with lumbar disc disorder (M51.1-)", ["M51.16"], ["M51.26"]),
        ("injury (S00-T88)", ["S39.012A", "T07.XXXA"], ["V00.01XA", "R52"]),
        ("x (M45.-, M50.12)", ["M50.121", "M45.7"], ["M50.11"]),
        ("low back strain (S39.012)", ["S39.012A"], ["S39.011A"]),
        ("current injury - see injury of spine by body region", [], ["S39.012A"]),
        ("code to identify stage of chronic kidney disease (N18.1-N18.6)", ["N18.31", "N18.6"], ["N18.9"]),
        ("gout (M1A.-, M10.-)", ["M1A.0110", "M10.9"], ["M11.9"]),
        ("code for adverse effect (T36-T50 with fifth or sixth character 5)", ["T38.0X5A", "T45.515D", "T50.995A"], ["T38.0X1A", "T43.651A"]),
        ("open skull fracture (S02.- with 7th character B)", ["S02.0XXB"], ["S02.0XXA"]),
        ("leakage (I69. with final characters -91)", ["I69.391"], ["I69.320"]),
        ("poisoning (T39.0-, with sixth character 1-4)", ["T39.011A"], ["T39.015A"]),
        ("torticollis NOS M43.6", ["M43.6"], ["M43.5X2"]),
        ("conditions classified to Q67.0-Q67.4", ["Q67.2"], ["Q67.5"]),
        ("supervision (Z34.-), (Z3A)", ["Z34.02", "Z3A.20"], ["Z33.1"]),
        ("head injury (S00 - S09)", ["S09.90XA"], ["S10.0XXA"]),
    ],
)  # fmt: skip
def test_a_note_names_its_codes(index, text, named, not_named):
    """Families, lists, ranges and characters name their codes, and words alone name none."""
    note = index.parse("M54", "excludes1", text)
    assert [code for code in named if not note.names(code.replace(".", ""))] == []
    assert [code for code in not_named if note.names(code.replace(".", ""))] == []


@pytest.mark.parametrize(
    ("text", "conditional", "is_open"),
    [
        ("code to identify stage of chronic kidney disease (N18.1-N18.6)", False, False),
        ("code to identify major osseous defect, if applicable (M89.7-)", True, False),
        ("underlying disease, such as:\nneoplasm (C00-D49)", False, True),
        ("underlying disease", False, True),
        ("any associated spinal cord injury (S34.-)", True, False),
        ("heart failure complicating abortion (O00-O07)", True, False),
    ],
)
def test_conditions_are_heard(index, text, conditional, is_open):
    """'If applicable' and the like bind only then; 'such as' leaves room for other codes."""
    note = index.parse("M80", "use_additional", text)
    assert (note.conditional, note.open) == (conditional, is_open)


def test_the_line_that_names_a_code_is_quoted(index):
    """Of a list, the line is quoted that is about the other code."""
    note = index.parse(
        "E11", "use_additional", "code to identify control using:\ninsulin (Z79.4)\noral drugs (Z79.84)"
    )
    assert note.line_naming("Z7984") == "oral drugs (Z79.84)"
    assert note.head == "code to identify control using:" and note.listing


def test_what_a_note_names_exists(index, codes):
    """Every code that a note of the real list names is in the list, but for two names of a substance."""
    places = [entry.code for entry in codes.entries()]
    kinds = ("excludes1", "code_first", "use_additional", "code_also")
    notes = [note for place in places for kind in kinds for note in index.at(place, kind)]
    bare = {place.replace(".", "") for place in places}
    odd = {b for note in notes for b in note.named if b not in bare and b[:-1].rstrip("X") not in bare}
    assert len(notes) > 6_500 and odd == {"G6P"}


def test_notes_that_name_no_code_are_found(index):
    """The Excludes1 notes that must be judged by their words are read as naming no code."""
    by_words = {"M50-M54", "M43.6", "M48.5", "M24", "M25.0", "M12.5", "M65", "G56", "G57", "Z47", "Z48"}
    places = {place for place in by_words if any(not note.named for note in index.at(place, "excludes1"))}
    assert places == by_words


def test_a_list_of_families_is_expanded(index):
    """A list as the rules write it covers what lies between its ends."""
    assert index.family("Z55-Z57, M54.5") == {"Z55", "Z56", "Z57", "M545"}
