"""What an issuer must not forget: the last list of withdrawn certificates, and the clock, are asked before anything is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from grader.certificate.folder import IssuerFolder
from grader.certificate.profile import Profile
from grader.certificate.reasons import RefusedError
from grader.certificate.registry import Registry, read_registry
from grader.certificate.status import read_list
from grader.errors import CertificateFileError, CourseError
from grader.visible import one_line

AHEAD = timedelta(minutes=1)
"""How far the last list may be ahead of the clock: lists that follow on each other fast are a second apart each."""


def checked_registry(
    folder: IssuerFolder, profile: Profile, now: datetime, *, clock_is_right: bool = False
) -> Registry:
    """Return the registry, if it is the newest one and the clock can be right; the caller holds `alone`.

    Parameters
    ----------
    folder, profile
        The issuer.
    now
        What the clock says.
    clock_is_right
        Whether a list or a key of a later date was made by a clock that was ahead.

    Raises
    ------
    CourseError
        When the registry is missing, damaged, or older than the list that was signed last, or when the list or the key in use
        is of a later date than now.
    """
    registry = read_registry(folder)
    _compare(folder, profile, registry)
    if not clock_is_right:
        _check_clock(profile, registry, now)
    return registry


def _compare(folder: IssuerFolder, profile: Profile, registry: Registry) -> None:
    """Refuse a registry that knows less than the list that was signed last, as one from an old copy does."""
    path = folder.public / profile.status
    if not path.exists():
        return
    try:
        listed = read_list(path, profile, any_key=True)
        forgotten = listed.withdrawn - set(registry.withdrawn)
    except RefusedError as refused:
        raise CertificateFileError(
            path,
            "",
            f"it cannot be compared with registry.json: {refused} Nothing was signed",
            f"Bring back your newest copy of {folder.root}. If registry.json and issuer.json there are the newest,"
            f" take {path.name} away and do this again",
        ) from None
    if forgotten or registry.listed is None or listed.from_ > registry.listed:
        count = f"{len(forgotten)} withdrawn certificate{'s' * (len(forgotten) != 1)} of it would hold again"
        raise CertificateFileError(
            folder.registry,
            "issued" if forgotten else "listed",
            f"it is older than the list of {listed.from_:%Y-%m-%d %H:%M} in {path}{': ' + count if forgotten else ''}."
            " Nothing was signed",
            "Bring it back from your newest copy of the folder",
        )


def _check_clock(profile: Profile, registry: Registry, now: datetime) -> None:
    last = max(registry.listed or profile.current.from_, profile.current.from_)
    if last > now + AHEAD:
        raise CourseError(
            f"This computer's clock says {now:%Y-%m-%d %H:%M} (UTC), but the last list or key of this issuer is dated"
            f" {last:%Y-%m-%d %H:%M}: one of the two is wrong. Nothing was signed. Put the clock right. If it is right now,"
            " and was ahead then: python -m grader keys status --now-is-right"
        )


def what_remains(before: Registry, after: Registry) -> Iterator[str]:
    """Yield in words what a clock that was ahead has left behind, which no new list takes back."""
    if before.listed is None or after.listed is None or before.listed <= after.listed:
        yield "No list is dated later than today: there was nothing to put right."
        return
    end = before.listed_until or before.listed
    yield f"The list is dated {after.listed:%Y-%m-%d} now; before it was dated {before.listed:%Y-%m-%d}."
    yield (
        f"Whoever has kept the old list can show it until {end:%Y-%m-%d}, and what you withdraw from now on is not on it."
        " With new keys it counts no more: python -m grader keys rotate"
    )
    for entry in after.issued:
        if entry.withdrawn is None and entry.issued > after.listed:
            yield (
                f"{one_line(entry.trainee)}: the certificate for {one_line(entry.exam)} is dated {entry.issued:%Y-%m-%d} and does"
                f" not hold before. Withdraw it ({entry.number}), then issue another one:"
                f" python -m grader certify {one_line(entry.exam)} {one_line(entry.trainee)} --again"
            )
