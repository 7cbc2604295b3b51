"""The study as a whole: the same bytes for the same seed, and a card that the page can be made from."""

import json

from grader.cohort.card import Card
from grader.cohort.study import OTHER_SEEDS, study
from grader.cohort.summary import summary
from grader.cohort.trainee import COHORTS


def test_a_study_gives_the_same_bytes_every_time(world):
    """Card and summary of a small cohort: the same twice, whole, and with every cohort named."""
    once, twice = (json.dumps(study(world, 20, 1, lambda line: None)) for _ in range(2))
    assert once == twice
    found = json.loads(once)
    card = Card.model_validate({"schema": "cohort/1", "blueprint": "0" * 64, "pool": "f" * 64, **found})
    assert card.trainees == 20 and set(card.cohorts) == set(COHORTS) and card.encounters == 8
    whole = card.parts["finishers"]
    assert len(whole.seeds) == 1 + OTHER_SEEDS and whole.together.wrong.of == 20 * len(whole.seeds)
    assert sum(each.passed.of for each in whole.bins) == whole.together.wrong.of
    assert [each.encounters for each in whole.lengths] == sorted(each.encounters for each in whole.lengths)
    told = summary(found)
    assert "8 encounters" in told and all(name in told for name in ("Ready, or not yet", "All who finish"))
