"""Teaching by feedback: what comes first, how much of it, and examples that could stand in a note."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.library.item_keys import ELEMENTS, NoteKey, RubricElement
from grader.scoring.documentation.evidence import STATES, ElementState
from grader.scoring.documentation.examples import example
from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.names import NAMES
from grader.scoring.documentation.note import SHARES
from grader.scoring.documentation.teaching import MOST, QUESTIONS, teaching
from tests.scoring.documentation.chart import ABSENT, EXEMPLAR, FACTS, KEY
from tests.scoring.documentation.test_note import exemplars

CHARTS = Path(__file__).parents[2] / "data" / "notes"
# The share of examples that the grader itself takes for the element they state, as measured, less a little room.
RECOGNIZED = 0.97
# All that frames may add to the words of a fact.
FRAME_WORDS = set(
    re.findall(
        r"\w+",
        "the patient says feels was is a an of on in from to pain back ache across for it and with also has plan education "
        "site goal taught previously tried treatment gave brought went rated palpation range motion follow up",
    )
)


def facts_of_charts() -> list[tuple[str, dict[str, str], list[str]]]:
    """Name, facts and denials of every key of the library and of every labelled chart."""
    found = [(name, dict(key.facts), list(key.absent)) for name, key in exemplars()]
    for path in sorted(CHARTS.glob("*/case-*.yaml")):
        chart = yaml.safe_load(path.read_text("utf-8"))
        found.append((f"{path.parent.name}/{path.stem}", chart["facts"], chart["none"]))
    return found


def note_key(*rubric: tuple[str, float, bool], **facts: str) -> NoteKey:
    """A key of the shared record with a rubric of its own."""
    return NoteKey(FACTS | facts, ABSENT, tuple(RubricElement(*element) for element in rubric), EXEMPLAR)


def states(default: str = "present", **named: str) -> dict[str, ElementState]:
    """All elements in one state, but for those named."""
    return {element: ElementState(named.get(element, default)) for element in ELEMENTS}


def subjects(found: dict[str, ElementState], key: NoteKey) -> list[str]:
    """The elements taught, by their names, in order."""
    return [finding.subject[0] for finding in teaching(found, key)]


def message(element: str, state: str, quote: str = "", **facts: str) -> str:
    """What is taught of one element."""
    (finding,) = teaching({element: ElementState(state, quote)}, note_key((element, 1.0, False), **facts))
    return finding.message


def test_a_full_note_is_taught_nothing() -> None:
    """Who said everything reads no advice; nor does an element outside the rubric bring any."""
    assert teaching(states("present"), KEY) == ()
    assert teaching(states("absent"), note_key()) == ()


def test_at_most_five_things_are_taught() -> None:
    """An empty note does not bury its writer; fewer gaps give fewer points."""
    assert len(teaching(states("absent"), KEY)) == MOST == 5
    assert len(teaching(states("present", rom="absent", quote="partial"), KEY)) == 2


def test_what_costs_most_comes_first() -> None:
    """Points lost decide before anything else, and half an element costs half."""
    key = note_key(("quote", 3.0, False), ("rationale", 1.0, True), ("function", 4.0, True))
    assert subjects(states("absent", function="partial"), key) == [
        NAMES["quote"],
        NAMES["function"],
        NAMES["rationale"],
    ]


def test_untrue_comes_before_missing_where_worth_as_much() -> None:
    """What the record denies is mended first, unless something missing is worth more."""
    key = note_key(("rationale", 1.0, True), ("rom", 1.0, False), ("location", 2.0, False))
    assert subjects(states("absent", rom="contradicted"), key) == [
        NAMES["location"],
        NAMES["rom"],
        NAMES["rationale"],
    ]


def test_required_then_asked_most_decide_among_equals() -> None:
    """A note cannot do without what is required; after that payers' questions give the order, not the rubric's."""
    key = note_key(("quote", 1.0, False), ("function", 1.0, False), ("severity", 1.0, True))
    assert subjects(states("absent"), key) == [NAMES["severity"], NAMES["function"], NAMES["quote"]]


@pytest.mark.parametrize("state", STATES)
def test_points_lost_are_those_that_scoring_takes(state: str) -> None:
    """What a state costs in the score decides its place here: just after what costs a little more."""
    lost = 1 - SHARES[state]
    key = note_key(("rom", 1.0, True), ("quote", lost + 0.1, False), ("quality", lost - 0.1, False))
    in_order = [NAMES["quote"], NAMES["rom"], NAMES["quality"]] if lost else [NAMES["quote"]]
    assert subjects(states("absent", rom=state), key) == in_order


def test_findings_are_advice_that_an_exam_may_hide() -> None:
    """The words come from the key, so each finding says so; it rests on the words of the note that fell short."""
    (finding,) = teaching(
        {"severity": ElementState("contradicted", "Pain 9/10.")}, note_key(("severity", 1.0, True))
    )
    assert (finding.kind, finding.severity, finding.from_key) == ("teaching", "advice", True)
    assert (finding.subject, finding.cite, finding.evidence) == (("Severity",), "Course rubric", "Pain 9/10.")
    assert finding.message.endswith("The record says otherwise: “The pain is rated 5/10.”")


@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_has_a_question_and_an_example(element: str) -> None:
    """Whatever is missing, its writer reads who would ask, in one sentence, and one line that answers."""
    question = QUESTIONS[element]
    assert re.fullmatch(r"(?:A payer|An auditor) asks [^.]+\.", question)
    assert message(element, "absent") == f"{question} For example: {example_in_marks(element)}"


def example_in_marks(element: str) -> str:
    """The example of the shared record as a message shows it; the patient's words have their marks already."""
    line = example(element, FACTS[element])
    return line if element == "quote" else f"“{line}”"


