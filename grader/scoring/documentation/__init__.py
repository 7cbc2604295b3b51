"""Reading a free-text note: what it states of the 17 elements of a back-pain note; standard library alone."""

from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.note import score_note

__all__ = ["find_elements", "score_note"]
