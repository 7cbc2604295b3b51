"""What every page loads for its reader, and the worker that keeps the course for reading without a connection."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

_WORKER = Path(__file__).with_name("course_offline.js")
_PLACE = "/* files */ {}"
_PYTHON = "_static/course/"
"""What only checking a case needs, most of it Python itself."""
_IMPORT = re.compile(r'(from "\./[\w-]+\.js)\?v=\w+(?=")')
_UNUSED = (".pdf", ".map", ".txt", ".mo", ".po", ".ttf")
"""Files that no page loads: sources for debugging, licences, translations of the theme, fonts for old browsers."""
_UNPUBLISHED = ("sw.js", "objects.inv", "_static/scripts/fontawesome.js")


def files_of(site: Path) -> dict[str, dict[str, str]]:
    """Return the files of a built site with their digests: ``pages`` and ``python``."""
    found: dict[str, dict[str, str]] = {"pages": {}, "python": {}}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if (
            not path.is_file()
            or name.startswith(("_sources/", "issuer/", "."))
            or name in _UNPUBLISHED
            or path.suffix in _UNUSED
        ):
            continue
        kind = "python" if name.startswith(_PYTHON) and not name.endswith((".css", "page.js")) else "pages"
        found[kind][name] = sha256(path.read_bytes()).hexdigest()[:12]
    return found


def worker(site: Path) -> str:
    """Return the service worker of a built site."""
    listed = json.dumps(files_of(site), separators=(",", ":"))
    return _WORKER.read_text(encoding="utf-8").replace(_PLACE, listed)


def stamp_modules(folder: Path) -> None:
    """Let each script of the reader ask for the others of its own edition: browsers keep scripts, and must not mix two."""
    paths = sorted(folder.glob("*.js"))
    bare = {path: _IMPORT.sub(r"\1", path.read_text(encoding="utf-8")) for path in paths}
    edition = sha256("".join(bare.values()).encode()).hexdigest()[:8]
    for path, text in bare.items():
        path.write_text(re.sub(r'(from "\./[\w-]+\.js)(?=")', rf"\1?v={edition}", text), encoding="utf-8")


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        site = Path(app.outdir)
        stamp_modules(site / "_static" / "reader")
        (site / "sw.js").write_text(worker(site), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the script, and write the worker when everything else is written."""
    app.add_js_file("reader/index.js", type="module")
    app.connect("build-finished", _write, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
