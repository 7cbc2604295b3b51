"""How trainees state what the patient tells: place, kind, strength and time of the pain, and what it does."""

from __future__ import annotations

from grader.scoring.documentation.rules import Rule

_CODE = r"m54\S*|code[sd]?|coding|unspecified code|documented|documentation|specific code|chart does"
_EXAM = r"tender\w*|ttp|palpat\w*|pressure|press\w*|touch\w*|hands?|palp"
_SPREAD = r"(?:diffuse\w*|generali[sz]ed|gen(?:'?d|l)?|generally|widespread|global(?:ly)?|non-?locali[sz]ed|poorly locali[sz]ed|whole|entire|all (?:of |over )?(?:his|her|the|their|my)?|nonfocal|non-focal|ill-defined|vague)"
_SPOT = r"(?:spots?|sites?|areas?|places?|regions?|locations?|levels?|points?|parts?|segments?|focus|finger)"

LOCATION = (
    Rule(rf"{_SPREAD}[\s,/-]+(?:[a-z0-9/'-]+[\s,]+){{0,5}}?(?:{{back}}|back-?aches?|{{pain}}|lbp)", unless=rf"{_EXAM}|family"),
    Rule(rf"(?:{{pain}}|{{back}}|it){{gap}}(?:diffuse(?:ly)?|widespread|generali[sz]ed|everywhere|all over|global(?:ly)?|throughout|non-?locali[sz]ed|poorly locali[sz]ed)", unless=_EXAM),
    Rule(r"(?:all over|across|throughout|along|over|in all)(?: of)? (?:all |the )?(?:of )?(?:whole |entire |all |upper,? ?(?:middle,? ?)?and lower )*(?:his|her|the|their|my)? ?(?:whole |entire |full )*(?:back|spine)", unless=_EXAM),
    Rule(r"(?:both|two) sides of (?:his|her|the|their) (?:back|spine)|back,? (?:on )?both sides|back bilaterally|bilateral(?:ly)?{gap}back|both sides{gap}back(?: pain)?", unless=_EXAM + "|muscles?|paraspinals?"),
    Rule(rf"(?:can(?:'t|not| not)|could(?: not|n't)|unable to|not able to|hard (?:for (?:him|her) )?to|struggles to|fails to|difficult to|wouldn't|would not|won't){{gap}}(?:locali[sz]e|pin-?point|point|name|identify|indicate|say where|show|put (?:a|his|her|my) finger|place|specify|pick|isolate|single out|tell where|say which|choose)", negated="ignore", unless=r"^\W*m54\S*|code is|code was|documentation|because neither"),
    Rule(rf"(?:no|without(?: a| any)?|not (?:a|to (?:a|any)|in|at)(?: any)?|rather than (?:a|1)|never) (?:single |one |1 |specific |particular |exact |focal |clear |fixed |any |individual )+(?:painful |sore )?{_SPOT}", negated="ignore", unless=_EXAM + "|m54|because neither|code"),
    Rule(r"no (?:focal|spot|focus|upper|1 spot)[^.]{0,20}(?:pain|point|focus|site)?|no part more than", negated="ignore", unless=_EXAM + "|deficit|weakness|neuro\\w*|code|m54"),
    Rule(r"(?:not|non) ?-?(?:locali[sz](?:ed|able)|confined|limited|restricted|isolated|focal)(?: to)?(?: (?:any|1|a) )?", negated="ignore", unless=_EXAM + "|rom|flex\\w*|extension|m54|code"),
    Rule(r"(?:can't|cannot|could not|couldn't) be (?:locali[sz]ed|pin-?pointed|placed)", negated="ignore", unless=r"m54\S*|code"),
    Rule(r"nowhere in particular|everywhere at once|(?:whole|entire) (?:back|spine|thing)|top to bottom|(?:upper|mid(?:dle)?),? ?(?:mid(?:dle)?,? ?)?(?:and|to|through|/|&) ?low(?:er)? (?:back|portions?|parts?)|upper to lower|(?:back|pain) everywhere", unless=_EXAM + "|columns?|m54"),
    Rule(r"(?:from )?(?:(?:the |his |her )?(?:base of (?:the |his |her )?(?:neck|skull)|neck(?: base)?|shoulder ?-?blades?|shoulders?|scapula\w*|t-?spine|thoracic|upper back|nape|c7|t1|t4)) (?:down )?(?:to|through|until|and down to) (?:the |his |her )?(?:tail ?-?bone|belt(?: ?line)?|waist(?: ?line)?|low(?:er)? back|lumbar|sacrum|coccyx|pelvis|buttocks|hips|l\d|l-?spine|beltline)", unless=_EXAM + "|columns?"),
    Rule(r"(?:thoracic (?:and|&|to|/) lumbar|thoracolumbar|upper (?:and|&|/) lower)(?: (?:back|spine|regions?|area))?", unless=_EXAM + "|imaging|x-?rays?|radiograph\\w*|films?|xr|columns?|sides|m54"),
    Rule(r"(?:left|right|l|r|lt|rt)[ -]?(?:sided?|side)?,? (?:low(?:er)?|upper|lumbar|mid)? ?-?(?:back(?: pain)?|lbp)|(?:lumbar|l-spine) pain|lbp|pain (?:in|at|of|over) (?:his|her|the) (?:low(?:er)?|upper|left|right) (?:back|lumbar|side)|pain at l\d", state="contradicted", unless=r"m54\.[568]\S*{gap}(?:not|would|require|cannot)|rather than|instead|specific|upper and lower|upper to lower|not low|and low"),
)  # fmt: skip

