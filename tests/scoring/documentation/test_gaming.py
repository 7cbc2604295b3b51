"""Flags for a person to look at: raised by gaming, not raised by honest notes of any style."""

import json
import random
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.scoring.documentation.gaming import SIGNS, flags
from tests.scoring.documentation.chart import EXEMPLAR

NOTES = Path(__file__).parents[2] / "data" / "notes"
CASES = Path(__file__).parents[3] / "cases"
GAMING = ("stuffing", "rubric_copy", "vignette_copy", "template", "off_topic")

RECORD = (
    "Alba Renner, 52, a letter carrier, comes to the clinic with a dull ache over her whole back that began five weeks ago "
    "without a fall. It is there most evenings and she rates it 4 out of 10. Carrying the full bag and standing at the "
    "sorting frame make it worse; lying on the floor and a hot bath ease it. She has handed her longest route to a "
    'colleague. "It sits on me like a wet rug," she says. Ibuprofen 400 mg for six days helped for an hour at a time. She '
    "has asthma. She walks slowly; the muscles on both sides of the spine are tender, and bending forward stops at the "
    "knees. No imaging. Plan: physical therapy twice a week and a visit in three weeks. Neither a site nor a cause is known."
)
HONEST = {
    "prose": (
        "This letter carrier of 52 has felt a dull ache all over her back for five weeks, mostly in the evening, 4/10. The full "
        "bag brings it on and a hot bath settles it. Tender muscles left and right. Therapy starts; seen again in three weeks."
    ),
    "short": "Back pain 5 wk, 4/10, worse carrying.",
    "terse": (
        "Dull ache whole back. 4/10. Five weeks. Worse standing. Better lying. Can't carry. Walks slow. Tender both sides. "
        "Flexion to knees. Ibuprofen, an hour's relief. Asthma. PT. Back 3 wk. M54.9, no cause found."
    ),
    "shorthand": (
        "52F c/o diffuse BP x5wk, dull, 4/10, ↑ bag/standing, ↓ lying/bath. Ø trauma Ø fever. Amb slow, b/l paraspinal TTP, "
        "flex → knees. IBU 400 x6d min relief. Asthma. PT 2x/wk, RTC 3 wk. No site/cause → M54.9."
    ),
    "semicolons": (
        "Thoracolumbar pain bilateral paraspinal distribution; aching, stiff; onset 5 wk; evenings; NRS 4; provoked sustained "
        "standing; eased recumbency; flexion 60, extension full, SLR negative bilaterally; strength 5/5; reflexes symmetric; "
        "plan PT twice weekly, naproxen 500, recheck 21 d."
    ),
    "headings": (
        "Location: whole back\nQuality: dull ache\nSeverity: 4/10\nDuration: 5 weeks\nPattern: evenings\nWorse: standing\n"
        "Better: lying\nFunction: gave up a route\nPalpation: tender bilaterally\nROM: flexion to knees\nPrior treatment: ibuprofen\n"
        "Response: an hour\nComorbidities: asthma\nPlan: PT\nFollow-up: 3 weeks\nEducation: lifting\nGoal: full route"
    ),
    "headings without colons": (
        "Quality dull. Severity 4/10. Duration five weeks. Frequency evenings. Aggravating standing. Relieving bath. Function "
        "cannot carry. Observation slow walk. Palpation tender both sides. Range of motion to the knees. Prior treatment "
        "ibuprofen 400 mg. Response an hour. Comorbidities asthma. Follow-up three weeks. Plan physical therapy. Goal full route."
    ),
    "table": (
        "| Item | Finding |\n|---|---|\n| Site | whole back |\n| Feel | dull |\n| NRS | 4/10 |\n| Course | 5 wk, evenings |\n| ↑ | standing |\n"
        "| ↓ | bath |\n| Meds | ibuprofen 400 |\n| Effect | brief |\n| Other dx | asthma |\nPlan\nPT; f/u 3 wk. M54.9, no cause."
    ),
    "ticked boxes": (
        "Back pain. Side: [ ] R [ ] L [x] both\nLevel: [ ] upper [ ] mid [ ] low [x] whole\nQuality: [x] dull [ ] sharp [ ] burning\n"
        "Severity: 4/10\nOnset: [ ] sudden [x] gradual, 5 weeks\nGait: [ ] normal [x] slow\nTender: [x] yes [ ] no"
    ),
    "half a form": (
        "Pain in the back, 5 weeks.\nSeverity:\nWorse: carrying\nBetter: ___\nInspection: ___\nPalpation: tender both sides\n"
        "Plan: PT, visit in 3 weeks\nEducation:"
    ),
    "denials": (
        "52F, back ache 5 wk, 4/10. Denies fever, chills, night sweats, weight loss, bowel changes, bladder changes, saddle "
        "numbness, leg weakness, trauma, cancer, steroid use. PMH asthma, migraine, gout, GERD, HTN, anemia, acne, eczema, "
        "insomnia, anxiety, DM2. Neuro: strength, sensation, reflexes, tone, gait, balance, all normal."
    ),
    "memo of what is there": (
        "Coding memo: the note states a diffuse ache across the whole back, 4/10, for five weeks. Neither site nor cause is "
        "documented, so M54.9 stands. A narrower code needs a documented region; the provider should say whether the low back is meant."
    ),
    "memo of what is missing": (
        "Query to provider. Location, quality, severity, duration, palpation, range of motion, plan and education are not "
        "documented. Pain of the back alone is stated, for five weeks. M54.9 cannot be supported further until they are."
    ),
    "other trouble beside the back": (
        "The ache lies across her whole spine, five weeks now. Her knee surgery was years ago, the eye drops are for glaucoma and "
        "the rash on her forearm has cleared. Ears and throat normal. Bending hurts; heat eases it. Return in three weeks."
    ),
    "never says back": (
        "She put the bag down twice on the way in. Bending stops at the knees and the muscles left and right are sore to touch. "
        "Four of ten, most evenings, five weeks. Her inhaler is for asthma. Therapy twice a week; we meet again in three weeks."
    ),
    "five words of the patient and the record's numbers": (
        'Letter carrier, 52: "It sits on me like a wet rug," she says. Whole back, dull, 4 out of 10, five weeks, most evenings. '
        "The bag is bad for it, the tub good. She gave a colleague her longest round. Ibuprofen 400 mg did little."
    ),
}  # fmt: skip
GAMED = {
    "stuffing": (
        "back pain dull sharp burning radiating diffuse lumbar thoracic bilateral 3/10 6/10 daily weekly sitting standing tender "
        "spasm guarding antalgic flexion extension NSAIDs PT heat ice improved unchanged",
        "Dull. Sharp. Burning. Left. Right. 2/10. 8/10. Constant. Intermittent. Worse. Better. Posture. Spasm. Full. Reduced. "
        "Asthma. Ibuprofen. Relief. No relief. Goal. M54.9.",
        "Pain: dull, sharp, burning, aching, throbbing, constant, intermittent, mild, moderate, severe, left, right, bilateral, "
        "midline, better, worse, tender, ibuprofen, goal, education, M54.9.",
        "- dull\n- sharp\n- constant\n- intermittent\n- 5/10\n- standing\n- bending\n- heat\n- rest\n- tender\n- flexion\n- ibuprofen\n- quote",
        HONEST["prose"] + " location quality severity timing modifiers function observation palpation ROM response comorbid "
        "follow-up rationale quote education goal bilateral thoracic lumbar flexion extension tenderness posture gait",
    ),
    "rubric_copy": (
        "This note documents where the pain is and how it feels, its severity on a 0-10 scale, duration and pattern, what worsens "
        "and what eases it, the effect on work, inspection, palpation and range of motion, earlier treatment with its response, "
        "other conditions, the plan, follow-up, the reason for M54.9, a quote and education with a goal.",
        "Location yes. Quality yes. Severity yes. Timing yes. Function yes. Observation yes. Palpation yes. Range of motion yes. "
        "Prior treatment yes. Response yes. Comorbidities yes. Follow-up yes. Plan yes. Rationale yes. Goal yes.",
        "All required elements (location, severity, duration, function, palpation, range of motion, plan and education) are "
        "documented and complete.",
    ),
    "template": (
        "Location: ____ Quality: ____ Severity: __/10 Timing: ____ Worse with: ____ Better with: ____ ROM: ____ Plan: ____ M54.9",
        "Location:\nQuality:\nSeverity (0-10):\nHow long:\nBetter with / worse with:\nTreatments so far:\nPlan:\nWhy this code: M54.9",
        "[Name], [age], has back pain at [site], described as [quality], for [duration]. Worse with [activity]. Plan: [  ].",
        "Location: [ ] Quality: [ ] Severity (0-10): [ ] Frequency: [ ] Palpation: [ ] ROM: [ ] Plan: [ ]",
        "Location: N/A. Quality: N/A. Severity: N/A. Duration: N/A. Function: N/A. Palpation: N/A. Plan: N/A.",
    ),
    "off_topic": (
        "Came for her left knee. Swollen for two weeks, worse on stairs, better with ice, 4/10. Flexion limited to 100 degrees. "
        "Naproxen helped a little. Physiotherapy referral, return in three weeks.",
        "Toothache since Monday, throbbing, 7/10, worse with cold drinks. The gum is red. Ibuprofen took the edge off. "
        "Amoxicillin for five days and a dentist on Thursday.",
        "Burning when passing urine for three days. Dipstick positive for nitrites. Nitrofurantoin for five days; will call back.",
        "The quiz froze at question 14 and the login was reset twice. Please tell me whether the refresher counts toward our credits.",
    ),
    "bare": (
        "Back pain. Seen and examined by the doctor today. M54.9.",
        "Asked to see this lady for her back. The rest will be dictated. Code M54.9 for now.",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", HONEST)
def test_an_honest_note_raises_no_flag(style: str) -> None:
    """Short notes, shorthand, forms that are filled and memos are not gaming, whether or not the record is at hand."""
    assert flags(HONEST[style]) == ()
    assert flags(HONEST[style], RECORD, EXEMPLAR) == ()


@pytest.mark.parametrize(("flag", "note"), [(flag, note) for flag, notes in GAMED.items() for note in notes])
def test_gaming_raises_its_flag(flag: str, note: str) -> None:
    """Each kind of gaming is called by its own name."""
    assert flags(note, RECORD) == (flag,)


def test_a_copied_record_is_flagged_whole_in_part_and_in_another_order() -> None:
    """Sentences of the record stay copies when some are left out, moved, or set in capitals."""
    sentences = RECORD.split(". ")
    random.Random(4).shuffle(sentences)
    for note in (RECORD, RECORD.upper(), ". ".join(sentences), ". ".join(sentences[:6])):
        assert flags(note, RECORD) == ("vignette_copy",)


@pytest.mark.parametrize("step", [5, 7, 10])
def test_a_copy_with_a_word_changed_here_and_there_is_still_a_copy(step: int) -> None:
    """Changing every fifth word does not make a text one's own."""
    words = ["so" if at % step == step - 1 else word for at, word in enumerate(RECORD.split())]
    assert flags(" ".join(words), RECORD) == ("vignette_copy",)


def test_a_few_sentences_of_the_record_in_a_note_of_ones_own_are_no_copy() -> None:
    """One sentence that could hardly be said otherwise is fair."""
    borrowed = "She has asthma. She walks slowly; the muscles on both sides of the spine are tender. "
    assert flags(borrowed + HONEST["prose"], RECORD) == ()


def test_a_copied_model_note_is_flagged_as_such() -> None:
    """The model and the record are told apart, for they mean different things to an instructor."""
    assert flags(EXEMPLAR, RECORD, EXEMPLAR) == ("model_copy",)
    assert flags(EXEMPLAR, RECORD) == ()


def test_a_record_without_a_back_makes_no_note_another_visit() -> None:
    """What a note should be about is what its record is about."""
    knee = GAMED["off_topic"][0]
    assert flags(knee, "A swollen left knee for two weeks.") == ()


def test_every_flag_has_a_sentence_that_accuses_nobody() -> None:
    """Readers get a plain sentence about the note, not about the person."""
    for sentence in SIGNS.values():
        assert sentence.endswith(".")
        assert "note" in sentence or "form" in sentence
        assert not {"you", "cheat", "cheating", "gaming", "copied"} & set(sentence.lower().split())


WORDS = st.sampled_from(
    ["back", "pain", "no", "denies", "dull", "5/10", "3 weeks", "worse,", "better;", "ROM:", "____", "[ ]", "[x]", ".", ",", "location",
     "severity", "\n", "is documented", "left knee", '"', "n/a", "her father", "<b>", "İ"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join)),
    st.sampled_from(["", RECORD]),
)
def test_any_text_gives_known_flags_and_always_the_same(text: str, source: str) -> None:
    """No text crashes the check, and its answer depends on nothing but the text."""
    found = flags(text, source, text[:200])
    assert found == flags(text, source, text[:200])
    assert list(found) == [name for name in SIGNS if name in found]


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "/ ",
        "a'",
        "1-10",
        "[a",
        "_ ",
        ": ",
        '"a ',
        "no a ",
        "dull, ",
        "location ",
        "left ",
        "back ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Ten times the text takes about ten times as long, whatever it is: no pattern runs away."""

    def spent(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        flags(text, "The back " + text, text)
        return time.process_time() - start

    spent(2_000)
    assert spent(100_000) < 40 * max(spent(10_000), 0.01)


@cache
def labelled() -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Every labelled note with the flags it raises beside its own record."""
    found = []
    for folder in sorted(path.parent for path in NOTES.glob("*/notes.jsonl")):
        charts = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("case-*.yaml")}
        for note in map(json.loads, (folder / "notes.jsonl").read_text("utf-8").splitlines()):
            found.append((note, flags(note["text"], charts[note["case"]]["vignette"])))
    return found


def test_honest_labelled_notes_are_hardly_ever_flagged() -> None:
    """Fewer than one honest note in fifty asks for a person's time, though up to one in twenty could be borne."""
    honest = [found for note, found in labelled() if not set(GAMING) & set(note["flags"])]
    wrong = [found for found in honest if set(found) - {"bare"}]
    assert len(honest) > 150
    assert len(wrong) / len(honest) <= 0.02


def test_nearly_all_labelled_gaming_is_flagged() -> None:
    """Whatever it is called, at least nineteen of twenty gaming notes reach a person."""
    gamed = [set(found) - {"bare"} for note, found in labelled() if set(GAMING) & set(note["flags"])]
    assert len(gamed) > 20
    assert sum(map(bool, gamed)) / len(gamed) >= 0.95


# Of "bare" more than half is asked: where little ends and very little begins, writers differ.
@pytest.mark.parametrize(("flag", "floor"), [*((flag, 0.85) for flag in GAMING), ("bare", 0.6)])
def test_labelled_notes_raise_the_flag_of_their_label(flag: str, floor: float) -> None:
    """Each kind of gaming is mostly called by the name a person gave it."""
    meant = [found for note, found in labelled() if flag in note["flags"]]
    assert sum(flag in found for found in meant) / len(meant) >= floor


def documents() -> Iterator[tuple[str, str]]:
    """The progress notes of the case library, as notes that real people might have written."""
    for path in sorted(CASES.glob("*/case.yml")):
        for document in yaml.safe_load(path.read_text("utf-8")).get("documents") or ():
            if document["kind"] == "progress-note" and "back" in document["text"].lower():
                yield path.parent.name, document["text"]


def test_the_progress_notes_of_the_library_are_no_gaming() -> None:
    """Notes that were written for other reasons than to be graded look honest."""
    flagged = {name: found for name, text in documents() if (found := flags(text))}
    assert flagged == {}
