"""A `Dataset` becomes a `Spectrum`, or an error says why it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray, Spectrum
from .absorbance import absorbance_of
from .dataset import Dataset
from .table import ascending
from .units import is_absorption

_NM_IN = {"nm": 1.0, "um": 1e3}
_SHOWN = 8


def choose(path: Path, datasets: Sequence[Dataset], number: int | None) -> Dataset:
    """The data set of that number, from 1; without one, the only spectrum there is.

    Raises
    ------
    FileFormatError
        There is no such number, or several spectra and no choice, or none; names what there is.
    """
    spectra = [one for one in datasets if one.kind == "spectrum"]
    if number is None and len(spectra) == 1:
        return spectra[0]
    if number is None and len(datasets) == 1:
        return datasets[0]
    if number is not None and 1 <= number <= len(datasets):
        return datasets[number - 1]
    listed = "; ".join(f"{at} {one.kind} {one.label}" for at, one in enumerate(datasets[:_SHOWN], 1))
    more = f"; and {len(datasets) - _SHOWN} more" if len(datasets) > _SHOWN else ""
    asked = "" if number is None else f"no data set {number}: "
    raise FileFormatError(
        f"{path}: {asked}holds {len(datasets)} data sets ({listed}{more}): choose one with"
        " read_spectrum(path, dataset=NUMBER), or split the file with `quayscan convert FILE --to csv --out DIR`"
    )


def with_shift(path: Path, dataset: Dataset, laser_nm: float | None) -> Dataset:
    """The data set with an optical axis of a Raman spectrum turned into Raman shift; any other unchanged.

    `laser_nm` stands in where the file does not state the laser. A spectrum of no stated technique is taken for Raman
    only when `laser_nm` is given.

    Raises
    ------
    FileFormatError
        The axis is a wavelength or absolute wavenumber and no laser is known.
    """
    laser = dataset.laser_nm if dataset.laser_nm is not None else laser_nm
    raman = dataset.technique == "Raman" or (
        dataset.technique == "" and laser_nm is not None and not is_absorption("", dataset.y_unit)
    )
    optical = dataset.x_quantity in ("wavelength", "wavenumber")
    if not raman or not optical or dataset.kind == "damaged":
        return replace(dataset, laser_nm=laser) if raman and dataset.x_quantity == "Raman shift" else dataset
    if laser is None:
        raise FileFormatError(
            f"{path}: the axis is in {dataset.x_unit} and no laser wavelength is known: give it with --laser-nm"
        )
    if np.any(dataset.x <= 0):
        raise FileFormatError(f"{path}: the axis holds {dataset.x.min():g} {dataset.x_unit}: export the file again")
    with np.errstate(over="ignore"):  # Dataset refuses what is not finite
        absolute = dataset.x if dataset.x_quantity == "wavenumber" else 1e7 / (dataset.x * _NM_IN[dataset.x_unit])
    return replace(
        dataset, x=1e7 / laser - absolute, x_quantity="Raman shift", x_unit="cm-1", technique="Raman", laser_nm=laser
    )


def to_spectrum(path: Path, dataset: Dataset, laser_nm: float | None) -> Spectrum:
    """The spectrum that comparing needs: ascending Raman shift, or absorbance over wavelength.

    Raises
    ------
    FileFormatError
        The data are no spectrum, are damaged, or lie on an axis that says neither.
    """
    if dataset.kind == "damaged":
        raise FileFormatError(dataset.notes[0] if dataset.notes else f"{path}: the data are damaged: export it again")
    if dataset.kind not in ("spectrum", "page"):
        raise FileFormatError(f"{path}: holds {_article(dataset)}, no spectrum: `quayscan convert` reads it")
    dataset = with_shift(path, dataset, laser_nm)
    values, notes = dataset.y, dataset.notes
    if dataset.x_quantity == "Raman shift":
        axis_unit, axis = "shift_cm1", dataset.x
    elif is_absorption(dataset.technique, dataset.y_unit) and dataset.technique != "infrared":
        axis_unit, axis = "wavelength_nm", _wavelength(path, dataset)
        values, notes = absorbance_of(path, dataset)
    else:
        raise _unfit(path, dataset)
    x, y = ascending(path, 0, axis, values)
    return Spectrum(
        axis=x,
        intensity=y,
        axis_unit="shift_cm1" if axis_unit == "shift_cm1" else "wavelength_nm",
        laser_nm=dataset.laser_nm,
        instrument=dataset.instrument,
        saturated_fraction=dataset.saturated_fraction,
        title=dataset.title or dataset.name or path.stem,
        notes=notes,
    )


def _wavelength(path: Path, dataset: Dataset) -> FloatArray:
    if dataset.x_quantity == "wavelength":
        return dataset.x * _NM_IN[dataset.x_unit]
    if dataset.x_quantity == "wavenumber" and dataset.technique == "NIR" and np.all(dataset.x > 0):
        return 1e7 / dataset.x
    raise _unfit(path, dataset)


def _unfit(path: Path, dataset: Dataset) -> FileFormatError:
    optical = dataset.x_quantity in ("wavelength", "wavenumber")
    if optical and dataset.technique in ("", "Raman") and not is_absorption("", dataset.y_unit):
        return FileFormatError(
            f"{path}: the axis is in {dataset.x_unit} and the file states neither its technique nor a laser:"
            " for a Raman spectrum give --laser-nm"
        )
    return FileFormatError(
        f"{path}: the axis is {dataset.axis_text}, the technique {dataset.technique or 'not stated'}:"
        " only Raman shift and absorption over wavelength are compared; `quayscan convert` reads it"
    )


def _article(dataset: Dataset) -> str:
    return f"{'sticks (a peak table)' if dataset.kind == 'sticks' else dataset.kind} ({dataset.label})"
