"""Bands on which a spectrum and a reference contradict each other, for a person to look at.

Two directions: bands that the spectrum has and the reference lacks, and bands that the reference has and the spectrum
lacks. Heights are compared with the reference at the height at which it fits best, yet never under `LEAST_SHARE` of the
spectrum's strongest band: a good that is what it is declared to be shows its own bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from ..library import Library
from ..preprocess import Features
from ..preprocess.envelope import band_part
from ..preprocess.grid import GRID, MAX_SHIFT_STEPS, STEP_CM1, WINDOW, BoolArray, FloatArray
from .evidence import Evidence
from .residual import template

LEAST_SHARE = 0.3
REACH_POINTS = 5
"""10 cm-1 either way: a band that lies there is the same band on a slightly wrong axis."""
LEAST_HEIGHT = 0.1
LEAST_SIGMA = 6.0
RATIOS = (3.0, 1.5)
"""A band lacks where the other side is lower by this factor; the second is asked only where the first finds none."""
SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Band positions on the spectrum's axis, cm-1, ascending; the strongest eight of each kind.

    Attributes
    ----------
    only_spectrum : bands that the spectrum has and the reference lacks.
    only_reference : bands that the reference has and the spectrum lacks.
    """

    only_spectrum: tuple[float, ...]
    only_reference: tuple[float, ...]

    def __bool__(self) -> bool:
        return bool(self.only_spectrum or self.only_reference)


def contradiction(features: Features, library: Library, evidence: Evidence) -> Contradiction:
    """Where a spectrum and the reference of some evidence about it disagree.

    Parameters
    ----------
    features : the prepared spectrum. library, evidence : what it was compared with.
    """
    seen = features.mask[WINDOW]
    measured = np.where(seen, features.bands[WINDOW], 0.0)
    expected, known = _expected(library, evidence, LEAST_SHARE * float(measured.max()))
    joint = seen & known
    limit = LEAST_SIGMA * np.sqrt(features.variance[WINDOW])
    for ratio in RATIOS:
        found = Contradiction(
            only_spectrum=_alone(measured, expected, limit, ratio, joint),
            only_reference=_alone(expected, measured, limit, ratio, joint),
        )
        if found:
            return found
    return Contradiction(only_spectrum=(), only_reference=())


def _expected(library: Library, evidence: Evidence, least: float) -> tuple[FloatArray, BoolArray]:
    """(701,) the reference's bands on the spectrum's axis at the height they should have, and where it is known."""
    row = evidence.entry
    values = np.asarray(library.spectra[row], dtype=np.float64)
    mask = library.masks(slice(row, row + 1))[0]
    steps = int(np.clip(round(evidence.shift_cm1 / STEP_CM1), -MAX_SHIFT_STEPS, MAX_SHIFT_STEPS))
    shape = template(values, band_part(values, mask), mask, steps)
    return shape.bands * max(evidence.scale, least), shape.mask


def _alone(here: FloatArray, there: FloatArray, limit: FloatArray, ratio: float, joint: BoolArray) -> tuple[float, ...]:
    """Positions of the bands of one side that the other side has nothing like."""
    highest = float(here.max())
    if highest <= 0:
        return ()
    peaks, _ = find_peaks(here, prominence=LEAST_HEIGHT / 2 * highest)
    near = np.lib.stride_tricks.sliding_window_view(np.pad(there, REACH_POINTS), 2 * REACH_POINTS + 1).max(axis=1)
    strong = (here[peaks] > LEAST_HEIGHT * highest) & (here[peaks] > limit[peaks])
    alone = peaks[strong & joint[peaks] & (here[peaks] > ratio * near[peaks])]
    strongest = alone[np.argsort(-here[alone], kind="stable")][:SHOWN]
    return tuple(float(GRID[WINDOW][at]) for at in sorted(strongest))
