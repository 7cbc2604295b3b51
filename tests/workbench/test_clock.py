"""The clock of a sitting."""

from datetime import timedelta

from grader.workbench import seat as module
from grader.workbench.seat import steady_clock
from tests.sitting.forms import OPENS


def test_the_clock_is_not_turned_back(monkeypatch):
    """Whoever sets the machine's clock back gains no time, and a laptop that slept loses none of the hours."""
    ticks = [1000.0]
    wall = [OPENS]
    monkeypatch.setattr(module.time, "monotonic", lambda: ticks[0])

    class Wall:
        @staticmethod
        def now():
            return wall[0]

    monkeypatch.setattr(module, "datetime", Wall)
    now = steady_clock()
    ticks[0] += 600
    wall[0] = OPENS - timedelta(hours=1)
    assert now() == OPENS + timedelta(minutes=10)
    wall[0] = OPENS + timedelta(hours=2)
    assert now() == wall[0]
