"""An issuer's life: made, given new keys, and its list of withdrawn certificates kept up to date."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from openbadgeslib.ob3 import build_status_list_credential

from grader.certificate.folder import (
    PRIVATE,
    READABLE,
    IssuerFolder,
    alone,
    make_folder,
    open_folder,
    put,
    put_once,
)
from grader.certificate.keys import as_jwk, make_keys, private_key
from grader.certificate.memory import AHEAD, checked_registry
from grader.certificate.profile import FILE, Profile, PublishedKey, read_profile
from grader.certificate.registry import PLACES, Entry, Registry, Withdrawn, write_registry
from grader.certificate.signing import Signer
from grader.errors import CourseError
from grader.visible import one_line

LIST_DAYS = 30
"""How long a list of withdrawn certificates holds: for so long an old copy of it can be shown."""
PURPOSE = "revocation"
_LOCAL = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer that can sign."""

    folder: IssuerFolder
    profile: Profile

    def signer(self, key: PublishedKey | None = None) -> Signer:
        """Return what signs with a key, the present one unless another is named."""
        key = key or self.profile.current
        return Signer(private_key(self.folder, key), key.kid)


def present() -> datetime:
    """Return now, in whole seconds: certificates know no parts of them."""
    return datetime.now(UTC).replace(microsecond=0)


def init_issuer(
    root: Path, name: str, url: str, *, now: datetime | None = None, anywhere: bool = False
) -> Issuer:
    """Make an issuer with its first keys.

    Parameters
    ----------
    root
        Folder of the issuer, outside of repository, class and exchange.
    name
        As certificates show it.
    url
        Where the book is published; ``<url>issuer/`` is where the public part goes.
    now
        For tests.
    anywhere
        Whether the folder may stand in a repository or a class: for an issuer whose certificates mean nothing.

    Raises
    ------
    CourseError
        When the folder or the address will not do.
    """
    if not name.strip():
        raise CourseError("Say who issues: --name 'Example College'.")
    address = _address(url)
    folder = make_folder(root, anywhere=anywhere)
    with alone(folder):
        keys = make_keys(name.strip(), address, now or present())
        profile = Profile(
            id=f"{address}issuer/{FILE}", name=name.strip(), url=address, keys=(keys.published,)
        )
        issuer = Issuer(folder, profile)
        write_registry(folder, Registry())
        for file, data in keys.files.items():
            put_once(folder.keys / file, data)
        renew_list(issuer, now)
    return issuer


def load_issuer(root: Path) -> Issuer:
    """Return an issuer whose folder nobody else can open.

    Raises
    ------
    CourseError
        When there is none.
    """
    folder = open_folder(root)
    return Issuer(folder, read_profile(folder.settings))


def rotate_keys(root: Path, compromised: str = "", *, now: datetime | None = None) -> Issuer:
    """Retire the present keys and make new ones, or withdraw an old key.

    Parameters
    ----------
    compromised
        Name of a key that others may have used: nothing that it signed holds any more.  New keys are made only where it
        is the present one.

    Raises
    ------
    CourseError
        When no key has that name, or the registry or the clock is not to be trusted.
    """
    with alone(open_folder(root)):
        issuer = load_issuer(root)
        checked_registry(issuer.folder, issuer.profile, now or present())
        keys = [_marked(key, compromised) for key in issuer.profile.keys]
        if compromised and not any(_named(key, compromised) for key in keys):
            known = ", ".join(key.short for key in keys)
            raise CourseError(f"No key is called {compromised!r}. There are: {known}.")
        issuer = Issuer(issuer.folder, issuer.profile.model_copy(update={"keys": tuple(keys)}))
        if not compromised or _named(keys[-1], compromised):
            issuer = _with_new_keys(issuer, max(now or present(), issuer.profile.current.from_))
        renew_list(issuer, now)
    return issuer


def _with_new_keys(issuer: Issuer, moment: datetime) -> Issuer:
    """Return an issuer whose key in use ends now, in favour of a new one."""
    *others, last = issuer.profile.keys
    new = make_keys(issuer.profile.name, issuer.profile.url, moment)
    for file, data in new.files.items():
        put_once(issuer.folder.keys / file, data)
    keys = (*others, last.model_copy(update={"until": moment}), new.published)
    return Issuer(issuer.folder, issuer.profile.model_copy(update={"keys": keys}))


def renew_list(issuer: Issuer, now: datetime | None = None, *, clock_is_right: bool = False) -> Registry:
    """Sign the list of withdrawn certificates anew and publish it with the keys; the caller holds `alone`.

    Raises
    ------
    CourseError
        When the registry or the clock is not to be trusted (`grader.certificate.memory`).
    """
    moment = now or present()
    registry = checked_registry(issuer.folder, issuer.profile, moment, clock_is_right=clock_is_right)
    moment = max(moment, issuer.profile.current.from_)
    last = registry.listed or moment - AHEAD
    # Two lists of the same second could not be told apart.
    if moment <= last <= moment + AHEAD:
        moment = last + timedelta(seconds=1)
    _publish(issuer)
    # Before the list: one that is newer than the registry would look like a registry from an old copy.
    write_registry(issuer.folder, registry.model_copy(update={"listed": max(moment, last)}))
    until = moment + timedelta(days=LIST_DAYS)
    token = _signed_list(issuer, registry, moment, until)
    put(issuer.folder.public / issuer.profile.status, token.encode("ascii"), READABLE)
    registry = registry.model_copy(update={"listed": moment, "listed_until": until})
    write_registry(issuer.folder, registry)
    return registry


