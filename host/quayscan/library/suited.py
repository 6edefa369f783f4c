"""`suited`: which library a spectrum is compared with."""

from __future__ import annotations

from ..errors import LibraryError
from ..spectrum import Spectrum
from .axis import NIR
from .default import default_library
from .library import Library
from .nir import default_nir_library


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
