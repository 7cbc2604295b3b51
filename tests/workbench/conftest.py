"""Seats in a released form, each in a kernel of its own."""

from datetime import timedelta

import pytest

from grader.workbench import seat as module
from tests.sitting.forms import OPENS, Hand, release


@pytest.fixture(autouse=True)
def _new_kernel(monkeypatch):
    """Nothing is open from before."""
    monkeypatch.setattr(module, "_opened", {})


@pytest.fixture
def clock():
    """Ten minutes after the opening."""
    return Hand(OPENS + timedelta(minutes=10))


@pytest.fixture
def folder(tmp_path):
    """A released form."""
    return release(tmp_path)
