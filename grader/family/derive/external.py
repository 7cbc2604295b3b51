"""How an injury happened (chapter 20): optional, never first, the circumstances at the initial encounter alone (I.C.20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import CourseError
from grader.family.derive.find import Finder
from grader.family.derive.injury import PHASES
from grader.family.derive.line import May
from grader.family.facts import Facts


@dataclass(frozen=True, slots=True)
class Event:
    """One way of being hurt: cause, place and activity as places of the tabular list with words; paid work or not."""

    cause: tuple[str, ...]
    place: tuple[str, ...]
    activity: tuple[str, ...] = ()
    paid: bool = False


EVENTS = {
    "boxes": Event(("X50.0",), ("Y92.59",), paid=True),
    "patient lift": Event(("X50.0",), ("Y92.23", "Patient room"), ("Y93.F2",), paid=True),
    "moving house": Event(("X50.0",), ("Y92.01", "driveway"), ("Y93.E6",)),
    "firewood": Event(("X50.0",), ("Y92.01", "Garden or yard"), ("Y93.L1",)),
    "barbell": Event(("X50.0",), ("Y92.39",), ("Y93.B3",)),
    "garden": Event(("X50.0",), ("Y92.01", "Garden or yard"), ("Y93.H2",)),
    "ceiling": Event(("X50.1",), ("Y92.61",), ("Y93.H3",), paid=True),
    "wet kitchen": Event(("W01.0",), ("Y92.01", "Kitchen"), ("Y93.E5",)),
    "shop floor": Event(("W01.0",), ("Y92.512",)),
    "wet leaves": Event(("W01.0",), ("Y92.480",), ("Y93.01",)),
    "ladder": Event(("W11",), ("Y92.01", "garage")),
    "roof": Event(("W13", "roof"), ("Y92.61",), ("Y93.H3",), paid=True),
    "tree": Event(("W14",), ("Y92.01", "Garden or yard"), ("Y93.H2",)),
    "car driver": Event(("V43.5", "other type car"), ("Y92.414",)),
    "car passenger": Event(("V43.6", "other type car"), ("Y92.411",)),
    "horse": Event(("V80.01", "horse"), ("Y92.39",), ("Y93.52",)),
    "bathroom stumble": Event(("W18.4", "other"), ("Y92.01", "Bathroom")),
    "bed": Event(("W06",), ("Y92.01", "Bedroom")),
}
"""Every event that a family may draw; the stories stand in ``cases/families/_shared.yml`` under the same names."""

_TERMS = (
    "Report it if your state, payer or practice asks for external causes, and never first (Section I.C.20)."
)


def event(facts: Facts) -> Event | None:
    """Return the event of an injury, or None.

    Raises
    ------
    CourseError
        When the table has no event of that name.
    """
    if not facts.event:
        return None
    if facts.event not in EVENTS:
        raise CourseError(f"There is no event {facts.event!r}; known are {', '.join(EVENTS)}.")
    return EVENTS[facts.event]


def cause_code(facts: Facts, find: Finder) -> str:
    """Return the code of the cause in the phase of the injury; ``""`` without an event."""
    told = event(facts)
    return find.seventh(find.below(*told.cause), PHASES[facts.phase]) if told else ""


def circumstances(facts: Facts, find: Finder) -> list[str]:
    """Return the codes of place, activity and status of an event, whatever the phase."""
    told = event(facts)
    if told is None:
        return []
    codes = [find.below(*told.place)]
    if told.activity:
        codes.append(find.below(*told.activity))
    return [*codes, find.below("Y99", "for income or pay" if told.paid else "Other external cause status")]


def external_causes(facts: Facts, find: Finder) -> Iterator[May]:
    """Offer the cause in any phase, place, activity and status at the initial encounter only (I.C.20.a-d, k)."""
    if not facts.event:
        return
    yield May(cause_code(facts, find), f"How it happened. {_TERMS}")
    if facts.phase == "initial":
        place, *rest = circumstances(facts, find)
        yield May(place, "Where it happened; reported once, at the initial encounter (Section I.C.20.b).")
        for code in rest:
            what, section = (
                ("What the patient was doing", "c")
                if code.startswith("Y93")
                else ("In whose time it happened", "k")
            )
            yield May(code, f"{what}; reported once, at the initial encounter (Section I.C.20.{section}).")
