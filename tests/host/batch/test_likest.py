"""Blocks of spectra on processes, and on Dask workers of which one is killed: the bytes of one process."""

from __future__ import annotations

import os
import signal
import threading

import numpy as np
import pytest
from tests.bench import large

from quayscan.batch import likest
from quayscan.batch.cluster import local_cluster
from quayscan.batch.likest import likest_here, likest_on
from quayscan.match.best import Best
from quayscan.match.held import Held
from quayscan.match.many import best_of_many

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own, about sockets that a killed worker leaves

ROWS = large.entries(300, seed=2)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likest, "SPECTRA", 3)


@pytest.mark.slow
def test_processes_and_workers_of_which_one_is_killed_give_the_bytes_of_one_process() -> None:
    held = Held.of(ROWS)
    spectra = large.queries(ROWS[np.random.default_rng(1).integers(300, size=240)], seed=3)
    expected = best_of_many(spectra, held)
    found = {"processes": likest_here(spectra, held, jobs=2)}
    with (
        local_cluster(2) as cluster,
        distributed.Client(cluster) as client,
    ):
        victim = next(iter(client.run(os.getpid).values()))
        killer = threading.Timer(0.1, os.kill, (victim, signal.SIGKILL))
        killer.start()
        found["workers"] = likest_on(client, spectra, held)
        killer.join()
    for how, best in found.items():
        for name in Best.__slots__:
            assert getattr(best, name).tobytes() == getattr(expected, name).tobytes(), how
