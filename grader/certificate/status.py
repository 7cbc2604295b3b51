"""Asking the issuer's list whether a certificate was withdrawn: whatever is not sure is a no."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from openbadgeslib.ob3 import OB3VerificationError, decode_encoded_list
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from grader.certificate.claims import LEEWAY, StatusEntry
from grader.certificate.jws import LARGEST, Signed, read_signed
from grader.certificate.profile import Profile
from grader.certificate.reasons import RefusedError
from grader.certificate.registry import PLACES

_DATES = ("validFrom", "validUntil")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Subject(_Model):
    type: Literal["BitstringStatusList"]
    purpose: Literal["revocation"] = Field(alias="statusPurpose")
    encoded: str = Field(alias="encodedList")
    size: Literal[1] = Field(alias="statusSize", default=1)


class StatusList(_Model):
    """A list of withdrawn certificates."""

    id: str
    issuer: str
    type: tuple[str, ...]
    from_: AwareDatetime = Field(alias="validFrom")
    until: AwareDatetime = Field(alias="validUntil")
    subject: _Subject = Field(alias="credentialSubject")

    @property
    def bits(self) -> bytes:
        """One bit for each place, the first one in front."""
        try:
            bits: bytes = decode_encoded_list(self.subject.encoded)
        except (ValueError, OB3VerificationError):
            raise RefusedError("status_unavailable") from None
        if len(bits) * 8 < PLACES:
            raise RefusedError("status_unavailable")
        return bits

    @property
    def withdrawn(self) -> frozenset[int]:
        """Places of the withdrawn ones."""
        bits = self.bits
        return frozenset(
            at * 8 + bit for at, byte in enumerate(bits) if byte for bit in range(8) if byte & (0x80 >> bit)
        )


def check_status(
    entry: StatusEntry, valid_from: datetime, trust: Path, profile: Profile, now: datetime
) -> None:
    """Return when a certificate was not withdrawn.

    Parameters
    ----------
    entry
        Its place in the list.
    valid_from
        When it was issued: a list that is older cannot know of it.
    trust
        Folder with the list.
    profile
        The issuer.
    now
        The moment to ask for.

    Raises
    ------
    RefusedError
        ``revoked``, or one of the codes that begin with ``status_``.
    """
    listed = read_list(trust / profile.status, profile)
    if listed.issuer != profile.id or listed.id != entry.list_url or entry.list_url != profile.status_url:
        raise RefusedError("status_wrong_list")
    if not listed.from_ <= now + LEEWAY or now > listed.until or listed.from_ < valid_from:
        raise RefusedError("status_out_of_date")
    if _bit(listed.bits, entry.index):
        raise RefusedError("revoked")


def read_list(path: Path, profile: Profile, *, any_key: bool = False) -> StatusList:
    """Return a list that the issuer signed; whether it is in date is for the caller to ask.

    Parameters
    ----------
    path
        The file.
    profile
        The issuer.
    any_key
        Whether it may be signed with a key that counts no more, for an issuer who looks at a former list.

    Raises
    ------
    RefusedError
        ``status_unavailable``, ``status_bad_signature``, ``status_wrong_list`` or ``status_out_of_date``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        raise RefusedError("status_unavailable") from None
    try:
        signed = read_signed(data.decode("ascii", "replace").strip(), profile)
    except RefusedError:
        raise RefusedError("status_bad_signature") from None
    listed = _listed(signed)
    if not any_key and (signed.key.compromised or not signed.key.used_at(listed.from_)):
        raise RefusedError("status_bad_signature")
    return listed


def _listed(signed: Signed) -> StatusList:
    try:
        listed = StatusList.model_validate(dict(signed.claims))
    except ValidationError as error:
        dated = all(fault["loc"][0] in _DATES for fault in error.errors())
        raise RefusedError("status_out_of_date" if dated else "status_wrong_list") from None
    if "BitstringStatusListCredential" not in listed.type:
        raise RefusedError("status_wrong_list")
    return listed


def _bit(bits: bytes, index: int) -> bool:
    if index >= len(bits) * 8:
        raise RefusedError("status_wrong_list")
    return bool(bits[index // 8] & (0x80 >> index % 8))
