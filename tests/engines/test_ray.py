"""The ray engine on a local cluster of two nodes: the same bytes, also when workers and a node are lost on the way."""

import os
import signal
import time
from pathlib import Path

import pytest

from cleaner.corpus import clean_folder
from cleaner.errors import ResourceError, UsageError
from cleaner.settings import Settings
from tests.conftest import ROOT, tree

pytestmark = [pytest.mark.filterwarnings("ignore")]
QUIET = Settings(report=False)


def needs_ray():
    return pytest.importorskip("ray", reason="needs Ray: pip install '.[ray]'")


def test_without_ray_the_install_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("cleaner.engines.ray.find_spec", lambda name: None)
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match=r"pip install '\.\[ray\]'"):
        clean_folder(tmp_path / "in", tmp_path / "out", engine="ray")


def test_where_no_cluster_answers_the_address_is_named(tmp_path, monkeypatch):
    needs_ray()
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="no Ray cluster answers at auto: ConnectionError"):
        clean_folder(tmp_path / "in", tmp_path / "out", address="auto")


@pytest.fixture(scope="module")
def cluster():
    """Two nodes of this test's own, with a processor each."""
    ray = needs_ray()
    from ray.cluster_utils import Cluster

    paths = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [paths])])
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 100_000_000})
    cluster.add_node(num_cpus=1, object_store_memory=100_000_000)
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()
    os.environ["PYTHONPATH"] = paths


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for number in range(60):
        english = (
            f"Number {number}. Nobody had lived in the house for years, it’s said. Anna Rosling left it in May.\r\n"
        )
        french = f"Numéro {number}. La maison était au bout du chemin, et personne n’y habitait depuis des années."
        (folder / f"a{number}.txt").write_text(english * 30, encoding="utf-8", newline="")
        (folder / f"g{number}.txt").write_bytes((french * 5).encode().decode("cp1252").encode())
        (folder / f"l{number}.txt").write_bytes((french * 3).encode("cp1252"))
    (folder / "short.txt").write_bytes("é".encode("cp1252"))
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8)
    return folder


@pytest.fixture(scope="module")
def serial(folder, tmp_path_factory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("serial") / "out"
    clean_folder(folder, out, settings=QUIET, jobs=1)
    return tree(out)


@pytest.fixture
def small_batches(monkeypatch):
    """Many tasks, so that something is left to do when a worker is lost."""
    monkeypatch.setattr("cleaner.corpus.BATCH_FILES", 4)
    monkeypatch.setattr("cleaner.corpus.BATCH_BYTES", 20_000)


def square_unless_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number * number


def test_map_keeps_order_and_errors(cluster):
    from cleaner.engines.ray import RayEngine

    engine = RayEngine()
    assert engine.workers == 2
    assert list(engine.map(square_unless_seven, range(7))) == [number * number for number in range(7)]
    with pytest.raises(ValueError, match="seven"):
        list(engine.map(square_unless_seven, range(9)))
    assert list(engine.map(square_unless_seven, [])) == []


def kill_own_worker(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_task_that_loses_every_worker_ends_the_run(cluster, monkeypatch):
    """A document for which no worker has the memory must not keep a cluster busy for ever."""
    from cleaner.engines.ray import RayEngine

    monkeypatch.setattr("cleaner.engines.ray.RETRIES", 1)
    with pytest.raises(ResourceError, match="the same command goes on where it stopped"):
        list(RayEngine().map(kill_own_worker, range(2)))


def test_the_same_bytes(cluster, folder, serial, tmp_path):
    clean_folder(folder, tmp_path / "out", settings=QUIET, engine="ray")
    assert tree(tmp_path / "out") == serial


def workers_at_work() -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            title = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if title.startswith(b"ray::MapBatches"):  # not an agent of the node, whose loss is that of the node
            found.append(int(place.name))
    return found


def test_a_worker_is_killed(cluster, folder, serial, tmp_path, small_batches):
    killed = []

    def kill(stage: str, done: int, every: int) -> None:
        deadline = time.monotonic() + 5
        while stage == "clean" and not killed and done < every and time.monotonic() < deadline:
            for worker in workers_at_work()[:1]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    clean_folder(folder, tmp_path / "out", settings=QUIET, engine="ray", progress=kill)
    assert killed
    assert tree(tmp_path / "out") == serial


def test_a_node_is_removed(cluster, folder, serial, tmp_path, small_batches):
    node = cluster.add_node(num_cpus=1, object_store_memory=100_000_000)
    removed = []

    def remove(stage: str, done: int, every: int) -> None:
        if stage == "clean" and not removed and done < every:
            cluster.remove_node(node, allow_graceful=False)
            removed.append(done)

    clean_folder(folder, tmp_path / "out", settings=QUIET, engine="ray", progress=remove)
    assert removed
    assert tree(tmp_path / "out") == serial
