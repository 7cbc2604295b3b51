"""What a trainee is told about one decision, and why it gives no key away.

Everything is about the whole form, rounded down to whole percent; of single cases nothing is told, neither points nor whether
they failed.  A form is sat once, and another form has other cases, so that nobody can try answers out against such totals.
Which automatic fail it was, and how many codes a share rests on, would narrow a key down: both are told in general alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from grader.decision.outcome import ABSENT, FAILED, PASSED, VOID, WAITING, Criterion, Outcome
from grader.decision.pages import render
from grader.decision.skills import SkillShare
from grader.decision.standard import error_at, is_short
from grader.decision.words import (
    COUNTED,
    CRITERIA,
    OUTCOMES,
    SHORT_FORM,
    counted,
    is_share,
    percent,
    whole_percent,
)
from grader.exam.blueprint import BlueprintFile
from grader.exam.retake import MayRetake
from grader.visible import one_line

_BY_KEY = ("uncertain_dx", "medical_necessity", "red_flag")
_SENTENCES = {
    PASSED: "You have passed.",
    FAILED: "You have not passed.",
    WAITING: "Nothing is decided yet.",
    VOID: "This sitting does not count.",
    ABSENT: "You have not handed anything in.",
}
_UNTOLD = "This form is too short to tell which skills are weak."
_REVIEW = (
    "Do you think that something is wrong? Ask your instructor for a review. Give the name of the exam and the name of your form."
    " An instructor then looks at your answers again, and tells you what comes of it."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the standard: what was reached and asked, whether it is met, and how it is counted."""

    name: str
    reached: str
    asked: str
    met: str
    counted: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a trainee is told.

    Parameters
    ----------
    title, name
        Of the exam, and of the person.
    sitting
        Which form, when it was handed in, and the time it took, in words.
    sentence, reasons
        The outcome in one sentence, and why.
    rows
        Every part of the standard; empty where nothing is decided on it.
    near
        How close it was, in words; empty where it was not.
    skills, untold
        What to practice; or, in words, why that cannot be told.
    next
        What comes next, a paragraph each.
    earlier
        Forms before this one, a line each.
    book
        Address of the published book, with a slash at its end; empty where it is not known.
    """

    title: str
    name: str
    trainee: str
    passed: bool
    waiting: bool
    sitting: str
    decided: str
    sentence: str
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]
    near: str
    skills: tuple[SkillShare, ...]
    untold: str
    next: tuple[str, ...]
    earlier: tuple[str, ...]
    book: str

    def __str__(self) -> str:
        """Return it for a terminal."""
        lines = [f"{self.title}: {self.name}", self.sitting, "", self.sentence, *self.reasons]
        if self.rows:
            lines += ["", f"{'Part':<46} {'Reached':>12} {'Asked':>14}  Met"]
            lines += [f"{row.name:<46} {row.reached:>12} {row.asked:>14}  {row.met}" for row in self.rows]
        lines += ["", self.near] if self.near else []
        weak = [skill for skill in self.skills if not skill.is_strong]
        lines += ["", "To practice:"] if weak else []
        lines += [f"  {skill.title}: {skill.band} ({skill.practice.title})" for skill in weak]
        lines += ["", self.untold] if self.untold else []
        lines += ["", *self.next, *(f"  {line}" for line in self.earlier)]
        return "\n".join(one_line(line) for line in lines)


def page(result: Result) -> str:
    """Return the page for the trainee."""
    return render("result.html.j2", result=result)


def result_of(
    outcome: Outcome,
    earlier: Sequence[Outcome],
    blueprint: BlueprintFile,
    may: MayRetake,
    decided: datetime,
    skills: tuple[SkillShare, ...] = (),
    book: str = "",
) -> Result:
    """Return what a trainee is told about a decision.

    Parameters
    ----------
    outcome
        Of the last form of this trainee.
    earlier
        Outcomes of the forms before it.
    may
        Whether there may be another one.
    decided
        When.
    skills
        What to practice; left out where nothing is decided.
    book
        Address of the published book.
    """
    final = outcome.outcome in (PASSED, FAILED)
    return Result(
        title=blueprint.title,
        name=outcome.name,
        trainee=outcome.trainee,
        passed=outcome.outcome == PASSED,
        waiting=outcome.outcome == WAITING,
        sitting=_sitting(outcome, blueprint),
        decided=_day(decided),
        sentence=_SENTENCES[outcome.outcome],
        reasons=tuple(_reasons(outcome, blueprint)),
        rows=tuple(_rows(outcome.criteria)) if final else (),
        near=_near(outcome) if final and outcome.near else "",
        skills=skills if final else (),
        untold=_UNTOLD if final and not skills else "",
        next=tuple(_next(outcome, blueprint, may)),
        earlier=tuple(_earlier(each) for each in earlier),
        book=book if not book or book.endswith("/") else f"{book}/",
    )


def _sitting(outcome: Outcome, blueprint: BlueprintFile) -> str:
    said = f"Form {outcome.form}, attempt {outcome.attempt}."
    if outcome.sat is not None:
        said += f" Handed in {outcome.sat:%-d %B %Y, %H:%M %Z}."
    if outcome.minutes is not None:
        said += f" It took {outcome.minutes:.0f} of {blueprint.time.minutes} minutes."
    return said


def _day(moment: datetime) -> str:
    return f"{moment:%-d %B %Y}"


def _reasons(outcome: Outcome, blueprint: BlueprintFile) -> Iterator[str]:
    if outcome.outcome == PASSED:
        yield "Your work met every part of the standard."
    elif outcome.outcome == FAILED:
        missed = [row.name for row in _rows(outcome.criteria) if row.met == "No"]
        yield f"Not met: {'; '.join(missed)}."
    elif outcome.outcome == WAITING and outcome.sat is None and not outcome.criteria:
        yield f"You can sit the exam until {blueprint.window.closes:%-d %B %Y, %H:%M %Z}."
    elif outcome.outcome == WAITING:
        yield "Your work is with your instructor, who has to look at it first."
    elif outcome.outcome == VOID:
        yield from outcome.reasons


def _rows(criteria: Sequence[Criterion]) -> Iterator[Row]:
    for each in criteria:
        if is_share(each):
            yield Row(
                CRITERIA[each.name],
                _reached(each),
                f"at least {percent(each.limit)}",
                _met(each.met),
                COUNTED[each.name],
            )
    by_key = [each for each in criteria if each.name in _BY_KEY]
    if by_key:
        yield _by_key(by_key)
    for each in criteria:
        if not is_share(each) and each.name not in _BY_KEY:
            yield Row(
                CRITERIA[each.name],
                _reached(each),
                f"at most {each.limit:.0f}",
                _met(each.met),
                COUNTED[each.name],
            )


def _by_key(criteria: Sequence[Criterion]) -> Row:
    """Take the fails together that only a key tells: which of them it was would say what the record of some case holds."""
    met = {each.met for each in criteria}
    number = sum(each.value for each in criteria)
    limits = {each.limit for each in criteria}
    asked = f"at most {limits.pop():.0f}" if len(limits) == 1 else "see your exam's rules"
    return Row(
        "Cases failed by a rule that decides a case",
        "not confirmed" if None in met and False not in met else f"{number:.0f}",
        f"{asked} of each" if number > 1 and asked.startswith("at most") else asked,
        _met(False if False in met else None if None in met else True),
        "A case fails, whatever its points, when an uncertain diagnosis is coded as certain, when a diagnosis is changed to"
        " obtain payment, or when a red flag is missed. The codes of such a case count as missed.",
    )


def _met(met: bool | None) -> str:
    return "Not decided" if met is None else "Yes" if met else "No"


def _reached(criterion: Criterion) -> str:
    if criterion.met is None:
        return "not confirmed"
    return whole_percent(criterion.value) if is_share(criterion) else f"{criterion.value:.0f}"


def _near(outcome: Outcome) -> str:
    codes = next(each for each in outcome.criteria if each.name == "codes")
    points = error_at(codes.limit, codes.of) * 100
    side = "above" if codes.value >= codes.limit else "below"
    short = f" {SHORT_FORM}" if is_short(outcome) else ""
    return (
        f"Your share of codes lies close to the pass mark, just {side} it. Every form is a sample of cases: somebody who stands at"
        f" the mark reaches about {points:.0f} percentage points more or less on another form, by luck alone. The mark is"
        " the same for everybody, and the decision stands. Your instructor is told that it was close." + short
    )


def _next(outcome: Outcome, blueprint: BlueprintFile, may: MayRetake) -> Iterator[str]:
    if outcome.outcome == PASSED:
        yield (
            f"Your instructor issues your certificate, {blueprint.award.name}."
            f" It is valid for {counted(blueprint.award.months, 'month')};"
            " then you renew it."
        )
    else:
        yield may.words
    if outcome.outcome != ABSENT and not (outcome.outcome == WAITING and outcome.sat is None):
        yield _REVIEW


def _earlier(outcome: Outcome) -> str:
    when = f" ({_day(outcome.sat)})" if outcome.sat is not None else ""
    return f"Attempt {outcome.attempt}{when}: {OUTCOMES[outcome.outcome].lower()}."
