"""Diagnoses that are not established: II.H for a stay, IV.H for everybody else."""

import pytest

SUSPECTED = {"problem": "pain", "region": "lumbar", "suspected": "osteomyelitis"}


@pytest.mark.parametrize("word", ["probable", "suspected", "likely", "possible", "consistent with"])
def test_the_setting_decides(coded, word):
    """The symptom for an outpatient, the diagnosis after a stay."""
    assert coded(**SUSPECTED, certainty=word).codes == ("M54.50",)
    assert coded(**SUSPECTED, certainty=word, care="inpatient").codes == ("M46.26",)


@pytest.mark.parametrize("care", ["outpatient", "inpatient"])
def test_ruled_out_is_never_coded_and_confirmed_always(coded, care):
    """What is not there is coded nowhere; what is certain everywhere."""
    assert coded(**SUSPECTED, certainty="ruled out", care=care).codes == ("M54.50",)
    assert coded(**SUSPECTED, certainty="confirmed", care=care).codes == ("M46.26",)


def test_the_reason_names_the_word_of_doubt(coded):
    """A code that stands for a doubtful diagnosis says so and cites II.H."""
    (line,) = coded(**SUSPECTED, certainty="probable", care="inpatient").expected
    assert "probable" in line.why and "II.H" in line.cite
