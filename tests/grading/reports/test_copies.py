"""Notes that several wrote alike."""

from grader.grading.reports.copies import NAMED, Copies


def test_the_same_note_is_found_and_another_is_not():
    """Same item and same words make a group; the same words on another item, or a note of one's own, do not."""
    copies = Copies()
    for item, digest, trainee in [
        ("a/note", "x", "bo"), ("a/note", "x", "ana"), ("b/note", "x", "cy"), ("a/note", "y", "di"),
    ]:  # fmt: skip
        copies.add(item, digest, trainee)
    (group,) = copies.groups(10)
    assert (group.item, group.trainees, group.count) == ("a/note", ("ana", "bo"), 2) and copies.count() == 1
    copies.close()


def test_large_groups_come_first_and_are_cut_with_their_number():
    """Of many who wrote the same only the first are named, and of many groups only the largest; the rest is counted."""
    copies = Copies()
    for place in range(100):
        copies.add("a/note", "x", f"t{place:03}")
        copies.add("b/note", f"{place // 2}", f"t\udcff{place:03}")
    first, second = copies.groups(2)
    assert first.count == 100 and first.trainees == tuple(f"t{place:03}" for place in range(NAMED))
    assert second.count == 2 and second.trainees[0].startswith("t\udcff") and copies.count() == 51


def test_of_nobody_there_are_no_groups():
    """An empty class has no copies."""
    assert not list(Copies().groups(5)) and Copies().count() == 0
