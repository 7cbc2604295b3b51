"""Cutting a note into clauses and telling what each clause does not assert.

A clause keeps the words as written, for evidence, beside a normalized form, for matching: lower case, straight quotes,
digits for number words and the usual misspellings put right.  No clause is longer than `LONGEST` characters, so the
time of matching grows in proportion to the length of the note, whatever is in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from grader.scoring.documentation.spelling import corrected

LONGEST = 400
_FRAGMENTS = 7

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBERS = {word: str(number) for number, word in enumerate(_UNITS)} | {w: str(n) for w, n in _TENS.items()}
_SAME = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "½": ".5"})
_COMPOUND = re.compile(
    r"\b(twenty|thirty|forty|fifty|sixty|ninety)[ -](one|two|three|four|five|six|seven|eight|nine)\b"
)
_WORD = re.compile(r"[a-z]+")

# Labels that open a part of a note, with the part; and labels that name one element, with (element, part of it).
_SECTIONS = {
    "history": "s|subjective|subj|hpi|cc|chief complaint|history|hx|history of present illness|interval history",
    "exam": "o|objective|obj|pe|exam|examination|physical exam|physical examination|on exam|o/e|findings",
    "assessment": "a|assessment|imp|impression|dx|diagnosis|a/p|assessment and plan|code|coding|coding note",
    "plan": "p|plan|plan of care|disposition|dispo|recommendations|tx plan|treatment plan|rx|management|orders",
}
_ELEMENTS = {
    ("location", ""): "location|site|pain location|where|loc|distribution",
    ("quality", ""): "quality|character|pain quality|descriptor|type of pain|nature|qual",
    ("severity", ""): "severity|pain score|pain scale|intensity|pain level|pain rating|nprs|nrs|vas|sev|pain",
    ("timing", "duration"): "duration|onset|since|dur",
    ("timing", "frequency"): "frequency|pattern|freq",
    ("timing", ""): "timing|course|temporal",
    ("modifiers", "aggravating"): "aggravating|aggravated by|agg|aggravating factors|worse|worse with|provoking|triggers|provoked by|exacerbating|exacerbating factors",
    ("modifiers", "relieving"): "relieving|relieved by|rel|relieving factors|alleviating|alleviating factors|better|better with|eases|eased by|easing",
    ("modifiers", ""): "modifying factors|modifiers",
    ("function", ""): "function|functional impact|functional limits|functional limitations|impact|adls?|functional status|work|func|limitations",
    ("observation", ""): "observation|inspection|gait|posture|gen|general|appearance|obs|general appearance|insp",
    ("palpation", ""): "palpation|palp|on palpation|muscles",
    ("rom", ""): "rom|range of motion|movement|lumbar rom|trunk rom|arom|active rom|spinal rom",
    ("prior_tx", ""): "prior treatment|prior treatments|previous treatment|previous treatments|past treatment|treatments tried|treatment to date|tried|prior tx|previous tx|home treatment|self-treatment|prev tx|treatments so far",
    ("tx_response", ""): "response|response to treatment|treatment response|effect|result|resp|outcome",
    ("comorbid", ""): "comorbidities|comorbidity|comorbid|comorbid conditions|pmh|pmhx|past medical history|medical history|other conditions|conditions",
    ("followup", ""): "follow-up|follow up|followup|f/u|fu|rtc|return|recheck|review",
    ("careplan", ""): "care plan|treatment",
    ("education", "education"): "education|patient education|pt ed|pt education|educ|teaching|counseling|advice|edu|ed",
    ("education", "goal"): "goal|goals|treatment goal|treatment goals|pt goal|patient goal|patient goals",
    ("rationale", ""): "rationale|code rationale|reason for code|coding rationale|why m54.9|why this code|justification|m54.9 rationale",
}  # fmt: skip
_LABELS: dict[str, tuple[str, str, str]] = {}
for _section, _names in _SECTIONS.items():
    _LABELS |= dict.fromkeys(_names.split("|"), (_section, "", ""))
for (_element, _part), _names in _ELEMENTS.items():
    _LABELS |= {name.replace("?", ""): ("", _element, _part) for name in _names.split("|")}
_LABEL = re.compile(
    r"(?:^|(?<=[\s|;.,(*-]))("
    + "|".join(sorted(map(re.escape, _LABELS), key=len, reverse=True))
    + r")\s?:(?!\d)"
)
_DASHED = re.compile(
    r"^[\s*#>-]{0,6}(" + "|".join(sorted(map(re.escape, _LABELS), key=len, reverse=True)) + r")\s?[-=]\s"
)
_END = re.compile(
    r"(?<![.\s][a-z])(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bvs)(?<!approx)[.!?]+[\"')\]]{0,2}(?=\s|$)|[\n|;•·]+"
)

_BREAK = r"\b(?:but|however|although|though|except|apart from|aside from|other than|yet|whereas)\b|;"
_BREAKS = re.compile(_BREAK)
_LONG_NEGATION = re.compile(
    r"\b(?:denies|denied|deny|denying|negative for|neg for|absence of|neither|negates)\b"
)
_NEGATION = re.compile(
    r"\b(?:no|without|w/o|zero|nil)\b(?! (?:longer|1\b|doubt|more\b|less\b|particular|single|specific))|ø|\bnon[- ](?=tender)"
)
_SHORT_NEGATION = re.compile(
    r"\b(?:not|never|isn't|wasn't|doesn't|didn't|hasn't|don't|won't|nor)\b(?! (?:only|just)\b)"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|unless|should (?:the|her|his|she|he|they|symptoms|pain|it)|may|might|consider(?:ing)?|in case|could be|"
    r"will be asked|(?:will|to|shall) (?:evaluate|assess|check|document|test|measure|examine|ask|review)|"
    r"possibl[ey]|to be (?:done|assessed|evaluated|documented|checked)|would (?:need|require|have|be|benefit|expect))\b"
)
_OTHERS = re.compile(
    r"\b(?:family (?:hx|history)|fhx?|(?:her|his|the|their|pt's|patient's) (?:father|mother|dad|mom|mum|brother|sister|husband|wife|"
    r"spouse|aunt|uncle|son|daughter|neighbou?r|cousin|grandmother|grandfather|partner|parents?|friend)|"
    r"(?:father|mother|brother|sister|husband|wife|grandmother|runs in the family))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:knee|ankle|shoulder|wrist|elbow|finger|foot|toe|hip|jaw|tooth)\s(?:injury|surgery|fracture|sprain|replacement|operation|problem)"
)
_LONG_AGO = re.compile(r"\b(?:ago|old|prior|previous|resolved|in (?:19|20)\d\d)\b")
_NOT_DONE = re.compile(
    r"\b(?:not (?:documented|assessed|tested|recorded|obtained|done|examined|performed|evaluated|available|stated|asked|discussed|addressed|measured|charted|given)|"
    r"(?:deferred|unknown|n/a|tbd|undocumented|pending|omitted|missing|left blank|to follow|see intake|see above|as per intake)\b)"
)
_NAMES = (
    r"(?:pain )?(?:location|quality|severity|frequency|duration|onset|timing|function(?:al impact)?|observation|inspection|palpation|range of motion|rom|"
    r"treatments?|response|comorbidit(?:y|ies)|follow-?up|diagnostics|care plan|prognosis|rationale|education|goals?|quote|factors)"
)
_TALK = re.compile(
    rf"{_NAMES}\b[^.]{{0,60}}\b(?:is|are|was|were|has been|have been|should be|must be|to be)\s(?:\w+\s)?(?:documented|recorded|included|noted|described|addressed|"
    rf"present in|covered|complete|stated|provided|listed|mentioned|in the (?:note|chart|record))"
)
_HEADINGS = re.compile(
    r"(?:(?:pain|relevant|previous|past|prior|patient|planned|physical|functional|the|any|to|for|of|or|and|on|a|an|scale|0-10|aggravating|relieving|observation|inspection|"
    r"palpation|range|motion|findings?|factors?|impact|activities|work|mobility|treatments?|response|comorbidities|follow-?up|diagnostics|care|plan|"
    r"prognosis|rationale|choosing|unspecified|code|education|goals?|treatment|quality|severity|location|frequency|duration|onset|timing|descriptor|"
    r"explicit|statement|that|explains?|describes?|identifies|states|includes?|note|documented|documentation|element|elements)[^a-z0-9-]+){2,}$"
)
_TELLING = re.compile(
    r"\b(?:explicit statement|quality descriptor|the note (?:identifies|states|describes|gives|includes|records|says|explains|should|must|lists)|a (?:complete|good) note)\b"
)
_RUBRIC_WORD = re.compile(
    r"\b(?:location|quality|severity|frequency|duration|timing|modif\w+|function\w*|observation|inspection|palpation|range of motion|rom|"
    r"treatments?|response|comorbidit\w+|follow-?up|diagnostics|care plan|plan|rationale|education|goals?|quote)\b(?! ?:? ?\d)"
)
_SPOKEN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a note with what is known about where it stands."""

    text: str
    norm: str
    section: str = ""
    element: str = ""
    part: str = ""
    negated: tuple[tuple[int, int], ...] = field(default=())
    hypothetical: tuple[tuple[int, int], ...] = field(default=())
    others: bool = False
    silent: bool = False
    not_done: bool = False

    def is_negated(self, at: int) -> bool:
        """Whether the word at ``at`` of the normalized form stands under a negation."""
        return any(start <= at < end for start, end in self.negated)

    def is_hypothetical(self, at: int) -> bool:
        """Whether the word at ``at`` of the normalized form is only supposed, considered or intended."""
        return any(start <= at < end for start, end in self.hypothetical)


