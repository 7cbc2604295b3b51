"""Print the assembled book with Chromium, twice: the second time with the page numbers that the first one told."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pypdf import PdfReader

from grader.errors import CourseError
from grader.site.book_pdf.assemble import AUTHOR, SUBTITLE, assemble, fill_numbers, targets
from grader.site.book_pdf.finishing import finish
from grader.site.book_pdf.fonts import FOLDER, font_files

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_TRIES = 4
"""How often the book is printed at most: a number that fills another line may move what follows it."""
_PATIENCE = 10 * 60_000
"""Milliseconds for one step on a busy machine."""


def print_book(site: Path, toc: Path, out: Path, edition: str = "") -> int:
    """Print the whole book and return the number of its pages.

    Parameters
    ----------
    site
        The folder of the built pages.
    toc
        The table of contents that the site was built from.
    out
        The PDF to write.
    edition
        A line for the title page.

    Raises
    ------
    CourseError
        When there is no built site, or nothing to print with.
    """
    document = assemble(site, toc, edition)
    with _press(site) as (page, folder):
        printed = _print_with_numbers(page, folder / "book.html", document)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(finish(printed, AUTHOR, SUBTITLE))
    return PdfReader(out).get_num_pages()


@contextmanager
def _press(site: Path) -> Iterator[tuple[Page, Path]]:
    """Open a browser without scripts and network, and a folder that holds what the document names."""
    from playwright.sync_api import Error, sync_playwright

    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        _lay_out(site, folder)
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        except Error as error:
            raise CourseError(f"Chromium, which prints the book, does not start: {error.message}") from None
        with browser:
            context = browser.new_context(java_script_enabled=False, offline=True)
            context.set_default_timeout(_PATIENCE)
            yield context.new_page(), folder


def _lay_out(site: Path, folder: Path) -> None:
    (folder / FOLDER).mkdir()
    for file, path in font_files().items():
        (folder / FOLDER / file).symlink_to(path)
    for path in site.resolve().iterdir():
        if path.is_dir():
            (folder / path.name).symlink_to(path)


def _print_with_numbers(page: Page, path: Path, document: str) -> bytes:
    """Print until the page numbers in the document are those of the print."""
    wanted = targets(document)
    numbers: dict[str, int] = {}
    filled = document
    for _ in range(_TRIES):
        path.write_text(filled, encoding="utf-8")
        page.goto(path.as_uri())
        printed = page.pdf(tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
        found = page_numbers(printed, wanted)
        if found == numbers:
            return printed
        numbers, filled = found, fill_numbers(document, found)
    raise CourseError(f"The page numbers of the book were still moving after {_TRIES} prints.")


def page_numbers(printed: bytes, names: Collection[str]) -> dict[str, int]:
    """Return the page, counted from 1, on which each named place of a PDF stands.

    Raises
    ------
    CourseError
        When a place is not in the PDF: Chromium leaves out what is not shown.
    """
    reader = PdfReader(BytesIO(printed))
    places = reader.named_destinations
    missing = sorted(name for name in names if f"/{name}" not in places)
    if missing:
        raise CourseError(f"The printed book has no place for {', '.join(missing)}, which it links to.")
    return {name: (reader.get_destination_page_number(places[f"/{name}"]) or 0) + 1 for name in names}
