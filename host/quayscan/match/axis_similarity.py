"""Displacements of the axis at which a spectrum resembles references: shifts by fast Fourier transforms, stretches by
matrix products, both on what is left of the square roots of the bands when all that is broader is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..library import Library
from ..preprocess import Features
from ..preprocess.envelope import band_part, running_mean
from ..preprocess.grid import GRID, POINTS, START_CM1, STEP_CM1, BoolArray, FloatArray

MOST_CM1 = 320.0
LEAST_CM1 = 12.0
"""Shifts that are searched, either way: from beyond what any comparison forgives to beyond any plausible fault."""

MOST_STRETCH, LEAST_STRETCH, STRETCH_STEP = 0.12, 0.014, 0.0025
"""Stretches about 0 cm-1 that are searched, either way; a step moves 1,000 cm-1 by 2.5."""

CANDIDATES = 4
LEAST_COSINE = 0.6
"""Below it no fit reaches the threshold: displaced spectra of the development data have 0.7 and more."""

FLATTEN_POINTS = 31
FLATTEN_PASSES = 3
"""Subtracting three running means of 62 cm-1 leaves bands and takes what is broader."""

LENGTH = 1152
"""Points of the transforms: grid and largest shift side by side, a product of small primes."""

LAGS = np.arange(-int(MOST_CM1 / STEP_CM1), int(MOST_CM1 / STEP_CM1) + 1)
ROWS = 512
"""References that are transformed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement:
    """One reference, the shift or stretch at which it resembles a spectrum most, and the cosine there."""

    cosine: float
    entry: int
    shift_cm1: float
    stretch: float


def displacements(features: Features, library: Library) -> list[Displacement]:
    """The most similar displacements of a spectrum against a library's measured and published references.

    One a reference, best first. A computed reference's bands are too uncertain to tell an axis by.
    """
    query = flattened(features.bands, features.mask)
    found: list[Displacement] = []
    for first, shapes, masks in _shapes(library):
        shift, by_shift = _best_shift(query, features.mask, shapes, masks)
        stretch, by_stretch = _best_stretch(query, features.mask, shapes, masks)
        cosine = np.where(_usable(library, first, shapes.shape[0]), np.maximum(by_shift, by_stretch), 0.0)
        for row in np.argsort(-cosine, kind="stable")[:CANDIDATES]:
            stretched = by_stretch[row] > by_shift[row]
            one = Displacement(
                cosine=float(cosine[row]),
                entry=first + int(row),
                shift_cm1=0.0 if stretched else float(shift[row]),
                stretch=float(stretch[row]) if stretched else 0.0,
            )
            found.append(one)
    found.sort(key=lambda one: -one.cosine)
    return [one for one in found[:CANDIDATES] if one.cosine >= LEAST_COSINE]


def _usable(library: Library, first: int, count: int) -> BoolArray:
    return np.array([library.references[row].grade != "computed" for row in range(first, first + count)])


def flattened(bands: FloatArray, mask: BoolArray) -> FloatArray:
    """(..., 951) square roots of band parts without what is broader than a band, 0 where masked."""
    root = np.where(mask, np.sqrt(bands), 0.0)
    smooth, weight = root, mask.astype(np.float64)
    for _ in range(FLATTEN_PASSES):
        smooth, weight = running_mean(smooth, FLATTEN_POINTS), running_mean(weight, FLATTEN_POINTS)
    return np.where(mask, root - smooth / np.maximum(weight, 1e-6), 0.0)


_FLATTENED: WeakKeyDictionary[Library, NDArray[np.float32]] = WeakKeyDictionary()


def _shapes(library: Library) -> Iterator[tuple[int, FloatArray, BoolArray]]:
    """First row, (K, 951) flattened references of unit length, and their masks, some hundreds at a time."""
    known = _FLATTENED.get(library)
    if known is None:
        known = np.concatenate([_flat_rows(library, first) for first in range(0, len(library), ROWS)])
        _FLATTENED[library] = known
    for first in range(0, len(library), ROWS):
        rows = slice(first, first + ROWS)
        yield first, known[rows].astype(np.float64), library.masks(rows)


