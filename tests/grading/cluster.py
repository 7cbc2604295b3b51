"""A dask cluster, and a PostgreSQL server that asks for a password, on loopback for as long as a test lasts."""

from __future__ import annotations

import importlib
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

PATIENCE = 120  # seconds; only what has failed waits that long


def until(true: Callable[[], bool], about: str) -> None:
    """Wait until something holds, and say what did not when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"{about}: not within {PATIENCE} seconds"
        time.sleep(0.05)


def module_in(folder: Path, name: str) -> Any:
    """Return a module that other processes find in the same folder, and not as a part of the tests."""
    sys.path.insert(0, str(folder))
    return importlib.import_module(name)


@dataclass(frozen=True)
class Cluster:
    """A scheduler and its workers, each with its log."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    logs: Path

    def log(self) -> str:
        """Everything that scheduler and workers have logged."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.logs.glob("*.log")))


@contextmanager
def dask_cluster(
    folder: Path,
    workers: int = 2,
    *options: str,
    tls: tuple[str, ...] = (),
    settings: Mapping[str, str] | None = None,
    path: Path | None = None,
) -> Iterator[Cluster]:
    """Start a real scheduler and workers with dask's own commands, and end them.

    Parameters
    ----------
    folder
        For logs and whatever dask writes.
    workers
        How many.
    options
        Of ``dask worker``.
    tls
        Options of both.
    settings
        Environment of both, beside what is there.
    path
        Where scheduler and workers find modules that are not installed.
    """
    file = folder / "scheduler.json"
    environment = {**({"PYTHONPATH": str(path)} if path else {}), **(settings or {})}
    with ExitStack() as ends:
        command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), *tls]
        first = _dask(ends, folder, "scheduler", command, environment)
        until(lambda: _address(file) != "" or first.poll() is not None, "the scheduler starts")
        command = ["worker", _address(file), "--host", "127.0.0.1", "--nthreads", "1", *options, *tls]
        others = [
            _dask(
                ends,
                folder,
                f"worker-{n}",
                [*command, "--local-directory", str(folder / f"worker-{n}")],
                environment,
            )
            for n in range(workers)
        ]
        cluster = Cluster(_address(file), first, others, folder)
        until(lambda: cluster.log().count("Register worker") >= workers, "the workers register")
        yield cluster


def _address(file: Path) -> str:
    try:
        return str(json.loads(file.read_text())["address"])
    except (FileNotFoundError, ValueError):  # not there, or half written
        return ""


def _dask(
    ends: ExitStack, folder: Path, name: str, command: list[str], environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start one of dask's commands without its dashboard; its end comes with that of ``ends``."""
    log = ends.enter_context((folder / f"{name}.log").open("wb"))
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command, "--no-dashboard", "--dashboard-address", "127.0.0.1:0"],
        env={**os.environ, **environment},
        stdout=log,
        stderr=log,
        cwd=folder,
    )
    ends.callback(end, process)
    return process


def end(process: subprocess.Popen[bytes], gently: signal.Signals = signal.SIGTERM) -> None:
    """End a process that was started here, gently first."""
    if process.poll() is None:
        process.send_signal(gently)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server with an empty database; its address holds no password."""

    port: int
    password: str

    @property
    def address(self) -> str:
        """As it stands in nbgrader_config.py."""
        return f"postgresql+psycopg2://grader@127.0.0.1:{self.port}/postgres"

    def let_in(self, folder: Path) -> dict[str, str]:
        """Return the environment of a program that may connect: it finds the password in a file, as PostgreSQL's own do."""
        file = folder / "pgpass"
        file.write_text(f"127.0.0.1:{self.port}:*:grader:{self.password}\n")
        file.chmod(0o600)
        return {"PGPASSFILE": str(file)}

    def answers(self) -> bool:
        """Tell whether it lets somebody in who knows the password."""
        try:
            psycopg2.connect(self.address.replace("+psycopg2", ""), password=self.password).close()
        except psycopg2.OperationalError:
            return False
        return True


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """Start a real server with data of its own, and end it."""
    programs = _programs()
    who = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="gradebook-"))
    try:
        password = secrets.token_hex(16)
        (folder / "password").write_text(password)
        if who:
            for path in (folder, folder / "password"):
                shutil.chown(path, who)
        make = ("-D", folder / "data", "-U", "grader", "-A", "scram-sha-256", "--pwfile", folder / "password")
        subprocess.run(
            [programs / "initdb", *make, "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"],
            check=True,
            capture_output=True,
            user=who,
            cwd=folder,
        )
        with ExitStack() as ends:
            yield _started(ends, programs / "postgres", folder, who, password)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    places += [Path(found).parent] if found else []
    if not places:
        pytest.skip("PostgreSQL is not installed: sh tests/install_system.sh")
    return places[-1]


def _unprivileged() -> str | None:
    """Return who runs the server: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _started(ends: ExitStack, program: Path, folder: Path, who: str | None, password: str) -> Server:
    """Start the server on a free port; another one where somebody else took that port meanwhile."""
    for _ in range(5):
        with socket.create_server(("127.0.0.1", 0)) as free:
            server = Server(free.getsockname()[1], password)
        command = [program, "-D", folder / "data", "-h", "127.0.0.1", "-p", str(server.port), "-k", "", "-F"]
        log = ends.enter_context((folder / "log").open("wb"))
        process = subprocess.Popen(command, user=who, cwd=folder, stdout=log, stderr=log)
        ends.callback(end, process, signal.SIGINT)  # it waits for whoever is connected otherwise
        until(
            lambda process=process, server=server: process.poll() is not None or server.answers(), "it starts"
        )
        if process.poll() is None:
            return server
    raise AssertionError((folder / "log").read_text())
