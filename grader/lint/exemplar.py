"""A key scored as an answer to its own case."""

from __future__ import annotations

from collections.abc import Iterator

from grader.answers import (
    Answer,
    AuditAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    CodesAnswer,
    FieldsAnswer,
    NoteAnswer,
    OrderAnswer,
    PairsAnswer,
    PassagesAnswer,
)
from grader.codeset import CodeSet
from grader.library.encounter import Case
from grader.library.item_keys import (
    AuditKey,
    ChoiceKey,
    ChoicesKey,
    CodesKey,
    EvidenceKey,
    ItemKey,
    MatchKey,
    MessageKey,
    NoteKey,
    OrderKey,
    RepairKey,
)
from grader.library.passages import holding
from grader.library.reference import Key
from grader.scoring.findings import Score
from grader.scoring.score import score_case

Fault = tuple[str, str, str]


def exemplar(reference: ItemKey, case: Case) -> Answer:
    """Return the answer that a key itself would give."""
    match reference:
        case CodesKey():
            return CodesAnswer(tuple(expected.code for expected in reference.expected))
        case NoteKey() | MessageKey():
            return NoteAnswer(reference.exemplar)
        case ChoiceKey():
            return ChoiceAnswer(reference.correct)
        case ChoicesKey():
            return ChoicesAnswer(reference.correct)
        case MatchKey():
            return PairsAnswer(reference.pairs)
        case OrderKey():
            return OrderAnswer(reference.order)
        case RepairKey():
            return FieldsAnswer({repair.field: repair.accept[0] for repair in reference.repairs})
        case EvidenceKey():
            chart = case.passages()
            places = [place for support in reference.passages for place in holding(support.quote, chart)[:1]]
            return PassagesAnswer(tuple(places))
        case AuditKey():
            verdicts = {verdict.code: verdict.verdict for verdict in reference.verdicts}
            return AuditAnswer(verdicts, tuple(missing.code for missing in reference.missing))


def own_case_faults(case: Case, key: Key, codeset: CodeSet) -> Iterator[Fault]:
    """Yield where a key, scored as an answer, does not earn every point or is faulted."""
    answers = {case.item_key(item): exemplar(key.items[item.id], case) for item in case.items}
    scored = score_case(case, answers, key, codeset)
    for name, score in scored.items.items():
        field = f"items.{name.rpartition('/')[2]}"
        if not isinstance(score, Score):
            yield field, f"its own answer cannot be scored ({score.reason})", "Correct the reference answer"
            continue
        if score.points < score.possible - 1e-9:
            short = "; ".join(f.message for f in score.findings if f.severity != "ok")
            problem = f"its own answer earns {score.points:g} of {score.possible:g} ({short})"
            yield field, problem, "Correct the reference"
        for finding in score.findings:
            if finding.severity == "error":
                yield field, f"its own answer is faulted: {finding.message}", "Correct the reference answer"
