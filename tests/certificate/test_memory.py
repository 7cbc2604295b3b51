"""What an issuer must not forget: no list is signed that takes a withdrawal back, or that only a wrong clock can have dated."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from grader.certificate import issuer as module
from grader.certificate.issuer import init_issuer, load_issuer, present, renew, rotate_keys, withdraw
from grader.certificate.memory import what_remains
from grader.certificate.registry import read_registry
from grader.certificate.verify import verify
from grader.cli import main
from grader.errors import CertificateFileError, CourseError
from tests.certificate.making import DAY, HOLDER, SITE, Made, issue

NOW = present()
NAME = "Example College"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Folder of an issuer."""
    return init_issuer(tmp_path / "issuer", NAME, SITE, now=NOW - 9 * DAY).folder.root


@pytest.fixture
def made(root: Path) -> Made:
    """A certificate that it has issued."""
    return issue(load_issuer(root), HOLDER, NOW - 5 * DAY)


def reasons(root: Path, made: Made) -> tuple[str, ...]:
    """Return why a certificate does not hold."""
    return verify(made.files["jwt"], root / "public", NOW + timedelta(seconds=9)).reasons


def test_a_missing_registry_takes_no_withdrawal_back(root, made):
    """Without its registry an issuer signs nothing and is told; with it all goes on, and what was withdrawn stays so."""
    withdraw(root, made.entry.id, "a mistake", now=NOW)
    kept = (root / "registry.json").rename(root / "registry.away")
    for act in (renew, rotate_keys):
        with pytest.raises(CertificateFileError, match=r"registry\.json.*missing.*newest copy"):
            act(root, now=NOW)
    assert reasons(root, made) == ("revoked",)
    kept.rename(root / "registry.json")
    renew(root, now=NOW)
    assert reasons(root, made) == ("revoked",)


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_registry_from_an_old_copy_is_told(root, made, withdrawn):
    """A registry that knows less than the last list, or is only older than it, signs nothing; the newest one does."""
    old = shutil.copy(root / "registry.json", root / "registry.old")
    if withdrawn:
        withdraw(root, made.entry.id, "a mistake", now=NOW)
    else:
        renew(root, now=NOW)
    newest = (root / "registry.json").rename(root / "registry.new")
    shutil.copy(old, root / "registry.json")
    said = "1 withdrawn certificate of it would hold again" if withdrawn else "older than the list"
    for act in (renew, lambda root, now: withdraw(root, made.entry.id, "x", now=now)):
        with pytest.raises(CertificateFileError, match=said):
            act(root, now=NOW)
    newest.rename(root / "registry.json")
    renew(root, now=NOW)
    assert (reasons(root, made) == ("revoked",)) is withdrawn


def test_a_list_that_cannot_be_compared_is_told(root, made):
    """A damaged last list stops the next one until the issuer has looked; taken away, the next one is signed."""
    (root / "public" / "status.jwt").write_text("half")
    with pytest.raises(CertificateFileError, match=r"take status\.jwt away"):
        renew(root, now=NOW)
    (root / "public" / "status.jwt").unlink()
    renew(root, now=NOW)
    assert reasons(root, made) == ()


@pytest.mark.parametrize("step", ["_publish", "_signed_list", "put", "write_registry"])
def test_a_withdrawal_that_failed_halfway_is_finished_by_the_next(root, made, monkeypatch, step):
    """Wherever it breaks, repeating the command leaves the certificate withdrawn for everybody."""
    renew(root, now=NOW - DAY)
    real, calls = getattr(module, step), []

    def crash(*given: object) -> object:
        calls.append(given)
        if (
            step != "write_registry" or len(calls) == 3
        ):  # the second time is before the list, the third after it
            raise CertificateFileError(root, "", "it cannot be written", "Make room")
        return real(*given)

    monkeypatch.setattr(module, step, crash)
    with pytest.raises(CertificateFileError, match="Make room"):
        withdraw(root, made.entry.id, "a mistake", now=NOW)
    monkeypatch.undo()
    until = read_registry(load_issuer(root).folder).listed_until
    assert until is not None and until < NOW + 30 * DAY, "a list that is not in place is not said to hold"
    with pytest.raises(CourseError, match=r"already.*signed anew"):
        withdraw(root, made.entry.id, "a mistake", now=NOW)
    assert reasons(root, made) == ("revoked",)


