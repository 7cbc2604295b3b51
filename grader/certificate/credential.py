"""What a certificate says: an Open Badges 3.0 credential of one passed sitting, ready to be signed.

It holds scores, never a code, an answer or a key.  The form is named by a digest, by which it can be compared and not found.
"""

from __future__ import annotations

import base64
import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from openbadgeslib.ob3 import (
    Achievement,
    Evidence,
    IdentityObject,
    OpenBadgeCredential,
    Result,
    ResultDescription,
    status_entry,
)
from openbadgeslib.ob3 import Issuer as IssuerProfile

from grader.certificate.issuer import PURPOSE
from grader.certificate.profile import Profile
from grader.certificate.registry import Entry
from grader.decision.outcome import Criterion
from grader.decision.words import COUNTED, CRITERIA, is_share, percent
from grader.exam.form import form_digest

COURSE = "Coding Back Pain"
PNG, SVG = "image/png", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Passed:
    """What a certificate certifies.

    Parameters
    ----------
    exam, title
        Id and title of the exam.
    award, description
        What a pass earns, and in a sentence what that is.
    holder, email
        The person's name, and address where there is one: only a digest of that gets into the certificate.
    form, sat, minutes
        The sitting.
    criteria
        Every part of the standard.
    codeset
        Releases of the code set that the encounters were coded by.
    """

    exam: str
    title: str
    award: str
    description: str
    holder: str
    email: str
    form: str
    sat: datetime
    minutes: float | None
    criteria: tuple[Criterion, ...]
    codeset: tuple[str, ...]


def after_months(moment: datetime, months: int) -> datetime:
    """Return the same time of day some months later, or on the month's last day where it is shorter."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def reached(criterion: Criterion) -> str:
    """Return a share that was reached, in whole percent rounded down: from decimals the number of codes could be guessed.

    What a pass reached is at least what was asked, and is not shown as less where that has decimals.
    """
    whole = int(criterion.value * 100 + 1e-6) / 100
    return percent(max(whole, criterion.limit) if criterion.met else whole).removesuffix(" %")


def digest(data: bytes) -> str:
    """Return the digest of a picture as Subresource Integrity writes it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")


def payload(passed: Passed, entry: Entry, profile: Profile, png: bytes, svg: bytes) -> dict[str, Any]:
    """Return what is signed: the credential with the registered claims of a JWT beside it (Open Badges 3.0, 8.2.4).

    Parameters
    ----------
    passed
        What is certified.
    entry
        Id, dates, and the place in the list of withdrawn certificates.
    profile
        Who certifies.
    png, svg
        The pictures before a credential is put into them: with their digests signed, a credential moved to another
        picture, with another name on it, is found out.
    """
    credential = OpenBadgeCredential(
        issuer=IssuerProfile(id=profile.id, name=profile.name, url=profile.url),
        recipient_id=None,
        achievement=_achievement(passed, profile),
        id=entry.id,
        name=passed.award,
        issuance_date=entry.issued,
        expiration_date=entry.expires,
        evidence=_evidence(passed),
        credential_status=[status_entry(profile.status_url, PURPOSE, entry.index)],
        identifiers=_identifiers(passed, entry),
        results=[
            Result(value=_number(each), result_description=_described(passed, profile, each))
            for each in passed.criteria
        ],
    )
    claims = credential.to_jwt_payload()
    claims["awardedDate"] = iso(passed.sat)
    claims["relatedResource"] = [
        {"id": f"{entry.id}#{kind}", "mediaType": media, "digestSRI": digest(picture)}
        for kind, media, picture in (("png", PNG, png), ("svg", SVG, svg))
    ]
    return claims


def iso(moment: datetime) -> str:
    """Return a moment as certificates write it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _achievement(passed: Passed, profile: Profile) -> Achievement:
    descriptions = [
        ResultDescription(
            id=_described(passed, profile, each),
            name=CRITERIA[each.name] if is_share(each) else f"{CRITERIA[each.name]} (cases, at most)",
            result_type="Percent" if is_share(each) else "RawScore",
            required_value=_asked(each),
            value_min="0",
            value_max="100" if is_share(each) else None,
        )
        for each in passed.criteria
    ]
    return Achievement(
        id=achievement_id(passed.exam, profile),
        name=passed.award,
        description=passed.description,
        criteria_narrative=_narrative(passed),
        achievement_type="Certification",
        result_descriptions=descriptions,
        tags=[COURSE, "ICD-10-CM"],
    )


def achievement_id(exam: str, profile: Profile) -> str:
    """Return the address of what an exam earns."""
    return f"{profile.url}issuer/achievements/{exam}.json"


def _described(passed: Passed, profile: Profile, criterion: Criterion) -> str:
    return f"{achievement_id(passed.exam, profile)}#{criterion.name}"


def _narrative(passed: Passed) -> str:
    """Return the standard in words: at least so much, at most so many."""
    parts = []
    for each in passed.criteria:
        if is_share(each):
            parts.append(f"{CRITERIA[each.name]}: at least {percent(each.limit)}. {COUNTED[each.name]}")
        else:
            parts.append(f"{CRITERIA[each.name]}: at most {each.limit:.0f} cases.")
    return f"Passed the exam “{passed.title}” of the course {COURSE}. " + " ".join(parts)


def _number(criterion: Criterion) -> str:
    return reached(criterion) if is_share(criterion) else f"{criterion.value:.0f}"


def _asked(criterion: Criterion) -> str:
    return percent(criterion.limit).removesuffix(" %") if is_share(criterion) else f"{criterion.limit:.0f}"


def _evidence(passed: Passed) -> list[Evidence]:
    took = f" It took {passed.minutes:.0f} minutes." if passed.minutes is not None else ""
    return [
        Evidence(
            name="Exam", narrative=f"{passed.title} ({passed.exam}), taken on {passed.sat:%Y-%m-%d}.{took}"
        ),
        Evidence(name="Code set", narrative="ICD-10-CM " + ", ".join(passed.codeset)),
        Evidence(name="Form", narrative=f"sha256:{form_digest(passed.form)}"),
    ]


def _identifiers(passed: Passed, entry: Entry) -> list[IdentityObject]:
    """Return the holder's name, to be read, and a digest of the address, to be compared."""
    name = IdentityObject(identity_hash=passed.holder, identity_type="name", hashed=False)
    if not passed.email:
        return [name]
    # The salt keeps two certificates of one person from being told to be one's; the id is as random as any.
    return [
        name,
        IdentityObject.create(passed.email.strip().lower(), salt=entry.number),
    ]
