"""A wrong axis: would the spectrum fit a reference if its axis were moved or stretched?

Asked only of good data that nothing explains. Shifts and stretches are searched by a cosine against all references
(shifts by fast Fourier transforms, stretches by matrix products), the best few are fitted as any candidate is, and
only a fit better than nearly all identifications is believed: the search tries thousands of axes, and among so many
a spectrum of an unknown substance finds a fair fit somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..library import Library
from ..preprocess import Features
from ..preprocess.envelope import band_part
from ..preprocess.grid import GRID, WINDOW, FloatArray
from . import axis_similarity
from .axis_similarity import LEAST_CM1, Displacement, displacements, places
from .options import MatchOptions
from .residual import Target, fit, template

THRESHOLD = 0.94
"""Smallest score that is believed: the middle, in atanh, between the best of 255 development spectra whose substance
is not in the library (0.907, sodium carbonate taken for displaced calcium carbonate) and the worst of 482 displaced
ones that have bands (0.963)."""

LEAST_OVERLAP = 0.5
"""Share of the matching window that both sides must cover once the axis is corrected."""


CONSTANTS = (
    *(THRESHOLD, LEAST_OVERLAP),
    *(axis_similarity.MOST_CM1, axis_similarity.LEAST_CM1, axis_similarity.CANDIDATES, axis_similarity.LEAST_COSINE),
    *(axis_similarity.MOST_STRETCH, axis_similarity.LEAST_STRETCH, axis_similarity.STRETCH_STEP),
    *(axis_similarity.FLATTEN_POINTS, axis_similarity.FLATTEN_PASSES),
)
"""Every constant of the search, for the recipe's id."""


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
    for found in judged(features, library, options):
        if found.score >= threshold:
            return found
    return None


def judged(features: Features, library: Library, options: MatchOptions | None = None) -> Iterator[AxisOff]:
    """The most similar displacements with their scores, whatever these are."""
    chosen = options if options is not None else MatchOptions()
    for found_at in displacements(features, library):
        yield _judge(features, library, found_at, chosen)


def _judge(features: Features, library: Library, found_at: Displacement, options: MatchOptions) -> AxisOff:
    """The better of the fit at the displacement found, and at the one that this fit asks for."""
    score, correction = _score(features, library, found_at.entry, found_at.shift_cm1, found_at.stretch, options)
    shift = found_at.shift_cm1
    if found_at.stretch == 0.0 and abs(shift + correction) >= LEAST_CM1:
        again, _ = _score(features, library, found_at.entry, shift + correction, 0.0, options)
        score, shift = max((score, shift), (again, shift + correction))
    reference = library.references[found_at.entry]
    return AxisOff(
        shift_cm1=shift,
        stretch=found_at.stretch,
        score=score,
        entry=found_at.entry,
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
    if np.mean(target.mask & shape.mask) < LEAST_OVERLAP:
        return 0.0, 0.0
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
    index, weight, inside = places(GRID * (1.0 + stretch) + shift_cm1)
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
