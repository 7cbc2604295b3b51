"""The command line of bubblewrap: what a trainee's notebook finds inside, and nothing else."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import grader
from grader.grading.sandbox.outcome import Limits

WORK = "/tmp"
"""Where the notebook stands: the one place inside that can be written to, in memory."""
PACKAGE = Path(grader.__file__).parent
_INSIDE = "/opt/course"
_PARTS = ("bin", "lib", "lib32", "lib64", "libexec", "sbin", "share", "etc", "pyvenv.cfg")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_NOBODY = 65534
_Wall = tuple[str, tuple[str, ...]]
# Numbers that no user has: systemd's list of UIDs leaves them unused.
_UNUSED = range(1_879_048_192, 2_147_483_647)


def command(bwrap: str, filter_descriptor: int, limits: Limits, user: int) -> list[str]:
    """Return the command that runs ``inside.py`` behind walls.

    Parameters
    ----------
    bwrap
        Where bubblewrap is.
    filter_descriptor
        Of the filter of system calls.
    limits
        How much may be used.
    user
        As whom the notebook will run: a user's number, or 0 for nobody in a user namespace.
    """
    walls = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    walls += ["--hostname", "course", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    if user:
        # Taken off inside: it is the first thing done there, before anything of the trainee's is looked at.
        walls += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        # Without bubblewrap's own process 1, which would be the trainee's to look into: they are one user here.
        walls += ["--unshare-user", "--uid", str(_NOBODY), "--gid", str(_NOBODY), "--as-pid-1"]
    walls += ["--proc", "/proc", "--dev", "/dev"]
    walls += ["--perms", "1777", "--size", str(_room(limits)), "--tmpfs", WORK]
    bound = [*_system(), *_python()]
    # Folders that lead to others: bubblewrap would make them for root alone.
    for folder in sorted(
        {parent for path, _ in bound for parent in Path(path).parents if parent != Path("/")}
    ):
        walls += ["--dir", str(folder)]
    walls += [word for path, words in bound for word in words]
    walls += ["--seccomp", str(filter_descriptor)]
    for name, value in _environment().items():
        walls += ["--setenv", name, value]
    walls += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]
    return [bwrap, *walls, "--", sys.executable, "-P", "-m", "grader.grading.sandbox.inside"]


def _room(limits: Limits) -> int:
    return 4 * limits.file_bytes + 8_000_000


def _system() -> Iterator[_Wall]:
    for part in _PARTS:
        yield _shown(f"/usr/{part}")
    for path in map(Path, ("/bin", "/sbin", "/lib", "/lib32", "/lib64")):
        if path.is_symlink():
            yield str(path), ("--symlink", str(path.readlink()), str(path))
        else:
            yield _shown(str(path))
    yield _shown("/etc/ld.so.cache")
    yield _shown("/etc/alternatives")


def _python() -> Iterator[_Wall]:
    """Yield the environment piece by piece: a course folder may be one, and has its keys beside ``bin`` and ``lib``."""
    prefixes = {sys.base_prefix, os.path.realpath(sys.base_prefix), sys.prefix} - {"/usr"}
    for prefix in sorted(prefixes):
        for part in _PARTS:
            yield _shown(f"{prefix}/{part}")
    package = f"{_INSIDE}/{PACKAGE.name}"
    yield package, ("--ro-bind", str(PACKAGE), package)


def _shown(path: str) -> _Wall:
    return path, ("--ro-bind-try", path, path)


def _environment() -> dict[str, str]:
    path = os.pathsep.join((str(Path(sys.executable).parent), "/usr/bin", "/bin"))
    named = {
        "HOME": f"{WORK}/home",
        "USER": "trainee",
        "PATH": path,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": WORK,
        "PYTHONPATH": _INSIDE,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        # The workbench saves nothing where this stands: it is a grading run.
        "NBGRADER_EXECUTION": "autograde",
    }
    return named | dict.fromkeys(_ONE_THREAD, "1")


def other_user() -> int:
    """Return the number of a user who owns nothing here, or 0 where nobody else can be run as.

    The system exempts root from the limit of processes, and counts them by user: each run is a user of its own.
    """
    if os.geteuid() != 0:
        return 0
    for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines():
        first, _, count = map(int, line.split())
        if first <= _UNUSED.start and first + count >= _UNUSED.stop:
            return _UNUSED.start + secrets.randbelow(len(_UNUSED))
        if first <= _NOBODY - 4_000 and first + count > _NOBODY:
            return _NOBODY - secrets.randbelow(4_000)
    return 0
