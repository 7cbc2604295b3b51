"""The tables, charts and numbers of the lesson "A year of claims", each made from the claims."""

from __future__ import annotations

from collections.abc import Sequence

from grader.claims_year import charts, findings, story
from grader.claims_year.charts import Chart
from grader.claims_year.claim import Claim, row
from grader.claims_year.findings import Pair
from grader.claims_year.rates import Rate, at_mix, grouped, share
from grader.claims_year.tables import Html, counts, number, span, table

_SHOWN = {
    "date_of_service": "Visit",
    "payer": "Payer",
    "first_listed_code": "First code",
    "elements_in_note": "Points in note",
    "first_answer": "First answer",
    "reason": "Reason",
    "outcome": "In the end",
}


def log(claims: Sequence[Claim]) -> Html:
    """Show some lines of the log: the first of each way in which a claim can end."""
    firsts = {claim.outcome: claim for claim in reversed(claims)}
    lines = [
        row(claim) | {"date_of_service": f"{claim.day.day}\N{NO-BREAK SPACE}{claim.day:%b}"}
        for claim in sorted(firsts.values(), key=lambda claim: claim.id)
    ]
    cells = [[line[name] or "–" for name in _SHOWN] for line in lines]
    return table(list(_SHOWN.values()), cells, f"{len(cells)} of {len(claims):,} lines of the log")


def reasons(claims: Sequence[Claim]) -> Html:
    """Draw the reasons."""
    chart = Chart("reasons", "Why claims came back", "Each bar is one reason. Its number tells how many of 100 claims came back for it.")  # fmt: skip
    return charts.bars(chart, "Reason", findings.by_reason(claims))


def months(claims: Sequence[Claim]) -> Html:
    """Draw the two reasons that the change was meant for, and all others, over the months."""
    chart = Chart(
        "months",
        "Claims that came back, by month of the visit",
        "Circles: the two reasons that the office worked on. Squares: all the others. How many of 100 claims of each month.",
    )
    series = (
        ("information or old code", findings.by_month(claims, findings.aimed_at)),
        ("all other reasons", findings.by_month(claims, findings.other_reason)),
    )
    return charts.months(chart, series, (story.CHANGE.month, "the change"))


def payers(claims: Sequence[Claim]) -> Html:
    """Draw the payers."""
    chart = Chart("payers", "Claims that came back, by payer", "How many of 100 claims of each payer came back, for whatever reason.")  # fmt: skip
    return charts.bars(chart, "Payer", findings.by_payer(claims))


def change(claims: Sequence[Claim]) -> Html:
    """Draw each reason before and after."""
    chart = Chart(
        "change",
        "Reasons before and after the change",
        "The marks are the shares that were counted. The lines are their ranges: the longer the line, the less the counts can tell.",
    )
    return charts.pairs(chart, "Reason", findings.reasons_before_and_after(claims))


def missing_by_payer(claims: Sequence[Claim]) -> Html:
    """Draw "information missing" before and after for each payer."""
    chart = Chart("missing", "Information missing, by payer, before and after", "Only the denials for missing information, of 100 claims of each payer.")  # fmt: skip
    rows = findings.groups_before_and_after(claims, lambda claim: claim.payer, findings.missing)
    return charts.pairs(chart, "Payer", rows)


def unspecified(claims: Sequence[Claim]) -> Html:
    """Draw the share of M54.9 before and after for each clinician."""
    chart = Chart("unspecified", "M54.9 listed first, by clinician, before and after", "How many of 100 claims of each clinician have M54.9 as their first code.")  # fmt: skip
    rows = findings.groups_before_and_after(claims, lambda claim: claim.clinician, findings.unspecified)
    return charts.pairs(chart, "Clinician", rows)


def mix(claims: Sequence[Claim]) -> Html:
    """Show each payer's part of all claims, before and after."""
    parts = [grouped(side, lambda claim: claim.payer) for side in findings.before_and_after(claims)]
    whole = [sum(map(len, part.values())) for part in parts]
    cells = [
        [payer, *(number(100 * len(part[payer]) / all_) for part, all_ in zip(parts, whole, strict=True))]
        for payer in sorted(parts[0])
    ]
    return table(("Payer", "Before", "After"), cells, "Each payer's part of all claims, in percent")


def notes(claims: Sequence[Claim]) -> Html:
    """Show how often information was missing, by note and by code."""
    rates = findings.missing_by_note(claims)
    cells = [
        [
            name,
            *(
                f"{number(rates[complete, code].per_hundred)} ({counts(rates[complete, code])})"
                for code in (True, False)
            ),
        ]
        for complete, name in ((True, "Note complete"), (False, "Note not complete"))
    ]
    return table(("", "M54.9", "Any other code"), cells, "Information missing, of 100 claims")


