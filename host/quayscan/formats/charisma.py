"""CHARISMA .cha: HDF5 arrays of two rows, axis and intensity, as ramanchada2 writes them (`/raw` is the measurement).

The file does not always say what its axis is. It is read from the attributes where they do; else the axis counts as
Raman shift, as the format's own software takes it, and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .dataset import Dataset
from .hdf5_read import array_of, member, text_of
from .units import axis_of

_UNIT_KEYS = ("xaxis_units", "x_units", "x_unit", "xunits", "units")
_LASER_KEYS = ("laser_wl", "laser_wavelength", "laser wavelength", "wavelength", "laser_nm")
_MOST = 1000
_FEWEST_POINTS = 16


def charisma_datasets(path: Path, file: Any) -> Iterator[Dataset]:
    """Each (2, N) array at the top of the file: `raw` first, as the spectrum, and what was made of it as pages."""
    names = sorted(list(file)[:_MOST], key=lambda name: (name != "raw", name))
    pairs = [name for name in names if _is_pair(member(file, name))]
    for name in pairs:
        yield _dataset(path, name, file[name], derived=name != "raw" and "raw" in pairs)


def _is_pair(node: Any) -> bool:
    shape = getattr(node, "shape", None)
    return shape is not None and len(shape) == 2 and shape[0] == 2 and shape[1] >= _FEWEST_POINTS


def _dataset(path: Path, name: str, node: Any, *, derived: bool) -> Dataset:
    values = array_of(path, node)
    stated = {str(key).lower(): node.attrs[key] for key in list(node.attrs)[:_MOST]}
    words = next((text_of(stated[key]) for key in _UNIT_KEYS if key in stated), "")
    quantity, unit = axis_of(words) if words else ("Raman shift", "cm-1")
    return Dataset(
        kind="page" if derived else "spectrum",
        x=values[0],
        y=values[1],
        x_quantity="Raman shift" if (quantity, unit) == ("wavenumber", "cm-1") else quantity,
        x_unit=unit,
        technique="Raman",
        name=name,
        title=text_of(stated.get("sample", "")) or path.stem,
        instrument=text_of(stated.get("instrument", "")) or text_of(stated.get("model", "")),
        laser_nm=_laser(stated),
        notes=() if words else ("the file does not state its axis: taken as Raman shift, as its format does",),
    )


def _laser(stated: dict[str, Any]) -> float | None:
    for key in _LASER_KEYS:
        try:
            value = float(text_of(stated[key]) or stated[key]) if key in stated else 0.0
        except (TypeError, ValueError):
            continue
        if 100 < value < 20000:
            return value
    return None
