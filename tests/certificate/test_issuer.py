"""Keys: where they may be kept, who may read them, and what rotation and withdrawal change."""

from __future__ import annotations

import json
import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest

from grader.certificate import issuer as module
from grader.certificate.folder import PLACE, default_issuer, open_folder, put, put_once
from grader.certificate.issuer import init_issuer, load_issuer, present, renew, rotate_keys, withdraw
from grader.certificate.registry import new_entry, read_registry, write_registry
from grader.certificate.verify import verify
from grader.errors import CertificateFileError, CourseError
from grader.grading.configuration import CONFIG_FILE
from tests.certificate.making import DAY, HOLDER, SITE, issue

NAME = "Example College"


def test_keys_are_for_their_owner_alone(tmp_path):
    """The folder has mode 700, private files 600; what is published can be read by a web server."""
    root = tmp_path / "issuer"
    init_issuer(root, NAME, SITE)
    modes = {path.relative_to(root).as_posix(): path.stat().st_mode & 0o777 for path in root.rglob("*")}
    assert root.stat().st_mode & 0o777 == 0o700 and modes["keys"] == 0o700
    private = [mode for name, mode in modes.items() if not name.startswith("public") and name != "keys"]
    assert len(private) >= 5 and set(private) == {0o600}
    assert modes["public"] == 0o755 and modes["public/issuer.json"] == modes["public/status.jwt"] == 0o644
    for path in (root / "public").rglob("*"):
        assert path.is_dir() or b"PRIVATE" not in path.read_bytes()


@pytest.mark.parametrize("mark", [".git/", CONFIG_FILE, "course/inbound/"])
def test_keys_are_not_kept_where_others_come(tmp_path, mark):
    """Neither a repository, a class nor an exchange may hold keys, at any depth; samples may stand there."""
    place = tmp_path / mark
    if mark.endswith("/"):
        place.mkdir(parents=True)
        tmp_path.chmod(0o1777)
    else:
        place.touch()
    with pytest.raises(CourseError, match="Name a folder outside of it"):
        init_issuer(tmp_path / "deep" / "issuer", NAME, SITE)
    assert not (tmp_path / "deep").exists()
    init_issuer(tmp_path / "deep" / "issuer", NAME, SITE, anywhere=True)


def test_the_repository_itself_is_refused():
    """The checkout of the course is no place for keys."""
    with pytest.raises(CourseError, match="one push would publish the keys"):
        init_issuer(Path(__file__).parent / "issuer", NAME, SITE)


def test_nothing_is_overwritten(tmp_path):
    """A second issuer in one place, or files that others can open, are refused; all stays as it was."""
    root = tmp_path / "issuer"
    before = init_issuer(root, NAME, SITE).profile
    with pytest.raises(CourseError, match="already"):
        init_issuer(root, "Another", SITE)
    assert load_issuer(root).profile == before
    open_to_all = tmp_path / "open"
    open_to_all.mkdir(mode=0o755)
    (open_to_all / "notes.txt").touch()
    with pytest.raises(CourseError, match="Other people can open"):
        init_issuer(open_to_all, NAME, SITE)
    with pytest.raises(CertificateFileError, match="already"):
        put_once(root / "issuer.json", b"")


