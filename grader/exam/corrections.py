"""A roster that was corrected after the first draw: names and addresses of trainees who have a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.errors import CourseError
from grader.exam.forms import FormEntry, latest_forms
from grader.exam.roster import Trainee
from grader.visible import short


@dataclass(frozen=True, slots=True)
class Corrected:
    """The list of forms as the roster has it, and what became different, in words."""

    forms: tuple[FormEntry, ...]
    words: tuple[str, ...]


def correct(
    roster: Sequence[Trainee], entries: Sequence[FormEntry], released: Callable[[FormEntry], bool]
) -> Corrected:
    """Return the forms with the names, addresses and extra minutes that a roster has for their trainees.

    Extra minutes belong to the latest form alone, and are left alone where the roster has no such column.

    Raises
    ------
    CourseError
        When a form has gone out with other minutes than the roster says.
    """
    known = latest_forms(entries)
    found, words = tuple(entries), list[str]()
    for who in roster:
        last = known.get(who.trainee)
        if last is None:
            continue
        words += _told(who, last)
        found = tuple(_person(each, who) for each in found)
        if who.extra is not None and who.extra != last.extra:
            if released(last):
                raise CourseError(_gone_out(who, last))
            found = tuple(replace(e, extra=who.extra) if e.form == last.form else e for e in found)
    return Corrected(found, tuple(words))


def _person(entry: FormEntry, who: Trainee) -> FormEntry:
    return replace(entry, name=who.name, email=who.email) if entry.trainee == who.trainee else entry


def _told(who: Trainee, last: FormEntry) -> list[str]:
    pairs: list[tuple[str, object, object]] = [
        ("name", last.name, who.name),
        ("email", last.email, who.email),
    ]
    if who.extra is not None:
        pairs.append(("extra_minutes", last.extra, who.extra))
    return [
        f"{short(who.trainee)}: {what} was {_shown(old)}, is {_shown(new)}"
        for what, old, new in pairs
        if old != new
    ]


def _shown(value: object) -> str:
    return short(str(value)) if value != "" else "empty"


def _gone_out(who: Trainee, last: FormEntry) -> str:
    return (
        f"The roster gives {short(who.trainee)} {who.extra} extra minutes, and {last.form} has gone out with {last.extra}: its"
        f" clock cannot be changed any more. Write {last.extra} into the roster. If a longer sitting shall count, write so into"
        " rulings.yml beside forms.json. Nothing was changed."
    )


def check_new(roster: Sequence[Trainee], entries: Sequence[FormEntry]) -> None:
    """Make sure that nobody who is new on a roster can be taken for somebody who has a form.

    Raises
    ------
    CourseError
        When names differ by capitals alone, or two trainees have one address.
    """
    known = latest_forms(entries)
    by_name: Mapping[str, str] = {name.casefold(): name for name in known}
    for who in roster:
        other = by_name.get(who.trainee.casefold())
        if other is not None and who.trainee not in known:
            raise CourseError(
                f"The roster names {short(who.trainee)}, and {short(other)} has a form already: the two differ by capitals alone."
                f" If they are one person, write {short(other)}; if not, choose another name. Nothing was changed."
            )
    of = {name: entry.email for name, entry in known.items()}
    of |= {who.trainee: who.email for who in roster}
    owners: dict[str, str] = {}
    for name, email in of.items():
        first = owners.setdefault(email.casefold(), name) if email else name
        if first != name:
            raise CourseError(
                f"{short(first)} and {short(name)} have one address, {short(email)}. If they are one person, name them as before;"
                " if not, correct the address. Nothing was changed."
            )
