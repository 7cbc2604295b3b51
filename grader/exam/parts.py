"""What each part of a form can take from the pool."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grader.errors import BlueprintFileError
from grader.exam.assembly import Stratum
from grader.exam.blueprint import BlueprintFile
from grader.exam.content import Bounds, Content, Part
from grader.exam.pool import Candidate, Pool, from_family, from_library
from grader.family.source import Family


@dataclass(frozen=True, slots=True)
class Offer:
    """What one part can take: what it takes in any case, and what it takes the rest from."""

    part: Part
    sure: tuple[Candidate, ...]
    others: tuple[Candidate, ...]

    @property
    def everything(self) -> tuple[Candidate, ...]:
        """Return all that it can take."""
        return (*self.sure, *self.others)

    def strata(self) -> Iterator[Stratum]:
        """Yield what is chosen from."""
        if self.sure:
            yield Stratum(len(self.sure), self.sure)
        if rest := self.part.count - len(self.sure):
            yield Stratum(rest, self.others)


def offers(blueprint: BlueprintFile, content: Content, pool: Pool) -> tuple[Offer, ...]:
    """Return what each part can take; an encounter or a family that fits several parts belongs to the first.

    Raises
    ------
    BlueprintFileError
        When a part asks for more than there is, or for a family that does not exist.
    """
    taken: set[str] = set()
    made = []
    for place, part in enumerate(content.parts):
        field = f"content.parts.{place}"
        if unknown := sorted(set(part.families) - set(pool.families)):
            there = ", ".join(sorted(pool.families)) or "none"
            raise refused(
                blueprint, f"{field}.families", f"there is no family {unknown[0]}", f"There are: {there}"
            )
        offer = _offer(part, pool, taken)
        _check(blueprint, field, offer, bool(place))
        taken.update(each.family or each.name for each in offer.everything)
        made.append(offer)
    return tuple(made)


def _check(blueprint: BlueprintFile, field: str, offer: Offer, later: bool) -> None:
    part = offer.part
    if len(offer.everything) < part.count:
        has = f"{len(offer.everything)} of that sort" + (" that no part before it takes" if later else "")
        problem = f"{part.name} asks for {part.count} encounters, and the pool has {has}"
        raise refused(blueprint, f"{field}.count", problem, "Ask for fewer, or let the part take more sorts")
    if len(offer.sure) > part.count:
        problem = f"{part.name} has {part.count} encounters, and its families must give {len(offer.sure)}"
        raise refused(blueprint, f"{field}.each", problem, "Lower min, or raise the count of the part")


def _offer(part: Part, pool: Pool, taken: Collection[str]) -> Offer:
    if part.source == "library":
        library = (from_library(case) for name, case in sorted(pool.cases.items()) if name not in taken)
        return Offer(part, (), tuple(each for each in library if _fits(part, each)))
    families = [
        family
        for name, family in sorted(pool.families.items())
        if name not in taken
        and (not part.families or name in part.families)
        and _fits(part, from_family(family, 1))
    ]
    each = _each(part, families)
    most = part.count if each.max is None else each.max
    return Offer(part, _draws(families, 1, each.min), _draws(families, each.min + 1, most))


def _each(part: Part, families: Sequence[Family]) -> Bounds:
    """Return how many draws come from one family: as even as can be where the blueprint does not say."""
    if part.each is not None or not families:
        return part.each or Bounds()
    return Bounds(min=part.count // len(families), max=-(-part.count // len(families)))


def _draws(families: Sequence[Family], first: int, last: int) -> tuple[Candidate, ...]:
    return tuple(from_family(family, number) for family in families for number in range(first, last + 1))


def _fits(part: Part, each: Candidate) -> bool:
    return (
        (not part.kinds or each.kind in part.kinds)
        and (not part.asks or not set(part.asks).isdisjoint(each.kinds))
        and (not part.difficulty or each.difficulty in part.difficulty)
        and (not part.skills or not set(part.skills).isdisjoint(each.skills))
    )


def refused(blueprint: BlueprintFile, field: str, problem: str, remedy: str) -> BlueprintFileError:
    """Return what is wrong with a blueprint that was read."""
    return BlueprintFileError(f"{blueprint.id}/blueprint.yml", field, problem, remedy)