QUALITY = (
    Rule(r"dull(?:ness|ly)?|achy|aching(?!\w)|sore(?:ness)?(?! to)|throbbing|gnawing|cramp(?:ing|y|s)|leaden|heavy|heaviness|nagging|tight(?:ness)?|stiff(?:ness)?|pressure-like|squeezing|tired|deep", unless=_EXAM + r"|gait|walk\w*|paraspinals?|muscles?|rom|flex\w*|extension|rotation|spasm|heavy (?:for|boxes|cartons|items|lifting|duties|objects|duty|loads?)|tight schedule|blood pressure|education|deep (?:breath|tissue)", sections=("", "history", "assessment")),
    Rule(r"(?:{pain}|feels?|feeling|back|describ\w+|quality|sensation|character|calls it){gap}(?:like a )?(?:stiff|tight|sore|heavy|dull|aching|achy|cramping|gnawing|deep|aches|throbbing|pressure|tired)", unless=r"tender\w*|ttp|palpat\w*|gait"),
    Rule(r"(?:dull|heavy|tight|stiff|sore|deep|tired|gnawing|cramping|aching|throbbing|nagging){gap}(?:{pain}|sensation|feeling|back)", unless=r"tender\w*|ttp|palpat\w*|gait"),
    Rule(r"(?:(?:back|it|spine|everything|thing)(?: just)? aches)", unless="if"),
    Rule(r"(?:sharp|burning|stabbing|shooting|electric\w*|lancinating|pins and needles|tingling)", part="alien", unless=r"exam|no radiat\w+"),
    Rule(r"(?:radiat(?:es|ing|ed|ion)|shoots|shooting|rad) {gap}?(?:leg|legs|foot|feet|thigh|buttock|toes|arm)|down {pron} ?(?:left |right |l |r )?leg", part="alien"),
)  # fmt: skip

SEVERITY = (
    Rule(r"(?<![\d/])(\d{1,2}(?:\.\d)?)(?:\s?-\s?\d{1,2})?\s?(?:/|out of|of|from|over|in|on (?:a |the )?(?:scale (?:of|to) )?(?:0 ?(?:-|to) ?)?)\s?(?:a possible )?10(?![\d/])", part="number", future=True, unless=r"strength (?:is )?\d+/10", negated="ignore"),
    Rule(r"(?:nprs|nrs|vas|pain (?:score|scale|level|rating|severity|intensity)|severity|rate[sd]?(?: it| (?:the|his|her) pain)?(?: (?:as|at))?|scored?s?|scores it|rating){gap}?(?:as |at |of |is |was |a )*(\d{1,2})(?!\d|/\d\d|-\d| ?(?:weeks|days|months|times|mg|degrees))", part="number", negated="ignore", unless=r"0 ?(?:-|to) ?10 scale at|will be"),
    Rule(r"(?:give|gives|gave|call|calls|put|puts) (?:it |that |the pain )?(?:an? )?(\d{1,2})(?! ?(?:weeks|days|months|times|mg|degrees|spots?|places?|point|hours))", part="number", negated="ignore"),
    Rule(r"(?:mild|moderate|severe|intense|excruciating|terrible|slight|unbearable|significant|bad)(?:ly|-severe)? ?(?:to (?:moderate|severe) ?)?(?:[a-z-]+ ){0,4}?(?:{pain}|severity|intensity|level)", state="partial", unless=_EXAM + r"|asthma|relief|limitation|soreness (?:on|to)|mild (?:hypertension|soreness)|red flags?|return"),
    Rule(r"(?:{pain}|severity|intensity|it)(?: (?:is|was|of|as|level|rated|at|a))* ?(?:mild|moderate|severe|intense|bad|medium|tolerable|bearable|manageable)", state="partial", unless=_EXAM + "|asthma"),
)  # fmt: skip

