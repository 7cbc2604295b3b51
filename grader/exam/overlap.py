"""What the forms of an exam have in common: how much one trainee could learn from another who sat before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.errors import CourseError
from grader.exam.form import Form
from grader.exam.likeness import Answer, Chart, answer_of, chart_of, twins


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares of points, from 0 to 1, that two forms have in common.

    Parameters
    ----------
    most
        Of the pair that has most in common.
    mean
        Over all pairs.
    worst
        The ids of that pair; empty where there are not two forms.
    pairs
        How many were compared.
    """

    most: float
    mean: float
    worst: tuple[str, ...]
    pairs: int


def overlap(forms: Sequence[Form]) -> Overlap:
    """Compare every two forms: encounters are common when they are the same, or draws with one answer and nearly one chart."""
    same = _alike(forms)
    points = {
        same.get(case.id, case.id): sum(item.points for item in case.items)
        for form in forms
        for case in form.cases
    }
    marked = [(form, frozenset(same.get(case.id, case.id) for case in form.cases)) for form in forms]
    most, total, pairs = 0.0, 0.0, 0
    worst: tuple[str, ...] = ()
    for (one, its), (other, others) in combinations(marked, 2):
        share = sum(points[name] for name in its & others) / min(one.points, other.points)
        total, pairs = total + share, pairs + 1
        if share > most or not worst:
            most, worst = share, (one.id, other.id)
    return Overlap(most, total / pairs if pairs else 0.0, worst, pairs)


def _alike(forms: Iterable[Form]) -> Mapping[str, str]:
    """Return for each draw that is like an earlier one the id of that.

    Only draws with the same answer are compared: with many trainees there are millions of pairs, and few of these.
    """
    buckets: dict[Answer, dict[str, Chart]] = defaultdict(dict)
    for form in forms:
        for case in form.cases:
            if case.id.startswith(_DRAWN):
                buckets[answer_of(form.keys[case.id])][case.id] = chart_of(case)
    return {name: other for bucket in buckets.values() for name, other in twins(bucket).items()}


_DRAWN = "var-"


def check_overlap(found: Overlap, bound: float, names: Mapping[str, str]) -> None:
    """Make sure that no two forms have more in common than the blueprint allows.

    Parameters
    ----------
    found
        As `overlap` returns it.
    bound
        The largest share of points.
    names
        Who has which form, for the message.

    Raises
    ------
    CourseError
        Says which two, and what to do.
    """
    if found.most <= bound:
        return
    one, other = (f"{names[form]} ({form})" for form in found.worst)
    raise CourseError(
        f"The forms of {one} and {other} have {found.most:.0%} of their points in common, and the blueprint allows"
        f" {bound:.0%}. Nothing was written. Take fewer encounters from the library and more from families, or raise"
        " content.overlap; with another seed the forms are others, and the worst two may have less in common."
    )
