"""The facts of a case, prepared once for comparing with what notes say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from grader.scoring.documentation import lexicon
from grader.scoring.documentation.lexicon import Groups
from grader.scoring.documentation.quantities import Span, numbers, scores, spans
from grader.scoring.documentation.sentences import denied_stems, normalize
from grader.scoring.documentation.substances import substances
from grader.scoring.documentation.words import stems

_BETTER = re.compile(r";|\bbetter\b|\brelieved\b|\beased\b")
_NOT_TRIGGERS = frozenset(("wors", "worse", "aggravat", "aggravated", "prolong", "reliev"))


@dataclass(frozen=True, slots=True)
class Fact:
    """What the record says of one element, and what can be compared of it."""

    text: str
    stems: frozenset[str]
    denied: frozenset[str]  # stems that stand under a negation
    alone: frozenset[str]  # stems that stand in this fact and in no other
    groups: Groups
    spans: tuple[Span, ...]
    numbers: frozenset[str]
    substances: frozenset[str]
    kind: str  # what sort of finding it is, such as a full or a limited movement; see `kind_of`


class Record:
    """The facts of one case, and what its chart denies."""

    def __init__(self, facts: Mapping[str, str], absent: Iterable[str]) -> None:
        self.chart = dict(facts)
        norms = {element: normalize(fact) for element, fact in facts.items()}
        words = {element: stems(norm) for element, norm in norms.items()}
        self.facts = {element: _fact(element, norm, words) for element, norm in norms.items()}
        self.absent = frozenset[str]().union(*(stems(normalize(item)) for item in absent))
        halves = _BETTER.split(norms.get("modifiers", ""), maxsplit=1)
        worse = stems(halves[0]) - _NOT_TRIGGERS
        better = stems(halves[1]) - _NOT_TRIGGERS if len(halves) > 1 else frozenset[str]()
        self.worse, self.better = worse - better, better - worse
        self.scores = scores(norms.get("severity", ""), hundred=True)
        self.of_hundred = bool(re.search(r"\bmm|100", norms.get("severity", "")))
        self.treated = self.substances("prior_tx") | self.substances("careplan")

    def fact(self, element: str) -> Fact:
        """Return the fact of an element; an empty one where the record has none."""
        return self.facts.get(element, _NOTHING)

    def substances(self, element: str) -> frozenset[str]:
        """Return the drugs that the fact of an element names."""
        return self.fact(element).substances


@lru_cache(maxsize=256)
def record_of(facts: tuple[tuple[str, str], ...], absent: tuple[str, ...]) -> Record:
    """Return the prepared record of a case; a class writes many notes on the same one."""
    return Record(dict(facts), absent)


def _fact(element: str, norm: str, words: Mapping[str, frozenset[str]]) -> Fact:
    others = frozenset[str]().union(*(found for name, found in words.items() if name != element))
    return Fact(
        text=norm,
        stems=words[element],
        denied=denied_stems(norm),
        alone=words[element] - others,
        groups=lexicon.group_names(norm),
        spans=tuple(spans(norm)),
        numbers=numbers(norm),
        substances=substances(norm),
        kind=kind_of(element, norm),
    )


_FULL = re.compile(r"\b(?:full|free|floor|normal(?! to)|all (?:directions|planes))")
_LIMITED = re.compile(
    r"\b(?:half|halv|stop|third|knee|shin|thigh|ankle|limit|reduc|hardly|barely|blocked|nil|degrees|cm|quarter|minimal|stiff|short)"
)
_SORE = re.compile(r"tender|sore|uncomfortable|painful|jump|hurt|firm pressure|spasm")
_BONE = re.compile(r"bon[ey]|midline|spinous|vertebra|step|trigger|tapping|percussion")
_MUSCLE = re.compile(r"muscle|paraspin|column")
_NO = re.compile(r"\b(?:no|not|nothing|nowhere|none|without|non|denies|never)\b|\bnon")
_WALKS_WELL = re.compile(
    r"\b(?:gait normal|normal gait|gait is normal|brisk|even gait|easy gait|evenly|moves easily|without a limp|walks normally)"
)
_WALKS_ILL = re.compile(
    r"\b(?:slow|short|stoop|stiff|guard|cane|limp(?!,)|stick|bent|rigid|pushes|hunch|tilted|rounded|slouch|drawn)"
)
_NO_HELP = re.compile(
    r"\b(?:no (?:relief|help|benefit|change|effect|difference|lasting)|nothing|unchanged|only (?:made|burned)|without relief|groggy)"
)
_SOME_HELP = re.compile(
    r"\b(?:halv|half|third|hour|day|edge|partial|down to|helped|slight|relief (?:that|for|only)|removes|evening)"
)
_CONSTANT = re.compile(r"(?<!not )(?<!never )constant|all (?:day|the time)|always|every hour|day and night")
_KINDS = {
    "rom": (_FULL, _LIMITED),
    "observation": (_WALKS_WELL, _WALKS_ILL),
    "tx_response": (_SOME_HELP, _NO_HELP),
}


def kind_of(element: str, norm: str) -> str:
    """Return what sort of finding a text tells, where an element has sorts that exclude each other.

    ``well`` and ``ill`` are what an examiner hopes for and does not; both of them are ``mixed``, neither is nothing.  Of time and of quality a text that names no sort
    is taken for the usual one.
    """
    if element in _KINDS:
        well, ill = (bool(pattern.search(norm)) for pattern in _KINDS[element])
        return _sort(well, ill)
    if element == "palpation":
        found = {_soreness(part) for part in re.split(r"[;,]| but | and ", norm)}
        return "ill" if "ill" in found else "well" if "well" in found else ""
    if element == "timing":
        return "constant" if _CONSTANT.search(norm) else "intermittent"
    if element == "quality":
        sharp = re.search("sharp|stab|catch", norm)
        return "sharp" if sharp else "burning" if "burn" in norm else "dull"
    return ""


def _sort(well: bool, ill: bool) -> str:
    return {(True, True): "mixed", (True, False): "well", (False, True): "ill"}.get((well, ill), "")


def _soreness(part: str) -> str:
    """Return whether a part of a text says that muscles are sore; what it says of the bones decides nothing."""
    sore = _SORE.search(part)
    if not sore or (_BONE.search(part) and not _MUSCLE.search(part)):
        return ""
    return "well" if _NO.search(part[: sore.start()]) else "ill"


_NOTHING = Fact("", frozenset(), frozenset(), frozenset(), frozenset(), (), frozenset(), frozenset(), "")
