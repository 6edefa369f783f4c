"""Codes for the first pass over a large library: a spectrum as 64 whole numbers, compared at few shifts in one product.

A spectrum within the window is told well by its slow waves: 64 cosines of the window, the background projected out of
them, hold what is wider than some 10 cm-1. So few shifts do (6 cm-1 apart), and a reference is 64 numbers, not 701.

The numbers are whole, and of length 4,095 together. So no sum of a product of two of them exceeds 2^24, up to which
float32 holds every whole number: the product is exact, whatever the order in which a linear algebra library adds, the
block it is cut into, and the threads that share it. The same candidates come out on any machine.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .grid import POINTS, WINDOW, WINDOW_POINTS, FloatArray
from .projection import BACKGROUND_SPLINES, window_splines

WAVES = 64
"""More waves, or those that hold most of a library, kept no more of the best references at these shifts."""

COARSE_STEPS = (-3, 0, 3)
"""Grid steps at which the first pass compares: each of the nine shifts is one step from one of them at most."""

LENGTH = 4095
"""Of the code of a spectrum: 4,095 squared, and what rounding adds, stays under 2^24."""

CODE_BYTES = 4 * WAVES

CODE_ERROR = 8.01
"""A reference's code lies so near to its direction within the span, times 4,095, at most: 64 times less than 1 that is
cut off, and what 2^-40 of the highest value adds. It holds for references whose bands (the window less its background)
are of a length over one millionth of the highest value; less is the rounding of the float32 that they are written in.
"""

QUERY_STEPS = 2**20
BASIS_STEPS = 2**24
"""Spectra and basis are rounded to whole numbers too: 951 products of them sum up exactly in float64 (under 2^53)."""

Codes = NDArray[np.float32]


@lru_cache(maxsize=1)
def wave_basis() -> FloatArray:
    """(701, 64) orthonormal cosines of the window, the 14 splines of the background projected out; read-only.

    Made by Gram and Schmidt's method from the slowest wave up, each sum in one fixed order: the codes in a library file
    must be those that any other machine makes. A singular value decomposition turns such a basis as it likes.
    """
    place = (np.arange(WINDOW_POINTS) + 0.5) / WINDOW_POINTS
    waves = np.cos(np.pi * place * np.arange(BACKGROUND_SPLINES, BACKGROUND_SPLINES + WAVES)[:, None])
    rows = np.concatenate([window_splines(BACKGROUND_SPLINES).T, waves])
    for at, row in enumerate(rows):
        for _ in range(2):  # once more takes away what rounding left
            for other in rows[:at]:
                row -= np.add.reduce(row * other) * other
        row /= np.sqrt(np.add.reduce(row * row))
    basis: FloatArray = np.ascontiguousarray(rows[BACKGROUND_SPLINES:].T)
    basis.setflags(write=False)
    return basis


def reference_codes(spectra: NDArray[np.float32] | FloatArray) -> Codes:
    """(M, 64) codes of (M, 951) references that cover the window, each within `CODE_ERROR`.

    Spectra and basis are two whole numbers each, so that bands of a thousandth of their background have their code too:
    what the first pass proves hangs on it. The products are exact as they are for queries, and added in one order.
    """
    scaled = QUERY_STEPS * _within_one(np.asarray(spectra, dtype=np.float64))[:, WINDOW]
    basis = BASIS_STEPS * wave_basis()
    high, basis_high = np.rint(scaled), np.rint(basis)
    low, basis_low = np.rint(QUERY_STEPS * (scaled - high)), np.rint(QUERY_STEPS * (basis - basis_high))
    return _whole(high @ basis_high + (high @ basis_low + low @ basis_high) / QUERY_STEPS)


def query_codes(spectra: FloatArray, steps: tuple[int, ...] = COARSE_STEPS) -> Codes:
    """(Q, S, 64) codes of (Q, 951) spectra at each of S shifts in grid steps."""
    waves = _exact_product(spectra, _shifted_basis(steps))
    return _whole(waves.reshape(-1, len(steps), WAVES))


@lru_cache(maxsize=4)
def _shifted_basis(steps: tuple[int, ...]) -> FloatArray:
    """(951, S 64) the basis as whole numbers, moved up by each shift."""
    moved = np.zeros((POINTS, len(steps), WAVES))
    for at, step in enumerate(steps):
        moved[WINDOW.start + step : WINDOW.stop + step, at] = np.rint(BASIS_STEPS * wave_basis())
    return moved.reshape(POINTS, -1)


def _exact_product(spectra: FloatArray, basis: FloatArray) -> FloatArray:
    """Products of spectra, each rounded to steps of 2^-20 of its highest value, with a basis of whole numbers."""
    result: FloatArray = np.rint(QUERY_STEPS * _within_one(spectra)) @ basis
    return result


def _within_one(spectra: FloatArray) -> FloatArray:
    """Spectra over their highest value."""
    scaled: FloatArray = spectra / np.maximum(np.abs(spectra).max(axis=1, keepdims=True), np.finfo(float).tiny)
    return scaled


def _whole(waves: FloatArray) -> Codes:
    """(..., 64) waves scaled to length 4,095 and rounded towards zero, which keeps them within it."""
    length = np.sqrt(np.einsum("...w,...w->...", waves, waves))[..., None]
    scaled = np.divide(LENGTH * waves, length, out=np.zeros_like(waves), where=length > 0)
    codes: Codes = np.trunc(scaled).astype(np.float32)
    return codes
