"""Libraries and query sets of any size from a seed: no public library has 10,000 entries.

Entry k is the band table k of this project (measured, published and computed) as long as there are any; later ones are
perturbed: bands moved, scaled, widened, dropped, and some taken over from another table. So neighbours are as alike as
salts and isomers are, and no two are the same. A query is one entry on an axis that is off, with another response,
fluorescence, and noise of a signal-to-noise ratio of 20 to 200 at its highest band.

Block b of a library depends on seed and b only, so that a million entries are written block by block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

import quayscan_spectra
from quayscan.preprocess.grid import GRID, POINTS, STEP_CM1
from quayscan.preprocess.resample import SIGMA_CM1
from quayscan_spectra.profile import pseudo_voigt

Floats = NDArray[np.float64]

BLOCK = 1000
MOST_BANDS = 40
WIDTHS_CM1 = np.array([6.0, 9.0, 13.0, 19.0, 28.0])
"""Full widths at half maximum in which bands are drawn; each takes the nearest."""

MOVED_CM1, SCALED, WIDENED = 8.0, 0.6, 0.15
DROPPED, TAKEN_OVER = 0.2, 0.2
SNR = (20.0, 200.0)
OFF_CM1 = 7.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bands:
    """(K, 40) positions in cm-1, widths in cm-1 and heights of the bands of K entries; height 0 for none."""

    shift_cm1: Floats
    fwhm_cm1: Floats
    height: Floats


def entries(count: int, seed: int, first: int = 0) -> NDArray[np.float32]:
    """(count, 951) entries of the library of a seed from `first`, a multiple of 1,000, on; the highest value is 1."""
    blocks = [_block(seed, at)[: count + first - at] for at in range(first, first + count, BLOCK)]
    return np.concatenate(blocks)


def queries(rows: NDArray[np.float32], seed: int) -> Floats:
    """(Q, 951) one query of each of the (Q, 951) entries."""
    draw = np.random.default_rng([seed, 1])
    count = len(rows)
    off = draw.uniform(-OFF_CM1, OFF_CM1, count)
    found = np.empty((count, POINTS))
    place = np.linspace(-1.0, 1.0, POINTS)
    for at, row in enumerate(rows):
        found[at] = np.interp(GRID - off[at], GRID, row)
    found *= 1.0 + draw.uniform(-0.2, 0.2, (count, 1)) * place
    middle, width = draw.uniform(500.0, 1900.0, (count, 1)), draw.uniform(500.0, 1200.0, (count, 1))
    background = draw.uniform(0.2, 5.0, (count, 1)) * np.exp(-(((GRID - middle) / width) ** 2))
    noise = draw.normal(size=(count, POINTS)) @ _noise_kernel()
    snr = np.exp(draw.uniform(*np.log(SNR), (count, 1)))
    return 2000.0 * (found + background + noise / snr)


def _block(seed: int, first: int) -> NDArray[np.float32]:
    draw = np.random.default_rng([seed, 0, first])
    tables = _tables()
    own = len(tables.height)
    base = draw.integers(own, size=BLOCK)
    bands = _perturbed(tables, base, draw)
    plain = np.arange(first, first + BLOCK) < own
    for name in Bands.__slots__:
        getattr(bands, name)[plain] = getattr(tables, name)[np.arange(first, first + BLOCK)[plain]]
    drawn = _drawn(bands)
    return (drawn / drawn.max(axis=1, keepdims=True)).astype(np.float32)


def _perturbed(tables: Bands, base: NDArray[np.intp], draw: np.random.Generator) -> Bands:
    shape = (base.size, MOST_BANDS)
    other = draw.integers(len(tables.height), size=base.size)
    swap = draw.random(shape) < TAKEN_OVER
    parts = {
        name: np.where(swap, getattr(tables, name)[other], getattr(tables, name)[base]) for name in Bands.__slots__
    }
    keep = draw.random(shape) >= DROPPED
    keep[np.arange(base.size), parts["height"].argmax(axis=1)] = True
    return Bands(
        shift_cm1=parts["shift_cm1"] + draw.normal(0.0, MOVED_CM1, shape),
        fwhm_cm1=parts["fwhm_cm1"] * np.exp(draw.normal(0.0, WIDENED, shape)),
        height=parts["height"] * np.exp(draw.normal(0.0, SCALED, shape)) * keep,
    )


@lru_cache(maxsize=1)
def _tables() -> Bands:
    """The strongest bands of every table of this project."""
    tables = (*quayscan_spectra.references(), *quayscan_spectra.computed_band_references())
    found = Bands(**{name: np.zeros((len(tables), MOST_BANDS)) for name in Bands.__slots__})
    for at, table in enumerate(tables):
        inside = np.flatnonzero((table.shift_cm1 > GRID[0]) & (table.shift_cm1 < GRID[-1]))
        best = inside[np.argsort(-table.height[inside], kind="stable")[:MOST_BANDS]]
        for name in Bands.__slots__:
            getattr(found, name)[at, : best.size] = getattr(table, name)[best]
    return found


def _drawn(bands: Bands) -> Floats:
    """(K, 951) the bands at the common resolution: put between two grid points each, then widened by its profile."""
    place = np.clip((bands.shift_cm1 - GRID[0]) / STEP_CM1, 0.0, POINTS - 1.001)
    low, share = place.astype(np.intp), place % 1.0
    width = np.abs(np.log(bands.fwhm_cm1[..., None].clip(1.0) / WIDTHS_CM1)).argmin(axis=-1)
    count = len(place)
    cell = (width * count + np.arange(count)[:, None]) * POINTS + low
    size = WIDTHS_CM1.size * count * POINTS
    spikes = np.bincount(cell.ravel(), (bands.height * (1.0 - share)).ravel(), size)
    spikes += np.bincount(cell.ravel() + 1, (bands.height * share).ravel(), size)
    drawn = np.zeros((count, POINTS))
    for lines, profile in zip(spikes.reshape(WIDTHS_CM1.size, count, POINTS), _profiles(), strict=True):
        drawn += lines @ profile
    return drawn


@lru_cache(maxsize=1)
def _profiles() -> list[Floats]:
    """For each width a (951, 951) matrix that turns a line into its band at the common resolution."""
    apart = STEP_CM1 * np.arange(-POINTS + 1, POINTS)
    kernel = np.exp(-0.5 * (apart / SIGMA_CM1) ** 2)
    kernel /= kernel.sum()
    index = np.arange(POINTS)
    made = []
    for width in WIDTHS_CM1:
        seen = np.convolve(pseudo_voigt(apart, np.array(width), np.array(0.3)), kernel, mode="same")
        made.append(np.ascontiguousarray(seen[index[None, :] - index[:, None] + POINTS - 1]))
    return made


@lru_cache(maxsize=1)
def _noise_kernel() -> Floats:
    """(951, 951) white noise in, noise as the resampling leaves it out, variance 1."""
    apart = STEP_CM1 * np.subtract.outer(np.arange(POINTS), np.arange(POINTS))
    kernel = np.exp(-0.5 * (apart / SIGMA_CM1) ** 2)
    return np.asarray(kernel / np.sqrt((kernel**2).sum(axis=0)), dtype=np.float64)
