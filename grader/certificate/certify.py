"""Issuing: every passed sitting of an exam gets its certificate, once, as a credential, a picture and a page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from grader.certificate.credential import Passed, after_months
from grader.certificate.decided import head, passed
from grader.certificate.folder import OWN_FOLDER, alone, open_folder, put
from grader.certificate.issuer import Issuer, load_issuer, present, renew_list
from grader.certificate.making import KINDS, make_certificate
from grader.certificate.memory import checked_registry
from grader.certificate.picture import check_letters
from grader.certificate.profile import Profile
from grader.certificate.reasons import RefusedError
from grader.certificate.registry import Entry, Registry, Withdrawn, new_entry, read_registry, write_registry
from grader.certificate.typesetting import Fonts
from grader.certificate.verify import made_by_issuer, verify
from grader.decision.file import read_decisions
from grader.decision.outcome import PASSED, Outcome
from grader.decision.words import OUTCOMES
from grader.errors import CourseError, NotFoundError
from grader.exam.blueprint import Award
from grader.exam.folder import ExamFolder, exam_folder
from grader.exam.forms import read_forms
from grader.visible import short

FOLDER = "certificates"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was made: for whom, whether it is a new one, and its files."""

    trainee: str
    new: bool
    entry: Entry
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Certified:
    """What came of a run.

    Parameters
    ----------
    issued
        Certificates that were made.
    kept
        Trainees who have theirs already.
    without
        Trainees who get none, each with the reason in words.
    problems
        Trainees whose certificate could not be made, each with what is to be done.
    """

    issued: tuple[Issued, ...]
    kept: tuple[str, ...]
    without: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]


def certify(
    course: Path,
    exam: str,
    root: Path,
    trainees: Collection[str] = (),
    *,
    again: bool = False,
    fonts: Fonts | None = None,
    now: datetime | None = None,
) -> Certified:
    """Issue the certificates of an exam that are due.

    Parameters
    ----------
    course
        Folder of the class.
    exam
        Whose decisions.
    root
        Folder of the issuer.
    trainees
        For these alone; for all when empty.
    again
        Whether to make the files anew of certificates that were issued before.  Whose certificate was withdrawn gets
        another one only when named as well.
    fonts
        Further fonts for names.
    now
        For tests.

    Raises
    ------
    CourseError
        When there are no decisions, no issuer or no such trainee, or the issuer's registry or clock is not to be trusted.
    """
    folder = exam_folder(course, exam)
    outcomes = _chosen(read_decisions(folder), trainees, exam)
    with alone(open_folder(root)):
        issuer = load_issuer(root)
        # Asked here alone: the keys may have changed while this waited.
        moment = now or present()
        checked_registry(issuer.folder, issuer.profile, moment)
        moment = max(moment, issuer.profile.current.from_)
        run = _Run(course, exam, folder, moment, trainees, again, fonts or Fonts())
        try:
            done = run.over(issuer, outcomes)
        finally:
            # Also after a failure: a list that is older than a certificate tells nothing of it.
            renew_list(issuer, now)
        return _confirmed(done, issuer, moment)