def test_a_compromised_key_is_published_as_such_alone(root):
    """The address of a compromised key is empty; a retired one keeps its own, for what it has signed holds."""
    first = load_issuer(root).profile.current.short
    second = rotate_keys(root, now=NOW - DAY).profile.current.short
    published = root / "public" / "keys"
    assert {path.stem for path in published.iterdir()} == {first, second}
    third = rotate_keys(root, second, now=NOW).profile.current.short
    assert {path.stem for path in published.iterdir()} == {first, third}
    assert [key.compromised for key in load_issuer(root).profile.keys] == [False, True, False]


def test_a_clock_that_was_ahead_once_can_be_put_right(root, made):
    """Lists of a later date stop everything with the clock named; once it is said to be right, certificates hold again."""
    renew(root, now=NOW)
    before = renew(root, now=NOW + 400 * DAY)
    assert reasons(root, made) == ("status_out_of_date",)
    for act in (renew, rotate_keys, lambda root, now: withdraw(root, made.entry.id, "x", now=now)):
        with pytest.raises(CourseError, match=r"clock says.*--now-is-right"):
            act(root, now=NOW)
    ahead = (root / "public" / "status.jwt").read_bytes()
    after = renew(root, now=NOW, clock_is_right=True)
    assert after.listed == NOW and reasons(root, made) == () and renew(root, now=NOW).listed != NOW
    assert any("keys rotate" in words for words in what_remains(before, after))
    rotate_keys(root, now=NOW)
    (root / "public" / "status.jwt").write_bytes(ahead)
    later = verify(made.files["jwt"], root / "public", NOW + 401 * DAY)
    assert later.reasons == ("status_bad_signature",), (
        "with new keys the list of the wrong clock counts no more"
    )


def test_a_key_and_a_certificate_of_a_wrong_clock(root):
    """A key that begins later is replaced, and a certificate that is dated later is named with what to do."""
    rotate_keys(root, now=NOW + 400 * DAY)
    issue(load_issuer(root), HOLDER, NOW + 400 * DAY)
    before = read_registry(load_issuer(root).folder)
    after = renew(root, now=NOW, clock_is_right=True)
    assert load_issuer(root).profile.current.from_ == NOW
    told = list(what_remains(before, after))
    assert "certify certification trainee-1 --again" in told[-1]
    assert reasons(root, issue(load_issuer(root), HOLDER, NOW)) == ()


def test_a_few_seconds_are_no_wrong_clock(root):
    """Lists that follow on each other fast are a second apart, however often."""
    dates = [renew(root, now=NOW).listed for _ in range(5)]
    assert dates == [NOW + timedelta(seconds=seconds) for seconds in range(5)]


def test_the_command_that_puts_it_right(root, capsys):
    """`keys status` says what is wrong, and with --now-is-right what remains; where nothing was wrong, it says that."""
    command = ["keys", "status", "--issuer", str(root)]
    renew(root, now=present() + 400 * DAY)
    assert main(command) == 2 and "--now-is-right" in capsys.readouterr().err
    assert main([*command, "--now-is-right"]) == 0
    assert "Whoever has kept the old list" in capsys.readouterr().out
    assert main(command) == main([*command, "--now-is-right"]) == 0
    assert "nothing to put right" in capsys.readouterr().out


def test_a_new_issuer_is_not_made_over_what_an_old_one_left(tmp_path, root):
    """A registry or a list that is left of an issuer keeps another one from being made in its place."""
    for left in ("registry.json", "public/status.jwt"):
        place = tmp_path / left.replace("/", "-")
        (place / left).parent.mkdir(parents=True)
        shutil.copy(root / left, place / left)
        with pytest.raises(CourseError, match="holds an issuer already"):
            init_issuer(place, NAME, SITE)
