"""Which files of tests are run first."""

# They take long, the longest first.  Several processes share the files, and one that starts late has the others wait for it.
LONG = (
    "browser/test_book.py",
    "grading/test_run.py",
    "browser/test_kinds.py",
    "grading/test_parity.py",
    "grading/test_cluster.py",
    "browser/test_formgrader.py",
    "browser/test_reader.py",
    "grading/test_workers.py",
    "grading/test_sandbox.py",
    "browser/test_exam.py",
    "browser/test_weight.py",
    "leaks/test_leaks.py",
    "browser/test_lab.py",
    "evaluation/test_training.py",
    "site/test_printing.py",
    "browser/test_verify.py",
    "benchmarks/test_grading.py",
)


def place(path: str) -> int:
    """Return the place of a file, given under ``tests``, among all: those that take no longer than others come last, as they are."""
    return LONG.index(path) if path in LONG else len(LONG)
