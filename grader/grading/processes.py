"""A pool of processes in which one that ends takes nothing with it, and it is known what it was working on.

Each process is an executor of its own: an executor with many fails all that it has when one of them ends, and does not say
which task did it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from queue import SimpleQueue
from typing import Any, Generic

from grader.errors import CourseError
from grader.grading.workers import Batch, Item, Pool, Results, Shared, Value, Work, attempt, opened

_AHEAD = 2  # batches a process: the one it works on, and the next
_STARTS = 3  # in a row that fail

_task: list[Any] = []  # in a working process: what to do, and what it needs for every item


class Processes(Pool[Item, Value], Generic[Shared, Item, Value]):
    """Processes that are started as they are needed, and again when they end."""

    def __init__(self, count: int, work: Work[Shared, Item, Value], shared: Shared) -> None:
        self._count = count
        self._task = (work, shared)
        self._done: SimpleQueue[tuple[_Lane[Item], Future[Any]]] = SimpleQueue()
        self._lanes: list[_Lane[Item]] = []
        self._false_starts = 0

    def room(self) -> int:
        """Return how many batches may be here: a process does not wait while results are written."""
        return _AHEAD * self._count

    def start(self, batch: Batch[Item]) -> None:
        """Give a batch to a process that has nothing to do, else to a new one, else to the least busy."""
        least = min(self._lanes, key=lambda lane: lane.load, default=None)
        if least is None or (least.load and len(self._lanes) < self._count):
            least = _Lane(self._task, self._done)
            self._lanes.append(least)
        least.give(batch)

    def wait(self) -> tuple[Batch[Item], Results[Value] | None]:
        """Return a batch that is finished, or the one that a process was working on when it ended."""
        while True:
            lane, future = self._done.get()
            if future not in lane.jobs:
                continue  # failed with the process, and has been given to the next one
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                if (batch := lane.recover()) is not None:
                    return batch, None
                self._count_false_start()
            elif error is not None:
                raise CourseError(f"A process that grades does not work ({type(error).__name__}).") from error
            elif (batch := lane.jobs.pop(future)) is not None:
                return batch, opened(future.result())
            else:
                self._false_starts = 0

    def _count_false_start(self) -> None:
        self._false_starts += 1
        if self._false_starts >= _STARTS:
            raise CourseError(
                "The processes that grade end as soon as they are started, "
                "most likely because there is too little memory. Grade with --workers 1."
            )

    def close(self) -> None:
        """End the processes, at once those that still work on something."""
        for lane in self._lanes:
            lane.end()
        for lane in self._lanes:
            lane.executor.shutdown(wait=True, cancel_futures=True)


class _Lane(Generic[Item]):
    """One process and what it has been given, in that order; None is the greeting that every new process begins with."""

    def __init__(self, task: tuple[Any, Any], done: SimpleQueue[tuple[_Lane[Item], Future[Any]]]) -> None:
        self._task = task
        self._done = done
        self._begin()

    def _begin(self) -> None:
        self.jobs: dict[Future[Any], Batch[Item] | None] = {}
        self.executor = ProcessPoolExecutor(1, get_context("spawn"), _prepare, self._task)
        with _without_interrupts():
            self._greeting = self.executor.submit(os.getpid)
        self._await(self._greeting, None)

    @property
    def load(self) -> int:
        """How many batches it has."""
        return sum(batch is not None for batch in self.jobs.values())

    def give(self, batch: Batch[Item]) -> None:
        """Have a batch worked on after those that were given before."""
        try:
            future = self.executor.submit(_do, batch)
        except BrokenProcessPool as error:
            if not self.jobs:  # it ended while it had nothing to do
                self._begin()
                return self.give(batch)
            future = Future()
            future.set_exception(error)
        self._await(future, batch)

    def _await(self, future: Future[Any], batch: Batch[Item] | None) -> None:
        self.jobs[future] = batch
        future.add_done_callback(lambda done: self._done.put((self, done)))

    def recover(self) -> Batch[Item] | None:
        """Start another process for what was waiting, and return what the old one was working on."""
        guilty, *waiting = self.jobs.values()
        self.executor.shutdown(wait=True)
        self._begin()
        for batch in waiting:
            if batch is not None:
                self.give(batch)
        return guilty

    def end(self) -> None:
        """End a process that is in the middle of something; its results are not wanted any more."""
        if self.jobs:
            with suppress(BrokenProcessPool, ProcessLookupError):
                os.kill(self._greeting.result(), signal.SIGKILL)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start a process that Ctrl+C does not reach: this one hears it and ends the others."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(work: Any, shared: Any) -> None:
    """Begin a process: keep what every batch needs, and end together with the process that started it."""
    _task[:] = (work, shared)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(batch: Batch[Any]) -> bytes:
    work, shared = _task
    return attempt(work, shared, batch)