_TREATED = r"{drug}|took|taken|taking|relief|wears? off|wore off|therapy|visits|treatment|massages?|gel|tried"
_LATER = r"follow|f/u|fu|rtc|return|recheck|review|reassess|re-?eval\w*|see (?:him|her)|back in|come back|visit in|goal|within|light duty|off work|duty|restriction|x-?ray if|start|continue|prescribed"
TIMING = (
    Rule(r"(?:for|x|since|over|past|last|these|about|approximately|approx|~|almost|nearly|roughly)\s?(?:the )?(?:past |last |about |approximately |approx |around |roughly |some |nearly |almost )*{dur}", part="duration", unless=rf"{_TREATED}|{_LATER}|education|plan"),
    Rule(r"(?:{pain}|began|begun|started|onset|appeared|developed|came on|showed up|complain\w*|c/o|presents?|duration|going on|present for|hurt){gap}(?:for |of |about |x ?|since |over |the |past |last |~|nearly |almost )*{dur}", part="duration", unless=_LATER),
    Rule(r"{dur}[' ]*(?:s'? )?(?:hx|history|duration|ago|of (?:[a-z,-]+ ){0,5}(?:{pain}|back)|now|old pain|earlier|before|running|-long|(?:[a-z]+ ){0,3}back)", part="duration", unless=rf"{_LATER}|shot|surgery|injury {{dur}}|vaccin\w*"),
    Rule(r"since (?:yesterday|last (?:week|month|night|fall|spring)|this morning|the (?:start|beginning|fall|slip)|january|february|march|april|june|july|august|september|october|november|december|mon|tues|wed|thurs|fri|sat|sun)\w*|began (?:yesterday|last (?:week|month))|yesterday evening", part="duration"),
    Rule(r"intermittent\w*|int|constant(?:ly)?|comes (?:and|&) goes|coming (?:and|&) going|come and go|on (?:and|&) off|off (?:and|&) on|on/off|off/on|episod(?:es|ic|ically)|most (?:days|mornings|afternoons|evenings|nights)|(?:each|every) (?:morning|day|evening|night|afternoon|shift|week)|daily|nightly|weekly|in waves|waves|fluctuat\w*|continuous(?:ly)?|persistent|all the time|recurr\w*|sporadic\w*|occasional(?:ly)?|all day|waxes|waxing|unremitting|nonstop|non-stop|a\.?m\.? stiffness", part="frequency", negated="ignore", unless=r"{drug}|follow|exercises?|walking daily|daily (?:walk\w*|life|activit\w*|living|stretch\w*|tasks?|exercise|routine|work|function\w*|naproxen)|mg|plan|start|continue|bid|tid"),
    Rule(r"(?:\d+|once|twice|several|few|multiple|couple of)(?:(?:-| to | or )\d+)? ?(?:times|x|days|d|afternoons|evenings|mornings|nights|episodes)? ?(?:a|per|/|each|every|out of|of)? ?(?:a |every |each )?(?:day|week|wk|shift|month|7)", part="frequency", unless=r"therapy|pt|visits?|physio\w*|{drug}|exercises?|mg|program\w*|{dur} of age|follow|recheck|review|for \d+ weeks|goal"),
    Rule(r"(?:clears|settles|settling|gone|goes away|fades|eases|clear|better|resolves|worst|worse|peaks?|builds|building|heaviest|strongest) (?:up |off |mainly )?(?:by|in|before|after|toward|towards|during|at|every|from|mid-?|until|late|first thing)(?: the)?(?: (?:end|start|first|late|early|hour|of|an?|mid|mid-))* ?-?(?:morning|noon|midday|evening|afternoon|night|day|shift|waking|weekend|lunch\w*|hour|bed\w*|route|am|pm|a\.m|p\.m)", part="frequency", unless=r"{drug}"),
    Rule(r"(?:mornings|afternoons|evenings|nights)(?: only| mostly)?|some (?:hours|days)|not there all|not always|days out of|pain-free between|not constant|every single|lasts? (?:about )?{dur}|lasting (?:about )?{dur}|at a time|{dur} (?:each|at a time)|every {dur}|at the end of (?:his|her|the|each|a) (?:shift|day)|after (?:his|her|a|each|every|the) shift", part="frequency", negated="ignore", unless=r"{drug}|evening walks|walks|relief|massage\w*|breaks|position"),
)  # fmt: skip

