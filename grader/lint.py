"""Checks over the whole library: every key passes its own case, every mistake it foresees is caught."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.answers import Answer, ChoiceAnswer, CodesAnswer, NoteAnswer
from grader.codeset import CodeSet
from grader.codeset.validity import validity
from grader.errors import CourseError, FileError, KeyFileError
from grader.library.case import case_folders, load_case
from grader.library.encounter import Case, Item
from grader.library.key import load_key
from grader.library.reference import ChoiceKey, CodesKey, ItemKey, Key, NoteKey
from grader.scoring.codes import score_codes
from grader.scoring.edits import INVALID_KINDS, check_codes
from grader.scoring.findings import Score
from grader.scoring.score import score_case


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
        faults.extend(KeyFileError(path, *fault) for fault in _case_faults(case, key, codeset))
    if not canaries and not faults:
        raise CourseError(
            f"There is no case in {cases_root}. A case is a folder enc-NNNN with case.yml and key.yml."
        )
    return faults


Fault = tuple[str, str, str]


def _case_faults(case: Case, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    yield from _own_case(case, key, codeset)
    for item in case.items:
        reference = key.items[item.id]
        if isinstance(reference, CodesKey):
            yield from _valid_codes(case, item, reference, codeset)
            yield from _keeps_the_rules(case, item, reference, codeset)
            yield from _given_away(case, item, reference)
            yield from _foreseen(case, item, reference, codeset)
            yield from _named_rightly(case, item, reference, codeset)


def exemplar(reference: ItemKey) -> Answer:
    """Return the answer that a key itself would give."""
    match reference:
        case CodesKey():
            return CodesAnswer(tuple(expected.code for expected in reference.expected))
        case NoteKey():
            return NoteAnswer(reference.exemplar)
        case ChoiceKey():
            return ChoiceAnswer(reference.correct)


def _own_case(case: Case, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    answers = {case.item_key(item): exemplar(key.items[item.id]) for item in case.items}
    scored = score_case(case, answers, key, codeset)
    for name, score in scored.items.items():
        field = f"items.{name.rpartition('/')[2]}"
        if not isinstance(score, Score):
            yield field, f"its own answer cannot be scored ({score.reason})", "Correct the reference answer"
            continue
        if score.points < score.possible - 1e-9:
            short = "; ".join(f.message for f in score.findings if f.severity != "ok")
            yield (
                field,
                f"its own answer earns {score.points:g} of {score.possible:g} ({short})",
                "Correct the reference",
            )
        for finding in score.findings:
            if finding.severity == "error":
                yield field, f"its own answer is faulted: {finding.message}", "Correct the reference answer"


def _valid_codes(case: Case, item: Item, key: CodesKey, codeset: CodeSet) -> Iterator[Fault]:
    listed = [("expected", expected.code) for expected in key.expected]
    listed += [("optional", optional.code) for optional in key.optional]
    listed += [("alternatives", code) for alternative in key.alternatives for code in alternative.codes]
    for field, code in listed:
        verdict = validity(codeset, code, case.encounter_date)
        if not verdict.billable:
            yield (
                f"items.{item.id}.{field}",
                verdict.reason.rstrip("."),
                "Use a code that is valid on the encounter's date",
            )


def _keeps_the_rules(case: Case, item: Item, key: CodesKey, codeset: CodeSet) -> Iterator[Fault]:
    """What the key calls right must bring no finding; what a code lacks by itself is said by `_valid_codes`."""
    own = tuple(expected.code for expected in key.expected)
    answers = [("expected", own), ("optional", (*own, *(optional.code for optional in key.optional)))]
    answers += [(f"alternatives.{place}", a.codes) for place, a in enumerate(key.alternatives)]
    for field, codes in answers:
        for finding in check_codes(codes, case.encounter_date, codeset, case.care, key.encounter):
            said = finding.kind in INVALID_KINDS and not _billable(finding.subject, case, codeset)
            if finding.severity in ("error", "warning") and not said:
                problem = (
                    f"{_list(codes)} breaks a coding rule: {finding.message.rstrip('.')} [{finding.cite}]"
                )
                yield f"items.{item.id}.{field}", problem, "Correct the codes or their order"


def _billable(codes: Sequence[str], case: Case, codeset: CodeSet) -> bool:
    return all(validity(codeset, code, case.encounter_date).billable for code in codes)


def _given_away(case: Case, item: Item, key: CodesKey) -> Iterator[Fault]:
    shown = [case.title, *(d.title + d.text for d in case.documents), *(i.stem for i in case.items)]
    # A code of three characters, such as N10, could be part of any number; those with a dot are unmistakable.
    for expected in key.expected:
        if "." in expected.code and any(expected.code in text for text in shown):
            yield (
                f"items.{item.id}.expected",
                f"case.yml shows {expected.code}",
                "Take the code out of what trainees read",
            )


def _foreseen(case: Case, item: Item, key: CodesKey, codeset: CodeSet) -> Iterator[Fault]:
    for place, wrong in enumerate(key.wrong):
        field = f"items.{item.id}.wrong.{place}"
        score = score_codes(
            CodesAnswer(wrong.codes), key, item.points, case.encounter_date, codeset, case.care
        )
        if not isinstance(score, Score) or score.points > item.points - 1e-9:
            yield (
                field,
                f"{_list(wrong.codes)} loses no points",
                "It is not wrong by this key; correct one of the two",
            )
        elif not any(finding.message == wrong.why for finding in score.findings):
            yield (
                field,
                f"{_list(wrong.codes)} does not get its reason",
                "Another wrong pick hides it; merge the two",
            )
        if set(wrong.codes) == {expected.code for expected in key.expected} and wrong.error not in (
            "sequencing",
            "external_cause_first",
        ):
            yield field, "it lists the reference itself", "Remove it"


_INVALID = ("invalid_code", "missing_7th", "wrong_7th")


def _named_rightly(case: Case, item: Item, key: CodesKey, codeset: CodeSet) -> Iterator[Fault]:
    """A mistake is called invalid if, and only if, one of its codes cannot be reported on the date."""
    for place, wrong in enumerate(key.wrong):
        field = f"items.{item.id}.wrong.{place}"
        faulty = [code for code in wrong.codes if not validity(codeset, code, case.encounter_date).billable]
        if faulty and wrong.error not in _INVALID:
            problem = (
                f"{_list(faulty)} cannot be reported on the encounter's date, and the error is {wrong.error}"
            )
            yield field, problem, f"Correct the code, or use one of {', '.join(_INVALID)}"
        elif not faulty and wrong.error in ("invalid_code", "missing_7th"):
            problem = f"{_list(wrong.codes)} can be reported on the encounter's date, and the error is {wrong.error}"
            yield field, problem, "Correct the code or the error"


def _list(codes: Sequence[str]) -> str:
    return " + ".join(codes)
