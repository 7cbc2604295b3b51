"""Near-duplicates: found among many, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.family.similarity import jaccard, near_duplicates, shingles

WORDS = [f"word{i}" for i in range(400)]


def text(start: int, length: int = 120) -> str:
    """Words that no other start shares in the same order."""
    return " ".join(WORDS[(start * 37 + i * (start + 1)) % 400] for i in range(length))


def test_nearly_the_same_is_found_and_different_is_not():
    """One word changed in a hundred is a near-duplicate; another text is none."""
    words = text(1).split()
    changed = " ".join([*words[:60], "other", *words[61:]])
    assert near_duplicates([text(1), text(2), changed, text(3)]) == [(0, 2)]
    assert near_duplicates([text(1), text(1)]) == [(0, 1)]
    assert near_duplicates([]) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), max_size=40))
def test_similarity_is_a_share(one, other):
    """Between 0 and 1, the same both ways, and 1 for a text with itself."""
    first, second = shingles(" ".join(one)), shingles(" ".join(other))
    assert 0 <= jaccard(first, second) == jaccard(second, first) <= 1
    assert jaccard(first, first) == 1
