"""Work in this process, in several, and on a real dask cluster: nothing lost, nothing twice, and no word in a log."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.errors import CourseError
from grader.grading import workers
from grader.grading.workers import ENDED, Batch, Lost
from tests.grading.cluster import Cluster, dask_cluster, until
from tests.grading.working import OUTSIDE, batches, errands, failed, pids, right, some, values

TALK = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "DASK_LOGGING__DISTRIBUTED": "debug"}


@pytest.fixture(scope="module")
def dask(tmp_path_factory) -> Iterator[Cluster]:
    """Two workers that dask starts again when they end."""
    with dask_cluster(tmp_path_factory.mktemp("dask"), 2, settings=TALK, path=OUTSIDE) as cluster:
        yield cluster


Place = Callable[..., Iterator[tuple[Batch[Any], tuple[object, ...]]]]


@pytest.fixture(params=["here", "processes", "cluster"])
def place(request) -> Place:
    """Each place where work runs."""
    return _place(request)


@pytest.fixture(params=["processes", "cluster"])
def outside(request) -> Place:
    """Each place outside this process."""
    return _place(request)


def _place(request) -> Place:
    if request.param == "cluster":
        return partial(workers.cluster, request.getfixturevalue("dask").address)
    return partial(workers.processes, 2) if request.param == "processes" else workers.here


def test_every_item_comes_back_once(place, tmp_path):
    """Wherever it is done, each item has its own value, whatever order they come in."""
    assert values(place(errands.run, tmp_path, batches(some(95)))) == right(95)


def test_nothing_to_do_is_done(place, tmp_path):
    """No batch, no result and no fault."""
    assert values(place(errands.run, tmp_path, iter(()))) == {}


def test_it_never_runs_ahead(place, tmp_path):
    """However large a class is, no more than two batches a process are in memory."""
    taken = given = 0

    def counted() -> Iterator[Batch[Any]]:
        nonlocal taken
        for batch in batches(some(400), 4):
            taken += 1
            assert taken - given <= 4
            yield batch

    for _ in place(errands.run, tmp_path, counted()):
        given += 1
    assert taken == given == 100


@pytest.mark.parametrize(("does", "name"), [("raise", "ValueError"), ("nothing", "ValueError")])
def test_an_item_that_fails_stands_alone(place, tmp_path, does, name):
    """An exception costs its own item alone, and is told by its name: its message quotes the trainee."""
    found = values(place(errands.run, tmp_path, batches(some(30, n7=does, n12=does))))
    assert found == right(30, n7=failed(name), n12=failed(name))


def test_a_value_that_cannot_travel_stands_alone(outside, tmp_path):
    """What cannot be brought back is left out; the others of its batch come."""
    found = values(outside(errands.run, tmp_path, batches(some(20, n5="local"))))
    assert isinstance(found[5], Lost) and {**found, 5: 50} == right(20)
    assert errands.WORDS not in str(found[5])


def test_a_killed_process_loses_nothing(outside, tmp_path):
    """A process that is ended with -9 in the middle of a batch: every item comes, and none twice."""
    found: dict[int, object] = {}
    waiting = [errands.Errand(n, "wait") for n in range(200)]
    with closing(outside(errands.run, tmp_path, batches(waiting))) as finished:
        for batch, results in finished:
            assert not {errand.number for errand in batch.items} & set(found)
            found.update(values(iter([(batch, results)])))
            if len(found) == 50:
                until(lambda: _killed_in_the_middle(tmp_path, found), "a process is in the middle of a batch")
    assert found == right(200)
    assert len(list(tmp_path.iterdir())) > 200  # what it was doing was begun again


def _killed_in_the_middle(folder: Path, done: dict[int, object]) -> bool:
    """Hold a process that has begun what is not done, and end it if that is a part of a batch."""
    names = [path.name.split("-") for path in folder.iterdir()]
    busy = {int(process) for number, process in names if int(number) not in done}
    for pid in busy:
        os.kill(pid, signal.SIGSTOP)
        begun = [path.name for path in folder.glob(f"*-{pid}") if int(path.name.split("-")[0]) not in done]
        if len(begun) % 10:
            os.kill(pid, signal.SIGKILL)
            return True
        os.kill(pid, signal.SIGCONT)
    return False


def test_dask_is_imported_for_a_cluster_alone():
    """Whoever grades on one machine does not wait for it."""
    code = "import sys, grader.grading.run; raise SystemExit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_batch_says_nothing_of_what_is_in_it():
    """A batch that is logged, as dask does with arguments, shows a number."""
    assert repr(Batch((errands.Errand(1), errands.Errand(2)))) == "Batch(2 items)"


def test_no_word_of_a_trainee_is_in_a_log(dask, tmp_path):
    """Work that fails, ends workers or cannot travel stands alone, and puts no word into dask's most talkative logs."""
    work = some(60, n7="raise", n20="die", n45="local")
    found = values(workers.cluster(dask.address, errands.run, tmp_path, batches(work)))
    travels = found.pop(45)
    assert found == {n: v for n, v in right(60, n7=failed("ValueError"), n20=ENDED).items() if n != 45}
    log = dask.log() + str(travels)
    assert " - DEBUG - " in log and "marked as failed" in log and "it was left out" in log
    assert errands.WORDS not in log and "xylophone" not in log


