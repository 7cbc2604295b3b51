"""What runs behind the walls: gives up every right, takes on the limits, then runs the notebook and reports.

The report is a line of JSON, then the executed notebook.
"""

from __future__ import annotations

import base64
import ctypes
import importlib.util
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, NoReturn

_SET_DUMPABLE = 4
_OPEN_FILES = 128


class _Report:
    """The way out, which the notebook's own processes do not have."""

    def __init__(self) -> None:
        self._pipe = os.dup(1)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        self.cell = 0
        self.failed: tuple[int, str] | None = None

    def end(self, state: str, notebook: Any = None) -> NoReturn:
        """Report and end at once: what still runs ends with this process."""
        import nbformat

        cell, error = self.failed if self.failed and state == "ended" else (self.cell, None)
        report = {"state": state, "cell": cell, "error": error}
        with os.fdopen(self._pipe, "wb") as pipe:
            pipe.write(json.dumps(report).encode("ascii") + b"\n")
            if notebook is not None:
                pipe.write(nbformat.writes(notebook).encode("utf-8", "replace"))
        os._exit(0)


def main() -> None:
    """Read what to do from standard input, and do it."""
    request = json.load(sys.stdin.buffer)
    _become(request["user"])
    _limit(request["limits"])
    if not request["files"]:
        _look()
        sys.exit()
    report = _Report()
    for name, content in request["files"].items():
        Path(name).write_bytes(base64.b64decode(content))
    Path(os.environ["HOME"]).mkdir()
    _run(Path(request["notebook"]), request["limits"]["file_bytes"], report)


def _look() -> None:
    """Try whether a notebook would find what it needs: not even root's own files can be taken for granted now."""
    client = importlib.util.find_spec("nbclient")
    for path in (sys.executable, __file__, client.origin if client else "nbclient"):
        with Path(path or "nbclient").open("rb"):
            pass


def _become(user: int) -> None:
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    # Nobody of the same number can look into this process or take its way out.
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def _limit(limits: dict[str, Any]) -> None:
    """Take on limits that nobody inside can raise; they hold for each process, and are watched from outside for all."""
    for kind, value in {
        resource.RLIMIT_CPU: int(limits["cpu_seconds"]) + 2,
        resource.RLIMIT_DATA: limits["memory_bytes"],
        resource.RLIMIT_FSIZE: limits["file_bytes"],
        resource.RLIMIT_NPROC: limits["processes"],
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(kind, (value, value))


def _run(path: Path, most: int, report: _Report) -> NoReturn:
    # jsonschema does without; with it, the start takes two seconds of computing longer.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # None bars an import
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    class Client(NotebookClient):
        """Stops at too much output: nbclient keeps all of it in memory."""

        shown = 0

        def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
            self.shown += _length(msg["content"])
            if self.shown > most:
                report.end("large")
            return super().process_message(msg, cell, cell_index)

    def started(**told: Any) -> None:
        report.cell += 1

    def done(execute_reply: Any, **told: Any) -> None:
        content = execute_reply["content"]
        if content.get("status") == "error" and not report.failed:
            report.failed = report.cell, str(content.get("ename", ""))[:60]

    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except Exception:  # nbformat raises whatever its parsers raise
        report.end("unreadable")
    client = Client(
        notebook,
        kernel_name="python3",
        timeout=None,
        allow_errors=True,
        store_widget_state=False,
        shutdown_kernel="immediate",
        on_cell_execute=started,
        on_cell_executed=done,
    )
    try:
        client.execute()
    except DeadKernelError:
        report.end("died", notebook)
    except Exception:  # the notebook is the trainee's: nbclient stumbles wherever it is odd
        report.end("failed")
    report.end("ended", notebook)


def _length(content: Any) -> int:
    """Return about how long a message is."""
    if isinstance(content, dict):
        return sum(len(key) + _length(value) for key, value in content.items())
    if isinstance(content, list):
        return sum(map(_length, content))
    return len(content) if isinstance(content, str) else 8


if __name__ == "__main__":
    main()
