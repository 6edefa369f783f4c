"""`Response`: the relative response of an instrument over the Raman shift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..spectrum import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Relative response of the instrument, 1 at its largest.

    Attributes
    ----------
    shift_cm1, relative : (K,) points, ascending; straight lines between them, constant beyond them.
    standard : what it was measured with.
    """

    shift_cm1: tuple[float, ...]
    relative: tuple[float, ...]
    standard: str

    def __call__(self, shift_cm1: FloatArray) -> FloatArray:
        """Relative response at these shifts, above 0."""
        values: FloatArray = np.interp(shift_cm1, self.shift_cm1, self.relative)
        return values