def test_a_worker_that_is_gone_for_good(tmp_path):
    """A worker that nobody starts again is ended with -9: the other one does what it had."""
    (tmp_path / "dask").mkdir()
    (tmp_path / "traces").mkdir()
    with dask_cluster(tmp_path / "dask", 2, "--no-nanny", path=OUTSIDE) as cluster:
        work = [errands.Errand(n, "wait") for n in range(200)]
        found: dict[int, object] = {}
        for batch, results in workers.cluster(
            cluster.address, errands.run, tmp_path / "traces", batches(work)
        ):
            assert not {errand.number for errand in batch.items} & set(found)
            found.update(values(iter([(batch, results)])))
            if len(found) == 50:
                cluster.workers[0].kill()
        assert found == right(200) and len(pids(tmp_path / "traces")) == 2


def test_a_scheduler_that_is_gone_is_told(tmp_path):
    """When the scheduler ends in the middle the person reads so, and what had come stays."""
    with dask_cluster(tmp_path, 1, "--no-nanny", "--death-timeout", "5", path=OUTSIDE) as cluster:
        (tmp_path / "traces").mkdir()
        work = [errands.Errand(n, "wait") for n in range(200)]
        finished = workers.cluster(cluster.address, errands.run, tmp_path / "traces", batches(work))
        next(finished)
        cluster.scheduler.kill()
        with pytest.raises(CourseError, match="has gone"):
            values(finished)


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "http://127.0.0.1:8786", "tcp://", "127.0.0.1", "inproc://1/2/3:4", "tcp://a b:1"],
)
def test_an_address_that_is_none_is_told(address, tmp_path):
    """Nothing is started or asked when the address cannot be one."""
    with pytest.raises(CourseError, match="no address of a scheduler"):
        values(workers.cluster(address, errands.run, tmp_path, batches(some(1))))


@pytest.mark.parametrize("silent", [False, True])
def test_a_scheduler_that_does_not_answer_is_told(silent, tmp_path):
    """The address is named, with what to do, also where another program takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1] if silent else 1
        with pytest.raises(
            CourseError, match=rf"No scheduler answers at tcp://127.0.0.1:{port} .*dask scheduler"
        ):
            values(workers.cluster(f"tcp://127.0.0.1:{port}", errands.run, tmp_path, batches(some(1))))


def test_tls_without_a_certificate_is_told(tmp_path):
    """What this machine needs for it is named."""
    with pytest.raises(CourseError, match="DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT"):
        values(workers.cluster("tls://127.0.0.1:1", errands.run, tmp_path, batches(some(1))))


def test_another_version_of_dask_is_told(dask, tmp_path, monkeypatch):
    """Both versions are named before anything is sent."""
    versions = {
        who: {"packages": {"distributed": of}} for who, of in (("scheduler", "1.0"), ("client", "2.0"))
    }
    monkeypatch.setattr("distributed.Client.get_versions", lambda self: versions)
    with pytest.raises(CourseError, match=r"runs dask 1\.0, this machine 2\.0"):
        values(workers.cluster(dask.address, errands.run, tmp_path, batches(some(1))))


def test_workers_that_are_all_gone_are_told(tmp_path, monkeypatch):
    """When the last worker has ended and none comes back, nobody waits for ever."""
    monkeypatch.setattr("grader.grading.cluster._NO_WORKER", 1)
    (tmp_path / "traces").mkdir()
    work = [errands.Errand(n, "wait") for n in range(200)]
    with dask_cluster(tmp_path, 1, "--no-nanny", path=OUTSIDE) as cluster:
        finished = workers.cluster(cluster.address, errands.run, tmp_path / "traces", batches(work))
        next(finished)
        cluster.workers[0].kill()
        with pytest.raises(CourseError, match="has no worker"):
            values(finished)


def test_a_cluster_without_workers_is_told(tmp_path):
    """A scheduler alone does not keep anybody waiting."""
    with (
        dask_cluster(tmp_path, 0, path=OUTSIDE) as cluster,
        pytest.raises(CourseError, match=r"has no worker.*dask worker tcp://"),
    ):
        values(workers.cluster(cluster.address, errands.run, tmp_path, batches(some(1))))


def test_a_worker_with_another_version_grades_nothing(tmp_path):
    """A worker with other code is refused."""
    for folder in ("other", "traces"):
        (tmp_path / folder).mkdir()
    code = (OUTSIDE / "errands.py").read_text()
    (tmp_path / "other" / "errands.py").write_text(code.replace("errand.number * 10", "errand.number * 11"))
    with (
        dask_cluster(tmp_path, 1, path=tmp_path / "other") as cluster,
        pytest.raises(CourseError, match="another version of the course"),
    ):
        values(workers.cluster(cluster.address, errands.run, tmp_path / "traces", batches(some(20))))
    assert not list((tmp_path / "traces").iterdir())


def test_a_worker_that_lacks_the_course_is_told(tmp_path):
    """A worker on which the course is not installed stops the work with words, and loses no item."""
    (tmp_path / "empty").mkdir()
    with (
        dask_cluster(tmp_path, 1, path=tmp_path / "empty") as cluster,
        pytest.raises(CourseError, match="Install the same version"),
    ):
        values(workers.cluster(cluster.address, errands.run, tmp_path, batches(some(20))))
