"""Every forgery of the tests by name, with the reason it is refused for: for the command and for the page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.certificate import forged_files, forged_lists, forged_tokens
from tests.certificate.making import EMAIL, OTHER, World, copy_trust, issue


@dataclass(frozen=True, slots=True)
class Forgery:
    """A certificate that does not hold.

    Parameters
    ----------
    name
        In words.
    reason
        The code it is refused with.
    file
        Name of the file, which says what kind it pretends to be.
    data
        The file.
    trust
        Folder of what the issuer publishes, or of what somebody shows instead.
    holder
        Whom it should be for; empty when that is not asked.
    """

    name: str
    reason: str
    file: str
    data: bytes
    trust: Path
    holder: str = ""


def forgeries(world: World) -> tuple[Forgery, ...]:
    """Make every forgery; what some of them need of their own goes beside the issuer's folder."""
    return tuple(_all(world))


def _all(world: World) -> Iterator[Forgery]:
    trust, genuine = world.trust, world.genuine.files
    for make in (
        forged_tokens.changed,
        forged_tokens.by_others,
        forged_tokens.damaged,
        forged_tokens.by_the_issuer,
    ):
        for name, reason, token in make(world):
            yield Forgery(name, reason, "credential.jwt", token.encode(), trust)
    other = issue(world.issuer, OTHER, world.genuine.entry.issued)
    for draw in (forged_files.pngs, forged_files.svgs, forged_files.pdfs):
        for name, reason, kind, data in draw(world, other):
            yield Forgery(name, reason, f"certificate.{kind}", data, trust)
    beside = world.issuer.folder.root.parent
    for number, (name, reason, status) in enumerate(forged_lists.lists(world)):
        shown = copy_trust(world, beside / f"trust-{number}", status)
        yield Forgery(name, reason, "credential.jwt", genuine["jwt"], shown)
    for kind, data in genuine.items():
        yield Forgery(f"another person's {kind}", "other_person", f"certificate.{kind}", data, trust, OTHER)
    stranger = f"x{EMAIL}"
    yield Forgery(
        "another person's address", "other_person", "credential.jwt", genuine["jwt"], trust, stranger
    )
