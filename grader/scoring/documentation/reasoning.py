"""What a note says is not known, the site or the cause, and how it stands beside the record.

The element is called ``rationale`` in keys and rubrics: it is what lets an unspecified code stand.
"""

from __future__ import annotations

import re
from itertools import pairwise

from grader.scoring.documentation.compare_history import Comparison
from grader.scoring.documentation.evidence import Hit
from grader.scoring.documentation.facts import Record, stems
from grader.scoring.documentation.rules import Rule, compile_parts
from grader.scoring.documentation.sentences import Clause

_CODE = r"(?:m54\.?9|m54|billed as|chosen because|to code|s-series|unspecified|nonspecific|non-specific|specific (?:code|dx|diagnosis)|more (?:detailed|precise|specific|exact)|code[sd]?|dorsalgia|specificity|back pain nos)"
_WHY = r"(?:because|since|as (?:no|the|there|neither|pain|she|he|it|location|site|we|cause|region|documentation|nothing)|due to|given|therefore|so (?:a|no|the|m54|i|we|more)|thus|hence|why|reason\w*|support\w*|neither|nor|cannot|can't|could not|undetermined|unclear|unknown|insufficient|not enough|guesswork|lacks?|lacking|without|do(?:es)? not|is not|are not|isn't|wasn't|not (?:been )?(?:documented|identified|specified|established|named|determined|known|found|given|stated|possible)|excluded|confined|not attributable|turned up no|no (?:single|specific|cause|known|definite|clear|particular|1|identif\w*|region|site|etiology|injury|structural|documented|one|further|level|underlying)|only|pending|until|→|b/c|bc|d/t|appropriate)"
_SUBJECT = r"(?:site|location|region|regions|level|cause|etiology|aetiology|source|reason|origin|area|part|locali[sz]\w*|specif\w+|place|pathology|injury|trauma|spot|segment|segmental|multi-?regional|lesion|nothing|fits|findings?|documentation|chart|note|diagnosis|structure)"
# What is not known, in the words of a note: that the pain has no one site, and that it has no known cause.
_OPEN = r"(?:not(?: yet| been| be| fully| clearly){0,3} (?:known|clear|found|identified|established|determined|named|specified|apparent|certain)|unknown|unclear|undetermined|unidentified|uncertain|unspecified|unexplained|open|(?:cannot|can't|could not)(?: yet| be){0,2} (?:named|determined|identified|stated|told|found|specified|established))"
_STILL = r"(?: is| are| was| were| has| have| remains?| still| as| yet|:)*"
_PLACE = r"(?:site|location|region|spot|level|area|place|focus|segment|part)s?"
_NO_SITE = rf"(?:(?:no|without|nor|neither)(?: an?| the| any| its| 1| one| single| specific| clear| definite| particular| exact| identifiable| defined| known| spinal){{0,3}} {_PLACE}(?! of)|{_PLACE}{_STILL} (?:{_OPEN}|non-?specific|not locali[sz]ed)|(?:not|cannot|can't|could not|nor can it)(?: yet| been| be){{0,2}} (?:locali[sz]\w*|confined|placed|pinned|pinpointed|located|narrowed|limited)|non-?locali[sz]ed|unlocali[sz]ed)"
_CAUSE = r"(?:cause|causes|etiology|aetiology|reason|source|origin)"
_NO_CAUSE = rf"(?:(?:no|without|nor|neither)(?: an?| the| any| its| 1| one| single| specific| clear| definite| particular| exact| identifiable| known){{0,3}} {_CAUSE}(?! (?:for|of) (?!it\b|the (?:back )?pain))|{_CAUSE}(?: of (?:it|this|the (?:back )?pain)| for (?:it|this|the (?:back )?pain))?{_STILL} {_OPEN}|(?:unknown|unclear|undetermined|uncertain|unidentified) {_CAUSE}|(?:do(?:es)?|did|could|can) ?not know (?:the|its|a) {_CAUSE})"
_SUPPOSED = r"if|unless|in case|should|until|rationale for"
_SITE_IS_OPEN, _CAUSE_IS_OPEN = compile_parts(_NO_SITE), compile_parts(_NO_CAUSE)
_IS_SUPPOSED = compile_parts(_SUPPOSED)

