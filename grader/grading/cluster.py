"""A pool of workers on a dask cluster.

Dask runs a task again when its worker ends, and gives up on it after a number of workers (``allowed-failures`` of the
scheduler) ended that had it.  Everything travels packed: the scheduler has no need to open it, and dask logs arguments, while
what a trainee wrote, and keys, belong in no log.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import logging
import pickle
import re
import socket
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError as Cancelled
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Generic, TypeVar
from uuid import uuid4

import dask
from distributed import Client, KilledWorker
from distributed.client import ClosedClientError

from grader.errors import CourseError
from grader.grading.workers import Batch, Item, Pool, Results, Shared, Value, Work, attempt, opened

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):\d{1,5}")
_CONNECT = 6  # seconds
_FIRST_WORKER = 5
_LOOK = 2  # every so often, how many workers there are
_NO_WORKER = 60  # a worker that was ended is started again within seconds
_AHEAD = 2  # batches a thread: the one it works on, and the next
_CODE = (".py", ".json", ".bin")
_GZIP = b"\x1f\x8b"

T = TypeVar("T")


class _NotYetError(Exception):
    """The worker that had the results has ended; dask makes them again."""


@dataclass(frozen=True, slots=True, repr=False)
class _Wrapped(Generic[T]):
    """Keeps what it holds out of logs."""

    value: T

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True, repr=False)
class _Answer:
    """What a worker sends back; without results where it runs another version."""

    host: str
    edition: str
    results: bytes

    def __repr__(self) -> str:
        return f"results from {self.host}"


@contextmanager
def connect(
    address: str, work: Work[Shared, Item, Value], shared: Shared
) -> Iterator[Cluster[Shared, Item, Value]]:
    """Connect to a cluster for one piece of work.

    Raises
    ------
    CourseError
        When there is no scheduler, or it has no worker.
    """
    if not _ADDRESS.fullmatch(address):
        raise CourseError(f"{address!r} is no address of a scheduler. Write tcp://HOST:8786.")
    if address.startswith("tls://") and not dask.config.get("distributed.comm.tls.client.cert"):
        raise CourseError(
            f"To reach {address} this machine needs a certificate. Name its files in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "
            "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT and DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY."
        )
    for logger in ("distributed", "distributed.client"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # what matters is told in words
    with (
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}),
        _client(address) as client,
    ):
        yield Cluster(client, address, work, shared)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    answered: SimpleQueue[Any] = SimpleQueue()
    # In a thread of its own: dask waits for ever for a server that takes the call and says nothing.
    threading.Thread(target=lambda: answered.put(_call(address)), daemon=True).start()
    try:
        client = answered.get(timeout=_CONNECT + 2)
    except Empty:
        client = TimeoutError()
    if isinstance(client, Exception):
        raise CourseError(
            f"No scheduler answers at {address} ({type(client).__name__}). "
            "Start one with `dask scheduler`, or check the address."
        ) from client
    try:
        _check(client, address)
        yield client
    finally:
        client.close(timeout=_CONNECT)


def _call(address: str) -> Any:
    """Return a client, or the exception instead of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that versions differ: checked below where it matters
            return Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:  # whatever answers there, or does not
        return error


def _check(client: Any, address: str) -> None:
    with _connection(address):
        mine = client.get_versions()
        theirs = mine["scheduler"]["packages"]["distributed"]
        if theirs != mine["client"]["packages"]["distributed"]:
            raise CourseError(
                f"The scheduler at {address} runs dask {theirs}, this machine "
                f"{mine['client']['packages']['distributed']}. Install the same requirements.txt on both."
            )
        try:
            client.wait_for_workers(1, timeout=_FIRST_WORKER)
        except TimeoutError:
            raise _no_worker(address) from None


def _no_worker(address: str) -> CourseError:
    return CourseError(
        f"The scheduler at {address} has no worker. Start some with `dask worker {address} --nthreads 1` and grade again."
    )