def normalize(text: str) -> str:
    """Return text in the form that rules are written for."""
    lowered = text.translate(_SAME).lower()
    lowered = _COMPOUND.sub(lambda m: str(_TENS[m[1]] + _UNITS.index(m[2])), lowered)
    return _WORD.sub(lambda m: _NUMBERS.get(m[0]) or corrected(m[0]), lowered)


def clauses(text: str) -> list[Clause]:
    """Cut a note into clauses, in order."""
    found: list[Clause] = []
    section = ""
    for piece in _pieces(text):
        norm = normalize(piece)
        label = _LABEL.match(norm.lstrip(" \t*#>-")) or _DASHED.match(norm)
        own, element, part = _LABELS[label[1]] if label else ("", "", "")
        section = own or section
        if element in ("followup", "careplan", "education"):
            section = "plan"
        found.append(_clause(piece, norm, section, element, part))
    return _quieted(found)


def _quieted(parts: list[Clause]) -> list[Clause]:
    """Silence key words that are set apart by full stops: a long run of fragments of one or two words."""
    brief = [len(re.findall(r"[a-z0-9/-]+", clause.norm)) <= 2 and ":" not in clause.norm for clause in parts]
    quiet = list(parts)
    start = 0
    for end in range(len(parts) + 1):
        if end < len(parts) and brief[end]:
            continue
        if end - start >= _FRAGMENTS:
            quiet[start:end] = [replace(clause, silent=True) for clause in parts[start:end]]
        start = end + 1
    return quiet