_NO_OBJECT = r"(?: (?:factors?|features?|and|or|by|with|relieving|alleviating|aggravating|easing|documented|identified))*"
MODIFIERS = (
    Rule(r"(?:worse(?:ns|ned|ning|n)?|wors|aggravat(?:es|ed|ing|e|or|ors)|exacerbat(?:es|ed|ing|e)|exac|provok(?:es|ed|ing|e)|flar(?:es|ed|ing|e)|triggers?(?:ed)?|(?:brings?|bringing|brought|sets?) (?:it |this |the pain )?(?:on|off)|bring this|agg|aggr|intensif\w+|increas(?:es|ed|ing) (?:with|by|on|when|after)|↑|more on|kills|stirs|is what does it|wakes it|hurts? (?:when|with|to|on|if|more)|painful (?:when|with|to)|pain (?:with|on|when|from|during|after) (?:prolonged |long |forward |any |getting |heavy )*[a-z]+ing|makes? it (?:worse|hurt)|acts up|gets bad|is hard on)", part="aggravating", unless=r"no (?:aggravating|factors)|not made worse|return|call|if (?:it|pain|symptoms)|tender\w*|palpat\w*|warning|plan:|red flags?|(?:aggravating|relieving) factors (?:are|were|is) (?:documented|not|noted)"),
    Rule(r"(?:symptoms|pain|it) increases? with", part="aggravating"),
    Rule(r"(?:[a-z]+ing|standing|sitting|bending|lifting|twisting) (?:[a-z]+ ){0,6}?(?:hurts|aggravates?|worsens?|provokes?|triggers?|makes it worse|brings? it)", part="aggravating", unless="return|if "),
    Rule(r"(?:better|improv(?:es|ed|ing) (?:with|by|when|on|in|after|lying)|reliev(?:es|ed|ing|er|ers|e)|eas(?:es|ed|e|ing|ier)|alleviat(?:es|ed|ing|e)|allev|sooth\w+|calm(?:s|ed)?|settl(?:es|ed|e|ing) (?:it|the|with|by|when|after|down)|lessen\w*|rel|decreas(?:es|ed|e) (?:with|by|when)|decrease with|↓|less on|takes? it away|undoes|undo|helps?|helped by|relief (?:with|from|by|when|in)|goes away with|subsides|abates|comfortable (?:with|when|lying)|mitigat\w+|palliat\w+|feels good|soften\w*)", part="relieving", negated="ignore", unless=r"{drug}|rom|flex\w* (?:is )?limited|no better|not better|not improv\w*|no relie\w+|nothing helps|needs? help|help with|took|taking|medication|tried|therapy helped|helped? (?:a little|somewhat|partially)|expected|prognosis|(?:aggravating|relieving) factors (?:are|were|is) (?:documented|not|noted)|until better|if (?:not )?better"),
    Rule(r"(?:no|denies any|denies) (?:known )?(?:aggravating|relieving|alleviating|provoking|modifying)[a-z /]*factors?|nothing (?:makes|helps|worsens|eases|relieves)", state="contradicted", negated="ignore", unless=r"apart|except|other than"),
)  # fmt: skip

