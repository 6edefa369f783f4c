"""`Library`: references on one grid as one matrix."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..preprocess.grid import MAX_SHIFT_STEPS, WINDOW, BoolArray
from .axis import RAMAN, Axis
from .doubt import Doubt
from .entries import pack_references
from .reference import Reference
from .seal import Seal

SpectrumMatrix = NDArray[np.float32]
CoverageArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Library:
    """References on the common grid. Compared and hashed by identity; `sha256` tells the content.

    Attributes
    ----------
    name : what to call it in a verdict.
    references : M entries, in the order of the rows.
    spectra : (M, N) float32. Intensity at the common resolution (Raman, 951 points) or absorbance (near infrared, 201
        points), 0 outside the coverage.
    coverage : (M, 2) int32. First grid point with data and the one after the last.
    sha256 : of the content (entries, coverage, spectra, grid); the name is no part of it.
    seal : version, dates, and who signed it.
    axis : the grid, `RAMAN` or `NIR`; a library holds one technique.
    doubts : what building it found suspicious. doubt_count : how many there were; a file spells out the first 200.
    codes : (M, 64) float32 for the first pass over a large library (`preprocess.codes`); None where it has none.

    Raises
    ------
    LibraryError
        When the shapes do not belong together.
    """

    name: str
    references: Sequence[Reference]
    spectra: SpectrumMatrix
    coverage: CoverageArray
    sha256: str
    axis: Axis = RAMAN
    seal: Seal = field(default_factory=Seal)
    doubts: tuple[Doubt, ...] = ()
    doubt_count: int = 0
    codes: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        count = len(self.references)
        if self.spectra.shape != (count, self.axis.points) or self.coverage.shape != (count, 2):
            raise LibraryError(
                f"{count} entries, spectra {self.spectra.shape} and coverage {self.coverage.shape}"
                f" do not belong together: each entry needs {self.axis.points} points and one range"
            )

    def __len__(self) -> int:
        return len(self.references)

    def masks(self, rows: slice | NDArray[np.intp] = slice(None)) -> BoolArray:
        """(K, N) bool, True where the chosen rows have data."""
        point = np.arange(self.axis.points)
        chosen = self.coverage[rows]
        mask: BoolArray = (point >= chosen[:, :1]) & (point < chosen[:, 1:])
        return mask


def covers_window(coverage: CoverageArray) -> BoolArray:
    """(M,) bool, True for entries with data over the matching window and every shift beside it."""
    first, after = WINDOW.start - MAX_SHIFT_STEPS, WINDOW.stop + MAX_SHIFT_STEPS
    result: BoolArray = (coverage[:, 0] <= first) & (coverage[:, 1] >= after)
    return result


def assemble(
    name: str,
    references: Sequence[Reference],
    spectra: SpectrumMatrix,
    coverage: CoverageArray,
    *,
    axis: Axis = RAMAN,
    doubts: tuple[Doubt, ...] = (),
) -> Library:
    """A library in memory, its hash computed, unsigned.

    Raises
    ------
    LibraryError
        When it has no entries or the shapes do not belong together.
    """
    if not references:
        raise LibraryError(f"library '{name}' has no entries: nothing could be identified with it")
    spectra = np.ascontiguousarray(spectra, dtype="<f4")
    coverage = np.ascontiguousarray(coverage, dtype="<i4")
    lines, _ = pack_references(references)
    spectra.setflags(write=False)
    coverage.setflags(write=False)
    return Library(
        name=name,
        references=tuple(references),
        spectra=spectra,
        coverage=coverage,
        sha256=content_hash(lines, coverage, spectra, axis),
        axis=axis,
        doubts=doubts,
        doubt_count=len(doubts),
    )


def content_hash(
    lines: bytes | memoryview, coverage: CoverageArray, spectra: SpectrumMatrix, axis: Axis = RAMAN
) -> str:
    """SHA-256 of grid, entry lines, coverage and spectra, in this order, as little-endian bytes."""
    digest = hashlib.sha256(f"quayscan grid {axis.start:g} {axis.step:g} {axis.points}\n".encode())
    digest.update(lines)
    digest.update(np.ascontiguousarray(coverage).data)
    digest.update(np.ascontiguousarray(spectra).data)
    return digest.hexdigest()
