"""Family files: read, or refused with file, field and remedy."""

import shutil

import pytest
import yaml

from grader.errors import CaseFileError, NotFoundError
from grader.family.source import FAMILIES, Limit, family_names, read_family


@pytest.fixture
def folder(tmp_path):
    """A folder with one family to spoil."""
    for name in ("_shared.yml", "sciatica.yml"):
        shutil.copy(FAMILIES / name, tmp_path)
    return tmp_path


def spoil(folder, change):
    """Change the family's file."""
    path = folder / "sciatica.yml"
    data = yaml.safe_load(path.read_text())
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False))


def test_an_unknown_family_is_answered_with_those_that_exist():
    """The error lists every name."""
    with pytest.raises(NotFoundError, match=r"no family 'lumbgo'.*sciatica"):
        read_family("lumbgo")


def test_there_are_enough_families():
    """At least twelve, each with at least three forms and four neutral titles."""
    assert len(family_names()) >= 12
    assert all(len(read_family(name).forms) >= 3 for name in family_names())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.pop("skills"), "skills"),
        (lambda f: f.update(forms=["office", "terse", "haiku"]), "haiku"),
        (lambda f: f.update(titles=[]), "titles"),
        (lambda f: f.update(forms=["office", "terse", {"value": "haiku"}]), "haiku"),
        (lambda f: f["axes"].update(side=["up"]), "axes.side"),
        (lambda f: f["phrases"].update(story=[]), "phrases.story"),
        (lambda f: f.update(colour="red"), "colour"),
    ],
)
def test_a_wrong_file_names_field_and_remedy(folder, change, says):
    """The author is told where to look."""
    spoil(folder, change)
    with pytest.raises(CaseFileError, match="sciatica") as caught:
        read_family("sciatica", folder)
    assert says in str(caught.value)


def test_conditions():
    """Every axis of `when`, not all of `unless`, and one of several conditions is enough."""
    limit = Limit({"side": frozenset(("right",))}, {"care": frozenset(("inpatient",))})
    assert limit.allows({"side": "right", "care": "outpatient"})
    assert not limit.allows({"side": "left", "care": "outpatient"})
    assert not limit.allows({"side": "right", "care": "inpatient"})
    assert Limit({"managed": frozenset(("diabetes",))}, {}).allows({"managed": "diabetes + hypertension"})
