"""``python -m grader keys``, ``certify``, ``revoke`` and ``verify``: from an issuer's keys to a certificate that holds."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.cli.grading import add_course, course_folder
from grader.errors import CourseError
from grader.visible import one_line

if TYPE_CHECKING:
    from grader.certificate.issuer import Issuer

# Drawing and signing take their time to import: only the commands that need them do.
_SOON = timedelta(days=7)


def add_verbs(verbs: Any) -> None:
    """Add the commands of certificates to the parser."""
    _add_keys(verbs)
    certify = verbs.add_parser("certify", help="issue the certificates of everybody who passed an exam")
    # Trainees may stand before --again or after it, and so may the exam: see `_names`.
    certify.add_argument("exam", nargs="?")
    certify.add_argument("trainee", nargs="*", help="for these alone")
    certify.add_argument(
        "--again",
        nargs="*",
        metavar="TRAINEE",
        help="make the files of issued certificates anew; trainees who are named also get"
        " another certificate in place of one that was withdrawn",
    )
    certify.add_argument(
        "--fonts",
        type=Path,
        metavar="DIR",
        action="append",
        default=[],
        help="a folder with fonts for names that this computer's fonts cannot draw",
    )
    add_course(certify)
    add_issuer(certify)
    certify.set_defaults(run=_certify)
    revoke = verbs.add_parser("revoke", help="withdraw a certificate for good")
    revoke.add_argument("certificate", metavar="NUMBER|FILE", help="its number, or any of its files")
    revoke.add_argument("--reason", required=True, help="why; only you will read it")
    add_issuer(revoke)
    revoke.set_defaults(run=_revoke)
    check = verbs.add_parser(
        "verify", help="check a certificate: 0 it holds, 1 it does not, 2 it could not be checked"
    )
    check.add_argument("file", type=Path, help="a PNG, SVG, PDF or JWT")
    check.add_argument(
        "--holder", metavar="NAME", help="name or e-mail address of the person it should be for"
    )
    add_issuer(check, "your issuer's folder, or a folder with the issuer's issuer.json and status.jwt")
    check.set_defaults(run=_verify)


def _add_keys(verbs: Any) -> None:
    keys = verbs.add_parser("keys", help="the keys that certificates are signed with").add_subparsers(
        required=True, metavar="COMMAND"
    )
    init = keys.add_parser("init", help="make an issuer with its first keys")
    init.add_argument("--name", required=True, help="who issues, as certificates show it")
    init.add_argument(
        "--url", required=True, help="where the course is published, such as https://example.org/course/"
    )
    init.add_argument(
        "--anywhere", action="store_true", help="in a repository or a class as well: for an issuer of samples"
    )
    init.set_defaults(run=_init)
    rotate = keys.add_parser("rotate", help="make new keys; what the old ones have signed goes on to hold")
    rotate.add_argument(
        "--compromised",
        metavar="KEY",
        default="",
        help="withdraw this key: nothing that it has signed holds any more",
    )
    rotate.set_defaults(run=_rotate)
    listed = keys.add_parser("list", help="list the keys and when each was used")
    listed.set_defaults(run=_list)
    status = keys.add_parser("status", help="sign the list of withdrawn certificates anew, for 30 days")
    status.add_argument(
        "--now-is-right",
        action="store_true",
        help="this computer's clock was ahead and is right now: date the list today",
    )
    status.set_defaults(run=_status)
    for parser in (init, rotate, listed, status):
        add_issuer(parser)


def add_issuer(parser: argparse.ArgumentParser, about: str = "folder of the issuer") -> None:
    """Let a command be told where the issuer is."""
    parser.add_argument(
        "--issuer", type=Path, metavar="DIR", help=f"{about} ($ISSUER_FOLDER, or ~/coding-back-pain-issuer)"
    )


def issuer_root(options: argparse.Namespace) -> Path:
    """Return the folder of the issuer that a command is about."""
    from grader.certificate.folder import default_issuer

    folder: Path = options.issuer or default_issuer()
    return folder.expanduser()


def _init(options: argparse.Namespace) -> int:
    from grader.certificate.issuer import init_issuer

    issuer = init_issuer(issuer_root(options), options.name, options.url, anywhere=options.anywhere)
    print(f"Made: {issuer.folder.root}, which nobody but you can open. Keep a copy where nobody else comes.")
    _tell_to_publish(issuer)
    return 0


def _rotate(options: argparse.Namespace) -> int:
    from grader.certificate.issuer import rotate_keys
    from grader.certificate.registry import read_registry

    issuer = rotate_keys(issuer_root(options), options.compromised)
    print(f"Signing with {issuer.profile.current.short} from now on.")
    lost = {key.short for key in issuer.profile.keys if key.compromised}
    hit = [
        each for each in read_registry(issuer.folder).issued if each.key in lost and each.withdrawn is None
    ]
    if hit:
        exams = sorted({each.exam for each in hit})
        count = "1 certificate does" if len(hit) == 1 else f"{len(hit)} certificates do"
        print(f"{count} not hold any more. Issue them anew:")
        for exam in exams:
            print(f"  python -m grader certify {exam}")
    _tell_to_publish(issuer)
    return 0


def _tell_to_publish(issuer: Issuer) -> None:
    print(f"Publish {issuer.folder.public}/ at {issuer.profile.url}issuer/: by it certificates are checked.")


def _list(options: argparse.Namespace) -> int:
    from grader.certificate.issuer import load_issuer

    issuer = load_issuer(issuer_root(options))
    print(f"{one_line(issuer.profile.name)}, {issuer.profile.url}")
    for key in issuer.profile.keys:
        until = f"until {key.until:%Y-%m-%d}" if key.until else "in use"
        print(f"  {key.short}  from {key.from_:%Y-%m-%d} {until}{'  COMPROMISED' * key.compromised}")
    _tell_how_long(issuer)
    return 0


def _status(options: argparse.Namespace) -> int:
    from grader.certificate.issuer import load_issuer, renew
    from grader.certificate.memory import what_remains
    from grader.certificate.registry import read_registry

    before = read_registry(load_issuer(issuer_root(options)).folder)
    registry = renew(issuer_root(options), clock_is_right=options.now_is_right)
    if options.now_is_right:
        print("\n".join(what_remains(before, registry)))
    gone = sum(each.withdrawn is not None for each in registry.issued)
    print(f"{len(registry.issued)} issued, {gone} of them withdrawn.")
    issuer = load_issuer(issuer_root(options))
    _tell_how_long(issuer)
    _tell_to_publish(issuer)
    return 0


def _tell_how_long(issuer: Issuer) -> None:
    """Tell until when the list of withdrawn certificates holds: without one, no certificate does."""
    from grader.certificate.issuer import present
    from grader.certificate.registry import read_registry

    until = read_registry(issuer.folder).listed_until
    if until is None or until <= present():
        print(
            "The list of withdrawn certificates has run out: no certificate holds. Renew it: python -m grader keys status"
        )
        return
    print(
        f"Sign the list of withdrawn certificates again (python -m grader keys status) and publish it before {until:%Y-%m-%d};"
        " after that day no certificate can be checked."
    )
    if until - present() < _SOON:
        print("Renew it now: python -m grader keys status")


def _certify(options: argparse.Namespace) -> int:
    from grader.certificate.certify import certify
    from grader.certificate.issuer import load_issuer
    from grader.certificate.typesetting import Fonts

    fonts = Fonts(tuple(folder.expanduser().resolve() for folder in options.fonts))
    exam, *trainees = _names(options)
    done = certify(
        course_folder(options),
        exam,
        issuer_root(options),
        trainees,
        again=options.again is not None,
        fonts=fonts,
    )
    for issued in done.issued:
        print(f"{one_line(issued.trainee)}: {'issued' if issued.new else 'made again'}, {issued.files[-1]}")
    if done.kept:
        print(f"{len(done.kept)} had theirs already: {', '.join(map(one_line, done.kept))}")
    for trainee, reason in done.without:
        print(f"{one_line(trainee)}: no certificate, {reason}")
    for trainee, problem in done.problems:
        print(f"{one_line(trainee)}: NOT ISSUED. {one_line(problem)}")
    issuer = load_issuer(issuer_root(options))
    _tell_how_long(issuer)
    _tell_to_publish(issuer)
    return 1 if done.problems else 0


def _names(options: argparse.Namespace) -> list[str]:
    """Return the exam and the trainees that were named, on whichever side of ``--again``."""
    names = [*filter(None, [options.exam]), *options.trainee, *(options.again or ())]
    if not names:
        raise CourseError("Say of which exam: python -m grader certify EXAM.")
    return names


def _revoke(options: argparse.Namespace) -> int:
    from grader.certificate.issuer import load_issuer, present, withdraw
    from grader.certificate.withdrawal import certificate_in

    root, number = issuer_root(options), options.certificate
    path = Path(number)
    if path.is_file():
        issuer = load_issuer(root)
        try:
            said = certificate_in(_read(path), issuer, present())
        except CourseError as refused:
            raise CourseError(
                f"{path}: {refused} Nothing was withdrawn. Give the certificate's number instead."
            ) from None
        number = said.id
        print(f"{one_line(str(path))} is the certificate of {one_line(said.holder)}: {one_line(said.name)}.")
    entry = withdraw(root, number, options.reason)
    print(f"Withdrawn: {entry.number}, of {one_line(entry.trainee)} for {one_line(entry.exam)}.")
    _tell_to_publish(load_issuer(root))
    return 0


def _verify(options: argparse.Namespace) -> int:
    from grader.certificate.verify import verify

    root = issuer_root(options)
    trust = root / "public" if (root / "public" / "issuer.json").is_file() else root
    verdict = verify(_read(options.file), trust, holder=options.holder)
    print(
        f"{one_line(str(options.file))}: {'this certificate holds' if verdict.valid else 'THIS DOES NOT HOLD'}"
    )
    for words in verdict.words:
        print(f"  {words}")
    if verdict.shown:
        print("It says:")
        _print(verdict.shown)
    return 0 if verdict.valid else 1


def _read(path: Path) -> bytes:
    """Return a file, or as much of it as shows that it is too large."""
    from grader.certificate.verify import LARGEST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror or error}.") from error


def _print(shown: Mapping[str, Any]) -> None:
    """Print what a certificate says; it may be anybody's words."""
    lines = {
        "Holder": shown["holder"],
        "Certificate": shown["name"],
        "Passed": _day(shown["passed"]),
        "Valid until": _day(shown["expires"]),
        "Issuer": shown["issuer"],
        **{each["name"]: each["narrative"] for each in shown["evidence"]},
        **{each["name"]: f"{each['value']} (asked: {each['required']})" for each in shown["results"]},
        "Number": shown["id"].removeprefix("urn:uuid:"),
    }
    for name, value in lines.items():
        print(f"  {one_line(name)}: {one_line(value)}")


def _day(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y-%m-%d}"
