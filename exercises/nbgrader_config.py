"""nbgrader, configured so that answers are scored as data and no code of a trainee is ever run."""

from pathlib import Path

# nbgrader logs an error in this file and goes on with its own settings, which run trainees' code; it does not swallow
# an exit.
try:
    from grader.grading.course import configure

    configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821 (traitlets defines it)
    # The folder through which assignments go out and come back; trainees must be able to write to it.
    # get_config().Exchange.root = "/srv/exchange"
    # Grades are kept in gradebook.db in this folder, unless you name a database.
    # get_config().CourseDirectory.db_url = "postgresql+psycopg2://user@host/gradebook"
except Exception as error:
    raise SystemExit(f"nbgrader_config.py does not work, so nothing was done: {error!r}") from error
