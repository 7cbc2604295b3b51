"""One line of a good note out of one fact of the record: the words of the fact, in the frame its element calls for.

Facts are written in brief, as in a chart: 'worse with sitting; better lying down', 'cannot lift boxes; gave up walks'.
A frame adds what makes a sentence of them and no fact; where none is sure to fit, the fact stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.scoring.documentation.phrases import (
    COMMA,
    SEMICOLON,
    all_begin,
    as_sentence,
    cleaned,
    listed,
    spoken,
)


def example(element: str, fact: str) -> str:
    """Return a sentence that states an element, built from the record's fact and nothing else.

    Parameters
    ----------
    element
        One of the 17 elements.
    fact
        What the record says of it, as the key has it.

    Returns
    -------
    str
        A sentence with a capital letter and a stop; empty where the fact holds no words to build it from.
    """
    if element == "quote":
        return spoken(fact)
    words = cleaned(fact)
    if not words:
        return ""
    if _NOTHING.fullmatch(words):
        return _NONE.get(element, "")
    framed = _FRAMES[element](words) if element in _FRAMES else _LEADS.get(element, "") + words
    return as_sentence(framed)


_NOTHING = re.compile(r"(?:none|nil|nothing|no|not known|unknown|n/a)(?: known)?", re.IGNORECASE)
# The sentence for a fact that is no more than "none".
_NONE = {"prior_tx": "No earlier treatment.", "comorbid": "No other conditions."}


_OF_ITS_OWN = re.compile(r"(?:the |an? )?(?:\w+ ){0,3}?(?:pain|ache|soreness|stiffness)\b")
_MOVES = re.compile(r"(?:wanders|moves|shifts|spreads|sits|lies|runs|travels)\b")
_SET_OUT = re.compile(
    r"(?:from|between|across|all over|along|over|in|on|at|below|under|around|wandering|shifting)\b"
)
# What goes between the pain and a place that begins with these words.
_TO_PLACES = (
    (re.compile(r"(?:whole|entire)\b"), "across the "),
    (re.compile(r"both sides\b"), "on "),
    (re.compile(r"(?:base|top|nape|neck)\b"), "from the "),
    (re.compile(r"(?:band|strip)\b"), "in a "),
    (re.compile(r"(?:upper|mid|middle|low|lower|left|right|lumbar|thoracic)\b"), "in the "),
    (re.compile(r"the\b"), "in "),
)


def _location(fact: str) -> str:
    if _OF_ITS_OWN.match(fact):
        return fact
    if _MOVES.match(fact):
        return f"the back pain {fact}"
    pain = "pain" if re.search(r"\b(?:back|spine)\b", fact) else "back pain"
    if _SET_OUT.match(fact):
        return f"{pain} {fact}"
    for begins, link in _TO_PLACES:
        if begins.match(fact):
            return f"{pain} {link}{fact}"
    return f"site of the pain: {fact}"


_NAMED_PAIN = re.compile(
    r"(?:\w+ness|ache|pain|pull|pressure|cramps?|twinges?|discomfort|burn|throb|weight|grip|knots?|sensation|feeling)$"
)
_COUNTED_PAIN = re.compile(r"(?:ache|pull|cramp|twinge|burn|throb|weight|grip|knot|sensation|feeling)$")
_ADDED = re.compile(r",? (?:with|like)\b.*$")


def _quality(fact: str) -> str:
    tail = found[0] if (found := _ADDED.search(fact)) else ""
    words = COMMA.split(fact[: len(fact) - len(tail)])
    named = [word for word in words if _NAMED_PAIN.search(word)]
    if not named:
        return f"the pain is {listed(words)}{tail}"
    kind = f"{', '.join(words)}" if _NAMED_PAIN.search(words[-1]) else listed(words)
    article = ("an " if kind[0] in "aeiou" else "a ") if _COUNTED_PAIN.search(named[-1]) else ""
    return f"the patient feels {article}{kind}{tail}"


_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|eleven|twelve|twenty|thirty)"
_A_LENGTH = re.compile(
    rf"(?:about |over |nearly |almost |some |more than )?(?:an?|several|a few|\d+|{_NUMBER})(?: \w+)? (?:hour|day|week|fortnight|month|year)s?\b"
)
_IT = re.compile(
    r"(?:comes|goes|builds|began|starts|started|fades|peaks|flares|lasts|wakes|settles|eases|gets|worsens|clears|returns)\b"
)


def _timing(fact: str) -> str:
    lead = "back pain for " if _A_LENGTH.match(fact) else "back pain "
    pauses = list(re.finditer(r"[;,]\s(?![^()]*\))", fact))
    verb = next((pause for pause in pauses if _IT.match(fact, pause.end())), None)
    if not verb:
        return lead + fact
    told = re.sub(r", (constant|intermittent)$", r" and is \1", fact[verb.end() :])
    told = re.sub(rf", (?={_IT.pattern})", ", and ", told)
    return f"{lead}{fact[: verb.start()]}; it {told}"


_CHANGES = re.compile(r"(?:worse|better|aggravated|relieved|eased|helped)\b")


def _modifiers(fact: str) -> str:
    parts = SEMICOLON.split(fact)
    changes = [part for part in parts if _CHANGES.match(part)]
    if not changes or changes != parts[: len(changes)]:
        return fact
    return "; ".join((f"the pain is {', and '.join(changes)}", *parts[len(changes) :]))


_CANNOT = re.compile(
    r"(?:cannot|can no longer|can only|could not|must|no longer|needs|gave up|has|had|missed|sleeps|wakes|leaves|left (?:the|his|her)|stopped|swapped|moved|"
    r"dropped|finished|sat out|carves|plays|avoids|sits)\b"
)


def _function(fact: str) -> str:
    parts = SEMICOLON.split(fact)
    return f"the patient {listed(parts)}" if all_begin(parts, _CANNOT) else fact


def _palpation(fact: str) -> str:
    return fact if "palpation" in fact.split(":")[0] else f"on palpation, {fact}"


def _rom(fact: str) -> str:
    return f"range of motion is {fact}" if re.match(r"(?:full|normal|limited|reduced)\b", fact) else fact


_ONE_THING = re.compile(
    r"(?:borrowed|TENS|back|lumbar|warm|lidocaine|menthol|heat)\b(?:[^,;]*?)\b(?:unit|machine|belt|brace|pillow|patch|plaster|pack)\b"
)


def _prior_tx(fact: str) -> str:
    parts = [f"a {part}" if _ONE_THING.match(part) else part for part in SEMICOLON.split(fact)]
    if parts[0].startswith("no "):
        return fact
    denied = parts[-1].startswith("no ")
    return f"previously tried {'; '.join(parts) if denied else listed(parts)}"


_DID = re.compile(
    r"(?:took|takes|dulled|dulls|changed|halved|halves|helped|eased|gave|gives|brought|did|wore off|upset|(?:almost )?removes|made)\b"
)
_GAVE = (
    (re.compile(r"(?:\w+ ){1,3}?(?:relief|benefit|help|improvement)\b(?! from)"), "gave"),
    (re.compile(r"(?:\w+ ){1,2}?(?:change|difference)$"), "brought"),
)
_LEFT_AT = re.compile(r"(?:down to|about (?:half|a third)|groggy|pain\b|\d+/10|no\b)")


def _tx_response(fact: str) -> str:
    parts = SEMICOLON.split(fact)
    if all_begin(parts, _DID):
        return f"the treatment {listed(parts).replace('but dropped', 'but was dropped')}"
    for begins, verb in _GAVE:
        if "," not in fact and len(parts) == 1 and begins.match(fact) and not re.match(r"\w+ no\b", fact):
            return f"the treatment {verb} {fact}"
    told = re.sub(
        r"^down to\b", "the pain went down to", re.sub(r"\b(ache|pain) gone\b", r"\1 was gone", fact)
    )
    return f"with treatment, {told}" if _LEFT_AT.match(fact) else told


_CARED_FOR = re.compile(
    r"(?:on|followed|treated|managed|since|controlled|with|stable|diet|not|well|both|under|last|[\w-]*(?:sensitive|intolerant|allergic|dependent))\b"
)
_MEASURED = re.compile(r"(?:BMI|BP|eGFR|HbA1c|A1c|T-score|weight|blood pressure)\b")


def _comorbid(fact: str) -> str:
    items = [item for part in SEMICOLON.split(fact) for item in _conditions(part)]
    named = [item for item in items if not _MEASURED.match(item)]
    if not named:
        return fact
    measured = [item for item in items if _MEASURED.match(item)]
    return "; ".join([f"the patient also has {listed(named)}", *measured])


def _conditions(part: str) -> list[str]:
    items = COMMA.split(part)
    return [part] if any(_CARED_FOR.match(item) for item in items[1:]) else items


_AGAIN = re.compile(r"(?:return|recheck|review|re-?evaluation|follow|reassess|see|come)\b")


def _followup(fact: str) -> str:
    return fact if _AGAIN.match(fact) else f"follow-up: {fact}"


_ABOUT_CODES = re.compile(r"\b[A-Z]\d[0-9A-Z]\.[0-9A-Z-]|\bcode\b")


def _rationale(fact: str) -> str:
    """Return what is said of the site and the cause; what codes follow from it is no word for a note."""
    parts = [part for part in SEMICOLON.split(fact) if not _ABOUT_CODES.search(part.partition(", so ")[0])]
    told = [part.partition(", so ")[0] if _ABOUT_CODES.search(part) else part for part in parts]
    return "; ".join(told) or fact


_DO = re.compile(
    r"(?:change|keep|stay|log-roll|raise|set|rise|break|spread|drop|avoid|return|report|call|walk|roll|come|slide|pace|move|use|lift|take|limit|get)\b"
)
_SAID_SO = re.compile(
    r"(?:taught|explained|reviewed|discussed|discouraged|encouraged|given|shown|advice|education)$"
)
_GOAL = re.compile(r"^(?:the )?goals?(?: is|:)?\s+")
_A_GOAL = re.compile(r"(?:an?|the|to|\w+ing)\b")
_TO_REACH = re.compile(r"(?:lift|stand|walk|carry|sit|play|drive|finish|sing|tie|put|work|sleep)\b")


def _education(fact: str) -> str:
    parts = SEMICOLON.split(fact)
    taught = [part for part in parts if not _GOAL.match(part)]
    goals = [_goal(_GOAL.sub("", part)) for part in parts if _GOAL.match(part)]
    return "; ".join([_advice("; ".join(taught)), *goals] if taught else goals)


def _goal(told: str) -> str:
    if _TO_REACH.match(told):
        told = f"to {told}"
    return f"the goal is {told}" if _A_GOAL.match(told) else f"goal: {told}"


def _advice(told: str) -> str:
    steps: list[str] = []
    for item in COMMA.split(told):
        if steps and " for " in steps[-1] and " or " in item and not _DO.match(item):
            steps[-1] += f", {item}"  # the end of a list such as 'for fever, weight loss or leg weakness'
        else:
            steps.append(item)
    if all_begin(steps, _DO) and ";" not in told and not any(_SAID_SO.search(step) for step in steps):
        return f"the patient was taught to {listed(steps)}"
    return told if _SAID_SO.search(told) else f"education: {told}"


# What is seen of the patient stands as it is; these need no more than a beginning.
_LEADS = {"severity": "the pain is rated ", "careplan": "plan: "}
_FRAMES: dict[str, Callable[[str], str]] = {
    "location": _location,
    "quality": _quality,
    "timing": _timing,
    "modifiers": _modifiers,
    "function": _function,
    "palpation": _palpation,
    "rom": _rom,
    "prior_tx": _prior_tx,
    "tx_response": _tx_response,
    "comorbid": _comorbid,
    "followup": _followup,
    "rationale": _rationale,
    "education": _education,
}
