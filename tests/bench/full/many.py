"""20,000 spectra against 10,000 references, beside one bare float32 product of that shape, and beside what peers do."""

from __future__ import annotations

import resource

import numpy as np
from numpy.typing import NDArray

from quayscan.match.best import Best
from quayscan.match.effort import Effort
from quayscan.match.held import Held
from quayscan.match.many import best_of_many
from quayscan.match.shifts import SHIFT_STEPS
from quayscan.pipeline.one_thread import one_thread
from quayscan.preprocess.grid import GRID, WINDOW, WINDOW_POINTS
from quayscan.preprocess.projection import project_out

from .. import large
from .clock import in_turn, took

SPECTRA, REFERENCES, THREADS = 20_000, 10_000, 2
SAMPLE = 4000
"""Spectra of the one-thread comparison."""

EXACT_SPECTRA = 1000
LOOP_SPECTRA, BASELINE_SPECTRA = 3, 200


def lines() -> list[str]:
    """Rows of the table."""
    rows = large.entries(REFERENCES, seed=1)
    chosen = np.random.default_rng(0).integers(REFERENCES, size=SPECTRA)
    spectra = large.queries(rows[chosen], seed=5)
    held = Held.of(rows)
    found = _ours(spectra, held, THREADS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    single, out = spectra.astype(np.float32), np.empty((SPECTRA, REFERENCES), dtype=np.float32)
    ours, bare, ratio, _ = in_turn(
        lambda: _ours(spectra, held, THREADS), lambda: np.matmul(single, rows.T, out=out), rounds=5
    )
    with one_thread():
        _, _, wall_alone, cpu_alone = in_turn(
            lambda: best_of_many(spectra[:SAMPLE], held),
            lambda: np.matmul(single[:SAMPLE], rows.T, out=out[:SAMPLE]),
            rounds=5,
        )
    equal, kept = _beside_exhaustive(spectra, held, found)
    loop = took(lambda: _peer_loop(spectra[:LOOP_SPECTRA], rows)).cpu / LOOP_SPECTRA
    baseline = took(lambda: _arpls(spectra[:BASELINE_SPECTRA])).cpu / BASELINE_SPECTRA
    with one_thread():
        each = took(lambda: best_of_many(spectra[:SAMPLE], held)).cpu / SAMPLE
    return [
        f"| {SPECTRA:,} x {REFERENCES:,}: wall time over one bare float32 product, {THREADS} threads each"
        f" | {ratio:.2f} ({ours.wall:.1f} s, {bare.wall:.1f} s) | 1.5 |",
        f"| the same on one thread, {SAMPLE:,} spectra: wall, processor | {wall_alone:.2f}, {cpu_alone:.2f} | 1.5 |",
        f"| best reference that of the exhaustive search | {equal:.3%} of {SPECTRA:,} | 99.9 % |",
        f"| of the exhaustive search's best ten | {kept:.2%} | |",
        f"| best reference proven to be the exhaustive search's on the way | {(found.proven > 0).mean():.1%} | |",
        *_proven(spectra[:SAMPLE], held, each),
        f"| a loop over the entries (Pearson in NumPy), processor time a spectrum over ours"
        f" | {loop / each:,.0f} ({loop * 1e3:.0f} ms, {each * 1e6:.0f} us) | 100 |",
        f"| pybaselines arPLS, the same | {baseline / each:,.0f} ({baseline * 1e3:.1f} ms) | |",
        *_shared(spectra, held, found),
        f"| peak memory, with all {SPECTRA:,} spectra | {peak:.2f} GiB | 1.5 GiB |",
    ]


def _ours(spectra: NDArray[np.float64], held: Held, threads: int) -> Best:
    with one_thread():
        return best_of_many(spectra, held, effort=Effort(threads=threads))


def _proven(spectra: NDArray[np.float64], held: Held, each: float) -> list[str]:
    """The whole list proven, beside the search without."""
    some = spectra[:EXACT_SPECTRA]
    with one_thread():
        exact = took(lambda: best_of_many(some, held, exact=True)).cpu / len(some)
        equal, kept = _beside_exhaustive(some, held, best_of_many(some, held, exact=True))
    return [
        f"| all ten proven (`exact`), processor time over the search without | {exact / each:.1f}"
        f" ({exact * 1e3:.2f} ms a spectrum) | |",
        f"| the same: best reference, best ten, that of the exhaustive search | {equal:.2%},"
        f" {kept:.2%} of {len(some):,} | 100 % |",
    ]


def _shared(spectra: NDArray[np.float64], held: Held, found: Best) -> list[str]:
    """Two processes of this computer beside two local Dask workers."""
    from distributed import Client

    from quayscan.batch.cluster import local_cluster
    from quayscan.batch.likest import likest_here, likest_on

    with (
        local_cluster(2) as cluster,
        Client(cluster) as client,
    ):
        dask, pool, ratio, _ = in_turn(
            lambda: likest_on(client, spectra, held), lambda: likest_here(spectra, held, jobs=2), rounds=3
        )
        same = likest_on(client, spectra, held).cosine.tobytes() == found.cosine.tobytes()
    return [
        "| two local Dask workers over two processes (the processes' start and the references' way to both included),"
        f" wall; the same bytes | {ratio:.2f} ({dask.wall:.1f} s, {pool.wall:.1f} s);"
        f" {'yes' if same else 'NO'} | 1.25 |"
    ]


def _beside_exhaustive(spectra: NDArray[np.float64], held: Held, found: Best) -> tuple[float, float]:
    """Share of spectra with the same best reference, and of the best ten that were found."""
    everywhere = np.ones(WINDOW_POINTS, dtype=bool)
    equal = kept = 0
    for at in range(0, len(spectra), 500):
        best = np.full((len(spectra[at : at + 500]), len(held.codes)), -1.0, dtype=np.float32)
        for step in SHIFT_STEPS:
            moved = project_out(spectra[at : at + 500, WINDOW.start + step : WINDOW.stop + step], everywhere)
            moved /= np.linalg.norm(moved, axis=1, keepdims=True)
            np.maximum(best, moved.astype(np.float32) @ held.single_rows.T, out=best)
        mine = found.rows[at : at + 500]
        equal += int((best.argmax(axis=1) == mine[:, 0]).sum())
        ten = np.argpartition(-best, 10, axis=1)[:, :10]
        kept += sum(int(np.isin(one, other).sum()) for one, other in zip(ten, mine, strict=True))
    return equal / len(spectra), kept / (10 * len(spectra))


def _peer_loop(spectra: NDArray[np.float64], rows: NDArray[np.float32]) -> None:
    for spectrum in spectra:
        max(float(np.corrcoef(spectrum, row)[0, 1]) for row in rows)


def _arpls(spectra: NDArray[np.float64]) -> None:
    from pybaselines import Baseline

    fitter = Baseline(GRID)
    for spectrum in spectra:
        fitter.arpls(spectrum)
