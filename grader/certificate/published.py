"""What of an issuer's folder is published: the files that are known, each looked at, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grader.certificate.claims import LEEWAY, Achievement
from grader.certificate.folder import IssuerFolder
from grader.certificate.issuer import present
from grader.certificate.keys import as_jwk
from grader.certificate.profile import FILE, LARGEST, STATUS, Profile, read_profile
from grader.certificate.reasons import RefusedError
from grader.certificate.registry import read_registry
from grader.certificate.status import StatusList, read_list
from grader.errors import CourseError

_PRIVATE = b"PRIVATE KEY-----"
_ACHIEVEMENT = re.compile(r"achievements/[^/]+\.json")
_ANEW = "Sign it anew: python -m grader keys status"


def published_files(root: Path, now: datetime | None = None) -> Mapping[str, bytes]:
    """Return what is published of an issuer's folder, by its place below ``<address>issuer/``.

    Parameters
    ----------
    root
        The issuer's folder, or a folder with a copy of its ``public``.
    now
        For tests.

    Raises
    ------
    CourseError
        When something is missing, out of date or secret, or does not belong there.
    """
    folder = IssuerFolder(root)
    for path in (folder.public / FILE, folder.public / STATUS):
        if not path.is_file():
            raise CourseError(
                f"{folder.public} lacks {path.name}. Give the issuer's folder that `python -m grader keys init` made."
            )
    files = dict(_files(folder.public))
    profile = read_profile(folder.public / FILE)
    if folder.settings.is_file() and folder.settings.read_bytes() != files[FILE]:
        raise CourseError(f"{folder.public / FILE} is not the {folder.settings} of today. {_ANEW}")
    _check_files(folder.public, files, profile)
    _check_list(folder, profile, now or present())
    return files


def _files(public: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file; what a system keeps hidden for itself is not published."""
    for path in (public, *sorted(public.rglob("*"))):
        if path.is_symlink():
            raise CourseError(f"{path} is a link. Nothing was published: put the file itself there.")
        place = path.relative_to(public)
        if path.is_dir() or any(part.startswith(".") for part in place.parts):
            continue
        if path.stat().st_size > LARGEST:
            raise CourseError(f"{path} is too large. Nothing was published: take it out of there.")
        data = path.read_bytes()
        if _PRIVATE in data:
            raise CourseError(f"{path} holds a private key. Nothing was published: take it out of there.")
        yield place.as_posix(), data


def _check_files(public: Path, files: Mapping[str, bytes], profile: Profile) -> None:
    """Refuse a file that is not known, or is not what its name says."""
    keys = {f"keys/{key.short}.json": as_jwk(key) for key in profile.keys if not key.compromised}
    if missing := sorted(keys.keys() - files.keys()):
        raise CourseError(f"{public} lacks {', '.join(missing)}. {_ANEW}")
    for name in files.keys() - {FILE, profile.status}:
        path = public / name
        if name in keys:
            _check_key(path, _object(path, files[name]), keys[name])
        elif _ACHIEVEMENT.fullmatch(name):
            _check_achievement(path, _object(path, files[name]), profile)
        else:
            raise CourseError(
                f"{path} is nothing that an issuer publishes. Nothing was published: take it out of there."
            )


def _check_key(path: Path, found: Mapping[str, Any], published: Mapping[str, Any]) -> None:
    if "d" in found:
        raise CourseError(f"{path} holds a private key (d). Nothing was published: take it out of there.")
    if found != published:
        raise CourseError(f"{path} is not the key that {FILE} names. {_ANEW}")


def _check_achievement(path: Path, found: Mapping[str, Any], profile: Profile) -> None:
    try:
        achievement = Achievement.model_validate(found)
    except ValidationError:
        achievement = None
    if achievement is None or achievement.id != f"{profile.url}issuer/achievements/{path.name}":
        raise CourseError(
            f"{path} does not say what an exam earns. Nothing was published: take it out of there, and"
            " certify anew: python -m grader certify"
        )


def _object(path: Path, data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CourseError(f"{path} is damaged. Nothing was published: take it out of there. {_ANEW}")
    return found


def _check_list(folder: IssuerFolder, profile: Profile, now: datetime) -> None:
    """Refuse a list that certificates cannot be checked against, or that is not the last one that was signed."""
    path = folder.public / profile.status
    try:
        listed = read_list(path, profile)
        places = listed.withdrawn
    except RefusedError as refused:
        raise CourseError(f"{path}: {refused} Nothing was published. {_ANEW}") from None
    if listed.issuer != profile.id or listed.id != profile.status_url:
        raise CourseError(f"{path} is another issuer's list. Nothing was published. {_ANEW}")
    if listed.until < now:
        raise CourseError(
            f"{path} has run out on {listed.until:%Y-%m-%d}: with it no certificate holds. Nothing was published. {_ANEW}"
        )
    if listed.from_ > now + LEEWAY:
        raise CourseError(
            f"{path} is dated {listed.from_:%Y-%m-%d}, which is yet to come. Nothing was published. {_ANEW}"
        )
    if folder.registry.is_file():
        _compare(folder, path, listed, places)


def _compare(folder: IssuerFolder, path: Path, listed: StatusList, places: frozenset[int]) -> None:
    registry = read_registry(folder)
    if listed.from_ != registry.listed or places != set(registry.withdrawn):
        raise CourseError(
            f"{path} is not the last list that was signed: a withdrawn certificate may hold by it. Nothing was published. {_ANEW}"
        )
