"""Penalties for handing in late, as nbgrader's configuration says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from traitlets.config import Config

from grader.errors import CourseError

Penalty = Callable[[str, float, float], float | None]
"""For trainee, points and seconds late the points to take off; None for nothing."""


def seconds_late(submission: Any, due: datetime | None) -> float:
    """Return by how many seconds a submission is late, an extension counted."""
    if submission.timestamp is None or due is None:
        return 0.0
    due += submission.extension or (due - due)
    return max(0.0, float((submission.timestamp - due).total_seconds()))


def penalty_of(config: Config) -> Penalty:
    """Return the penalty that a course's configuration asks for, held between 0 and the points there are.

    nbgrader's own two methods are known here; only a plugin of somebody else's has nbgrader imported, which takes seconds.
    """
    plugin = config.AssignLatePenalties.get("plugin_class")
    method = config.LateSubmissionPlugin.get("penalty_method", "none")
    inner = _plugin(config) if plugin else _zero if method == "zero" else _none

    def penalty(trainee: str, points: float, late: float) -> float | None:
        asked = inner(trainee, points, late) if late > 0 else None
        return None if asked is None else min(max(asked, 0.0), points)

    return penalty


def _none(trainee: str, points: float, late: float) -> float | None:
    return None


def _zero(trainee: str, points: float, late: float) -> float | None:
    return points


def _plugin(config: Config) -> Penalty:
    from nbgrader.preprocessors import AssignLatePenalties

    preprocessor = AssignLatePenalties(config=config)
    preprocessor.init_plugin()
    plugin = preprocessor.plugin_inst

    def asked(trainee: str, points: float, late: float) -> float | None:
        try:
            penalty: float | None = plugin.late_submission_penalty(trainee, points, late)
        except Exception as error:  # the plugin is somebody else's
            raise CourseError(
                f"The plugin for late penalties does not work for {trainee} ({type(error).__name__}). Correct it and run the"
                " command again; what was graded is kept."
            ) from error
        return penalty

    return asked
