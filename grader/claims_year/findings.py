"""What the practice counts: by reason, by month, by payer, before and after July, and who writes M54.9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.claims_year import story
from grader.claims_year.claim import Claim
from grader.claims_year.rates import Rate, grouped, share

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A share before the change of July, and after it."""

    name: str
    before: Rate
    after: Rate

    @property
    def fell(self) -> bool:
        """Whether it fell by more than chance explains easily: the two ranges do not overlap."""
        return self.after.per_hundred < self.before.per_hundred and not self.before.overlaps(self.after)

    @property
    def rose(self) -> bool:
        """Whether it rose by as much."""
        return self.after.per_hundred > self.before.per_hundred and not self.before.overlaps(self.after)


def by_reason(claims: Sequence[Claim]) -> list[tuple[str, Rate]]:
    """Return each reason with its share of all claims, the most frequent first."""
    counts = Counter(claim.reason for claim in claims if claim.came_back)
    return [(reason, Rate(count, len(claims))) for reason, count in counts.most_common()]


def by_payer(claims: Sequence[Claim]) -> list[tuple[str, Rate]]:
    """Return each payer with the share of its claims that came back, the highest first."""
    groups = grouped(claims, lambda claim: claim.payer)
    rates = [(payer, share(theirs, lambda claim: claim.came_back)) for payer, theirs in groups.items()]
    return sorted(rates, key=lambda each: -each[1].per_hundred)


def by_month(claims: Sequence[Claim], counted: Callable[[Claim], bool]) -> list[Rate]:
    """Return the share of the claims of each month that is counted, January first."""
    groups = grouped(claims, lambda claim: claim.day.month)
    return [share(groups.get(month, []), counted) for month in range(1, 13)]


def aimed_at(claim: Claim) -> bool:
    """Tell whether a claim came back for one of the two reasons that the change was meant for."""
    return claim.reason in story.AIMED_AT


def other_reason(claim: Claim) -> bool:
    """Tell whether a claim came back for any other reason."""
    return claim.came_back and not aimed_at(claim)


def missing(claim: Claim) -> bool:
    """Tell whether a claim came back because the payer missed information."""
    return claim.reason == story.MISSING.words


def unspecified(claim: Claim) -> bool:
    """Tell whether M54.9 is listed first."""
    return claim.code == story.UNSPECIFIED


def before_and_after(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Return the claims before the change, and those since it has settled; the month between is left out."""
    return (
        [claim for claim in claims if claim.day < story.CHANGE],
        [claim for claim in claims if claim.day >= story.SETTLED],
    )


def pair(name: str, claims: Sequence[Claim], counted: Callable[[Claim], bool]) -> Pair:
    """Return one share before and after."""
    before, after = before_and_after(claims)
    return Pair(name, share(before, counted), share(after, counted))


def reasons_before_and_after(claims: Sequence[Claim]) -> list[Pair]:
    """Return each reason's share before and after, in the order of `by_reason`."""
    return [
        pair(reason, claims, lambda claim, reason=reason: claim.reason == reason)  # type: ignore[misc]  # a default binds the loop's reason
        for reason, _ in by_reason(claims)
    ]


def groups_before_and_after(
    claims: Sequence[Claim], group: Callable[[Claim], str], counted: Callable[[Claim], bool]
) -> list[Pair]:
    """Return a share before and after for each group, by the group's name."""
    return [pair(name, theirs, counted) for name, theirs in sorted(grouped(claims, group).items())]


def missing_by_note(claims: Sequence[Claim]) -> dict[tuple[bool, bool], Rate]:
    """Return how often information was missing, by whether the note is complete and whether the code is M54.9."""
    groups = grouped(claims, lambda claim: (claim.complete, unspecified(claim)))
    return {key: share(theirs, missing) for key, theirs in groups.items()}