@pytest.mark.parametrize("part", [".", "keys"])
def test_keys_that_others_could_read_are_not_used(tmp_path, part):
    """A folder that was opened to others later is told, with what to do; once closed it is used again."""
    root = tmp_path / "issuer"
    init_issuer(root, NAME, SITE)
    (root / part).chmod(0o750)
    with pytest.raises(CourseError, match="chmod 700"):
        renew(root)
    (root / part).chmod(0o700)
    renew(root)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/course/", "https://example.org/course/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("http://example.org/", ""),
        ("example.org", ""),
        ("https://user@example.org/", ""),
        ("https://example.org/?course=1", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_address_is_one_that_nobody_else_can_change(tmp_path, url, address):
    """Certificates point to https alone, but for a sample on one's own computer."""
    if not address:
        with pytest.raises(CourseError):
            init_issuer(tmp_path / "issuer", NAME, url)
        return
    issuer = init_issuer(tmp_path / "issuer", NAME, url)
    assert issuer.profile.url == address and issuer.profile.status_url == f"{address}issuer/status.jwt"


def test_rotation_keeps_the_old_key_published(tmp_path):
    """The old key ends when the new one begins, and both are told, with the list signed anew."""
    root, now = tmp_path / "issuer", present()
    first = init_issuer(root, NAME, SITE, now=now - DAY).profile.current
    profile = rotate_keys(root, now=now).profile
    assert profile.keys[0].short == first.short and len(profile.keys) == 2
    assert profile.keys[0].until == profile.current.from_ == now and profile.current.until is None
    published = json.loads((root / "public" / "issuer.json").read_text())
    assert [key["kid"] for key in published["keys"]] == [key.kid for key in profile.keys]
    assert (root / "public" / "issuer.json").read_bytes() == (root / "issuer.json").read_bytes()


def test_an_old_key_can_be_withdrawn_without_a_new_one(tmp_path):
    """Only the key in use needs a new one in its place; a name that no key has is told."""
    root = tmp_path / "issuer"
    first = init_issuer(root, NAME, SITE).profile.current.short
    rotate_keys(root)
    profile = rotate_keys(root, first).profile
    assert [key.compromised for key in profile.keys] == [True, False]
    profile = rotate_keys(root, profile.current.short).profile
    assert [key.compromised for key in profile.keys] == [True, True, False]
    with pytest.raises(CourseError, match=first):
        rotate_keys(root, "2020-01-01-00000000")


def test_withdrawing(tmp_path):
    """A withdrawn certificate stays withdrawn, the reason stays with the issuer, and what was never issued is told."""
    root, now = tmp_path / "issuer", present()
    made = issue(init_issuer(root, NAME, SITE, now=now), HOLDER, now)
    renew(root, now=now)
    token, trust = made.files["jwt"], root / "public"
    assert verify(token, trust, now).valid
    number = made.entry.id.removeprefix("urn:uuid:")
    for wrong, why in ((number, " "), ("0000", "a mistake")):
        with pytest.raises(CourseError):
            withdraw(root, wrong, why, now=now)
    assert verify(token, trust, now).valid
    entry = withdraw(root, number, "copied from a neighbour", now=now)
    assert entry.withdrawn is not None and verify(token, trust, now).reasons == ("revoked",)
    with pytest.raises(CourseError, match="already"):
        withdraw(root, number, "again", now=now)
    assert not any(b"neighbour" in path.read_bytes() for path in trust.rglob("*.*"))


def test_lists_can_be_told_apart(tmp_path):
    """However fast they follow on each other, a newer list has a later date."""
    root, now = tmp_path / "issuer", present()
    init_issuer(root, NAME, SITE, now=now)
    dates = [renew(root, now=now).listed for _ in range(3)]
    assert dates == [now + timedelta(seconds=seconds) for seconds in (1, 2, 3)]


def _withdraw_ten(root: Path, ids: list[str]) -> None:
    for id_ in ids:
        withdraw(root, id_, "a test")


def test_two_at_once_lose_nothing(tmp_path):
    """Two processes that withdraw at the same time have both their certificates withdrawn, all of them."""
    root, now = tmp_path / "issuer", present()
    issuer = init_issuer(root, NAME, SITE, now=now)
    registry = read_registry(issuer.folder)
    for number in range(12):
        entry = new_entry(registry, "exam", f"trainee-{number}", f"exam-{number:08x}", "key", now, now + DAY)
        registry = registry.with_entry(entry)
    write_registry(issuer.folder, registry)
    ids = [entry.id for entry in registry.issued]
    spawn = multiprocessing.get_context("fork")
    workers = [spawn.Process(target=_withdraw_ten, args=(root, ids[start::2])) for start in (0, 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    found = read_registry(open_folder(root))
    assert len(found.issued) == 12 and len(list(found.withdrawn)) == 12
    assert len({entry.index for entry in found.issued}) == 12


def test_a_crash_leaves_the_old_file_or_the_new_one(tmp_path, monkeypatch):
    """A file is put in place in one step, and nothing half-written stays behind."""
    path = tmp_path / "registry.json"
    put(path, b"old")

    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", crash)
    with pytest.raises(CertificateFileError, match="No space left"):
        put(path, b"new")
    assert path.read_bytes() == b"old" and [each.name for each in tmp_path.iterdir()] == ["registry.json"]


def test_a_damaged_registry_is_not_taken_for_an_empty_one(tmp_path):
    """What was withdrawn is not forgotten because a file cannot be read."""
    root = tmp_path / "issuer"
    init_issuer(root, NAME, SITE)
    (root / "registry.json").write_text('{"schema": "registry/1", "issued": [')
    with pytest.raises(CertificateFileError, match=r"registry\.json"):
        renew(root)


def test_a_lost_key_is_told(tmp_path):
    """Without its private key an issuer is told which file is missing and what can be done."""
    root = tmp_path / "issuer"
    key = init_issuer(root, NAME, SITE).profile.current
    (root / "keys" / f"{key.short}.pem").unlink()
    with pytest.raises(CertificateFileError, match="keys rotate"):
        renew(root)
    rotate_keys(root)


def test_where_the_issuer_is(monkeypatch, tmp_path):
    """The environment names the folder; without that it is at home."""
    monkeypatch.setenv(PLACE, str(tmp_path))
    assert default_issuer() == tmp_path
    monkeypatch.delenv(PLACE)
    assert default_issuer().name == "coding-back-pain-issuer"
    with pytest.raises(CourseError, match="keys init"):
        load_issuer(tmp_path)


def test_times_are_whole_seconds():
    """Certificates know no parts of seconds, so that what is signed and what is registered agree."""
    assert module.present().microsecond == 0 and module.present().tzinfo is not None
