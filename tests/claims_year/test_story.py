"""The story is in the data: what the lesson says in words holds in its year, and in many years together."""

import pytest

from grader.claims_year import findings, generate, story
from grader.claims_year.findings import pair
from grader.claims_year.rates import at_mix

MANY = range(1, 7)


@pytest.fixture(scope="module", params=["the lesson's year", "many years"])
def year(request, claims):
    """The year of the lesson, and several others taken together: a single one may have its own luck."""
    if request.param == "many years":
        return [claim for seed in MANY for claim in generate(seed)]
    return claims


def test_what_was_aimed_at_falls(year):
    """Denials for missing information and rejections for old codes fall by more than chance."""
    pairs = {each.name: each for each in findings.reasons_before_and_after(year)}
    assert all(pairs[reason].fell for reason in story.AIMED_AT)


def test_what_was_not_aimed_at_stays(year):
    """No other reason falls or rises beyond chance."""
    pairs = findings.reasons_before_and_after(year)
    assert not [each.name for each in pairs if each.name not in story.AIMED_AT and (each.fell or each.rose)]


def test_plan_b_is_different(year):
    """Plan B misses information as before; the other payers together miss less."""
    of_b = [claim for claim in year if claim.payer == story.PLAN_B]
    others = [claim for claim in year if claim.payer != story.PLAN_B]
    b = pair("", of_b, findings.missing)
    assert not b.fell and pair("", others, findings.missing).fell
    assert b.after.per_hundred > 5


def test_the_mix_of_payers_exaggerates_the_fall(year):
    """With the payers' old parts the fall is smaller than it looks, and still a fall."""
    rows = findings.groups_before_and_after(year, lambda claim: claim.payer, findings.missing)
    then, now = {each.name: each.before for each in rows}, {each.name: each.after for each in rows}
    raw = pair("", year, findings.missing)
    assert raw.after.per_hundred + 0.5 < at_mix(now, then) < raw.before.per_hundred - 0.5


def test_m549_falls_for_one_clinician_with_the_notes_and_stays_for_another(year):
    """Clinician 3 writes fuller notes and M54.9 less often; Clinician 5 keeps using it, with complete notes."""
    rows = findings.groups_before_and_after(year, lambda claim: claim.clinician, findings.unspecified)
    assert [each.name for each in rows if each.fell or each.rose] == ["Clinician 3"]
    third, fifth = (
        [claim for claim in year if claim.clinician == name] for name in ("Clinician 3", "Clinician 5")
    )
    complete = pair("", third, lambda claim: claim.complete)
    assert complete.rose and complete.before.per_hundred < 30
    shares = {each.name: each.after.per_hundred for each in rows}
    assert max(shares, key=shares.__getitem__) == "Clinician 5"
    assert (
        pair("", fifth, lambda claim: claim.complete).after.per_hundred > 65 and len(fifth) < len(year) / 10
    )


def test_it_is_the_note_and_not_the_code(year):
    """Thin notes come back more often than complete ones, with M54.9 and without."""
    rates = findings.missing_by_note(year)
    for unspecified in (True, False):
        assert rates[False, unspecified].per_hundred > 2 * rates[True, unspecified].per_hundred
    assert rates[True, True].overlaps(rates[True, False])
