"""What a person sees of a spectrum and its reference: curves over the window that is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..library import NIR, Library
from ..preprocess import prepare
from ..preprocess.grid import GRID, WINDOW
from ..preprocess.nir import prepare_nir
from ..preprocess.nir.grid import GRID as NIR_GRID
from ..preprocess.nir.grid import WINDOW as NIR_WINDOW
from ..spectrum import Spectrum

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """A spectrum's curve with what it is, and the axis' ends in words; `window` cuts a library's row likewise."""

    caption: str
    measured: FloatArray
    left: str
    right: str
    window: slice

    def of_entry(self, library: Library, entry: int) -> FloatArray:
        """The reference's curve over the same window."""
        row: FloatArray = np.asarray(library.spectra[entry][self.window], dtype=np.float64)
        return row


def curves(spectrum: Spectrum) -> Curves:
    """Bands above the background over Raman shift, or absorbance over wavelength."""
    nir = spectrum.axis_unit == NIR.unit
    grid, window, unit = (NIR_GRID, NIR_WINDOW, "nm") if nir else (GRID, WINDOW, "cm-1")
    values = prepare_nir(spectrum).absorbance if nir else prepare(spectrum).bands
    axis = grid[window]
    return Curves(
        caption="measured absorbance" if nir else "measured, background removed",
        measured=values[window],
        left=f"{axis[0]:g} {unit}",
        right=f"{axis[-1]:g} {unit}",
        window=window,
    )
