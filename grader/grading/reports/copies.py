"""Notes that several trainees wrote alike, word for word, found without holding the class in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

NAMED = 20
"""How many trainees of one group are named."""


@dataclass(frozen=True, slots=True)
class SameNote:
    """Some trainees whose note on an item has the same words; the first of them by name, and how many they are."""

    item: str
    trainees: tuple[str, ...]
    count: int


class Copies:
    """Digests of notes, kept in a temporary file that goes with this object."""

    def __init__(self) -> None:
        self._seen = sqlite3.connect("")
        self._seen.execute("CREATE TABLE note (item BLOB, digest TEXT, trainee BLOB)")

    def add(self, item: str, digest: str, trainee: str) -> None:
        """Remember one note by the digest of its words."""
        self._seen.execute("INSERT INTO note VALUES (?, ?, ?)", (_bytes(item), digest, _bytes(trainee)))

    def groups(self, most: int) -> Iterator[SameNote]:
        """Yield those who wrote the same, the largest groups first, at most so many groups."""
        same = self._seen.execute(
            "SELECT item, digest, COUNT(*) FROM note GROUP BY item, digest HAVING COUNT(*) > 1"
            " ORDER BY COUNT(*) DESC, item, digest LIMIT ?",
            (most,),
        ).fetchall()
        if same:
            self._seen.execute("CREATE INDEX IF NOT EXISTS alike ON note (item, digest)")
        for item, digest, count in same:
            names = self._seen.execute(
                "SELECT trainee FROM note WHERE item = ? AND digest = ? ORDER BY trainee LIMIT ?",
                (item, digest, NAMED),
            )
            yield SameNote(_text(item), tuple(_text(name) for (name,) in names), count)

    def count(self) -> int:
        """Return how many groups there are."""
        query = "SELECT COUNT(*) FROM (SELECT 1 FROM note GROUP BY item, digest HAVING COUNT(*) > 1)"
        return int(self._seen.execute(query).fetchone()[0])

    def close(self) -> None:
        """Forget all of it."""
        self._seen.close()


# A name of a folder may hold bytes that are no characters.
def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
