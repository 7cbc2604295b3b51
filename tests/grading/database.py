"""A PostgreSQL server of one's own for as long as a test lasts; it listens on no network."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 60  # seconds; only what has failed waits that long


@contextmanager
def postgresql() -> Iterator[tuple[str, Path]]:
    """Start a server with an empty database, and give its address and the folder of its files."""
    programs = _programs()
    who = _somebody()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        data = folder / "data"
        if who:
            shutil.chown(folder, who)
        make = [programs / "initdb", "-D", data, "-U", "grader", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, user=who, cwd=folder)
        options = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={folder}")
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], user=who, cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            _await(folder / ".s.PGSQL.5432", data / "postmaster.pid")
            yield f"postgresql+psycopg2://grader@/postgres?host={folder}", data
        finally:
            # It waits for whoever is connected otherwise.
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not places:
        pytest.skip("PostgreSQL is not installed")
    return places[-1]


def _somebody() -> str | None:
    """Return who runs the server: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _await(socket: Path, state: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not (socket.exists() and state.exists() and "ready" in state.read_text()):
        assert time.monotonic() < deadline, "PostgreSQL did not start"
        time.sleep(0.05)
