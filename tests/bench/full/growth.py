"""Cost against the number of spectra and of references, as a table and a picture on log axes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from quayscan.match.held import Held
from quayscan.match.many import best_of_many
from quayscan.pipeline.one_thread import one_thread

from .. import large
from .clock import took

SPECTRA = (10, 100, 1000, 10_000)
REFERENCES = (100, 1000, 10_000, 100_000)
HEAD = ("| against | ours | bare product | ratio |", "|---|---|---|---|")
FIXED_SPECTRA, FIXED_REFERENCES = 1000, 10_000


def lines(picture: Path) -> list[str]:
    """Rows of the table; draws the picture beside it."""
    rows = large.entries(max(REFERENCES), seed=1)
    chosen = np.random.default_rng(0).integers(FIXED_REFERENCES, size=max(SPECTRA))
    spectra = large.queries(rows[chosen], seed=5)
    points = {
        f"spectra, {FIXED_REFERENCES:,} references": [
            (n, *_cost(spectra[:n], rows[:FIXED_REFERENCES])) for n in SPECTRA
        ],
        f"references, {FIXED_SPECTRA:,} spectra": [(m, *_cost(spectra[:FIXED_SPECTRA], rows[:m])) for m in REFERENCES],
    }
    _draw(points, picture)
    return [
        f"| {count:,} {name} | {ours:.3f} s | {bare:.3f} s | {ours / bare:.2f} |"
        for name, costs in points.items()
        for count, ours, bare in costs
    ]


def _cost(spectra: np.ndarray, rows: np.ndarray) -> tuple[float, float]:
    """Processor seconds of ours and of the bare product, both on one thread."""
    held, single = Held.of(rows), spectra.astype(np.float32)
    with one_thread():
        pairs = [(took(lambda: best_of_many(spectra, held)).cpu, took(lambda: single @ rows.T).cpu) for _ in range(3)]
    ours, bare = np.median(pairs, axis=0)
    return float(ours), float(max(bare, 1e-6))


def _draw(points: dict[str, list[tuple[int, float, float]]], picture: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.0, 3.6), layout="constrained")
    axes = figure.subplots(1, 2, sharey=True)
    for plot, (name, costs) in zip(axes, points.items(), strict=True):
        count, ours, bare = zip(*costs, strict=True)
        plot.loglog(count, ours, "o-", label="best ten, shifts of +-8 cm-1")
        plot.loglog(count, bare, "s--", color="grey", label="one float32 product")
        plot.set_xlabel(name)
        plot.grid(alpha=0.3)
    axes[0].set_ylabel("processor time, s (one thread)")
    axes[0].legend(frameon=False)
    figure.savefig(picture, dpi=120)
