"""Bands on which a spectrum and a reference contradict each other, for a person to look at.

Two directions: bands that the spectrum has and the reference lacks, and bands that the reference has and the spectrum
lacks. The reference is drawn at the height at which it fits best (with or without weights, whichever is higher), yet
never under `LEAST_SHARE` of the spectrum's strongest band: a good that is what it is declared to be shows its bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..library import Library
from ..preprocess import Features
from ..preprocess.grid import GRID, MAX_SHIFT_STEPS, STEP_CM1, WINDOW, BoolArray, FloatArray
from .evidence import Contradiction, Evidence
from .prepared import bands_of
from .residual import template
from .ridge import TINY

LEAST_SHARE = 0.3
REACH_POINTS = 5
"""10 cm-1 either way: a band that lies there is the same band on a slightly wrong axis."""
LEAST_SIGMA = 8.0
"""A band must stand out from what is beside it by so many standard deviations of the noise."""
SHARES = (0.1, 0.03)
"""A band counts from this share of its side's strongest; weak ones are asked for only where no strong one is alone."""
RATIOS = (3.0, 1.5)
"""The other side must be lower there by this factor; the second is asked for only where the first finds nothing."""
SHOWN = 8


def contradiction(features: Features, library: Library, evidence: Evidence) -> Contradiction:
    """Where a spectrum and the reference of some evidence about it disagree.

    Parameters
    ----------
    features : the prepared spectrum. library, evidence : what it was compared with.
    """
    seen = features.mask[WINDOW]
    measured = np.where(seen, features.bands[WINDOW], 0.0)
    expected, known = _expected(library, evidence, measured)
    joint = seen & known
    noise = LEAST_SIGMA * np.sqrt(features.variance[WINDOW])
    more, less = _bands_beside(measured, expected, noise, joint), _bands_beside(expected, measured, noise, joint)
    for ratio in RATIOS:
        found = Contradiction(only_spectrum=more.alone(ratio), only_reference=less.alone(ratio))
        if found:
            return found
    return Contradiction(only_spectrum=(), only_reference=())


def _expected(library: Library, evidence: Evidence, measured: FloatArray) -> tuple[FloatArray, BoolArray]:
    """(701,) the reference's bands on the spectrum's axis at the height they should have, and where it is known."""
    row = evidence.entry
    values = np.asarray(library.spectra[row], dtype=np.float64)
    mask = library.masks(slice(row, row + 1))[0]
    steps = int(np.clip(round(evidence.shift_cm1 / STEP_CM1), -MAX_SHIFT_STEPS, MAX_SHIFT_STEPS))
    shape = template(values, bands_of(library, row), mask, steps)
    plain = float(shape.bands @ measured) / max(float(shape.bands @ shape.bands), TINY)
    return shape.bands * max(evidence.scale, plain, LEAST_SHARE * float(measured.max())), shape.mask


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bands:
    """Bands of one side that stand out of the noise.

    Attributes
    ----------
    at : (B,) points of the window. height, prominence : (B,) of the bands; beside : (B,) what the other side has there.
    highest : of this side.
    """

    at: NDArray[np.intp]
    height: FloatArray
    prominence: FloatArray
    beside: FloatArray
    highest: float

    def alone(self, ratio: float) -> tuple[float, ...]:
        """Positions of those that the other side has nothing like."""
        for share in SHARES:
            least = share * self.highest
            own = (self.prominence >= least / 2) & (self.height > least) & (self.height > ratio * self.beside)
            if own.any():
                strongest = self.at[own][np.argsort(-self.height[own], kind="stable")][:SHOWN]
                return tuple(float(GRID[WINDOW][at]) for at in sorted(strongest))
        return ()


def _bands_beside(here: FloatArray, there: FloatArray, noise: FloatArray, joint: BoolArray) -> _Bands:
    from scipy.signal import find_peaks  # here: half a second that most commands need not spend

    near = np.lib.stride_tricks.sliding_window_view(np.pad(there, REACH_POINTS), 2 * REACH_POINTS + 1).max(axis=1)
    peaks, found = find_peaks(here, prominence=noise)
    seen = joint[peaks]
    at = peaks[seen]
    return _Bands(
        at=at,
        height=here[at],
        prominence=found["prominences"][seen],
        beside=near[at],
        highest=float(here.max()),
    )