@dataclass(frozen=True, slots=True)
class _Made:
    """A certificate before its files are written."""

    new: bool
    entry: Entry
    contents: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over the decisions of an exam."""

    course: Path
    exam: str
    folder: ExamFolder
    now: datetime
    named: Collection[str]
    again: bool
    fonts: Fonts

    def over(self, issuer: Issuer, outcomes: Sequence[Outcome]) -> Certified:
        """Issue what is due; what is wrong with one certificate keeps back no other."""
        title, award = head(self.folder)
        emails = {each.form: each.email for each in read_forms(self.folder)}
        issued, kept, without, problems = [], [], [], []
        for outcome in outcomes:
            if reason := self._why_not(issuer, outcome, award):
                without.append((outcome.trainee, reason))
                continue
            try:
                what = passed(self.exam, title, award, outcome, emails.get(outcome.form) or "")
                check_letters(what, issuer.profile, self.fonts)
                made = self._make(issuer, what, outcome.trainee, award)
            except CourseError as error:
                problems.append((outcome.trainee, str(error)))
                continue
            if made is None:
                kept.append(outcome.trainee)
            else:
                issued.append(self._put(made, outcome.trainee))
        return Certified(tuple(issued), tuple(kept), tuple(without), tuple(problems))

    def _why_not(self, issuer: Issuer, outcome: Outcome, award: Award) -> str:
        """Return why a sitting gets no certificate, or ``""``."""
        if outcome.outcome != PASSED:
            return OUTCOMES[outcome.outcome].lower()
        if outcome.sat is None:
            return f"passed, but when is not said; decide again: python -m grader exam decide {self.exam}"
        if after_months(outcome.sat, award.months) <= self.now:
            return "the certificate would have expired by now"
        registry = read_registry(issuer.folder)
        gone = registry.withdrawn_for(self.exam, outcome.form)
        if gone is not None and not (self.again and outcome.trainee in self.named):
            return (
                f"it was withdrawn on {gone.at:%Y-%m-%d}; to issue another one:"
                f" python -m grader certify {self.exam} {short(outcome.trainee)} --again"
            )
        return ""

    def _make(self, issuer: Issuer, passed: Passed, trainee: str, award: Award) -> _Made | None:
        """Make one certificate; None where it is there already.  One that will not do is not registered either."""
        before = registry = read_registry(issuer.folder)
        entry = registry.find(self.exam, passed.form)
        files = certificate_files(self.course, self.exam, trainee)
        if entry is not None and _has_lost_key(issuer, entry):
            gone = Withdrawn(at=self.now, reason="the key was compromised; replaced")
            registry, entry = registry.with_entry(entry.model_copy(update={"withdrawn": gone})), None
        elif entry is not None and not self.again and all(path.is_file() for path in files):
            return None
        new = entry is None
        if entry is None:
            entry = self._entered(issuer, registry, passed, trainee, award)
        try:
            contents = make_certificate(issuer, passed, entry, self.fonts)
            _check(contents, issuer.profile, self.now)
        except CourseError:
            write_registry(issuer.folder, before)
            raise
        return _Made(new, entry, contents)

    def _put(self, made: _Made, trainee: str) -> Issued:
        """Write the files of a certificate."""
        files = certificate_files(self.course, self.exam, trainee)
        for folder in (self.course / FOLDER, self.course / FOLDER / self.exam):
            folder.mkdir(exist_ok=True, mode=OWN_FOLDER)
        for path, kind in zip(files, KINDS, strict=True):
            put(path, made.contents[kind])
        return Issued(trainee, made.new, made.entry, files)

    def _entered(
        self, issuer: Issuer, registry: Registry, passed: Passed, trainee: str, award: Award
    ) -> Entry:
        """Register a certificate before it is made: one that nobody knows of could not be withdrawn."""
        until = after_months(passed.sat, award.months)
        key = issuer.profile.current.short
        entry = new_entry(registry, self.exam, trainee, passed.form, key, self.now, until)
        write_registry(issuer.folder, registry.with_entry(entry))
        return entry


def _check(contents: Mapping[str, bytes], profile: Profile, now: datetime) -> None:
    """Refuse a certificate of which not every file would hold."""
    for kind, data in contents.items():
        try:
            made_by_issuer(data, profile, now)
        except RefusedError as refused:
            raise CourseError(
                f"The {kind.upper()} that was made does not hold: {refused} Nothing was kept of it. Tell the authors of the course"
            ) from None


def _confirmed(done: Certified, issuer: Issuer, now: datetime) -> Certified:
    """Return what came of a run, once the list is signed that certificates are checked against."""
    issued, problems = [], list(done.problems)
    for each in done.issued:
        verdict = verify(each.files[0].read_bytes(), issuer.folder.public, now)
        if verdict.valid:
            issued.append(each)
            continue
        for path in each.files:
            path.unlink(missing_ok=True)
        problems.append((each.trainee, f"It does not hold: {' '.join(verdict.words)}"))
    return replace(done, issued=tuple(issued), problems=tuple(problems))


def certificate_files(course: Path, exam: str, trainee: str) -> tuple[Path, ...]:
    """Return where the files of a certificate stand, in the order of `KINDS`."""
    return tuple(course / FOLDER / exam / f"{trainee}.{kind}" for kind in KINDS)


def _chosen(outcomes: Sequence[Outcome], trainees: Collection[str], exam: str) -> list[Outcome]:
    """Return the decisions about some trainees, the last attempt of each that passed, or else the last one."""
    if unknown := sorted(set(trainees) - {outcome.trainee for outcome in outcomes}):
        names = ", ".join(short(name) for name in unknown)
        raise NotFoundError(f"Nothing was decided about {names} in {exam}.")
    last: dict[str, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda each: (each.outcome == PASSED, each.attempt)):
        last[outcome.trainee] = outcome
    return [last[name] for name in sorted(last) if not trainees or name in trainees]


def _has_lost_key(issuer: Issuer, entry: Entry) -> bool:
    return any(key.compromised for key in issuer.profile.keys if key.short == entry.key)
