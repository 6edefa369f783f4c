"""The exhaustive search written out, and libraries made to mislead the first pass."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tests.bench import large

from quayscan.match.shifts import stacked_shifts
from quayscan.preprocess.codes import wave_basis
from quayscan.preprocess.grid import POINTS, WINDOW, WINDOW_POINTS
from quayscan.preprocess.projection import project_out

EVERYWHERE = np.ones(WINDOW_POINTS, dtype=bool)
SHAPES = 300

Floats = NDArray[np.float64]


def unit(values: Floats) -> Floats:
    return values / np.linalg.norm(values, axis=-1, keepdims=True)


def shifted_units(queries: Floats) -> Floats:
    """(Q, 9, 701) of length 1, background projected out."""
    return np.stack([unit(project_out(stacked_shifts(one), EVERYWHERE)) for one in queries])


def cosines(queries: Floats, rows: NDArray[np.float32]) -> Floats:
    """(Q, 9, M) of all with all."""
    references = unit(project_out(rows[:, WINDOW].astype(np.float64), EVERYWHERE))
    found: Floats = shifted_units(queries) @ references.T
    return found


def misleading(queries: Floats, draw: np.random.Generator) -> NDArray[np.float32]:
    """References of which the codes tell little, beside 300 ordinary ones.

    Fast waves, which lie outside the codes' span; noise; bands on a background a thousand times as high; and for each
    query, at drawn shifts, its own part outside the span with more or less of something else inside.
    """
    ordinary = draw.permutation(_ordinary())[:SHAPES]
    place = np.arange(POINTS)
    fast = np.cos(np.pi * place * draw.uniform(0.15, 0.9, (20, 1)) + draw.uniform(0.0, 6.0, (20, 1)))
    noise = draw.normal(size=(20, POINTS))
    buried = ordinary[:40] + 1000.0 * np.exp(-(((place - draw.uniform(300.0, 700.0, (40, 1))) / 400.0) ** 2))
    made = np.zeros((8 * len(queries), POINTS))
    for at, shifted in enumerate(np.repeat(shifted_units(queries), 8, axis=0)):
        made[at, WINDOW] = _outside_and_little_inside(shifted[draw.integers(len(shifted))], draw)
    rows: NDArray[np.float32] = np.concatenate([ordinary, fast, noise, buried, made]).astype(np.float32)
    return rows


@lru_cache(maxsize=1)
def _ordinary() -> NDArray[np.float32]:
    return large.entries(1000, seed=11)


def _outside_and_little_inside(query: Floats, draw: np.random.Generator) -> Floats:
    basis = wave_basis()
    inside = basis @ (basis.T @ query)
    other = basis @ draw.normal(size=basis.shape[1])
    turned = unit(unit(inside) + draw.uniform(0.0, 2.0) * unit(other))
    share = draw.uniform(0.0, 1.0)
    made: Floats = share * turned + np.sqrt(1.0 - share**2) * unit(query - inside)
    return made
