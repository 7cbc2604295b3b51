"""The labels of notes: headings that open a part of a note, and names of single elements before a colon or dash."""

from __future__ import annotations

import re

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
LABELS: dict[str, tuple[str, str, str]] = {}
for _section, _names in _SECTIONS.items():
    LABELS |= dict.fromkeys(_names.split("|"), (_section, "", ""))
for (_element, _part), _names in _ELEMENTS.items():
    LABELS |= {name.replace("?", ""): ("", _element, _part) for name in _names.split("|")}
LABEL = re.compile(
    r"(?:^|(?<=[\s|;.,(*-]))("
    + "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
    + r")\s?:(?!\d)"
)
DASHED = re.compile(
    r"^[\s*#>-]{0,6}(" + "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True)) + r")\s?[-=]\s"
)
