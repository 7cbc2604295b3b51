"""Whether others can come to a folder of the exchange: nbgrader releases into one that nobody else can enter without a word."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def closed_part(folder: Path) -> Path | None:
    """Return the outermost part of a path that others cannot enter; None where they can come to the end of it.

    Others are those who are neither the owner nor of the folder's group.
    """
    for part in reversed((folder, *folder.parents)):
        if part.is_dir() and not part.stat().st_mode & stat.S_IXOTH:
            return part
    return None


def warning_of(folder: Path) -> str:
    """Return what is to be said of a folder that forms were released into; nothing where others can enter it."""
    closed = closed_part(folder)
    if closed is None:
        return ""
    mine = closed.stat().st_uid == os.getuid()
    way = f"Run `chmod o+x {closed}`" if mine else f"Ask its owner to run `chmod o+x {closed}`"
    return (
        f"Others cannot enter {closed} (mode {stat.S_IMODE(closed.stat().st_mode):o}), so that nobody else can fetch a form."
        f" {way}, or put the exchange elsewhere (c.Exchange.root in nbgrader_config.py) and release again."
    )
