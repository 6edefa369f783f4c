"""Which lamp line is which peak: a search over offset, stretch and bow of a starting axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..spectrum import FloatArray
from .lamp_image import LampImage
from .polynomial import Polynomial, plus

TABLE_STEP_NM = 0.02
MARGIN_NM = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How far the true axis may lie from the starting one, and how finely that is searched.

    The search moves each peak to start + offset + stretch * p + bow * (2 p^2 - 1), with p from -1 at the first
    pixel to +1 at the last.

    Attributes
    ----------
    offset_nm, stretch_nm, bow_nm : largest size of each term. tolerance_nm : width of a line's pull; the grid's
        step is as wide.
    """

    offset_nm: float = 12.0
    stretch_nm: float = 4.0
    bow_nm: float = 0.5
    tolerance_nm: float = 0.5


NARROW = Span()
"""Around an axis as its maker gives it."""

WIDE = Span(offset_nm=40.0, stretch_nm=30.0, bow_nm=12.0, tolerance_nm=1.0)
"""Around a straight axis from the ends of the range that the instrument is said to see."""

REFINEMENTS = 4
"""Times that the best place is searched again with steps and tolerance halved."""


def search_axis(
    position: FloatArray, height: FloatArray, start: Polynomial, lines: LampImage, span: Span
) -> Polynomial:
    """The starting axis with the offset, stretch and bow that bring most of the peaks onto lines.

    Parameters
    ----------
    position : (L,) of the peaks, -1 at the first pixel to +1 at the last. height : (L,) above 0.
    lines : of the lamp, at the instrument's resolution.
    """
    weight = np.log1p(height / np.median(height))
    terms = np.stack([np.ones_like(position), position, 2 * position**2 - 1])
    reach = np.array([span.offset_nm, span.stretch_nm, span.bow_nm])
    centre, tolerance = np.zeros(3), span.tolerance_nm
    for _ in range(1 + REFINEMENTS):
        axes = [_steps(middle, half, tolerance) for middle, half in zip(centre, reach, strict=True)]
        centre = _best(axes, terms, weight, start(position), _Pull(lines, tolerance))
        reach, tolerance = np.minimum(reach, 2 * tolerance), tolerance / 2
    offset, stretch, bow = (float(one) for one in centre)
    return plus(start, Polynomial(coefficients=(offset - bow, stretch, 2 * bow)))


class _Pull:
    """How strongly lines attract a peak at any wavelength, from a fine table."""

    def __init__(self, lines: LampImage, tolerance_nm: float) -> None:
        self.start = float(lines.wavelength_nm[0]) - MARGIN_NM
        count = int((float(lines.wavelength_nm[-1]) + MARGIN_NM - self.start) / TABLE_STEP_NM) + 1
        at = self.start + TABLE_STEP_NM * np.arange(count)
        weight = np.log1p(lines.height / np.median(lines.height))
        distance = (at[:, None] - lines.wavelength_nm[None, :]) / tolerance_nm
        self.table: FloatArray = np.max(weight * np.exp(-0.5 * distance**2), axis=1)

    def __call__(self, wavelength_nm: FloatArray) -> FloatArray:
        index = np.rint((wavelength_nm - self.start) / TABLE_STEP_NM).astype(np.intp)
        inside = (index >= 0) & (index < self.table.size)
        return np.where(inside, self.table[np.clip(index, 0, self.table.size - 1)], 0.0)


def _steps(middle: float, half: float, step: float) -> FloatArray:
    count = int(np.ceil(half / step))
    return middle + step * np.arange(-count, count + 1, dtype=np.float64)


def _best(axes: list[FloatArray], terms: FloatArray, weight: FloatArray, start: FloatArray, pull: _Pull) -> FloatArray:
    """(offset, stretch, bow) with the strongest pull on all peaks together."""
    best, chosen = -1.0, np.zeros(3)
    for bow in axes[2]:
        for stretch in axes[1]:
            moved = start + stretch * terms[1] + bow * terms[2]
            total = pull(moved[None, :] + axes[0][:, None]) @ weight
            at = int(np.argmax(total))
            if total[at] > best:
                best, chosen = float(total[at]), np.array([axes[0][at], stretch, bow])
    return chosen
