"""What scoring returns: findings, scores, and answers that cannot be scored."""

from __future__ import annotations

from dataclasses import dataclass

SEVERITIES = ("ok", "advice", "warning", "error")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen in an answer, with its reason.

    Parameters
    ----------
    kind
        Name of the finding, such as ``excludes1``, ``missing`` or ``severity``.
    severity
        ``ok``, ``advice``, ``warning`` or ``error``.
    subject
        The codes, or the element of a note, that it is about.
    message
        A plain sentence for the trainee; text, never markup.
    cite
        The official rule or course rule it rests on.
    evidence
        The words of the answer it rests on, exactly as written.
    from_key
        Whether its words come from the key, so that an exam must not show them.
    confidence
        How sure the automatic reading is of what it says here, from 0 to 1; None where nothing had to be read.
    record
        The words of the record that the answer does not agree with.
    """

    kind: str
    severity: str
    subject: tuple[str, ...]
    message: str
    cite: str = ""
    evidence: str = ""
    from_key: bool = False
    confidence: float | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class CodeAccuracy:
    """How the industry counts: codes right, codes in the reference, codes too many, first-listed right or not.

    ``first_listed`` is None where the order is not scored.
    """

    correct: int
    reference: int
    extra: int
    first_listed: bool | None

    @property
    def code_level(self) -> float:
        """Correct ÷ (reference + extra), between 0 and 1."""
        return self.correct / (self.reference + self.extra)


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one item.

    ``failed`` names the reasons for which the whole case fails whatever its points; ``accuracy`` is given for codes;
    ``doubt`` is how many of the points may be wrong at most, where the answer had to be read.
    """

    points: float
    possible: float
    findings: tuple[Finding, ...]
    failed: tuple[str, ...] = ()
    accuracy: CodeAccuracy | None = None
    doubt: float = 0.0


@dataclass(frozen=True, slots=True)
class Unscorable:
    """An answer that has no score, with the reason in plain words; ``blank`` when nothing was answered."""

    reason: str
    possible: float
    blank: bool
