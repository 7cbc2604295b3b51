"""An issuer with three keys, genuine certificates of all kinds, and forgeries: made anew each time, relative to the present.

The first key was retired a year ago, the second one was compromised a month ago, the third one is in use.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.certificate import typesetting
from grader.certificate.baking import take_from_png, take_from_svg
from grader.certificate.credential import Passed, after_months, payload
from grader.certificate.issuer import Issuer, init_issuer, load_issuer, present, renew, rotate_keys, withdraw
from grader.certificate.making import make_certificate
from grader.certificate.picture import Pictures
from grader.certificate.profile import PublishedKey
from grader.certificate.registry import Entry, new_entry, read_registry, write_registry
from grader.certificate.typesetting import Fonts
from grader.decision.outcome import Criterion

SITE = "https://course.example.org/"
HOLDER, EMAIL = "Žofia Łukasiewicz-Đặng", "zofia@example.org"
OTHER = "Somebody Else"
MONTHS = 36
DAY = timedelta(days=1)
CRITERIA = (
    Criterion("codes", 0.9714, 0.95, True, 70),
    Criterion("first_listed", 0.96, 0.95, True, 25),
    Criterion("documentation", 0.88, 0.7, True, 20),
    Criterion("tasks", 0.915, 0.8, True, 40),
    Criterion("uncertain_dx", 0, 0, True, 30),
    Criterion("medical_necessity", 0, 0, True, 30),
    Criterion("red_flag", 0, 0, True, 30),
    Criterion("invalid_code", 0, 0, True, 30),
)


@dataclass(frozen=True, slots=True)
class Made:
    """One certificate: what went into it, and its files by kind."""

    passed: Passed
    entry: Entry
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class World:
    """An issuer and what it has issued.

    Parameters
    ----------
    issuer
        Its folder's ``public/`` is what a verifier trusts.
    retired, compromised, current
        Its keys.
    genuine
        With the key in use.
    before
        With the first key while it was in use.
    revoked
        Issued and withdrawn.
    earlier
        A list of withdrawn certificates that is signed, and from before the withdrawal.
    now
        When all of this is true.
    """

    issuer: Issuer
    retired: PublishedKey
    compromised: PublishedKey
    current: PublishedKey
    genuine: Made
    before: Made
    revoked: Made
    earlier: bytes
    now: datetime

    @property
    def trust(self) -> Path:
        """Folder with what the issuer publishes."""
        return self.issuer.folder.public

    def claims(self, made: Made | None = None, **changes: Any) -> dict[str, Any]:
        """Return what the genuine certificate says, with parts of it exchanged."""
        made = made or self.genuine
        pictures = drawn(made)
        return {
            **payload(made.passed, made.entry, self.issuer.profile, pictures.png, pictures.svg),
            **changes,
        }


def drawn(made: Made) -> Pictures:
    """Return the badge of a certificate without the credential."""
    return Pictures(take_from_png(made.files["png"]).picture, take_from_svg(made.files["svg"]).picture)


def work_fast(patch: pytest.MonkeyPatch) -> None:
    """Draw small, and do not wait for the disk: what is tested does not depend on it."""
    patch.setattr("os.fsync", lambda _: None)
    patch.setattr(typesetting, "PIXELS_PER_INCH", 24)


def passed(holder: str, sat: datetime, form: str = "certification-3f9c01ab") -> Passed:
    """Return a passed sitting."""
    return Passed(
        exam="certification",
        title="Certification exam",
        award="Certified Back Pain Coder",
        description="Assigns ICD-10-CM codes to encounters for back pain and writes the notes that go with them.",
        holder=holder,
        email=EMAIL,
        form=form,
        sat=sat,
        minutes=97.0,
        criteria=CRITERIA,
        codeset=("FY2026", "FY2027"),
    )


def issue(
    issuer: Issuer, holder: str, issued: datetime, *, months: int = MONTHS, fonts: Fonts | None = None
) -> Made:
    """Issue a certificate as of some moment, with the key of that moment."""
    what = passed(holder, issued - DAY)
    key = next(key for key in reversed(issuer.profile.keys) if key.used_at(issued))
    registry = read_registry(issuer.folder)
    until = after_months(what.sat, months)
    entry = new_entry(registry, what.exam, "trainee-1", what.form, key.short, issued, until)
    write_registry(issuer.folder, registry.with_entry(entry))
    return Made(what, entry, make_certificate(issuer, what, entry, fonts or Fonts()))


def make_world(folder: Path, now: datetime | None = None) -> World:
    """Make an issuer and its certificates in a folder that is not there yet."""
    now = now or present()
    init_issuer(folder, "Example College of Coding", SITE, now=now - 1100 * DAY, anywhere=True)
    first = rotate_keys(folder, now=now - 365 * DAY)
    rotate_keys(folder, now=now - 30 * DAY)
    rotate_keys(folder, first.profile.current.short, now=now - 29 * DAY)
    issuer = load_issuer(folder)
    retired, compromised, current = issuer.profile.keys
    before = issue(issuer, HOLDER, now - 700 * DAY)
    genuine = issue(issuer, HOLDER, now - 5 * DAY)
    revoked = issue(issuer, OTHER, now - 4 * DAY)
    renew(folder, now=now - 3 * DAY)
    earlier = (issuer.folder.public / "status.jwt").read_bytes()
    withdraw(folder, revoked.entry.id, "a mistake", now=now - DAY)
    renew(folder, now=now)
    return World(issuer, retired, compromised, current, genuine, before, revoked, earlier, now)


def sign(world: World, claims: Mapping[str, Any], key: PublishedKey | None = None) -> str:
    """Return claims signed by the issuer itself, with any of its keys."""
    return world.issuer.signer(key).sign_payload(dict(claims))


def with_changes(made: Made, **changes: Any) -> Made:
    """Return a certificate whose registered dates or place are others; its files are not made anew."""
    return replace(made, entry=made.entry.model_copy(update=changes))


def copy_trust(world: World, folder: Path, status: bytes | None) -> Path:
    """Return a copy of what the issuer publishes, with another list of withdrawn certificates or none."""
    shutil.copytree(world.trust, folder)
    (folder / "status.jwt").unlink()
    if status is not None:
        (folder / "status.jwt").write_bytes(status)
    return folder
