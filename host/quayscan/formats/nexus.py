"""NeXus: every NXdata of every NXentry, and the terms of NXraman for laser and technique.

https://manual.nexusformat.org/classes/applications/NXraman.html; NXdata by its attributes `signal` and `axes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import FileFormatError
from .dataset import KINDS, Dataset, Kind
from .hdf5_read import array_of, member, text_of, texts_of
from .raman_axis import raman_quantity
from .units import axis_of, technique_of, value_unit

_MOST = 1000
"""Members of a group that are looked at."""

_NM_IN = {"nm": 1.0, "um": 1e3, "µm": 1e3, "m": 1e9, "angstrom": 0.1, "a": 0.1}
_LASERS = (
    "instrument/beam_incident/wavelength",
    "instrument/beam_incident/incident_wavelength",
    "instrument/incident_source_wavelength",
    "instrument/source/wavelength",
)


def nexus_datasets(path: Path, file: Any) -> Iterator[Dataset]:
    """The data sets of a NeXus file in the order of its groups; none when it has no NXentry."""
    for entry in _of_class(file, "NXentry"):
        for group in _of_class(entry, "NXdata"):
            yield from _from_group(path, entry, group)


def _of_class(group: Any, name: str) -> list[Any]:
    members = [member(group, key) for key in list(group)[:_MOST]]
    return [one for one in members if hasattr(one, "attrs") and text_of(one.attrs.get("NX_class", "")) == name]


def _from_group(path: Path, entry: Any, group: Any) -> Iterator[Dataset]:
    signal = member(group, text_of(group.attrs.get("signal", "")) or "data")
    axis_name = (texts_of(group.attrs.get("axes", "")) or [""])[-1]
    axis = member(group, axis_name) if axis_name else None
    if not hasattr(signal, "dtype") or not hasattr(axis, "dtype"):
        raise FileFormatError(f"{path}: {group.name} names no signal and axis that are there: export the file again")
    x, values = array_of(path, axis), array_of(path, signal)
    if x.ndim != 1 or values.ndim not in (1, 2) or values.shape[-1] != x.size:
        raise FileFormatError(
            f"{path}: {group.name}: a signal of shape {values.shape} does not fit an axis of {x.shape}: export it again"
        )
    rows = values.reshape(-1, x.size)
    for at, row in enumerate(rows, 1):
        yield _dataset(entry, group, axis, signal, x, row, f"row {at} of {len(rows)}" if len(rows) > 1 else "")


def _dataset(entry: Any, group: Any, axis: Any, signal: Any, x: Any, y: Any, row: str) -> Dataset:
    technique = _technique(entry)
    quantity, unit, axis_notes = _axis(group, axis, technique, float(x.max()))
    own_name = _scalar(group, "name")
    label = "/".join((entry.name.strip("/"), group.name.rpartition("/")[2])) if own_name is None else own_name
    return Dataset(
        kind=_kind(_scalar(group, "kind"), quantity),
        x=x,
        y=np.ascontiguousarray(y),
        x_quantity=quantity,
        x_unit=unit,
        y_unit=value_unit(text_of(signal.attrs.get("units", ""))),
        technique=technique,
        name=" ".join(part for part in (label, row) if part),
        title=_scalar(entry, "title") or "",
        instrument=_scalar(entry, "instrument/name") or "",
        laser_nm=_laser(entry),
        saturated_fraction=_fraction(group),
        notes=(*(texts_of(group.attrs["notes"]) if "notes" in group.attrs else ()), *axis_notes),
    )


def _axis(group: Any, axis: Any, technique: str, largest: float) -> tuple[str, str, tuple[str, ...]]:
    """Quantity and unit of the axis, by this project's own mark, by its unit, by its name, and a note."""
    quantity, unit = axis_of(text_of(axis.attrs.get("units", "")))
    marked = _scalar(group, "x_quantity")
    if marked is not None:
        return marked, unit, ()
    said = f"{axis.name.rpartition('/')[2]} {text_of(axis.attrs.get('long_name', ''))}".lower().replace("_", " ")
    if (quantity, unit) == ("wavenumber", "cm-1") and ("raman" in said or "shift" in said):
        return "Raman shift", unit, ()
    quantity, notes = raman_quantity(technique, quantity, unit, largest)
    return quantity, unit, notes


def _technique(entry: Any) -> str:
    if (_scalar(entry, "definition") or "") == "NXraman":
        return "Raman"
    return technique_of(_scalar(entry, "experiment_type") or "")


def _kind(named: str | None, quantity: str) -> Kind:
    found = next((kind for kind in KINDS if kind == named), None)
    return found or ("time series" if quantity == "time" else "spectrum")


def _scalar(group: Any, name: str) -> str | None:
    """Text of a scalar field, or of the attribute of that name; None where there is neither."""
    node = member(group, name)
    if hasattr(node, "dtype") and node.shape in ((), (1,)):
        return text_of(np.asarray(node[()]).item() if node.dtype.kind == "S" else node[()])
    return text_of(group.attrs[name]) if name in group.attrs else None


def _laser(entry: Any) -> float | None:
    for name in _LASERS:
        node = member(entry, name)
        if hasattr(node, "dtype") and node.dtype.kind in "fiu" and node.shape in ((), (1,)):
            scale = _NM_IN.get(text_of(node.attrs.get("units", "")).lower(), 0.0)
            value = float(np.asarray(node[()]).reshape(-1)[0]) * scale
            if 100 < value < 20000:
                return value
    return None


def _fraction(group: Any) -> float:
    value = group.attrs.get("saturated_fraction", 0.0)
    return float(value) if isinstance(value, float) and 0 <= value <= 1 else 0.0
