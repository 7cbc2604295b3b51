"""External causes: optional, in the phase of the injury, circumstances once (I.C.20)."""

import pytest

from grader.errors import CourseError
from grader.family.derive.external import EVENTS
from grader.family.source import family_names, read_family


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_its_codes(coded, event):
    """Cause, place and status are offered at the initial encounter, the cause alone later on."""
    first = coded(problem="strain", phase="initial", event=event)
    later = coded(problem="strain", phase="subsequent", event=event)
    starts = [may.code[:3] for may in first.optional]
    assert starts[1] == "Y92" and starts[-1] == "Y99" and not first.codes[0].startswith(("V", "W", "X", "Y"))
    (cause,) = later.optional
    assert cause.code == first.optional[0].code[:-1] + "D"


def test_every_event_is_told_somewhere():
    """Each story that families may tell has a row, and each row its story and its tell."""
    family = read_family(family_names()[0])
    told = {value for limit, _ in family.phrases["event"] for value in limit.when["event"]}
    assert told == set(EVENTS) == set(family.tells["event"].values)


def test_an_unknown_event_is_an_error(coded):
    """An event without a row is named."""
    with pytest.raises(CourseError, match="volcano"):
        coded(problem="strain", phase="initial", event="volcano")