@pytest.mark.parametrize(
    ("element", "parts", "missing"),
    [
        ("timing", {"duration"}, "How often it comes was not found."),
        ("timing", {"frequency"}, "How long it has lasted was not found."),
        ("modifiers", {"aggravating"}, "What makes it better was not found."),
        ("modifiers", {"relieving"}, "What makes it worse was not found."),
        ("education", {"education"}, "A goal was not found."),
        ("education", {"goal"}, "What the patient was taught was not found."),
        ("severity", set(), "A number was not found."),
        ("palpation", set(), "Your note says it in part."),
        ("timing", {"duration", "frequency"}, "Your note says it in part."),
        ("timing", set(), "Your note says it in part."),
    ],
)
def test_of_what_is_half_said_the_other_half_is_named(element: str, parts: set[str], missing: str) -> None:
    """Where one half was found, wherever in the note, the other is asked for; else nothing is claimed."""
    (finding,) = teaching(
        {element: ElementState("partial", "…", 0.9, "", frozenset(parts))}, note_key((element, 1.0, False))
    )
    assert f" {missing} For example: " in finding.message


@pytest.mark.parametrize(
    ("note", "element", "parts"),
    [
        ("Back pain, off and on. Three weeks by now.", "timing", {"duration", "frequency"}),
        ("Back pain, worse standing. Helped a bit by heat.", "modifiers", {"aggravating", "relieving"}),
        ("Back pain, worse standing.", "modifiers", {"aggravating"}),
    ],
)
def test_halves_are_found_wherever_they_stand(note: str, element: str, parts: set[str]) -> None:
    """Nobody is told that a half is missing which another sentence holds."""
    assert find_elements(note, FACTS, ABSENT)[element].parts == parts


def test_where_the_site_and_the_cause_are_known_they_are_asked_for() -> None:
    """Nobody is told that a cause is unknown when the record names it."""
    fact = "degeneration of the disc is named as the cause; M51.360"
    assert "what the diagnosis rests on" in message("rationale", "absent", rationale=fact)
    assert "not known yet" not in message("rationale", "partial", rationale=fact)
    assert "not known yet" in message("rationale", "absent")


def test_without_a_fact_there_is_a_question_and_no_example() -> None:
    """What the record does not say is never made up."""
    key = NoteKey({}, (), (RubricElement("comorbid", 1.0, False),), "")
    for state in ("absent", "partial", "contradicted"):
        (finding,) = teaching({"comorbid": ElementState(state)}, key)
        assert finding.message.startswith(QUESTIONS["comorbid"])
        assert "“" not in finding.message and finding.message.endswith(".")


