"""One run behind walls: started, fed, listened to within bounds, and ended with everything it started."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from functools import cache
from io import BufferedRandom
from typing import Any

from grader.grading.sandbox import calls, watch
from grader.grading.sandbox.outcome import HEAD, Limits, size
from grader.grading.sandbox.walls import PACKAGE, command, other_user

_TICK = 0.1
_CHUNK = 1 << 16
_TRIAL = 20
"""Seconds after which even a slow machine has started an empty run."""
_FORBIDDEN = ("namespace", "not permitted", "uid map", "gid map", "loopback", "Permission denied")


def missing() -> str:
    """Return why notebooks cannot be closed off here and what to do, or ``""`` where they can."""
    bwrap = shutil.which("bwrap")
    if not bwrap:
        return "bubblewrap is not installed. On Debian and Ubuntu: apt-get install bubblewrap."
    if not calls.supported() or not watch.possible():
        return "This needs Linux on a 64-bit Intel, AMD or ARM machine with the usual kernel."
    return _trial(bwrap)


@cache
def _trial(bwrap: str) -> str:
    """Return why an empty run fails; tried once, since it takes as long as Python takes to start."""
    process = _start(bwrap, {"files": {}}, Limits(), subprocess.PIPE)
    try:
        _, errors = process.communicate(timeout=_TRIAL)
    except subprocess.TimeoutExpired:
        return "bubblewrap does not come to an end here."
    finally:
        _end(process)
    if process.returncode == 0:
        return ""
    reason = (errors.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"])[-1][:300]
    return _explained(reason)


def _explained(reason: str) -> str:
    """Return what bubblewrap's last words mean, and what to do."""
    if "nknown option" in reason:
        return "bubblewrap is too old here: version 0.8 or later is needed."
    if not reason.startswith("bwrap: ") or "execvp" in reason:
        remedy = f"It must be readable for all users: chmod -R o+rX {sys.prefix} {PACKAGE}"
        return f"The Python environment of the course does not work inside bubblewrap ({reason}). {remedy}"
    if any(word in reason for word in _FORBIDDEN):
        return f"This system does not let bubblewrap close anything off ({reason}). Ask whoever runs it to allow that."
    return f"bubblewrap does not work here ({reason})."


def run(name: str, files: dict[str, bytes], limits: Limits) -> tuple[bytes, str]:
    """Run a notebook and return what came from inside, and why it was stopped or ``""``.

    Parameters
    ----------
    name
        Which of the files is the notebook.
    files
        All that it finds where it runs.
    limits
        How much it may use.
    """
    content = {file: base64.b64encode(data).decode("ascii") for file, data in files.items()}
    process = _start(shutil.which("bwrap") or "bwrap", {"notebook": name, "files": content}, limits)
    try:
        return _listen(process, limits)
    finally:
        _end(process)


def _start(
    bwrap: str, request: dict[str, Any], limits: Limits, errors: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    user = other_user()
    wanted = json.dumps({"user": user, "limits": asdict(limits), **request}).encode("ascii")
    with _sealed(wanted) as stdin, _sealed(calls.refusals()) as refusals:
        return subprocess.Popen(
            command(bwrap, refusals.fileno(), limits, user),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=errors,
            pass_fds=(refusals.fileno(),),
            env={},
            cwd="/",
            start_new_session=True,
        )


def _sealed(content: bytes) -> BufferedRandom:
    """Return an open file in memory that nobody can change any more."""
    file = os.fdopen(os.memfd_create("course", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "wb+")
    file.write(content)
    file.flush()
    file.seek(0)
    seals = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, seals)
    return file


def _listen(process: subprocess.Popen[bytes], limits: Limits) -> tuple[bytes, str]:
    assert process.stdout
    pipe = process.stdout.fileno()
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    received = bytearray()
    end = time.monotonic() + limits.seconds
    look = 0.0
    while True:
        if poll.poll(_TICK * 1000):
            chunk = os.read(pipe, _CHUNK)
            if not chunk:
                return bytes(received), ""
            received += chunk
        if len(received) > limits.file_bytes + HEAD:
            return b"", f"It showed more than {size(limits.file_bytes)}; that was not kept."
        now = time.monotonic()
        if now > end:
            return b"", f"It was stopped after {limits.seconds:g} seconds."
        if now > look:
            stopped = watch.breach(process.pid, limits)
            if stopped:
                return b"", stopped
            look = now + _TICK


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it and wait until the last of its processes is gone.

    When bubblewrap ends, the system ends its process 1 inside, and with that one everything inside.
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdout, process.stderr):
        if pipe and not pipe.closed:
            # Whoever still lives holds the other end of it.
            while os.read(pipe.fileno(), _CHUNK):
                pass
            pipe.close()
    process.wait()
