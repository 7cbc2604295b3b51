"""The index of words."""

from tests.book.small import SmallBook


def test_entries_lead_to_the_lessons_that_explain_them(tmp_path):
    """Index entries and glossary terms are listed by letter, with the titles of their pages."""
    book = SmallBook(tmp_path, "course_wordindex")
    entry = "```{index} single: sequencing\n```\n\nFirst things first.\n\n"
    book.write(
        index="# Words\n\n```{word-index}\n```",
        zebra=f"# Zebra\n\n{entry}",
        apple=f"# Apple\n\n{entry}```{{glossary}}\nsciatica\n  Pain along a nerve.\n```\n",
    )
    assert book.build() == ""
    page = book.page("index")
    lines = [line.get_text(" ", strip=True) for line in page.select(".word-index > li")]
    assert lines == ["sciatica: Apple", "sequencing: Apple , Zebra"] or lines == [
        "sciatica: Apple",
        "sequencing: Zebra , Apple",
    ]
    assert {link["href"] for link in page.select(".word-index a")} == {
        "book/lessons/apple.html#term-sciatica",
        "book/lessons/apple.html#index-0",
        "book/lessons/zebra.html#index-0",
    }