ACTIVITY = (
    r"(?:lift\w*|walk\w*|work\w*|job|sit(?:s|ting)?|stand(?:s|ing)?|sleep\w*|dress\w*|carry\w*|carri\w*|driv\w*|climb\w*|laundry|dishes|house-?work|chores?|"
    r"shop\w*|groceries|garden\w*|weed\w*|mow\w*|exercis\w*|toddler|child\w*|kids|shifts?|routes?|bowl\w*|school|play\w*|run(?:ning)?|stairs|boxes|cartons|"
    r"socks|shoes|cook\w*|peel\w*|meetings?|trays?|duties|duty|hobb\w*|sports?|tasks?|hours|breaks?|choir|gym|yard\w*|clean\w*|vacuum\w*|haul\w*|bags|"
    r"desk|typing|golf|church|swim\w*|bath\w*|bed|activit\w*|load\w*|pick(?:ing)? up|reach\w*)"
)
FUNCTION = (
    Rule(rf"(?:can(?:'t|not| not| no longer| only| barely)|cant|unable to|not able to|couldn't|could not|no longer|difficult(?:y|ies)?|struggl\w+|hard(?:er)? (?:for (?:him|her) )?to|"
         rf"stopped|stops|has stopped|given up|gave up|giving up|gives up|quit|avoid(?:s|ed|ing)?|miss(?:ed|es|ing)|limit(?:s|ed|ing|ation)?(?: in| with)?|"
         rf"interfer\w+ with|help (?:with|to)|impossible|cut (?:back|down|short|his|her|from|to)?|prevents?|restricts?|keeps (?:him|her) from|had to (?:stop|leave|sit|skip)|has to|must|needs? (?:to|a|help)|"
         rf"relieved of|let off|skip(?:s|ped|ping)?|left the|without (?:a )?(?:break|help)|unable|trouble (?:with )?|too sore to|lost|leaves?|hands|reduced (?:his|her|to)|finished only|only finished|half (?:of )?(?:his|her)|impairs?|stays home|off work){{gap}}?{ACTIVITY}",
         negated="ignore", others=True, unless=r"goal|wants? to|hopes? to|able to return|educat\w*|taught|advis\w*|instruct\w*|avoid bed rest|plan:|rom|flexion|locali\w+ the|cannot be|therapist|cannot (?:say|point)|no (?:difficulty|limit\w*|trouble)|not limited|mask|specif\w*|pinpoint|code|limit \d|x-?ray"),
    Rule(rf"(?:a |his |her )?(?:coworkers?|colleagues?|husband|wife|daughter|son|partner|neighbou?r|mother|someone(?: else)?|others|friend|spouse|co-worker)(?:{{gap}})(?:lifts?|carries|puts?|helps?|does|do|takes over|loads|ties|mows)", others=True, unless="lifts? spirits"),
    Rule(r"wakes? (?:up |him |her |the )?(?:patient )?(?:at night|twice|\d|from sleep|several|1)|sleep(?:s|ing)? (?:is )?(?:poor\w*|badly|disrupt\w*|disturb\w*|interrupt\w*)|disturbs? (?:his|her) sleep|(?:lifting|walking|standing|sitting) is impossible|unable to work|missed (?:\d+ )?(?:days|shifts)|(?:hours|shift) (?:cut|reduced|shortened)|cannot do (?:his|her) job|has stopped|gave up|given up", negated="ignore", unless="plan"),
    Rule(r"(?:daily|everyday|normal|usual) (?:life|activit\w+|routine|living|tasks?|function\w*)|adls?|functional(?:ly)? (?:limit\w*|impact|impair\w*|decline)|function(?:ing)? (?:is )?(?:limited|affected|reduced|decreased|impaired)|(?:decreased|reduced|limited|impaired) function|(?:affects?|affected|affecting|impacts?|impacting|interferes with|limits|hard|difficult) ?(?:his|her|the)? ?(?:work|function|job|life|sleep)|life is (?:hard|harder|difficult)|not doing (?:much|well)|restricted duties|no lifting|lifting limit|work note", state="partial", negated="ignore", unless=r"no (?:functional|limit\w*)|denies|not limit\w*|independent|without (?:difficulty|limit\w*|restriction)|goal|normal adl|educat\w*"),
    Rule(r"(?:no|denies(?: any)?|without) (?:functional )?(?:limitations?|limits|impairment|restrictions?|difficulty (?:with|at|doing) \w+|work restrictions|functional \w+|problem at work|trouble at work)|works? (?:without|as usual|normally|full)|independent (?:with|in) (?:all )?(?:adls|activities)|(?:adls|work|function|sleep)(?: is| are)? (?:unaffected|not affected|normal|wnl|intact)|does not (?:limit|affect|interfere)|no (?:impact|effect) on|(?:able to|can) do (?:everything|all)|full duty without", state="contradicted", negated="ignore", unless=r"but not|goal|range|rom|flex\w*|plan|until"),
)  # fmt: skip
