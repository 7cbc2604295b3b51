"""Training gives the model that is shipped, byte for byte, and a model learns what its notes teach."""

from pathlib import Path

from grader.evaluation.corpus import read_corpus
from grader.evaluation.heldout import model_bytes
from grader.evaluation.samples import samples
from grader.evaluation.training import train
from grader.scoring.documentation import model as module
from grader.scoring.documentation.find import find_elements
from grader.scoring.documentation.model import Model
from tests.conftest import ROOT

NOTES = ROOT / "tests" / "data" / "notes"


def test_the_shipped_model_is_what_training_gives() -> None:
    """The same notes give the same file, so that nobody has to trust a file whose origin is unknown."""
    shipped = Path(module.__file__).with_name("model.json").read_bytes()
    assert model_bytes(train(samples(read_corpus(NOTES)))) == shipped


def test_a_few_writers_teach_what_they_state() -> None:
    """A model of three writers finds plain statements, and does not find what is not there."""
    notes = [note for note in read_corpus(NOTES) if note.writer in ("p22", "p23", "w1")]
    model = Model.from_data(train(samples(notes)))
    chart = notes[0].chart
    found = find_elements("Back pain rated 5/10. Follow-up in two weeks.", chart.facts, chart.absent, model)
    assert found["severity"].state != "absent" and found["followup"].state != "absent"
    assert found["rom"].state == found["palpation"].state == "absent"


def test_evidence_is_laid_over_the_clauses_that_hold_it() -> None:
    """Each marked quotation is found in a clause of its note."""
    read = samples([note for note in read_corpus(NOTES) if note.writer == "w1"])
    marked = sum(len({e.element for e in sample.note.evidence}) for sample in read)
    laid = sum(len({e for states in sample.states for e in states}) for sample in read)
    assert laid > 0.98 * marked
