"""`read_spectrum`: one file in, one `Spectrum` out, or an error that says what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..errors import FileFormatError, SpectrumError
from ..spectrum import Spectrum
from .enlighten import is_enlighten, parse_enlighten
from .text import read_lines
from .two_column import parse_two_column

SPECTRUM_SUFFIXES = (".csv", ".txt", ".tsv", ".dat")


def read_spectrum(path: str | Path, *, laser_nm: float | None = None) -> Spectrum:
    """Read one spectrum file.

    Parameters
    ----------
    path : an ENLIGHTEN/Wasatch CSV (raw and dark, or processed), or plain two-column text.
    laser_nm : excitation wavelength in nm, for a file whose axis is in nm and that does not state it.

    Returns
    -------
    Spectrum
        Ascending Raman shift in cm-1. Raw minus dark where the file has both, else its processed column.

    Raises
    ------
    FileFormatError
        Names the file, the line where one is at fault, and the remedy.
    """
    path = Path(path)
    lines = read_lines(path)
    try:
        spectrum = parse_enlighten(path, lines) if is_enlighten(lines) else parse_two_column(path, lines, laser_nm)
    except SpectrumError as exc:
        raise FileFormatError(f"{path}: {exc}") from exc
    return spectrum if spectrum.title else replace(spectrum, title=path.stem)
