"""What an issuer has issued and withdrawn: ``registry.json``, for its own eyes.

It holds no name: nbgrader's name of the student tells the instructor whose certificate it is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import AwareDatetime, Field, ValidationError

from grader.certificate.folder import IssuerFolder, put
from grader.errors import CertificateFileError
from grader.library.files import FileModel

# The least that Bitstring Status List 1.0 allows, so that a place in it says nothing of how many there are.
PLACES = 131_072


class Withdrawn(FileModel):
    """When and why a certificate was withdrawn."""

    at: AwareDatetime
    reason: str


class Entry(FileModel):
    """One certificate.

    ``index`` is its place in the list of withdrawn ones, ``key`` the name of the key that it is signed with.
    """

    index: Annotated[int, Field(ge=0, lt=PLACES)]
    id: str
    exam: str
    trainee: str
    form: str
    key: str
    issued: AwareDatetime
    expires: AwareDatetime
    withdrawn: Withdrawn | None = None

    @property
    def number(self) -> str:
        """The id as people read and type it."""
        return self.id.removeprefix("urn:uuid:")


class Registry(FileModel):
    """A whole ``registry.json``; ``listed`` is when the list of withdrawn certificates was last signed."""

    schema_: Annotated[Literal["registry/1"], Field(alias="schema")] = "registry/1"
    listed: AwareDatetime | None = None
    listed_until: AwareDatetime | None = None
    issued: tuple[Entry, ...] = ()

    def find(self, exam: str, form: str) -> Entry | None:
        """Return the certificate of a sitting that was not withdrawn; None where there is none."""
        good = (entry for entry in self.issued if entry.withdrawn is None)
        return next((entry for entry in good if (entry.exam, entry.form) == (exam, form)), None)

    def withdrawn_for(self, exam: str, form: str) -> Withdrawn | None:
        """Return when and why the certificate of a sitting was withdrawn; None where one holds, or none was issued."""
        if self.find(exam, form) is not None:
            return None
        gone = (entry.withdrawn for entry in self.issued if (entry.exam, entry.form) == (exam, form))
        return next(gone, None)

    def by_id(self, id_: str) -> Entry | None:
        """Return the certificate of an id, whole or without ``urn:uuid:``."""
        return next((entry for entry in self.issued if entry.id in (id_, f"urn:uuid:{id_}")), None)

    def of_trainee(self, trainee: str) -> list[Entry]:
        """Return the certificates of one trainee that were not withdrawn."""
        return [entry for entry in self.issued if entry.trainee == trainee and entry.withdrawn is None]

    @property
    def withdrawn(self) -> Iterable[int]:
        """Places of the withdrawn ones."""
        return [entry.index for entry in self.issued if entry.withdrawn is not None]

    def with_entry(self, entry: Entry) -> Registry:
        """Return the registry with a certificate more, or with one changed."""
        others = tuple(each for each in self.issued if each.id != entry.id)
        return self.model_copy(update={"issued": (*others, entry)})


def new_entry(
    registry: Registry, exam: str, trainee: str, form: str, key: str, issued: datetime, expires: datetime
) -> Entry:
    """Return an entry with an id and a place of its own; the place is drawn, so that it tells no order.

    Raises
    ------
    CertificateFileError
        When the list has no place left.
    """
    taken = {entry.index for entry in registry.issued}
    free = PLACES - len(taken)
    if free <= 0:
        raise CertificateFileError(
            "registry.json", "issued", f"all {PLACES} places are taken", "Make a new issuer: keys init"
        )
    index = next(place for place in iter(lambda: secrets.randbelow(PLACES), None) if place not in taken)
    return Entry(
        index=index,
        id=f"urn:uuid:{uuid4()}",
        exam=exam,
        trainee=trainee,
        form=form,
        key=key,
        issued=issued,
        expires=expires,
    )


def read_registry(folder: IssuerFolder) -> Registry:
    """Read the registry.

    Raises
    ------
    CertificateFileError
        When it is missing or damaged: what was withdrawn must not be forgotten.
    """
    try:
        return Registry.model_validate_json(folder.registry.read_bytes())
    except FileNotFoundError:
        raise CertificateFileError(
            folder.registry,
            "",
            "it is missing, and nothing else says which certificates were withdrawn. Nothing was signed",
            "Bring it back from your newest copy of the folder. Without a copy make a new issuer in another folder"
            " (python -m grader keys init) and issue anew",
        ) from None
    except (OSError, ValidationError) as error:
        raise CertificateFileError(
            folder.registry,
            "",
            f"it cannot be read ({type(error).__name__})",
            "Bring it back from your copy of the folder: it says which certificates were withdrawn",
        ) from error


def write_registry(folder: IssuerFolder, registry: Registry) -> None:
    """Put the registry in place in one step."""
    put(folder.registry, registry.model_dump_json(by_alias=True, indent=1).encode("utf-8"))
