"""A class graded on a real dask cluster into a real PostgreSQL gradebook, with workers that are killed meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dask
import distributed  # noqa: F401 (its settings are among dask's from here on)
import psycopg2
import pytest
import yaml
from nbgrader.api import Gradebook

from benchmarks.classes import NAME, make_class
from grader.errors import CourseError
from grader.grading import workers
from grader.grading.configuration import CONFIG_FILE
from tests.conftest import ROOT
from tests.grading.cluster import Server, dask_cluster, postgresql_server, until
from tests.grading.working import OUTSIDE, errands

pytestmark = pytest.mark.nbgrader
CLUSTER = ROOT / "exercises" / "cluster"
COUNT = 200  # four batches


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    """A class that has handed in; not to be changed."""
    root = tmp_path_factory.mktemp("class") / "class"
    make_class(root, COUNT, late=0.1, broken=0.05)
    return root


@pytest.fixture
def root(handed_in, tmp_path) -> Path:
    """The class, to be graded."""
    return Path(shutil.copytree(handed_in, tmp_path / "class"))


@pytest.fixture(scope="module")
def expected(handed_in, tmp_path_factory) -> dict[tuple[str, str], Any]:
    """What one process writes into SQLite."""
    root = Path(shutil.copytree(handed_in, tmp_path_factory.mktemp("one") / "class"))
    done = subprocess.run(grade(root), capture_output=True, text=True, cwd=root)
    assert done.returncode == 0, done.stderr
    return grades(f"sqlite:///{root / 'gradebook.db'}")


def grade(root: Path, *options: str) -> list[str]:
    """The command."""
    return [sys.executable, "-m", "grader", "grade", NAME, "--course", str(root), *options]


def grades(address: str) -> dict[tuple[str, str], Any]:
    """Every grade of the class as nbgrader itself reads it, each exactly once."""
    found: dict[tuple[str, str], Any] = {}
    with Gradebook(address) as gradebook:
        for submission in gradebook.assignment_submissions(NAME):
            (notebook,) = submission.notebooks
            comments = {comment.name: comment.auto_comment for comment in notebook.comments}
            for each in notebook.grades:
                assert (submission.student.id, each.name) not in found
                found[submission.student.id, each.name] = (
                    each.auto_score,
                    each.manual_score,
                    each.needs_manual_grade,
                    each.max_score,
                    comments.get(each.name),
                    submission.timestamp,
                )
    return found


def written(root: Path) -> dict[str, int]:
    """When each file that grading writes was written."""
    folders = ("autograded", "graded")
    files = [path for folder in folders for path in (root / folder).rglob("*") if path.name != ".lock"]
    return {str(path): path.stat().st_mtime_ns for path in files if path.is_file()}


def begun(root: Path) -> bool:
    """Tell whether the first submission has been written."""
    return any((root / "autograded").glob(f"*/{NAME}"))


def on_postgresql(root: Path, server: Server) -> None:
    """Set up the class's gradebook on the server as README says, and let nbgrader make its tables."""
    config = root / CONFIG_FILE
    line = f"    get_config().CourseDirectory.db_url = {server.address!r}\nexcept "
    config.write_text(config.read_text().replace("except ", line, 1))
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", NAME, "--force"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_server_asks_for_the_password(server):
    """The server that these tests use is one that lets nobody in without it."""
    address = server.address.replace("+psycopg2", "")
    for password in ("", "wrong"):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(address, password=password)


def test_a_killed_worker_costs_no_grade(root, server, expected, tmp_path, monkeypatch):
    """A worker of the cluster is ended with -9 while it grades: PostgreSQL has every grade once, as one process gives it."""
    for name, value in server.let_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    on_postgresql(root, server)
    (tmp_path / "dask").mkdir()
    with dask_cluster(tmp_path / "dask", 2, "--no-nanny") as cluster:
        command = grade(root, "--scheduler", cluster.address)
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            until(lambda: begun(root) or process.poll() is not None, "grading begins")
            cluster.workers[0].kill()
            _, said = process.communicate()
        assert process.returncode == 0, said.decode()
        assert b"Traceback" not in said and b"distributed" not in said
        assert grades(server.address) == expected
        before = written(root)
        again = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert again.returncode == 0 and written(root) == before and grades(server.address) == expected
        assert answers_of(root) and not [words for words in answers_of(root) if words in cluster.log()]


def answers_of(root: Path) -> list[str]:
    """What trainees wrote in their own words, in pieces as a log would show them."""
    texts = re.findall(
        r'"text": "([^"\\]{30,})', "".join(p.read_text(errors="replace") for p in _answers(root))
    )
    return [text[:30] for text in texts]


def _answers(root: Path) -> list[Path]:
    return sorted((root / "submitted").glob(f"*/{NAME}/answers.json"))


def test_a_killed_process_costs_no_grade(root, expected):
    """One of two processes of this machine is ended with -9 while it grades: nothing is lost, and grading again does nothing."""
    command = grade(root, "--workers", "2")
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: begun(root) or process.poll() is not None, "grading begins")
        os.kill(grading_processes(process.pid)[-1], signal.SIGKILL)
        _, said = process.communicate()
    assert process.returncode == 0 and b"Traceback" not in said, said.decode()
    address = f"sqlite:///{root / 'gradebook.db'}"
    assert grades(address) == expected
    before = written(root)
    again = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert again.returncode == 0 and written(root) == before and grades(address) == expected


