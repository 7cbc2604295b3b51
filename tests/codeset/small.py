"""Small official files, written the way CMS and NCHS write theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from grader.codeset.build import build

ABC = {"A": "initial encounter", "D": "subsequent encounter", "S": "sequela"}
LINES = {
    "M54": "Dorsalgia",
    "M54.2": "Cervicalgia",
    "M54.6": "Pain in thoracic spine",
    "M54.9": "Dorsalgia, unspecified",
    "M62": "Other disorders of muscle",
    "M62.8": "Other specified disorders of muscle",
    "M62.83": "Muscle spasm",
    "M62.830": "Muscle spasm of back",
    "M62.831": "Muscle spasm of calf",
    "S33": "Dislocation and sprain of joints and ligaments of lumbar spine and pelvis",
    "S33.5": "Sprain of ligaments of lumbar spine",
    "S33.6": "Sprain of sacroiliac joint",
    "Z79": "Long term (current) drug therapy",
    "Z79.1": "Long term (current) use of non-steroidal anti-inflammatories (NSAID)",
}
SEVENTH = {"S33": ABC}
CODES = 12
"""Billable ones in ``LINES``: three of M54, two of M62, six of S33 and one of Z79."""


def tabular_xml(
    lines: Mapping[str, str],
    seventh: Mapping[str, Mapping[str, str]] = SEVENTH,
    notes: Mapping[str, str] | None = None,
    version: str = "2026",
) -> str:
    """The tabular XML of ``lines``: a chapter a letter and a block a category, with one Excludes1 note a code."""

    def diag(code: str) -> str:
        below = [c for c in lines if c != code and _above(c, lines) == code]
        note = (notes or {}).get(code)
        parts = [f"<name>{code}</name><desc>{escape(lines[code])}</desc>"]
        parts += [f"<excludes1><note>{escape(note)}</note></excludes1>"] if note else []
        if meanings := seventh.get(code):
            inner = "".join(f'<extension char="{c}">{escape(m)}</extension>' for c, m in meanings.items())
            parts.append(f"<sevenChrDef>{inner}</sevenChrDef>")
        return f"<diag>{''.join(parts)}{''.join(map(diag, below))}</diag>"

    chapters = []
    for letter in dict.fromkeys(code[0] for code in lines):
        blocks = "".join(
            f'<section id="{code}-{code}"><desc>Block of {code}</desc>{diag(code)}</section>'
            for code in lines
            if len(code) == 3 and code[0] == letter
        )
        chapters.append(f"<chapter><name>{letter}</name><desc>Chapter {letter}</desc>{blocks}</chapter>")
    body = "".join(chapters)
    return f"<?xml version='1.0' encoding='utf-8'?><ICD10CM.tabular><version>{version}</version>{body}</ICD10CM.tabular>"


def _above(code: str, known: Iterable[str]) -> str:
    return max((c for c in known if c != code and code.startswith(c)), key=len, default="")


def artefact(folder: Path, lines: Mapping[str, str] = LINES) -> Path:
    """A code set built from ``lines``, as of April 2026."""
    xml = folder / "base.xml"
    xml.write_text(tabular_xml(lines), encoding="utf-8")
    build(xml, folder / "base" / "tabular.bin")
    return folder / "base" / "tabular.bin"


def row(code: str, billable: bool, title: str) -> str:
    """Code, flag and both titles in the columns of the official files; the addenda put the flag first."""
    return f"{code.replace('.', ''):<7} {int(billable)} {title[:60]:<60} {title}"


def order_text(rows: Iterable[tuple[str, bool, str]]) -> str:
    """An order file."""
    return "".join(f"{number:05} {row(*line)}\r\n" for number, line in enumerate(rows, start=1))


def rows(
    lines: Mapping[str, str], seventh: Mapping[str, Mapping[str, str]] = SEVENTH
) -> list[tuple[str, bool, str]]:
    """Every heading and code of ``lines`` as the order file has them, 7th characters written out."""
    from grader.codeset.entry import with_seventh

    found: list[tuple[str, bool, str]] = []
    for code, title in lines.items():
        meanings = next((seventh[c] for c in (code, code[:5], code[:3]) if c in seventh), {})
        leaf = not any(_above(c, lines) == code for c in lines)
        found.append((code, leaf and not meanings, title))
        found += [(with_seventh(code, c), True, f"{title}, {m}") for c, m in meanings.items() if leaf]
    return found


def addenda_text(steps: Iterable[tuple[str, str, bool, str]], before: int = CODES, **wrong: int) -> str:
    """Addenda with the counts at their end; ``wrong`` replaces some of those of the codes."""
    steps = list(steps)
    text = "".join(
        f"{verb + ':':<12} {int(billable)} {code.replace('.', ''):<7} {title[:60]:<60} {title}\r\n"
        for verb, code, billable, title in steps
    )
    for part, flag, start in (("headers", False, 100), ("codes", True, before)):
        verbs = [verb for verb, _code, billable, _title in steps if billable is flag]
        counts = {
            "before": start,
            "after": start + verbs.count("Add") - verbs.count("Delete"),
            "additions": verbs.count("Add"),
            "deletions": verbs.count("Delete"),
            "revisions": verbs.count("Revise to"),
        } | (wrong if flag else {})
        text += f"\r\n{part.capitalize()}\r\n  {counts['before']:>5} {part} in icd10cm_order_2026.txt\r\n"
        text += f"  {counts['after']:>5} {part} in icd10cm_order_2027.txt\r\n"
        text += "".join(f"  {counts[name]:>5} {name}\r\n" for name in ("additions", "deletions", "revisions"))
        text += f"of which\r\n  {counts['revisions']:>5} revisions to both long and short titles\r\n"
    return text


NEW_LINES = {
    code: title
    for code, title in (
        {
            **LINES,
            "M54.6": "Pain in the thoracic spine",
            "M54.91": "Dorsalgia with stiffness",
            "M54.99": "Other dorsalgia",
            "M62.832": "Muscle spasm of neck",
            "M6A": "Disorders of fascia",
            "M6A.0": "Stiffness of fascia",
            "S33.7": "Sprain of other parts of lumbar spine",
        }
    ).items()
    if code != "M62.831"
}
"""The next list: M54.9 divided, M62.831 gone, M62.832, M6A.0 and S33.7 new, M54.6 worded anew."""
STEPS = [
    ("Revise from", "M54.6", True, LINES["M54.6"]),
    ("Revise to", "M54.6", True, NEW_LINES["M54.6"]),
    ("Delete", "M54.9", True, LINES["M54.9"]),
    ("Add", "M54.9", False, LINES["M54.9"]),
    ("Add", "M54.91", True, NEW_LINES["M54.91"]),
    ("Add", "M54.99", True, NEW_LINES["M54.99"]),
    ("Delete", "M62.831", True, LINES["M62.831"]),
    ("Add", "M62.832", True, NEW_LINES["M62.832"]),
    ("Add", "M6A", False, NEW_LINES["M6A"]),
    ("Add", "M6A.0", True, NEW_LINES["M6A.0"]),
    ("Add", "S33.7", False, NEW_LINES["S33.7"]),
    *[("Add", f"S33.7XX{c}", True, f"{NEW_LINES['S33.7']}, {m}") for c, m in ABC.items()],
]
"""The same as addenda."""
ADDENDA = "icd10cm_order_addenda_2027.txt"
ORDER = "icd10cm_order_2027.txt"
TABULAR = "icd10cm-tabular-2027.xml"
TEXTS = {
    ADDENDA: addenda_text(STEPS),
    ORDER: order_text(sorted(rows(NEW_LINES))),
    TABULAR: tabular_xml(NEW_LINES, notes={"M6A.0": "low back pain (M54.5-)"}, version="2027"),
}
"""The release of ``NEW_LINES`` in each of the three kinds of file, by name."""


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file and return it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path
