"""What the decisions of an exam give to certify: what a pass earns, and who has passed, by a name that everybody reads alike."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from pydantic import ValidationError

from grader.certificate.credential import Passed
from grader.decision.outcome import Outcome
from grader.errors import CertificateFileError
from grader.exam.blueprint import Award
from grader.exam.folder import ExamFolder
from grader.visible import one_line, short

_LONGEST_NAME = 120
# Persian and Indic spelling needs them between letters, where they change what is seen.
_JOINERS = re.compile("(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])")


def head(folder: ExamFolder) -> tuple[str, Award]:
    """Return what the decisions say of the exam: its title, and what a pass earns.

    Raises
    ------
    CertificateFileError
        When they do not say it.
    """
    try:
        data = json.loads(folder.decisions.read_bytes())
        return str(data["title"]), Award.model_validate(data["award"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        raise CertificateFileError(
            folder.decisions,
            "award",
            "it does not say what a pass earns",
            f"Decide anew: python -m grader exam decide {folder.root.name}",
        ) from None


def passed(exam: str, title: str, award: Award, outcome: Outcome, email: str) -> Passed:
    """Return what is to be certified of a sitting that was passed.

    Raises
    ------
    CertificateFileError
        When it was not sat, or the name cannot stand on a certificate.
    """
    if outcome.sat is None:
        raise CertificateFileError(
            "decisions.json", f"outcomes.{outcome.trainee}.sat", "it is missing", "Decide anew"
        )
    return Passed(
        exam=exam,
        title=title,
        award=award.name,
        description=award.description,
        holder=_holder(outcome),
        email=email,
        form=outcome.form,
        sat=outcome.sat,
        minutes=outcome.minutes,
        criteria=outcome.criteria,
        codeset=outcome.codeset,
    )


def _holder(outcome: Outcome) -> str:
    """Return a name that everybody reads alike: nothing in it is hidden or turns other letters around."""
    if Path(outcome.trainee).name != outcome.trainee:
        raise CertificateFileError(
            "decisions.json",
            "outcomes",
            f"{short(outcome.trainee)} cannot name a file",
            "Name the trainee otherwise",
        )
    name = " ".join(unicodedata.normalize("NFC", outcome.name).split())
    seen = _JOINERS.sub("", name)
    if not seen or len(name) > _LONGEST_NAME or one_line(seen) != seen:
        raise CertificateFileError(
            "decisions.json",
            f"outcomes.{outcome.trainee}.name",
            f"“{short(name)}” cannot stand on a certificate: it is empty, too long, or holds characters that are not seen",
            "Correct the name in the roster and decide anew",
        )
    return name