def _pieces(text: str) -> Iterator[str]:
    """Yield stretches of the text as written: cut at sentence ends, before labels, and where they get too long."""
    cuts = {0, len(text)}
    cuts |= {m.end() for m in _END.finditer(text.lower())} if len(text.lower()) == len(text) else set()
    lowered = text.translate(_SAME).lower()
    if len(lowered) == len(text):
        cuts |= {m.start(1) for m in _LABEL.finditer(lowered)}
    marks = sorted(cuts)
    for start, end in itertools.pairwise(marks):
        while end - start > LONGEST:
            space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            middle = space if space > 0 else start + LONGEST
            yield text[start:middle]
            start = middle
        if text[start:end].strip():
            yield text[start:end].strip()


def _clause(piece: str, norm: str, section: str, element: str, part: str) -> Clause:
    return Clause(
        text=piece,
        norm=norm,
        section=section,
        element=element,
        part=part,
        negated=tuple(_negations(norm)),
        hypothetical=tuple((m.start(), len(norm)) for m in _HYPOTHETICAL.finditer(norm)),
        others=bool(_OTHERS.search(norm) or (_ELSEWHERE.search(norm) and _LONG_AGO.search(norm))),
        silent=is_silent(norm),
        not_done=bool(_NOT_DONE.search(norm)),
    )


