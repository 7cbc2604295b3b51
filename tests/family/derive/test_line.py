"""Citations in words."""

from grader.family.derive.line import citation


def test_tabular_list_first_and_sections_counted():
    """Places of the tabular list and sections of the guidelines are told apart and joined."""
    assert (
        citation(["M54.41", "I.B.9"])
        == "ICD-10-CM Tabular List, M54.41; ICD-10-CM Official Guidelines, Section I.B.9"
    )
    assert citation(["I.B.4", "IV.H"]) == "ICD-10-CM Official Guidelines, Sections I.B.4 and IV.H"
    assert citation(["I10"]) == "ICD-10-CM Tabular List, I10"
