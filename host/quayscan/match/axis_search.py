"""A wrong axis: would the spectrum fit a reference if its axis were moved or stretched?

Asked only of good data that nothing explains. Shifts and stretches are searched by a cosine against all references
(shifts by fast Fourier transforms, stretches by matrix products), the best few are fitted as any candidate is, and
only a fit better than nearly all identifications is believed: the search tries thousands of axes, and among so many
a spectrum of an unknown substance finds a fair fit somewhere.
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
from ..preprocess.grid import GRID, POINTS, START_CM1, STEP_CM1, WINDOW, BoolArray, FloatArray
from .options import MatchOptions
from .residual import Target, fit, template

MOST_CM1 = 320.0
LEAST_CM1 = 12.0
"""Shifts that are searched, either way: from beyond what any comparison forgives to beyond any plausible fault."""

MOST_STRETCH, LEAST_STRETCH, STRETCH_STEP = 0.12, 0.014, 0.0025
"""Stretches about 0 cm-1 that are searched, either way; a step moves 1,000 cm-1 by 2.5."""

THRESHOLD = 0.94
"""Smallest score that is believed: the middle, in atanh, between the best of 255 development spectra whose substance
is not in the library (0.907, sodium carbonate taken for displaced calcium carbonate) and the worst of 482 displaced
ones that have bands (0.963)."""

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
class AxisOff:
    """What the spectrum would be, were its axis right.

    Attributes
    ----------
    shift_cm1, stretch : measured axis = right axis * (1 + stretch) + shift_cm1; one of the two is 0.
    score : of the fit on the corrected axis. entry, substance, name : of the reference that would fit.
    """

    shift_cm1: float
    stretch: float
    score: float
    entry: int
    substance: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Warp:
    """One reference at one displacement of the axis, and its cosine."""

    cosine: float
    entry: int
    shift_cm1: float
    stretch: float


def axis_off(
    features: Features, library: Library, options: MatchOptions | None = None, *, threshold: float = THRESHOLD
) -> AxisOff | None:
    """Whether a displaced axis, and nothing else, keeps a spectrum from fitting a reference.

    Parameters
    ----------
    features : of a spectrum that nothing explains as it is.
    options : constants of the fit; the defaults when None.
    threshold : smallest score that is believed.

    Returns
    -------
    The first displacement and reference whose fit reaches the threshold, most similar first; None when there is none.
    """
    chosen = options if options is not None else MatchOptions()
    for warp in _candidates(features, library):
        found = _judge(features, library, warp, chosen)
        if found.score >= threshold:
            return found
    return None


def _judge(features: Features, library: Library, warp: _Warp, options: MatchOptions) -> AxisOff:
    """The better of the fit at the displacement found, and at the one that this fit asks for."""
    score, correction = _score(features, library, warp.entry, warp.shift_cm1, warp.stretch, options)
    shift = warp.shift_cm1
    if warp.stretch == 0.0 and abs(shift + correction) >= LEAST_CM1:
        again, _ = _score(features, library, warp.entry, shift + correction, 0.0, options)
        score, shift = max((score, shift), (again, shift + correction))
    reference = library.references[warp.entry]
    return AxisOff(
        shift_cm1=shift,
        stretch=warp.stretch,
        score=score,
        entry=warp.entry,
        substance=reference.substance,
        name=reference.name,
    )


def _score(
    features: Features, library: Library, entry: int, shift_cm1: float, stretch: float, options: MatchOptions
) -> tuple[float, float]:
    """The score on the corrected axis as `match` gives it, and the shift that is left, in cm-1."""
    target = _corrected(features, shift_cm1, stretch)
    values = np.asarray(library.spectra[entry], dtype=np.float64)
    mask = library.masks(slice(entry, entry + 1))[0]
    shape = template(values, band_part(values, mask), mask, 0)
    fits = [
        fit(
            target,
            shape,
            options.model,
            symmetric=both,
            passes=options.passes,
            noise_credit=options.noise_credit,
        )
        for both in (False, True)
    ]
    mean = np.mean([np.arctanh(one.explained) for one in fits])
    return float(np.tanh(mean)), fits[1].shift_cm1


def _corrected(features: Features, shift_cm1: float, stretch: float) -> Target:
    """The query within the window on the axis that would be right."""
    index, weight, inside = _places(GRID * (1.0 + stretch) + shift_cm1)
    mask = inside & features.mask[index] & features.mask[index + 1]

    def moved(values: FloatArray) -> FloatArray:
        between: FloatArray = (1.0 - weight) * values[index] + weight * values[index + 1]
        return np.where(mask, between, 0.0)[WINDOW]

    return Target(
        values=moved(features.values),
        noise=moved(features.variance),
        level=moved(features.level),
        bands=moved(features.bands),
        mask=mask[WINDOW],
    )


def _places(shift_cm1: FloatArray) -> tuple[NDArray[np.intp], FloatArray, BoolArray]:
    """Where shifts lie on the grid: lower neighbour, weight of the upper one, and whether both exist."""
    at = (shift_cm1 - START_CM1) / STEP_CM1
    low = np.floor(at).astype(np.intp)
    inside = (low >= 0) & (low < POINTS - 1)
    return np.clip(low, 0, POINTS - 2), at - low, inside


def _candidates(features: Features, library: Library) -> list[_Warp]:
    """The most similar displacements, one a reference, best first."""
    query = flattened(features.bands, features.mask)
    found = []
    for first, shapes, masks in _shapes(library):
        shift, by_shift = _best_shift(query, features.mask, shapes, masks)
        stretch, by_stretch = _best_stretch(query, features.mask, shapes, masks)
        cosine = np.maximum(by_shift, by_stretch)
        for row in np.argsort(-cosine, kind="stable")[:CANDIDATES]:
            stretched = by_stretch[row] > by_shift[row]
            warp = _Warp(
                cosine=float(cosine[row]),
                entry=first + int(row),
                shift_cm1=0.0 if stretched else float(shift[row]),
                stretch=float(stretch[row]) if stretched else 0.0,
            )
            found.append(warp)
    found.sort(key=lambda warp: -warp.cosine)
    return [warp for warp in found[:CANDIDATES] if warp.cosine >= LEAST_COSINE]


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
    return (flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)).astype(np.float32)


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
    steps = int(round(MOST_STRETCH / STRETCH_STEP))
    every = STRETCH_STEP * np.arange(-steps, steps + 1)
    return every[np.abs(every) >= LEAST_STRETCH]


def _best_stretch(
    query: FloatArray, mask: BoolArray, shapes: FloatArray, masks: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """(K,) the best stretch of each reference, and the cosine there."""
    stretches = _stretches()
    index, weight, inside = _places(GRID[None, :] * (1.0 + stretches[:, None]))
    covered = inside & mask[index] & mask[index + 1]
    moved = np.where(covered, (1.0 - weight) * query[index] + weight * query[index + 1], 0.0)
    own = shapes**2 @ covered.T.astype(np.float64)
    other = masks.astype(np.float64) @ (moved**2).T
    cosine = _cosine(shapes @ moved.T, own, other, float(query @ query))
    best = np.argmax(cosine, axis=1)
    return stretches[best], cosine[np.arange(best.size), best]
