"""Whether a code may be reported for an encounter on a given date, and if not, why and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from grader.codeset.changes import Change, in_words
from grader.codeset.entry import with_seventh
from grader.codeset.tabular import CodeSet


@dataclass(frozen=True, slots=True)
class Validity:
    """The verdict on one code.

    Parameters
    ----------
    kind
        ``billable``, ``not_billable``, ``retired``, ``not_yet_valid``, ``missing_7th``, ``wrong_7th`` or
        ``unknown_code``.
    reason
        One plain sentence; empty for a billable code.
    instead
        Codes to look at instead, possibly none.
    cite
        The note or file that says so.
    """

    kind: str
    reason: str
    instead: tuple[str, ...]
    cite: str

    @property
    def billable(self) -> bool:
        """Whether the code may be reported on that date."""
        return self.kind == "billable"


def validity(codes: CodeSet, code: str, on: date) -> Validity:
    """Judge a dotted code on the date of the encounter.

    Parameters
    ----------
    codes
        The code set.
    code
        As `normalize` returns it.
    on
        Date of the encounter (discharge, for an inpatient stay).
    """
    by_change = _dated(codes, code, on)
    if by_change is not None:
        return by_change
    base, seventh = codes.split(code)
    entry = codes.get(base)
    allowed = codes.seventh_characters(base) if entry else {}
    if entry is None:
        return _unknown(codes, code, on)
    if entry.children:
        return _header(codes, code, base, on)
    if allowed and not seventh:
        return _needs_seventh(codes, code, on)
    if seventh and seventh not in allowed:
        return _wrong_seventh(codes, code, base, on)
    return Validity("billable", "", (), f"ICD-10-CM Tabular List, {base}")


def _needs_seventh(codes: CodeSet, code: str, on: date, typed: str = "") -> Validity:
    allowed = codes.seventh_characters(code)
    variants = [with_seventh(code, char) for char in allowed]
    instead = tuple(variant for variant in variants if not is_over(codes, variant, on))
    if not instead:
        return validity(codes, variants[0], on)
    meanings = ", ".join(f"{char} {meaning}" for char, meaning in allowed.items())
    reason = f"{typed or code} is not complete: it needs a 7th character ({meanings})."
    return Validity("missing_7th", reason, instead, f"ICD-10-CM Tabular List, {_seventh_at(codes, code)}")


def _dated(codes: CodeSet, code: str, on: date) -> Validity | None:
    history = codes.histories.get(code)
    if not history:
        return None
    past = [change for change in history if change.on <= on]
    latest: Change = past[-1] if past else history[0]
    if past and not latest.added:
        successors = f" Since then: {', '.join(latest.replaced_by)}." if latest.replaced_by else ""
        reason = f"{code} ({latest.title}) has not been valid since {in_words(latest.on)}.{successors}"
        return Validity("retired", reason, latest.replaced_by, latest.source)
    if not past and latest.added:
        above = _dated(codes, latest.parent, on)
        older = (latest.parent,) if above is not None and above.billable else ()
        reason = f"{code} ({latest.title}) is valid only from {in_words(latest.on)}; the encounter is of {in_words(on)}."
        return Validity("not_yet_valid", reason, older, latest.source)
    return Validity("billable", "", (), latest.source)


def _header(codes: CodeSet, code: str, base: str, on: date) -> Validity:
    entry = codes.get(base)
    below = entry.children if entry else ()
    children = tuple(child for child in below if not is_over(codes, child, on))
    if not children:
        return _header_of_another_time(codes, base, on)
    shown = ", ".join(children[:8]) + (" …" if len(children) > 8 else "")
    told = (
        f"{code} is a heading, not a complete code"
        if code == base
        else f"{code} does not exist: {base} is a heading"
    )
    reason = f"{told}; choose one of the codes below it ({shown}).{_older(codes, on)}"
    return Validity(
        "not_billable",
        reason,
        children,
        f"ICD-10-CM Tabular List, {base}; ICD-10-CM Official Guidelines, Section I.B.2",
    )


def _header_of_another_time(codes: CodeSet, base: str, on: date) -> Validity:
    """Judge a heading below which nothing is valid on that day: it is gone, not yet there, or was a code itself."""
    variants = [with_seventh(base, char) for char in codes.seventh_characters(base)]
    if any((verdict := _dated(codes, variant, on)) and verdict.billable for variant in variants):
        return _needs_seventh(codes, base, on)
    entry = codes.get(base)
    return validity(codes, entry.children[0] if entry else base, on)


def is_over(codes: CodeSet, code: str, on: date) -> bool:
    """Tell whether neither ``code`` nor anything below it may be reported on that day."""
    verdict = _dated(codes, code, on)
    if verdict is not None and verdict.billable:
        return False
    entry = codes.get(code)
    if entry is None:
        return verdict is not None
    if entry.children:
        return all(is_over(codes, child, on) for child in entry.children)
    variants = [_dated(codes, with_seventh(code, char), on) for char in codes.seventh_characters(code)]
    if variants and (verdict is None or not all(variant is None for variant in variants)):
        return all(variant is not None and not variant.billable for variant in variants)
    return verdict is not None


def _wrong_seventh(codes: CodeSet, code: str, base: str, on: date) -> Validity:
    allowed = codes.seventh_characters(base)
    if not allowed:
        reason = f"{code} does not exist: {base} takes no 7th character."
        return Validity("wrong_7th", reason, (base,), f"ICD-10-CM Tabular List, {base}")
    variants = (with_seventh(base, char) for char in allowed)
    instead = tuple(variant for variant in variants if not is_over(codes, variant, on))
    reason = f"{code} does not exist: the 7th character of {base} is one of {', '.join(allowed)}."
    return Validity("wrong_7th", reason, instead, f"ICD-10-CM Tabular List, {_seventh_at(codes, base)}")


def _unknown(codes: CodeSet, code: str, on: date) -> Validity:
    """Say what an unknown code comes closest to, without guessing what was meant."""
    for length in range(len(code) - 1, 2, -1):
        base = code[:length].rstrip(".")
        allowed = codes.seventh_characters(base) if base in codes else {}
        rest = code[length:].strip(".").lstrip("X")
        entry = codes.get(base)
        if entry and entry.leaf and rest in allowed:
            instead = with_seventh(base, rest)
            fault = "has too many characters" if len(code.replace(".", "")) > 7 else "is not written in full"
            reason = f"{code} {fault}: the 7th character stands in seventh place, {instead}."
            return Validity("missing_7th", reason, (instead,), "ICD-10-CM Official Guidelines, Section I.A.5")
        if entry and entry.leaf and allowed and not rest:
            return _needs_seventh(codes, base, on, typed=code)
        if entry and entry.leaf and allowed and len(rest) == 1:
            return _wrong_seventh(codes, code, base, on)
        if entry:
            reason = f"{code} is not in ICD-10-CM; the nearest that is, is {base} ({entry.title})."
            return Validity("unknown_code", reason + _newer(codes, on), (), "ICD-10-CM Tabular List")
    reason = f"{code} is not in ICD-10-CM. Look it up by words."
    return Validity("unknown_code", reason + _newer(codes, on), (), "ICD-10-CM Tabular List")


def _older(codes: CodeSet, on: date) -> str:
    """Own up to an encounter before the first release that the list knows as a whole."""
    if on >= codes.known_from:
        return ""
    return f" Of the time before {in_words(codes.known_from)} not every change is known here: it may have been valid then."


def _newer(codes: CodeSet, on: date) -> str:
    """Own up to an encounter after the last release that the list knows as a whole."""
    if on <= codes.known_until:
        return ""
    return f" This goes by the codes of {codes.release}, the newest that this course has."


def _seventh_at(codes: CodeSet, base: str) -> str:
    return next(name for name in (base, *codes.ancestors(base)) if (e := codes.get(name)) and e.own_seventh)
