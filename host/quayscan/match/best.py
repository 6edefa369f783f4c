"""`Best`: the likest references of many spectra, and how far the list is proven to be that of an exhaustive search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ..preprocess.grid import FloatArray

DECIMALS = 6
"""To which cosines are rounded."""

ALL_COMPARED = -1.0
"""Ceiling where no reference was passed over."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Best:
    """The best references of each spectrum, best first; (Q, top) but for the ceiling.

    Attributes
    ----------
    rows : in the library. cosine : rounded to 6 decimals. steps : axis shift in grid steps, as in `Screen`.
    ceiling : (Q,) no reference that was passed over has a higher cosine, at any of the shifts; proven, not estimated.
    """

    rows: NDArray[np.intp]
    cosine: FloatArray
    steps: NDArray[np.intp]
    ceiling: FloatArray

    @property
    def proven(self) -> NDArray[np.intp]:
        """(Q,) how many of a spectrum's first references are proven to be the exhaustive search's, in its order."""
        ranks: NDArray[np.intp] = (self.cosine > self.ceiling[:, None]).sum(axis=1)
        return ranks


def joined(parts: Sequence[Best]) -> Best:
    """One after the other; at least one part."""
    return Best(**{one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Best)})


def none_of(top: int) -> Best:
    """For no spectra at all."""
    shape = (0, top)
    return Best(
        rows=np.zeros(shape, np.intp), cosine=np.zeros(shape), steps=np.zeros(shape, np.intp), ceiling=np.zeros(0)
    )