def _signed_list(issuer: Issuer, registry: Registry, moment: datetime, until: datetime) -> str:
    """Return a list of withdrawn certificates as a token."""
    listed = build_status_list_credential(
        issuer.profile.id, issuer.profile.status_url, PURPOSE, registry.withdrawn, PLACES, moment, until
    )
    claims = {
        "iss": listed["issuer"],
        "jti": listed["id"],
        "nbf": int(moment.timestamp()),
        "exp": int(until.timestamp()),
    }
    return issuer.signer().sign_payload({**listed, **claims})


def withdraw(root: Path, id_: str, reason: str, *, now: datetime | None = None) -> Entry:
    """Withdraw a certificate for good and publish that.

    Raises
    ------
    CourseError
        When no such certificate was issued here, no reason is given, or the registry or the clock is not to be trusted; also
        when it was withdrawn before, which is said once the list is signed anew: the time before may have failed halfway.
    """
    if not reason.strip():
        raise CourseError("Say why: --reason 'issued by mistake'. Only you will read it.")
    with alone(open_folder(root)):
        issuer = load_issuer(root)
        registry = checked_registry(issuer.folder, issuer.profile, now or present())
        entry = registry.by_id(id_)
        if entry is None:
            raise CourseError(_unknown(registry, id_, issuer.folder.root))
        if entry.withdrawn is not None:
            renew_list(issuer, now)
            raise CourseError(
                f"{entry.number} was withdrawn already, on {entry.withdrawn.at:%Y-%m-%d}. The list of withdrawn certificates was"
                f" signed anew, with it: publish {issuer.folder.public}/."
            )
        gone = Withdrawn(at=now or present(), reason=reason.strip())
        entry = entry.model_copy(update={"withdrawn": gone})
        write_registry(issuer.folder, registry.with_entry(entry))
        renew_list(issuer, now)
    return entry


def _unknown(registry: Registry, id_: str, root: Path) -> str:
    """Return what is said of a number that no certificate has; somebody may have given the trainee instead."""
    told = f"No certificate has the number {one_line(id_)}, issued from {root}."
    if theirs := registry.of_trainee(id_):
        numbers = "; ".join(f"{entry.number} (for {one_line(entry.exam)})" for entry in theirs)
        return f"{told} For the trainee of that name give the number: {numbers}."
    return told


def renew(root: Path, *, now: datetime | None = None, clock_is_right: bool = False) -> Registry:
    """Sign and publish the list of withdrawn certificates anew.

    Parameters
    ----------
    root
        Folder of the issuer.
    now
        For tests.
    clock_is_right
        Whether what is dated later than now was made by a clock that was ahead.  A key of that kind is replaced.

    Raises
    ------
    CourseError
        When the registry is not to be trusted, or the clock without that being said.
    """
    with alone(open_folder(root)):
        issuer, moment = load_issuer(root), now or present()
        if clock_is_right and issuer.profile.current.from_ > moment + AHEAD:
            issuer = _with_new_keys(issuer, moment)
        return renew_list(issuer, now, clock_is_right=clock_is_right)


def _publish(issuer: Issuer) -> None:
    """Write ``issuer.json``, for the issuer and for everybody, and each key at its own address."""
    folder, profile = issuer.folder, issuer.profile
    published = folder.public / "keys"
    published.mkdir(exist_ok=True, parents=True)
    _put_changed(folder.settings, profile.as_json(), PRIVATE)
    for key in profile.keys:
        path = published / f"{key.short}.json"
        if key.compromised:
            # Whoever takes keys from their own addresses learns there of nothing but the key.
            path.unlink(missing_ok=True)
        else:
            _put_changed(path, json.dumps(as_jwk(key)).encode("ascii"), READABLE)
    _put_changed(folder.public / FILE, profile.as_json(), READABLE)


def _put_changed(path: Path, data: bytes, mode: int) -> None:
    if not path.is_file() or path.read_bytes() != data:
        put(path, data, mode)


def _marked(key: PublishedKey, compromised: str) -> PublishedKey:
    return key.model_copy(update={"compromised": True}) if _named(key, compromised) else key


def _named(key: PublishedKey, name: str) -> bool:
    return bool(name) and name in (key.short, key.kid)


def _address(url: str) -> str:
    """Return the address of the book with a slash at its end."""
    parts = urlsplit(url.strip())
    if not parts.hostname or parts.query or parts.fragment or parts.username:
        raise CourseError(
            f"{url!r} is not the address of a published book, such as https://example.org/course/."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise CourseError(
            f"{url!r} does not begin with https://, so others could change what is published there."
        )
    return url.strip().rstrip("/") + "/"
