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

from grader.scoring.documentation.labels import DASHED, LABEL, LABELS
from grader.scoring.documentation.silence import is_silent
from grader.scoring.documentation.spelling import corrected
from grader.scoring.documentation.words import stems

LONGEST = 250
_FRAGMENTS = 7
_OPENING = 3  # characters: a bullet may stand before the first word

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
_BACKACHE = re.compile(r"\bback[ -]aches?\b")  # the name of the complaint, and no word for how it feels
# A long line that goes on in the next one, as mail programs and terminals break them.
_WRAPPED = re.compile(r"(?<=[^\n]{60})(?<![.!?:;])\n(?=[a-z])")
# Who dictates to a machine says the marks; twice, so that a word of the patient's is no full stop.
_DICTATED = re.compile(r"\b(?:period|full stop|new (?:line|paragraph))\b(?! of| for| pain)")

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
# Whose illness or medicine it is: 'her father has', 'my sister takes', 'family history of'.
_THEIRS = re.compile(
    r"\b(?:family (?:hx|history)|fhx?|runs in the family|(?:father|mother|dad|mom|mum|brother|sister|husband|wife|spouse|aunt|"
    r"uncle|son|daughter|neighbou?r|cousin|grandmother|grandfather|partner|parents?|friend|co-?worker|colleague)s?,? "
    r"(?:\w+ )?(?:has|had|have|takes|took|take|uses|used|use|suffers|suffered|died|was diagnosed|swears by|got|gets|tried|on|with))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:knee|ankle|shoulder|wrist|elbow|finger|foot|toe|hip|jaw|tooth)\s(?:injury|surgery|fracture|sprain|replacement|operation|problem)"
)
_LONG_AGO = re.compile(r"\b(?:ago|old|prior|previous|resolved|in (?:19|20)\d\d)\b")
_NOT_DONE = re.compile(
    r"\b(?:not (?:documented|assessed|tested|recorded|obtained|done|examined|performed|evaluated|available|stated|asked|discussed|addressed|measured|charted|given)|"
    r"(?:deferred|unknown|n/a|tbd|undocumented|pending|omitted|missing|left blank|to follow|see intake|see above|as per intake)\b)"
)


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
    theirs: bool = False
    silent: bool = False
    not_done: bool = False

    def is_negated(self, at: int) -> bool:
        """Whether the word at ``at`` of the normalized form stands under a negation."""
        return any(start <= at < end for start, end in self.negated)

    @property
    def opens_supposed(self) -> bool:
        """Whether the clause begins with an 'if' or a 'consider': all of it is only supposed."""
        return any(start < _OPENING for start, _ in self.hypothetical)


def normalize(text: str) -> str:
    """Return text in the form in which it is read."""
    lowered = text.translate(_SAME).lower()
    lowered = _BACKACHE.sub("backache", lowered)
    lowered = _COMPOUND.sub(lambda m: str(_TENS[m[1]] + _UNITS.index(m[2])), lowered)
    return _WORD.sub(lambda m: _NUMBERS.get(m[0]) or corrected(m[0]), lowered)


def clauses(text: str) -> list[Clause]:
    """Cut a note into clauses, in order."""
    found: list[Clause] = []
    section = ""
    for piece in _pieces(text):
        norm = normalize(piece)
        label = LABEL.match(norm.lstrip(" \t*#>-")) or DASHED.match(norm)
        own, element, part = LABELS[label[1]] if label else ("", "", "")
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


def _cut(text: str, start: int) -> int:
    """Return where to cut what is too long: after a comma, or else at a space."""
    last = start + LONGEST
    comma = text.rfind(",", start + LONGEST // 3, last)
    space = text.rfind(" ", start + LONGEST // 2, last)
    return comma + 1 if comma > 0 else space if space > 0 else last


def _same_length(text: str) -> str:
    """Return text with plain marks and small letters, each character where it was: places in it are places in the text."""
    plain = text.translate(_SAME)
    if plain.isascii() and len(plain) == len(text):
        return plain.lower()
    return "".join(
        small if len(small) == 1 else character
        for character, small in ((c, _SAME.get(ord(c), c.lower())) for c in text)
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield stretches of the text as written: cut at sentence ends, before labels, and where they get too long."""
    cuts = {0, len(text)}
    lowered = _same_length(text)
    cuts |= {m.end() for m in _END.finditer(lowered)} - {m.end() for m in _WRAPPED.finditer(text)}
    cuts |= {m.start(1) for m in LABEL.finditer(lowered)}
    dictated = [m.end() for m in _DICTATED.finditer(lowered)]
    cuts |= set(dictated) if len(dictated) > 1 else set()
    marks = sorted(cuts)
    for start, end in itertools.pairwise(marks):
        while end - start > LONGEST:
            middle = _cut(text, start)
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
        theirs=bool(_THEIRS.search(norm)),
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


def denied_stems(norm: str) -> frozenset[str]:
    """Return the stems of the telling words of a normalized text that stand under a negation."""
    return frozenset[str]().union(*(stems(norm[start:end]) for start, end in _negations(norm)))
