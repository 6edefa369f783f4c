"""Pictures of the open set: where right and wrong scores lie, and every spectrum that was named wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")

import matplotlib.pyplot as plt

from quayscan.library import Library
from quayscan.preprocess.grid import GRID, WINDOW

from .open_set import LASERS, Outcome, calibration, named

DPI = 110


def score_distributions(those: Sequence[Outcome], path: Path, title: str) -> None:
    """Best right and best wrong scores, a strip for each laser, with the threshold at a rate of 1 %."""
    figure, axes = plt.subplots(len(LASERS), 1, figsize=(8, 6), sharex=True, layout="constrained")
    for laser, axis in zip(LASERS, axes, strict=True):
        mine = [one for one in those if one.trial.laser == laser and one.adequate]
        right, wrong = ([one.score for one in mine if bool(one.truth) == held] for held in (True, False))
        bins = np.linspace(0, 3, 61)
        axis.hist(np.arctanh(np.minimum(wrong, 0.9999)), bins, color="tab:red", alpha=0.7, label="not in the library")
        axis.hist(np.arctanh(np.minimum(right, 0.9999)), bins, color="tab:green", alpha=0.7, label="in the library")
        axis.axvline(np.arctanh(_threshold(mine)), color="black", linestyle="--", label="named from here, rate 1 %")
        axis.set_ylabel(laser)
    axes[0].set_title(title)
    axes[0].legend(fontsize="small")
    axes[-1].set_xlabel("atanh of the best score")
    figure.savefig(path, dpi=DPI)
    plt.close(figure)


def _threshold(those: Sequence[Outcome]) -> float:
    """The lowest score that a rate of 1 % still names, of the pool without the first spectrum's instrument."""
    pool = calibration(max(those, key=lambda one: one.result.background_chi))
    return float(min(score for score in (*pool.null.scores, 0.9999) if pool.p_value(np.nextafter(score, 1)) <= 0.01))


def wrong_trials(those: Sequence[Outcome], library: Library, path: Path) -> None:
    """Every spectrum in which a substance was named that the library lacks, over its best reference."""
    figure, axes = plt.subplots(max(len(those), 1), 1, figsize=(8, 2.6 * max(len(those), 1)), layout="constrained")
    for one, axis in zip(those, np.atleast_1d(axes), strict=False):
        best = one.result.evidence[0]
        (row,) = [at for at, reference in enumerate(library.references) if reference.name == best.name][:1]
        axis.plot(GRID[WINDOW], _scaled(one.trial.features.bands[WINDOW]), label=f"measured: {one.trial.label}")
        axis.plot(GRID[WINDOW], _scaled(np.asarray(library.spectra[row][WINDOW])), label=f"reference: {best.name}")
        names = ", ".join(sorted(named(one)))
        axis.set_title(f"{one.trial.instrument}: named {names} (score {best.score:.3f})", fontsize="small")
        axis.legend(fontsize="small")
    figure.supxlabel("Raman shift, cm-1")
    figure.savefig(path, dpi=DPI)
    plt.close(figure)


def _scaled(values: np.ndarray) -> np.ndarray:
    above = values - values.min()
    return above / max(float(above.max()), 1e-12)
