"""What goes with a spectrum's technique: the library that it is compared with, and the row that it becomes in one."""

from __future__ import annotations

from ..errors import LibraryError
from ..spectrum import FloatArray, Spectrum
from .axis import NIR, Axis
from .build import GridRow, grid_row
from .default import default_library
from .library import Library
from .nir import default_nir_library, nir_row


def suited(library: Library | None, spectrum: Spectrum) -> Library:
    """The library to compare a spectrum with: the one given, or what ships for its technique.

    The two that ship count as one: each spectrum gets its own, whichever was given.

    Raises
    ------
    LibraryError
        The library given is of the other technique.
    """
    if library is None or (library.seal.shipped and library.axis.unit != spectrum.axis_unit):
        return default_nir_library() if spectrum.axis_unit == NIR.unit else default_library()
    if library.axis.unit != spectrum.axis_unit:
        raise LibraryError(
            f"library {library.name} holds {library.axis.technique} spectra and '{spectrum.title}' is none:"
            " name a library of its technique, or none"
        )
    return library


def counterpart(library: Library, axis: Axis) -> Library:
    """The shipped library of a technique in place of the shipped one of the other; any other library unchanged."""
    if not library.seal.shipped or library.axis == axis:
        return library
    return default_nir_library() if axis == NIR else default_library()


def row_of(spectrum: Spectrum, *, name: str, values: FloatArray | None = None) -> GridRow:
    """Bring a spectrum to the grid of its technique.

    Parameters
    ----------
    name : what messages call it.
    values : what `grid_values` gave for it, where it was asked.

    Raises
    ------
    LibraryError
        When it covers too little of what is compared, or has no band there.
    """
    if spectrum.axis_unit == NIR.unit:
        return nir_row(spectrum, name=name)
    return grid_row(spectrum, name=name, values=values)
