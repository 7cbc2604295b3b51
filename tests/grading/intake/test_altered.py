"""Changes of a notebook are counted, whatever stands in it; see also the table in ``test_submission``."""

import json

from hypothesis import given
from hypothesis import strategies as st

from grader.grading.intake.altered import altered
from tests.grading.intake.handing_in import RELEASED, executed, graded

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    JSON, st.sampled_from(["cells", "metadata", "cell", "cell metadata", "mark", "source", "kernel", "name"])
)
def test_no_notebook_whatever_upsets_the_comparison(value, place):
    """Whatever stands in the place of a part of the notebook, one sentence or none comes of it."""
    notebook = executed()
    cell = graded(notebook)[0]
    holder, key = {
        "cells": (notebook, "cells"),
        "metadata": (notebook, "metadata"),
        "cell": (notebook["cells"], 0),
        "cell metadata": (cell, "metadata"),
        "mark": (cell["metadata"], "nbgrader"),
        "source": (cell, "source"),
        "kernel": (notebook["metadata"], "kernelspec"),
        "name": (cell["metadata"]["nbgrader"], "grade_id"),
    }[place]
    holder[key] = value
    told = altered(json.dumps(notebook).encode(), RELEASED)
    assert told == "" or (
        told.startswith("The ") and told.endswith("; the released one was graded.") and len(told) < 300
    )
