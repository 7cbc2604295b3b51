"""Which certificates of one trainee still verify, with the command that withdraws each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from grader.certificate.issuer import load_issuer
from grader.certificate.registry import Entry, read_registry
from grader.visible import one_line


def still_hold(root: Path, trainee: str, now: datetime) -> list[Entry]:
    """Return the certificates of a trainee that were neither withdrawn nor have ended, and whose key still counts.

    Raises
    ------
    CourseError
        When there is no issuer in the folder, or its registry cannot be read.
    """
    issuer = load_issuer(root)
    lost = {key.short for key in issuer.profile.keys if key.compromised}
    theirs = read_registry(issuer.folder).of_trainee(trainee)
    return [entry for entry in theirs if entry.expires > now and entry.key not in lost]


def as_text(entries: list[Entry], issuer: Path | None = None) -> str:
    """Return the certificates for a terminal; empty where there is none.

    Parameters
    ----------
    issuer
        Folder of the issuer, where commands have to be told.
    """
    return "\n".join(_lines(entries, f" --issuer {shlex.quote(str(issuer))}" if issuer else ""))


def _lines(entries: list[Entry], where: str) -> Iterator[str]:
    if not entries:
        return
    one = len(entries) == 1
    yield (
        f"{'1 certificate' if one else f'{len(entries)} certificates'} of {one_line(entries[0].trainee)}"
        f" still verif{'ies' if one else 'y'}, also without the files of the class. To withdraw {'it' if one else 'them'}:"
    )
    for entry in entries:
        yield (
            f'  python -m grader revoke {entry.number} --reason "…"{where}'
            f"    (for {one_line(entry.exam)}, until {entry.expires:%Y-%m-%d})"
        )
