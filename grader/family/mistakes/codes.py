"""Mistakes with the code itself: a heading, a missing character, a sibling that says less or something else."""

from __future__ import annotations

import re

from grader.family.derive import said
from grader.family.derive.line import cited
from grader.family.mistakes.work import Mistakes, Work, Wrong, siblings

_RETIRED = {
    "M54.5": "It ended on 30 September 2021",
    "M51.36": "It ended on 30 September 2024, when the pattern of pain got characters of its own",
    "M51.37": "It ended on 30 September 2024, when the pattern of pain got characters of its own",
}
_UNSPECIFIED_HELPS = ("M47", "M48", "M51", "M50", "M54.1", "M54.3", "M54.4", "S22", "S32", "M46", "R10")
_CLOSE = {
    "lumbar": "lumbosacral", "lumbosacral": "lumbar", "thoracic": "thoracolumbar", "thoracolumbar": "thoracic",
    "cervical": "cervicothoracic", "cervicothoracic": "cervical",
}  # fmt: skip
_SIDES = {"right": "left", "left": "right"}


def takes_the_heading(work: Work) -> Mistakes:
    """Report the heading above the code (I.B.2)."""
    code = work.problem_code
    above = work.find.lineage(code)
    if not above or work.find.base(code) != code or work.coded.phase == "sequela":
        return
    heading = above[0]
    below = len(work.find.leaves(heading))
    reason = _RETIRED.get(heading, f"{below} complete codes stand below it")
    why = f"{heading} is a heading and no code. {reason}; the record says which of them to take: {said.diagnosis(work.coded)}."
    yield Wrong((heading,), "invalid_code", why, cited(heading, "I.B.2"))


def leaves_out_the_seventh(work: Work) -> Mistakes:
    """Report an injury or a fracture without its 7th character (I.A.4-5, I.C.19.a)."""
    for code in work.main:
        base = work.find.base(code)
        if base != code:
            gap = (
                " As it is shorter than six characters, an X fills each gap."
                if "X" in code[len(base) :]
                else ""
            )
            why = f"{base} is not complete: the phase of care belongs in the seventh place, here {code[-1]}.{gap}"
            yield Wrong((base,), "missing_7th", why, cited(base, "I.A.4", "I.A.5"))
            return


def says_less(work: Work) -> Mistakes:
    """Report the sibling that leaves the region, the level or the side open (I.B.2)."""
    code = work.problem_code
    base = work.find.base(code)
    if "nspecified" in work.find.title(base) or not base.startswith(_UNSPECIFIED_HELPS):
        return
    for ring in siblings(work.find.codes, base):
        vague = [leaf for leaf in ring if _leaves_open(work.find.title(leaf))]
        if vague:
            found = vague[0]
            wrong = work.find.seventh(found, _meaning(code, work))
            why = f"{found} leaves open what the record tells. The provider writes {_told(work)}."
            yield Wrong((wrong,), "unspecified_when_specific", why, cited(found, "I.B.2", "I.B.18"))
            return


def _leaves_open(title: str) -> bool:
    return "nspecified" in title and "unspecified size" not in title and "tenderness" not in title


def _meaning(code: str, work: Work) -> str:
    base, seventh = work.find.codes.split(code)
    return work.find.codes.seventh_characters(base).get(seventh, "")


def _told(work: Work) -> str:
    parts = [said.diagnosis(work.coded)]
    if work.coded.level and work.facts.suspected == "none":
        parts.append(work.coded.level)
    if work.coded.side in ("right", "left"):
        parts.append(said.SIDES[work.coded.side])
    return ", ".join(parts)


def other_side(work: Work) -> Mistakes:
    """Report the other side, or a side that nobody documented (I.B.13)."""
    side = work.coded.side
    for code in work.main:
        title = work.find.title(code)
        if side in _SIDES and side in title:
            for leaf in siblings(work.find.codes, code)[0]:
                if work.find.title(leaf) == title.replace(side, _SIDES[side]):
                    yield Wrong(
                        (leaf,),
                        "laterality",
                        f"That is the {_SIDES[side]} side. The provider writes {side}.",
                        cited(leaf, "I.B.13"),
                    )
        if side == "unstated" and "unspecified side" in title:
            leaf = next(s for s in siblings(work.find.codes, code)[0] if "right side" in work.find.title(s))
            why = "Nobody in this record names a side. A side cannot be chosen because most patients have one; ask, or leave it unspecified."
            yield Wrong((leaf,), "unsupported_specificity", why, cited(leaf, "I.B.13", "I.B.18"))


def one_side_of_two(work: Work) -> Mistakes:
    """Report one side where both are documented, or the code for an unspecified one (I.B.13)."""
    if work.coded.side != "both":
        return
    if len(work.main) > 1:
        why = "The provider writes both sides. There is no code for both, so right and left are each reported; this is half of it."
        yield Wrong(work.main[:1], "laterality", why, cited(work.main[0], "I.B.13"))
    for leaf in siblings(work.find.codes, work.main[0])[0]:
        if "unspecified side" in work.find.title(leaf):
            why = "“Unspecified side” is for records that name none. This one names both."
            yield Wrong((leaf,), "laterality", why, cited(leaf, "I.B.13"))
        elif leaf not in work.main and "right side" in work.find.title(leaf):
            yield Wrong(
                (leaf,),
                "laterality",
                "That is the right side alone. The provider writes both sides.",
                cited(leaf, "I.B.13"),
            )


def neighboring_region(work: Work) -> Mistakes:
    """Report the region next to the one that is documented."""
    region = work.coded.region
    for code in work.main:
        base = work.find.base(code)
        title = work.find.title(base)
        if (
            region not in _CLOSE
            or not re.search(rf"\b{region} region", title)
            or work.coded.level[:1] in ("C",)
        ):
            continue
        wanted = re.sub(rf"\b{region} region", f"{_CLOSE[region]} region", title)
        for ring in siblings(work.find.codes, base):
            for leaf in ring:
                if work.find.title(leaf) == wanted:
                    level = f" ({work.coded.level})" if work.coded.level else ""
                    why = f"That is the {_CLOSE[region]} region. The provider writes {region}{level}."
                    yield Wrong((leaf,), "wrong_site_or_type", why, cited(leaf, "I.B.2"))
        return
