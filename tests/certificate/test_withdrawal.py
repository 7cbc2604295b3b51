"""Withdrawing by a file: only what the issuer made, whole, names the certificate that goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.certificate import baking
from grader.certificate.pdf import sign_page
from grader.certificate.picture import draw_page
from grader.certificate.registry import read_registry, write_registry
from grader.certificate.typesetting import Fonts
from grader.certificate.verify import verify
from grader.cli import main
from tests.certificate.making import DAY, HOLDER, OTHER, World, drawn, issue, make_world, sign


@pytest.fixture
def own(tmp_path: Path) -> World:
    """An issuer that a test may change."""
    return make_world(tmp_path / "issuer")


def forged(world: World) -> dict[str, bytes]:
    """Return files that carry the genuine certificate's number without being it, or were made with a key that is not safe."""
    made, token = world.genuine, world.genuine.files["jwt"].decode()
    other = issue(world.issuer, OTHER, world.now - 2 * DAY)
    theirs = drawn(other)
    page = draw_page(made.passed, made.entry, world.issuer.profile, token, Fonts())
    elsewhere = {**world.claims()["issuer"], "id": "https://other.example/issuer.json"}
    return {
        "another's PNG": baking.put_into_png(theirs.png, token),
        "another's SVG": baking.put_into_svg(theirs.svg, token),
        "a stolen key": sign(world, world.claims(), world.compromised).encode(),
        "a retired key": sign(world, world.claims(), world.retired).encode(),
        "another page": sign_page(page, world.issuer, world.retired),
        "another issuer": sign(world, world.claims(issuer=elsewhere, iss=elsewhere["id"])).encode(),
        "another last day": sign(
            world, world.claims(validUntil="2099-01-01T00:00:00Z", exp=4070908800)
        ).encode(),
        "an unknown number": sign(world, world.claims(id=f"urn:uuid:{'0' * 36}", jti=f"urn:uuid:{'0' * 36}")).encode(),
    }  # fmt: skip


def test_a_tampered_file_withdraws_nothing(own, tmp_path, capsys, subtests):
    """A forged picture, a stolen or retired key, a page or dates that do not belong: refused, and the holder keeps the certificate."""
    for name, data in forged(own).items():
        with subtests.test(name):
            path = tmp_path / "given"
            path.write_bytes(data)
            assert main(["revoke", str(path), "--reason", "x", "--issuer", str(own.issuer.folder.root)]) == 2
            told = capsys.readouterr()
            assert "Nothing was withdrawn" in told.err and not told.out
            assert verify(own.genuine.files["jwt"], own.trust, own.now).valid


@pytest.mark.parametrize("kind", ["jwt", "png", "svg", "pdf"])
def test_each_of_its_files_withdraws_a_certificate(own, tmp_path, capsys, kind):
    """The issuer's own file is taken, and its holder is printed before the number that goes."""
    path = tmp_path / f"given.{kind}"
    path.write_bytes(own.genuine.files[kind])
    assert main(["revoke", str(path), "--reason", "x", "--issuer", str(own.issuer.folder.root)]) == 0
    out = capsys.readouterr().out
    assert out.index(HOLDER) < out.index("Withdrawn:")
    assert verify(own.genuine.files["jwt"], own.trust, own.now + DAY).reasons == ("revoked",)


def test_one_that_expired_can_be_withdrawn_too(own, tmp_path):
    """That a certificate has expired or does not count yet, or that the list has run out, keeps no file from being read."""
    made = issue(own.issuer, HOLDER, own.now - 700 * DAY, months=12)
    path = tmp_path / "given.svg"
    path.write_bytes(made.files["svg"])
    assert main(["revoke", str(path), "--reason", "x", "--issuer", str(own.issuer.folder.root)]) == 0
    gone = read_registry(own.issuer.folder).by_id(made.entry.id)
    assert gone is not None and gone.withdrawn is not None


def test_what_the_registry_says_counts(own, tmp_path, capsys):
    """Where file and registry differ in key, days or place, the command names what differs."""
    registry, entry = read_registry(own.issuer.folder), own.genuine.entry
    changed = entry.model_copy(update={"key": "another", "index": (entry.index + 1) % 100_000})
    write_registry(own.issuer.folder, registry.with_entry(changed))
    path = tmp_path / "given.jwt"
    path.write_bytes(own.genuine.files["jwt"])
    assert main(["revoke", str(path), "--reason", "x", "--issuer", str(own.issuer.folder.root)]) == 2
    assert "the key, the place in the list" in capsys.readouterr().err
