"""The book with an issuer of certificates, on a static host."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

from tests.browser.conftest import SITE, Quiet

PREFIX = "/some/prefix/course/"


class Host(Quiet):
    """A static host of the book under a path prefix, with an issuer's public files in their place."""

    def translate_path(self, path: str) -> str:
        """Return the file of an address."""
        name = path.partition("?")[0].removeprefix(PREFIX)
        host: Published = self.server.published  # type: ignore[attr-defined]  # servers are typed without it
        if name.startswith("issuer/"):
            return str((host.issuer or Path("/nowhere")) / name.removeprefix("issuer/"))
        return str(SITE / name)


@dataclass(slots=True)
class Published:
    """The page's address, and the issuer's folder that the site publishes now; None where it publishes none."""

    address: str
    issuer: Path | None


@contextmanager
def publishing(issuer: Path) -> Iterator[Published]:
    """Serve the book with what an issuer publishes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(SITE)))
    found = Published(f"http://127.0.0.1:{server.server_address[1]}{PREFIX}book/verify.html", issuer)
    server.published = found  # type: ignore[attr-defined]  # as above
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()