def _flat_rows(library: Library, first: int) -> NDArray[np.float32]:
    rows = slice(first, first + ROWS)
    masks = library.masks(rows)
    values = np.asarray(library.spectra[rows], dtype=np.float64)
    flat = np.zeros_like(values)
    for mask in np.unique(masks, axis=0):
        same = np.all(masks == mask, axis=1)
        flat[same] = flattened(band_part(values[same], mask), mask)
    length = np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
    return np.asarray(flat / length, dtype=np.float32)


def _best_shift(
    query: FloatArray, mask: BoolArray, shapes: FloatArray, masks: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """(K,) the best shift of each reference in cm-1, and the cosine there."""
    spectrum = np.fft.rfft(query, LENGTH)
    product = np.fft.irfft(spectrum * np.conj(np.fft.rfft(shapes, LENGTH)), LENGTH)[:, LAGS]
    own = _energy_within(shapes**2, *_ends(mask[None, :]), -LAGS)
    other = _energy_within(query[None, :] ** 2, *_ends(masks), LAGS)
    cosine = _cosine(product, own, other, float(query @ query))
    cosine[:, np.abs(LAGS) * STEP_CM1 < LEAST_CM1] = 0.0
    best = np.argmax(cosine, axis=1)
    return LAGS[best] * STEP_CM1, cosine[np.arange(best.size), best]


def _ends(masks: BoolArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(K, 1) first covered point and the one after the last."""
    return np.argmax(masks, axis=1)[:, None], (POINTS - np.argmax(masks[:, ::-1], axis=1))[:, None]


def _energy_within(
    energy: FloatArray, first: NDArray[np.intp], stop: NDArray[np.intp], moved: NDArray[np.intp]
) -> FloatArray:
    """Energy of each row within a range moved by each of the lags: (K, L), whichever of the two has K rows."""
    total = np.pad(np.cumsum(energy, axis=1), ((0, 0), (1, 0)))
    low, high = (np.clip(end + moved[None, :], 0, POINTS) for end in (first, stop))
    if energy.shape[0] == 1:
        return np.asarray(total[0][high] - total[0][low], dtype=np.float64)
    return np.asarray(total[:, high[0]] - total[:, low[0]], dtype=np.float64)


def _cosine(product: FloatArray, own: FloatArray, other: FloatArray, whole: float) -> FloatArray:
    """Cosine over what both cover, times the root of the shares of both that lie there (references have length 1)."""
    overlap = np.maximum(own, 0.0) * np.maximum(other, 0.0)
    share = np.clip(overlap / max(whole, 1e-12), 0.0, 1.0) ** 0.25
    cosine: FloatArray = np.divide(product, np.sqrt(overlap), out=np.zeros_like(product), where=overlap > 1e-9 * whole)
    return cosine * share


@lru_cache(maxsize=1)
def _stretches() -> FloatArray:
    steps = round(MOST_STRETCH / STRETCH_STEP)
    every: FloatArray = STRETCH_STEP * np.arange(-steps, steps + 1, dtype=np.float64)
    return every[np.abs(every) >= LEAST_STRETCH]


def _best_stretch(
    query: FloatArray, mask: BoolArray, shapes: FloatArray, masks: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """(K,) the best stretch of each reference, and the cosine there."""
    stretches = _stretches()
    index, weight, inside = places(GRID[None, :] * (1.0 + stretches[:, None]))
    covered = inside & mask[index] & mask[index + 1]
    moved = np.where(covered, (1.0 - weight) * query[index] + weight * query[index + 1], 0.0)
    own = shapes**2 @ covered.T.astype(np.float64)
    other = masks.astype(np.float64) @ (moved**2).T
    cosine = _cosine(shapes @ moved.T, own, other, float(query @ query))
    best = np.argmax(cosine, axis=1)
    return stretches[best], cosine[np.arange(best.size), best]


def places(shift_cm1: FloatArray) -> tuple[NDArray[np.intp], FloatArray, BoolArray]:
    """Where shifts lie on the grid: lower neighbour, weight of the upper one, and whether both exist."""
    at = (shift_cm1 - START_CM1) / STEP_CM1
    low = np.floor(at).astype(np.intp)
    inside = (low >= 0) & (low < POINTS - 1)
    return np.clip(low, 0, POINTS - 2), at - low, inside
