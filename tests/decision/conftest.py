"""One small exam that several tests read."""

from __future__ import annotations

import pytest

from grader.answers import CodesAnswer
from grader.grading.course import Course
from tests.decision.made import Person, make_exam, wrong_codes


def leave_out(*names: str):
    """Return a change that leaves some answers out."""
    return lambda answers: [answers.pop(name) for name in names]


PEOPLE = {
    "passes": Person("trainee-1"),
    "misses the mark": Person("trainee-2", wrong_codes("enc-0014"), name="<b>Bo & Co</b>"),
    "invalid code": Person(
        "trainee-3", lambda answers: answers.update({"enc-0128/codes": CodesAnswer(("M54.5",))}), name="Cy"
    ),
    "waits": Person("trainee-4", confirmed=None, name="Di"),
    "too long": Person("trainee-5", minutes=63, name="Ed"),
    "absent": Person("trainee-6", None, name="Fa"),
    "blank": Person("trainee-7", leave_out("enc-0063/codes"), name="Gi"),
    "no record": Person("trainee-8", record=False, name="Ha"),
}


@pytest.fixture(scope="session")
def exam(tmp_path_factory) -> Course:
    """An exam that people sat in all ways."""
    return make_exam(tmp_path_factory.mktemp("exam") / "class", *PEOPLE.values())
