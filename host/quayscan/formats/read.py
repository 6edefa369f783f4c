"""`read_spectrum` and `read_datasets`: the right reader is found by what the file holds, not by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from ..errors import FileFormatError, SpectrumError
from ..spectrum import Spectrum
from .dataset import Dataset
from .enlighten import is_enlighten, parse_enlighten
from .text import check_size, decode_lines, read_bytes

SPECTRUM_SUFFIXES = (
    *(".csv", ".txt", ".tsv", ".dat", ".json"),
    *(".jdx", ".dx", ".jcm", ".jcamp", ".spc", ".wdf", ".nxs", ".h5", ".hdf5", ".cha"),
)

_Binary = Callable[[Path, bytes], list[Dataset]]
_Text = Callable[[Path, Sequence[str]], list[Dataset]]


def read_spectrum(path: str | Path, *, laser_nm: float | None = None, dataset: int | None = None) -> Spectrum:
    """Read one spectrum from a file of any format that README.md of this folder lists.

    Parameters
    ----------
    laser_nm : excitation wavelength in nm, for a file whose axis is in nm and that does not state it.
    dataset : which of several data sets, from 1, in the order of `read_datasets`.

    Returns
    -------
    Spectrum
        Ascending Raman shift in cm-1, or wavelength in nm for absorption. Raw minus dark where the file has both.

    Raises
    ------
    FileFormatError
        Names the file, the line where one is at fault, and the remedy. Also when the file holds several spectra and
        `dataset` is not given, or none.
    """
    path = Path(path)
    return parse_spectrum(path, read_bytes(path), laser_nm=laser_nm, dataset=dataset)


def parse_spectrum(path: Path, data: bytes, *, laser_nm: float | None = None, dataset: int | None = None) -> Spectrum:
    """As `read_spectrum`, from the bytes of a file that may lie in an archive; `path` is what messages call it.

    Raises
    ------
    FileFormatError
        As `read_spectrum` says.
    """
    check_size(path, len(data))
    with _checked_numbers(path):
        lines = _plain_lines(path, data)
        if lines is not None and is_enlighten(lines):
            return parse_enlighten(path, lines, laser_nm)
        from .to_spectrum import choose, to_spectrum

        return to_spectrum(path, choose(path, _parse(path, data, lines), dataset), laser_nm)


def read_datasets(path: str | Path, *, laser_nm: float | None = None) -> list[Dataset]:
    """Read everything a file holds, in its own order, direction and units.

    `laser_nm` is for ENLIGHTEN's tables without their laser, which are read as Raman shift.

    Raises
    ------
    FileFormatError
        Names the file, the line where one is at fault, and the remedy.
    """
    path = Path(path)
    data = read_bytes(path)
    with _checked_numbers(path):
        lines = _plain_lines(path, data)
        if lines is not None and is_enlighten(lines):
            return [_as_dataset(parse_enlighten(path, lines, laser_nm))]
        return _parse(path, data, lines)


@contextmanager
def _checked_numbers(path: Path) -> Iterator[None]:
    """What overflows on the way is found by the checks of Dataset and Spectrum, whose errors get the file's name."""
    try:
        with np.errstate(all="ignore"):
            yield
    except SpectrumError as exc:
        raise FileFormatError(f"{path}: {exc}") from exc


def _plain_lines(path: Path, data: bytes) -> list[str] | None:
    """The lines of what can only be a table of text; None for anything else.

    ENLIGHTEN's tables are the commonest here, so they are looked for before any other reader is imported.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 is text with zero bytes
    if path.suffix.lower() == ".spc" or data.startswith(b"##") or _is_json(data) or (b"\0" in data[:512] and not wide):
        return None
    return decode_lines(path, data)


def _is_json(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _parse(path: Path, data: bytes, lines: list[str] | None) -> list[Dataset]:
    if lines is None:
        binary = _binary_reader(path, data)
        if binary is not None:
            return binary(path, data)
        lines = decode_lines(path, data)
    return _text_reader(lines)(path, lines)


def _binary_reader(path: Path, data: bytes) -> _Binary | None:
    if data.startswith(b"\x89HDF"):
        from .hdf5 import parse_hdf5

        return parse_hdf5
    if data.startswith(b"WDF1"):
        from .wdf import parse_wdf

        return parse_wdf
    if _is_json(data):
        from .oem_json import parse_oem_json

        return parse_oem_json
    from .spc.header import is_spc

    if path.suffix.lower() == ".spc" or is_spc(data):
        from .spc import parse_spc

        return parse_spc
    return None


def _text_reader(lines: Sequence[str]) -> _Text:
    if lines[0].startswith("quayscan"):
        from .own_csv import parse_own_csv

        return parse_own_csv
    if lines[0].lstrip("\ufeff \t").startswith("##"):
        return _labelled_reader(lines)
    return _table_reader(lines)


def _labelled_reader(lines: Sequence[str]) -> _Text:
    from .rruff import is_rruff, parse_rruff

    if is_rruff(lines):
        return parse_rruff
    from .jcamp import parse_jcamp

    return parse_jcamp


def _table_reader(lines: Sequence[str]) -> _Text:
    from .bwtek import is_bwtek, parse_bwtek
    from .nirscan import is_nirscan, parse_nirscan
    from .two_column import parse_two_column

    if is_bwtek(lines):
        return parse_bwtek
    return parse_nirscan if is_nirscan(lines) else parse_two_column


def _as_dataset(spectrum: Spectrum) -> Dataset:
    shift = spectrum.axis_unit == "shift_cm1"
    return Dataset(
        kind="spectrum",
        x=spectrum.axis,
        y=spectrum.intensity,
        x_quantity="Raman shift" if shift else "wavelength",
        x_unit="cm-1" if shift else "nm",
        y_unit="" if spectrum.notes else "counts",
        technique="Raman",
        title=spectrum.title,
        instrument=spectrum.instrument,
        laser_nm=spectrum.laser_nm,
        saturated_fraction=spectrum.saturated_fraction,
        notes=spectrum.notes,
    )