RATIONALE = (
    Rule(rf"{_NO_SITE}[^;]{{0,60}}?{_NO_CAUSE}|{_NO_CAUSE}[^;]{{0,60}}?{_NO_SITE}", negated="ignore", future=True, unless=_SUPPOSED),
    Rule(rf"neither (?:an? |the |its )?(?:\w+ )?{_PLACE} nor (?:an? |the |its )?(?:\w+ )?{_CAUSE}|neither (?:an? |the |its )?(?:\w+ )?{_CAUSE} nor (?:an? |the |its )?(?:\w+ )?{_PLACE}", negated="ignore", future=True, unless=_SUPPOSED),
    Rule(rf"not known(?::| is| are)*(?: the)? (?:{_PLACE}{{gap}}{_CAUSE}|{_CAUSE}{{gap}}{_PLACE})", negated="ignore", unless=_SUPPOSED),
    Rule(rf"{_CODE}[^;]{{0,200}}?{_WHY}[^;]{{0,120}}?{_SUBJECT}", negated="ignore", future=True, others=True, unless=r"selected code accurately|rationale for (?:the|choosing|using)"),
    Rule(rf"{_WHY}[^;]{{0,120}}?{_SUBJECT}[^;]{{0,160}}?{_CODE}", negated="ignore", future=True, others=True, unless=r"rationale for (?:the|choosing|using)|m54\.5\S* (?:low back pain, unspecified,? )?is"),
    Rule(r"(?:location|site|region|level)s?{gap}(?:and|or|nor|&){gap}?(?:cause|etiology|source|aetiology){gap}(?:undetermined|unknown|unclear|not|unspecified|remain\w*|cannot)|no (?:\w+ )?(?:site|region|level|location)s? (?:or|and|nor) (?:no )?(?:\w+ )?(?:cause|etiology|source)|no (?:\w+ )?(?:cause|etiology|source) (?:or|and|nor) (?:no )?(?:\w+ )?(?:site|region|level|location)", negated="ignore", future=True, unless="rationale for"),
    Rule(r"(?:m54\.?9|unspecified|nonspecific|dorsalgia)[^;.]{0,40}?(?:unclear|unknown|no (?:clear |specific |known )?(?:cause|etiology|source|region|site)|nonspecific|cause not|not specific|undetermined|idiopathic|diffuse|locali\w*|nothing else fits)|no injury found|unspecified since nothing|(?:cause|etiology|source) (?:is |was |remains? )?(?:unknown|unclear|undetermined|not (?:found|known|identified|established))|non-?specific back pain|no (?:specific |clear )?(?:cause|etiology) (?:found|identified|documented|known)", state="partial", negated="ignore", future=True, unless=_SUPPOSED),
    Rule(_NO_CAUSE, state="partial", negated="ignore", future=True, unless=_SUPPOSED),
)  # fmt: skip

_OTHER_CODE = re.compile(r"\bm(?!54\.?9)\d\d\.?\w{0,4}|\bs\d\d\.\w{3,4}")
_WEIGHED = re.compile(
    r"\b(?:not|cannot|can't|rather|instead|no|nor|neither|without|would|instead|more specific|excludes?|if|unless|lack\w*|than|ruled|only|require[sd]?|insufficient|isn't|needs?|avoid|over)\b"
)
_CONCLUDES = re.compile(
    r"\b(?:caus\w+|due to|because|from|assessment|impression|diagnos\w+|dx|opinion|imp)\b"
)


def _rationale(hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    fact = record.facts.get("rationale", "")
    code = re.search(r"\b[a-z]\d\d(?:\.\w{1,4})?\b", fact)
    right = code[0] if code else "m54.9"
    for clause in heard:
        other = _OTHER_CODE.search(clause.norm)
        if (
            other
            and right not in clause.norm
            and clause.section in ("", "assessment", "plan")
            and not _WEIGHED.search(clause.norm)
        ):
            return [Hit("contradicted", clause)]
    if right != "m54.9":
        return _beside_a_site(heard, record, right)
    return hits + [
        Hit("present", after)
        for before, after in pairwise(heard)
        if any(
            _says(one, _SITE_IS_OPEN) and _says(other, _CAUSE_IS_OPEN)
            for one, other in ((before, after), (after, before))
        )
    ]


def _says(clause: Clause, what: re.Pattern[str]) -> bool:
    return bool(what.search(clause.norm)) and not clause.others and not _IS_SUPPOSED.search(clause.norm)


def _beside_a_site(heard: list[Clause], record: Record, right: str) -> list[Hit]:
    """Judge a note whose site is known: what it must say is the cause, or that there is none yet."""
    if _CAUSE_IS_OPEN.search(record.facts["rationale"]):
        found = [clause for clause in heard if _says(clause, _CAUSE_IS_OPEN)]
    else:
        found = [c for c in heard if c.section == "assessment" or _CONCLUDES.search(c.norm)]
        found = [c for c in found if len(stems(c.norm) & record.stems["rationale"]) >= 3]
    by_code = [c for c in heard if right in c.norm and len(stems(c.norm) & record.stems["rationale"]) >= 2]
    return [Hit("present", clause) for clause in found + by_code]


def leaves_open(fact: str) -> bool:
    """Whether a fact of the record says that the site or the cause is not known."""
    return bool(_SITE_IS_OPEN.search(fact.lower()) or _CAUSE_IS_OPEN.search(fact.lower()))


COMPARISONS: dict[str, Comparison] = {"rationale": _rationale}
