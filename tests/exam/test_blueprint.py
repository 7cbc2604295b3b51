"""Reading blueprints: what cannot all be meant is refused in words."""

from __future__ import annotations

import pytest

from grader.errors import BlueprintFileError
from grader.exam.blueprint import load_blueprint
from grader.exam.content import Bounds
from tests.conftest import ROOT
from tests.exam.changed import written

SHIPPED = ("certification", "sample-exam")


def refusal(tmp_path, field, value) -> str:
    """Return what is said of the short blueprint with one field changed."""
    path = written(tmp_path / "blueprint.yml", (field, value))
    with pytest.raises(BlueprintFileError) as error:
        load_blueprint(path)
    return str(error.value)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_blueprints_that_ship_are_sound(name):
    """Each can be read, stands in the folder of its name, and says how forms are drawn."""
    blueprint = load_blueprint(ROOT / "exercises" / name / "blueprint.yml")
    assert blueprint.id == name and blueprint.content is not None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("content.difficulty", {1: 1, 2: 4}, "it counts 5 encounters and the parts together 8"),
        ("content.parts.1.name", "a message", "two parts have the same name"),
        ("content.parts.0.each", 1, "comes from the library, which has no families"),
        ("content.parts.3.kinds", ["denial"], "families give encounters to code alone"),
        ("content.kinds.choice", {"min": 3, "max": 2}, "its max is less than its min"),
        ("content.parts.4.each", {"min": 3, "max": 2}, "its max is less than its min"),
        ("content.skills", {"juggling": 1}, "the course has no skill 'juggling'"),
        ("content.kinds", {"essay": 1}, "content.kinds.essay"),
        ("content.kinds.message", {"max": 1}, "a form need not have a note or a message"),
        ("content.kinds.claim-repair", {"max": 1}, "a form need not have any question but codes"),
        ("window.closes", "2025-01-01T00:00:00+00:00", "the exam closes before it opens"),
        ("time.warnings", [90], "a warning comes before the 60 minutes begin"),
        ("id", "an-exam-with-a-name-that-is-too-long", "it has more than 31 letters"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(tmp_path, field, value, said):
    """The message names the file and what is wrong, and ends with what to do."""
    message = refusal(tmp_path, field, value)
    assert said in message and "blueprint.yml: " in message


def test_an_exam_that_is_made_in_another_way_has_no_content(tmp_path):
    """The part about content may be left out: not every exam is drawn from the pool."""
    path = written(tmp_path / "blueprint.yml", ("content", None), ("renews", {"exams": ["certification"]}))
    assert load_blueprint(path).content is None


def test_a_plain_number_bounds_exactly():
    """``message: 2`` asks for neither more nor less, and other bounds stay as they are."""
    assert Bounds.model_validate(2) == Bounds(min=2, max=2)
    assert Bounds.model_validate({"max": 3}) == Bounds(min=0, max=3)
