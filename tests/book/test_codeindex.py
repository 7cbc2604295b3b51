"""The code index: what counts as a code, its standing, and codes that do not exist."""

from datetime import date

import course_codeindex
import pytest

from tests.book.small import SmallBook

NOW = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("M54.50 and M54.9.", ["M54.50", "M54.9"]),
        ("S39.012A, R10.A1, M54.00–M54.09", ["S39.012A", "R10.A1", "M54.00", "M54.09"]),
        ("all of M54.5-, category M54 and block M50–M54", ["M54.5", "M54"]),
        ("tender over L4–L5, vitamin B12x, CARC 16, COVID19", []),
        ("remark M76 of X12, with M54.5", ["M54.5"]),
        ("https://doi.org/10.7326/M16-2367", []),
    ],
)
def test_codes_are_found_in_running_text(text, found):
    """Codes, headings and ranges are found; vertebrae, spans and remark codes are not taken for them."""
    assert list(course_codeindex.codes_in(text)) == found


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("M54.50", "Complete code"),
        ("M54.5", "Not valid since 1 October 2021. Since then: M54.50, M54.51, M54.59."),
        ("M54", "Heading: a longer code is needed"),
        ("S39.012", "Needs a 7th character"),
        ("M54.77", ""),
    ],
)
def test_the_standing_of_a_code_is_told_in_words(codes, code, said):
    """Each standing is told; what never was a code has none."""
    assert course_codeindex.standing(codes, code, NOW) == said


def test_a_code_that_does_not_exist_fails_the_build(tmp_path):
    """A typing mistake in a code is not published."""
    book = SmallBook(tmp_path, "course_codeindex")
    book.write(index="# Start\n\n```{code-index}\n```", first="# First\n\nReport M54.50, never M54.56.\n")
    assert "M54.56 is no code of ICD-10-CM" in book.build()
    rows = [row.get_text(" ", strip=True) for row in book.page("index").select("tbody tr")]
    assert rows == ["M54.50 Low back pain, unspecified Complete code First"]


def test_codes_of_the_quiz_are_in_the_index_beside_those_of_the_text(tmp_path):
    """A question is HTML as soon as it is read; its codes count as those of any text."""
    book = SmallBook(tmp_path, "course_codeindex", "course_diagnostic")
    question = "```{question} first\n? How many for M54.41?\n- Two\n+ One\n- None\n! M54.31 is in it.\n```\n"
    book.write(index="# Start\n\n```{code-index}\n```", first=f"# First\n\nReport M54.50.\n\n{question}")
    assert book.build() == ""
    cells = [row.find(["td", "th"]).get_text(strip=True) for row in book.page("index").select("tbody tr")]
    assert cells == ["M54.31", "M54.41", "M54.50"]


def test_a_page_that_changed_changes_the_index(tmp_path):
    """What a page no longer names is gone from the index, and what it names now is there."""
    book = SmallBook(tmp_path, "course_codeindex")
    index = "# Codes\n\n```{code-index}\n```"
    book.write(codes=index, first="# First\n\nReport M54.50.\n")
    book.build()
    book.write(codes=index, first="# First\n\nReport M54.51.\n")
    assert book.build() == ""
    cells = [row.find(["td", "th"]).get_text(strip=True) for row in book.page("codes").select("tbody tr")]
    assert cells == ["M54.51"]