def numbers(claims: Sequence[Claim]) -> dict[str, str]:
    """Return every number that the lesson's text names, written as the text shows it."""
    return _year(claims) | _change(claims) | _mix(claims) | _people(claims)


def _year(claims: Sequence[Claim]) -> dict[str, str]:
    reasons_, payers_ = findings.by_reason(claims), findings.by_payer(claims)
    aimed = [rate.per_hundred for rate in findings.by_month(claims, findings.aimed_at)]
    back = findings.by_month(claims, lambda claim: claim.came_back)
    came_back = [claim for claim in claims if claim.came_back]
    told = {
        "claims": f"{len(claims):,}",
        "came-back": f"{len(came_back)}",
        "came-back-rate": number(share(claims, lambda claim: claim.came_back).per_hundred),
        "paid-after-all": f"{sum(claim.paid_in_the_end for claim in came_back)}",
        "top-reason": reasons_[0][0],
        "top-reason-count": f"{reasons_[0][1].count}",
        "old-code-count": f"{dict(reasons_)[story.OLD_CODE.words].count}",
        "top-payer": payers_[0][0],
        "top-payer-rate": number(payers_[0][1].per_hundred),
        "low-payer": payers_[-1][0],
        "low-payer-rate": number(payers_[-1][1].per_hundred),
    }
    for name, month in (("july", 6), ("october", 9)):
        rate = back[month]
        told |= {
            f"{name}-back": f"{rate.count}",
            f"{name}-of": f"{rate.of}",
            f"{name}-rate": number(rate.per_hundred),
        }
    for name, extreme in (("high", max(aimed)), ("low", min(aimed))):
        told |= {f"{name}-month": findings.MONTHS[aimed.index(extreme)], f"{name}-rate": number(extreme)}
    return told


def _told(name: str, found: Pair) -> dict[str, str]:
    """Return the two sides of a pair under names that begin with ``name``."""
    sides = (("before", found.before), ("after", found.after))
    return {
        f"{name}-{side}{part}": text
        for side, rate in sides
        for part, text in (
            ("", number(rate.per_hundred)),
            ("-range", span(rate)),
            ("-count", f"{rate.count}"),
            ("-of", f"{rate.of:,}"),
        )
    }


def _change(claims: Sequence[Claim]) -> dict[str, str]:
    pairs = {each.name: each for each in findings.reasons_before_and_after(claims)}
    return (
        _told("missing", pairs[story.MISSING.words])
        | _told("old-code", pairs[story.OLD_CODE.words])
        | _told("coverage", pairs[story.NO_COVERAGE.words])
        | _told("need", pairs[story.NO_NEED.words])
    )


def _mix(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the fall as it looks, and as it would be had the parts of the payers stayed.

    What is worked out further is worked out from the shares as they are shown, so that a reader can follow.
    """
    rows = findings.groups_before_and_after(claims, lambda claim: claim.payer, findings.missing)
    then, now = ({each.name: side(each) for each in rows} for side in (_before, _after))
    raw = findings.pair("", claims, findings.missing)
    before, after = round(raw.before.per_hundred, 1), round(raw.after.per_hundred, 1)
    mixed = round(at_mix(now, then), 1)
    parts = [100 * rates[story.PLAN_B].of / sum(rate.of for rate in rates.values()) for rates in (then, now)]
    return {
        "plan-b-part-before": number(parts[0]),
        "plan-b-part-after": number(parts[1]),
        "missing-same-mix": number(mixed),
        "fall-as-it-looks": number(before - after),
        "fall-same-mix": number(before - mixed),
        "mix-part": f"{100 * (mixed - after) / (before - after):.0f}",
        "missing-fall-percent": f"{100 * (before - after) / before:.0f}",
        "plan-b-before": number(then[story.PLAN_B].per_hundred),
        "plan-b-after": number(now[story.PLAN_B].per_hundred),
    }


def _before(found: Pair) -> Rate:
    return found.before


def _after(found: Pair) -> Rate:
    return found.after


def _people(claims: Sequence[Claim]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, theirs in grouped(claims, lambda claim: claim.clinician).items():
        key = name.replace(" ", "-").lower()
        told |= _told(key, findings.pair(name, theirs, findings.unspecified))
        told |= _told(f"{key}-complete", findings.pair(name, theirs, lambda claim: claim.complete))
    rates = findings.missing_by_note(claims)
    return told | {
        "m549-back": number(share(filter(findings.unspecified, claims), findings.missing).per_hundred),
        "other-back": number(
            share([each for each in claims if not findings.unspecified(each)], findings.missing).per_hundred
        ),
        "m549-complete-back": number(rates[True, True].per_hundred),
        "other-complete-back": number(rates[True, False].per_hundred),
    }
