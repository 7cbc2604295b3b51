"""Whether words say that the site or the cause of the pain is not known.

The element is called ``rationale`` in keys and rubrics: it is what lets an unspecified code stand.
"""

from __future__ import annotations

import re

from grader.scoring.documentation.sentences import Clause
from grader.scoring.documentation.words import stems

# What is not known, in the words of a note: that the pain has no one site, and that it has no known cause.
_OPEN = r"(?:not(?: yet| been| be| fully| clearly){0,3} (?:known|clear|found|identified|established|determined|named|specified|apparent|certain)|unknown|unclear|undetermined|unidentified|uncertain|unspecified|unexplained|open|(?:cannot|can't|could not)(?: yet| be){0,2} (?:named|determined|identified|stated|told|found|specified|established))"
_STILL = r"(?: is| are| was| were| has| have| remains?| still| as| yet|:)*"
_PLACE = r"(?:site|location|region|spot|level|area|place|focus|segment|part)s?"
_NO_SITE = rf"(?:(?:no|without|nor|neither)(?: an?| the| any| its| 1| one| single| specific| clear| definite| particular| exact| identifiable| defined| known| spinal){{0,3}} {_PLACE}(?! of)|{_PLACE}{_STILL} (?:{_OPEN}|non-?specific|not locali[sz]ed)|(?:not|cannot|can't|could not|nor can it)(?: yet| been| be){{0,2}} (?:locali[sz]\w*|confined|placed|pinned|pinpointed|located|narrowed|limited)|non-?locali[sz]ed|unlocali[sz]ed)"
_CAUSE = r"(?:cause|causes|etiology|aetiology|reason|source|origin)"
_NO_CAUSE = rf"(?:(?:no|without|nor|neither)(?: an?| the| any| its| 1| one| single| specific| clear| definite| particular| exact| identifiable| known){{0,3}} {_CAUSE}(?! (?:for|of) (?!it\b|the (?:back )?pain))|{_CAUSE}(?: of (?:it|this|the (?:back )?pain)| for (?:it|this|the (?:back )?pain))?{_STILL} {_OPEN}|(?:unknown|unclear|undetermined|uncertain|unidentified) {_CAUSE}|(?:do(?:es)?|did|could|can) ?not know (?:the|its|a) {_CAUSE})"
_SITE_IS_OPEN, _CAUSE_IS_OPEN = (
    re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z])") for pattern in (_NO_SITE, _NO_CAUSE)
)
_SUPPOSED = re.compile(r"\b(?:if|unless|in case|should|until|rationale for)\b")
_CONCLUDES = re.compile(
    r"\b(?:caus\w+|due to|because|from|assessment|impression|diagnos\w+|dx|opinion|imp)\b"
)
_CODE = re.compile(r"\b[a-z]\d\d(?:\.\w{1,4})?\b")
_UNSPECIFIED = "m54.9"


def leaves_open(fact: str) -> bool:
    """Whether a fact of the record says that the site or the cause is not known."""
    return bool(_SITE_IS_OPEN.search(fact.lower()) or _CAUSE_IS_OPEN.search(fact.lower()))


def opens(norm: str) -> frozenset[str]:
    """Return what a clause says is not known: ``site``, ``cause``, both or neither."""
    if _SUPPOSED.search(norm):
        return frozenset()
    named = {"site": _SITE_IS_OPEN, "cause": _CAUSE_IS_OPEN}
    return frozenset(name for name, pattern in named.items() if pattern.search(norm))


def has_a_site(fact: str) -> bool:
    """Whether the fact is that of a record which names a site: its code is another than that of an unspecified one."""
    code = _CODE.search(fact)
    return code is not None and code[0] != _UNSPECIFIED


def says_beside_a_site(clause: Clause, fact: str) -> bool:
    """Whether a clause says what a note must say where the site is known: the cause, or that there is none yet."""
    shared = len(stems(clause.norm) & stems(fact))
    code = _CODE.search(fact)
    if code and code[0] in clause.norm and shared >= 2:
        return True
    if _CAUSE_IS_OPEN.search(fact):
        return "cause" in opens(clause.norm) and not clause.others
    return shared >= 3 and (clause.section == "assessment" or bool(_CONCLUDES.search(clause.norm)))
