"""The shape of what a certificate says, as far as a check rests on it or shows it; the rest is the issuer's affair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from grader.certificate.reasons import RefusedError

LEEWAY = timedelta(minutes=5)
"""How far the issuer's clock may be ahead of this one's."""


def _typed(name: str) -> AfterValidator:
    def holds(types: tuple[str, ...]) -> tuple[str, ...]:
        if name not in types:
            raise ValueError(f"it is no {name}")
        return types

    return AfterValidator(holds)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Profile(_Model):
    id: str
    name: str


class Identity(_Model):
    """Who the holder is: a name to be read, or the digest of an address."""

    type: Literal["IdentityObject"]
    kind: Annotated[str, Field(alias="identityType")]
    hashed: bool
    value: Annotated[str, Field(alias="identityHash")]
    salt: str = ""


class ResultDescription(_Model):
    """What one part of the exam asks."""

    id: str
    name: str
    kind: Annotated[str, Field(alias="resultType")]
    required: Annotated[str, Field(alias="requiredValue")]


class Achievement(_Model):
    """What a pass earns."""

    id: str
    name: str
    description: str
    descriptions: Annotated[tuple[ResultDescription, ...], Field(alias="resultDescription")]


class Result(_Model):
    """What was reached in one part of the exam."""

    described: Annotated[str, Field(alias="resultDescription")]
    value: str


class _Subject(_Model):
    type: Annotated[tuple[str, ...], _typed("AchievementSubject")]
    achievement: Achievement
    identifiers: Annotated[tuple[Identity, ...], Field(alias="identifier")]
    results: Annotated[tuple[Result, ...], Field(alias="result")]


class Evidence(_Model):
    """What the certificate rests on."""

    name: str
    narrative: str


class StatusEntry(_Model):
    """The certificate's place in the list of withdrawn ones."""

    type: Literal["BitstringStatusListEntry"]
    purpose: Annotated[Literal["revocation"], Field(alias="statusPurpose")]
    place: Annotated[str, Field(alias="statusListIndex"), StringConstraints(pattern=r"^(0|[1-9][0-9]{0,6})$")]
    list_url: Annotated[str, Field(alias="statusListCredential")]

    @property
    def index(self) -> int:
        """The place as a number."""
        return int(self.place)


class _Related(_Model):
    media: Annotated[str, Field(alias="mediaType")]
    digest: Annotated[str, Field(alias="digestSRI")]


class Claims(_Model):
    """A whole credential with its registered claims."""

    id: Annotated[str, StringConstraints(pattern=r"^urn:uuid:[0-9a-f-]{36}$")]
    type: Annotated[tuple[str, ...], _typed("VerifiableCredential"), _typed("OpenBadgeCredential")]
    name: str
    issuer: _Profile
    valid_from: Annotated[AwareDatetime, Field(alias="validFrom")]
    valid_until: Annotated[AwareDatetime, Field(alias="validUntil")]
    awarded: Annotated[AwareDatetime, Field(alias="awardedDate")]
    subject: Annotated[_Subject, Field(alias="credentialSubject")]
    evidence: tuple[Evidence, ...]
    status: Annotated[StatusEntry, Field(alias="credentialStatus")]
    related: Annotated[tuple[_Related, ...], Field(alias="relatedResource")]
    iss: str
    jti: str
    nbf: int
    exp: int

    @property
    def holder(self) -> str:
        """The holder's name."""
        return next(each.value for each in self.subject.identifiers if _is_name(each))

    def digest_of(self, media: str) -> str | None:
        """Return the digest of the picture that the certificate was made for; None where none of that kind was."""
        return next((each.digest for each in self.related if each.media == media), None)


def read_claims(claims: Mapping[str, Any]) -> Claims:
    """Return what a signed credential says.

    Raises
    ------
    RefusedError
        ``malformed_credential``, also when the claims of the JWT and the credential disagree (Open Badges 3.0, 8.2.6).
    """
    try:
        found = Claims.model_validate(dict(claims))
    except ValidationError:
        raise RefusedError("malformed_credential") from None
    agree = (
        found.iss == found.issuer.id,
        found.jti == found.id,
        found.nbf == _seconds(found.valid_from),
        found.exp == _seconds(found.valid_until),
        sum(_is_name(each) for each in found.subject.identifiers) == 1,
    )
    if not all(agree):
        raise RefusedError("malformed_credential")
    return found


def _is_name(identity: Identity) -> bool:
    return identity.kind == "name" and not identity.hashed


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
