"""A course's nbgrader configuration: answers are scored as data, and what is written is private.

Read by every command, so that nothing of nbgrader is imported here: that takes four seconds.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.grading.logs import keep_words_out
from grader.grading.safety import escape_formgrader

CONFIG_FILE = "nbgrader_config.py"
_P = "grader.grading.preprocessors"


def configure(config: Any, root: Path, assignments: Path | None = None, keys: Path | None = None) -> None:
    """Set up nbgrader so that answers are scored as data; called from a course's ``nbgrader_config.py``.

    Parameters
    ----------
    config
        What ``get_config()`` gives.
    root
        The course root.
    assignments
        Folder with ``<assignment>/assignment.yml``; the course root when not given.
    keys
        Folder of the keys; the case library when not given.
    """
    assignments = assignments or root
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "coding-back-pain"
    config.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    config.ScoreAnswers.cases = str(assignments.parent / "cases")
    config.ScoreAnswers.keys = str(keys or "")
    config.ScoreAnswers.assignments = str(assignments)
    config.Autograde.sanitize_preprocessors = [
        f"{_P}.RestoreRelease",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.Autograde.autograde_preprocessors = [
        f"{_P}.ScoreAnswers",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        f"{_P}.SaveScores",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.ExportApp.plugin_class = "grader.grading.reports.export.ClassExport"
    _configure_feedback(config)
    _keep_private(config)


def _configure_feedback(config: Any) -> None:
    # Feedback asks no other host for anything and runs nothing that a trainee wrote.
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.filters = {
        "markdown2html": "grader.grading.safety.markdown_to_html",
        "clean_html": "grader.grading.safety.clean_html",
    }
    escape_formgrader()
    stock = _nbgrader() / "server_extensions" / "formgrader" / "templates"
    config.HTMLExporter.extra_template_basedirs = [str(Path(__file__).parent / "templates"), str(stock)]
    config.HTMLExporter.exclude_input_prompt = True
    config.HTMLExporter.exclude_output_prompt = True


def _keep_private(config: Any) -> None:
    """Let nobody but the instructor read what is in the course root, and no log tell what a trainee wrote."""
    os.umask(0o077)
    config.BaseConverter.permissions = 600
    config.ExchangeFactory.collect = "grader.grading.exchange.CollectPrivately"
    config.ExchangeFactory.release_feedback = "grader.grading.exchange.ReleaseReadable"
    keep_words_out()


def _nbgrader() -> Path:
    """Return the folder of the package, which is found without importing it."""
    found = find_spec("nbgrader")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("nbgrader is not installed in this environment")
    return Path(found.origin).parent
