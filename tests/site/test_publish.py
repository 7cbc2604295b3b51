"""Publishing: the folder to serve, and bringing it there."""

import os
import subprocess
from pathlib import Path
from stat import S_IMODE

import pytest
import yaml

from grader.certificate.issuer import init_issuer
from grader.certificate.published import published_files
from grader.cli import main
from grader.errors import CourseError
from grader.site.links import broken_links
from grader.site.pages import read_site
from grader.site.publish import MARK, PDF, publish
from tests.browser.conftest import SITE
from tests.conftest import ROOT
from tests.site.test_links import site

LINK = f'<p class="pdf-link" hidden><a href="{PDF}">PDF</a></p>'
SCRIPT = ROOT / "book" / "publish.sh"


def bring(source: Path, target: str, programs: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the shell script, with the programs of a folder before all others."""
    path = f"{programs}:{os.environ['PATH']}" if programs else os.environ["PATH"]
    command = ["sh", str(SCRIPT), str(source), target]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PATH": path})


def rsync_that(folder: Path, says: str, ends: int) -> Path:
    """Write an rsync that lists a folder in these words, ends so, and notes how it was called; return its log."""
    folder.mkdir()
    log = folder / "calls"
    program = folder / "rsync"
    program.write_text(
        f"#!/bin/sh\necho \"$*\" >>'{log}'\ncase $1 in --list-only) printf '{says}'; exit {ends};; esac\n"
    )
    program.chmod(0o755)
    return log


def test_the_pdf_is_linked_only_where_it_is(tmp_path):
    """With the file, every page shows its link, and no link is broken; without it, the link stays hidden."""
    built = site(tmp_path / "built", page=LINK)
    (tmp_path / "book.pdf").write_bytes(b"%PDF")
    publish(built, tmp_path / "with", tmp_path / "book.pdf")
    publish(built, tmp_path / "without")
    assert "hidden" not in (tmp_path / "with" / "page.html").read_text()
    assert list(broken_links(tmp_path / "with", read_site(tmp_path / "with"))) == []
    assert "hidden" in (tmp_path / "without" / "page.html").read_text()
    assert not (tmp_path / "without" / PDF).exists()


def test_a_second_edition_replaces_the_first(tmp_path):
    """What a former edition had and this one has not is gone; hosts that drop names with _ are told not to."""
    built = site(tmp_path / "built", old="<p>Old</p>")
    publish(built, tmp_path / "out")
    (built / "old.html").unlink()
    publish(built, tmp_path / "out")
    assert not (tmp_path / "out" / "old.html").exists()
    assert (tmp_path / "out" / ".nojekyll").exists()


def test_somebody_elses_folder_is_left_alone(tmp_path):
    """A folder with other files is refused, by the command and by the script, and nothing in it is touched."""
    built = site(tmp_path / "built")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("ten years")
    with pytest.raises(CourseError, match="not a published course"):
        publish(built, tmp_path / "mine")
    publish(built, tmp_path / "out")
    done = bring(tmp_path / "out", str(tmp_path / "mine"))
    assert done.returncode == 1 and "not a published course" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_the_script_brings_an_edition_to_a_folder(tmp_path):
    """An empty or new folder, and one of a former edition, gets exactly the files of this one."""
    built = site(tmp_path / "built", old="<p>Old</p>")
    publish(built, tmp_path / "out")
    target = tmp_path / "www" / "course"
    assert bring(tmp_path / "out", str(target)).returncode == 0
    assert (target / "old.html").exists() and (target / MARK).exists()
    (built / "old.html").unlink()
    publish(built, tmp_path / "out")
    assert bring(tmp_path / "out", str(target)).returncode == 0
    assert not (target / "old.html").exists()
    assert [path.name for path in target.parent.iterdir()] == ["course"]


@pytest.fixture
def issuer(tmp_path: Path) -> Path:
    """Folder of an issuer."""
    return init_issuer(tmp_path / "mine", "Example College", "https://course.example.org/").folder.root


def test_an_issuers_public_files_are_published_and_nothing_else_of_it(tmp_path, issuer):
    """With an issuer the site has its public files, for all to read, no key and no registry; without one it has no such folder."""
    built, out = site(tmp_path / "built"), tmp_path / "out"
    (issuer / "public").chmod(0o700)
    publish(built, out, issuer=published_files(issuer))
    found = [path.relative_to(out / "issuer") for path in (out / "issuer").rglob("*") if path.is_file()]
    assert {path.as_posix().partition("/")[0] for path in found} == {"issuer.json", "keys", "status.jwt"}
    assert (
        S_IMODE((out / "issuer").stat().st_mode) == S_IMODE((out / "issuer" / "keys").stat().st_mode) == 0o755
    )
    assert S_IMODE((out / "issuer" / "issuer.json").stat().st_mode) == 0o644
    assert not [path for path in out.rglob("*") if path.suffix == ".pem" or path.name == "registry.json"]
    publish(built, out)
    assert not (out / "issuer").exists()


def test_an_issuer_left_in_the_built_book_is_not_published(tmp_path, issuer):
    """What somebody has put into the built book is not taken for an issuer, alone or beside the one that is named."""
    built = site(tmp_path / "built")
    (built / "issuer").mkdir()
    (built / "issuer" / "old.json").write_text("{}")
    publish(built, tmp_path / "out")
    assert not (tmp_path / "out" / "issuer").exists()
    publish(built, tmp_path / "out", issuer=published_files(issuer))
    assert not (tmp_path / "out" / "issuer" / "old.json").exists()


def test_an_issuer_that_must_not_be_published_is_refused(tmp_path, issuer, capsys):
    """The command looks at the issuer before it writes an edition; a sound one is published."""
    built = site(tmp_path / "built")
    command = ["book", "publish", str(tmp_path / "out"), "--site", str(built), "--issuer", str(issuer)]
    (issuer / "public" / "registry.json").write_text("{}")
    assert main(command) == 2
    assert "registry.json" in capsys.readouterr().err and not (tmp_path / "out").exists()
    (issuer / "public" / "registry.json").unlink()
    assert main(command) == 0 and (tmp_path / "out" / "issuer" / "status.jwt").exists()


@pytest.mark.parametrize("name", ["course/", "course//", "my course", "a:b", "."])
def test_a_target_is_taken_as_it_is_typed(tmp_path, monkeypatch, name):
    """A slash at the end, a space or a colon changes nothing, the first time and the next; nothing else is left behind."""
    publish(site(tmp_path / "built"), tmp_path / "out")
    (tmp_path / "www").mkdir()
    for _ in range(2):
        done = bring(tmp_path / "out", f"{tmp_path}/www/{name}")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "www" / name / "index.html").exists() and (tmp_path / "www" / name / MARK).exists()
    beside = {"built", "out", "www"} if name == "." else {name.strip("/")}
    assert {path.name for path in (tmp_path / "www" / name).resolve().parent.iterdir()} == beside


def test_a_link_to_the_served_folder_stays_a_link(tmp_path):
    """What a link leads to is published; the disk on which it lies stays the same."""
    publish(site(tmp_path / "built"), tmp_path / "out")
    (tmp_path / "disk").mkdir()
    (tmp_path / "course").symlink_to(tmp_path / "disk")
    for _ in range(2):
        assert bring(tmp_path / "out", str(tmp_path / "course")).returncode == 0
    assert (tmp_path / "course").is_symlink() and (tmp_path / "disk" / "index.html").exists()


def test_an_edition_that_cannot_be_copied_leaves_the_former_one(tmp_path):
    """When copying fails, what is served stays whole, and the half copy goes."""
    publish(site(tmp_path / "built"), tmp_path / "out")
    bring(tmp_path / "out", str(tmp_path / "www"))
    assert bring(tmp_path / "none", str(tmp_path / "www")).returncode != 0
    assert (tmp_path / "www" / "index.html").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"built", "out", "www"}


@pytest.mark.parametrize(
    ("says", "ends", "sent"),
    [
        ("", 23, True),
        ("drwxr-xr-x 4,096 2026/11/25 20:28:00 .\\n", 0, True),
        ("drwxr-xr-x 4,096 2026/11/25 20:28:00 .\\n-rw-r--r-- 56 2026/11/25 20:28:00 .coding-back-pain\\n", 0, True),
        ("drwxr-xr-x 4,096 2026/11/25 20:28:00 .\\n-rw-r--r-- 56 2026/11/25 20:28:00 thesis.txt\\n", 0, False),
        ("", 255, False),
        ("", 12, False),
    ],
    ids=["no folder yet", "empty", "a former edition", "somebody else's", "no host", "a broken line"],
)  # fmt: skip
def test_a_host_gets_an_edition_only_where_nothing_else_is(tmp_path, says, ends, sent):
    """What a host's folder holds is asked first; where it is somebody else's or not known, nothing is sent or deleted."""
    publish(site(tmp_path / "built"), tmp_path / "out")
    log = rsync_that(tmp_path / "bin", says, ends)
    done = bring(tmp_path / "out", "me@host:/srv/my course", log.parent)
    assert (done.returncode == 0) == sent == ("--delete" in log.read_text())
    assert sent or "Nothing was published" in done.stderr or "not a published course" in done.stderr


def test_a_target_that_cannot_be_is_told(tmp_path):
    """A file, and a folder within the book itself, are refused before anything is copied."""
    built = site(tmp_path / "built")
    (tmp_path / "file").write_text("mine")
    for target, said in ((tmp_path / "file", "is a file"), (built / "out", "within the built book")):
        with pytest.raises(CourseError, match=said):
            publish(built, target)
    assert (tmp_path / "file").read_text() == "mine" and not (built / "out").exists()


def test_missing_files_are_told(tmp_path, capsys):
    """Without a built book, or without the PDF, the command says which target makes it."""
    assert main(["book", "publish", str(tmp_path / "out"), "--site", str(tmp_path)]) == 2
    assert "make book" in capsys.readouterr().err
    built = site(tmp_path / "built")
    assert main(["book", "publish", str(tmp_path / "out"), "--site", str(built), "--pdf", "none.pdf"]) == 2
    assert "make pdf" in capsys.readouterr().err


def test_the_workflow_uses_the_same_command():
    """GitHub Pages is published by the one command that README names, and serves the folder that it writes."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text())
    steps = workflow["jobs"]["publish"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == ["make publish TO=build/pages"]
    uploaded = next(step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert uploaded["with"]["path"] == "build/pages"
    assert "\npublish:" in (ROOT / "Makefile").read_text()


@pytest.mark.browser
def test_the_published_book_links_to_its_pdf(tmp_path):
    """On the real pages the hidden link becomes a link that works, and the rest of the site is whole."""
    (tmp_path / "book.pdf").write_bytes(b"%PDF")
    publish(SITE, tmp_path / "out", tmp_path / "book.pdf")
    pages = read_site(tmp_path / "out")
    assert [name for name, page in pages.items() if f"../{PDF}" in page.links] == ["book/paths.html"]
    assert list(broken_links(tmp_path / "out", pages)) == []
