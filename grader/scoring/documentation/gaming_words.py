"""The words by which `gaming` tells a statement from a row of words, and this visit from another."""

from __future__ import annotations

import re

# Words that join others to a statement.  "And" and "or" are not among them: they join words to lists.
GLUE = frozenset((
    "a", "an", "the", "this", "that", "these", "those", "is", "are", "was", "were", "be", "been", "being", "am",
    "has", "have", "had", "having", "do", "does", "did", "done", "can", "cannot", "can't", "could", "will", "would",
    "shall", "should", "may", "might", "must", "not", "with", "without", "of", "for", "to", "in", "on", "at", "by",
    "from", "into", "through", "over", "under", "about", "after", "before", "since", "until", "while", "when",
    "because", "as", "than", "but", "if", "so", "which", "who", "she", "he", "her", "his", "him", "it", "its", "they",
    "them", "their", "we", "our", "i", "me", "my", "you", "your", "there", "here", "says", "said", "states", "reports",
    "rates", "denies", "denied", "gave", "gives", "takes", "took", "taken", "tried", "used", "uses", "feels", "felt",
    "comes", "came", "goes", "gets", "got", "puts", "makes", "made", "hurts", "helps", "helped", "c/o", "w/o", "c",
    "s/p", "b/c", "d/t", "pt", "r/t", "re", "per", "via", "during",
))  # fmt: skip
# What joins words in shorthand: labels and arrows, amounts, and what is normal.
SYMBOLS = re.compile(r"[:=→↑↓←><&@#~]|->|\bw/")
MARKS = re.compile(
    rf"{SYMBOLS.pattern}|\bx ?\d|"
    r"\d ?(?:mg|g|mcg|wks?|mos?|d|days?|weeks?|months?|h|hrs?|min|yo|y/o|%)(?![a-z])|\b\d+ ?[mf]\b|"
    r"\b(?:no|neg|nl|wnl|normal)\b"
)
# What opens a list that is a statement: what is denied, taken or known.
LISTED = re.compile(
    r"[^a-z0-9]*(?:[a-z0-9]+[^a-z0-9]+){0,3}(?:den(?:y|ies|ied|ying)|neg(?:ative)?|no|not|without|ø|∅|ros|review of systems|pmhx?|hx|"
    r"history|meds?|medications?|takes|taking|allerg\w+|labs?|rom|neuro|exam)(?!\w)"
)

# The elements of a note by name, as a rubric names them; a label with something behind it is no such talk.
_NAMES = (
    r"locations?|site|where (?:the|her|his|it)|locali[sz]ation",
    r"qualit(?:y|ies)|character|descriptors?|(?:what|how) it feels",
    r"severity|intensity|how (?:strong|bad)|scale|pain score|numeric rating",
    r"duration|onset|how long",
    r"frequency|timing|pattern|when it|temporal|how often",
    r"aggravat\w+|worsen\w*|(?:what|which) (?:makes|worsens)|provok\w+|factors|modif\w+",
    r"reliev\w+|alleviat\w+|eases?|better",
    r"function\w*|(?:impact|effect) (?:on|in)|how it affects|activities",
    r"observations?|observed|inspection|was seen|appearance",
    r"palpation|felt|touch|pressing",
    r"range of (?:motion|movement)|rom|movements?|motion|how far",
    r"treatments?",
    r"responses?|its effect|effects? of|how it worked|results?",
    r"comorbid\w*|(?:other|relevant) (?:conditions?|diseases?|illness\w*)",
    r"follow-? ?up|next (?:visit|appointment)|(?:date of review|review date)",
    r"plan",
    r"rationale|reasons?|justif\w+|why",
    r"quote[sd]?|quotation|(?:own|patient's) words|citation|words of",
    r"education|teaching|taught|educated",
    r"goals?",
)  # fmt: skip
ASPECTS = tuple(re.compile(rf"\b(?:{names})\b(?! ?[:=|]| - )") for names in _NAMES)
DOCUMENTING = re.compile(
    r"\b(?:document\w*|record(?:ed|s)|includ\w+|identif\w+|describe[sd]?|stated?|given|list(?:ed|s)|cover(?:ed|s)|noted|"
    r"contains|explain(?:s|ed)|complete|addressed|mentioned|yes|present|met|elements?|criteria|rubric)\b"
)
# A coder's memo names what a note lacks; that is honest.
MISSING = re.compile(
    r"\bnot (?:\w+ )?(?:document|record|stat|found|given|describ|assess|test|obtain|list|includ|mention|address|examin|"
    r"measur|chart|clear|there|in the)\w*|\b(?:nothing|missing|lack\w*|absent|omitted|incomplete|insufficient|blank|illegible|"
    r"quer(?:y|ied|ies)|pending|deferred|undocumented|to (?:be|get) (?:completed|done|added|obtained|documented))\b|^\W*no\b"
)
# Something a reader could check: a number that is no code and no name of a scale.
CONCRETE = re.compile(r"(?<![\w.-])(?!0-10|10\b)\d[\d./]*(?!-10\b)")

