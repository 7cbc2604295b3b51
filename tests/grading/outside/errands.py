"""Work for processes outside the tests, which find this file on their own path."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS = "Her left shoulder aches when she plays the xylophone"


@dataclass(frozen=True)
class Errand:
    """An item of work, with a trainee's words in it."""

    number: int
    does: str = ""
    words: str = WORDS


def run(folder: Path, errands: Sequence[Errand]) -> list[object]:
    """Do errands, and leave a trace of the process that does each."""
    return [value for errand in errands for value in _run(folder, errand)]


def _run(folder: Path, errand: Errand) -> list[object]:
    trace = folder / f"{errand.number}-{os.getpid()}"
    trace.touch()
    if errand.does == "raise":
        raise ValueError(errand.words)
    if errand.does == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if errand.does == "wait":
        time.sleep(0.02)
    if errand.does == "stand":
        time.sleep(600)
    if errand.does == "local":
        return [lambda: errand.words]
    return [] if errand.does == "nothing" else [errand.number * 10]
