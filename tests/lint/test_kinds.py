"""Each kind of item: lint is silent on a sound one and names each fault of a spoiled one."""

import pytest

from grader.lint import lint
from tests.lint.spoiled import write


def test_a_sound_case_of_every_kind_is_clean(tmp_path, codes):
    """Nothing is found where nothing is wrong."""
    assert lint(write(tmp_path), tmp_path, codes) == []


def item(key: dict, name: str) -> dict:
    """One item of the key."""
    return key["items"][name]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda case, key: item(key, "pick").update(correct=["c1", "c2"]), "choosing every option"),
        (lambda case, key: item(key, "pick").update(correct=["c9"]), "the item has no 'c9'"),
        (lambda case, key: item(key, "pick").update(fails={"c1": "red_flag"}), "the item has no 'c1'"),
        (lambda case, key: item(key, "sort")["pairs"].pop("p2"), "every one of the item's must be here once"),
        (lambda case, key: item(key, "sort")["pairs"].update(p2="c7"), "the item has no 'c7'"),
        (lambda case, key: item(key, "steps").update(order=["c1", "c2", "c2"]), "every one of the item's"),
        (lambda case, key: item(key, "claim")["repairs"][0].update(accept=["M54.5 "]), "accepts the value as sent"),
        (lambda case, key: item(key, "claim")["repairs"][0].update(field="box99"), "the item has no 'box99'"),
        (lambda case, key: item(key, "claim")["repairs"][0].update(points=1), "add up to 1"),
        (lambda case, key: item(key, "claim")["wrong"][0].update(field="box21a", value="M5450"), "loses no points"),
        (lambda case, key: item(key, "claim")["wrong"][0].update(error="mistake"), "no error type 'mistake'"),
        (lambda case, key: item(key, "marks")["passages"][0].update(quote="She slipped"), "stands in 0 passages"),
        (lambda case, key: item(key, "marks")["passages"][0].update(quote="The rest"), "stands in 8 passages"),
        (lambda case, key: item(key, "marks").update(neutral=["It aches"]), "loses no points"),
        (lambda case, key: item(key, "audit")["verdicts"][0].update(error=None), "needs its error type"),
        (lambda case, key: item(key, "audit")["verdicts"][0].update(verdict="right", error=None), "not valid on the date"),
        (lambda case, key: item(key, "audit")["missing"][0].update(code="M54.77"), "M54.77 is not valid"),
        (lambda case, key: item(key, "audit")["verdicts"].pop(), "every one of the item's"),
        (lambda case, key: item(key, "query").update(exemplar="Hello."), "its own answer earns 0 of 2"),
        (lambda case, key: item(key, "query").update(exemplar="What is the cause? Do you agree?"), "its own answer is faulted"),
        (lambda case, key: item(key, "query").update(counterexample="What cause?"), "more than half"),
        (lambda case, key: item(key, "query").update(counterexample="Hello."), "no fault is found in it"),
        (lambda case, key: item(key, "query")["rubric"][0].update(need=3), "needs 3 signs and has 1"),
        (lambda case, key: item(key, "query").update(cite="A friend told me"), "none of the sources"),
        (lambda case, key: item(key, "query").update(cite="ICD-10-CM Official Guidelines, Section V.A"), "no section"),
        (lambda case, key: item(key, "query").update(cite="ICD-10-CM Tabular List, M54.77"), "M54.77, which the tabular"),
        (lambda case, key: item(key, "query").update(cite="ICD-10-CM Tabular List, backs"), "names no code"),
        (lambda case, key: case["documents"][0].update(text="Too short."), "they have 2 words together"),
        (lambda case, key: case["documents"][0].update(text="word " * 401), "they have 401 words together"),
        (lambda case, key: case.update(title="A clame on the desk"), "the word 'clame' is not known"),
        (lambda case, key: (case.update(pool="exam"), key["review"].update(status="second-coder")), "is in the exam pool"),
        (lambda case, key: key.update(version=2), "version 2 needs one entry for each version"),
    ],
)  # fmt: skip
def test_each_fault_is_named(tmp_path, codes, change, says):
    """What is wrong is found, in the file and field where it stands."""
    faults = "\n".join(map(str, lint(write(tmp_path, change), tmp_path, codes)))
    assert says in faults and "enc-9001" in faults


def test_the_shown_order_of_steps_is_not_the_right_one(tmp_path, codes):
    """Of the six orders of three steps the one that is shown is refused."""
    orders = [["c1", "c2", "c3"], ["c1", "c3", "c2"], ["c2", "c1", "c3"], ["c2", "c3", "c1"], ["c3", "c1", "c2"], ["c3", "c2", "c1"]]  # fmt: skip
    refused = []
    for number, order in enumerate(orders):
        root = write(
            tmp_path / str(number), lambda case, key, order=order: item(key, "steps").update(order=order)
        )
        refused += [order for fault in lint(root, root, codes) if "shown in the right order" in str(fault)]
    assert len(refused) == 1


def test_a_corrected_key_says_what_changed(tmp_path, codes):
    """A second version with its entry is clean."""
    entry = {"version": 2, "date": "2026-12-01", "what": "The side was wrong."}
    root = write(tmp_path, lambda case, key: key.update(version=2, changes=[entry]))
    assert lint(root, root, codes) == []


def test_two_cases_with_one_title_are_named(tmp_path, codes):
    """A title belongs to one case."""
    write(tmp_path)

    def second(case, key):
        case.update(id="enc-9002")
        key.update(case="enc-9002", canary="0b0f7a52-8a3e-4c39-9a3b-1df0a1c2f002")

    faults = "\n".join(map(str, lint(write(tmp_path, second), tmp_path, codes)))
    assert "has the same title" in faults


def test_words_of_the_library_are_known(tmp_path, codes):
    """A word in words.txt is right, whatever English says; a comment adds none."""
    write(tmp_path, lambda case, key: case.update(title="A frobnicated claim"))
    assert "frobnicated" in "\n".join(map(str, lint(tmp_path, tmp_path, codes)))
    (tmp_path / "words.txt").write_text("# frobnicated\n")
    assert "frobnicated" in "\n".join(map(str, lint(tmp_path, tmp_path, codes)))
    (tmp_path / "words.txt").write_text("frobnicated\n")
    assert lint(tmp_path, tmp_path, codes) == []
