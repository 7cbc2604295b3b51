"""Logs tell where something went wrong, and not what somebody wrote."""

import io
import logging

import nbgrader.apps
import pytest
from nbformat import reads

from grader.errors import CourseError
from grader.grading.logs import LOGGERS, keep_words_out, without_words

WORDS = "Quagmire"
TRACEBACK = f"""Traceback (most recent call last):
  File "/x/reader.py", line 19, in parse_json
    nb_dict = json.loads(s, **kwargs)
json.decoder.JSONDecodeError: {WORDS}: line 1

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/x/reader.py", line 25, in parse_json
    raise NotJSONError(message) from e
sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked
[SQL: UPDATE comment SET manual_comment=?]
[parameters: ('{WORDS}: pain', 'ab12')]
{WORDS}Error, as I wrote
"""


def test_an_error_keeps_place_and_kind():
    """Of a traceback files, lines and kinds of errors stay; what they quote goes."""
    shown = without_words(TRACEBACK)
    assert WORDS not in shown and "locked" not in shown
    assert 'File "/x/reader.py", line 19' in shown and 'File "/x/reader.py", line 25' in shown
    assert "json.decoder.JSONDecodeError\n" in shown and "sqlalchemy.exc.OperationalError\n" in shown
    assert "direct cause" in shown


def test_what_the_course_says_itself_stays():
    """An instructor needs its advice: what the course's and nbgrader's errors say is not a trainee's."""
    for line in (
        "grader.errors.CourseError: ana: it holds a link.",
        "nbgrader.converters.base.NbGraderException: No notebooks were matched",
        "ModuleNotFoundError: No module named 'dask'",
    ):
        assert line in without_words(
            f'Traceback (most recent call last):\n  File "/x.py", line 1, in f\n{line}'
        )


@pytest.mark.parametrize(
    "message", ["", "Converting notebook /c/submitted/ana/unit-1/unit-1.ipynb", "Error: two\nlines: of it"]
)
def test_other_messages_stay_as_they_are(message):
    """Whatever is no traceback is not touched."""
    assert without_words(message) == message


def test_a_notebook_that_is_not_valid_is_not_quoted():
    """nbformat quotes what it does not expect."""
    message = f"Notebook JSON is invalid: Additional properties are not allowed ('{WORDS}' was unexpected)"
    assert without_words(message) == "Notebook JSON is invalid."


def test_every_handler_gets_the_shorter_record():
    """Terminal, log file and formgrader's answer are spared alike; arguments and attached errors as well."""
    keep_words_out()
    keep_words_out()
    log, shown = logging.getLogger("AutogradeApp"), io.StringIO()
    handler = logging.StreamHandler(shown)
    log.addHandler(handler)
    try:
        log.error("Failed: %s", TRACEBACK)
        log.error("of %s", "ana")
        try:
            reads(f"{WORDS} is no JSON", as_version=4)
        except Exception:
            log.exception("It failed")
        try:
            raise CourseError("Grade first.")
        except CourseError:
            log.exception("Again")
    finally:
        log.removeHandler(handler)
    text = shown.getvalue()
    assert WORDS not in text and "NotJSONError" in text
    assert "of ana\n" in text and "It failed\n" in text and "CourseError: Grade first." in text


def test_every_command_that_opens_what_was_handed_in_is_covered():
    """A command that nbgrader adds has to be looked at before it is left out here."""
    harmless = {
        "AssignApp", "GenerateAssignmentApp", "ReleaseApp", "ReleaseAssignmentApp", "FetchApp", "FetchAssignmentApp",
        "FetchFeedbackApp", "SubmitApp", "ExtensionApp", "QuickStartApp", "GenerateConfigApp", "NbGraderAPI", "FormgradeApp",
        "DbApp", "DbStudentApp", "DbStudentAddApp", "DbStudentImportApp", "DbStudentRemoveApp", "DbStudentListApp",
        "DbAssignmentApp", "DbAssignmentAddApp", "DbAssignmentImportApp", "DbAssignmentRemoveApp", "DbAssignmentListApp",
    }  # fmt: skip
    assert set(nbgrader.apps.__all__) - harmless <= set(LOGGERS)
