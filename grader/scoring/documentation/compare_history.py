"""The record against what a note says of the pain itself: site, kind, severity, time, modifiers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from grader.scoring.documentation.evidence import Hit
from grader.scoring.documentation.facts import Record, close, drugs, lengths, stems
from grader.scoring.documentation.rules import compile_parts
from grader.scoring.documentation.sentences import Clause

Comparison = Callable[[list[Hit], list[Clause], Record], list[Hit]]
"""What turns the hits of an element into those that stand beside the record."""

_LATER = compile_parts(
    r"follow\w*|f/u|fu|rtc|return\w*|recheck|review\w*|reassess\w*|re-?eval\w*|goal\w*|will|plan\w*|refer\w*|in \d+ (?:days|weeks)"
)

_WORST = compile_parts(
    r"worst|best|peak\w*|down to|goal\w*|after|brings?|brought|relief|target|or less|reduce\w*|to (?:a )?\d+|from|low\w*|highest|up to|reach\w*|at (?:its|rest)|with"
)

INTENT = compile_parts(r"goal\w*|plan\w*|will|educat\w*|hopes? to|wants? to|target|aim\w*")


def _location(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    spread = record.says(
        "location",
        r"whole|entire|both sides|diffuse|all over|across|upper{gap}lower|single|one spot|everywhere",
    )
    if spread:
        return hits
    kept = [hit for hit in hits if hit.state != "contradicted"]
    for clause in heard:
        if (
            clause.section in ("", "history", "assessment")
            and not clause.others
            and not INTENT.search(clause.norm)
        ):
            for region in _REGIONS:
                match = region.search(clause.norm)
                if match and region.search(record.facts["location"]) and not clause.is_negated(match.start()):
                    kept.append(Hit("present", clause))
    return kept


_REGIONS = tuple(
    compile_parts(pattern)
    for pattern in (
        r"thoracic|mid-? ?back|upper back|inter-?scapular|between (?:the |her |his )?shoulder ?blades|dorsal (?:spine|pain)",
        r"low(?:er)? back|lumbar|lbp|belt ?-?line|lumbago",
        r"neck|cervical|nuchal|cervicalgia",
        r"sacrum|sacral|sacroiliac|si joints?|tail ?-?bone|coccyx",
        r"buttocks?",
    )
)


def _quality(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("quality", "")
    own = [hit for hit in hits if hit.part != "alien" or (hit.value and hit.value[:4] in fact)]
    alien = [hit for hit in hits if hit.part == "alien" and hit.value[:4] not in fact]
    if alien and not own and fact:
        return [replace(alien[0], state="contradicted")]
    return [replace(hit, part="") for hit in own]


def _severity(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    numbers = [hit for hit in hits if hit.part == "number"]
    values = {float(hit.value) for hit in numbers if hit.value.replace(".", "", 1).isdigit()}
    stated = [hit for hit in numbers if not INTENT.search(hit.clause.norm)]
    if not stated:
        return [hit for hit in hits if hit.part != "number"]
    everything = {
        float(m[1])
        for hit in stated
        for m in re.finditer(r"(?<![\d.])(\d{1,2}(?:\.\d)?)(?![\d.])", hit.clause.norm)
    }
    if record.scores and not record.scores & (values | everything):
        low, high = min(values, default=0.0), max(values, default=0.0)
        bracketed = any(low <= score <= high for score in record.scores)
        if not bracketed and not all(_WORST.search(hit.clause.norm) for hit in stated):
            return [replace(stated[0], state="contradicted", part="")]
    return [replace(stated[0], part="")]


def _timing(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    kept = list(hits)
    for clause in heard:
        if (
            (
                clause.section != "plan"
                and not _LATER.search(clause.norm)
                and not drugs(clause.norm)
                and not clause.others
            )
            and lengths(clause.norm) & record.durations
            and re.search(
                r"pain|ache|back|hurt|sore|\bit\b|symptom|\bsx\b|\bx ?\d|onset|started|bother|since|duration|present",
                clause.norm,
            )
            and not re.search(r"\d+ \w+ (?:after|before) (?:his|her|a|the) (?:flu|shot|surgery)", clause.norm)
        ):
            kept.append(Hit("present", clause, "duration"))
    said = [hit for hit in kept if hit.part == "duration"]
    days = {length for hit in said for length in lengths(hit.clause.norm)}
    if days and record.durations and not any(close(length, record.durations) for length in days):
        wrong = [
            hit
            for hit in said
            if lengths(hit.value)
            and re.search(r"pain|ache|lbp|symptoms|began|started|onset|c/o|duration", hit.clause.norm)
        ]
        if wrong:
            return [replace(wrong[0], state="contradicted")]
    if record.says(
        "timing",
        r"comes and goes|on and off|intermittent\w*|times a|pain-free|out of|clear\w*|waves|episod\w*",
    ) and not record.says("timing", "constant"):
        for hit in kept:
            if (
                hit.part == "frequency"
                and re.search(
                    r"\b(?:constant(?:ly)?|all the time|nonstop|unremitting|continuous)\b", hit.value
                )
                and not hit.clause.is_negated(hit.clause.norm.find(hit.value))
            ) and not any(h.part == "frequency" and h.value != hit.value for h in kept):
                return [replace(hit, state="contradicted")]
    return kept


def _modifiers(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    kept = list(hits)
    only_worse, only_better = record.worse - record.better, record.better - record.worse
    worse_said = {hit.clause for hit in hits if hit.part == "aggravating"}
    better_said = {hit.clause for hit in hits if hit.part == "relieving"}
    for clause in worse_said - better_said:
        said = stems(clause.norm)
        if len(said & only_better) >= 1 and not said & only_worse and len(clause.norm) < 90:
            return [Hit("contradicted", clause)]
    for clause in worse_said & better_said:
        first, second = _halves(clause.norm)
        if stems(first) & only_better and stems(second) & only_worse and not stems(first) & only_worse:
            return [Hit("contradicted", clause)]
    for clause in heard:
        if clause.section in ("plan", "exam") or INTENT.search(clause.norm) or clause.others:
            continue
        said = stems(clause.norm)
        if len(said & only_worse) >= 2:
            kept.append(Hit("present", clause, "aggravating"))
        if len(said & only_better) >= 2:
            kept.append(Hit("present", clause, "relieving"))
    return kept


_EASING = re.compile(r"\b(?:better|reliev|eas(?:e|ed|es)|allev|improv)")


def _halves(norm: str) -> tuple[str, str]:
    """Cut a clause where the talk turns from what aggravates to what relieves."""
    turn = _EASING.search(norm)
    return (norm[: turn.start()], norm[turn.start() :]) if turn else (norm, "")


COMPARISONS: dict[str, Comparison] = {
    "location": _location,
    "quality": _quality,
    "severity": _severity,
    "timing": _timing,
    "modifiers": _modifiers,
}
