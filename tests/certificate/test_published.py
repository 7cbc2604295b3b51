"""What is published of an issuer: the files that are known, in date and free of secrets, and nothing else."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.certificate.folder import IssuerFolder
from grader.certificate.issuer import load_issuer, present, renew
from grader.certificate.published import published_files
from grader.certificate.registry import Withdrawn, read_registry, write_registry
from grader.errors import CourseError
from tests.certificate.making import DAY, World


@pytest.fixture
def root(world: World, tmp_path: Path) -> Path:
    """A copy of the issuer's folder that a test may spoil."""
    return shutil.copytree(world.issuer.folder.root, tmp_path / "issuer")


def test_everything_that_is_needed_is_published(world, root):
    """The issuer, the list, what the exam earns, and the keys but the compromised one; hidden files are left out."""
    (root / "public" / ".half.new").write_text("{")
    files = published_files(root, world.now)
    keys = {f"keys/{key.short}.json" for key in (world.retired, world.current)}
    assert files.keys() == {"issuer.json", "status.jwt", "achievements/certification.json"} | keys
    assert all(data == (root / "public" / name).read_bytes() for name, data in files.items())


def test_a_copy_of_the_public_folder_is_enough(world, root, tmp_path):
    """Where the private half is not at hand, the public half is checked by itself."""
    shutil.copytree(root / "public", tmp_path / "copy" / "public")
    assert published_files(tmp_path / "copy", world.now) == published_files(root, world.now)


def _jwk(public: Path, secret: bool) -> None:
    path = next((public / "keys").iterdir())
    path.write_text(
        json.dumps({**json.loads(path.read_text()), **({"d": "AAAA"} if secret else {"use": "enc"})})
    )


def _secret_in_profile(public: Path) -> None:
    data = json.loads((public / "issuer.json").read_text())
    data["keys"][0]["jwk"]["d"] = "AAAA"
    for path in (public / "issuer.json", public.parent / "issuer.json"):
        path.write_text(json.dumps(data))


def _backup(public: Path) -> None:
    pem = next((public.parent / "keys").glob("*.pem")).read_text().splitlines()[1:-1]
    (public / "backup.der").write_bytes(base64.b64decode("".join(pem)))


def _withdrawn_since(public: Path) -> None:
    folder = IssuerFolder(public.parent)
    registry = read_registry(folder)
    entry = registry.issued[0].model_copy(update={"withdrawn": Withdrawn(at=present(), reason="x")})
    write_registry(folder, registry.with_entry(entry))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda public: (public / "status.jwt").unlink(), "lacks status.jwt"),
        (lambda public: (public / "issuer.json").write_text("{}"), "issuer.json"),
        (lambda public: (public / "k.txt").write_text("-----BEGIN PRIVATE KEY-----\nMC4"), "private key"),
        (lambda public: (public / "all").symlink_to(public.parent / "keys"), "is a link"),
        (_backup, "backup.der is nothing that an issuer publishes"),
        (lambda public: shutil.copy(public.parent / "registry.json", public), "registry.json is nothing"),
        (lambda public: shutil.copy(public.parent / "registry.json", public / "achievements"), "what an exam earns"),
        (lambda public: (public / "k.jwk").write_text('{"kty": "OKP", "d": "AAAA"}'), "k.jwk is nothing"),
        (lambda public: _jwk(public, True), r"private key \(d\)"),
        (lambda public: _jwk(public, False), "is not the key that"),
        (_secret_in_profile, r"keys\.0\.jwk\.d"),
        (lambda public: (public / "keys" / "other.json").write_text("{}"), "other.json is nothing"),
        (lambda public: shutil.rmtree(public / "keys"), r"lacks keys/.*keys status"),
        (lambda public: (public / "achievements" / "certification.json").write_text("["), "damaged"),
        (lambda public: (public / "status.jwt").write_text("a.b.c"), "not signed by the issuer"),
        (_withdrawn_since, "is not the last list"),
    ],
)  # fmt: skip
def test_what_must_not_be_published_is_refused_by_name(world, root, spoil: Callable[[Path], object], said):
    """A file that is missing, secret, unknown, damaged or not what its name says stops everything."""
    published_files(root, world.now)
    spoil(root / "public")
    with pytest.raises(CourseError, match=said):
        published_files(root, world.now)


def test_a_list_that_nobody_can_use_is_refused(world, root):
    """One that has run out, one that is yet to come, and one from before a withdrawal; signed anew it is published."""
    for moment, said in ((world.now + 31 * DAY, "run out.*keys status"), (world.now - DAY, "yet to come")):
        with pytest.raises(CourseError, match=said):
            published_files(root, moment)
    (root / "public" / "status.jwt").write_bytes(world.earlier)
    with pytest.raises(CourseError, match=r"not the last list.*keys status"):
        published_files(root, world.now)
    renew(root, now=world.now + DAY)
    assert published_files(root, world.now + DAY)["status.jwt"] != world.earlier
    assert load_issuer(root).profile == world.issuer.profile
