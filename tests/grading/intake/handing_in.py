"""What trainees do to the folder that they hand in, honestly or not."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

UNIT = "unit-1"
GOLDEN = ROOT / "tests" / "golden" / "release-unit-1"
RELEASED = json.loads((GOLDEN / "unit-1.ipynb").read_text())
SAMPLE = (ROOT / "exercises" / UNIT / "sample_class" / "complete.json").read_bytes()
TIME = "2026-11-02 10:00:00.123456 UTC"

Notebook = dict
Change = Callable[[Path], object]


def hand_in(folder: Path) -> None:
    """Put into a folder what nbgrader collects from a trainee who did nothing but the work."""
    folder.mkdir(parents=True)
    (folder / "cases.json").write_bytes((GOLDEN / "cases.json").read_bytes())
    (folder / "unit-1.ipynb").write_text(json.dumps(executed(), indent=1))
    (folder / "answers.json").write_bytes(SAMPLE)
    (folder / "timestamp.txt").write_text(TIME)
    (folder / "submission_secret.txt").write_text("5b1f")


def executed() -> Notebook:
    """The released notebook after a trainee has run and saved it in JupyterLab."""
    notebook = json.loads(json.dumps(RELEASED))
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            view = {"application/vnd.jupyter.widget-view+json": {"model_id": f"{number:032x}"}}
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": number, "data": view, "metadata": {}}
            ]
            cell["execution_count"] = number
            cell["metadata"] |= {"execution": {"iopub.status.busy": TIME}, "trusted": True}
            points = cell["metadata"]["nbgrader"].get("points")
            if points is not None and points == int(points):
                # JavaScript writes 8.0 as 8.
                cell["metadata"]["nbgrader"]["points"] = int(points)
    notebook["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    return notebook


def in_notebook(change: Callable[[Notebook], object]) -> Change:
    """Change the notebook as parsed JSON."""

    def changed(folder: Path) -> None:
        path = folder / "unit-1.ipynb"
        notebook = json.loads(path.read_text())
        change(notebook)
        path.write_text(json.dumps(notebook))

    return changed


def graded(notebook: Notebook) -> list[Notebook]:
    """The graded cells."""
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]


def delete(*places: int) -> Change:
    """Delete graded cells."""

    def change(notebook: Notebook) -> None:
        gone = [graded(notebook)[place] for place in places]
        notebook["cells"] = [cell for cell in notebook["cells"] if cell not in gone]

    return in_notebook(change)


def add(number: int, **cell: object) -> Change:
    """Add cells of one's own."""
    own = {"cell_type": "markdown", "metadata": {}, "source": "My notes", "id": "own", **cell}
    return in_notebook(lambda notebook: notebook["cells"].extend([own] * number))


def write(name: str, content: str | bytes) -> Change:
    """Write a file."""
    return lambda folder: (folder / name).write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )


def swell(name: str, size: int) -> Change:
    """Make a file as large as this, without filling it."""
    return lambda folder: os.truncate(folder / name, size)


def link(name: str, target: str) -> Change:
    """Put a symbolic link in place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return change


def hard_link(folder: Path) -> None:
    """Give out another file on the same disk as one's answers."""
    (folder / "answers.json").unlink()
    (folder.parents[2] / "secret").write_bytes(SAMPLE)
    os.link(folder.parents[2] / "secret", folder / "answers.json")


def move_behind_link(place: Callable[[Path], Path]) -> Change:
    """Hand in a folder that stands somewhere else."""

    def change(folder: Path) -> None:
        moved = place(folder)
        moved.rename(folder.parents[2] / "elsewhere")
        moved.symlink_to(folder.parents[2] / "elsewhere")

    return change


def special(name: str, kind: int) -> Change:
    """Put a pipe or a socket in place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.mknod(folder / name, kind | 0o600)

    return change


def lock(name: str) -> Change:
    """Take away every permission."""
    return lambda folder: (folder / name).chmod(0)


def fill(number: int) -> Change:
    """Hand in so many files."""

    def change(folder: Path) -> None:
        for left in range(number - len([*folder.iterdir()])):
            (folder / f"{left}").touch()

    return change


def nest(levels: int) -> Change:
    """Put folder into folder."""
    return lambda folder: folder.joinpath(*"x" * levels).mkdir(parents=True)


def spoil(place: int, **what: object) -> Change:
    """Change what a graded cell holds."""
    return in_notebook(lambda notebook: graded(notebook)[place].update(what))


def forge(place: int, **what: object) -> Change:
    """Change what nbgrader has written about a graded cell."""
    return in_notebook(lambda notebook: graded(notebook)[place]["metadata"]["nbgrader"].update(what))


def both(*changes: Change) -> Change:
    """Do one thing after the other."""
    return lambda folder: [change(folder) for change in changes]


def answers(items: str) -> Change:
    """Write an answers.json of these items, as they are."""
    return write("answers.json", f'{{"schema": "answers/1", "assignment": "unit-1", "items": {items}}}')
