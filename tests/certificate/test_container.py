"""The signature in a PDF: command and page say the same of every change in it, and nothing stands in it that no key covers."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from grader.certificate.container import read_container
from grader.certificate.der import FIRST, SEQUENCE, SET, first, parts, write
from grader.certificate.reasons import RefusedError
from grader.certificate.verify import verify
from tests.certificate.making import World

_HOLE = re.compile(rb"/Contents\s*<([0-9A-Fa-f]+)>")
_SCRIPT = Path(__file__).with_name("verdicts.mjs")
_TIME_STAMP = bytes.fromhex("060b2a864886f70d010910020e")
_SHA_512 = bytes.fromhex("300d06096086480165030402030500")
_SHA_256 = bytes.fromhex("300d06096086480165030402010500")


def put_back(pdf: bytes, container: bytes) -> bytes:
    """Return a PDF with another container in the place of its signature."""
    found = _HOLE.search(pdf)
    assert found is not None and 2 * len(container) <= len(found[1])
    return pdf[: found.start(1)] + container.hex().encode().ljust(len(found[1]), b"0") + pdf[found.end(1) :]


def container_of(pdf: bytes) -> bytes:
    """Return the container of a PDF's signature."""
    found = _HOLE.search(pdf)
    assert found is not None
    return first(bytes.fromhex(found[1].decode())).whole


def rebuilt(container: bytes, change: Callable[[list[bytes], list[bytes]], None]) -> bytes:
    """Return a container after a change of the parts of its content and of its signer."""
    kind, wrapped = parts(first(container).content)
    content = [part.whole for part in parts(parts(wrapped.content)[0].content)]
    signer = [part.whole for part in parts(parts(parts(content.pop())[0].content)[0].content)]
    change(content, signer)
    content.append(write(SET, write(SEQUENCE, *signer)))
    return write(SEQUENCE, kind.whole, write(FIRST, write(SEQUENCE, *content)))


def _unsigned(_: list[bytes], signer: list[bytes]) -> None:
    signer.append(write(0xA1, write(SEQUENCE, _TIME_STAMP, write(SET, write(SEQUENCE)))))


def _crls(content: list[bytes], _: list[bytes]) -> None:
    content.append(write(0xA1, write(SEQUENCE)))


def _digests(content: list[bytes], _: list[bytes]) -> None:
    content[1] = write(SET, _SHA_512)


def _signers_digest(_: list[bytes], signer: list[bytes]) -> None:
    signer[2] = _SHA_512


def _two_digests(content: list[bytes], _: list[bytes]) -> None:
    content[1] = write(SET, _SHA_256, _SHA_512)


def _certificates(content: list[bytes], _: list[bytes]) -> None:
    content[3] = write(
        FIRST, *(part.whole for part in parts(content[3])[:1] for part in parts(part.content) * 2)
    )


def _nothing(_: list[bytes], __: list[bytes]) -> None:
    """Change nothing."""


@pytest.mark.parametrize("change", [_unsigned, _crls, _digests, _signers_digest, _two_digests, _certificates])
def test_nothing_stands_beside_the_signature(world, change):
    """Unsigned attributes, lists of certificates, another digest or a second certificate are refused; without a change it holds."""
    pdf = world.genuine.files["pdf"]
    container = container_of(pdf)
    assert rebuilt(container, _nothing) == container
    changed = put_back(pdf, rebuilt(container, change))
    assert verify(changed, world.trust, world.now).reasons == ("pdf_changed",)


def changes(world: World) -> list[bytes]:
    """Return the genuine page, one with each kind of addition, and some with a byte of the signature changed."""
    pdf, random = world.genuine.files["pdf"], Random(11)
    container = container_of(pdf)
    found = [
        pdf,
        *(put_back(pdf, rebuilt(container, each)) for each in (_unsigned, _crls, _digests, _certificates)),
    ]
    for at in [*range(0, 72, 2), *random.sample(range(72, len(container)), 36)]:
        byte = random.choice([container[at] ^ 1, container[at] ^ 0x20, container[at] ^ 0xFF])
        found.append(put_back(pdf, container[:at] + bytes([byte]) + container[at + 1 :]))
    return found  # fmt: skip


def test_page_and_command_agree_on_every_byte(world, tmp_path):
    """Of a genuine page both say that it holds; of one with a byte of its signature changed both say the same, and never that."""
    files = []
    for number, data in enumerate(changes(world)):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(data)
    expected = [" ".join(verify(path.read_bytes(), world.trust, world.now).reasons) or "ok" for path in files]
    command = [
        "node",
        str(_SCRIPT),
        str(world.trust),
        str(int(world.now.timestamp() * 1000)),
        *map(str, files),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == expected
    assert expected[0] == "ok" and set(expected[1:]) == {"pdf_changed", "pdf_signer_unknown"}


@pytest.mark.parametrize(
    "data", ["", "30", "3080", "308001", "30840000000100", "3003020100ff", "0203020100", "30038101ff"]
)
def test_what_is_no_container_is_refused(data):
    """Too short, without an end, spelled otherwise or of another kind: refused in the same words."""
    with pytest.raises(RefusedError) as refused:
        read_container(bytes.fromhex(data))
    assert refused.value.code == "pdf_changed"
