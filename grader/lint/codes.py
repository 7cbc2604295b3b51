"""The codes of a key: valid on the date, within the rules, and every foreseen mistake caught and rightly named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.answers import CodesAnswer
from grader.codeset import CodeSet
from grader.codeset.validity import validity
from grader.library.encounter import Case, Item
from grader.library.item_keys import CodesKey
from grader.library.reference import Key
from grader.lint.exemplar import Fault
from grader.scoring.codes import score_codes
from grader.scoring.edits import INVALID_KINDS, check_codes
from grader.scoring.findings import Score

LEAST_WRONG = 4
"""How many mistakes a key foresees at least: fewer teach too little."""


def code_faults(case: Case, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    """Yield the faults of every assign-codes item: field, problem and remedy."""
    for item in case.items:
        reference = key.items[item.id]
        if isinstance(reference, CodesKey):
            yield from _valid_codes(case, item, reference, codeset)
            yield from _keeps_the_rules(case, item, reference, codeset)
            yield from _foreseen(case, item, reference, codeset)
            yield from _named_rightly(case, item, reference, codeset)
            yield from _alternatives(case, item, reference, codeset)
            if len(reference.wrong) < LEAST_WRONG:
                problem = f"it foresees {len(reference.wrong)} mistakes"
                yield (
                    f"items.{item.id}.wrong",
                    problem,
                    f"Foresee at least {LEAST_WRONG}, each with its reason",
                )


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


def _alternatives(case: Case, item: Item, key: CodesKey, codeset: CodeSet) -> Iterator[Fault]:
    """An alternative, reported as it stands, must earn its credit."""
    for place, other in enumerate(key.alternatives):
        score = score_codes(
            CodesAnswer(other.codes), key, item.points, case.encounter_date, codeset, case.care
        )
        earned = score.points if isinstance(score, Score) else 0.0
        if abs(earned - other.credit * item.points) > 1e-9:
            problem = (
                f"{_list(other.codes)} earns {earned:g} of {item.points:g}, its credit is {other.credit:g}"
            )
            yield f"items.{item.id}.alternatives.{place}", problem, "Correct the credit or the codes"


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
                "Another wrong pick hides it, or it is optional or an alternative elsewhere in this key; keep one of them",
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
