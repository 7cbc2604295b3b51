"""Practice: the pack that the published pages check against, and practice cases in JupyterLab.

The keys of the practice pool are published on purpose, each in a file of its own that a page fetches only when the
reader asks to check.  Keys of the exam pool never pass through here.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from grader.codeset.tabular import SEARCH_TEXT
from grader.errors import CourseError
from grader.feedback import check
from grader.library.case import find_case, load_cases
from grader.library.encounter import Case
from grader.library.key import load_key
from grader.library.reference import key_to_dict
from grader.workbench import STATIC, AnswersFile, Workbench

PACKAGE = Path(__file__).parent
IN_BROWSER = (
    "__init__.py", "errors.py", "visible.py", "answers.py", "feedback.py", "codeset/__init__.py", "codeset/tabular.py",
    "codeset/notes.py", "codeset/words.py",
    "codeset/entry.py", "codeset/releases.py", "codeset/installed/*.json", "codeset/validity.py",
    "codeset/changes.py", "codeset/changes.json", "codeset/data/tabular.bin", "library/__init__.py",
    "library/encounter.py", "library/passages.py", "library/item_keys.py", "library/rebuild.py", "library/reference.py", "scoring/*.py", "scoring/documentation/*.py",
    "scoring/documentation/lexicon.json", "scoring/documentation/model.json", "scoring/edits/*.py",
)  # fmt: skip
"""What of the package the reader's browser runs: the standard library is all that it needs."""
ASSETS = (
    STATIC / "page.js", STATIC / "worker.js", STATIC / "workbench.css", STATIC / "verify.js", STATIC / "verify-pdf.js", SEARCH_TEXT,
)  # fmt: skip
PYODIDE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)


def write_pack(cases_root: Path, keys_root: Path, pyodide: Path, out: Path) -> int:
    """Write everything the published pages fetch and return the number of practice keys.

    Parameters
    ----------
    cases_root, keys_root
        The library.
    pyodide
        Folder of the npm package pyodide.
    out
        Folder to fill; what was there before is removed.
    """
    if out.exists():
        shutil.rmtree(out)
    (out / "keys").mkdir(parents=True)
    (out / "pyodide").mkdir()
    practice = [case for case in load_cases(cases_root).values() if case.pool == "practice"]
    for case in practice:
        text = json.dumps(_practice_key(keys_root, case), ensure_ascii=False, sort_keys=True)
        (out / "keys" / f"{case.id}.json").write_text(text, encoding="utf-8")
    for asset in ASSETS:
        shutil.copyfile(_built(asset), out / asset.name)
    for name in PYODIDE:
        shutil.copyfile(_built(pyodide / name), out / "pyodide" / name)
    (out / "grader.bin").write_bytes(browser_package())
    return len(practice)


def _built(path: Path) -> Path:
    if not path.exists():
        raise CourseError(f"{path.name} has not been built yet. Run `make assets`.")
    return path


def browser_package() -> bytes:
    """Return a zip of the modules that run in the browser; the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for pattern in IN_BROWSER:
            for path in sorted(PACKAGE.glob(pattern)):
                if path.is_file():
                    name = f"grader/{path.relative_to(PACKAGE).as_posix()}"
                    archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
    return buffer.getvalue()


def _practice_key(keys_root: Path, case: Case) -> dict[str, Any]:
    if case.pool != "practice":
        raise CourseError(f"{case.id} belongs to the {case.pool} pool; its key is not for practice.")
    return key_to_dict(load_key(keys_root / case.id, case))


def open_case(case_id: str, cases_root: Path, folder: Path | None = None) -> Workbench:
    """Open a practice case in JupyterLab, with Check.

    Parameters
    ----------
    case_id
        A case of the practice pool.
    cases_root
        The library.
    folder
        Where ``practice-answers.json`` is kept; the notebook's folder when not given.
    """
    case = find_case(cases_root, case_id)
    key = json.dumps(_practice_key(cases_root, case))
    public = case.public()
    file = AnswersFile((folder or Path.cwd()) / "practice-answers.json", "practice")

    def check_answers(answers: dict[str, Any]) -> dict[str, Any]:
        checked: dict[str, Any] = json.loads(check(json.dumps(public), json.dumps(answers), key))
        return checked

    return Workbench(public, file.of(public), file.save, check_answers)
