"""Reading DER (X.690) with one spelling for everything: what is written in any other way is not read."""

from __future__ import annotations

from dataclasses import dataclass

SEQUENCE, SET, OCTETS, INTEGER, OID, FIRST = 0x30, 0x31, 0x04, 0x02, 0x06, 0xA0
"""Tags; ``FIRST`` is that of a part with the number 0 of its own."""
_LONG, _MOST_DIGITS = 0x80, 3


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its tag, its content, and all of it."""

    tag: int
    content: bytes
    whole: bytes


def parts(data: bytes) -> tuple[Part, ...]:
    """Return the parts that stand in a row.

    Raises
    ------
    ValueError
        When a part is cut off, or a length is not spelled in the shortest way.
    """
    found, at = [], 0
    while at < len(data):
        part = first(data[at:])
        found.append(part)
        at += len(part.whole)
    return tuple(found)


def first(data: bytes) -> Part:
    """Return the part that some bytes begin with.

    Raises
    ------
    ValueError
        As `parts`.
    """
    if len(data) < 2:
        raise ValueError("it is cut off")
    size, head = data[1], 2
    if size >= _LONG:
        digits = size - _LONG
        if not 1 <= digits <= _MOST_DIGITS or len(data) < 2 + digits:
            raise ValueError("it has no length")
        size, head = int.from_bytes(data[2 : 2 + digits]), 2 + digits
    if _length(size) != data[1:head]:
        raise ValueError("its length is spelled otherwise")
    if len(data) < head + size:
        raise ValueError("it is cut off")
    return Part(data[0], data[head : head + size], data[: head + size])


def inside(data: bytes, *tags: int) -> tuple[Part, ...]:
    """Return the parts that stand in a row, which must have just these tags.

    Raises
    ------
    ValueError
        When they have others.
    """
    found = parts(data)
    if tuple(part.tag for part in found) != tags:
        raise ValueError("it has other parts")
    return found


def write(tag: int, *content: bytes) -> bytes:
    """Return a part."""
    joined = b"".join(content)
    return bytes([tag]) + _length(len(joined)) + joined


def _length(size: int) -> bytes:
    if size < _LONG:
        return bytes([size])
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([_LONG + len(digits)]) + digits
