"""Two workers of a real Dask cluster: the bytes of a run without it, a worker killed in the middle or not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from quayscan.batch import Here, Setup, find_sources, open_output, run_batch
from quayscan.batch.source import Source
from quayscan.batch.task import Done
from quayscan.library import default_library, open_library, write_library
from quayscan.pipeline import Request

from .season import AT, write_season

pytest.importorskip("distributed")

from quayscan.batch.cluster import Cluster

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own, about sockets that a killed worker leaves

FILES = 64


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region") / "season"
    write_season(folder, FILES, bad=5)
    write_library(folder.parent / "own.qlib", default_library())
    return folder


@dataclass(slots=True, kw_only=True)
class WorkerKiller:
    """A cluster of which one worker is killed, for good, when the first rows are there."""

    cluster: Cluster
    killed: bool = False

    def run(self, setup: Setup, tasks: Iterable[Sequence[Source]]) -> Iterator[Done]:
        for done in self.cluster.run(setup, tasks):
            if not self.killed:
                self.killed = True
                os.kill(next(iter(self.cluster.client.run(os.getpid).values())), signal.SIGKILL)
            yield done


def identified(folder: Path, out: Path, engine: Here | Cluster | WorkerKiller) -> bytes:
    library = open_library(folder.parent / "own.qlib")
    setup = Setup(library=library, request=Request(at=AT), laser_nm=None, kind="jsonl")
    run_batch(find_sources([folder]), setup, engine, open_output(out, resume=False))
    return out.read_bytes()


def test_a_cluster_gives_the_same_bytes_also_when_it_loses_a_worker(folder: Path, tmp_path: Path) -> None:
    expected = identified(folder, tmp_path / "here.jsonl", Here())
    killer = WorkerKiller(cluster=Cluster(address="local", jobs=2))
    assert identified(folder, tmp_path / "killed.jsonl", killer) == expected
    assert killer.killed
