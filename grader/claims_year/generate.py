"""Make the year: draw each claim by the chances of `story`, and let the payers answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from grader import codeset
from grader.claims_year import story
from grader.claims_year.claim import AFTER_APPEAL, AFTER_CORRECTION, ELEMENTS, PAID, Claim
from grader.claims_year.story import Clinician, Payer, Reason
from grader.codeset import CodeSet
from grader.codeset.validity import validity

_T = TypeVar("_T")
_SATURDAY, _SUNDAY = 5, 6


def generate(seed: int, codes: CodeSet | None = None) -> list[Claim]:
    """Return the claims of a year in the order of the visits.

    Parameters
    ----------
    seed
        The same seed makes the same year, on every machine.
    codes
        The code set; each code is drawn from what is valid on the day.
    """
    draw = Random(seed)
    valid = _Valid(codes or codeset.load())
    days = sorted(day for month in range(1, 13) for day in _days(draw, month))
    return [_claim(draw, valid, f"C{number:04}", day) for number, day in enumerate(days, start=1)]


def _days(draw: Random, month: int) -> Iterator[date]:
    """Yield a day for each claim of a month; Saturdays are short."""
    first = date(story.YEAR, month, 1)
    after = date(story.YEAR + month // 12, month % 12 + 1, 1)
    month_days = [first + timedelta(number) for number in range((after - first).days)]
    days = [day for day in month_days if day.weekday() != _SUNDAY and day not in story.CLOSED]
    weights = [0.35 if day.weekday() == _SATURDAY else 1.0 for day in days]
    count = story.VOLUME[month - 1] + draw.randrange(-6, 7)
    yield from draw.choices(days, weights, k=count)


class _Valid:
    """Which codes a claim may carry on a day, looked up once a day."""

    def __init__(self, codes: CodeSet) -> None:
        self._codes = codes
        self._known: dict[tuple[str, date], bool] = {}

    def __call__(self, code: str, on: date) -> bool:
        if (code, on) not in self._known:
            self._known[code, on] = validity(self._codes, code, on).billable
        return self._known[code, on]


def _claim(draw: Random, valid: _Valid, name: str, day: date) -> Claim:
    clinician = _clinician(draw, day)
    changed = day >= story.CHANGE
    payer = _weighted(draw, {each: each.after if changed else each.before for each in story.PAYERS})
    service = "office visit" if clinician.walk_in else _weighted(draw, story.SERVICES)
    elements = sum(draw.random() < _habit(clinician, day) for _ in range(ELEMENTS))
    code = _code(draw, valid, day, clinician, service, elements == ELEMENTS)
    if not valid(code, day):
        reason: Reason | None = story.OLD_CODE
    else:
        reason = _reason(draw, payer, service, ELEMENTS - elements)
    outcome = _outcome(draw, reason)
    return Claim(
        id=name,
        day=day,
        payer=payer.name,
        clinician=clinician.name,
        service=service,
        code=code,
        charge=draw.choice(story.CHARGES[service]),
        elements=elements,
        first_answer=reason.answer if reason else PAID,
        outcome=outcome,
        reason=reason.words if reason else "",
        carc=reason.carc if reason else "",
        days_to_payment=_days_to_payment(draw, payer, outcome),
    )


def _weighted(draw: Random, weights: Mapping[_T, float]) -> _T:
    return draw.choices(list(weights), list(weights.values()))[0]


def _clinician(draw: Random, day: date) -> Clinician:
    """Draw who saw the patient; the Saturday clinician works on Saturdays alone."""
    if day.weekday() == _SATURDAY:
        return next(each for each in story.CLINICIANS if each.walk_in)
    return _weighted(draw, {each: each.part for each in story.CLINICIANS if not each.walk_in})


def _habit(clinician: Clinician, day: date) -> float:
    """Return the chance that a point stands in the note: half-way while the template is new."""
    if day < story.CHANGE:
        return clinician.before
    if day < story.SETTLED:
        return (clinician.before + clinician.after) / 2
    return clinician.after


def _code(draw: Random, valid: _Valid, day: date, clinician: Clinician, service: str, complete: bool) -> str:
    unspecified = clinician.unspecified if complete else clinician.unspecified_thin
    if service == "injection":
        return _from(draw, valid, day, story.INJECTED)
    if draw.random() < unspecified:
        return story.UNSPECIFIED
    return _from(draw, valid, day, tuple(story.CODES))


def _from(draw: Random, valid: _Valid, day: date, pool: Sequence[str]) -> str:
    """Draw a code that is valid on the day, or now and then an old favorite that is not."""
    code = _weighted(draw, {code: story.CODES[code] for code in pool if valid(code, day)})
    old = story.OLD_FAVORITES.get(code)
    chance = story.OLD_CODE_AFTER if day >= story.CHANGE else story.OLD_CODE_BEFORE
    return old if draw.random() < chance and old and not valid(old, day) else code


def _reason(draw: Random, payer: Payer, service: str, left_out: int) -> Reason | None:
    """Let the payer look for one thing after the other; None when it pays."""
    looks = (
        (story.NO_MATCH, story.MISMATCH),
        (story.NO_COVERAGE, payer.coverage),
        (story.TOO_LATE, payer.late),
        (story.NO_APPROVAL, payer.approval if service in story.NEEDS_APPROVAL else 0.0),
        (story.MISSING, payer.own_form + payer.missing * left_out),
        (story.NO_NEED, story.NOT_NEEDED),
    )
    found = [reason for reason, chance in looks if draw.random() < chance]
    return found[0] if found else None


def _outcome(draw: Random, reason: Reason | None) -> str:
    lot = draw.random()
    if reason is None:
        return PAID
    if lot < reason.corrected:
        return AFTER_CORRECTION
    return AFTER_APPEAL if lot < reason.corrected + reason.appealed else reason.answer


def _days_to_payment(draw: Random, payer: Payer, outcome: str) -> int | None:
    """Return the days from visit to payment; Medicare pays no claim before the fourteenth day after it came in."""
    first = (
        15 + draw.randrange(9) if payer.name == "Medicare" else 13 + draw.randrange(12) + draw.randrange(12)
    )
    later = {PAID: 0, AFTER_CORRECTION: 22 + draw.randrange(40), AFTER_APPEAL: 60 + draw.randrange(70)}
    return first + later[outcome] if outcome in later else None
