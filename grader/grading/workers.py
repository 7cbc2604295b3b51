"""Where work on many items runs: in this process, in several, or on the workers of a dask cluster.

Work is a pure function, done in batches; whoever asks for it writes the results, in this process.  A batch may be worked on
more than once, because a process may end in the middle of it, but its results come once.  An item that fails, or that ends
the process that works on it, costs no other item anything.
"""

from __future__ import annotations

import pickle
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from grader.errors import CourseError

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Value = TypeVar("Value")
Work = Callable[[Shared, Sequence[Item]], Sequence[Value]]
"""Turns items into values, one each and in the same order.  A function of a module: other processes have to find it."""

ENDED = "Grading this submission ended the grading process twice; it was left out."
_FAILED = "Grading this submission failed ({}); it was left out."
_HOPELESS = 10  # batches that end their process, before any has been finished


@dataclass(frozen=True, slots=True, repr=False)
class Batch(Generic[Item]):
    """Items that are worked on together."""

    items: tuple[Item, ...]

    def __repr__(self) -> str:
        """Tell how many there are: what is in them belongs in no log."""
        return f"Batch({len(self.items)} items)"


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the value of an item that could not be worked on, with the reason in words."""

    reason: str


Results = tuple[Value | Lost, ...]
Finished = Generator[tuple[Batch[Item], Results[Value]], None, None]


def here(
    work: Work[Shared, Item, Value], shared: Shared, batches: Iterable[Batch[Item]]
) -> Finished[Item, Value]:
    """Work on the batches in this process and yield each with its results."""
    for batch in batches:
        yield batch, _results(work, shared, batch)


def processes(
    count: int, work: Work[Shared, Item, Value], shared: Shared, batches: Iterable[Batch[Item]]
) -> Finished[Item, Value]:
    """Work on the batches in processes of this machine and yield each as it is finished.

    Close the iterator where you may leave it early (`contextlib.closing`): that ends the processes.

    Parameters
    ----------
    count
        How many processes.
    work
        What to do.
    shared
        What it needs for every item; each process gets it once.
    batches
        Taken one by one, and never more than two a process ahead.  A batch that is divided comes back in parts.

    Raises
    ------
    CourseError
        When processes cannot be started, or none finishes anything.
    """
    from grader.grading.processes import Processes

    pool: Processes[Shared, Item, Value] = Processes(count, work, shared)
    try:
        yield from drive(pool, batches)
    finally:
        pool.close()


def cluster(
    address: str, work: Work[Shared, Item, Value], shared: Shared, batches: Iterable[Batch[Item]]
) -> Finished[Item, Value]:
    """Work on the batches on a dask cluster and yield each as it is finished.

    Parameters
    ----------
    address
        Of the scheduler, ``tcp://host:8786``.
    work
        What to do.
    shared
        What it needs for every item; it goes with each batch, and should not be much larger than one.
    batches
        Taken one by one, and never more than two a thread of the workers ahead.  A batch that is divided comes back in parts.

    Raises
    ------
    CourseError
        When the cluster cannot be reached or is lost, or a worker runs another version of this program.
    """
    from grader.grading.cluster import connect

    with connect(address, work, shared) as pool:
        yield from drive(pool, batches)


class Pool(ABC, Generic[Item, Value]):
    """Where batches are worked on outside this process."""

    _died = 0
    _alive = False

    @abstractmethod
    def room(self) -> int:
        """Return how many batches may be there at a time."""

    @abstractmethod
    def start(self, batch: Batch[Item]) -> None:
        """Have a batch worked on."""

    @abstractmethod
    def wait(self) -> tuple[Batch[Item], Results[Value] | None]:
        """Return a batch that is done with, and no results where a process ended that had it."""

    def finished(self) -> tuple[Batch[Item], Results[Value] | None]:
        """Do as `wait`, and give up where nothing is ever finished."""
        batch, results = self.wait()
        self._alive = self._alive or results is not None
        self._died += results is None
        if self._died > _HOPELESS and not self._alive:
            raise CourseError(
                "Every process that grades is ended before it has finished anything, "
                "most likely because there is too little memory. Nothing is lost: grade again with fewer workers."
            )
        return batch, results


def drive(pool: Pool[Item, Value], batches: Iterable[Batch[Item]]) -> Finished[Item, Value]:
    """Keep a pool busy, no further ahead than it has room, and yield what it finishes."""
    waiting = iter(batches)
    suspects: deque[Batch[Item]] = deque()
    there = 0
    while True:
        while not suspects and there < pool.room() and (new := next(waiting, None)) is not None:
            pool.start(new)
            there += 1
        if there:
            batch, results = pool.finished()
            there -= 1
            if results is None:
                suspects.append(batch)
            else:
                yield batch, results
        elif suspects:
            yield from _alone(pool, suspects.popleft())
        else:
            return


def _alone(pool: Pool[Item, Value], batch: Batch[Item]) -> Finished[Item, Value]:
    """Try a suspect once more while nothing else runs, so that it is certain what ends a process."""
    pool.start(batch)
    _, results = pool.finished()
    if results is not None:
        yield batch, results
    elif len(batch.items) > 1:
        for item in batch.items:
            yield from _alone(pool, Batch((item,)))
    else:
        yield batch, (Lost(ENDED),)


def attempt(work: Work[Shared, Item, Value], shared: Shared, batch: Batch[Item]) -> bytes:
    """Return the results as they travel to another process; whatever is wrong with an item stays with that item."""
    try:
        return pickle.dumps(_results(work, shared, batch))
    except Exception:  # a value that cannot travel
        single = (_results(work, shared, Batch((item,)))[0] for item in batch.items)
        return pickle.dumps(tuple(_that_travels(value) for value in single))


def _that_travels(value: Value | Lost) -> Value | Lost:
    try:
        pickle.dumps(value)
    except Exception as error:  # pickling runs the value's own code
        return _lost(error)
    return value


def _results(work: Work[Shared, Item, Value], shared: Shared, batch: Batch[Item]) -> Results[Value]:
    """Return one value an item; an error is told by its name alone, because its message may quote an answer."""
    try:
        return _values(work, shared, batch.items)
    except Exception as error:  # the work is somebody else's
        if len(batch.items) == 1:
            return (_lost(error),)
    return tuple(_results(work, shared, Batch((item,)))[0] for item in batch.items)


def _values(work: Work[Shared, Item, Value], shared: Shared, items: tuple[Item, ...]) -> Results[Value]:
    values = tuple(work(shared, items))
    if len(values) != len(items):
        raise ValueError(f"{len(values)} values for {len(items)} items")
    return values


def _lost(error: Exception) -> Lost:
    return Lost(_FAILED.format(type(error).__name__))


def opened(results: bytes) -> Any:
    """Return what `attempt` has packed; from this program's own processes alone, because pickle runs what it reads."""
    return pickle.loads(results)
