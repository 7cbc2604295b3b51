"""G89: when it is added, and when it comes first (I.C.6.b)."""


def test_chronic_pain_comes_first_for_pain_control_only(coded):
    """I.C.6.b.1.b: the site first for evaluation, the pain first for its control."""
    assert coded(problem="pain", pain_term="chronic", purpose="evaluation").codes == ("M54.50", "G89.29")
    assert coded(problem="pain", pain_term="chronic", purpose="pain control").codes == ("G89.29", "M54.50")
    assert coded(problem="pain", pain_term="syndrome", purpose="pain control").codes == ("G89.4", "M54.50")


def test_months_are_not_chronic(coded):
    """No G89 without the provider's word."""
    assert coded(problem="pain", duration="months").codes == ("M54.50",)


def test_a_known_cause_that_is_treated_leaves_g89_out(coded):
    """I.C.6.b.1.a: the cause alone when it is treated, G89 before it when the pain is controlled."""
    known = {"problem": "spondylosis", "region": "lumbar", "pain_term": "chronic"}
    assert coded(**known, purpose="evaluation").codes == ("M47.816",)
    assert coded(**known, purpose="pain control").codes == ("G89.29", "M47.816")


def test_the_site_alone_earns_part(coded):
    """Where G89 only adds the word chronic, the site alone is an answer for part of the points; not for pain control."""
    (other,) = coded(problem="pain", pain_term="chronic", purpose="evaluation").others
    assert other.codes == ("M54.50",) and 0 < other.credit < 1
    assert coded(problem="pain", pain_term="chronic", purpose="pain control").others == ()


def test_long_term_opioids_are_added(coded):
    """Z79.891 where the provider manages them, and only there."""
    values = {"problem": "pain", "pain_term": "chronic", "purpose": "pain control"}
    assert coded(**values, opioid="long term").codes == ("G89.29", "M54.50", "Z79.891")
    assert "Z79.891" not in coded(**values).codes
