"""The diagnostic quiz: readable without a script, one question a lesson."""

import pytest

from tests.book.small import SmallBook

QUESTION = (
    "```{question} %s\n? How many codes for <b>M54.41</b>?\n- Two\n+ One\n- Three\n! It holds both.\n```\n"
)


@pytest.fixture
def book(tmp_path) -> SmallBook:
    """A book with a quiz."""
    return SmallBook(tmp_path, "course_diagnostic")


def test_a_question_reads_without_javascript(book):
    """Choices are radio buttons in a named group, the answer opens below them, and markup stays text."""
    book.write(index=f"# Quiz\n\n{QUESTION % 'apple'}\n```{{diagnostic-result}}\n```", apple="# Apple\n")
    assert book.build() == ""
    asked = book.page("index").select_one("fieldset.question")
    assert asked["data-lesson"] == "apple" and asked["data-right"] == "1"
    assert asked.legend.get_text() == "1. How many codes for <b>M54.41</b>?" and not asked.legend.find("b")
    assert [label.get_text(strip=True) for label in asked.select("label")] == [
        "Two",
        "One",
        "Three",
        "I am not sure",
    ]
    assert asked.details.get_text(" ", strip=True) == "Answer to question 1 One It holds both."
    assert not asked.details.has_attr("open")


def test_questions_and_lessons_match(book):
    """A question about no lesson, and a lesson without a question, fail the build."""
    book.write(index=f"# Quiz\n\n{QUESTION % 'gone'}", apple="# Apple\n")
    said = book.build()
    assert "asks about 'gone', which is no lesson" in said and "no question about the lesson 'apple'" in said


@pytest.mark.parametrize(
    "lines",
    ["? A\n- B\n+ C\n! D", "? A\n- B\n- C\n- D\n! E", "? A\n- B\n+ C\n+ D\n! E", "A\n- B\n+ C\n- D\n! E"],
)
def test_a_question_in_a_wrong_form_is_told(book, lines):
    """Exactly one right choice, at least two wrong ones, and a reason."""
    book.write(index=f"# Quiz\n\n```{{question}} apple\n{lines}\n```", apple="# Apple\n")
    said = book.build()
    assert "A question has one ?" in said or "Begin each line with" in said


def test_the_quiz_holds_the_titles_that_the_lessons_have_now(book):
    """A lesson that got another title has it in the quiz, too, though the quiz itself did not change."""
    quiz = f"# Quiz\n\n{QUESTION % 'apple'}\n{QUESTION % 'quiz'}"
    book.write(quiz=quiz, apple="# Apple\n")
    book.build()
    book.write(quiz=quiz, apple="# Apricot\n")
    assert book.build() == ""
    listed = book.page("quiz").select_one("template.diagnostic-lessons")
    assert [str(item.a.string) for item in listed.find_all("li")] == ["Quiz", "Apricot"]
