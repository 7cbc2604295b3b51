"""Archives of submissions, as instructors download them and as somebody may have made them."""

import copy
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.grading.intake.handing_in import RELEASED, SAMPLE, TIME, UNIT

EARLIER, LATER = "2026-11-01 10:00:00 UTC", "2026-11-03 10:00:00 UTC"
NOTEBOOK = json.dumps(RELEASED).encode()

Zip = zipfile.ZipFile
Change = Callable[[Zip], object]


def hand_in(archive: Zip, trainee: str, time: str = TIME, head: str = "submitted/") -> None:
    """Pack one ordinary submission."""
    folder = f"{head}{trainee}/{UNIT}"
    for name, content in (
        ("unit-1.ipynb", NOTEBOOK),
        ("answers.json", SAMPLE),
        ("timestamp.txt", time.encode()),
    ):
        archive.writestr(f"{folder}/{name}", content, zipfile.ZIP_DEFLATED)


def packed(path: Path, *changes: Change) -> Path:
    """Pack an archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for change in changes:
            change(archive)
    return path


def by(trainee: str, time: str = TIME, head: str = "submitted/") -> Change:
    """One ordinary submission."""
    return lambda archive: hand_in(archive, trainee, time, head)


def entry(name: str, content: bytes = b"x", head: str = "submitted/eve/unit-1/", **of: int) -> Change:
    """One more entry; what is said of it can be anything."""

    def change(archive: Zip) -> None:
        info = zipfile.ZipInfo("placeholder")
        info.compress_type = of.get("compress_type", zipfile.ZIP_DEFLATED)
        info.external_attr = of.get("mode", 0o100644) << 16
        info.filename = head + name
        archive.writestr(info, content)
        for field in of.keys() - {"mode"}:
            setattr(info, field, of[field])

    return change


def sharing(archive: Zip) -> None:
    """List the bytes of eve's first file once more, as another file of hers."""
    first = next(info for info in archive.filelist if "/eve/" in info.filename)
    twin = copy.copy(first)
    twin.filename = "submitted/eve/unit-1/twin"
    archive.filelist.append(twin)


def inside(archive: Zip) -> None:
    """A file whose content is the beginning of the next one: the list says that it is longer."""
    hand_in(archive, "eve")
    archive.filelist[-3].compress_size += 300


def nested(archive: Zip) -> None:
    """A zip in a zip."""
    content = io.BytesIO()
    packed_inside = zipfile.ZipFile(content, "w")
    packed_inside.writestr("../../../evil", "x")
    packed_inside.close()
    archive.writestr("submitted/eve/unit-1/more.zip", content.getvalue())


def files(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


EVE = by("eve")
