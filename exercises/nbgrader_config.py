"""nbgrader, configured so that answers are scored as data and no code of a trainee is ever run.

Set TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR=1: nbgrader otherwise only logs an error in this file and goes on without it.
"""

from pathlib import Path

from grader.grading.course import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821 (traitlets defines it)