# "Back" is no part of the body in "back at work" and "will call back".
BACK = re.compile(
    r"(?<!\bcome )(?<!\bcomes )(?<!\bcame )(?<!\bcoming )(?<!\bgo )(?<!\bgoes )(?<!\bgoing )(?<!\bwent )(?<!\bget )"
    r"(?<!\bgets )(?<!\bcall )(?<!\bcalls )(?<!\bbe )(?<!\bput )(?<!\bsent )(?<!\bsend )(?<!\breport )(?<!\bheld )"
    r"\bbacks?\b(?! (?:on|at|to|home|here|up|from|then|next|in (?:a|the|\d))\b)"
    r"|\b(?:back-?aches?|lbp|bk|spin(?:e|al)|para-?(?:spin|vert)\w*|dorsalgia|lumb(?:ar|o)\w*|thorac\w*|trunk|torso|m54\S*|"
    r"blades?|shoulder-?blades?|scapul\w*|sacr(?:um|al)|tailbone|vertebra\w*|loins?|sciatic\w*|radicul\w*|dis[ck]s?|cervical|nape|waist\w*|belt-? ?line)\b"
)
MOVEMENT = re.compile(
    r"\b(?:bend\w*|bent|stoop\w*|lift\w*|twist\w*|gait|walk\w*|postur\w*|flex\w*|exten[ds]\w*|rotat\w*|muscles?|spasms?|"
    r"stiff\w*|midline|rom|range of (?:motion|movement)|physio\w*|straight leg|slr|lying|standing|sitting|chair)\b"
)
PAIN = re.compile(r"\b(?:pain\w*|hurt\w*|ach(?:es?|ing|y)|sore\w*|severity|intensity|nrs|flare\w*)\b")
# Other organs, other visits, and the office.
OTHER_SUBJECT = re.compile(
    r"\b(?:ears?|hearing|audiogram|wax|eardrums?|drums?|eyes?|vision|blurred|pupils|floaters|eyelids?|cataracts?|nose|nasal|sinus\w*|throat|tonsils?|"
    r"swallow\w*|strep|lozenges?|cough\w*|phlegm|sputum|wheez\w*|tooth|teeth|dental|dentist|gums?|mouth|jaw|rash|itch\w*|"
    r"blisters?|skin|moles?|warts?|eczema|acne|hives?|wound|dressing|stitches|sutures?|bite|sting|chest|heart|palpitations?|"
    r"stomach|abdom\w+|nausea|vomit\w*|diarrh\w*|heartburn|reflux|constipat\w*|urin\w+|uti|nitrit\w+|dipstick|cystitis|kidneys?|prostate|"
    r"pregnan\w*|prenatal|contracept\w*|pap|breasts?|mammogram|period|periods|menstrual|vaccin\w*|wellness|colonoscopy|immuni[sz]\w*|booster|"
    r"a1c|glucose|metformin|insulin|cholesterol|lipids?|statin|ferritin|tsh|thyroid|coeliac|celiac|diet|transglutaminase|vitamin|"
    r"refills?|headaches?|migraines?|dizz\w*|vertigo|faint\w*|anxiety|depress\w*|mood|insomnia|memory|knees?|kneecaps?|stairs|joint line|swollen|shins?|calf|ankles?|"
    r"foot|toes?|toenails?|bunions?|heels?|elbows?|wrists?|snuffbox|spica|splint|cast|thumbs?|forearms?|fever\w*|flu|covid|"
    r"influenza|cold|allerg\w*|pollen|antibiotics?|\w+cillin|\w+mycin|nitrofurantoin|antihistamines?|hydrocortisone|cream|drops|syring\w*|"
    r"nosebleeds?|hoarse\w*|voice|glands?|tinnitus|conjunctivitis|sty|lens(?:es)?|glasses|bronchitis|pneumonia|"
    r"snor\w*|cpap|apn\w+|inr|warfarin|ecg|ekg|hernias?|h[ae]+morrhoids?|gallstones?|ingrown|callus\w*|lacerations?|sunburn\w*|"
    r"scab\w*|shingles|lumps?|cysts?|abscess\w*|boils?|impetigo|ringworm|fungal|tetanus|travel|malaria|smear|thrush|"
    r"quiz\w*|modules?|course|lessons?|homework|assignment|passwords?|login|reset|printers?|software|computers?|"
    r"help[- ]desk|parking|staff\w*|modifiers?|claims?|payers?|invoices?|copay|consent|credits?|refresher|froze|freez\w*|"
    r"ambulances?|couriers?|schedul\w*|holidays?|lunch)\b"
)

