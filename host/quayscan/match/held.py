"""References for the engine: what it asks of them, and `Held`, which has them all in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..preprocess.codes import Codes, reference_codes
from ..preprocess.grid import WINDOW, WINDOW_POINTS, FloatArray
from ..preprocess.projection import project_out
from .prepared import unit

PREPARED_AT_ONCE = 1024


class References(Protocol):
    """References that cover the window: M codes, and the projected unit spectra of some of them."""

    @property
    def codes(self) -> Codes: ...

    def single(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """(K, 701) background projected out, of length 1."""
        ...

    def units(self, rows: NDArray[np.intp]) -> FloatArray:
        """The same in float64."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """References held in memory, ready for many spectra: 9 KB each.

    Attributes
    ----------
    codes : (M, 64). single_rows, unit_rows : (M, 701) float32 and float64.
    """

    codes: Codes
    single_rows: NDArray[np.float32]
    unit_rows: FloatArray

    @classmethod
    def of(cls, spectra: NDArray[np.float32]) -> Held:
        """Of (M, 951) references that cover the window and the shifts beside it."""
        blocks = np.array_split(spectra, max(len(spectra) // PREPARED_AT_ONCE, 1))
        units = np.concatenate([projected_units(block) for block in blocks])
        codes = np.concatenate([reference_codes(block) for block in blocks])
        return cls(codes=codes, single_rows=units.astype(np.float32), unit_rows=units)

    def single(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Rows that are there already."""
        return self.single_rows[rows]

    def units(self, rows: NDArray[np.intp]) -> FloatArray:
        """Rows that are there already."""
        return self.unit_rows[rows]


def projected_units(spectra: NDArray[np.float32]) -> FloatArray:
    """(K, 701) what the background leaves of (K, 951) references within the window, of length 1."""
    everywhere = np.ones(WINDOW_POINTS, dtype=bool)
    return unit(project_out(np.asarray(spectra[:, WINDOW], dtype=np.float64), everywhere))