def _negations(norm: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that stand under a negation."""
    for trigger in _LONG_NEGATION.finditer(norm):
        yield trigger.start(), _until_break(norm, trigger.end())
    for trigger in _NEGATION.finditer(norm):
        yield trigger.start(), _end_of_list(norm, trigger.end())
    for trigger in _SHORT_NEGATION.finditer(norm):
        words = list(re.finditer(r"[a-z0-9'/-]+", norm[trigger.end() : trigger.end() + 60]))[:4]
        end = trigger.end() + (words[-1].end() if words else 0)
        comma = norm.find(",", trigger.end(), end)
        yield trigger.start(), end if comma < 0 else comma


def _until_break(norm: str, start: int) -> int:
    stop = _BREAKS.search(norm, start)
    return stop.start() if stop else len(norm)


def _end_of_list(norm: str, start: int) -> int:
    """Return where the list after 'no' ends: at the first comma, unless a later 'or' shows that the list goes on."""
    end = _until_break(norm, start)
    last_or = max(norm.rfind(" or ", start, end), norm.rfind(" nor ", start, end))
    comma = norm.find(",", last_or + 1 if last_or >= 0 else start, end)
    with_ = norm.find(" with ", start, end)
    return min([place for place in (end, comma, with_) if place >= 0])


_SMALL = frozenset((
    "a", "an", "the", "is", "are", "was", "were", "be", "has", "have", "had", "with", "of", "for",
    "to", "in", "on", "at", "by", "from", "and", "or", "but", "not", "no", "she", "he", "her",
    "his", "it", "they", "that", "which", "who", "can", "cannot", "could", "will", "would", "does",
    "did", "do", "says", "said", "states", "reports", "rates", "denies", "gave", "takes", "took",
    "tried", "since", "because", "after", "before", "when", "while", "due", "as", "than", "over",
    "per", "x", "w", "c", "s", "p", "o", "y", "yo", "f", "m", "pt", "c/o", "hx",
))  # fmt: skip
_OPPOSED = (
    ("dull", "sharp"), ("constant", "intermittent"), ("dull", "burning"), ("aching", "stabbing"), ("sharp", "aching"),
    ("dull", "stabbing"), ("acute", "chronic"), ("mild", "severe"), ("aggravating", "relieving"),
)  # fmt: skip


def is_silent(norm: str) -> bool:
    """Whether a clause asserts nothing: a list of terms, a blank form, a question, or talk about documenting."""
    if norm.endswith("?") or not _SPOKEN.search(norm) or _TALK.search(norm):
        return True
    if len(set(_RUBRIC_WORD.findall(norm))) >= 5:
        return True
    if _HEADINGS.match(norm + " ") or _TELLING.search(norm):
        return True
    if re.search(r"\[\s{0,3}\]|_{2,}|\.{4,}", norm):
        return True
    words = re.findall(r"[a-z0-9/]+", norm)
    if len(words) < 8:
        return False
    small = sum(word in _SMALL for word in words) / len(words)
    opposed = sum(one in words and other in words for one, other in _OPPOSED)
    commas = norm.count(",") / len(words)
    return (small < 0.12 and len(words) >= 20 and commas < 0.05) or (small < 0.1 and opposed >= 2)
