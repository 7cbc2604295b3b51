"""Reading ``blueprint.yml``: what an exam asks, for how long, what passes, and what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from grader.errors import BlueprintFileError
from grader.exam.content import Content, Count, Share
from grader.library.case import Name, Text
from grader.library.files import FileModel, read_model


class Time(FileModel):
    """How long a sitting lasts, in minutes, and what becomes of work after that.

    ``grace`` minutes more pass without consequence; after them a sitting is ``void`` or is counted all the same.
    """

    minutes: Annotated[int, Field(ge=5, le=600)]
    warnings: tuple[Annotated[int, Field(gt=0)], ...] = (30, 10, 5)
    grace: Annotated[int, Field(ge=0, le=60)] = 2
    over: Literal["void", "count"] = "void"


class Window(FileModel):
    """Between which two moments the exam can be sat; times carry their offset from UTC."""

    opens: AwareDatetime
    closes: AwareDatetime
    late: Literal["void", "count"] = "void"


class Standard(FileModel):
    """What a sitting has to reach: shares from 0 to 1, and how many cases may fail automatically, by reason.

    ``documentation`` is the share of points of notes and messages, ``tasks`` that of all questions that are neither codes
    nor words of one's own; None where the exam has no such question or does not ask for it.
    """

    codes: Share = 0.95
    first_listed: Share = 0.95
    documentation: Share | None = None
    tasks: Share | None = None
    uncertain_dx: Count = 0
    medical_necessity: Count = 0
    red_flag: Count = 0
    invalid_code: Count = 0


class Retake(FileModel):
    """How long to wait after a failed sitting, how often an exam can be sat, and how much of a new form must be new."""

    wait_days: Annotated[int, Field(ge=0, le=730)] = 14
    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    new: Share = 0.75


class Award(FileModel):
    """What a passed sitting earns."""

    name: Text
    description: Text
    months: Annotated[int, Field(ge=1, le=120)] = 24


class Renews(FileModel):
    """Whose certificates an exam renews, and how many months after its end a certificate can still be renewed."""

    exams: Annotated[tuple[Name, ...], Field(min_length=1)]
    lapsed_months: Annotated[int, Field(ge=0, le=60)] = 12


class BlueprintFile(FileModel):
    """A whole ``blueprint.yml``; it has ``content``, which forms are drawn by, or it renews certificates of other exams."""

    schema_: Annotated[Literal["exam/1"], Field(alias="schema")]
    id: Name
    title: Text
    introduction: Text
    time: Time
    window: Window
    standard: Standard
    retake: Retake
    award: Award
    content: Content | None = None
    renews: Renews | None = None


def load_blueprint(path: Path) -> BlueprintFile:
    """Read a ``blueprint.yml``.

    Raises
    ------
    BlueprintFileError
        Names the file, the field and what to do.
    """
    blueprint = read_model(path, BlueprintFile, BlueprintFileError)
    for field, problem, remedy in _contradictions(blueprint):
        raise BlueprintFileError(path, field, problem, remedy)
    return blueprint


_LONGEST_ID = 31
"""A form is named ``<exam>-<8 letters>``, and an assignment has 40 letters at most."""
_WRITTEN = ("documentation", "message")


def _contradictions(blueprint: BlueprintFile) -> Iterator[tuple[str, str, str]]:
    """Yield field, problem and remedy of what cannot all be meant."""
    if len(blueprint.id) > _LONGEST_ID:
        yield "id", f"it has more than {_LONGEST_ID} letters", "Choose a shorter one"
    if blueprint.window.closes <= blueprint.window.opens:
        yield "window.closes", "the exam closes before it opens", "Correct one of the two times"
    if any(warning >= blueprint.time.minutes for warning in blueprint.time.warnings):
        problem = f"a warning comes before the {blueprint.time.minutes} minutes begin"
        yield "time.warnings", problem, "Give minutes that are left, fewer than there are"
    if (blueprint.content is None) == (blueprint.renews is None):
        problem = "an exam says what its forms hold (content) or whose certificates it renews (renews), one of the two"
        yield "content", problem, "Write it as the exams that ship do"
    if blueprint.content is not None:
        yield from _of_content(blueprint.content)
        yield from _of_standard(blueprint.standard, blueprint.content)


def _of_content(content: Content) -> Iterator[tuple[str, str, str]]:
    by_difficulty = sum(content.difficulty.values())
    if by_difficulty != content.count:
        problem = f"it counts {by_difficulty} encounters and the parts together {content.count}"
        yield "content.difficulty", problem, "Make the two the same"
    names = [part.name for part in content.parts]
    if len(set(names)) < len(names):
        yield "content.parts", "two parts have the same name", "Give each a name of its own"
    for place, part in enumerate(content.parts):
        where = f"content.parts.{place}"
        if part.source == "library" and (part.families or part.each):
            yield where, f"{part.name} comes from the library, which has no families", "Write from: families"
        if part.source == "families" and part.kinds and part.kinds != ("coding",):
            yield f"{where}.kinds", "families give encounters to code alone", "Take the others from: library"
    bounds = {f"kinds.{name}": each for name, each in content.kinds.items()}
    bounds |= {f"skills.{name}": each for name, each in content.skills.items()}
    bounds |= {f"parts.{place}.each": part.each for place, part in enumerate(content.parts) if part.each}
    for name, each in bounds.items():
        if each.max is not None and each.max < each.min:
            yield f"content.{name}", "its max is less than its min", "Correct one of the two"


def _of_standard(standard: Standard, content: Content) -> Iterator[tuple[str, str, str]]:
    """A share of points that not every form has would be decided by chance."""
    sure = {kind for kind, bounds in content.kinds.items() if bounds.min}
    rest = sure.difference(_WRITTEN, ["assign-codes"])
    remedy = "Ask for one with min: 1 in content.kinds, or leave this part of the standard out"
    if standard.documentation is not None and not sure.intersection(_WRITTEN):
        yield "standard.documentation", "a form need not have a note or a message", remedy
    if standard.tasks is not None and not rest:
        yield "standard.tasks", "a form need not have any question but codes, notes and messages", remedy
