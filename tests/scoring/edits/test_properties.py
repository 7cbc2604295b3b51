"""What holds for any claim whatever its codes."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader import codeset
from grader.codeset.tabular import with_seventh
from grader.scoring.edits import check_codes
from tests.scoring.edits.claims import labelled_claims

CODES = codeset.load()
ON = date(2026, 11, 2)
_SEEN = sorted({code for claim in labelled_claims() for code in claim.codes})
_LEAVES = [entry.code for entry in CODES.entries() if entry.leaf]


def complete(code: str, pick: int) -> str:
    """A code with one of its 7th characters, where it takes any."""
    allowed = sorted(CODES.seventh_characters(code))
    return with_seventh(code, allowed[pick % len(allowed)]) if allowed else code


any_code = st.one_of(
    st.sampled_from(_SEEN),
    st.builds(complete, st.sampled_from(_LEAVES), st.integers(0, 20)),
    st.text("ABMSZ0123456789.X", min_size=1, max_size=8),
)
claims = st.lists(any_code, max_size=8)
encounters = st.sampled_from([None, "initial", "subsequent", "sequela"])
cares = st.sampled_from(["outpatient", "inpatient"])


def errors(reported, care, encounter):
    """The errors on a claim as kinds with the codes concerned."""
    found = check_codes(reported, ON, CODES, care, encounter)
    return {(each.kind, frozenset(each.subject)) for each in found if each.severity == "error"}


@settings(max_examples=300, deadline=None)
@given(claims, any_code, cares, encounters)
def test_one_more_code_never_hides_an_error_about_the_others(reported, extra, care, encounter):
    """Adding a code at the end removes no error."""
    before = errors(reported, care, encounter)
    after = errors([*reported, extra], care, encounter)
    for kind, concerned in before:
        assert any(k == kind and concerned <= c for k, c in after), (kind, concerned)


@settings(max_examples=200, deadline=None)
@given(st.data(), claims, cares, encounters)
def test_order_matters_only_where_the_rule_says_so(data, reported, care, encounter):
    """The same codes in another order bring the same errors and warnings, but for those about order and cause."""
    other = data.draw(st.permutations(reported))
    of_order = {"sequence", "code_first"}

    def apart_from_order(codes):
        found = check_codes(codes, ON, CODES, care, encounter)
        return {
            (each.kind, frozenset(each.subject), each.severity)
            for each in found
            if each.kind not in of_order and each.severity != "advice"
        }

    assert apart_from_order(reported) == apart_from_order(other)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=12) | any_code, max_size=6))
@example(["Z3A.09", "."])  # a dot alone beside the weeks of pregnancy once ended the check
def test_any_text_at_all_is_answered(reported):
    """Nonsense, alone or among codes, brings findings about the codes as typed, never an exception."""
    found = check_codes(reported, ON, CODES)
    assert {code for each in found for code in each.subject} <= set(reported)


@settings(max_examples=200, deadline=None)
@given(claims, cares, encounters)
def test_a_claim_is_answered_the_same_each_time(reported, care, encounter):
    """Nothing is remembered from one claim to the next."""
    assert check_codes(reported, ON, CODES, care, encounter) == check_codes(
        reported, ON, CODES, care, encounter
    )
