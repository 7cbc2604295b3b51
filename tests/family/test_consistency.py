"""Text against facts: a contradiction is found whoever put it there."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import codeset
from grader.family.consistency import contradictions, misfits, says, tells_in
from grader.family.draw import draw
from grader.family.source import Limit, family_names, read_family
from grader.family.values import values_of

DRAWN = {
    name: [draw(read_family(name), f"c{seed}", codeset.load()) for seed in range(14)]
    for name in family_names()
}


@pytest.mark.parametrize("name", family_names())
def test_what_is_drawn_agrees_with_its_facts(name):
    """No case contradicts its own facts."""
    family = read_family(name)
    for drawn in DRAWN[name]:
        assert contradictions(drawn.text, drawn.facts, family) == []


@pytest.mark.parametrize("name", family_names())
def test_the_text_of_another_encounter_is_found_out(name):
    """The chart of one encounter never passes for the facts of one that is coded otherwise."""
    family = read_family(name)
    for one in DRAWN[name]:
        for other in DRAWN[name]:
            if codes_of(one) != codes_of(other):
                facts = replace(other.facts, age=one.facts.age, sex=one.facts.sex, on=one.facts.on)
                assert contradictions(one.text, facts, family), (codes_of(one), codes_of(other))


def codes_of(drawn):
    """What the key expects and allows."""
    key = drawn.key["items"]["codes"]
    return [e["code"] for e in key["expected"]], sorted(o["code"] for o in key["optional"])


@pytest.mark.parametrize(
    ("name", "planted", "says_so"),
    [
        ("sciatica", "Pain in the left leg. Pain in the right leg.", "side"),
        ("pain-by-region", "Diagnosis: lumbar stenosis.", "problem"),
        ("strain-sprain", "Assessment: fracture of the spine.", "problem"),
        ("strain-sprain", "Fell from a ladder.", "event"),
        ("stenosis", "Also cervicothoracic, thoracic, lumbar, cervical and lumbosacral changes.", "region"),
        ("radiculopathy", "A stone is confirmed.", "certainty"),
        ("vertebral-fracture", "The L5 vertebra is broken.", "level"),
        ("vertebral-fracture", "Healing as expected. Nonunion.", "healing"),
        ("chronic-pain", "Chronic back pain. Chronic pain syndrome.", "pain_term"),
        ("comorbidity", "4. Asthma, COPD, albuterol and smoking cigarettes, GERD.", "condition"),
        ("uncertain", "Ruled out, confirmed, likely.", "certainty"),
        ("osteoporosis", "Postmenopausal and senile.", "bone"),
        ("flank", "He is 19 years old.", "age"),
        ("flank", "He said to her.", "sex"),
        ("disc-degeneration", "Seen on 1/2/2027.", "date"),
        ("disc-displacement", "Assessment: with radiculopathy and myelopathy.", "problem"),
        ("spondylosis", "On long-term opioid therapy.", "opioid"),
        ("comorbidity", "BMI 55.1.", "bmi"),
    ],
)  # fmt: skip
def test_a_planted_contradiction_is_found(name, planted, says_so):
    """A sentence of another value is named by its axis."""
    family = read_family(name)
    for drawn in DRAWN[name][:5]:
        found = contradictions(f"{drawn.text}\n{planted}", drawn.facts, family)
        assert any(fault.startswith(says_so) for fault in found), found


def test_a_fact_left_out_is_found():
    """A chart from which the assessment was cut no longer says what decides its code."""
    family = read_family("disc-displacement")
    drawn = DRAWN["disc-displacement"][0]
    text = drawn.text.replace(drawn.facts.level, "")
    assert f"level: the text does not say {drawn.facts.level}" in contradictions(text, drawn.facts, family)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(family_names()), st.integers(0, 13), st.sampled_from(["side", "sex", "age"]))
def test_a_changed_fact_is_found(name, place, axis):
    """Facts with another side, sex or age never agree with the chart."""
    drawn = DRAWN[name][place]
    facts = drawn.facts
    if axis == "side":
        if not facts.side:
            return
        facts = replace(facts, side="left" if facts.side != "left" else "right")
    elif axis == "sex":
        facts = replace(facts, sex="male" if facts.sex == "female" else "female")
    else:
        facts = replace(facts, age=facts.age + 1)
    assert any(fault.startswith(axis) for fault in contradictions(drawn.text, facts, read_family(name)))


def test_a_denial_says_nothing():
    """ "No radiculopathy" does not say radiculopathy, and the denial ends with its clause."""
    tell = read_family("sciatica").tells["problem"]
    assert not says("No sign of radiculopathy.", tell, "radiculopathy")
    assert not says("without stenosis", tell, "stenosis")
    assert says("No fever. Radiculopathy.", tell, "radiculopathy")


def test_titles_are_neutral():
    """No title of any family has a word of an answer."""
    for name in family_names():
        family = read_family(name)
        for _, title in family.titles:
            assert (
                tells_in(title, family, ("problem", "area", "region", "side", "certainty", "pain_term")) == []
            ), title


@pytest.mark.parametrize(
    ("name", "wanted", "planted"),
    [
        ("pain-by-region", {"setting": "urgent care"}, "Emergency department record"),
        ("sciatica", {"setting": "urgent care"}, "Office visit"),
        ("sciatica", {"setting": "physical therapy"}, "Turns stiffly on camera."),
        ("sciatica", {"setting": "physical therapy"}, "Naproxen with food."),
        ("sciatica", {"setting": "emergency department"}, "RTC 5 weeks or as needed."),
        ("flank", {"setting": "primary care"}, "Primary care within the week."),
        ("uncertain", {"setting": "hospital"}, "Hospital day 3 today."),
        ("comorbidity", {"drugs": "yes"}, "Meds: none."),
        ("comorbidity", {"managed": "diabetes"}, "Takes nothing by prescription."),
        ("osteoporosis", {"problem": "osteoporotic fracture"}, "Meds: multivitamin, fish oil."),
        ("osteoporosis", {"problem": "osteoporosis"}, "Acetaminophen as needed."),
        ("disc-degeneration", {"pattern": "neither"}, "Seen for 5 weeks."),
        ("comorbidity", {"background": "managed"}, "Problem list empty."),
        ("comorbidity", {"nsaid": "no"}, "Naproxen with food."),
        ("stenosis", {"life": "older"}, "Ergonomic advice for the workplace."),
        ("strain-sprain", {"life": "young"}, "Grandchild in the room."),
        ("stenosis", {"body": "neck", "second": "none"}, "Easier on a bicycle."),
        ("disc-displacement", {"body": "neck"}, "Core program."),
        ("stenosis", {"body": "mid", "second": "none"}, "Leaning on the cart."),
        ("flank", {"body": "flank"}, "Straight leg raise negative."),
        ("pain-by-region", {"duration": "days"}, "Some good days in between."),
        ("spondylosis", {"nerve": "myelopathy"}, "Naproxen with food for 13 days."),
        ("vertebral-fracture", {"phase": "initial"}, "Heel and toe walking fine."),
        ("strain-sprain", {"phase": "initial"}, "Active treatment starts today."),
        ("stenosis", {"problem": "stenosis"}, "Lumbar stenosis no neurogenic claudication."),
    ],
)  # fmt: skip
def test_a_phrase_that_does_not_fit_is_found(name, wanted, planted):
    """What belongs to another setting, part of the body, age or illness is named, and only because it was planted."""
    family = read_family(name)
    fitting = [
        drawn
        for drawn in (draw(family, f"n{seed}", codeset.load()) for seed in range(80))
        if Limit({axis: frozenset((value,)) for axis, value in wanted.items()}, {}).allows(
            values_of(drawn.facts)
        )
    ]
    assert fitting
    for drawn in fitting[:3]:
        assert misfits(drawn.text, drawn.facts, family) == []
        assert misfits(f"{drawn.text}\n{planted}", drawn.facts, family), planted


@pytest.mark.parametrize(
    ("name", "wanted", "word"),
    [
        ("vertebral-fracture", {"wound": "open"}, "antibiotic"),
        ("disc-displacement", {"nerve": "myelopathy"}, "surg"),
        ("uncertain", {"infection": "yes", "suspected": "discitis"}, "antibiotic|cultures"),
    ],
)
def test_a_plan_that_is_not_safe_is_found(name, wanted, word):
    """An open fracture without antibiotics, a cord under pressure without a surgeon, an infection untreated."""
    family = read_family(name)
    limit = Limit({axis: frozenset((value,)) for axis, value in wanted.items()}, {})
    drawn = next(
        each
        for each in (draw(family, f"a{seed}", codeset.load()) for seed in range(200))
        if limit.allows(values_of(each.facts))
    )
    text = re.sub(word, "rest", drawn.text, flags=re.IGNORECASE)
    assert any(fault.startswith("always:") for fault in contradictions(text, drawn.facts, family))


def test_no_two_families_share_a_title():
    """Whoever draws from several families does not meet the same title twice."""
    titles = [(title, name) for name in family_names() for _, title in read_family(name).titles]
    seen = [title for title, _ in set(titles)]
    assert len(seen) == len(set(seen))
