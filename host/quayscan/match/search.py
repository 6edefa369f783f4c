"""Search a library file of any size in place: a spectrum's best references, from codes and rows that stay in the file.

The first pass reads the codes (256 bytes an entry) once, at three shifts, and keeps one reference in a hundred. Their
codes are compared at all nine, and 256 are kept. Those are compared as `many` does, their spectra read from the file
and projected when they are asked for; what the passes leave out has its ceiling, and `exact` goes on until the list is
proven. Entries that lack a part of the window take no part: `left_out` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..library import Library
from ..library.library import covers_window
from ..preprocess.codes import Codes, reference_codes
from ..preprocess.grid import BoolArray, FloatArray
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
    codes : (M, 64). spectra : (M, 951). whole : (M,) those that cover the window; the others resemble nothing.
    rows : (M,) of the library; None where it is all of it.
    """

    codes: Codes
    spectra: NDArray[np.float32]
    whole: BoolArray
    rows: NDArray[np.intp] | None = None

    def single(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Read and projected now."""
        return self.units(rows).astype(np.float32)

    def units(self, rows: NDArray[np.intp]) -> FloatArray:
        """Read and projected now."""
        return projected_units(self.spectra[rows] * self.whole[rows, None])


def in_place(library: Library) -> InPlace:
    """A library's references; of one without codes, those that cover the window, with codes in memory.

    Raises
    ------
    LibraryError
        None of its entries covers the window.
    """
    whole = covers_window(library.coverage)
    if not whole.any():
        raise LibraryError(f"no entry of library {library.name} covers 400-1800 cm-1: build it of other spectra")
    spectra = np.asarray(library.spectra)
    if library.codes is not None:
        return InPlace(codes=np.asarray(library.codes), spectra=spectra, whole=whole)
    rows = np.flatnonzero(whole)
    return InPlace(codes=reference_codes(spectra[rows]), spectra=spectra[rows], whole=whole[rows], rows=rows)


def left_out(library: Library) -> int:
    """How many entries lack a part of the window, so that no search finds them."""
    return int(np.count_nonzero(~covers_window(library.coverage)))


def search(
    spectra: FloatArray, references: InPlace, *, top: int = 10, exact: bool = False, effort: Effort | None = None
) -> Best:
    """The best references of each of (Q, 951) spectra, as `best_of_many` gives them, after a finer first pass."""
    first = FirstPass(keep=max(FINER.keep, len(references.codes) // KEPT_SHARE), then=FINER)
    top = min(top, int(np.count_nonzero(references.whole)))
    found = best_of_many(spectra, references, top=top, first=first, exact=exact, effort=effort)
    return found if references.rows is None else replace(found, rows=references.rows[found.rows])
