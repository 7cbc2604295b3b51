"""Make the folder that a static host serves from the built site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from grader.errors import CourseError

MARK = ".coding-back-pain"
"""A file by which publishing knows a folder of its own, which it may clear."""
PDF = "coding-back-pain.pdf"
ISSUER = "issuer"
"""The folder of the site in which the page that checks certificates looks for their issuer."""
_LINK = re.compile(
    rf'<p(?P<before>[^>]*) hidden(?:="")?(?P<after>[^>]*)>(?=\s*<a[^>]*href="[^"]*{re.escape(PDF)}")'
)
_LEFT_OUT = shutil.ignore_patterns("_sources", "objects.inv", ".buildinfo", ".doctrees")


def publish(site: Path, out: Path, pdf: Path | None = None, issuer: Mapping[str, bytes] | None = None) -> int:
    """Write the folder to publish and return its number of files.

    Parameters
    ----------
    site
        The built site.
    out
        The folder to write. What is in it goes, if it was written by this function before.
    pdf
        The whole book in one file; the pages show their link to it only when it is given.
    issuer
        What an issuer of certificates publishes, by its place, once it was looked at
        (`grader.certificate.published`).  Without it the site has no issuer.

    Raises
    ------
    CourseError
        When there is no built site, or ``out`` holds something else.
    """
    if not (site / "index.html").exists():
        raise CourseError(f"There is no built book in {site}. Run `make book`.")
    if pdf is not None and not pdf.exists():
        raise CourseError(f"There is no file {pdf}. Run `make pdf`.")
    if out.exists() and not out.is_dir():
        raise CourseError(f"{out} is a file. Choose a folder.")
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise CourseError(f"{out} holds files that are not a published course. Choose an empty folder.")
    if out.resolve().is_relative_to(site.resolve()):
        raise CourseError(f"{out} lies within the built book. Choose a folder outside of it.")
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(site, out, ignore=_LEFT_OUT)
    # A former issuer's, if somebody has put it into the built site.
    shutil.rmtree(out / ISSUER, ignore_errors=True)
    for name, data in (issuer or {}).items():
        _put(out / ISSUER / name, data)
    (out / MARK).write_text("This folder is made anew whenever the course is published.\n", encoding="utf-8")
    (out / ".nojekyll").touch()  # GitHub Pages would leave out folders that begin with _
    if pdf is not None:
        shutil.copyfile(pdf, out / PDF)
        for page in out.rglob("*.html"):
            _show_link(page)
    return sum(path.is_file() for path in out.rglob("*"))


def _put(path: Path, data: bytes) -> None:
    """Write a file for everybody to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o755)
    path.write_bytes(data)
    path.chmod(0o644)


def _show_link(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = _LINK.sub(r"<p\g<before>\g<after>>", text)
    if shown != text:
        page.write_text(shown, encoding="utf-8")
