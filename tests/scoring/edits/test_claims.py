"""Labelled claims: every rule speaks where it must and stays silent where it must."""

from collections import Counter

import pytest

from grader.scoring.edits import check_codes
from grader.scoring.edits.kinds import KINDS
from tests.scoring.edits.claims import LabelledClaim, labelled_claims

CLAIMS = list(labelled_claims())


def faults(codes, claim: LabelledClaim):
    """The errors and warnings on a claim."""
    found = check_codes(claim.codes, claim.on, codes, claim.care, claim.encounter)
    return [finding for finding in found if finding.severity in ("error", "warning")]


@pytest.mark.parametrize("claim", [c for c in CLAIMS if c.expect], ids=lambda claim: claim.id)
def test_each_fault_is_found_and_no_other(codes, claim):
    """A claim with faults brings exactly the findings that the official rules support."""
    found = faults(codes, claim)
    for kinds, concerned in claim.expect:
        assert any(f.kind in kinds and concerned & set(f.subject) for f in found), (
            kinds,
            concerned,
            claim.why,
        )
    for finding in found:
        wanted = [concerned for kinds, concerned in claim.expect if finding.kind in kinds]
        assert any(concerned & set(finding.subject) for concerned in wanted), (finding, claim.why)


@pytest.mark.parametrize("claim", [c for c in CLAIMS if not c.expect], ids=lambda claim: claim.id)
def test_a_clean_claim_brings_no_false_alarm(codes, claim):
    """A clean claim brings neither error nor warning."""
    assert faults(codes, claim) == [], claim.why


def test_there_are_enough_claims_of_each_sort():
    """At least 200 claims with faults and as many clean ones, and every kind of fault among them."""
    kinds = Counter(kind for claim in CLAIMS for each, _ in claim.expect for kind in each)
    assert sum(bool(claim.expect) for claim in CLAIMS) >= 200
    assert sum(not claim.expect for claim in CLAIMS) >= 200
    advice_only = {"code_also"}
    assert {kind.name for kind in KINDS} - advice_only == set(kinds)


def test_every_finding_has_a_sentence_a_citation_and_a_known_kind(codes):
    """No finding on any labelled claim is without words, without its rule, or of a kind that the glossary lacks."""
    names = {kind.name for kind in KINDS}
    for claim in CLAIMS:
        for found in check_codes(claim.codes, claim.on, codes, claim.care, claim.encounter):
            assert found.message.endswith((".", "”", ")")) and found.cite and found.kind in names, found
            assert set(found.subject) <= set(claim.codes) and found.subject
            assert not found.from_key and found.severity in ("error", "warning", "advice")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_glossary_example_brings_its_kind(codes, kind):
    """Each example in the glossary of findings is what it says."""
    example = kind.example
    found = check_codes(example.codes, example.on, codes, example.care, example.encounter)
    assert kind.name in {finding.kind for finding in found}
