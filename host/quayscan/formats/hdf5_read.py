"""HDF5 with h5py: walked within limits, then NeXus or CHARISMA.

Every exception of the library on a damaged file becomes a FileFormatError, and no array is read before its size is
known. What the library does beyond exceptions is hdf5.py's part.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset

MAX_VALUES = 2**23
"""Numbers in one array; a map of 8,000 spectra of 1,000 points."""

_FAILURES = (OSError, KeyError, ValueError, TypeError, RuntimeError, AttributeError, NotImplementedError, MemoryError)
"""What h5py raises on damaged files, by experiment with mutated ones."""


def read_hdf5(path: Path, data: bytes) -> list[Dataset]:
    """The data sets of a NeXus or CHARISMA file.

    Raises
    ------
    FileFormatError
        The file is damaged, or it follows neither convention.
    """
    import h5py

    from .charisma import charisma_datasets
    from .nexus import nexus_datasets

    try:
        with h5py.File(io.BytesIO(data), "r") as file:
            found = _bounded(path, nexus_datasets(path, file)) or _bounded(path, charisma_datasets(path, file))
    except _FAILURES as exc:
        raise FileFormatError(f"{path}: the HDF5 file cannot be read ({str(exc)[:80]}): export it again") from exc
    if not found:
        raise FileFormatError(
            f"{path}: an HDF5 file with neither a NeXus NXdata group nor a CHARISMA (2, N) array: export it as NeXus"
        )
    return found


def _bounded(path: Path, datasets: Iterator[Dataset]) -> list[Dataset]:
    """All of them, as long as they hold no more than `MAX_VALUES` together: links can name one array many times."""
    found, total = [], 0
    for one in datasets:
        total += one.x.size + one.y.size
        if total > 2 * MAX_VALUES:
            raise FileFormatError(f"{path}: holds over {MAX_VALUES:,} values in all: split it into several files")
        found.append(one)
    return found


def member(group: Any, path: str) -> Any:
    """The node at `path` below `group`; None where there is none or the way leaves the file."""
    import h5py

    node = group
    for name in path.split("/"):
        if not isinstance(node, h5py.Group) or isinstance(node.get(name, getlink=True), h5py.ExternalLink):
            return None
        node = node.get(name)
    return node


def text_of(value: object) -> str:
    """An attribute or scalar as text: bytes, strings and arrays of one; "" for anything else."""
    if isinstance(value, np.ndarray):
        value = value.reshape(-1)[0] if value.size else ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: object) -> list[str]:
    """An attribute as a list of texts."""
    if isinstance(value, np.ndarray | list | tuple):
        return [text_of(one) for one in value]
    return [text_of(value)]


def array_of(path: Path, node: Any) -> FloatArray:
    """The numbers of a data set, as float64.

    Raises
    ------
    FileFormatError
        It holds more than `MAX_VALUES` numbers, or no numbers.
    """
    if node.is_virtual or node.external:
        raise FileFormatError(f"{path}: {node.name} keeps its values in other files: export it as one file")
    size = int(np.prod(node.shape, dtype=np.float64)) if node.shape else 1
    if size > MAX_VALUES or node.dtype.kind not in "fiu" or node.dtype.itemsize > 8:
        raise FileFormatError(f"{path}: {node.name} holds {size:,} values of type {node.dtype}: no spectrum is that")
    values = np.asarray(node[()], dtype=np.float64)
    values.setflags(write=False)
    return values
