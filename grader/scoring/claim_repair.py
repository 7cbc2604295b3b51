"""Scoring a repaired claim: what was wrong is put right, and nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.answers import FieldsAnswer
from grader.library.encounter import ClaimField, Item
from grader.library.item_keys import FAILS, Repair, RepairKey, WrongRepair
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.share import share


def score_repair(answer: FieldsAnswer, key: RepairKey, item: Item) -> Score | Unscorable:
    """Score a claim: repaired fields ÷ (all fields to repair + other fields changed), weighted by points."""
    fields = {field.id: field for field in item.fields}
    if not set(answer.fields) <= set(fields):
        return Unscorable("A field is none of those on the claim.", item.points, blank=False)
    changed = {name: value for name, value in answer.fields.items() if not _same(value, fields[name].value)}
    if not changed:
        return Unscorable("Nothing was changed on the claim.", item.points, blank=True)
    repairs = {repair.field: repair for repair in key.repairs}
    findings, failed = [], []
    for name, field in fields.items():
        harm = _harm(key, name, changed[name]) if name in changed else None
        if name in repairs:
            findings.append(_on_repair(field, repairs[name], changed.get(name), harm))
        elif name in changed:
            findings.append(_on_other(field, harm))
        if harm and harm.error in FAILS and not (name in repairs and _right(repairs[name], changed[name])):
            failed.append(FAILS[harm.error])
    fixed = sum(r.points for r in key.repairs if r.field in changed and _right(r, changed[r.field]))
    whole = sum(repair.points for repair in key.repairs)
    earned = share(fixed, whole, len(repairs), len(set(changed) - set(repairs)))
    return Score(item.points * earned, item.points, tuple(findings), tuple(dict.fromkeys(failed)))


def _on_repair(field: ClaimField, repair: Repair, value: str | None, harm: WrongRepair | None) -> Finding:
    if value is None:
        state = f"still says “{field.value}”" if field.value else "is still empty"
        said = f"{field.label} {state}: {repair.why}"
        return Finding("missed", "warning", (), said, repair.cite, from_key=True)
    if _right(repair, value):
        return Finding("correct", "ok", (), f"{field.label}: {repair.why}", repair.cite, from_key=True)
    why, cite = (
        (harm.why, harm.cite) if harm else (f"This is not what belongs there. {repair.why}", repair.cite)
    )
    return Finding("wrong_change", "error", (), f"{field.label}: {why}", cite, from_key=True)


def _on_other(field: ClaimField, harm: WrongRepair | None) -> Finding:
    why = (
        harm.why
        if harm
        else f"It was right as sent (“{field.value or 'empty'}”). A correction changes what is wrong only."
    )
    return Finding(
        "wrong_change", "error", (), f"{field.label}: {why}", harm.cite if harm else "", from_key=True
    )


def _harm(key: RepairKey, name: str, value: str) -> WrongRepair | None:
    """Return the foreseen mistake that a change is: one with this very value before one with any."""
    foreseen: Iterator[WrongRepair] = (wrong for wrong in key.wrong if wrong.field == name)
    fitting = [w for w in foreseen if w.value is None or _same(w.value, value)]
    return min(fitting, key=lambda wrong: wrong.value is None, default=None)


def _right(repair: Repair, value: str) -> bool:
    return any(_same(value, accepted) for accepted in repair.accept)


_CODE = re.compile(r"([a-z]\d[0-9a-z])\.?([0-9a-z]{0,4})")
_AMOUNT = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_DAY_LAST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/ .](\d{1,2})[-/ .](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})")


def _same(one: str, other: str) -> bool:
    """Compare values as a claim means them: the same code, amount, date or words, however they are written."""
    return not _forms(one).isdisjoint(_forms(other))


def _forms(value: str) -> set[str]:
    text = " ".join(value.split()).casefold()
    forms = {text}
    if code := _CODE.fullmatch(text):
        forms.add(f"code {code[1]}{code[2]}")  # M54.50 is M5450 on an electronic claim
    if amount := _AMOUNT.fullmatch(text):
        forms.add(f"amount {int(amount[1].replace(',', ''))}.{(amount[2] or '').ljust(2, '0')}")
    if date := _DAY_LAST.fullmatch(text):
        forms.add(f"date {int(date[1])}-{int(date[2])}-{int(date[3])}")
    elif date := _YEAR_LAST.fullmatch(text):
        month, day, year = (int(part) for part in date.groups() if part is not None)
        forms.add(f"date {year + 2000 if year < 100 else year}-{month}-{day}")
    return forms