@pytest.mark.parametrize(
    ("name", "facts", "absent"), facts_of_charts(), ids=[c[0] for c in facts_of_charts()]
)
def test_examples_are_sentences(name: str, facts: dict[str, str], absent: list[str]) -> None:
    """Each fact of each chart becomes one line with a capital, one stop, paired marks, and nothing left of the key."""
    for element, fact in facts.items():
        line = example(element, fact)
        assert line[0].isupper() and len(line) < 220, line
        assert re.search(r"[^.;,:\s][.!?]”?$", line) and ".." not in line, line
        assert line.count("“") == line.count("”") and line.count("(") == line.count(")"), line
        assert not re.search(r"; (?:worse|better)|[\"']|  | [.,;]|partial, |\(partial", line), line
        assert not re.search(r"\b[A-Z]\d[0-9A-Z]\.", line), line
        assert element == "quote" or not re.search(r"[^.][.!?]\s+[A-Z]", line), line


def test_examples_use_the_words_of_the_record() -> None:
    """A frame adds only small words: everything that tells something is in the fact."""
    for _, facts, _ in facts_of_charts():
        for element, fact in facts.items():
            told = set(re.findall(r"[a-z0-9]+", example(element, fact).lower()))
            assert told <= FRAME_WORDS | set(re.findall(r"[a-z0-9]+", fact.lower())), (element, fact)


def test_most_examples_are_recognized_as_what_they_state() -> None:
    """Who copies an example into a note earns the element, but for a few phrasings that the reading misses."""
    found = [
        find_elements(f"Back pain.\n{example(element, fact)}", facts, absent)[element].state
        for _, facts, absent in facts_of_charts()
        for element, fact in facts.items()
    ]
    assert found.count("present") / len(found) >= RECOGNIZED


@pytest.mark.parametrize(
    ("element", "fact", "line"),
    [
        ("function", "wife ties his boots; gave up curling", "Wife ties his boots; gave up curling."),
        ("function", "cannot lift; gave up walks", "The patient cannot lift and gave up walks."),
        ("timing", "three weeks; comes and goes", "Back pain for three weeks; it comes and goes."),
        ("timing", "most days for two years", "Back pain most days for two years."),
        ("quality", "dull, heavy", "The pain is dull and heavy."),
        ("quality", "aching pull", "The patient feels an aching pull."),
        ("tx_response", "no relief (partial, short-lived)", "The treatment gave no relief."),
        ("tx_response", "no relief, heartburn", "With treatment, no relief, heartburn."),
        ("comorbid", "asthma, aspirin-sensitive", "The patient also has asthma, aspirin-sensitive."),
        ("quality", "dull, heavy, pressing weight", "The patient feels a dull, heavy, pressing weight."),
        ("education", "log-roll taught, return for numb legs", "Education: log-roll taught, return for numb legs."),
        ("tx_response", "gel did nothing; belt helps", "Gel did nothing; belt helps."),
        ("comorbid", "asthma, migraine (BMI 31, BP 120/80)", "The patient also has asthma and migraine (BMI 31, BP 120/80)."),
        ("comorbid", "asthma, on an inhaler", "The patient also has asthma, on an inhaler."),
        ("comorbid", "none", "No other conditions."),
        ("prior_tx", "none", "No earlier treatment."),
        ("rationale", "M54.9 because no cause was found", "No cause was found."),
        ("rationale", "no cause; X-ray clear, so no M80.-; M54.50 not supported", "No cause; X-ray clear."),
        ("rationale", "M54.9", ""),
        ("quote", '"It hurts everywhere!"', "The patient says, “It hurts everywhere!”"),
        ("quote", "It's bad", "The patient says, “It’s bad.”"),
        ("observation", 'calls it "rusty"', "Calls it ‘rusty’."),
        ("function", "wakes at 3 a.m.", "The patient wakes at 3 a.m."),
        ("education", "stay active, return for fever, numbness or weakness; goal full duty",
         "The patient was taught to stay active and return for fever, numbness or weakness; goal: full duty."),
    ],
)  # fmt: skip
def test_a_fact_is_put_into_words_that_fit(element: str, fact: str, line: str) -> None:
    """Frames take facts that they fit, and leave the others as they are."""
    assert example(element, fact) == line


@given(st.sampled_from(ELEMENTS), st.text(max_size=400))
def test_any_fact_gives_a_line_or_none(element: str, fact: str) -> None:
    """No fact breaks feedback, and no line grows beyond what is read."""
    assert len(example(element, fact)) < 220