@contextmanager
def _connection(address: str) -> Iterator[None]:
    """Say in words that the connection has gone."""
    try:
        yield
    except (OSError, Cancelled, ClosedClientError) as error:
        raise CourseError(
            f"The scheduler at {address} has gone. What was graded is kept: grade again when it is back."
        ) from error


class Cluster(Pool[Item, Value], Generic[Shared, Item, Value]):
    """The workers of a cluster, as long as one connection lasts."""

    def __init__(self, client: Client, address: str, work: Work[Shared, Item, Value], shared: Shared) -> None:
        self._client = client
        self._address = address
        self._package = work.__module__.partition(".")[0]
        self._edition = edition(self._package)
        # Goes with every batch: data that dask keeps draws all batches to the workers that have it, and is lost with them.
        self._task = _Wrapped(pickle.dumps((work, shared)))
        self._jobs: dict[str, Batch[Item]] = {}
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._gone_since: float | None = None
        self._look()

    def room(self) -> int:
        """Return how many batches may be there: a worker does not wait while results are written."""
        if monotonic() - self._looked > _LOOK:
            self._look()
        return _AHEAD * max(self._threads, 1)

    def start(self, batch: Batch[Item]) -> None:
        """Give a batch to the scheduler."""
        packed = _Wrapped(pickle.dumps(batch))
        given = self._package, self._edition, self._task, packed
        with _connection(self._address):
            future: Any = self._client.submit(_do, *given, key=f"batch-{uuid4()}", pure=False)
        self._jobs[str(future.key)] = batch
        future.add_done_callback(self._done.put)

    def wait(self) -> tuple[Batch[Item], Results[Value] | None]:
        """Return a batch that is finished, or one that dask has given up."""
        while True:
            try:
                future = self._done.get(timeout=_LOOK)
            except Empty:
                self._look()
                continue
            try:
                answer = self._answer(future)
            except _NotYetError:
                self._done.put(future)
                self._look()
                continue
            batch = self._jobs.pop(str(future.key))
            future.release()
            return batch, None if answer is None else opened(answer.results)

    def _answer(self, future: Any) -> _Answer | None:
        try:
            answer = self._fetch(future)
        except (CourseError, _NotYetError):
            raise
        except KilledWorker:
            return None
        except Exception as error:  # not the work's own: that never raises
            raise CourseError(
                f"The cluster cannot run this program ({type(error).__name__}). "
                "Install the same version of the course for the scheduler and every worker, and grade again."
            ) from error
        if answer.edition != self._edition:
            raise CourseError(
                f"The worker on {answer.host} has another version of the course, or other codes, than this machine. "
                "Bring both to the same state, start the worker again and grade again."
            )
        return answer

    def _fetch(self, future: Any) -> _Answer:
        with _connection(self._address):
            try:
                answer: _Answer = future.result(timeout=_LOOK)
            except TimeoutError:
                raise _NotYetError from None
        return answer

    def _look(self) -> None:
        """Count the workers, and give up where there has been none for a while."""
        with _connection(self._address):
            self._threads = int(self._client.scheduler_info(n_workers=0)["total_threads"])
        self._looked = monotonic()
        if self._threads:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self._looked
        elif self._looked - self._gone_since > _NO_WORKER:
            raise _no_worker(self._address)


def _do(package: str, expected: str, task: _Wrapped[bytes], batch: _Wrapped[bytes]) -> _Answer:
    """Work on a batch, on a worker; where this is another version nothing is even unpacked."""
    mine = edition(package)
    if mine != expected:
        return _Answer(socket.gethostname(), mine, b"")
    work, shared = pickle.loads(task.value)
    return _Answer(socket.gethostname(), mine, attempt(work, shared, pickle.loads(batch.value)))


@cache
def edition(package: str) -> str:
    """Return a digest of the code and the data of a package, by which two machines know that they grade alike."""
    file = Path(str(importlib.import_module(package).__file__))
    root = file.parent
    files = [path for path in root.rglob("*") if path.suffix in _CODE] if file.stem == "__init__" else [file]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        content = path.read_bytes()
        if content.startswith(_GZIP):  # packed by another zlib it has other bytes
            content = gzip.decompress(content)
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()