# A note that opens with one side of another part of the body is about that part.
OPENING = re.compile(
    r".{0,80}?\b(?:left|right|[lr])\.? (?:ears?|eyes?|knees?|ankles?|foot|heel|toe|big toe|wrists?|hands?|thumb|elbows?|"
    r"forearm|upper arm|shoulder(?![- ]?blade)|shin|calf|breast|cheek|jaw)\b",
    re.DOTALL,
)

# Kinds of things that a note about pain states.
STATEMENTS = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for words in (
        r"\d{1,2} ?(?:/|of|out of|over) ?10|nrs|moderate\w*|middling|mild\w*|severe\w*|bad(?:ly)?|awful|rough|nasty",
        r"(?:for|x) ?\d+ ?[dwm]\w*|\d+ ?(?:d|days|wks?|weeks?|mos?|months?|yrs)|(?:years|months|weeks)(?! old)|since|daily|"
        r"constant\w*|intermittent\w*|(?:in the|most|every|each) (?:mornings?|evenings?|afternoons?|days?)|evenings|mornings|"
        r"comes and goes|nonstop",
        r"dull|sharp|ach(?:y|es|ing)|tight\w*|stiff\w*|burn(?:s|ing)?|gnaw\w*|throb\w*|heavy|cramp\w*|sore|stab(?:s|bing)|"
        r"shoot\w*|pressure|drag\w*|pull(?:s|ing)|grind\w*",
        r"both sides|bilateral\w*|(?:whole|entire|upper|mid|middle|lower|low)[ -](?:and \w+ )?back|diffuse\w*|all over|"
        r"(?:left|right)(?:-sided| side)|neck (?:to|base)|lumbar",
        r"worse\w*|better|eas(?:es|ed|ier)|reliev\w*|relief|aggravat\w*|helps|helped|brings? it on|sets? it off",
        r"unable|cannot|can't|no longer|stopped|gave up|given up|(?:not |poor|bad)\w* sleep\w*|wakes?|missed|limits?|lifts?",
        r"tender\w*|ttp|flex\w*|exten[ds]\w*|rotat\w*|gait|walk(?:s|in|ing)|postur\w*|stoop\w*|guard\w*|ris(?:es|ing)|rose|stood|"
        r"bent|midline|painful (?:point|spot)|hurt under",
        r"\w+(?:profen|oxen|fenac|oxicam|caine|triptyline|coxib|prine|bamol|oxetine|gabalin|pentin)|acetaminophen|apap|"
        r"paracetamol|nsaids?|otc|tens|massage\w*|chiro\w*|physio\w*|physical therapy|heat|gel|cream|patch(?:es)?|exercises?|"
        r"stretch\w*|pillow|tablets",
        r"asthma\w*|diabet\w*|dm ?2?|t2dm|htn|hypertens\w*|hypothyr\w*|migraine\w*|osteo\w*|copd|gout|obes\w*|gerd|"
        r"fibrillation|arrhythmia|af|ckd|glaucoma|anxiety|depress\w*|arthritis",
        r"(?:recheck|return|rtc|review|back|again|visit|see|seen|follow-?up|f/u|fu|video|call\w*)[^.;]{0,25}"
        r"\d+ ?(?:d|w|m|y)\w*|\d+ ?/ ?(?:52|12)",
        r"(?:no|unknown|unclear|without)(?: \w+){0,2} (?:cause|source|etiology|region|site)|(?:cause|etiology) unclear|"
        r"not (?:\w+ )?(?:locali[sz]ed|specified)",
        r"taught|educat\w*|advised (?:to|against)|told to|shown|goal|aims?",
        r'"[^"]{9,}"',
    )
)  # fmt: skip
