"""What must never get out, and a search for it in files of every kind that somebody may get."""

from __future__ import annotations

import base64
import gzip
import html
import io
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import yaml

LENGTH = 10
"""Words in a row of a key that give it away."""
_WORDS = re.compile(r"[^\W_]+")
_TOKEN = re.compile(rb"[A-Za-z0-9_-]{40,}={0,2}")
_PACKED = (b"\x1f\x8b", b"BZh", b"PK\x03\x04")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Secrets:
    """Canaries, and every run of ten words that stands in a sentence of an exam key and nowhere in the open."""

    canaries: frozenset[str]
    shingles: Mapping[Shingle, str]


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, whatever stands between them."""
    return _WORDS.findall(text.lower())


def shingles(text: str) -> Iterator[Shingle]:
    """Yield every run of ten words."""
    found = words(text)
    for start in range(len(found) - LENGTH + 1):
        yield tuple(found[start : start + LENGTH])


def secrets(keys: Iterable[Path], open_texts: Iterable[str]) -> Secrets:
    """Return what must stay secret of key files; what stands in the open anyway, as a chart does, is none of it."""
    known: set[Shingle] = set()
    for text in open_texts:
        known.update(shingles(text))
    canaries: set[str] = set()
    found: dict[Shingle, str] = {}
    for path in keys:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        canaries.add(data["canary"])
        for text in texts(data["items"]):
            for sentence in _SENTENCE.split(text):
                found |= {each: str(path) for each in shingles(sentence) if each not in known}
    return Secrets(frozenset(canaries), found)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            if name != "cite":  # a rule's name is no secret
                yield from texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts(held)
    elif isinstance(value, str):
        yield value


def leaks(content: bytes, hidden: Secrets) -> list[str]:
    """Return what a file gives away, read in every way that its bytes can be read."""
    told: list[str] = []
    for text in dict.fromkeys(readings(content)):
        told.extend(f"canary {canary}" for canary in hidden.canaries if canary in text)
        told.extend(
            f"{' '.join(each)} ({hidden.shingles[each]})"
            for each in shingles(text)
            if each in hidden.shingles
        )
    return told


def readings(content: bytes, depth: int = 3) -> Iterator[str]:
    """Yield the texts in a file: as it stands, unescaped, unpacked, and out of its encoded parts."""
    plain = content.decode("utf-8", errors="replace")
    yield plain
    yield html.unescape(plain)
    if "\\" in plain:
        yield _unescaped(plain)
    if not depth:
        return
    for inner in (*_unpacked(content), *_decoded(content)):
        yield from readings(inner, depth - 1)
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield "\n".join(page.extract_text() for page in reader.pages)
        for attached in reader.attachments.values():
            for inner in attached:
                yield from readings(inner, depth - 1)
    if content.startswith(b"SQLite format 3\0"):
        yield _database(content)


def _unescaped(text: str) -> str:
    """Undo what JSON does to quotes, line ends and letters."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\[nrt]", " ", text).replace('\\"', '"')


def _unpacked(content: bytes) -> Iterator[bytes]:
    if content.startswith(_PACKED[0]):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(content)
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):  # streams of a picture or a PDF
        with suppress(zlib.error):
            found = zlib.decompressobj().decompress(content[start.start() :], 20_000_000)
            if len(found) > 40:
                yield found


def _decoded(content: bytes) -> Iterator[bytes]:
    """Yield what stands in Base64, as the parts of a signed token do."""
    for found in _TOKEN.finditer(content):
        token = found[0].rstrip(b"=")
        with suppress(ValueError):
            inner = base64.urlsafe_b64decode(
                token.replace(b"+", b"-").replace(b"/", b"_") + b"=" * (-len(token) % 4)
            )
            if inner.lstrip()[:1] in (b"{", b"[", b"<") or inner.startswith(
                (b"\x1f\x8b", b"%PDF", b"\x89PNG")
            ):
                yield inner


def _database(content: bytes) -> str:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return "\n".join(connection.iterdump())


def files(*folders: Path) -> Iterator[Path]:
    """Yield every file that somebody may get."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not {"node_modules", "pyodide"} & set(path.parts):
                yield path
