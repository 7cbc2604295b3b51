"""Checks over the whole library: every key passes its own case, every mistake it foresees is caught."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.codeset import CodeSet
from grader.errors import CaseFileError, CourseError, FileError, KeyFileError
from grader.library.case import case_folders, load_case
from grader.library.encounter import Case
from grader.library.key import load_key
from grader.library.reference import Key
from grader.lint.citations import citation_faults
from grader.lint.codes import code_faults
from grader.lint.exemplar import exemplar, own_case_faults
from grader.lint.kinds import kind_faults
from grader.lint.spelling import WORDS, Speller
from grader.lint.texts import case_text_faults, given_away

__all__ = ["case_faults", "exemplar", "lint"]


def lint(cases_root: Path, keys_root: Path, codeset: CodeSet) -> list[FileError]:
    """Return every fault of the library, each with file, field and remedy; an empty list is a clean library.

    Parameters
    ----------
    cases_root, keys_root
        Folders with one folder a case; often the same.
    codeset
        The tabular list that the codes are checked against.
    """
    faults: list[FileError] = []
    canaries: dict[str, Path] = {}
    titles: dict[str, Path] = {}
    speller = Speller(cases_root / WORDS, codeset)
    for folder in case_folders(cases_root):
        path = keys_root / folder.name / "key.yml"
        try:
            case = load_case(folder)
            key = load_key(path.parent, case)
        except FileError as fault:
            faults.append(fault)
            continue
        if key.canary in canaries:
            problem = f"{canaries[key.canary]} has the same canary"
            faults.append(KeyFileError(path, "canary", problem, "Give every key a canary of its own"))
        canaries[key.canary] = path
        case_path = folder / "case.yml"
        # Drawn cases share the titles of their family.
        if case.title in titles and case.id.startswith("enc-"):
            problem = f"{titles[case.title]} has the same title"
            faults.append(CaseFileError(case_path, "title", problem, "Give every case a title of its own"))
        titles[case.title] = case_path
        faults.extend(case_faults(case, key, codeset, case_path, path))
        for file in (case_path, path):
            faults.extend(speller.faults(file))
    if not canaries and not faults:
        raise CourseError(
            f"There is no case in {cases_root}. A case is a folder enc-NNNN with case.yml and key.yml."
        )
    return faults


def case_faults(
    case: Case, key: Key, codeset: CodeSet, case_path: Path, key_path: Path
) -> Iterator[FileError]:
    """Yield every fault of one case and its key, spelling apart; the paths are named in the faults."""
    for fault in case_text_faults(case):
        yield CaseFileError(case_path, *fault)
    if case.pool == "exam" and key.review_status != "unreviewed":
        problem = f"a key with review status {key.review_status} is in the exam pool"
        yield KeyFileError(key_path, "review", problem, "Put the case into the practice pool")
    for check in (own_case_faults, code_faults, kind_faults, given_away):
        for fault in check(case, key, codeset):
            yield KeyFileError(key_path, *fault)
    for fault in citation_faults(key, codeset):
        yield KeyFileError(key_path, *fault)
