"""What a trainee should practice: skills by how much of their points was earned, told so roughly that no case shows through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from grader.decision.answered import Answered
from grader.library.skills import SKILLS

ENOUGH_CASES = 3
"""Of fewer cases, the share of a skill would tell of one of them."""
BANDS = ((0.85, "85 % or more"), (0.6, "60 to 84 %"), (0.0, "less than 60 %"))
_STRONG = BANDS[0][1]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the book to practice with; ``path`` is relative to the book."""

    title: str
    path: str


_PAGES = (
    ("where it hurts", "site", "unspecified-code site-and-region low-back-types laterality"),
    (
        "nerves and discs",
        "nerves-and-discs",
        "nerve-root-pain disc-disorders combination-codes excludes-notes",
    ),
    ("the spine itself", "spine", "spine-disorders integral-symptom uncertain-diagnosis"),
    ("injuries and fractures", "injuries", "injury-or-disease seventh-character external-cause fractures"),
    (
        "pain codes and other conditions",
        "pain-and-conditions",
        "pain-codes sequencing comorbidity history-and-aftercare",
    ),
    (
        "when it is not the back",
        "beyond-the-spine",
        "outside-the-spine infection-and-tumor pregnancy inpatient-rules red-flags",
    ),
    ("notes and queries", "notes-and-queries", "documentation provider-query conflicting-record"),
    (
        "denied and rejected claims",
        "claims",
        "remittance-codes claim-repair appeals-and-deadlines code-validity",
    ),
    ("coverage and preauthorization", "coverage", "coverage-rules preauthorization"),
    ("patients, audits and compliance", "people", "patient-communication audit compliance"),
)
PRACTICE: Mapping[str, Page] = MappingProxyType(
    {
        skill: Page(f"Practice: {title}", f"practice/{name}.html")
        for title, name, skills in _PAGES
        for skill in skills.split()
    }
)
"""Where each skill is practiced."""


@dataclass(frozen=True, slots=True)
class SkillShare:
    """One skill: its title, roughly how much of its points was earned, and where to practice it."""

    title: str
    band: str
    practice: Page

    @property
    def is_strong(self) -> bool:
        """Whether nothing needs to be practiced."""
        return self.band == _STRONG


def skill_shares(answers: Sequence[Answered]) -> tuple[SkillShare, ...]:
    """Return the skills that at least three cases of a form ask for, the weakest first."""
    earned: dict[str, float] = defaultdict(float)
    possible: dict[str, float] = defaultdict(float)
    cases: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        for skill in answer.question.case.skills:
            earned[skill] += answer.judged.points or 0.0
            possible[skill] += answer.judged.possible
            cases[skill].add(answer.judged.case)
    shares = [
        (BANDS.index(band), name, band[1])
        for name in SKILLS
        if len(cases[name]) >= ENOUGH_CASES
        for band in [next(band for band in BANDS if earned[name] / possible[name] >= band[0] - 1e-9)]
    ]
    order = list(SKILLS)
    shares.sort(key=lambda each: (-each[0], order.index(each[1])))
    return tuple(SkillShare(SKILLS[name], words, PRACTICE[name]) for _, name, words in shares)
