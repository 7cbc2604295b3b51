"""Every error the course raises on purpose, in one tree.

CourseError
├── CodeSetError             the ICD-10-CM code set is missing, damaged or asked for nonsense
├── NotFoundError            a case, assignment or code that does not exist was asked for
└── FileError                a file somebody wrote is wrong: says which file, which field, what to do
    ├── CaseFileError
    ├── KeyFileError
    ├── AssignmentFileError
    ├── AnswersFileError
    ├── ClaimFileError
    ├── ReleaseFileError     an official ICD-10-CM file is not what its name says, or damaged
    ├── BlueprintFileError
    ├── RosterFileError      who sits an exam
    ├── FormsFileError       who got which form of an exam
    ├── SittingFileError     the form a trainee opens, or the record of a sitting
    ├── DecisionsFileError   what was decided about an exam cannot be read
    └── CertificateFileError a key, a status list or a certificate cannot be used
"""

from __future__ import annotations


class CourseError(Exception):
    """Anything that the course can explain to the person who caused it."""


class CodeSetError(CourseError):
    """The ICD-10-CM code set cannot be used."""


class NotFoundError(CourseError):
    """Something was asked for by a name that nothing has."""


class FileError(CourseError):
    """A file is wrong.

    Parameters
    ----------
    path
        The file, as the person would name it.
    field
        Where in the file, dotted (``items.codes.expected``); empty for the whole file.
    problem
        What is wrong, in plain words.
    remedy
        What to do about it.
    """

    def __init__(self, path: object, field: str, problem: str, remedy: str) -> None:
        self.path = str(path)
        self.field = field
        self.problem = problem
        self.remedy = remedy
        where = f"{self.path}: {field}" if field else self.path
        super().__init__(f"{where}: {problem}. {remedy}")

    def __reduce__(self) -> tuple[type[FileError], tuple[str, str, str, str]]:
        """Survive pickling between worker processes."""
        return type(self), (self.path, self.field, self.problem, self.remedy)


class CaseFileError(FileError):
    """A case.yml is wrong."""


class KeyFileError(FileError):
    """A key.yml is wrong."""


class AssignmentFileError(FileError):
    """An assignment.yml is wrong."""


class AnswersFileError(FileError):
    """An answers.json is wrong."""


class ClaimFileError(FileError):
    """A file with claims to check is wrong."""


class ReleaseFileError(FileError):
    """An official ICD-10-CM file cannot be used."""


class BlueprintFileError(FileError):
    """A blueprint.yml is wrong."""


class RosterFileError(FileError):
    """A roster is wrong."""


class FormsFileError(FileError):
    """A forms.json cannot be read."""


class SittingFileError(FileError):
    """The form of an exam, or the record of a sitting, cannot be used."""


class CertificateFileError(FileError):
    """A key, a status list or a certificate cannot be used."""


class DecisionsFileError(FileError):
    """A decisions.json is wrong."""
