"""Figures of questions and forms."""

from __future__ import annotations

import numpy as np
import pytest

from grader.decision.explained import figures as explained
from grader.decision.explained import form_figures
from grader.decision.figures import Response, counted, form_difficulties, item_figures, sureness
from grader.decision.judged import FAILURES, Judged
from grader.decision.report import families_of
from grader.decision.statistics import ENOUGH, Counted
from grader.exam.folder import ExamFolder
from grader.exam.forms import FormEntry
from grader.family.draw import draw
from grader.family.source import read_family
from grader.family.writing import key_text
from tests.conftest import ROOT


def right(group: str, share: float, **other) -> Response:
    """Return an answer to a question worth one point."""
    return Response(group, "assign-codes", 1.0, share, **other)


def test_questions_come_with_difficulty_and_mistakes_the_hardest_first():
    """Mean share, blanks and mistakes of each question, whichever forms it is in."""
    forms = [
        [right("a", 1.0), right("b", 0.0, errors=("missing",))],
        [right("a", 0.5), right("c", 1.0)],
        [right("b", 0.0, blank=True), right("c", 1.0)],
    ]
    hardest, middle, easiest = item_figures(forms)
    assert (hardest.group, hardest.difficulty, hardest.blank, dict(hardest.errors)) == (
        "b",
        0.0,
        1,
        {"missing": 1},
    )
    assert (middle.group, middle.difficulty) == ("a", 0.75)
    assert (easiest.group, easiest.count) == ("c", 2)


@pytest.mark.parametrize(("people", "told"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_discrimination_needs_enough_answers(people, told):
    """With thirty answers the correlation with the rest is told, with fewer it is not."""
    rng = np.random.default_rng(1)
    abilities = rng.uniform(0, 1, people)
    forms = [
        [right("good", float(a > 0.5)), *(right(f"r{n}", float(a)) for n in range(4))] for a in abilities
    ]
    good = next(item for item in item_figures(forms) if item.group == "good")
    assert (good.discrimination is not None) is told
    if told:
        assert good.discrimination > 0.6


def test_a_question_does_not_count_in_its_own_rest():
    """An answer alone in a form has no rest: no correlation with itself is told."""
    assert item_figures([[right("a", float(n % 2))] for n in range(50)])[0].discrimination is None


def test_forms_are_as_hard_as_others_find_their_questions():
    """Own answers are left out, and forms whose questions few have answered."""
    forms = [[right("easy", 1.0), right("hard", 0.0)] for _ in range(7)] + [
        [right("easy", 0.0), right("new", 0.0)]
    ]
    hard = form_difficulties(forms)
    assert len(hard) == 7
    assert hard[0] == pytest.approx((6 / 7 + 0) / 2)


def test_the_codes_of_a_failed_case_are_missed_in_statistics_too():
    """Statistics rest on the same count as decisions, case by case, in the order of the strata given."""
    cells = [
        Judged("b", "codes", "assign-codes", 8.0, 8.0, False, 2, 2, 1),
        Judged("a", "codes", "assign-codes", 8.0, 8.0, False, 3, 3),
        Judged("a", "next", "choice", 2.0, 0.0, failed=(FAILURES["red_flag"],)),
    ]
    assert counted(cells, {"a": "1", "b": "2"}) == Counted((0.0, 2.0), (3.0, 3.0), ("1", "2"))
    assert counted(cells[2:], {"a": "1"}) is None


def people(number: int) -> list[Counted]:
    """Draw people who differ, each with twenty cases."""
    rng = np.random.default_rng(5)
    return [
        Counted(tuple(rng.binomial(4, ability, 20).astype(float)), (4.0,) * 20)
        for ability in rng.uniform(0.7, 0.99, number)
    ]


def test_too_few_sittings_tell_nothing():
    """Of twenty-nine sittings no figure is told; of thirty every figure is, with its meaning."""
    few, many = sureness(people(ENOUGH - 1), 0.95), sureness(people(ENOUGH), 0.95)
    assert not few.enough and few.mean is None and explained(few, "95 %") == ()
    assert many.enough and 0.3 < many.reliable < 1
    names = [figure.name for figure in explained(many, "95 %")]
    assert names[:3] == ["Mean share of codes", "Spread", "Reliability"]
    assert {"Decision consistency", "False passes", "False fails"} <= set(names)
    assert all(figure.meaning for figure in explained(many, "95 %"))


def test_forms_that_differ_are_told():
    """Equal forms show one number, others the least and the most."""
    forms = [FormEntry(f"f{n}", f"t{n}", "N", "", 1, 74.0, ("a", "b")) for n in range(2)]
    assert [figure.value for figure in form_figures(forms, ())] == ["74", "2"]
    forms.append(FormEntry("f9", "t9", "N", "", 1, 70.0, ("a", "b", "c")))
    assert [figure.value for figure in form_figures(forms, (0.8, 0.9))] == [
        "70 to 74",
        "2 to 3",
        "80.0 to 90.0 %",
    ]
    assert form_figures((), ())[0].value == "–"


def test_draws_are_counted_with_their_family(tmp_path, codes):
    """The key of a drawn case names its family; that of another case names none."""
    folder = ExamFolder(tmp_path)
    drawn = draw(read_family("sciatica", ROOT / "cases" / "families"), "seed", codes, "exam")
    for name, text in ((drawn.case["id"], key_text(drawn.key)), ("enc-0014", "case: enc-0014\n")):
        (folder.keys / name).mkdir(parents=True)
        (folder.keys / name / "key.yml").write_text(text)
    assert families_of(folder) == {drawn.case["id"]: "sciatica"}
