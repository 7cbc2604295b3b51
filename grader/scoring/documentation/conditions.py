"""Diseases by their one name, however people put them."""

from __future__ import annotations

import re

_WORDS = {
    "hypertension": r"hypertensi\w+|htn|high (?:blood pressure|bp)|blood pressure (?:runs|is|problems|issues)|raised blood pressure|high-blood-pressure|blood pressure are|pressure pills",
    "obesity": r"obes\w+|overweight|heavy for (?:his|her)|weight (?:and|is|issues)|over ?weight",
    "diabetes": r"diabet\w+|dm ?2?|t[12]dm|type (?:[12]|i{1,2}) dm|dm ii|iddm|niddm|sugar disease|sugar diabetes|high sugar|metformin|insulin",
    "asthma": r"asthma\w*|inhaler",
    "hypothyroidism": r"hypothyroid\w*|under ?active thyroid|thyroid|levothyroxine|low thyroid",
    "osteoporosis": r"osteoporo\w+|osteopenia|alendronate|thin bones|brittle bones|t-score",
    "osteoarthritis": r"osteoarthrit\w+|oa|arthritis|djd|arthrosis",
    "migraine": r"migraine\w*",
    "kidney": r"ckd|kidney (?:disease|trouble|failure)|egfr|chronic kidney|kidney function|renal (?:insufficiency|disease|impairment)|kidneys",
    "copd": r"copd|emphysema|chronic bronchitis|lung disease",
    "heart": r"cad|coronary\w*|heart (?:failure|disease|attack)|chf|a-?fib|a fib|atrial fibrillation|angina|apixaban|pacemaker",
    "mood": r"depressi\w+|anxiety|anxious|bipolar|panic",
    "lipids": r"hyperlipid\w+|high cholesterol|cholesterol|hld|dyslipid\w+|statin",
    "reflux": r"gerd|reflux|heartburn",
    "cancer": r"cancer|malignan\w+|carcinoma|melanoma|lymphoma",
    "stroke": r"stroke|cva(?! tender)|tia",
    "rheumatic": r"rheumatoid|lupus|fibromyalgia|ankylosing\w*|psoria\w+",
    "gout": r"gout|allopurinol",
    "anemia": r"anaemi\w+|anemi\w+|iron (?:deficiency|low|is low)|low iron|low in iron",
    "epilepsy": r"epilep\w+|seizure\w*",
    "apnea": r"sleep apn\w+|osa|cpap",
    "glaucoma": r"glaucoma",
    "skin": r"eczema|dermatitis|rosacea",
    "bowel": r"celiac|coeliac|crohn'?s?|colitis|irritable bowel|ibs",
    "prostate": r"bph|prostate\w*",
    "allergy": r"hay fever|allergic rhinitis|rhinitis",
    "women": r"endometriosis|pcos|menopaus\w+",
    "nerves": r"neuropathy|parkinson\w*|multiple sclerosis|dementia|adhd",
    "hearing": r"tinnitus|hearing (?:loss|aids?)",
    "liver": r"hepatitis|fatty liver|cirrhosis",
}
_PATTERNS = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _WORDS.items()}


def conditions(norm: str) -> dict[str, int]:
    """Return the diseases that a normalized text names, denied or not, each with its place."""
    found = ((name, pattern.search(norm)) for name, pattern in _PATTERNS.items())
    return {name: match.start() for name, match in found if match}
