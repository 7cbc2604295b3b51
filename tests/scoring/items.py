"""One small item of each kind with its key, for the tests of scoring."""

from datetime import date

from grader.library.encounter import Case, Choice, ClaimField, Document, Item
from grader.library.item_keys import (
    AuditKey,
    ChoicesKey,
    Criterion,
    Distraction,
    EvidenceKey,
    Fault,
    MatchKey,
    MessageKey,
    MissingCode,
    OrderKey,
    Repair,
    RepairKey,
    Support,
    Verdict,
    WrongRepair,
)

STEPS = tuple(Choice(f"c{n}", f"Step number {n}.") for n in range(1, 5))
REASONS = {f"c{n}": f"reason {n}" for n in range(1, 5)}

CHOICES = Item("pick", "choices", "Which?", 4, choices=STEPS)
CHOICES_KEY = ChoicesKey(("c1", "c3"), REASONS, "42 CFR 424.44", {"c4": "red_flag"})

MATCH = Item(
    "sort", "match", "Sort.", 3, choices=STEPS[:2], prompts=tuple(Choice(p, p) for p in ("p1", "p2", "p3"))
)
MATCH_KEY = MatchKey({"p1": "c1", "p2": "c2", "p3": "c1"}, {"p1": "a", "p2": "b", "p3": "c"}, "42 CFR 424.44")

ORDER = Item("steps", "order", "Order.", 3, choices=STEPS)
ORDER_KEY = OrderKey(("c2", "c1", "c4", "c3"), REASONS, "42 CFR 424.44")

REPAIR = Item(
    "claim",
    "claim-repair",
    "Repair.",
    4,
    fields=(
        ClaimField("box21a", "Box 21 A", "M54.5"),
        ClaimField("box22", "Box 22", ""),
        ClaimField("box28", "Box 28", "142.00"),
        ClaimField("box24a", "Box 24A", "10/15/2026"),
    ),
)
REPAIR_KEY = RepairKey(
    repairs=(
        Repair("box21a", ("M54.50",), 3, "It is a heading.", "42 CFR 424.44"),
        Repair("box22", ("7",), 1, "A corrected claim says so.", "42 CFR 424.44"),
    ),
    wrong=(
        WrongRepair("box21a", "medical_necessity", "That is another illness.", "42 CFR 424.44", "M51.16"),
        WrongRepair("box28", "invalid_code", "The charge was right.", "42 CFR 424.44"),
    ),
)

CASE = Case(
    id="enc-9001",
    title="Aching back",
    pool="practice",
    kind="coding",
    setting="clinic",
    care="outpatient",
    encounter_date=date(2026, 11, 2),
    difficulty=1,
    skills=("audit",),
    documents=(
        Document(
            "progress-note",
            "Visit",
            "HISTORY:\nIt aches. He lifted a box.\nASSESSMENT:\nLumbar strain. Rest.",
        ),
    ),
    items=(),
)
EVIDENCE = Item("marks", "evidence", "Mark.", 3)
EVIDENCE_KEY = EvidenceKey(
    passages=(Support("Lumbar strain", 2, "The diagnosis."), Support("lifted a box", 1, "The cause.")),
    cite="42 CFR 424.44",
    neutral=("Rest.",),
    wrong=(Distraction("It aches", "A symptom."),),
)

AUDIT = Item("audit", "audit", "Audit.", 3, coded=("M54.50", "S39.012A"))
AUDIT_KEY = AuditKey(
    verdicts=(
        Verdict("M54.50", "wrong", "The strain explains it.", "42 CFR 424.44", "excludes1"),
        Verdict("S39.012A", "right", "Diagnosed.", "42 CFR 424.44"),
    ),
    missing=(MissingCode("E11.9", "Treated today.", "42 CFR 424.44"),),
)

QUERY = Item("query", "message", "Write.", 4, to="provider")
QUERY_KEY = MessageKey(
    rubric=(
        Criterion(
            "findings", "Names findings", 2, ("reflex", "numb*", "straight leg"), "Say why you ask.", need=2
        ),
        Criterion(
            "open",
            "Asks openly",
            2,
            ("what|which cause|diagnosis", "clarify"),
            "Ask openly.",
            fails="red_flag",
        ),
    ),
    cite="AHIMA/ACDIS",
    exemplar="Reflex absent and foot numb. What is the cause, if known?",
    counterexample="Please document sciatica so that it is paid.",
    faults=(Fault("naming", "It names the answer", ("document|add sciatica",), "Do not.", "AHIMA/ACDIS"),),
)
