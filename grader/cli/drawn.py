"""What was drawn for an exam, in words for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.visible import short

if TYPE_CHECKING:
    from grader.exam.blueprint import BlueprintFile
    from grader.exam.drawing import Summary


def told(summary: Summary, blueprint: BlueprintFile) -> str:
    """Return what was drawn, when it can be sat, and what forms have in common."""
    from grader.exam.times import times_of

    rows = [
        f"{'Trainee':<20} {'Attempt':>7}  {'Form':<32} {'Minutes':>7} {'Points':>6} {'Encounters':>10}",
        *(
            f"{each.trainee:<20} {each.attempt:>7}  {each.form:<32} {times_of(blueprint, each).minutes:>7}"
            f" {each.points:>6g} {len(each.cases):>10}"
            for each in summary.new
        ),
    ]
    if not summary.new:
        rows = ["Everybody named has a form already; nothing was drawn."]
    if summary.corrected:
        rows += ["", "Corrected by the roster, in forms.json and opening-codes.csv:"]
        rows += [f"    {each}" for each in summary.corrected]
        rows.append("What was decided or certified before says it as it was: decide again.")
    forms = len(summary.new) + len(summary.before)
    rows += [
        "",
        f"{len(summary.new)} new, {forms} in all, in {summary.folder.root}, which nobody but you can open.",
    ]
    if worst := summary.overlap.worst:
        rows.append(
            f"Any two forms have {summary.overlap.mean:.0%} of their points in common; {worst[0]} and {worst[1]} have"
            f" {summary.overlap.most:.0%}, and at most {summary.bound:.0%} is allowed."
        )
    if summary.new:
        rows += [
            *_windows(summary, blueprint),
            f"What each trainee opens the form with: {summary.folder.opening_codes}. Hand out the codes when the exam begins.",
            f"Next: python -m grader exam release {blueprint.id}",
        ]
    return "\n".join(rows)


def _windows(summary: Summary, blueprint: BlueprintFile) -> Iterator[str]:
    """Yield when the new forms open and close; where extra minutes move the end of some, for whom."""
    from grader.exam.times import in_words, times_of

    found: dict[str, list[str]] = {}
    for each in summary.new:
        own = times_of(blueprint, each)
        said = f"opens on {in_words(own.opens)}, and closes on {in_words(own.closes)}"
        found.setdefault(said, []).append(each.trainee)
    first, *others = sorted(found.items(), key=lambda pair: -len(pair[1]))
    longer = ", and longer for who has extra minutes" if any(each.extra for each in summary.new) else ""
    yield f"The exam {first[0]}; it lasts {blueprint.time.minutes} minutes from the start{longer}."
    for said, names in others:
        yield f"For {', '.join(map(short, names))} it {said}."


def forms_in_words(count: int) -> str:
    """Return how many forms."""
    return "1 form" if count == 1 else f"{count:,} forms"
