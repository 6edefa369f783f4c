"""Data sets as a NeXus file, one NXentry each, with the terms of NXraman for a Raman spectrum.

Arrays are float64, so what is read again is equal bit for bit. Fields that NXraman requires and no file here can know
(the scattering configuration, the optics) are left out, so an entry names NXraman without being complete.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .dataset import Dataset
from .hdf5 import require_h5py

_DEFINITION = "NXraman"
_UNITS = {"cm-1": "1/cm"}


def nexus_bytes(path: Path, datasets: Sequence[Dataset]) -> bytes:
    """The bytes of a file that holds the data sets in order.

    Raises
    ------
    FileFormatError
        h5py is not installed; names `path` and the extra.
    """
    require_h5py(path)
    import h5py

    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        file.attrs["default"] = "entry_00001"
        for at, one in enumerate(datasets, 1):
            entry = file.create_group(f"entry_{at:05d}")
            entry.attrs["NX_class"] = "NXentry"
            entry.attrs["default"] = "data"
            _entry(entry, one)
            _data(entry.create_group("data"), one)
    return buffer.getvalue()


def _entry(entry: Any, one: Dataset) -> None:
    entry["title"] = one.title
    if one.technique == "Raman":
        entry["definition"] = _DEFINITION
        entry["experiment_type"] = "Raman spectroscopy"
    elif one.technique:
        entry["experiment_type"] = one.technique
    instrument = entry.create_group("instrument")
    instrument.attrs["NX_class"] = "NXinstrument"
    if one.instrument:
        instrument["name"] = one.instrument
    if one.laser_nm is not None:
        beam = instrument.create_group("beam_incident")
        beam.attrs["NX_class"] = "NXbeam"
        beam["wavelength"] = float(one.laser_nm)
        beam["wavelength"].attrs["units"] = "nm"


def _data(group: Any, one: Dataset) -> None:
    axis = "raman_shift" if one.x_quantity == "Raman shift" else "axis"
    group.attrs["NX_class"] = "NXdata"
    group.attrs["signal"] = "intensity"
    group.attrs["axes"] = [axis]
    group.attrs["kind"] = one.kind
    group.attrs["name"] = one.name
    group.attrs["x_quantity"] = one.x_quantity
    if one.saturated_fraction:
        group.attrs["saturated_fraction"] = float(one.saturated_fraction)
    if one.notes:
        group.attrs["notes"] = list(one.notes)
    group[axis] = one.x
    group[axis].attrs["units"] = _UNITS.get(one.x_unit, one.x_unit)
    group[axis].attrs["long_name"] = one.axis_text
    group["intensity"] = one.y
    group["intensity"].attrs["units"] = one.y_unit
