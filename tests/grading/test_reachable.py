"""Whether others can enter the exchange: nobody fetches a form from a folder that is closed above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading.reachable import closed_part, warning_of


@pytest.fixture
def exchange(tmp_path, monkeypatch) -> Path:
    """An exchange whose folders all can be entered; the folder of the test run, which is closed, is taken as its root."""
    folder = tmp_path / "exchange" / "outbound"
    folder.mkdir(parents=True)
    for part in (folder, folder.parent):
        part.chmod(0o755)
    monkeypatch.setattr(Path, "parents", property(lambda path: [folder.parent] if path == folder else []))
    return folder


def test_an_open_exchange_is_not_warned_of(exchange):
    """Entering is enough: nobody else has to list it."""
    assert warning_of(exchange) == ""
    exchange.parent.chmod(0o711)
    assert closed_part(exchange) is None


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o744])
def test_a_closed_folder_is_named_with_what_to_do(exchange, mode):
    """Itself or one above it; what is furthest out is opened first."""
    exchange.chmod(mode)
    said = warning_of(exchange)
    assert f"Others cannot enter {exchange} (mode {mode:o})" in said and f"chmod o+x {exchange}`" in said
    exchange.parent.chmod(mode)
    assert f"chmod o+x {exchange.parent}`" in warning_of(exchange)