def grading_processes(parent: int) -> list[int]:
    """The processes that a command has started to grade."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_a_gradebook_that_lets_nobody_in_is_told(root, server, tmp_path, monkeypatch):
    """Without the password the command ends with a sentence, and writes nothing."""
    with monkeypatch.context() as inside:
        for name, value in server.let_in(tmp_path).items():
            inside.setenv(name, value)
        on_postgresql(root, server)
    done = subprocess.run(grade(root), cwd=root, capture_output=True, text=True)
    assert done.returncode == 2 and "gradebook" in done.stderr and "password" in done.stderr
    assert "Traceback" not in done.stderr and server.password not in done.stderr
    assert not written(root)


def certificate(folder: Path) -> tuple[str, str]:
    """A certificate, which is also the authority that it rests on, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder.mkdir()
    files = str(folder / "certificate.pem"), str(folder / "key.pem")
    about = ["-subj", "/CN=127.0.0.1", "-days", "2", "-nodes", "-newkey", "rsa:2048"]
    command = ["openssl", "req", "-x509", *about, "-out", files[0], "-keyout", files[1]]
    subprocess.run(command, check=True, capture_output=True)
    return files


def showing(public: str, private: str, authority: str) -> Any:
    """Connect from now on with a certificate."""
    place = "distributed.comm.tls"
    return dask.config.set(
        {f"{place}.ca-file": authority, f"{place}.client.cert": public, f"{place}.client.key": private}
    )


def test_a_cluster_over_tls(tmp_path):
    """Work travels encrypted between machines with certificates of one authority, and nobody else is let in."""
    for folder in ("dask", "traces"):
        (tmp_path / folder).mkdir()
    public, private = certificate(tmp_path / "ours")
    tls = ("--tls-ca-file", public, "--tls-cert", public, "--tls-key", private, "--protocol", "tls")

    def work(address: str) -> list[Any]:
        batches = [workers.Batch((errands.Errand(n),)) for n in range(5)]
        found = workers.cluster(address, errands.run, tmp_path / "traces", batches)
        return sorted(value for _, results in found for value in results)

    with dask_cluster(tmp_path / "dask", 1, tls=tls, path=OUTSIDE) as cluster:
        assert cluster.address.startswith("tls://")
        with showing(public, private, public):
            assert work(cluster.address) == [0, 10, 20, 30, 40]
        with (
            showing(*certificate(tmp_path / "theirs"), public),
            pytest.raises(CourseError, match="No scheduler"),
        ):
            work(cluster.address)
        with pytest.raises(CourseError, match="No scheduler answers"):
            work(cluster.address.replace("tls://", "tcp://"))


@pytest.fixture(scope="module")
def compose() -> Mapping[str, Any]:
    """The services of the compose file."""
    services: Mapping[str, Any] = yaml.safe_load((CLUSTER / "compose.yml").read_text())["services"]
    return services


def test_the_compose_file_publishes_to_this_machine_alone(compose):
    """No port is open to another machine, and no password is written down."""
    assert [port for service in compose.values() for port in service.get("ports", ())]
    for service in compose.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        secret = {name: value for name, value in service.get("environment", {}).items() if "PASSWORD" in name}
        assert all(re.fullmatch(r"\$\{\w+:\?[^}]+\}", value) for value in secret.values())


def test_images_are_pinned(compose):
    """What is not built here is taken in one version."""
    images = [service["image"] for service in compose.values() if "build" not in service]
    images += re.findall(r"^FROM (\S+)", (CLUSTER / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) == 2 and all(re.fullmatch(r"\w+:\d+\.\d+[\w.-]*", image) for image in images)


def test_what_the_image_is_made_of_is_there(compose):
    """The files that the image copies are in the checkout, and are those that its ignore file lets in."""
    build = compose["worker"]["build"]
    context = (CLUSTER / build["context"]).resolve()
    assert context == ROOT and (context / build["dockerfile"]) == CLUSTER / "Dockerfile"
    copied = re.findall(r"^COPY (\S+)", (CLUSTER / "Dockerfile").read_text(), re.MULTILINE)
    let_in = re.findall(r"^!(\S+)", (CLUSTER / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert sorted(copied) == sorted(let_in) and all((context / name).exists() for name in copied)


@pytest.mark.parametrize("service", ["scheduler", "worker"])
def test_the_commands_of_the_compose_file_exist(compose, service):
    """Every option of the compose file is one of dask's command."""
    verb, *given = compose[service]["command"]
    command = [sys.executable, "-m", "dask", verb, "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    options = [word for word in given if word.startswith("--")]
    assert options and set(options) <= set(re.findall(r"--[a-z-]+", said))


def test_the_cluster_of_the_compose_file_works(compose, tmp_path):
    """Scheduler and workers, started as the compose file says but on this machine, do what they are given."""
    for folder in ("dask", "traces"):
        (tmp_path / folder).mkdir()
    _, _, *options = compose["worker"]["command"]
    options[options.index("--nworkers") + 1] = "1"  # as many as this machine has processors would be many
    settings = compose["scheduler"]["environment"]
    with dask_cluster(tmp_path / "dask", 1, *options, settings=settings, path=OUTSIDE) as cluster:
        work = [workers.Batch(tuple(errands.Errand(n, "die" if n == 3 else "") for n in range(6)))]
        found = list(workers.cluster(cluster.address, errands.run, tmp_path / "traces", work))
    assert sum(isinstance(value, workers.Lost) for _, results in found for value in results) == 1
