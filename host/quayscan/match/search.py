"""Search a library file of any size in place: a spectrum's best references, from codes and rows that stay in the file.

The first pass reads the codes (256 bytes an entry) once, at three shifts, and keeps one reference in a hundred. Their
codes are compared at all nine, and 256 are kept. Those are compared as `many` does, their spectra read from the file
and projected when they are asked for. Entries without codes, which lack a part of the window, take no part: `left_out`
counts them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..library import Library
from ..library.library import covers_window
from ..preprocess.codes import Codes, reference_codes
from ..preprocess.grid import FloatArray
from .best import Best
from .effort import Effort
from .first_pass import FirstPass
from .held import projected_units
from .many import best_of_many
from .shifts import SHIFT_STEPS

KEPT_SHARE = 100
"""Of 300 queries against a million generated references the exact best one was among the best 1,572 at three shifts."""

FINER = FirstPass(keep=256, steps=tuple(int(step) for step in SHIFT_STEPS))
"""And among the best ten at nine shifts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InPlace:
    """The references of a library where they are.

    Attributes
    ----------
    codes : (M, 64). spectra : (M, 951).
    """

    codes: Codes
    spectra: NDArray[np.float32]

    def single(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Read and projected now."""
        return self.units(rows).astype(np.float32)

    def units(self, rows: NDArray[np.intp]) -> FloatArray:
        """Read and projected now."""
        return projected_units(self.spectra[rows])


def in_place(library: Library) -> InPlace:
    """A library's references; one without codes gets them in memory.

    Raises
    ------
    LibraryError
        None of its entries covers the window.
    """
    if not covers_window(library.coverage).any():
        raise LibraryError(f"no entry of library {library.name} covers 400-1800 cm-1: build it of other spectra")
    codes = library.codes
    if codes is None:
        codes = reference_codes(library.spectra)
        codes[~covers_window(library.coverage)] = 0.0
    return InPlace(codes=np.asarray(codes), spectra=np.asarray(library.spectra))


def left_out(library: Library) -> int:
    """How many entries lack a part of the window, so that no search finds them."""
    return int(np.count_nonzero(~covers_window(library.coverage)))


def search(
    spectra: FloatArray, references: InPlace, *, top: int = 10, exact: bool = False, effort: Effort | None = None
) -> Best:
    """The best references of each of (Q, 951) spectra, as `best_of_many` gives them, after a finer first pass."""
    first = FirstPass(keep=max(FINER.keep, len(references.codes) // KEPT_SHARE), then=FINER)
    return best_of_many(spectra, references, top=top, first=first, exact=exact, effort=effort)
